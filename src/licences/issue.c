/*
 * Issuing: from a decision to a signed sheet.
 *
 * The row is written with the decision and says everything the sheet will: 制证
 * 中.  A job then draws the sheet from it, beside the writer, and one short
 * command writes down digest and signatures.  What is signed is the row's facts
 * with the digest of the whole sheet, as ever: nothing is handed out before. An
 * organisation without keys waits the same way until there are some.
 */
#include "licences/library.h"

#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "kernel/conf/conf.h"
#include "kernel/notify/notify.h"
#include "kernel/pdf/pdf.h"

/* ---- what stands on the sheet ---- */

static void add_row(struct arena *a, struct value *rows, str label, str text)
{
    if (text.n == 0)
        return;
    struct value *row = value_push(rows, value_new(a, VALUE_OBJECT));
    value_add(row, STR("label"), value_text(a, label));
    value_add(row, STR("text"), value_text(a, text));
}

/* An answer of the application; "" when it was not asked. */
static str answer(const struct value *answers, str name)
{
    str s = answers ? value_get_text(answers, name) : str_none;
    return str_is_none(s) ? STR("") : s;
}

static str facts_of(struct arena *a, const struct licence_type *t,
                    const struct grant_one *g)
{
    struct value *answers = NULL, *rows = value_new(a, VALUE_LIST);
    str problem;
    if (!str_is_none(g->answers) &&
        value_read_json(a, g->answers, &answers, &problem) != OK)
        answers = NULL;
    for (size_t i = 0; i < t->fields; i++)
        add_row(a, rows, t->field[i].label, answer(answers, t->field[i].from));
    add_row(a, rows, STR("许可事项"), g->title);
    return value_json(a, rows);
}

static str day_words(struct arena *a, day d)
{
    int y, m, mday;
    if (day_is_none(d))
        return STR("长期");
    day_split(d, &y, &m, &mday);
    return arena_printf(a, "%d 年 %d 月 %d 日", y, m, mday);
}

enum err licence_draw(struct arena *a, const struct licence_one *l, str *pdf)
{
    enum { ROWS = LICENCE_FIELDS + 8 };
    struct pdf_fact fact[ROWS];
    struct licence_type t = { .note = STR("") };
    struct value *rows;
    str problem;
    size_t n = 0;
    enum err e = value_read_json(a, l->facts, &rows, &problem);
    if (e != OK)
        return e;
    (void)licence_type_of(a, l->type, &t);
    fact[n++] = (struct pdf_fact){ STR("持证人"), l->holder_name };
    if (!str_is_none(l->holder_code))
        fact[n++] = (struct pdf_fact){ STR("持证人代码"), l->holder_code };
    for (const struct value *r = rows->first; r && n < ROWS - 2; r = r->next)
        fact[n++] = (struct pdf_fact){ value_get_text(r, STR("label")),
                                       value_get_text(r, STR("text")) };
    fact[n++] = (struct pdf_fact){
        STR("有效期"),
        day_is_none(l->valid_to)
            ? STR("长期")
            : arena_printf(a, "%.*s 至 %.*s",
                           STR_ARG(day_words(a, l->valid_from)),
                           STR_ARG(day_words(a, l->valid_to))) };
    struct pdf_licence paper = {
        .organ = conf_organ(a, l->unit_name), .title = l->name,
        .number = l->number, .facts = fact, .count = n,
        .note = arena_join(a, t.note,
                           STR("本证照与纸质证照具有同等法律效力（国务院关于"
                               "在线政务服务的若干规定第十条）。")),
        .date = l->issued, .qr = l->address,
        .qr_text = arena_printf(a, "扫码核验真伪\n核验码 %.*s",
                                STR_ARG(l->secret)),
        .identifier = l->identifier,
        .foot = l->demo ? STR("演示数据：人名、单位和编号均为虚构") : str_none,
        .made = l->made,
    };
    struct buf out = { 0 };
    e = pdf_licence(&paper, &out);
    if (e == OK)
        *pdf = arena_str(a, buf_str(&out));
    buf_free(&out);
    return e;
}

/* ---- signing ---- */

static str signed_bytes(struct arena *a, const struct licence_one *l,
                        str sha256)
{
    struct licence_facts f = {
        .identifier = l->identifier, .number = l->number, .type = l->type,
        .name = l->name, .holder = l->holder_name,
        .holder_code = str_is_none(l->holder_code) ? STR("") : l->holder_code,
        .unit = l->unit, .facts = l->facts, .sha256 = sha256,
        .version = l->version, .issued = l->issued, .from = l->valid_from,
        .to = l->valid_to,
    };
    return licence_canonical(a, &f);
}

enum seal_verdict licence_check(struct arena *a, const struct licence_one *l)
{
    struct seal_signature s = { l->sm2, l->ecdsa };
    return seal_verify(l->unit, (int)l->pair, signed_bytes(a, l, l->sha256),
                       &s);
}

/* The holder has it on line from this moment. */
static enum err tell_holder(struct tx *tx, const struct licence_one *l)
{
    struct notify_letter letter = {
        .account = l->account, .about = STR("licence"), .ref = l->number,
        .title = arena_printf(tx->arena, "证照已签发：%.*s", STR_ARG(l->name)),
        .body = arena_printf(tx->arena, "%.*s签发的%.*s（%.*s）已在我的证照里，"
                             "可以下载，也可以选择窗口领取或者邮寄。",
                             STR_ARG(l->unit_name), STR_ARG(l->name),
                             STR_ARG(l->number)),
        .link = arena_printf(tx->arena, "/my/licences/%.*s",
                             STR_ARG(l->identifier)),
    };
    return l->account ? notify_send(tx, &letter) : OK;
}

enum err licence_prepare(struct tx *tx, str identifier,
                         struct licence_sealed *out)
{
    struct arena *a = tx->arena;
    str pdf;
    enum err e = licence_one(tx, identifier, &out->l);
    if (e != OK || !str_is(out->l.state, "making"))
        return e == OK ? ERR_NOTFOUND : e;
    e = seal_current(out->l.unit, &out->pair);
    if (e == OK)
        e = licence_draw(a, &out->l, &pdf);
    if (e != OK)
        return e;
    out->sha256 = seal_sha256(a, pdf);
    out->sm3 = seal_sm3(a, pdf);
    if (str_is_none(out->sha256) || str_is_none(out->sm3))
        return ERR_STORE;
    return seal_sign(a, out->l.unit, out->pair,
                     signed_bytes(a, &out->l, out->sha256), &out->s);
}

enum err licence_put(struct tx *tx, const struct licence_sealed *s)
{
    enum err e = licence_signed(tx, s->l.id, s->pair, s->sha256, s->sm3,
                                s->s.sm2, s->s.ecdsa);
    if (e == ERR_CONFLICT)
        return OK; /* somebody signed it meanwhile, or it waits no more */
    if (e == OK)
        e = licence_tell(tx, s->l.id, "seal",
                         arena_printf(tx->arena,
                                      "加盖电子印章，第 %d 对密钥", s->pair),
                         STR("系统"), STR("电子签名法 第十三条、第十四条"));
    if (e == OK)
        e = audit_note(tx, STR("licence.seal"), s->l.identifier, s->sha256);
    return e == OK ? tell_holder(tx, &s->l) : e;
}

enum err licence_seal(struct tx *tx, str identifier)
{
    struct licence_sealed s;
    enum err e = licence_prepare(tx, identifier, &s);
    if (e == ERR_NOTFOUND)
        return OK; /* no keys yet: it waits */
    return e == OK ? licence_put(tx, &s) : e;
}

enum err licence_tell(struct tx *tx, int64_t licence, const char *verb,
                      str text, str actor, str basis)
{
    return licence_event_add(tx, store_id(tx->store), licence, tx->now,
                             str_of(verb), text, actor, basis);
}

/* ---- issuing ---- */

static enum err next_serial(struct tx *tx, str *out)
{
    int y, m, d;
    struct serial_last last;
    day_split(tx_today(tx), &y, &m, &d);
    enum err e = serial_start(tx, y, NULL);
    if (e == OK)
        e = serial_step(tx, y);
    if (e == OK)
        e = serial_last(tx, y, &last);
    if (e == OK)
        *out = arena_printf(tx->arena, "%04d%06lld", y, (long long)last.last);
    return e;
}

/* The number of the decision, or what an officer typed; somebody may have
 * typed one that is another licence's. */
static enum err number_of(struct tx *tx, const struct grant_one *g, str *out)
{
    struct number_taken taken;
    str number = str_is_none(g->result_no) ? g->number : g->result_no;
    enum err e = number_taken(tx, number, &taken);
    if (e == OK)
        *out = taken.licences
                   ? arena_printf(tx->arena, "%.*s（%.*s）", STR_ARG(number),
                                  STR_ARG(g->number))
                   : number;
    return e;
}

/* A name is masked as a person's unless the code is an organisation's. */
static str open_name(struct arena *a, str name, str code)
{
    bool company = !str_is_none(code) && code.n == 18 && code.p[0] == '9' &&
                   code.p[1] != '2';
    return auth_mask_party(a, name, company ? STR("company") : STR("person"));
}

static enum err write_first(struct tx *tx, const struct grant_one *g,
                            const struct licence_type *t, str site, bool demo,
                            str *identifier)
{
    struct arena *a = tx->arena;
    struct unit_issuing u;
    str number, serial, secret = seal_secret(a, LICENCE_SECRET);
    enum err e = unit_issuing(tx, g->unit, &u);
    if (e == OK)
        e = number_of(tx, g, &number);
    if (e == OK)
        e = next_serial(tx, &serial);
    if (e == OK && str_is_none(secret))
        e = ERR_STORE;
    if (e != OK)
        return e;
    int64_t id = store_id(tx->store);
    *identifier = licence_identifier(
        a, t->code, str_is_none(u.credit_code) ? g->unit : u.credit_code,
        serial, 1);
    e = licence_add(tx, id, *identifier, t->code, t->name, number, 1, secret,
                    g->applicant_name, g->applicant_code,
                    open_name(a, g->applicant_name, g->applicant_code),
                    g->applicant, g->unit, g->item, g->title, g->number,
                    facts_of(a, t, g), licence_address(a, site, number, secret),
                    tx->now, demo, g->closed_day, g->closed_day,
                    licence_valid_to(g->closed_day, t->years),
                    licence_deliver_by(tx->calendar, g->closed_day));
    if (e == OK)
        e = licence_tell(tx, id, "issue",
                         arena_printf(a, "按准予决定颁发，办件 %.*s",
                                      STR_ARG(g->number)),
                         STR("系统"), STR("行政许可法 第三十九条、第四十四条"));
    return e == OK ? audit_note(tx, STR("licence.issue"), *identifier,
                                g->number) : e;
}

/* Is a fee of the decision still owed?  The licence is then issued when it is
 * settled ("fee.settled"), and not before. */
static enum err waits_for_fee(struct tx *tx, const struct grant_one *g,
                              bool *waits)
{
    struct licence_fee_hold f;
    enum err e = licence_fee_hold(tx, g->item, g->number, g->closed_day, &f);
    *waits = e == OK && !f.settled;
    return e == ERR_NOTFOUND ? OK : e;
}

enum err licence_issue(struct tx *tx, str case_no, str site, bool demo)
{
    bool waits = false;
    struct grant_one g;
    struct licence_type t;
    struct licence_known known;
    str identifier;
    enum err e = licence_known(tx, case_no, &known);
    if (e != OK || known.licences > 0)
        return e; /* told twice is issued once */
    e = grant_one(tx, case_no, &g);
    if (e == ERR_NOTFOUND)
        return OK; /* not granted after all */
    if (e != OK || str_is_none(g.result) ||
        !licence_type_named(tx->arena, g.result, &t))
        return e;
    e = waits_for_fee(tx, &g, &waits);
    if (e != OK || waits)
        return e;
    return write_first(tx, &g, &t, site, demo, &identifier);
}

/* ---- what is heard, what is done on time ---- */

enum err licence_granted(struct tx *tx, str ref, const struct value *payload)
{
    (void)payload;
    return licence_issue(tx, ref, http_site(), http_demo());
}

/* Drawing and signing take some 8 ms: beside the writer, not on it. */
enum err licence_job_draw(struct tx *tx, const void **kept)
{
    enum { AT_ONCE = 20 };
    struct licence_sealed *s = ARENA_NEW(tx->arena, struct licence_sealed);
    struct licence_making *m;
    int64_t after = 0;
    size_t n = AT_ONCE;
    enum err e = OK;
    while (e == OK && n == AT_ONCE) {
        e = licence_making(tx, after, &m, &n);
        for (size_t i = 0; e == OK && i < n; i++) {
            after = m[i].id;
            e = licence_prepare(tx, m[i].identifier, s);
            if (e == OK) {
                *kept = s;
                return OK;
            }
            e = e == ERR_NOTFOUND ? OK : e; /* no keys of its own: the next */
        }
    }
    return e;
}

/* One a command: others write in between. */
enum err licence_job_seal(struct tx *tx, bool *more)
{
    *more = true;
    return licence_put(tx, tx->kept);
}

enum err licence_job_expire(struct tx *tx, bool *more)
{
    struct licence_ended *l;
    size_t n;
    enum err e = licence_ended(tx, tx_today(tx), &l, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        e = licence_set_state(tx, l[i].id, l[i].revision, STR("expired"));
        if (e == OK)
            e = licence_tell(tx, l[i].id, "expire", STR("有效期届满"),
                             STR("系统"),
                             STR("行政许可法 第七十条第（一）项"));
        if (e == OK)
            e = audit_note(tx, STR("licence.expire"), l[i].identifier,
                           STR(""));
    }
    *more = n == 100;
    return e;
}
