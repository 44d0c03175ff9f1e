/*
 * Telling the applicant: every step of a matter that concerns them becomes a
 * letter in their mailbox, written when the signal of the step is heard.
 */
#include "services/tell.h"

#include "kernel/store/topics.h"

#include "kernel/notify/notify.h"
#include "services/case.h"
#include "services/work/gap.h"
#include "services/apply/partners.h"
#include "services/services.h"

static enum err write_to(struct tx *tx, int64_t account, str number, str title,
                         str text)
{
    if (account == 0)
        return OK; /* came to a window without an account */
    struct notify_letter letter = {
        .account = account, .about = STR("case"), .ref = number,
        .title = title, .body = text,
        .link = arena_printf(tx->arena, "/cases/%.*s", STR_ARG(number)),
    };
    return notify_send(tx, &letter);
}

enum err tell_applicant(struct tx *tx, str ref, str title, str text)
{
    struct case_owner c;
    str number;
    enum err e = case_owner(tx, ref, &c);
    if (e == OK)
        e = partners_thread(tx, c.parent, ref, &number);
    if (e == OK)
        e = write_to(tx, c.applicant, number, title, text);
    if (e == OK && c.proxy != c.applicant)
        e = write_to(tx, c.proxy, number, title, text);
    return e == OK ? partners_tell(tx, number, c.applicant, c.proxy, title,
                                   text) : e;
}

enum err case_tell(struct tx *tx, str ref, const struct value *payload)
{
    str text = value_get_text(payload, STR("text"));
    enum verb verb = verb_of(value_get_text(payload, STR("verb")));
    if (str_is_none(text) || verb == VERB_WITHDRAW) /* his own doing */
        return OK;
    bool ended = str_is(value_get_text(payload, STR("verb")), "end");
    bool decided = verb == VERB_GRANT || verb == VERB_DENY;
    str title = ended           ? STR("您的办件：一个部门终止办理")
                : decided       ? STR("您的办件：已作出决定")
                : verb == VERBS ? STR("您的办件已办结")
                                : arena_printf(tx->arena, "您的办件：%s",
                                   verb_rule(verb)->name);
    return tell_applicant(tx, ref, title, text);
}

static bool of_matter(const struct value *payload, const char *matter)
{
    return str_is(value_get_text(payload, STR("matter")), matter);
}

enum err case_carded(struct tx *tx, str ref, const struct value *payload)
{
    str level = value_get_text(payload, STR("level"));
    bool red = str_is(level, "red");
    if (of_matter(payload, GAP_MATTER))
        return gap_level(tx, ref, payload);
    if (!of_matter(payload, "case") || (!red && !str_is(level, "yellow")))
        return OK;
    struct case_owner c;
    enum err e = case_owner(tx, ref, &c);
    if (e != OK)
        return e;
    bool accept = str_is(value_get_text(payload, STR("kind")), "accept");
    bool law = str_is(value_get_text(payload, STR("kind")), "statutory");
    str text = arena_printf(tx->arena, "电子监察发出%s：超过%s",
                            red ? "红牌" : "黄牌",
                            accept ? "五个工作日的受理期限"
                            : law  ? "法定时限" : "承诺时限");
    return case_event(tx, c.id, "card", text, STR("系统"), c.unit,
                      STR("优化营商环境条例 第三十六条"), true);
}

enum err case_moved(struct tx *tx, str ref, const struct value *payload)
{
    if (of_matter(payload, GAP_MATTER))
        return gap_moved(tx, ref);
    return of_matter(payload, "case") ? case_recount(tx, ref) : OK;
}

enum err case_fee_told(struct tx *tx, str ref, const struct value *payload)
{
    struct case_owner c;
    str text = value_get_text(payload, STR("text"));
    enum err e = case_owner(tx, ref, &c);
    if (e != OK || str_is_none(text))
        return e == ERR_NOTFOUND ? OK : e;
    store_touch(tx, TOPIC_BOARD);
    return case_event(tx, c.id, "fee", text, STR("系统"), c.unit,
                      STR("行政许可法 第五十九条"), true);
}
