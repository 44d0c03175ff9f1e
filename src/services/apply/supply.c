/*
 * The applicant supplies what was asked for.  Uploading is not submitting: the
 * papers lie ready until the applicant says that they are complete, and on that
 * day the part is accepted (行政许可法 第三十二条第一款第（五）项).
 */
#include "services/pages.h"

#include "kernel/audit/audit.h"
#include "kernel/files/files.h"
#include "kernel/page/page.h"
#include "services/case.h"
#include "services/apply/held.h"
#include "services/apply/authority.h"
#include "services/apply/paper.h"
#include "services/show.h"

struct supply {
    struct case_load c, thread;
    struct unit_brief unit;
    const struct offer *offer;
    struct paper_list *papers;
    size_t paper_count;
    inst asked;       /* when the notice was issued */
};

static enum err load(struct request *rq, struct tx *tx, struct supply *s)
{
    struct notice_one notice;
    struct case_number parent;
    enum err e = case_load(tx, rq_path(rq, "number"), &s->c);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有这个办件编号，请核对。");
    if (e != OK)
        return e;
    int64_t me = tx->who->account;
    if (me == 0 || (s->c.applicant != me && s->c.proxy != me))
        return rq_fail(rq, ERR_DENIED,
                       "只有申请人本人或者代办人可以补交材料。");
    if (!str_is(s->c.state, "supplement"))
        return rq_fail(rq, ERR_CONFLICT,
                       "这件现在不需要补交材料，请查看办理进度。");
    s->thread = s->c;
    if (s->c.parent != INT_NONE) {
        e = case_number(tx, s->c.parent, &parent);
        if (e == OK)
            e = case_load(tx, parent.number, &s->thread);
    }
    if (e == OK)
        e = case_offer(tx, &s->thread, &s->offer);
    if (e == OK)
        e = unit_brief(tx, s->c.unit, &s->unit);
    if (e == OK)
        e = notice_one(tx, s->c.id, STR("supplement"), &notice);
    if (e == OK)
        e = paper_list(tx, s->thread.id, &s->papers, &s->paper_count);
    if (e == OK)
        s->asked = notice.issued;
    return e;
}

static bool fresh(const struct supply *s, const struct paper_list *p)
{
    return p->added.ms > s->asked.ms;
}

static bool any_fresh(const struct supply *s)
{
    for (size_t i = 0; i < s->paper_count; i++)
        if (fresh(s, &s->papers[i]))
            return true;
    return false;
}

/* ---- what is there already ---- */

/* Whose licences and papers may be taken: the applicant's, where there is an
 * account that is theirs and not that of who filed for them. */
static int64_t owner(const struct supply *s)
{
    const struct case_load *c = &s->thread;
    bool own = c->applicant != INT_NONE && c->applicant != c->proxy;
    return own ? c->applicant : 0;
}

/* Not what this very case was handed before: that is what did not do. */
static bool of_this_case(const struct supply *s, const struct held *h)
{
    return str_is(h->source, "case") && str_eq(h->ref, s->thread.number);
}

static enum err show_held(struct view *row, struct tx *tx,
                          const struct supply *s, const struct form_paper *p)
{
    struct held *h;
    size_t n, kept = 0;
    enum err e = held_for(tx, owner(s), p, &h, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        if (!of_this_case(s, &h[i]))
            h[kept++] = h[i];
    if (e == OK)
        held_show(row, h, kept,
                  arena_printf(row->arena, "/cases/%.*s/supply/%.*s/take",
                               STR_ARG(s->c.number), STR_ARG(p->code)));
    return e;
}

/* ---- an authority on paper ---- */

/* What is asked for by this code: a paper of the form, or the authority that
 * was not recognised. */
static enum err asked_for(struct tx *tx, const struct supply *s, str code,
                          const struct form_paper **out)
{
    struct authority_one a;
    *out = offer_paper(s->offer, code);
    if (*out || !authority_is_paper(code))
        return OK;
    enum err e = authority_one(tx, authority_of_paper(code), &a);
    if (e == ERR_NOTFOUND)
        return OK;
    if (e != OK || str_is_none(a.case_no) ||
        !str_eq(a.case_no, s->thread.number))
        return e;
    struct form_paper *p = ARENA_NEW(tx->arena, struct form_paper);
    *p = (struct form_paper){
        .code = code, .name = STR("授权委托书"), .source = STR("upload"),
        .from = STR(""), .need = 1, .when_text = STR(""),
        .note = arena_printf(tx->arena, "由%.*s签名或者盖章，写明代理人、代理事"
                             "项、权限和期限（民法典 第一百六十五条）。%.*s",
                             STR_ARG(a.principal), STR_ARG(a.reason)),
    };
    *out = p;
    return OK;
}

/* ---- the page ---- */

static void show_file(struct view *row, struct value *files,
                      const struct paper_list *p)
{
    struct arena *a = row->arena;
    struct view f = view_row(row, files);
    struct paper_drawn drawn = PAPER_DRAWN(*p);
    bool licence = str_is(p->source, "licence");
    str href = licence ? arena_printf(a, "/my/licences/%.*s", STR_ARG(p->ref))
                       : arena_printf(a, "/papers/%lld", (long long)p->id);
    view_text(&f, "name", p->name);
    view_text(&f, "size",
              licence ? STR("取自申请人的证照库")
                      : arena_join(a, files_size(a, p->size),
                                   show_found(a, p->scan, p->pages,
                                              p->sharp)));
    view_text(&f, "href", href);
    paper_show_thumb(&f, &drawn, href);
}

static enum err show_paper(struct request *rq, struct tx *tx,
                           struct value *list, const struct supply *s,
                           const struct form_paper *p)
{
    struct view row = view_row(rq_view(rq), list);
    str error = STR("");
    bool here = false;
    if (str_eq(rq_path(rq, "code"), p->code))
        rq_problem(rq, "file", &error);
    view_text(&row, "code", p->code);
    view_text(&row, "name", p->name);
    view_text(&row, "note", p->note);
    struct value *files = value_new(row.arena, VALUE_LIST);
    for (size_t i = 0; i < s->paper_count; i++) {
        const struct paper_list *have = &s->papers[i];
        if (!str_eq(have->code, p->code) || !fresh(s, have))
            continue;
        here = true;
        show_file(&row, files, have);
    }
    page_tag(&row, "state", error.n ? STR("需要重传")
                           : here   ? STR("已上传") : STR("待上传"));
    view_text(&row, "error", error);
    view_value(&row, "files", files);
    if (authority_is_paper(p->code)) { /* of an earlier matter it is none */
        held_show(&row, NULL, 0, STR(""));
        return OK;
    }
    return show_held(&row, tx, s, p);
}

enum err supply_show(struct request *rq, struct tx *tx)
{
    struct supply s = { .paper_count = 0 };
    enum err e = load(rq, tx, &s);
    if (e != OK)
        return e;
    struct view *v = rq_view(rq);
    rq_menu(rq, "services");
    view_text(v, "number", s.c.number);
    view_text(v, "title", s.c.title);
    view_text(v, "unit_name", s.unit.name);
    view_text(v, "asked", str_is_none(s.c.reason) ? STR("") : s.c.reason);
    view_day(v, "supply_by", s.c.supply_by);
    view_text(v, "notice",
              arena_printf(v->arena, "/cases/%.*s/notices/supplement.pdf",
                           STR_ARG(s.c.number)));
    struct value *list = view_list(v, "papers");
    str codes = s.c.papers;
    while (!str_is_none(codes)) {
        const struct form_paper *p = offer_paper(s.offer,
                                                  str_cut(&codes, ' '));
        if (p && !str_is(p->source, "exchange"))
            e = show_paper(rq, tx, list, &s, p);
        if (e != OK)
            return e;
    }
    struct authority_of_case *papers;
    size_t n;
    e = authority_of_case(tx, s.thread.number, &papers, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        const struct form_paper *p = NULL;
        bool lacking = !str_is(papers[i].state, "confirmed");
        if (lacking)
            e = asked_for(tx, &s, authority_paper(tx->arena, papers[i].id),
                          &p);
        if (e == OK && p)
            e = show_paper(rq, tx, list, &s, p);
    }
    if (e != OK)
        return e;
    view_bool(v, "ready", any_fresh(&s));
    view_int(v, "revision", s.c.revision);
    return OK;
}

enum err supply_paper_before(struct request *rq, struct tx *tx)
{
    const struct upload *u;
    struct supply s = { .paper_count = 0 };
    str problem = STR("");
    enum err e = load(rq, tx, &s);
    if (e != OK)
        return e;
    const struct form_paper *p;
    e = asked_for(tx, &s, rq_path(rq, "code"), &p);
    if (e == OK && p == NULL)
        return rq_fail(rq, ERR_NOTFOUND, "这件不需要这项材料。");
    if (e != OK)
        return e;
    if (!rq_upload(rq, "file", &u))
        return rq_fail_field(rq, ERR_INPUT, "file",
                             STR("请选择要上传的文件。"));
    e = files_adopt(u, &problem);
    if (e == ERR_BUSY)
        return rq_fail_str(rq, e, problem);
    return e == OK ? OK : rq_fail_field(rq, e, "file", problem);
}

/* It waits to be looked at again. */
static enum err another_authority(struct tx *tx, int64_t id)
{
    struct authority_one a;
    enum err e = authority_one(tx, id, &a);
    return e == OK ? authority_again(tx, id, a.revision, tx->now) : e;
}

enum err supply_paper_post(struct request *rq, struct tx *tx)
{
    const struct upload *u;
    struct supply s = { .paper_count = 0 };
    enum err e = load(rq, tx, &s);
    if (e != OK)
        return e;
    const struct form_paper *p;
    e = asked_for(tx, &s, rq_path(rq, "code"), &p);
    if (e == OK && (p == NULL || !rq_upload(rq, "file", &u)))
        return rq_fail(rq, ERR_INPUT, "请选择要上传的文件。");
    if (e == OK)
        e = files_mention(tx, u, "services", s.thread.number);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "文件没有保存下来，请重新上传。");
    if (e == OK)
        e = paper_add(tx, store_id(tx->store), s.thread.id, p->code, u->name,
                      p->name, STR("upload"), u->sha256, u->size, u->type,
                      tx->now, str_none);
    if (e == OK && authority_is_paper(p->code))
        e = another_authority(tx, authority_of_paper(p->code));
    if (e == OK)
        e = audit_note(tx, STR("case.paper"), s.c.number, p->name);
    if (e != OK)
        return e;
    view_text(rq_view(rq), "number", s.c.number);
    view_text(rq_view(rq), "sha256", u->sha256);
    return rq_see_other(rq, "/cases/%.*s/supply", STR_ARG(s.c.number));
}

/* From the licence library or from an earlier case: no file is asked for. */
enum err supply_take_post(struct request *rq, struct tx *tx)
{
    struct supply s = { .paper_count = 0 };
    struct held h;
    str code = rq_path(rq, "code");
    enum err e = load(rq, tx, &s);
    if (e != OK)
        return e;
    const struct form_paper *p = offer_paper(s.offer, code);
    if (p == NULL || !paper_listed(s.c.papers, code))
        return rq_fail(rq, ERR_NOTFOUND, "这件不需要这项材料。");
    e = held_chosen(tx, owner(&s), p, rq_text(rq, "licence"),
                    rq_text(rq, "paper"), &h);
    if (e == ERR_NOTFOUND || (e == OK && of_this_case(&s, &h)))
        return rq_fail(rq, ERR_NOTFOUND,
                       "没有可以用的这份证照或者材料：它可能不在申请人名下，也"
                       "可能已经失效。请刷新后再选，或者上传文件。");
    struct upload bytes = { .name = h.name, .size = h.size,
                            .sha256 = h.sha256, .type = h.type };
    if (e == OK && !str_is_none(h.sha256))
        e = files_mention(tx, &bytes, "services", s.thread.number);
    if (e == OK)
        e = paper_add(tx, store_id(tx->store), s.thread.id, code, h.name,
                      p->name, h.source, h.sha256, h.size, h.type, tx->now,
                      h.ref);
    if (e == OK)
        e = audit_note(tx, STR("case.paper"), s.c.number, p->name);
    if (e != OK)
        return e;
    view_text(rq_view(rq), "number", s.c.number);
    view_text(rq_view(rq), "source", h.source);
    return rq_see_other(rq, "/cases/%.*s/supply", STR_ARG(s.c.number));
}

/* What was handed in since and counts: no virus in it, no licence that has
 * ended meanwhile. */
static enum err need_good(struct request *rq, struct tx *tx,
                          const struct supply *s)
{
    for (size_t i = 0; i < s->paper_count; i++) {
        const struct paper_list *p = &s->papers[i];
        str word, doubt;
        if (!fresh(s, p) || paper_replaced(s->papers, s->paper_count, i))
            continue;
        if (!str_is_none(p->scan) && files_safe(p->scan) == FILES_INFECTED)
            return rq_fail(rq, ERR_RANGE,
                           "补交的文件查出病毒，已经隔离，请重新上传后再提"
                           "交。");
        enum err e = held_doubt(tx, p, &word, &doubt);
        if (e != OK)
            return e;
        if (doubt.n)
            return rq_fail_str(rq, ERR_RANGE,
                               arena_printf(tx->arena, "所用的“%.*s”现在%.*s，"
                                            "请换一份或者上传文件后再提交。",
                                            STR_ARG(p->name), STR_ARG(word)));
    }
    return OK;
}

enum err supply_post(struct request *rq, struct tx *tx)
{
    struct supply s = { .paper_count = 0 };
    enum err e = load(rq, tx, &s);
    if (e != OK)
        return e;
    if (!any_fresh(&s))
        return rq_fail(rq, ERR_RANGE, "还没有上传补正的材料，上传后再提交。");
    e = need_good(rq, tx, &s);
    if (e != OK)
        return e;
    struct act act = { .verb = VERB_SUPPLY, .number = s.c.number };
    e = case_act(tx, &act);
    if (e != OK)
        return act.sentence.n ? rq_fail_str(rq, e, act.sentence) : e;
    view_text(rq_view(rq), "number", s.c.number);
    view_text(rq_view(rq), "done", act.done);
    rq_flash(rq, "ok", STR("材料已补齐并提交，部门自今日受理。"));
    return rq_see_other(rq, "/cases/%.*s", STR_ARG(s.thread.number));
}
