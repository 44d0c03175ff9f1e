/*
 * Writing a draft: one page a part of the guide, one a row of its lists.  What
 * can be typed is the table of field.c; a control has the field's code, so
 * nobody maps names.
 */
#include "catalogue/pages.h"

#include "catalogue/show.h"
#include "kernel/audit/audit.h"
#include "kernel/page/page.h"

enum { CHOICES = 12 };

/* ---- the page ---- */

static const char *control_of(const struct guide_field *f)
{
    switch (f->kind) {
    case GUIDE_LINES:
        return "lines";
    case GUIDE_INT:
        return "int";
    case GUIDE_DAY:
        return "day";
    case GUIDE_CHOICE:
    case GUIDE_FLAG:
        return "select";
    default:
        return "text";
    }
}

static void show_control(struct request *rq, struct value *list,
                         const struct guide_field *f, str saved)
{
    struct arena *a = rq_view(rq)->arena;
    struct page_choice *choices = ARENA_NEW_N(a, struct page_choice, CHOICES);
    bool typed = rq_inputs(rq) && value_get(rq_inputs(rq), STR("revision"));
    str said = typed ? value_get_text(rq_inputs(rq), str_of(f->code)) : saved;
    str rest = f->kind == GUIDE_FLAG     ? STR("是,否")
               : f->kind == GUIDE_CHOICE ? str_of(f->choices) : str_none;
    size_t n = 0;
    while (!str_is_none(rest) && n < CHOICES) {
        str word = str_cut(&rest, ',');
        choices[n++] = (struct page_choice){ .value = word, .label = word };
    }
    struct page_field field = {
        .name = f->code, .type = control_of(f), .label = str_of(f->label),
        .hint = str_of(f->hint), .optional = true,
        .value = str_is_none(said) ? STR("") : said,
        .choices = choices, .choice_count = n,
    };
    str problem;
    if (rq_problem(rq, f->code, &problem))
        field.error = problem;
    page_field(rq_view(rq), list, &field);
}

static void show_edit(struct request *rq, const struct kept *k, str heading,
                      str action)
{
    struct view *v = rq_view(rq);
    rq_menu(rq, "desk.catalogue");
    show_item_head(v, k);
    view_text(v, "heading", heading);
    view_text(v, "action", action);
}

/* What was typed, into the tree.  Complaints about every field at once would
 * need one answer each; the first is told, the page shows what was typed. */
static enum err set_all(struct request *rq, struct arena *a,
                        struct value *to, const struct guide_field *fields)
{
    for (const struct guide_field *f = fields; f->code; f++) {
        str problem, text = value_get_text(rq_inputs(rq), str_of(f->code));
        if (f->kind == GUIDE_LIST || f->kind == GUIDE_FILE)
            continue; /* have pages of their own */
        enum err e = guide_set(a, to, f, str_is_none(text) ? STR("") : text,
                               &problem);
        if (e != OK)
            return rq_fail_field(rq, e, f->code, problem);
    }
    return OK;
}

static enum err keep(struct request *rq, struct tx *tx, struct kept *k,
                     str what)
{
    enum err e = keep_write(tx, k, k->version.note);
    if (e == ERR_CONFLICT)
        return rq_fail(rq, e, "这个事项刚刚有人改过，请刷新后再改，以免覆盖。");
    if (e == ERR_RANGE)
        return rq_fail(rq, e, "办事指南太长，请精简后再保存。");
    if (e == OK)
        e = audit_note(tx, STR("catalogue.write"), k->item.code, what);
    if (e != OK)
        return e;
    rq_flash(rq, "ok", arena_printf(tx->arena, "已保存%.*s。", STR_ARG(what)));
    return rq_see_other(rq, "/catalogue/items/%.*s", STR_ARG(k->item.code));
}

/* ---- a part ---- */

static enum err part_of(struct request *rq, const struct guide_part **p)
{
    *p = guide_part_of(rq_path(rq, "part"));
    return *p ? OK : rq_fail(rq, ERR_NOTFOUND,
                             "办事指南没有这一部分，请从事项页面打开。");
}

enum err catalogue_part_show(struct request *rq, struct tx *tx)
{
    const struct guide_part *p;
    struct kept k;
    enum err e = part_of(rq, &p);
    if (e == OK)
        e = show_load_draft(rq, tx, &k);
    if (e != OK)
        return e;
    show_edit(rq, &k, str_of(p->label),
              arena_printf(rq_view(rq)->arena, "/catalogue/items/%.*s/edit/%s",
                           STR_ARG(k.item.code), p->code));
    struct value *list = view_list(rq_view(rq), "fields");
    for (const struct guide_field *f = p->fields; f->code; f++)
        if (f->kind != GUIDE_LIST && f->kind != GUIDE_FILE)
            show_control(rq, list, f, guide_text(tx->arena, k.guide, f));
    return OK;
}

enum err catalogue_part_post(struct request *rq, struct tx *tx)
{
    const struct guide_part *p;
    struct kept k;
    enum err e = part_of(rq, &p);
    if (e == OK)
        e = show_load_draft(rq, tx, &k);
    if (e == OK)
        e = set_all(rq, tx->arena, k.guide, p->fields);
    return e == OK ? keep(rq, tx, &k, str_of(p->label)) : e;
}

/* ---- a row of a list ---- */

struct row_here {
    const struct guide_field *f;
    struct value *list; /* NULL: none yet */
    struct value *before, *row; /* row NULL: a new one */
};

static enum err row_of(struct request *rq, const struct kept *k,
                       struct row_here *h)
{
    str at = rq_path(rq, "row");
    int64_t n = 0;
    h->f = guide_field_of(rq_path(rq, "list"));
    if (h->f && h->f->kind == GUIDE_LIST &&
        (str_is(at, "new") || (str_int(at, &n) && n > 0))) {
        h->list = (struct value *)value_get(k->guide, str_of(h->f->code));
        h->before = h->row = NULL;
        struct value *r = h->list && n ? h->list->first : NULL;
        for (int64_t i = 1; r && i < n; i++)
            h->before = r, r = r->next;
        h->row = r;
        if (n == 0 || r)
            return OK;
    }
    return rq_fail(rq, ERR_NOTFOUND,
                   "办事指南里没有这一行，可能刚刚被删去，请刷新后再看。");
}

/* The draft, and the row of it that the path names. */
static enum err load_row(struct request *rq, struct tx *tx, struct kept *k,
                         struct row_here *h)
{
    enum err e = show_load_draft(rq, tx, k);
    return e == OK ? row_of(rq, k, h) : e;
}

enum err catalogue_row_show(struct request *rq, struct tx *tx)
{
    struct row_here h;
    struct kept k;
    enum err e = load_row(rq, tx, &k, &h);
    if (e != OK)
        return e;
    struct arena *a = rq_view(rq)->arena;
    show_edit(rq, &k, arena_printf(a, "%s：%s", h.f->label,
                                   h.row ? "修改" : "增加"),
              arena_printf(a, "/catalogue/items/%.*s/rows/%s/%.*s",
                           STR_ARG(k.item.code), h.f->code,
                           STR_ARG(rq_path(rq, "row"))));
    struct value *list = view_list(rq_view(rq), "fields");
    for (const struct guide_field *f = h.f->of; f->code; f++)
        if (f->kind != GUIDE_FILE)
            show_control(rq, list, f, h.row ? guide_text(a, h.row, f)
                                            : STR(""));
    return OK;
}

enum err catalogue_row_post(struct request *rq, struct tx *tx)
{
    struct row_here h;
    struct kept k;
    enum err e = load_row(rq, tx, &k, &h);
    if (e != OK)
        return e;
    if (h.row == NULL && h.list && h.list->count >= GUIDE_ROWS)
        return rq_fail(rq, ERR_RANGE, "这里最多 60 行，请先合并或者删去。");
    struct value *row = h.row ? h.row : value_new(tx->arena, VALUE_OBJECT);
    e = set_all(rq, tx->arena, row, h.f->of);
    if (e == OK && row->count == 0)
        return rq_fail_field(rq, ERR_INPUT, h.f->of->code,
                             STR("请至少填写一格"));
    if (e != OK)
        return e;
    if (h.list == NULL) {
        h.list = value_new(tx->arena, VALUE_LIST);
        guide_put(k.guide, h.f->code, h.list);
    }
    if (h.row == NULL)
        value_push(h.list, row);
    return keep(rq, tx, &k, str_of(h.f->label));
}

/* Takes a row out of its list. */
static void unlink_row(struct row_here *h)
{
    if (h->before)
        h->before->next = h->row->next;
    else
        h->list->first = h->row->next;
    if (h->list->last == h->row)
        h->list->last = h->before;
    h->list->count--;
}

enum err catalogue_row_remove_post(struct request *rq, struct tx *tx)
{
    struct row_here h;
    struct kept k;
    enum err e = load_row(rq, tx, &k, &h);
    if (e != OK)
        return e;
    if (h.row) {
        unlink_row(&h);
        if (h.list->count == 0)
            guide_put(k.guide, h.f->code, NULL);
    }
    return keep(rq, tx, &k, str_of(h.f->label));
}

/* One place down: the row and the one after it change places.  Up is the row
 * before going down. */
static void swap_with_next(struct row_here *h)
{
    struct value *next = h->row->next;
    if (next == NULL)
        return;
    h->row->next = next->next;
    next->next = h->row;
    if (h->before)
        h->before->next = next;
    else
        h->list->first = next;
    if (h->list->last == next)
        h->list->last = h->row;
}

enum err catalogue_row_move_post(struct request *rq, struct tx *tx)
{
    struct row_here h;
    struct kept k;
    enum err e = load_row(rq, tx, &k, &h);
    if (e != OK)
        return e;
    if (h.row && str_is(rq_text(rq, "to"), "down")) {
        swap_with_next(&h);
    } else if (h.row && h.before) {
        struct row_here up = { .list = h.list, .row = h.before };
        for (struct value *r = h.list->first; r != h.before; r = r->next)
            up.before = r;
        swap_with_next(&up);
    }
    return keep(rq, tx, &k, str_of(h.f->label));
}
