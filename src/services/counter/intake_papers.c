/*
 * The papers of an application at a counter: handed over as original or copy,
 * under the document camera as an ordinary file, from the licence library, or,
 * where the item's guide says so, brought later (容缺后补).
 *
 * One control a paper says which, so that the whole is posted with the form: a
 * file is named file-CODE, a choice p-CODE.
 */
#include "services/counter/intake.h"

#include "kernel/files/files.h"
#include "kernel/page/page.h"
#include "services/apply/held.h"
#include "services/pages.h"
#include "services/show.h"

enum err intake_read_papers(struct tx *tx, struct intake *in)
{
    const struct draft *d = &in->draft;
    struct form_report report = { .count = 0 };
    struct value *checked;
    str sentence;
    enum err e = offer_check(d->offer, d->offer->sheet.group_count, tx->arena,
                             d->answers, &checked, &report);
    if (e != OK && e != ERR_INPUT && e != ERR_RANGE)
        return e;
    in->decided = (struct decided){ .part_count = 0 };
    e = offer_decide(d->offer, tx->arena, checked, &in->decided, &sentence);
    if (e != OK && e != ERR_RANGE)
        return e;
    return draft_paper_list(tx, d->id, &in->papers, &in->paper_count);
}

static const struct draft_paper_list *have(const struct intake *in, str code)
{
    for (size_t i = 0; i < in->paper_count; i++)
        if (str_eq(in->papers[i].code, code))
            return &in->papers[i];
    return NULL;
}

static bool asked(const struct form_paper *p)
{
    return str_is(p->source, "upload");
}

/* The choice that stands for what is there; "" for nothing. */
static str choice_of(struct arena *a, const struct draft_paper_list *p)
{
    static const char *const handed[] = { "original", "copy" };
    if (p == NULL)
        return STR("");
    if (str_is(p->source, "later"))
        return STR("later");
    if (str_is(p->source, "licence"))
        return arena_join(a, STR("licence:"), p->ref);
    for (size_t i = 0; i < 2 && str_is(p->source, "paper"); i++)
        if (str_eq(p->name, intake_paper_word(str_of(handed[i]))))
            return str_of(handed[i]);
    return STR("scan");
}

/* ---- shown ---- */

static str scan_text(struct arena *a, const struct draft_paper_list *p)
{
    return arena_printf(a, "扫描件 %.*s（%.*s%.*s）", STR_ARG(p->name),
                        STR_ARG(files_size(a, p->size)),
                        STR_ARG(show_found(a, p->scan, p->pages, p->sharp)));
}

static const char *held_where(const struct held *h)
{
    return str_is(h->source, "licence") ? "证照库" : "以前交过";
}

/* A choice the clerk makes by looking at the paper. */
static void add_seen(struct view *row, struct value *list, str how, str now)
{
    page_option(row, list, how, intake_paper_word(how), now);
}

static enum err show_choices(struct tx *tx, struct view *row,
                             const struct form_paper *p,
                             const struct draft_paper_list *there,
                             int64_t account)
{
    struct held *held;
    size_t n;
    str now = choice_of(tx->arena, there);
    struct value *list = view_list(row, "choices");
    page_option(row, list, STR(""), STR("还没有交"), now);
    add_seen(row, list, STR("original"), now);
    add_seen(row, list, STR("copy"), now);
    if (p->need == NEED_LATER)
        add_seen(row, list, STR("later"), now);
    if (there && str_is(now, "scan"))
        page_option(row, list, now, scan_text(tx->arena, there), now);
    if (there && str_is(there->source, "licence"))
        page_option(row, list, now,
                    arena_join(tx->arena, STR("证照库："), there->name), now);
    enum err e = held_for(tx, there ? 0 : account, p, &held, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        page_option(row, list,
                    arena_printf(tx->arena, "%.*s:%.*s",
                                 STR_ARG(held[i].field),
                                 STR_ARG(held[i].value)),
                    arena_printf(tx->arena, "%s：%.*s",
                                 held_where(&held[i]),
                                 STR_ARG(held[i].name)), now);
    return e;
}

static enum err show_paper(struct tx *tx, struct view *v, struct value *list,
                           const struct intake *in, const struct form_paper *p,
                           int64_t account)
{
    const struct draft_paper_list *there = have(in, p->code);
    bool file = there && there->sha256.n;
    bool infected = file && files_safe(there->scan) == FILES_INFECTED;
    struct view row = view_row(v, list);
    view_text(&row, "code", p->code);
    view_text(&row, "name", p->name);
    view_text(&row, "note", p->note);
    view_text(&row, "need", p->need == 1             ? STR("")
                            : p->need == NEED_LATER ? STR("可以容缺后补")
                                                    : STR("有就交"));
    view_text(&row, "error", infected ? STR("这份文件查出病毒，已经隔离，请换一"
                                            "份重新扫描。") : STR(""));
    view_text(&row, "href",
              file ? arena_printf(v->arena, "/drafts/%.*s/papers/%.*s",
                                  STR_ARG(in->draft.number), STR_ARG(p->code))
                   : STR(""));
    return show_choices(tx, &row, p, there, account);
}

enum err intake_show_papers(struct request *rq, struct tx *tx,
                            const struct intake *in)
{
    struct view *v = rq_view(rq);
    struct value *list = view_list(v, "papers"), *free = view_list(v, "free");
    int64_t account;
    enum err e = held_account(tx, in->draft.answers, &account);
    for (size_t i = 0; e == OK && i < in->decided.paper_count; i++) {
        const struct form_paper *p = in->decided.papers[i];
        if (asked(p))
            e = show_paper(tx, v, list, in, p, account);
        else if (str_is(p->source, "exchange"))
            value_push(free, value_text(v->arena, p->name));
    }
    return e;
}

/* ---- taken ---- */

static const char *control(struct arena *a, const char *prefix, str code)
{
    return arena_cstr(a, arena_printf(a, "%s-%.*s", prefix, STR_ARG(code)));
}

/* A file that is none we take: it stays behind, the rest is saved. */
struct bad_file {
    str code, problem;
};

bool intake_bad(const struct request *rq)
{
    return rq_kept(rq) != NULL;
}

void intake_tell_bad(struct request *rq)
{
    const struct bad_file *bad = rq_kept(rq);
    if (bad)
        rq_flash(rq, "bad", bad->problem);
}

enum err intake_adopt(struct request *rq, struct tx *tx)
{
    const struct upload *u;
    struct draft d;
    str problem = STR("");
    enum err e = draft_read(tx, rq_path(rq, "number"), tx->who->account, &d);
    if (e == ERR_NOTFOUND || e == ERR_CONFLICT)
        return OK; /* the handler says it */
    for (size_t i = 0; e == OK && i < d.offer->sheet.paper_count; i++) {
        str code = d.offer->sheet.papers[i].code;
        if (!rq_upload(rq, control(tx->arena, "file", code), &u))
            continue;
        e = files_adopt(u, &problem);
        if (e == ERR_BUSY)
            return rq_fail_str(rq, e, problem);
        if (e == ERR_RANGE || e == ERR_INPUT) {
            struct bad_file *bad = ARENA_NEW(tx->arena, struct bad_file);
            *bad = (struct bad_file){ code, arena_printf(
                tx->arena, "“%.*s”没有收下：%.*s填好的都已保存。",
                STR_ARG(d.offer->sheet.papers[i].name), STR_ARG(problem)) };
            rq_keep(rq, bad);
            e = OK;
        }
    }
    return e;
}

static enum err add(struct tx *tx, const struct draft *d, str code,
                    const struct upload *u, str source, str ref)
{
    bool file = !str_is_none(u->sha256);
    enum err e = file ? files_mention(tx, u, "services", d->number) : OK;
    if (e != OK)
        return e;
    return draft_paper_add(tx, store_id(tx->store), d->id, code, u->name,
                           file ? u->sha256 : STR(""), u->size, u->type,
                           tx->now, source, ref);
}

static enum err add_held(struct request *rq, struct tx *tx,
                         const struct draft *d, const struct form_paper *p,
                         int64_t account, str kind, str value)
{
    struct held h;
    bool licence = str_is(kind, "licence");
    enum err e = held_chosen(tx, account, p, licence ? value : STR(""),
                             licence ? STR("") : value, &h);
    if (e == ERR_NOTFOUND)
        return rq_fail_field(rq, ERR_RANGE, control(tx->arena, "p", p->code),
                             STR("这份证照或者材料不在申请人名下，或者已经失"
                                 "效，请另选。"));
    if (e != OK)
        return e;
    struct upload u = { .name = h.name, .size = h.size, .sha256 = h.sha256,
                        .type = h.type };
    return add(tx, d, p->code, &u, h.source, h.ref);
}

/* A choice that is not what is there replaces it. */
static enum err take_choice(struct request *rq, struct tx *tx,
                            const struct intake *in, const struct form_paper *p,
                            str choice)
{
    const struct draft *d = &in->draft;
    const struct draft_paper_list *there = have(in, p->code);
    int64_t removed, account;
    str value = choice, word = intake_paper_word(choice);
    bool later = str_is(choice, "later");
    if (str_eq(choice, choice_of(tx->arena, there)) || str_is(choice, "scan") ||
        (later && p->need != NEED_LATER))
        return OK;
    enum err e = there ? draft_paper_drop(tx, d->id, d->number, p->code,
                                          &removed) : OK;
    if (e != OK || choice.n == 0)
        return e;
    struct upload none = { .name = word, .sha256 = str_none, .type = STR("") };
    if (!str_is_none(word))
        return add(tx, d, p->code, &none, later ? STR("later") : STR("paper"),
                   str_none);
    str kind = str_cut(&value, ':');
    e = held_account(tx, d->answers, &account);
    return e == OK ? add_held(rq, tx, d, p, account, kind,
                              str_is_none(value) ? STR("") : value) : e;
}

enum err intake_take_papers(struct request *rq, struct tx *tx,
                            struct intake *in)
{
    const struct draft *d = &in->draft;
    const struct upload *u;
    const struct value *inputs = rq_inputs(rq);
    const struct bad_file *bad = rq_kept(rq);
    bool all = str_is(offer_input(inputs, tx->arena, STR("do")), "all");
    int64_t removed;
    enum err e = OK;
    for (size_t i = 0; e == OK && i < in->decided.paper_count; i++) {
        const struct form_paper *p = in->decided.papers[i];
        const char *name = control(tx->arena, "p", p->code);
        if (!asked(p))
            continue;
        bool file = rq_upload(rq, control(tx->arena, "file", p->code), &u);
        if (file && bad && str_eq(bad->code, p->code))
            continue;
        if (file) {
            e = draft_paper_drop(tx, d->id, d->number, p->code, &removed);
            if (e == OK)
                e = add(tx, d, p->code, u, STR("upload"), str_none);
            continue;
        }
        str choice = offer_input(inputs, tx->arena, str_of(name));
        if (all && choice.n == 0 && !have(in, p->code))
            choice = STR("original");
        else if (value_get(inputs, str_of(name)) == NULL)
            continue;
        e = take_choice(rq, tx, in, p, choice);
    }
    return e;
}
