/*
 * Taking a paper from where it is: what is offered, what was chosen, and
 * whether it still holds when the case is filed and when it is decided.
 *
 * The library of licences is another room's: it is read through its published
 * view, and the sheet itself is drawn there.
 */
#include "services/apply/held.h"

#include "kernel/auth/auth.h"
#include "services/apply/paper.h"
#include "services/services.h"
#include "services/show.h"

enum { HELD_MOST = 6 };

static str until_words(struct arena *a, day to)
{
    char text[DAY_TEXT];
    return day_is_none(to) ? STR("长期有效")
                           : arena_printf(a, "有效期至 %.*s",
                                          STR_ARG(day_text(to, text)));
}

static enum err add_licences(struct tx *tx, int64_t account,
                             const struct form_paper *p, struct held *out,
                             size_t *n)
{
    struct arena *a = tx->arena;
    struct licence_owned *l;
    size_t rows;
    enum err e = licence_owned(tx, account, &l, &rows);
    for (size_t i = 0; e == OK && i < rows && *n < HELD_MOST; i++) {
        if (!held_names(p->name, l[i].name) ||
            held_worth(STR("valid"), l[i].valid_from, l[i].valid_to,
                       tx_today(tx)) != HELD_GOOD)
            continue;
        out[(*n)++] = (struct held){
            .source = STR("licence"), .ref = l[i].identifier,
            .name = arena_printf(a, "%.*s %.*s", STR_ARG(l[i].name),
                                 STR_ARG(l[i].number)),
            .remark = arena_printf(a, "%.*s颁发，%.*s",
                                   STR_ARG(l[i].unit_name),
                                   STR_ARG(until_words(a, l[i].valid_to))),
            .field = STR("licence"), .value = l[i].identifier,
            .sha256 = str_none, .type = STR(""),
        };
    }
    return e;
}

static enum err add_earlier(struct tx *tx, int64_t account,
                            const struct form_paper *p, struct held *out,
                            size_t *n)
{
    struct arena *a = tx->arena;
    struct paper_earlier *e;
    size_t rows;
    char text[DAY_TEXT];
    enum err err = paper_earlier(tx, account, p->name, &e, &rows);
    for (size_t i = 0; err == OK && i < rows && *n < HELD_MOST; i++) {
        bool twice = false;
        for (size_t k = 0; k < *n; k++)
            twice |= str_eq(out[k].sha256, e[i].sha256);
        if (twice)
            continue;
        out[(*n)++] = (struct held){
            .source = STR("case"), .ref = e[i].number, .name = e[i].name,
            .remark = arena_printf(a, "您在办件 %.*s（%.*s）交过，%.*s",
                                   STR_ARG(e[i].number),
                                   STR_ARG(day_text(e[i].received, text)),
                                   STR_ARG(files_size(a, e[i].size))),
            .field = STR("paper"),
            .value = arena_printf(a, "%lld", (long long)e[i].id),
            .sha256 = e[i].sha256, .type = e[i].type, .size = e[i].size,
        };
    }
    return err;
}

enum err held_for(struct tx *tx, int64_t account, const struct form_paper *p,
                  struct held **out, size_t *n)
{
    *n = 0;
    *out = ARENA_NEW_N(tx->arena, struct held, HELD_MOST);
    if (account == 0 || !str_is(p->source, "upload"))
        return OK;
    enum err e = add_licences(tx, account, p, *out, n);
    return e == OK ? add_earlier(tx, account, p, *out, n) : e;
}

void held_show(struct view *row, const struct held *h, size_t n, str take)
{
    struct value *list = view_list(row, "held");
    for (size_t i = 0; i < n; i++) {
        struct view v = view_row(row, list);
        view_text(&v, "source", str_is(h[i].source, "licence")
                                    ? STR("证照库") : STR("我的材料"));
        view_text(&v, "name", h[i].name);
        view_text(&v, "remark", h[i].remark);
        view_text(&v, "field", h[i].field);
        view_text(&v, "value", h[i].value);
        view_text(&v, "take", take);
    }
}

enum err held_chosen(struct tx *tx, int64_t account, const struct form_paper *p,
                     str licence, str paper, struct held *out)
{
    struct held *h;
    size_t n;
    enum err e = held_for(tx, account, p, &h, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        if (str_eq(h[i].value, str_is(h[i].field, "licence") ? licence
                                                             : paper)) {
            *out = h[i];
            return OK;
        }
    return e == OK ? ERR_NOTFOUND : e;
}

enum err held_account(struct tx *tx, const struct value *answers,
                      int64_t *account)
{
    struct auth_person me;
    str name = value_get_text(answers, STR("applicant_name"));
    *account = 0;
    enum err e = auth_person(tx, tx->who->account, &me);
    if (e != OK)
        return e;
    if (str_is(me.kind, "resident")) {
        bool own = str_is_none(name) || str_eq(name, me.name);
        *account = own ? tx->who->account : 0;
        return OK;
    }
    return auth_resident(tx, value_get_text(answers, STR("applicant_code")),
                         name, value_get_text(answers, STR("mobile")),
                         account);
}

static enum held_worth worth_now(const struct tx *tx,
                                 const struct licence_worth *l)
{
    return held_worth(l->state, l->valid_from, l->valid_to, tx_today(tx));
}

enum err held_check_filing(struct tx *tx, const struct filing *f,
                           str *sentence)
{
    for (size_t i = 0; i < f->paper_count; i++) {
        const struct filed_paper *p = &f->papers[i];
        struct licence_worth l;
        if (!str_is(p->source, "licence"))
            continue;
        enum err e = licence_worth(tx, p->ref, &l);
        if (e != OK && e != ERR_NOTFOUND)
            return e;
        bool theirs = e == OK && l.account != 0 &&
                      l.account == f->applicant && f->proxy != f->applicant;
        if (!theirs) {
            *sentence = arena_printf(tx->arena, "“%.*s”所用的证照不在申请人名"
                                     "下，请换一份或者上传文件。",
                                     STR_ARG(p->title));
            return ERR_RANGE;
        }
        enum held_worth w = worth_now(tx, &l);
        if (w == HELD_GOOD)
            continue;
        *sentence = arena_printf(tx->arena, "“%.*s”（%.*s）%s，不能用作申请材"
                                 "料。请返回上一步换一份，或者先到%.*s办理。",
                                 STR_ARG(l.name), STR_ARG(l.number),
                                 held_word(w), STR_ARG(l.unit_name));
        return ERR_RANGE;
    }
    return OK;
}

enum err held_doubt(struct tx *tx, const struct paper_list *p, str *word,
                    str *doubt)
{
    struct licence_worth l;
    *word = *doubt = STR("");
    if (!str_is(p->source, "licence"))
        return OK;
    enum err e = licence_worth(tx, p->ref, &l);
    if (e != OK)
        return e == ERR_NOTFOUND ? OK : e;
    enum held_worth w = worth_now(tx, &l);
    *word = str_of(held_word(w));
    if (w != HELD_GOOD)
        *doubt = arena_printf(tx->arena, "“%.*s”（%.*s）现在%s，%s",
                              STR_ARG(l.name), STR_ARG(l.number), held_word(w),
                              w == HELD_EXPIRED || w == HELD_CHANGED
                                  ? "准予的应当写明为什么仍然符合条件。"
                                  : "不能据以准予。");
    return OK;
}

/* The papers of the thread a case belongs to. */
static enum err thread_papers(struct tx *tx, const struct case_load *c,
                              struct paper_list **out, size_t *n)
{
    return paper_list(tx, c->parent == INT_NONE ? c->id : c->parent, out, n);
}

enum err held_check_grant(struct tx *tx, const struct case_load *c, str reason,
                          str *sentence)
{
    struct paper_list *p;
    size_t n;
    enum err e = thread_papers(tx, c, &p, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct licence_worth l;
        if (!str_is(p[i].source, "licence") ||
            !paper_listed(c->papers, p[i].code) || paper_replaced(p, n, i))
            continue;
        e = licence_worth(tx, p[i].ref, &l);
        if (e != OK)
            return e == ERR_NOTFOUND ? OK : e;
        enum held_worth w = worth_now(tx, &l);
        if (held_decides(w, reason))
            continue;
        *sentence = arena_printf(
            tx->arena, "申请所依据的“%.*s”（%.*s）%s，%s", STR_ARG(l.name),
            STR_ARG(l.number), held_word(w),
            w == HELD_EXPIRED || w == HELD_CHANGED
                ? "准予的请在“决定的理由”里写明为什么仍然符合条件。"
                : "不能据以准予，请退回核实或者依法不予批准。");
        return ERR_RANGE;
    }
    return e;
}

/* Does the matter itself ask the applicant for a paper of this name? */
static bool uploaded(const struct paper_list *p, size_t n, str name)
{
    for (size_t i = 0; i < n; i++)
        if ((str_is(p[i].source, "upload") || str_is(p[i].source, "case") ||
             str_is(p[i].source, "paper")) &&
            str_find(p[i].title, name) >= 0)
            return true;
    return false;
}

enum err held_overasked(struct tx *tx, const struct case_load *c, str text,
                        str *paper)
{
    struct paper_list *p;
    struct exchange_names *names;
    size_t n, m;
    enum err e = thread_papers(tx, c, &p, &n);
    if (e == OK)
        e = exchange_names(tx, &names, &m);
    if (e != OK)
        return e;
    str *all = ARENA_NEW_N(tx->arena, str, n + m + 1);
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        if (str_is(p[i].source, "exchange") || str_is(p[i].source, "licence"))
            all[count++] = p[i].title;
    for (size_t i = 0; i < m; i++)
        if (!uploaded(p, n, names[i].name))
            all[count++] = names[i].name;
    *paper = held_asked(text, all, count);
    return OK;
}
