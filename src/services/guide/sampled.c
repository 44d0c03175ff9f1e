/*
 * Samples beside papers.  A paper of a theme is found by its name among those
 * of the items that take part: the theme asks once for what several items ask.
 */
#include "services/guide/sampled.h"

#include "kernel/files/files.h"
#include "kernel/page/page.h"
#include "services/guide/drawn.h"
#include "services/queries.gen.h"

enum err sampled_load(struct tx *tx, const struct offer *o,
                      struct sampled *out)
{
    struct arena *a = tx->arena;
    *out = (struct sampled){
        .offer = o,
        .of_part = ARENA_NEW_N(a, struct sample_list *, o->part_count + 1),
        .count = ARENA_NEW_N(a, size_t, o->part_count + 1) };
    enum err e = OK;
    for (size_t i = 0; e == OK && i < o->part_count; i++)
        e = sample_list(tx, o->parts[i].item, &out->of_part[i],
                        &out->count[i]);
    return e;
}

static void show_file(struct view *v, struct value *list,
                      const struct sample_list *s)
{
    str href = arena_printf(v->arena, "/samples/%.*s", STR_ARG(s->sha256));
    page_offered(v, list, page_sample_word(s->which), s->name,
                 files_about(v->arena, s->type, s->size), href,
                 arena_join(v->arena, href, STR("/file")));
}

/* Of a preview there is no offer. */
static size_t parts_of(const struct sampled *s)
{
    return s->offer ? s->offer->part_count : 0;
}

/* Those of one paper; true when one of them is of this kind. */
static bool show_attached(struct view *v, struct value *list,
                          const struct sampled *s, str paper,
                          const char *which)
{
    for (size_t p = 0; p < parts_of(s); p++)
        for (size_t i = 0; i < s->count[p]; i++) {
            const struct sample_list *one = &s->of_part[p][i];
            if (!str_is(one->which, which) || !str_eq(one->paper, paper))
                continue;
            show_file(v, list, one);
            return true;
        }
    return false;
}

static void show_drawn(struct view *v, struct value *list,
                       const struct sampled *s, enum drawn_kind kind)
{
    str href = drawn_href(v->arena, s->offer, kind);
    page_offered(v, list, kind == DRAWN_BLANK ? "空白表" : "样表",
                 drawn_name(v->arena, s->offer, kind),
                 STR("PDF，按申请表生成"), href, href);
}

void sampled_show(struct view *row, const struct sampled *s, str paper,
                  bool form)
{
    struct value *list = view_list(row, "offered");
    bool draws = form && s->offer && drawn_can(s->offer);
    if (!show_attached(row, list, s, paper, "sample") && draws)
        show_drawn(row, list, s, DRAWN_SAMPLE);
    if (!show_attached(row, list, s, paper, "blank") && draws)
        show_drawn(row, list, s, DRAWN_BLANK);
}

void sampled_show_form(struct view *v, const struct sampled *s, bool always)
{
    const struct form_sheet *sheet = s->offer ? &s->offer->sheet : NULL;
    bool draws = sheet && drawn_can(s->offer);
    for (size_t i = 0; draws && !always && i < sheet->paper_count; i++)
        draws = !str_is(sheet->papers[i].source, "form");
    if (!draws) {
        view_text(v, "drawn", str_none);
        return;
    }
    struct view o = view_object(v, "drawn");
    struct value *list = view_list(&o, "offered");
    show_drawn(&o, list, s, DRAWN_SAMPLE);
    show_drawn(&o, list, s, DRAWN_BLANK);
}

void sampled_show_result(struct view *v, const struct sampled *s)
{
    struct value *list = view_list(v, "offered");
    for (size_t p = 0; p < parts_of(s); p++)
        for (size_t i = 0; i < s->count[p]; i++)
            if (str_is(s->of_part[p][i].which, "result"))
                show_file(v, list, &s->of_part[p][i]);
}

enum err sampled_past(struct view *v, struct tx *tx, str item, day received)
{
    struct sample_past *s;
    size_t n = 0;
    enum err e = str_is_none(item) ? OK : sample_past(tx, item, received, &s,
                                                      &n);
    if (e != OK || n == 0) {
        view_text(v, "sampled", str_none);
        return e;
    }
    struct view o = view_object(v, "sampled");
    struct value *list = view_list(&o, "lines");
    for (size_t i = 0; i < n; i++)
        value_push(list, value_text(v->arena, arena_printf(
            v->arena, "%.*s%s：%.*s（事项第 %lld 版）", STR_ARG(s[i].paper),
            page_sample_word(s[i].which), STR_ARG(s[i].name),
            (long long)s[i].version)));
    return OK;
}
