/*
 * The library as an organisation sees it, and the counter that hands sheets
 * over.  An organisation sees its own; the hall's counter all of them.
 */
#include "licences/pages.h"

#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "kernel/notify/notify.h"
#include "kernel/page/page.h"
#include "licences/show.h"

enum { PAGE = 50 };

/* "" for those who look at all of them. */
static str scope_of(struct request *rq, const struct tx *tx)
{
    bool all = rq_may(rq, "licences.counter") || auth_sees_all(tx->who->role);
    return all ? STR("") : tx->who->unit;
}

static enum err load(struct request *rq, struct tx *tx, struct licence_one *l)
{
    enum err e = licence_load(rq, tx, l);
    str scope = scope_of(rq, tx);
    if (e == OK && scope.n && !str_eq(scope, l->unit))
        return rq_fail(rq, ERR_DENIED, "您只能查看本机关颁发的证照。");
    return e;
}

/* ---- the list ---- */

static void show_states(struct view *v, str chosen)
{
    static const char *const codes[] = { "valid", "suspended", "revoked",
                                         "expired", "cancelled", "changed",
                                         "making" };
    struct value *list = view_list(v, "states");
    for (size_t i = 0; i <= sizeof codes / sizeof *codes; i++) {
        str code = i ? str_of(codes[i - 1]) : STR("");
        struct view row = view_row(v, list);
        view_text(&row, "value", code);
        view_text(&row, "label", i ? licence_state_word(code) : STR("全部"));
        view_bool(&row, "chosen", str_eq(code, chosen));
    }
}

static enum err show_waiting(struct tx *tx, struct view *v, str scope)
{
    struct licence_waiting *w;
    char by[DAY_TEXT];
    size_t n;
    struct value *list = view_list(v, "waiting");
    enum err e = licence_waiting(tx, scope, &w, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "identifier", w[i].identifier);
        view_text(&row, "name", w[i].name);
        view_text(&row, "number", w[i].number);
        view_text(&row, "holder", w[i].holder_open);
        view_text(&row, "unit_name", w[i].unit_name);
        view_text(&row, "way", str_is(w[i].delivery, "post") ? STR("邮寄")
                                                             : STR("领取"));
        view_text(&row, "by", arena_str(v->arena,
                                        day_text(w[i].deliver_by, by)));
        view_bool(&row, "late", w[i].deliver_by.n < tx_today(tx).n);
    }
    return e;
}

enum err licences_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct licence_page *l;
    str scope = scope_of(rq, tx), state = rq_text(rq, "state");
    str words = rq_text(rq, "words");
    size_t n;
    rq_menu(rq, "desk.licences");
    show_states(v, state);
    view_text(v, "words", words);
    enum err e = show_waiting(tx, v, scope);
    if (e == OK)
        e = licence_page(tx, scope, state, words,
                         rq_int(rq, "before", INT64_MAX), &l, &n);
    struct value *list = view_list(v, "rows");
    for (size_t i = 0; e == OK && i < n && i < PAGE; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "identifier", l[i].identifier);
        view_text(&row, "name", l[i].name);
        view_text(&row, "number", l[i].number);
        view_text(&row, "holder", l[i].holder_open);
        view_text(&row, "unit_name", l[i].unit_name);
        view_day(&row, "issued", l[i].issued);
        view_day(&row, "valid_to", l[i].valid_to);
        licence_tag(&row, "state", tx, l[i].state, l[i].valid_to);
    }
    if (e != OK)
        return e;
    str same = arena_printf(v->arena, "/licences?state=%.*s", STR_ARG(state));
    rq_pager_before(rq, same, n, PAGE, n > PAGE ? l[PAGE - 1].id : 0);
    return OK;
}

/* ---- one ---- */

static void show_verbs(struct request *rq, struct tx *tx, struct view *v,
                       const struct licence_one *l)
{
    struct value *list = view_list(v, "verbs");
    str state = licence_state_on(l->state, l->valid_to, tx_today(tx));
    if (!rq_may(rq, "licences.act") || !str_eq(tx->who->unit, l->unit))
        return;
    for (const struct licence_verb *b = licence_verbs; b->code; b++) {
        bool allowed = !b->leader || str_is(tx->who->role, "leader");
        if (!allowed || !licence_verb_fits(b, state))
            continue;
        struct view row = view_row(v, list);
        view_text(&row, "label", str_of(b->label));
        view_text(&row, "href", arena_printf(v->arena, "/licences/%.*s/%s",
                                             STR_ARG(l->identifier), b->code));
        view_text(&row, "look", b->leader ? STR("btn-bad") : STR("btn-2"));
    }
}

/* Who collects, and how they showed it. */
static void ask_collector(struct request *rq, struct value *fields)
{
    struct arena *a = rq_view(rq)->arena;
    struct page_choice *c = ARENA_NEW_N(a, struct page_choice, 10);
    struct page_field proof = {
        .name = "proof", .type = "select", .label = STR("核对的证件"),
        .value = rq_text(rq, "proof"), .choices = c,
    };
    str rest = STR(LICENCE_PROOFS), problem;
    while (!str_is_none(rest) && proof.choice_count < 10) {
        str word = str_cut(&rest, ',');
        c[proof.choice_count++] = (struct page_choice){ word, word, STR("") };
    }
    if (rq_problem(rq, "proof", &problem))
        proof.error = problem;
    rq_ask(rq, fields, (struct page_field){
        .name = "received_by", .type = "text", .label = STR("领取人"),
        .hint = STR("看过身份证件原件以后填写姓名。"),
    });
    page_field(rq_view(rq), fields, &proof);
    rq_ask(rq, fields, (struct page_field){
        .name = "tail", .type = "text", .label = STR("证件号码后四位"),
        .hint = STR("只记后四位。"),
    });
    rq_ask(rq, fields, (struct page_field){
        .name = "authority", .type = "text", .label = STR("代领的授权"),
        .hint = STR("领取人不是持证人的填写：授权委托书、与单位的关系。"),
        .optional = true,
    });
}

/* What the counter may do now: "collect", "posted" or "". */
static void show_counter(struct request *rq, struct tx *tx, struct view *v,
                         const struct licence_one *l)
{
    str state = licence_state_on(l->state, l->valid_to, tx_today(tx));
    bool open = rq_may(rq, "licences.hand") && inst_is_none(l->delivered) &&
                str_is(state, "valid");
    bool collect = open && str_is(l->delivery, "collect");
    bool post = open && str_is(l->delivery, "post");
    struct value *fields = view_list(v, "fields");
    view_text(v, "action", collect || post
                  ? arena_printf(v->arena, "/licences/%.*s/%s",
                                 STR_ARG(l->identifier),
                                 collect ? "collect" : "posted") : STR(""));
    view_text(v, "submit", collect ? STR("登记领取")
                           : post ? STR("登记邮寄") : STR(""));
    if (collect)
        ask_collector(rq, fields);
    if (post)
        rq_ask(rq, fields, (struct page_field){
            .name = "tracking", .type = "text", .label = STR("邮寄单号"),
            .hint = STR("寄出后填写，持证人会看到。"),
        });
}

enum err licence_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct licence_one l;
    enum err e = load(rq, tx, &l);
    if (e != OK)
        return e;
    rq_menu(rq, "desk.licences");
    view_text(v, "pdf", l.pair ? arena_printf(v->arena, "/licences/%.*s/pdf",
                                              STR_ARG(l.identifier))
                               : STR(""));
    show_verbs(rq, tx, v, &l);
    show_counter(rq, tx, v, &l);
    e = licence_body(tx, v, &l);
    return e == OK ? audit_look(tx, STR("licence.look"), l.identifier) : e;
}

/* ---- the counter ---- */

/* How it left the counter; none where it does not apply. */
struct handing {
    str by, proof, tail, authority, tracking;
};

static enum err hand(struct request *rq, struct tx *tx,
                     const struct licence_one *l, const char *verb,
                     const struct handing *h, str said)
{
    str tracking = h->tracking;
    enum err e = licence_hand(tx, l->id, l->revision, h->by, tracking, tx->now,
                              h->proof, h->tail, h->authority);
    if (e == ERR_CONFLICT)
        return rq_fail(rq, e, "这份证照已经送达，请刷新后查看。");
    if (e == OK)
        e = licence_tell(tx, l->id, verb, said, tx->who->name,
                         STR("行政许可法 第四十四条"));
    if (e == OK)
        e = audit_note(tx, arena_printf(tx->arena, "licence.%s", verb),
                       l->identifier, tracking.n ? tracking : STR(""));
    struct notify_letter letter = {
        .account = l->account, .about = STR("licence"), .ref = l->number,
        .title = arena_printf(tx->arena, "证照已送出：%.*s", STR_ARG(l->name)),
        .body = said,
        .link = arena_printf(tx->arena, "/my/licences/%.*s",
                             STR_ARG(l->identifier)),
    };
    if (e == OK && l->account)
        e = notify_send(tx, &letter);
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("已登记。"));
    return rq_see_other(rq, "/licences/%.*s", STR_ARG(l->identifier));
}

static enum err load_for(struct request *rq, struct tx *tx, const char *way,
                         struct licence_one *l)
{
    enum err e = load(rq, tx, l);
    if (e != OK)
        return e;
    if (!str_is(l->delivery, way))
        return rq_fail(rq, ERR_CONFLICT,
                       "持证人没有选择这种送达方式，请刷新后查看。");
    if (!str_is(licence_state_on(l->state, l->valid_to, tx_today(tx)),
                "valid"))
        return rq_fail(rq, ERR_CONFLICT, "这份证照目前没有效力，不能送出。");
    return OK;
}

enum err licence_collect_post(struct request *rq, struct tx *tx)
{
    struct licence_one l;
    str by = str_trim(rq_text(rq, "received_by"));
    enum err e = load_for(rq, tx, "collect", &l);
    if (e != OK)
        return e;
    str authority = str_trim(rq_text(rq, "authority"));
    struct handing h = {
        .by = by, .proof = rq_text(rq, "proof"), .tail = rq_text(rq, "tail"),
        .authority = authority.n ? authority : str_none, .tracking = str_none,
    };
    str code = str_is_none(l.holder_code) ? STR("") : l.holder_code;
    str refused = licence_collect_refused(l.holder_name, code, by, h.proof,
                                          h.tail, authority);
    if (refused.n)
        return rq_fail_str(rq, ERR_RANGE, refused);
    return hand(rq, tx, &l, "collect", &h,
                arena_printf(tx->arena, "窗口领取，领取人 %.*s，核对%.*s（尾号 "
                             "%.*s）%s%.*s", STR_ARG(by), STR_ARG(h.proof),
                             STR_ARG(h.tail), authority.n ? "，代领：" : "",
                             STR_ARG(authority)));
}

enum err licence_posted_post(struct request *rq, struct tx *tx)
{
    struct licence_one l;
    str tracking = str_trim(rq_text(rq, "tracking"));
    enum err e = load_for(rq, tx, "post", &l);
    if (e != OK)
        return e;
    struct handing h = { str_none, str_none, str_none, str_none, tracking };
    return hand(rq, tx, &l, "post", &h,
                arena_printf(tx->arena, "已经寄出，邮寄单号 %.*s",
                             STR_ARG(tracking)));
}

/* ---- suspending, revoking …: the confirm page and the verb ---- */

static enum err load_verb(struct request *rq, struct tx *tx,
                          struct licence_one *l, const struct licence_verb **v)
{
    *v = licence_verb(rq_path(rq, "verb"));
    if (*v == NULL)
        return rq_fail(rq, ERR_NOTFOUND, "没有这种办理动作。");
    return load(rq, tx, l);
}

static void ask_ground(struct request *rq, struct value *list,
                       const struct licence_verb *verb)
{
    enum { MOST = 8 };
    struct page_choice choices[MOST];
    size_t n = 0;
    str rest = str_of(verb->grounds), problem;
    while (!str_is_none(rest) && n < MOST) {
        str one = str_cut(&rest, ',');
        choices[n++] = (struct page_choice){ .value = one, .label = one };
    }
    struct page_field f = {
        .name = "ground", .type = "choice", .label = STR("法定情形"),
        .value = rq_text(rq, "ground"), .choices = choices, .choice_count = n,
    };
    if (rq_problem(rq, "ground", &problem))
        f.error = problem;
    page_field(rq_view(rq), list, &f);
}

/* What the law asks; false when it cannot be done now. */
static bool show_law(struct tx *tx, struct view *v,
                     const struct licence_one *l,
                     const struct licence_verb *verb)
{
    struct arena *a = v->arena;
    str state = licence_state_on(l->state, l->valid_to, tx_today(tx));
    struct value *list = view_list(v, "law");
    bool own = str_eq(tx->who->unit, l->unit);
    bool who = !verb->leader || str_is(tx->who->role, "leader");
    bool fits = licence_verb_fits(verb, state);
    page_condition(v, list, arena_printf(a, "由颁发机关%.*s作出决定",
                                         STR_ARG(l->unit_name)),
                   verb->law, own);
    if (verb->leader)
        page_condition(v, list, STR("由本机关负责人决定"), verb->law, who);
    page_condition(v, list, arena_printf(a, "证照目前%.*s",
                                         STR_ARG(licence_state_word(state))),
                   verb->law, fits);
    return own && who && fits;
}

enum err licence_verb_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    const struct licence_verb *verb;
    struct licence_one l;
    enum err e = load_verb(rq, tx, &l, &verb);
    if (e != OK)
        return e;
    rq_menu(rq, "desk.licences");
    view_text(v, "identifier", l.identifier);
    view_text(v, "name", l.name);
    view_text(v, "number", l.number);
    view_text(v, "holder", l.holder_open);
    view_text(v, "verb", str_of(verb->code));
    view_text(v, "label", str_of(verb->label));
    view_text(v, "told", str_of(verb->told));
    view_text(v, "warning", str_of(verb->warning));
    view_text(v, "look", verb->leader ? STR("btn-bad") : STR(""));
    view_bool(v, "can", show_law(tx, v, &l, verb));
    struct value *fields = view_list(v, "fields");
    if (verb->grounds)
        ask_ground(rq, fields, verb);
    if (str_is(str_of(verb->code), "change")) {
        rq_ask(rq, fields, (struct page_field){
            .name = "holder", .type = "text", .label = STR("新的持证人名称"),
            .hint = STR("不变更的不填。"), .optional = true,
        });
        rq_ask(rq, fields, (struct page_field){
            .name = "valid_to", .type = "day", .label = STR("新的有效期截止日"),
            .hint = STR("不变更的不填。"), .optional = true,
        });
    }
    rq_ask(rq, fields, (struct page_field){
        .name = "reason", .type = "lines", .label = STR("事实和理由"),
        .hint = STR("写明决定文书的编号和事实，持证人会看到。"),
    });
    return OK;
}

enum err licence_verb_post(struct request *rq, struct tx *tx)
{
    const struct licence_verb *verb;
    struct licence_one l;
    enum err e = load_verb(rq, tx, &l, &verb);
    if (e != OK)
        return e;
    struct licence_act act = {
        .verb = verb, .ground = str_trim(rq_text(rq, "ground")),
        .reason = str_trim(rq_text(rq, "reason")),
        .holder = str_trim(rq_text(rq, "holder")),
        .valid_to = rq_day(rq, "valid_to"), .sentence = STR(""),
    };
    e = licence_do(tx, &l, &act);
    if (e != OK)
        return act.sentence.n ? rq_fail_str(rq, e, act.sentence) : e;
    rq_flash(rq, "ok", arena_printf(tx->arena, "已%s。", verb->label));
    return rq_see_other(rq, "/licences/%.*s", STR_ARG(act.identifier));
}
