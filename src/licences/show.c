/* What the holder's page and the desk's show alike. */
#include "licences/show.h"

#include "kernel/page/page.h"

enum err licence_load(struct request *rq, struct tx *tx, struct licence_one *l)
{
    str identifier = rq_path(rq, "identifier");
    if (!licence_identifier_ok(identifier))
        return rq_fail(rq, ERR_NOTFOUND,
                       "这不是一个电子证照标识，请核对后再查。");
    enum err e = licence_one(tx, identifier, l);
    return e == ERR_NOTFOUND
               ? rq_fail(rq, e, "证照库里没有这份证照，请核对标识。") : e;
}

void licence_tag(struct view *v, const char *name, const struct tx *tx,
                 str state, day valid_to)
{
    page_tag(v, name, licence_state_word(licence_state_on(state, valid_to,
                                                          tx_today(tx))));
}

str licence_term(struct arena *a, day from, day to)
{
    char one[DAY_TEXT], two[DAY_TEXT];
    day_text(from, one);
    if (day_is_none(to))
        return arena_printf(a, "%s 起长期有效", one);
    day_text(to, two);
    return arena_printf(a, "%s 至 %s", one, two);
}

str licence_delivery_text(struct arena *a, str delivery, day deliver_by,
                          inst delivered)
{
    char by[DAY_TEXT], at[INST_TEXT];
    const char *how = str_is(delivery, "collect") ? "窗口领取"
                      : str_is(delivery, "post") ? "邮寄"
                                                 : "电子证照";
    if (!inst_is_none(delivered))
        return arena_printf(a, "%s，%.*s 已送达", how,
                            STR_ARG(inst_minutes_text(delivered, at)));
    day_text(deliver_by, by);
    if (delivery.n == 0)
        return arena_printf(a, "还没有选择，应当在 %s 前送达", by);
    return arena_printf(a, "%s，应当在 %s 前送达", how, by);
}

static enum err show_versions(struct tx *tx, struct view *v,
                              const struct licence_one *l)
{
    struct licence_versions *all;
    size_t n;
    struct value *list = view_list(v, "versions");
    enum err e = licence_versions(tx, l->case_no, &all, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        view_int(&row, "version", all[i].version);
        view_text(&row, "identifier", all[i].identifier);
        licence_tag(&row, "state", tx, all[i].state, all[i].valid_to);
        view_bool(&row, "here", str_eq(all[i].identifier, l->identifier));
    }
    return e;
}

static enum err show_events(struct tx *tx, struct view *v,
                            const struct licence_one *l)
{
    struct licence_events *all;
    size_t n;
    struct value *list = view_list(v, "events");
    enum err e = licence_events(tx, l->id, &all, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        bool issued = str_is(all[i].verb, "issue");
        struct view row = view_row(v, list);
        view_inst(&row, "at", all[i].at);
        view_text(&row, "text", all[i].text);
        view_text(&row, "verb", all[i].verb);
        view_text(&row, "actor", all[i].actor);
        view_text(&row, "basis", all[i].basis);
        view_text(&row, "look", STR("done"));
        view_text(&row, "icon", issued ? STR("file-check-2")
                                       : STR("circle-dot"));
    }
    return e;
}

enum err licence_body(struct tx *tx, struct view *v,
                      const struct licence_one *l)
{
    struct arena *a = v->arena;
    struct value *rows = NULL, *list = view_list(v, "facts");
    str problem;
    view_text(v, "identifier", l->identifier);
    view_text(v, "name", l->name);
    view_text(v, "number", l->number);
    licence_tag(v, "state", tx, l->state, l->valid_to);
    page_fact(v, list, "证照编号", l->number);
    page_fact(v, list, "电子证照标识", l->identifier);
    page_fact(v, list, "颁发机关", l->unit_name);
    page_fact(v, list, "持证人", l->holder_name);
    page_fact(v, list, "有效期", licence_term(a, l->valid_from,
                                              l->valid_to));
    if (value_read_json(a, l->facts, &rows, &problem) == OK)
        for (const struct value *r = rows->first; r; r = r->next) {
            struct view row = view_row(v, list);
            view_text(&row, "label", value_get_text(r, STR("label")));
            view_text(&row, "text", value_get_text(r, STR("text")));
        }
    page_fact(v, list, "办件", l->case_no);
    page_fact(v, list, "送达", licence_delivery_text(
                                      a, l->delivery, l->deliver_by,
                                      l->delivered));
    if (!str_is_none(l->tracking))
        page_fact(v, list, "邮寄单号", l->tracking);
    if (!str_is_none(l->proof))
        page_fact(v, list, "领取核对",
                  arena_printf(a, "%.*s，%.*s，尾号 %.*s%s%.*s",
                               STR_ARG(l->received_by), STR_ARG(l->proof),
                               STR_ARG(l->proof_tail),
                               str_is_none(l->authority) ? "" : "，代领：",
                               STR_ARG(l->authority)));
    if (!str_is_none(l->post_to))
        page_fact(v, list, "邮寄地址", l->post_to);
    page_fact(v, list, "SHA-256 摘要", l->sha256);
    page_fact(v, list, "SM3 摘要", l->sm3);
    enum err e = show_versions(tx, v, l);
    return e == OK ? show_events(tx, v, l) : e;
}
