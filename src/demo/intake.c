/*
 * What the comprehensive windows took in this morning: so that a counter has
 * its shortcuts, its clerk the last receipts, the back office its list.
 */
#include "demo/demo.h"

#include "kernel/auth/auth.h"
#include "kernel/ident/ident.h"
#include "services/case.h"
#include "windows/queue.h"

#include <stdio.h>

static const struct taken {
    const char *clerk, *counter, *label, *offer, *name, *matter;
    int minutes, seconds; /* before now, and how long it took */
} taken[] = {
    { "陈小燕", "H1-01", "1 号窗口", "DEMO-25-002", "汪长根",
      "到省城医院住院，申请异地就医备案。", 95, 104 },
    { "陈小燕", "H1-01", "1 号窗口", "DEMO-05-001", "吴桂香",
      "身份证到期换领。", 62, 71 },
    { "吴桂芳", "H1-02", "2 号窗口", "DEMO-05-001", "程志远",
      "身份证遗失补领。", 44, 83 },
    { "陈小燕", "H1-01", "1 号窗口", "DEMO-05-001", "胡金娣",
      "身份证到期换领。", 20, 66 },
};

enum err demo_clerk(struct tx *tx, const char *name, int64_t *account)
{
    struct clerk_list *k;
    size_t n;
    enum err e = clerk_list(tx, STR("D036"), &k, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        if (str_is(k[i].name, name)) {
            *account = k[i].account;
            return OK;
        }
    return e == OK ? ERR_NOTFOUND : e;
}

static struct value *answers_of(struct arena *a, const struct taken *t, int i)
{
    struct view v = { a, value_new(a, VALUE_OBJECT) };
    char id[IDENT_TEXT];
    ident_citizen_make(STR("341881"), 400 + i, id);
    view_text(&v, "applicant_name", str_of(t->name));
    view_text(&v, "applicant_code", arena_str(a, str_of(id)));
    view_text(&v, "mobile", arena_printf(a, "1390000%04d", 400 + i));
    view_text(&v, "town", STR("T01"));
    view_text(&v, "matter", str_of(t->matter));
    return v.object;
}

/* Everything that is asked for was handed over as an original. */
static void hand_over(struct tx *tx, struct filing *f)
{
    const struct form_sheet *s = &f->offer->sheet;
    f->papers = ARENA_NEW_N(tx->arena, struct filed_paper, s->paper_count + 1);
    for (size_t i = 0; i < s->paper_count; i++)
        if (str_is(s->papers[i].source, "upload"))
            f->papers[f->paper_count++] = (struct filed_paper){
                .code = s->papers[i].code, .title = s->papers[i].name,
                .source = STR("paper"), .name = STR("已收原件"),
                .sha256 = str_none, .type = STR(""), .ref = str_none,
            };
}

static enum err take_in(struct tx *tx, const struct taken *t, int i)
{
    struct filing f = { .proxy_name = str_of(t->clerk),
                        .channel = STR("window") };
    struct filed filed;
    str why = STR("");
    str draft = arena_printf(tx->arena, "C-DEMO-%04d", i + 1);
    struct who who = { .name = f.proxy_name, .unit = STR("D036"),
                       .role = STR("window"), .via = STR("window") };
    inst begun = { tx->now.ms - (int64_t)t->seconds * 1000 };
    enum err e = demo_clerk(tx, t->clerk, &who.account);
    if (e == OK)
        e = offer_find(tx, str_of(t->offer), &f.offer);
    if (e != OK)
        return e;
    tx->who = &who;
    f.proxy = who.account;
    f.answers = answers_of(tx->arena, t, i);
    hand_over(tx, &f);
    e = filing_prepare(tx, &f, &why);
    if (e == OK)
        e = case_file(tx, &f, &filed);
    if (e == OK)
        e = taking_add(tx, draft, who.account, who.name, str_of(t->counter),
                       str_of(t->label), f.offer->code, f.offer->title,
                       STR(""), STR(""), begun);
    if (e == OK)
        e = taking_filed(tx, draft, filed.number, str_of(t->counter),
                         str_of(t->label), tx->now);
    if (e != OK)
        fprintf(stderr, "intake %s: %.*s\n", t->offer, STR_ARG(why));
    return e;
}

enum err demo_intake(struct city *c, struct tx *tx)
{
    const struct who *before = tx->who;
    enum err e = OK;
    for (int i = 0; e == OK && i < (int)(sizeof taken / sizeof *taken); i++) {
        tx->now.ms = c->now.ms - (int64_t)taken[i].minutes * 60000;
        if (tx_today(tx).n != inst_day(c->now).n)
            tx->now = c->now;
        e = take_in(tx, &taken[i], i);
        tx->who = before;
    }
    tx->now = c->now;
    return e;
}
