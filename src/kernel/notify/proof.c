/*
 * 验证手机号码: a six-digit code goes to the number by text message, and who
 * types it back has the telephone in hand.  Only a proven number gets text
 * messages and is asked to join other people's applications.
 *
 * The code is HMAC-SHA256 of a nonce and the number under the gateway's token,
 * cut to six digits: nothing that tells it is in the database, the log or the
 * queue of calls, and every process of a cluster can send and check it.
 *
 * Bounds (copy.h): a code holds ten minutes and five tries; codes are asked for
 * a minute apart, five an hour for an account and for a number, twenty for a
 * network address.  A try is counted in a command of its own before the code is
 * compared, as a refused request leaves no trace.  Whether a number is another
 * account's is said only to who has proven it.
 */
#include "kernel/notify/copy.h"

#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "kernel/conf/conf.h"
#include "kernel/page/page.h"
#include "kernel/seal/seal.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

enum { LANE = 1, TRIES = 3, REF = 16, HOUR_MS = 3600000, PER_MINUTE = 10 };

/* ---- the code ---- */

str notify_proof_code(struct arena *a, str key, str nonce, str mobile)
{
    unsigned char mac[EVP_MAX_MD_SIZE];
    unsigned int n = sizeof mac;
    uint64_t number = 0;
    str what = arena_printf(a, "zhengtong mobile code\n%.*s\n%.*s",
                            STR_ARG(nonce), STR_ARG(mobile));
    if (key.n == 0 ||
        HMAC(EVP_sha256(), key.p, (int)key.n, (const unsigned char *)what.p,
             what.n, mac, &n) == NULL)
        return STR("");
    for (int i = 0; i < 8; i++)
        number = number << 8 | mac[i];
    return arena_printf(a, "%06u", (unsigned)(number % 1000000));
}

bool notify_proof_same(str wanted, str given)
{
    return wanted.n == PROOF_DIGITS && given.n == PROOF_DIGITS &&
           sodium_memcmp(wanted.p, given.p, PROOF_DIGITS) == 0;
}

/* ---- the text message ---- */

static enum err code_make(struct tx *tx, str ref, struct call_request *out,
                          inst *when)
{
    struct arena *a = tx->arena;
    struct proof_one p;
    str key = notify_secret(a, "sms_key_file");
    enum err e = proof_one(tx, ref, tx->now, &p);
    (void)when;
    if (e != OK)
        return e; /* too late, or another was asked for: dropped */
    str code = notify_proof_code(a, key, p.nonce, p.mobile);
    if (conf_text("sms_url").n == 0 || code.n == 0)
        return ERR_BUSY;
    notify_sms(a, ref, p.mobile,
               notify_proof_line(a, conf_text("city"), code), out);
    return OK;
}

static enum err code_told(struct tx *tx, str ref, const struct call_answer *a,
                          enum call_fate *fate)
{
    bool refused = a->status >= 400 && a->status < 500;
    *fate = a->status / 100 == 2   ? CALL_DONE
            : refused || a->last   ? CALL_OVER : CALL_AGAIN;
    return *fate == CALL_OVER ? audit_note(tx, STR("mobile.unsent"), ref,
                                           STR("")) : OK;
}

const struct call_kind notify_code_call = {
    "notify.code", LANE, TRIES, code_make, code_told
};

/* ---- the page ---- */

static void ask(struct request *rq, struct value *into, const char *name,
                const char *type, const char *label, const char *hint)
{
    struct page_field f = {
        .name = name, .type = type, .label = str_of(label),
        .hint = str_of(hint), .value = STR(""), .error = STR(""),
    };
    (void)rq_problem(rq, name, &f.error);
    page_field(rq_view(rq), into, &f);
}

static enum err show_open(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct proof_open p;
    str state, error;
    char at[INST_TEXT];
    enum err e = proof_open(tx, tx->who->account, tx->now, &p);
    if (e == ERR_NOTFOUND) {
        view_text(v, "open", str_none);
        return OK;
    }
    if (e == OK)
        e = call_state(tx, notify_code_call.name, p.ref, &state, &error);
    if (e != OK)
        return e;
    struct view o = view_object(v, "open");
    view_text(&o, "mobile", auth_mask_mobile(v->arena, p.mobile));
    view_text(&o, "until",
              arena_str(v->arena, inst_minutes_text(p.expires, at)));
    view_int(&o, "left", PROOF_TRIES - p.tries);
    view_bool(&o, "failed", str_is(state, "failed"));
    return OK;
}

enum err mobile_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct auth_person me;
    enum err e = auth_person(tx, tx->who->account, &me);
    if (e != OK)
        return e;
    bool has = !str_is_none(me.mobile) && me.mobile.n > 0;
    view_text(v, "mobile", has ? auth_mask_mobile(v->arena, me.mobile)
                               : STR(""));
    view_bool(v, "proven", me.proven);
    view_bool(v, "sms_on", conf_text("sms_url").n > 0);
    struct value *code = view_list(v, "code_fields");
    struct value *fields = view_list(v, "fields");
    ask(rq, code, "code", "code", "验证码", "短信里的六位数字");
    ask(rq, fields, "mobile", "mobile", "新的手机号码", "");
    ask(rq, fields, "password", "secret", "当前密码",
        "更换号码要核对密码。");
    return show_open(rq, tx);
}

/* ---- asking for a code ---- */

static enum err too_often(struct request *rq, struct tx *tx, str mobile)
{
    struct proof_asked n;
    enum err e = proof_asked(tx, tx->who->account, mobile, tx->client,
                             (inst){ tx->now.ms - HOUR_MS }, &n);
    if (e != OK)
        return e;
    struct proof_rate r = { n.by_account, n.by_mobile, n.by_client, n.latest };
    int64_t wait = notify_proof_wait(&r, tx->now);
    if (wait == 0)
        return OK;
    return rq_fail_field(rq, ERR_RANGE, "mobile", arena_printf(
        tx->arena,
        wait > PROOF_GAP ? "一小时内获取验证码的次数过多，请过一小时再试，或者"
                           "到政务服务中心窗口办理。"
                         : "请过 %lld 秒再获取验证码。", (long long)wait));
}

/* The number meant: the account's own when none is written. */
static enum err wanted(struct request *rq, struct tx *tx, str *mobile,
                       bool *other)
{
    struct auth_person me;
    enum err e = auth_person(tx, tx->who->account, &me);
    if (e != OK)
        return e;
    str typed = rq_text(rq, "mobile");
    bool has = !str_is_none(me.mobile) && me.mobile.n > 0;
    *mobile = typed.n ? typed : has ? me.mobile : STR("");
    *other = !has || !str_eq(*mobile, me.mobile);
    if (mobile->n == 0 || (me.proven && !typed.n))
        return rq_fail_field(rq, ERR_INPUT, "mobile",
                             STR("请填写新的手机号码"));
    if (me.proven && !*other)
        return rq_fail_field(rq, ERR_RANGE, "mobile",
                             STR("这个号码已经验证过了，不用再验证"));
    return OK;
}

enum err mobile_before(struct request *rq, struct tx *tx)
{
    str mobile;
    bool other, right = true;
    enum err e = rq_limit(rq, 'm', PER_MINUTE);
    if (e != OK)
        return e;
    if (conf_text("sms_url").n == 0 ||
        notify_secret(tx->arena, "sms_key_file").n == 0)
        return rq_fail(rq, ERR_CONFLICT,
                       "本站还没有接通短信网关，现在不能验证手机号码；更换号码"
                       "请到“更正个人信息”申请。");
    e = wanted(rq, tx, &mobile, &other);
    if (e == OK)
        e = too_often(rq, tx, mobile);
    if (e == OK && other)
        e = auth_own_password(tx, tx->who->account, rq_text(rq, "password"),
                              &right);
    if (e == OK && !right)
        return rq_fail_field(rq, ERR_RANGE, "password",
                             STR("当前密码不正确，请重新输入。"));
    return e;
}

static enum err note(struct tx *tx, const char *action, str mobile)
{
    return audit_note(tx, str_of(action),
                      arena_printf(tx->arena, "account %lld",
                                   (long long)tx->who->account),
                      auth_mask_mobile(tx->arena, mobile));
}

enum err mobile_post(struct request *rq, struct tx *tx)
{
    str mobile, ref = seal_secret(tx->arena, REF),
                nonce = seal_secret(tx->arena, REF);
    bool other;
    enum err e = wanted(rq, tx, &mobile, &other);
    if (e == OK) /* once more: two may have asked at the same moment */
        e = too_often(rq, tx, mobile);
    if (e != OK)
        return e;
    if (str_is_none(ref) || str_is_none(nonce))
        return ERR_BUSY;
    e = proof_end_all(tx, tx->who->account, tx->now, NULL);
    if (e == OK)
        e = proof_add(tx, store_id(tx->store), ref, tx->who->account, mobile,
                      str_is_none(tx->client) ? STR("") : tx->client, nonce,
                      tx->now,
                      (inst){ tx->now.ms + PROOF_MINUTES * 60000LL });
    if (e == OK)
        e = call_queue(tx, notify_code_call.name, ref);
    if (e == OK)
        e = note(tx, "mobile.code", mobile);
    if (e != OK)
        return e;
    rq_flash(rq, "ok", arena_printf(
        tx->arena, "验证码已发往 %.*s，%d 分钟内有效。",
        STR_ARG(auth_mask_mobile(tx->arena, mobile)), PROOF_MINUTES));
    return rq_see_other(rq, "/account/mobile");
}

/* ---- typing it ---- */

struct attempt {
    struct command command;
    int64_t proof;
};

static enum err attempt_run(struct command *c, struct tx *tx)
{
    struct attempt *t = (struct attempt *)c;
    enum err e = proof_try(tx, t->proof, PROOF_TRIES);
    return e == OK ? audit_note(tx, STR("mobile.try"),
                                arena_printf(tx->arena, "account %lld",
                                             (long long)tx->who->account),
                                STR("")) : e;
}

static enum err count_try(struct tx *tx, int64_t proof)
{
    struct attempt *t = ARENA_NEW(tx->arena, struct attempt);
    t->proof = proof;
    t->command.run = attempt_run;
    return store_aside(tx, &t->command);
}

enum err mobile_code_before(struct request *rq, struct tx *tx)
{
    struct proof_open *p = ARENA_NEW(tx->arena, struct proof_open);
    enum err e = proof_open(tx, tx->who->account, tx->now, p);
    if (e == ERR_NOTFOUND)
        return rq_fail_field(rq, ERR_RANGE, "code",
                             STR("没有等待验证的号码，或者验证码已经过期，请重"
                                 "新获取。"));
    if (e == OK)
        e = count_try(tx, p->id);
    if (e == ERR_CONFLICT)
        return rq_fail_field(rq, ERR_RANGE, "code",
                             STR("这个验证码输错的次数过多，已经作废，请重新获"
                                 "取。"));
    if (e != OK)
        return e;
    str key = notify_secret(tx->arena, "sms_key_file");
    if (!notify_proof_same(notify_proof_code(tx->arena, key, p->nonce,
                                             p->mobile), rq_text(rq, "code")))
        return rq_fail_field(rq, ERR_RANGE, "code", arena_printf(
            tx->arena, "验证码不正确，还可以输入 %lld 次。",
            (long long)(PROOF_TRIES - 1 - p->tries)));
    rq_keep(rq, p);
    return OK;
}

enum err mobile_code_post(struct request *rq, struct tx *tx)
{
    const struct proof_open *p = rq_kept(rq);
    enum err e = proof_end(tx, p->id, tx->now);
    if (e == ERR_CONFLICT)
        return rq_fail(rq, e, "这个验证码已经用过，或者又获取了新的，请用最新的"
                              "验证码。");
    if (e == OK)
        e = auth_prove_mobile(tx, tx->who->account, p->mobile);
    if (e == ERR_CONFLICT)
        return rq_fail(rq, e, "这个号码登记在另一个账号上，请持身份证到政务服务"
                              "中心窗口核对。");
    if (e == OK)
        e = note(tx, "mobile.proven", p->mobile);
    if (e != OK)
        return e;
    rq_flash(rq, "ok", STR("手机号码已经验证，以后的短信提醒发到这个号码。"));
    return rq_see_other(rq, "/account/mobile");
}
