/*
 * Copies on their way: rows in the letter's own transaction, sent by
 * kernel/call, held at night, tried again, given up in the open.
 *
 * Where a copy goes is looked up at the moment it is sent, so a number or an
 * address never lies in a queue, and one that was changed or taken away
 * meanwhile is not used.
 */
#include "kernel/notify/copy.h"

#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "kernel/conf/conf.h"
#include "kernel/seal/seal.h"

#include <stdio.h>

enum { SMS_LANE = 1, MAIL_LANE = 2, TRIES = 6, SECRET = 256, CODE = 16 };

str notify_secret(struct arena *a, const char *key)
{
    char bytes[SECRET];
    str path = conf_text(key);
    FILE *f = path.n ? fopen(arena_cstr(a, path), "r") : NULL;
    if (f == NULL)
        return STR("");
    size_t n = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    while (n && (bytes[n - 1] == '\n' || bytes[n - 1] == '\r'))
        n--;
    return arena_str(a, (str){ bytes, n });
}

/* ---- wanting a copy ---- */

struct wish {
    bool sms, mail, quiet;
    str mobile, address;
};

static enum err wish_of(struct tx *tx, int64_t account, str about,
                        struct wish *out)
{
    struct notify_wish w;
    struct notify_unwanted *no;
    struct auth_person p;
    size_t n;
    *out = (struct wish){ .quiet = true, .mobile = STR(""),
                          .address = STR("") };
    enum err e = auth_person(tx, account, &p);
    if (e != OK)
        return e == ERR_NOTFOUND ? OK : e;
    if (str_is(p.kind, "resident") && !str_is_none(p.mobile) && p.proven)
        out->mobile = p.mobile;
    e = notify_wish(tx, account, &w);
    if (e == OK) {
        out->quiet = w.quiet;
        out->address = str_is_none(w.mail) ? STR("") : w.mail;
    } else if (e != ERR_NOTFOUND) {
        return e;
    }
    out->sms = out->mobile.n > 0;
    out->mail = out->address.n > 0;
    e = notify_unwanted(tx, account, &no, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        if (!str_eq(no[i].about, about))
            continue;
        out->sms = out->sms && !str_is(no[i].way, "sms");
        out->mail = out->mail && !str_is(no[i].way, "mail");
    }
    return e;
}

static enum err add(struct tx *tx, int64_t message,
                    const struct notify_letter *l, const char *way, str place)
{
    str code = seal_secret(tx->arena, CODE);
    if (str_is_none(code))
        return ERR_STORE;
    enum err e = notify_delivery_add(tx, store_id(tx->store), code, message,
                                     l->account, l->about, l->ref, str_of(way),
                                     place, tx->now);
    return e == OK ? call_queue(tx, way[0] == 's' ? notify_sms_call.name
                                                  : notify_mail_call.name,
                                code) : e;
}

enum err notify_copy(struct tx *tx, int64_t message,
                     const struct notify_letter *l)
{
    struct wish w;
    bool sms = conf_text("sms_url").n > 0, mail = conf_text("mail_url").n > 0;
    if (!sms && !mail)
        return OK;
    enum err e = wish_of(tx, l->account, l->about, &w);
    if (e == OK && sms && w.sms)
        e = add(tx, message, l, "sms", auth_mask_mobile(tx->arena, w.mobile));
    if (e == OK && mail && w.mail)
        e = add(tx, message, l, "mail",
                notify_mask_address(tx->arena, w.address));
    return e;
}

/* ---- sending it ---- */

/* What both ways ask first.  ERR_NOTFOUND: not wanted any more. */
static enum err ready(struct tx *tx, str ref, struct notify_delivery_one *d,
                      struct wish *w, inst *when)
{
    enum err e = notify_delivery_one(tx, ref, d);
    if (e != OK)
        return e;
    if (str_is(d->state, "sent"))
        return ERR_NOTFOUND;
    e = wish_of(tx, d->account, d->about, w);
    if (e != OK)
        return e;
    inst from = notify_not_before(tx->now, w->quiet);
    if (from.ms > tx->now.ms) {
        *when = from;
        return ERR_BUSY;
    }
    return OK;
}

void notify_sms(struct arena *a, str id, str mobile, str text,
                struct call_request *out)
{
    struct view v = { a, value_new(a, VALUE_OBJECT) };
    struct buf json = { 0 };
    view_text(&v, "id", id);
    view_text(&v, "mobile", mobile);
    view_text(&v, "text", text);
    value_write_json(v.object, &json);
    out->body = arena_str(a, buf_str(&json));
    buf_free(&json);
    out->url = conf_text("sms_url");
    out->method = "POST";
    out->header[0] = STR("Content-Type: application/json");
    out->header[1] = arena_printf(a, "Authorization: Bearer %.*s",
                                  STR_ARG(notify_secret(a, "sms_key_file")));
}

static enum err sms_make(struct tx *tx, str ref, struct call_request *out,
                         inst *when)
{
    struct arena *a = tx->arena;
    struct notify_delivery_one d;
    struct wish w;
    enum err e = ready(tx, ref, &d, &w, when);
    if (e != OK)
        return e;
    if (!w.sms)
        return ERR_NOTFOUND;
    if (conf_text("sms_url").n == 0)
        return ERR_BUSY;
    notify_sms(a, d.code, w.mobile,
               notify_line(a, conf_text("city"), d.about, d.ref, http_site()),
               out);
    return OK;
}

static enum err mail_make(struct tx *tx, str ref, struct call_request *out,
                          inst *when)
{
    struct arena *a = tx->arena;
    struct notify_delivery_one d;
    struct wish w;
    enum err e = ready(tx, ref, &d, &w, when);
    if (e != OK)
        return e;
    if (!w.mail)
        return ERR_NOTFOUND;
    str from = conf_text("mail_from");
    if (conf_text("mail_url").n == 0 || !notify_address_ok(from))
        return ERR_BUSY;
    out->url = conf_text("mail_url");
    out->from = from;
    out->to = w.address;
    out->user = conf_text("mail_user");
    out->password = notify_secret(a, "mail_password_file");
    out->body = notify_mail(a, from, w.address,
                            arena_printf(a, "%.*s政务服务通知",
                                         STR_ARG(conf_text("city"))),
                            notify_line(a, conf_text("city"), d.about, d.ref,
                                        http_site()), d.code, tx->now);
    return OK;
}

/* 200 of a gateway, 250 of a mail server. */
static enum err copy_told(struct tx *tx, str ref, const struct call_answer *a,
                          enum call_fate *fate)
{
    struct notify_delivery_one d;
    enum err e = notify_delivery_one(tx, ref, &d);
    if (e == ERR_NOTFOUND) {
        *fate = CALL_DONE;
        return OK;
    }
    if (e != OK)
        return e;
    bool sent = a->status / 100 == 2;
    bool over = !sent && (a->last || (a->status >= 400 && a->status < 500 &&
                                      str_is(d.way, "sms")));
    *fate = sent ? CALL_DONE : over ? CALL_OVER : CALL_AGAIN;
    str why = sent          ? STR("")
              : a->status   ? arena_printf(tx->arena, "对方拒绝（%d）",
                                           a->status)
                            : STR("对方没有应答");
    e = notify_delivery_set(tx, d.id, sent   ? STR("sent")
                                      : over ? STR("failed") : STR("waiting"),
                            d.tries + 1, sent || over ? tx->now : inst_none,
                            why);
    return e == OK && over ? audit_note(tx, STR("notify.failed"), d.code, d.ref)
                           : e;
}

const struct call_kind notify_sms_call = {
    "notify.sms", SMS_LANE, TRIES, sms_make, copy_told
};
const struct call_kind notify_mail_call = {
    "notify.mail", MAIL_LANE, TRIES, mail_make, copy_told
};

enum err notify_again(struct tx *tx, str code, str ref)
{
    struct notify_delivery_one d;
    enum err e = notify_delivery_one(tx, code, &d);
    if (e == OK && !str_eq(d.ref, ref))
        return ERR_NOTFOUND;
    if (e == OK && !str_is(d.state, "failed"))
        return ERR_CONFLICT;
    if (e == OK)
        e = notify_delivery_set(tx, d.id, STR("waiting"), 0, inst_none,
                                STR(""));
    if (e == OK)
        e = call_again(tx, str_is(d.way, "sms") ? notify_sms_call.name
                                                : notify_mail_call.name, code);
    return e == OK ? audit_note(tx, STR("notify.again"), code, ref) : e;
}
