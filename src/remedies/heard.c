/* What other rooms tell: a paper asked for that need not be brought, and what
 * became of a case that was to be done again. */
#include "remedies/pages.h"

#include "remedies/matter.h"

enum err remedy_overasked(struct tx *tx, str ref, const struct value *payload)
{
    struct case_for_remedy c;
    struct remedy_told told;
    str paper = value_get_text(payload, STR("paper")), number;
    str reason = value_get_text(payload, STR("reason"));
    str officer = value_get_text(payload, STR("officer"));
    if (str_is_none(paper) || str_is_none(reason) || str_is_none(officer))
        return ERR_INPUT;
    enum err e = case_for_remedy(tx, ref, &c);
    if (e == OK)
        e = remedy_told(tx, STR("overasked"), ref, paper, reason, &told);
    if (e != OK || told.matters > 0)
        return e;
    struct remedy_new n = {
        .kind = remedy_kind(STR("overasked")), .ref = ref, .title = c.title,
        .unit = c.unit, .name = officer, .step = paper, .text = reason,
        .document = STR(""), .was = str_none, .becomes = str_none,
        .state = "open",
    };
    e = remedy_write(tx, &n, &number);
    str body = arena_printf(tx->arena, "办件 %.*s 要求申请人提供“%.*s”，这份材"
                            "料可以通过共享取得。", STR_ARG(ref),
                            STR_ARG(paper));
    str title = arena_printf(tx->arena, "违规要求材料：%.*s",
                             STR_ARG(c.title));
    if (e == OK)
        e = remedy_tell_watchers(tx, number, title, body);
    return e == OK ? remedy_tell_leaders(tx, c.unit, number, title, body) : e;
}

enum err remedy_reopened(struct tx *tx, str ref, const struct value *payload)
{
    str number = value_get_text(payload, STR("number"));
    str text = value_get_text(payload, STR("text"));
    bool opened = !str_is_none(number) && number.n > 0;
    enum err e = remedy_outcome(tx, ref, opened             ? number
                                         : str_is_none(text) ? STR("")
                                                             : text);
    return e == ERR_CONFLICT ? OK : e; /* not one of ours */
}
