/*
 * Filing for a resident from one page that also works without a line: the
 * browser keeps what was filled in and says 未发送; when the line is back it
 * records the authority, brings the papers and files, each under a key of its
 * own, so that it happens once (docs/decisions/0007).  Without scripts the
 * same application is filled in step by step.
 */
#include "villages/show.h"

#include "kernel/audit/audit.h"
#include "kernel/page/page.h"

static bool offered(str code, struct villages_item *it)
{
    for (size_t i = 0; villages_item(i, it); i++)
        if (str_eq(it->code, code))
            return true;
    return false;
}

enum err village_files_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct villages_item it;
    enum err e = OK;
    rq_menu(rq, "desk.filing");
    struct value *list = view_list(v, "items");
    for (size_t i = 0; e == OK && villages_item(i, &it); i++) {
        struct village_item item;
        e = village_item(tx, it.code, &item);
        if (e == ERR_NOTFOUND) { /* taken off the catalogue */
            e = OK;
            continue;
        }
        if (e != OK)
            break;
        struct view row = view_row(v, list);
        view_text(&row, "code", it.code);
        view_text(&row, "word", it.word);
        view_text(&row, "title", item.name);
        view_text(&row, "unit_name", item.unit_name);
        view_int(&row, "promised", item.promised_n);
    }
    return e;
}

/* ---- one item ---- */

static enum err show_papers(struct tx *tx, struct view *v, str item)
{
    struct village_papers *p;
    size_t n;
    struct value *list = view_list(v, "papers");
    enum err e = village_papers(tx, item, &p, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        if (!str_is(p[i].source, "upload"))
            continue;
        struct view row = view_row(v, list);
        view_text(&row, "code", p[i].code);
        view_text(&row, "paper", p[i].name);
        view_bool(&row, "needed", p[i].need == 1);
    }
    return e;
}

/* Whom it is for, when the agent came from that resident's page. */
static enum err show_person(struct request *rq, struct tx *tx, struct view *v)
{
    struct resident_one r = { .name = STR(""), .citizen_id = STR(""),
                              .mobile = STR("") };
    int64_t id = rq_int(rq, "resident", 0);
    enum err e = id ? resident_one(tx, id, &r) : OK;
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有登记这位居民，请从列表里选择。");
    if (e == OK && id && !str_eq(r.unit, tx->who->unit))
        return rq_fail(rq, ERR_DENIED,
                       "这位居民登记在别的村，您只能为本村居民代办。");
    view_text(v, "name", r.name);
    view_text(v, "citizen_id", r.citizen_id);
    view_text(v, "mobile", r.mobile);
    return e;
}

enum err village_file_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct villages_item it;
    struct village_item item;
    struct village_unit u;
    rq_menu(rq, "desk.filing");
    if (!offered(rq_path(rq, "item"), &it))
        return rq_fail(rq, ERR_NOTFOUND,
                       "这个事项不在村级代办的清单里，请到窗口办理。");
    enum err e = village_item(tx, it.code, &item);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "这个事项已经从目录里取消。");
    if (e == OK)
        e = village_unit(tx, tx->who->unit, &u);
    if (e != OK)
        return e;
    view_text(v, "code", it.code);
    view_text(v, "word", it.word);
    view_text(v, "title", item.name);
    view_text(v, "town", str_is_none(u.parent) ? STR("") : u.parent);
    view_text(v, "village", u.name);
    e = show_person(rq, tx, v);
    return e == OK ? show_papers(tx, v, it.code) : e;
}

/* ---- what the browser sends first: who, and on what authority ---- */

enum err village_authority_post(struct request *rq, struct tx *tx)
{
    struct villages_item it;
    struct consent_in_force known;
    struct village_person p = {
        .name = rq_text(rq, "name"), .citizen_id = rq_text(rq, "citizen_id"),
        .mobile = rq_text(rq, "mobile"), .place = STR("未登记"),
        .care = STR(""),
    };
    if (!offered(rq_text(rq, "item"), &it))
        return rq_fail_field(rq, ERR_RANGE, "item",
                             STR("这个事项不在村级代办的清单里"));
    enum err e = village_enrol(tx, &p);
    if (e == ERR_CONFLICT)
        return rq_fail(rq, e, "这位居民登记在别的村，请由那个村的代办员"
                              "办理。");
    if (e == OK)
        e = consent_in_force(tx, p.id, it.code, tx_today(tx), &known);
    if (e == OK && known.n == 0)
        e = village_consent(tx, p.id, it.code, rq_text(rq, "proof"),
                            (day){ tx_today(tx).n + 90 });
    if (e == OK && known.n > 0)
        e = audit_note(tx, STR("village.consent_used"), tx->who->unit,
                       it.word);
    return e == OK ? rq_see_other(rq, "/village/residents/%lld",
                                  (long long)p.id) : e;
}

enum err village_worker(struct request *rq, struct tx *tx)
{
    (void)tx;
    return rq_send(rq, STR("text/javascript; charset=utf-8"),
                   page_asset("web/village-worker.js"), str_none);
}
