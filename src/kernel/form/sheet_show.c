/* A question as the applicant sees it: the input of the component `field`. */
#include "kernel/form/sheet.h"

static void show_choice(struct view *row, struct value *list,
                        const struct form_question *f, str value, str label,
                        str chosen, int i)
{
    struct view c = view_row(row, list);
    view_text(&c, "value", value);
    view_text(&c, "label", label);
    view_text(&c, "remark", STR(""));
    view_bool(&c, "chosen", str_eq(value, chosen));
    view_text(&c, "id", arena_printf(row->arena, "f-%.*s-%d", STR_ARG(f->name),
                                     i));
}

static void show_choices(struct view *row, const struct form_question *f,
                         str value, const struct form_choice *towns, size_t n)
{
    struct value *list = view_list(row, "choices");
    bool town = str_is(f->kind, "town");
    const struct form_choice *c = town ? towns : f->choices;
    for (size_t i = 0; i < (town ? n : f->choice_count); i++)
        show_choice(row, list, f, c[i].value, c[i].label, value, (int)i + 1);
}

/* How wide the control is, what the keyboard offers, what a browser may fill.
 */
static void show_control(struct view *row, const struct form_question *f)
{
    static const struct {
        const char *kind, *width, *keys, *complete;
    } hints[] = {
        { "int", "w-s", "numeric", "off" },
        { "decimal", "w-s", "decimal", "off" },
        { "money", "w-s", "decimal", "off" },
        { "mobile", "w-m", "tel", "tel" },
        { "name", "w-m", "text", "off" },
        { "id", "w-l", "text", "off" },
        { "credit", "w-l", "text", "off" },
        { "address", "", "text", "street-address" },
    };
    const char *width = "w-l", *keys = "text", *complete = "off";
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
        if (str_is(f->kind, hints[i].kind)) {
            width = hints[i].width;
            keys = hints[i].keys;
            complete = hints[i].complete;
        }
    if (str_is(f->name, "applicant_name"))
        complete = "name";
    view_text(row, "width", str_of(width));
    view_text(row, "keys", str_of(keys));
    view_text(row, "complete", str_of(complete));
    view_bool(row, "optional", f->optional);

    bool lines = str_is(f->kind, "lines"), date = str_is(f->kind, "day");
    bool choice = str_is(f->kind, "choice"), select = str_is(f->kind, "town");
    bool flag = str_is(f->kind, "flag");
    view_bool(row, "line", !lines && !date && !choice && !select && !flag);
    view_bool(row, "lines", lines);
    view_bool(row, "date", date);
    view_bool(row, "choice", choice);
    view_bool(row, "select", select);
    view_bool(row, "flag", flag);
    view_bool(row, "file", false);
    view_bool(row, "fixed", false);
    view_text(row, "origin", STR(""));
    view_text(row, "wrong", STR(""));
    view_text(row, "frame", str_none);
    view_bool(row, "secret", false);
}

void form_show(struct view *v, struct value *list,
               const struct form_question *f, str value, str error,
               const struct form_choice *towns, size_t town_count)
{
    struct view row = view_row(v, list);
    view_text(&row, "name", f->name);
    view_text(&row, "label", f->label);
    view_text(&row, "hint", f->hint);
    view_text(&row, "error", error);
    view_text(&row, "value", value);
    view_text(&row, "suffix", f->unit);
    show_control(&row, f);
    show_choices(&row, f, value, towns, town_count);
}
