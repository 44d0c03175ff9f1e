/* Suspending, resuming, revoking, cancelling, changing: one way in for all. */
#include "licences/library.h"

#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "kernel/notify/notify.h"

#include <assert.h>

static enum err refuse(struct licence_act *act, enum err e, str sentence)
{
    act->sentence = sentence;
    return e;
}

static enum err lawful(struct tx *tx, const struct licence_one *l,
                       struct licence_act *act)
{
    enum { SHORTEST = 4 };
    str state = licence_state_on(l->state, l->valid_to, tx_today(tx));
    if (!str_eq(tx->who->unit, l->unit))
        return refuse(act, ERR_DENIED,
                      STR("只有颁发证照的机关可以作出这个决定。"));
    if (act->verb->leader && !str_is(tx->who->role, "leader"))
        return refuse(act, ERR_DENIED, STR("由本机关负责人作出这个决定。"));
    if (!licence_verb_fits(act->verb, state))
        return refuse(act, ERR_CONFLICT,
                      arena_printf(tx->arena, "这份证照%.*s，不能%s。",
                                   STR_ARG(licence_state_word(state)),
                                   act->verb->label));
    if (!licence_ground_ok(act->verb, act->ground))
        return refuse(act, ERR_RANGE, STR("请选择一种法定情形。"));
    if (utf8_count(str_trim(act->reason)) < SHORTEST)
        return refuse(act, ERR_RANGE,
                      STR("请写明事实和理由，至少四个字，持证人会看到。"));
    return OK;
}

/* ---- a change: the next version ---- */

static enum err may_change(struct tx *tx, const struct licence_one *l,
                           struct licence_act *act)
{
    bool same = act->holder.n == 0 || str_eq(act->holder, l->holder_name);
    if (same && day_is_none(act->valid_to))
        return refuse(act, ERR_RANGE,
                      STR("没有要变更的内容：请填写新的名称或者有效期。"));
    if (!day_is_none(act->valid_to) && act->valid_to.n < tx_today(tx).n)
        return refuse(act, ERR_RANGE, STR("新的有效期应当在今天以后。"));
    return OK;
}

/* The parts of an identifier without its root: type, issuer, serial. */
static str next_identifier(struct arena *a, const struct licence_one *l)
{
    str rest = l->identifier, part[9];
    size_t n = 0;
    while (!str_is_none(rest) && n < 9)
        part[n++] = str_cut(&rest, '.');
    assert(n == 9);
    return licence_identifier(a, part[5], part[6], part[7],
                              (int)l->version + 1);
}

static enum err new_version(struct tx *tx, const struct licence_one *l,
                            struct licence_act *act)
{
    struct arena *a = tx->arena;
    str secret = seal_secret(a, LICENCE_SECRET);
    str holder = act->holder.n ? act->holder : l->holder_name;
    day to = day_is_none(act->valid_to) ? l->valid_to : act->valid_to;
    ptrdiff_t site = str_find(l->address, STR("/licences/verify?"));
    if (str_is_none(secret) || site < 0)
        return ERR_STORE;
    str open = str_eq(l->holder_open, l->holder_name)
                   ? holder : auth_mask_name(a, holder);
    int64_t id = store_id(tx->store);
    act->identifier = next_identifier(a, l);
    enum err e = licence_add(
        tx, id, act->identifier, l->type, l->name, l->number, l->version + 1,
        secret, holder, l->holder_code, open, l->account, l->unit, l->item,
        l->title, l->case_no, l->facts,
        licence_address(a, str_slice(l->address, 0, (size_t)site), l->number,
                        secret),
        tx->now, l->demo, tx_today(tx), l->valid_from, to,
        licence_deliver_by(tx->calendar, tx_today(tx)));
    if (e == OK)
        e = licence_tell(tx, id, "change",
                         arena_printf(a, "第 %lld 版：%.*s",
                                      (long long)l->version + 1,
                                      STR_ARG(act->reason)),
                         tx->who->name, str_of(act->verb->law));
    return e; /* 制证中: the job draws and signs it */
}

/* ---- all of them ---- */

static enum err tell_holder(struct tx *tx, const struct licence_one *l,
                            const struct licence_act *act)
{
    struct arena *a = tx->arena;
    struct notify_letter letter = {
        .account = l->account, .about = STR("licence"), .ref = l->number,
        .title = arena_printf(a, "证照%s：%.*s", act->verb->label,
                              STR_ARG(l->name)),
        .body = arena_printf(a, "%.*s：%.*s%s依据：%s。%s",
                             STR_ARG(l->unit_name), STR_ARG(act->reason),
                             str_ends(act->reason, STR("。")) ? "" : "。",
                             act->verb->law,
                             act->verb->leader
                                 ? "如不服，可以自知道之日起六十日内申请行政"
                                   "复议，或者六个月内提起行政诉讼。" : ""),
        .link = arena_printf(a, "/my/licences/%.*s",
                             STR_ARG(act->identifier)),
    };
    return l->account ? notify_send(tx, &letter) : OK;
}

enum err licence_do(struct tx *tx, const struct licence_one *l,
                    struct licence_act *act)
{
    struct arena *a = tx->arena;
    bool change = str_is(str_of(act->verb->code), "change");
    act->identifier = l->identifier;
    enum err e = lawful(tx, l, act);
    if (e == OK && change)
        e = may_change(tx, l, act);
    if (e != OK)
        return e;
    e = licence_set_state(tx, l->id, l->revision, str_of(act->verb->to));
    if (e == ERR_CONFLICT)
        return refuse(act, e, STR("这份证照刚刚有变化，请刷新后再办。"));
    str text = act->ground.n
                   ? arena_printf(a, "%s（%.*s）：%.*s", act->verb->label,
                                  STR_ARG(act->ground), STR_ARG(act->reason))
                   : arena_printf(a, "%s：%.*s", act->verb->label,
                                  STR_ARG(act->reason));
    if (e == OK)
        e = licence_tell(tx, l->id, act->verb->code, text, tx->who->name,
                         str_of(act->verb->law));
    if (e == OK)
        e = audit_note(tx, arena_printf(a, "licence.%s", act->verb->code),
                       l->identifier, text);
    if (e == OK && change)
        e = new_version(tx, l, act);
    return e == OK ? tell_holder(tx, l, act) : e;
}
