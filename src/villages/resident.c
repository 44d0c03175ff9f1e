/*
 * The roll of a village: who lives there, what they have authorised, when they
 * were visited.  An agent sees his own village and no other.
 */
#include "villages/show.h"

#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "kernel/page/page.h"

/* ---- enrolling ---- */

enum err village_enrol(struct tx *tx, struct village_person *p)
{
    struct resident_of known;
    int every = villages_every(p->care);
    enum err e = resident_of(tx, p->citizen_id, &known);
    if (e == OK) {
        p->id = known.id;
        return str_eq(known.unit, tx->who->unit) ? OK : ERR_CONFLICT;
    }
    if (e != ERR_NOTFOUND)
        return e;
    p->id = store_id(tx->store);
    e = resident_add(tx, p->id, tx->who->unit, p->name, p->citizen_id,
                     p->mobile, p->place, p->care, every,
                     villages_due(day_none, every, tx_today(tx)));
    return e == OK ? audit_note(tx, STR("village.enrol"), tx->who->unit,
                                auth_mask_name(tx->arena, p->name)) : e;
}

enum err village_consent(struct tx *tx, int64_t resident, str item, str proof,
                         day to)
{
    enum err e = consent_add(tx, store_id(tx->store), resident, tx->who->unit,
                             tx->who->account, tx->who->name, item, proof,
                             tx_today(tx), to, tx->now);
    return e == OK ? audit_note(tx, STR("village.consent"), tx->who->unit,
                                item.n ? item : STR("全部代办事项")) : e;
}

static enum err elsewhere(struct request *rq)
{
    return rq_fail(rq, ERR_CONFLICT,
                   "这位居民登记在别的村，请由那个村的代办员办理。");
}

/* ---- the list ---- */

static void ask_care(struct request *rq, struct value *list)
{
    static const char *const codes[] = { "", "old", "disabled", "alone",
                                         "child" };
    struct page_choice c[5];
    for (int i = 0; i < 5; i++)
        c[i] = (struct page_choice){
            .value = str_of(codes[i]),
            .label = i ? villages_care_word(str_of(codes[i]))
                       : STR("不需要定期走访") };
    rq_ask(rq, list, (struct page_field){
        .name = "care", .type = "select", .label = STR("需要照顾"),
        .hint = STR("独居、留守儿童每十四天，高龄、残疾每三十天走访。"),
        .optional = true, .choices = c, .choice_count = 5 });
}

enum err village_residents_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct resident_list *r;
    size_t n;
    rq_menu(rq, "desk.residents");
    enum err e = resident_list(tx, tx->who->unit, rq_text(rq, "words"), &r,
                               &n);
    view_text(v, "words", rq_text(rq, "words"));
    struct value *list = view_list(v, "rows");
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "id", village_id(v->arena, r[i].id));
        view_text(&row, "name", r[i].name);
        view_text(&row, "mobile", r[i].mobile);
        view_text(&row, "place", r[i].place);
        view_text(&row, "care", villages_care_word(r[i].care));
        view_day(&row, "due", r[i].due);
    }
    struct value *fields = view_list(v, "fields");
    rq_ask(rq, fields, (struct page_field){ .name = "name", .type = "text",
                                         .label = STR("姓名") });
    rq_ask(rq, fields, (struct page_field){ .name = "citizen_id", .type = "id",
                                         .label = STR("公民身份号码") });
    rq_ask(rq, fields, (struct page_field){ .name = "mobile", .type = "mobile",
                                         .label = STR("手机号码") });
    rq_ask(rq, fields, (struct page_field){ .name = "place", .type = "text",
                                         .label = STR("住处"),
                                         .hint = STR("例如 3 组 12 号") });
    ask_care(rq, fields);
    return e;
}

enum err village_resident_post(struct request *rq, struct tx *tx)
{
    struct village_person p = {
        .name = rq_text(rq, "name"), .citizen_id = rq_text(rq, "citizen_id"),
        .mobile = rq_text(rq, "mobile"), .place = rq_text(rq, "place"),
        .care = rq_text(rq, "care"),
    };
    struct resident_of known;
    enum err e = resident_of(tx, p.citizen_id, &known);
    if (e == OK && str_eq(known.unit, tx->who->unit))
        return rq_fail_field(rq, ERR_CONFLICT, "citizen_id",
                             STR("这位居民已经登记过"));
    if (e == OK || e == ERR_NOTFOUND)
        e = village_enrol(tx, &p);
    if (e == ERR_CONFLICT)
        return elsewhere(rq);
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("已登记，可以接着登记委托。"));
    return rq_see_other(rq, "/village/residents/%lld", (long long)p.id);
}

/* ---- one ---- */

static enum err load(struct request *rq, struct tx *tx, struct resident_one *r)
{
    int64_t id;
    enum err e = str_int(rq_path(rq, "id"), &id) ? resident_one(tx, id, r)
                                                 : ERR_NOTFOUND;
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有登记这位居民，请从列表里选择。");
    if (e == OK && !str_eq(r->unit, tx->who->unit))
        return rq_fail(rq, ERR_DENIED,
                       "这位居民登记在别的村，您只能查看本村居民。");
    return e;
}

static str item_word(str code)
{
    struct villages_item it;
    for (size_t i = 0; villages_item(i, &it); i++)
        if (str_eq(it.code, code))
            return it.word;
    return code.n ? code : STR("全部代办事项");
}

static enum err show_consents(struct tx *tx, struct view *v, int64_t resident)
{
    struct consent_list *c;
    size_t n;
    struct value *list = view_list(v, "consents");
    enum err e = consent_list(tx, resident, &c, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "consent", village_id(v->arena, c[i].id));
        view_text(&row, "what", item_word(c[i].item));
        view_text(&row, "agent", c[i].agent_name);
        view_text(&row, "proof", villages_proof_word(c[i].proof));
        view_day(&row, "from", c[i].from_day);
        view_day(&row, "to", c[i].to_day);
        view_bool(&row, "valid", c[i].to_day.n >= tx_today(tx).n);
    }
    return e;
}

static enum err show_visits(struct tx *tx, struct view *v, int64_t resident)
{
    struct visit_list *l;
    size_t n;
    struct value *list = view_list(v, "visits");
    enum err e = visit_list(tx, resident, &l, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        view_day(&row, "on", l[i].day);
        view_text(&row, "by", l[i].agent_name);
        view_text(&row, "text", l[i].text);
    }
    return e;
}

static void ask_consent(struct request *rq, struct value *list)
{
    static const char *const proofs[] = { "signed", "thumb", "guardian" };
    struct page_choice items[12] = { { .value = STR(""),
                                       .label = STR("全部代办事项") } };
    struct page_choice proof[3];
    struct villages_item it;
    size_t n = 1;
    while (n < 12 && villages_item(n - 1, &it))
        items[n++] = (struct page_choice){ .value = it.code,
                                           .label = it.word };
    for (int i = 0; i < 3; i++)
        proof[i] = (struct page_choice){
            .value = str_of(proofs[i]),
            .label = villages_proof_word(str_of(proofs[i])) };
    rq_ask(rq, list, (struct page_field){
        .name = "item", .type = "choice", .label = STR("委托办什么"),
        .choices = items, .choice_count = n });
    rq_ask(rq, list, (struct page_field){
        .name = "proof", .type = "choice", .label = STR("怎样委托"),
        .hint = STR("纸质授权委托书留在村里备查。"), .choices = proof,
        .choice_count = 3 });
    rq_ask(rq, list, (struct page_field){
        .name = "to", .type = "day", .label = STR("委托到哪一天"),
        .hint = STR("最长一年；居民随时可以取消。") });
}

enum err village_resident_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct resident_one r;
    rq_menu(rq, "desk.residents");
    enum err e = load(rq, tx, &r);
    if (e != OK)
        return e;
    view_text(v, "id", village_id(v->arena, r.id));
    view_int(v, "revision", r.revision);
    view_text(v, "name", r.name);
    view_text(v, "citizen_id", auth_mask_id(v->arena, r.citizen_id));
    view_text(v, "mobile", r.mobile);
    view_text(v, "place", r.place);
    view_text(v, "care", villages_care_word(r.care));
    view_day(v, "visit_due", r.due);
    struct value *items = view_list(v, "items");
    struct villages_item it;
    for (size_t i = 0; villages_item(i, &it); i++) {
        struct view row = view_row(v, items);
        view_text(&row, "code", it.code);
        view_text(&row, "word", it.word);
    }
    ask_consent(rq, view_list(v, "fields"));
    e = show_consents(tx, v, r.id);
    if (e == OK)
        e = show_visits(tx, v, r.id);
    return e == OK ? village_show_cases(tx, v, r.id) : e;
}

/* ---- what is done for one ---- */

enum err village_consent_post(struct request *rq, struct tx *tx)
{
    struct resident_one r;
    day to = rq_day(rq, "to");
    enum err e = load(rq, tx, &r);
    if (e != OK)
        return e;
    if (day_is_none(to) || !villages_term_ok(tx_today(tx), to))
        return rq_fail_field(rq, ERR_RANGE, "to",
                             STR("委托要有期限：从今天起，最长一年"));
    e = village_consent(tx, r.id, rq_text(rq, "item"), rq_text(rq, "proof"),
                        to);
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("委托已登记。"));
    return rq_see_other(rq, "/village/residents/%lld", (long long)r.id);
}

enum err village_consent_end_post(struct request *rq, struct tx *tx)
{
    struct resident_one r;
    enum err e = load(rq, tx, &r);
    if (e == OK)
        e = consent_end(tx, rq_int(rq, "consent", 0), r.id, tx_today(tx),
                        (day){ tx_today(tx).n - 1 });
    if (e == ERR_CONFLICT)
        return rq_fail(rq, e, "这个委托已经终止或者到期。");
    if (e == OK)
        e = audit_note(tx, STR("village.consent_end"), tx->who->unit,
                       STR("居民取消委托"));
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("委托已终止，从现在起不能再据此代办。"));
    return rq_see_other(rq, "/village/residents/%lld", (long long)r.id);
}

enum err village_visit_post(struct request *rq, struct tx *tx)
{
    struct resident_one r;
    day today = tx_today(tx);
    enum err e = load(rq, tx, &r);
    if (e == OK)
        e = visit_add(tx, store_id(tx->store), r.id, today, tx->who->name,
                      rq_text(rq, "text"));
    if (e == OK)
        e = resident_visited(tx, r.id, rq_int(rq, "revision", r.revision),
                             today, villages_due(today, (int)r.every, today));
    if (e == ERR_CONFLICT)
        return rq_fail(rq, e, "这位居民的记录刚刚有改动，请刷新后再记。");
    if (e == OK)
        e = audit_note(tx, STR("village.visit"), tx->who->unit,
                       STR("走访一户"));
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("走访已记下。"));
    return rq_see_other(rq, "/village/residents/%lld", (long long)r.id);
}
