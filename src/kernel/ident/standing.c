/* What the state of a registration means to whoever deals with it. */
#include "kernel/ident/ident.h"

static const struct {
    const char *state, *word;
    const char *ended; /* what is said of one that carries on no more */
} standings[] = {
    { "active", "存续", NULL },
    { "dormant", "歇业", NULL },
    { "moved", "迁出", NULL },
    { "revoked", "吊销", "被吊销营业执照，应当依法清算、办理注销登记" },
    { "annulled", "撤销", "被撤销登记" },
    { "cancelled", "注销", "办理注销登记，主体已经终止" },
};

enum { STANDINGS = sizeof standings / sizeof *standings };

str ident_standing(str state)
{
    for (int i = 0; i < STANDINGS; i++)
        if (str_is(state, standings[i].state))
            return str_of(standings[i].word);
    return STR("");
}

str ident_standing_said(struct arena *a, str name, str state, day since,
                        bool *ended)
{
    char text[DAY_TEXT];
    *ended = false;
    for (int i = 0; i < STANDINGS; i++) {
        if (standings[i].ended == NULL || !str_is(state, standings[i].state))
            continue;
        *ended = true;
        if (day_is_none(since))
            return arena_printf(a, "%.*s已%s。", STR_ARG(name),
                                standings[i].ended);
        return arena_printf(a, "%.*s已于 %.*s %s。", STR_ARG(name),
                            STR_ARG(day_text(since, text)),
                            standings[i].ended);
    }
    return arena_printf(a, "%.*s，%.*s", STR_ARG(name),
                        STR_ARG(ident_standing(state)));
}
