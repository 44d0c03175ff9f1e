/*
 * Check your answers, sign, submit.
 *
 * Everything slow or that may fail over the person's input happens before the
 * transaction; inside it a filing only writes.  Only when it is on disk does
 * anybody see the word 已提交.
 */
#include "services/pages.h"

#include "kernel/auth/auth.h"
#include "kernel/files/files.h"
#include "services/apply/authority.h"
#include "services/case.h"
#include "services/apply/firm.h"
#include "services/apply/held.h"
#include "services/apply/partners.h"
#include "services/show.h"

/* ---- the check page ---- */

static void show_answers(struct view *v, const struct draft *d,
                         const struct units *towns)
{
    struct value *groups = view_list(v, "groups");
    for (size_t i = 0; i < d->offer->sheet.group_count; i++) {
        const struct form_group *g = &d->offer->sheet.groups[i];
        if (!form_asks(g->when, v->arena, d->answers))
            continue;
        struct view row = view_row(v, groups);
        view_text(&row, "title", g->title);
        view_text(&row, "href",
                  arena_printf(v->arena, "/drafts/%.*s/%.*s",
                               STR_ARG(d->number), STR_ARG(g->code)));
        struct value *list = view_list(&row, "answers");
        for (size_t k = 0; k < g->field_count; k++)
            if (form_asks(g->fields[k].when, v->arena, d->answers))
                show_said(&row, list, &g->fields[k],
                          value_get(d->answers, g->fields[k].name), towns,
                          &(struct show_said){ STR("未填写"), "fixed", false });
    }
}

static void complain_text(struct view *v, struct value *list, str text)
{
    value_push(list, value_text(v->arena, text));
}

static str have_text(struct arena *a, const struct draft_paper_list *p)
{
    if (str_is(p->source, "licence"))
        return arena_printf(a, "%.*s（取自证照库，不用交文件）",
                            STR_ARG(p->name));
    if (str_is(p->source, "case"))
        return arena_printf(a, "%.*s（取自办件 %.*s）", STR_ARG(p->name),
                            STR_ARG(p->ref));
    return arena_printf(a, "%.*s（%.*s）", STR_ARG(p->name),
                        STR_ARG(files_size(a, p->size)));
}

/* Papers with their files; what is missing goes to the list of the missing,
 * what comes after acceptance to `later`: the applicant undertakes it. */
static void show_papers(struct view *v, const struct decided *d,
                        const struct draft_paper_list *have, size_t n,
                        struct value *missing)
{
    struct value *list = view_list(v, "papers");
    str later = STR("");
    for (size_t i = 0; i < d->paper_count; i++) {
        const struct form_paper *p = d->papers[i];
        str text = str_is(p->source, "form")       ? STR("系统自动生成")
                   : str_is(p->source, "exchange") ? STR("免交")
                                                   : STR("还没有提供");
        bool lacks = str_is(p->source, "upload");
        for (size_t k = 0; k < n; k++)
            if (str_eq(have[k].code, p->code) &&
                !str_is(have[k].source, "later")) {
                lacks = false;
                text = have_text(v->arena, &have[k]);
            }
        if (lacks && p->need == NEED_LATER) {
            text = STR("容缺后补：受理后在告知的期限内补交");
            later = arena_printf(v->arena, "%.*s%s%.*s", STR_ARG(later),
                                 later.n ? "、" : "", STR_ARG(p->name));
        }
        struct view row = view_row(v, list);
        view_text(&row, "name", p->name);
        view_text(&row, "text", text);
        view_bool(&row, "missing", lacks && p->need == 1);
        if (lacks && p->need == 1)
            complain_text(v, missing,
                          arena_printf(v->arena, "还没有上传“%.*s”。",
                                       STR_ARG(p->name)));
    }
    view_text(v, "later", later);
}

static enum err show_units_of(struct tx *tx, struct view *v,
                              const struct decided *d)
{
    str all = STR("");
    for (size_t i = 0; i < d->part_count; i++) {
        struct unit_brief u = { .short_name = STR("所在乡镇（街道）") };
        enum err e = d->parts[i]->unit.n
                         ? unit_brief(tx, d->parts[i]->unit, &u) : OK;
        if (e != OK)
            return e;
        all = arena_printf(v->arena, "%.*s%s%.*s", STR_ARG(all),
                           i ? "、" : "", STR_ARG(u.short_name));
    }
    view_text(v, "units", all);
    return OK;
}

/* Said once more before it is handed in. */
static enum err show_ended(struct view *v, struct tx *tx,
                           const struct draft *d)
{
    struct firm f;
    bool ended = false;
    str code = firm_code(d->offer, d->answers);
    enum err e = firm_read(tx, code, &f);
    str told = e == OK && f.known ? firm_told(&f, v->arena, code, &ended)
                                  : STR("");
    view_text(v, "ended", ended ? told : STR(""));
    return e;
}

enum err draft_check_show(struct request *rq, struct tx *tx)
{
    struct draft d;
    struct value *checked;
    struct decided decided = { 0 };
    struct draft_paper_list *have;
    const struct units *towns;
    struct form_report report = { .count = 0 };
    str sentence = STR("");
    size_t n;
    enum err e = draft_load(rq, tx, &d);
    if (e == OK)
        e = draft_paper_list(tx, d.id, &have, &n);
    if (e == OK)
        e = units_read(tx, &towns);
    if (e != OK)
        return e;
    struct view *v = rq_view(rq);
    struct arena *a = v->arena;
    rq_menu(rq, "services");
    view_text(v, "number", d.number);
    view_text(v, "title", d.offer->title);
    show_steps(v, 3);
    view_text(v, "saved", draft_saved_text(a, d.saved));
    view_text(v, "back", arena_printf(a, "/drafts/%.*s/papers",
                                      STR_ARG(d.number)));
    show_answers(v, &d, towns);
    e = show_ended(v, tx, &d);
    if (e != OK)
        return e;
    struct value *missing = value_new(a, VALUE_LIST);
    if (offer_check(d.offer, d.offer->sheet.group_count, a, d.answers, &checked,
                    &report) != OK)
        for (int i = 0; i < report.count; i++)
            complain_text(v, missing, report.problem[i].sentence);
    size_t partners;
    e = partners_missing(tx, d.id, checked, missing, &partners);
    if (e != OK)
        return e;
    view_text(v, "partners_href", arena_printf(a, "/drafts/%.*s/partners",
                                               STR_ARG(d.number)));
    if (partners)
        view_int(v, "partners", (int64_t)partners);
    if (offer_decide(d.offer, a, checked, &decided, &sentence) != OK)
        complain_text(v, missing, sentence);
    show_papers(v, &decided, have, n, missing);
    view_text(v, "papers_href", arena_printf(a, "/drafts/%.*s/papers",
                                             STR_ARG(d.number)));
    view_int(v, "accept_days", SERVICES_TELL_ONCE);
    view_int(v, "promised", d.offer->promised);
    e = show_units_of(tx, v, &decided);
    view_bool(v, "ready", missing->count == 0);
    view_value(v, "missing", missing);
    return e == OK ? draft_show_renewed(v, tx, &d) : e;
}

/* ---- submitting ---- */

void filing_papers(struct tx *tx, const struct draft *d, struct filing *f,
                   const struct draft_paper_list *have, size_t n)
{
    f->papers = ARENA_NEW_N(tx->arena, struct filed_paper, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct form_paper *p = offer_paper(d->offer, have[i].code);
        bool authority = authority_is_paper(have[i].code);
        if (p == NULL && !authority)
            continue;
        f->papers[f->paper_count++] = (struct filed_paper){
            .code = have[i].code,
            .title = authority ? STR("授权委托书") : p->name,
            .source = have[i].source,
            .name = have[i].name, .ref = have[i].ref,
            .sha256 = have[i].sha256.n ? have[i].sha256 : str_none,
            .type = have[i].type, .size = have[i].size,
        };
    }
}

/* Whose matter it is, and who files it.  Whoever names somebody else files on
 * behalf: both are kept, both can follow.  What a window or an agent files is
 * the resident's own, if they have an account; else they can claim it with the
 * code of the receipt (docs/decisions/0012). */
enum err filing_people(struct tx *tx, struct filing *f)
{
    struct auth_person me;
    enum err e = auth_person(tx, tx->who->account, &me);
    if (e != OK)
        return e;
    str name = value_get_text(f->answers, STR("applicant_name"));
    bool own = str_is(me.kind, "resident") && str_eq(me.name, name);
    f->applicant = str_is(me.kind, "resident") ? tx->who->account : 0;
    f->proxy = own ? 0 : tx->who->account;
    f->proxy_name = own ? str_none : me.name;
    f->channel = str_is(tx->who->role, "window")  ? STR("window")
                 : str_is(tx->who->role, "agent") ? STR("agent")
                 : str_is(tx->who->via, "kiosk")  ? STR("kiosk")
                                                  : STR("web");
    if (f->applicant != 0)
        return OK;
    return auth_resident(tx, value_get_text(f->answers, STR("applicant_code")),
                         name, value_get_text(f->answers, STR("mobile")),
                         &f->applicant);
}

enum err draft_authority(struct request *rq, struct tx *tx,
                         const struct offer *o, const struct value *answers)
{
    struct agent_consent c;
    str code = value_get_text(answers, STR("applicant_code"));
    str name = value_get_text(answers, STR("applicant_name"));
    if (!str_is(tx->who->role, "agent"))
        return OK;
    enum err e = agent_consent(tx, tx->who->unit, str_is_none(code) ? STR("")
                                                                    : code,
                               str_is_none(name) ? STR("") : name,
                               o->code, tx_today(tx), &c);
    if (e == OK && c.n == 0)
        return rq_fail(rq, ERR_RANGE,
                       "本村没有这位居民对这件事的委托登记。请先在“居民”里登记"
                       "委托；别的村的居民由那个村的代办员办理。");
    return e;
}

static enum err prepare(struct request *rq, struct tx *tx, struct filing *f)
{
    str sentence = STR("");
    enum err e = draft_authority(rq, tx, f->offer, f->answers);
    if (e != OK)
        return e;
    e = filing_people(tx, f);
    if (e == OK)
        e = filing_prepare(tx, f, &sentence);
    if (e == ERR_RANGE)
        return rq_fail_str(rq, e, sentence);
    if (e == OK)
        rq_keep(rq, f);
    return e;
}

enum err draft_submit_before(struct request *rq, struct tx *tx)
{
    struct draft d;
    struct draft_paper_list *have;
    struct form_report report = { .count = 0 };
    struct value *checked;
    size_t n;
    enum err e = draft_load(rq, tx, &d);
    if (e != OK)
        return e;
    if (!rq_flag(rq, "promise"))
        return rq_fail_field(rq, ERR_INPUT, "promise",
                             STR("请先勾选承诺，再签名并提交。"));
    e = draft_paper_list(tx, d.id, &have, &n);
    if (e != OK)
        return e;
    e = offer_check(d.offer, d.offer->sheet.group_count, tx->arena, d.answers,
                    &checked, &report);
    if (e != OK)
        return draft_complain(rq, e, &report);
    struct filing *f = ARENA_NEW(tx->arena, struct filing);
    f->offer = d.offer;
    f->answers = checked;
    f->draft = d.id;
    f->draft_owner = tx->who->account;
    f->draft_number = d.number;
    for (size_t i = 0; i < n; i++)
        if (have[i].sha256.n && files_safe(have[i].scan) == FILES_INFECTED)
            return rq_fail_str(
                rq, ERR_RANGE,
                arena_printf(tx->arena, "“%.*s”查出病毒，已经隔离，请返回上一步"
                             "删除后重新上传。", STR_ARG(have[i].name)));
    struct value *unsigned_by = value_new(tx->arena, VALUE_LIST);
    e = partners_missing(tx, d.id, checked, unsigned_by, &f->partners);
    if (e != OK)
        return e;
    if (unsigned_by->count)
        return rq_fail_str(rq, ERR_RANGE, unsigned_by->first->text);
    filing_papers(tx, &d, f, have, n);
    return prepare(rq, tx, f);
}

enum err draft_submit_post(struct request *rq, struct tx *tx)
{
    const struct filing *f = rq_kept(rq);
    struct filed filed;
    enum err e = case_file(tx, f, &filed);
    if (e == ERR_CONFLICT) /* the draft went with another device's submission */
        return rq_fail(rq, e, "这份申请已经提交过了，请在“我的办件”里查看。");
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "有一份材料没有保存下来，请返回上一步重新上传。");
    if (e != OK)
        return e;
    struct view *v = rq_view(rq);
    view_text(v, "number", filed.number);
    view_text(v, "ticket", f->ticket);
    view_day(v, "accept_by", f->accept_by);
    struct value *parts = view_list(v, "parts");
    for (size_t i = 0; f->offer->joint && i < f->decided.part_count; i++) {
        struct view row = view_row(v, parts);
        view_text(&row, "number",
                  arena_printf(tx->arena, "%.*s-%zu", STR_ARG(filed.number),
                               i + 1));
        view_text(&row, "title", f->decided.parts[i]->title);
        view_text(&row, "unit_name", f->desks[i].unit_name);
    }
    return rq_see_other(rq, "/cases/%.*s/receipt", STR_ARG(filed.number));
}

/* ---- in one piece, for programs: answers and papers in one JSON body ---- */

/* A paper that is a licence of the applicant's, by its identifier. */
static enum err direct_licence(struct request *rq, struct tx *tx,
                               struct filing *f, const struct form_paper *spec,
                               str identifier)
{
    int64_t account;
    struct held h;
    enum err e = held_account(tx, f->answers, &account);
    if (e == OK)
        e = held_chosen(tx, account, spec, identifier, STR(""), &h);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有可以用的这份证照：它可能不在申请人名下，也可"
                              "能已经失效。");
    if (e == OK)
        f->papers[f->paper_count++] = (struct filed_paper){
            .code = spec->code, .title = spec->name, .source = h.source,
            .name = h.name, .sha256 = str_none, .type = STR(""),
            .ref = h.ref,
        };
    return e;
}

static enum err direct_papers(struct request *rq, struct tx *tx,
                              struct filing *f)
{
    const struct value *list = value_get(rq_inputs(rq), STR("papers"));
    size_t n = list && list->kind == VALUE_LIST ? list->count : 0;
    f->papers = ARENA_NEW_N(tx->arena, struct filed_paper, n + 1);
    for (const struct value *p = n ? list->first : NULL; p; p = p->next) {
        str code = value_get_text(p, STR("code"));
        str licence = value_get_text(p, STR("licence"));
        str sha256 = value_get_text(p, STR("sha256"));
        str upload = value_get_text(p, STR("upload"));
        const struct form_paper *spec = offer_paper(f->offer, code);
        struct upload u = { .name = value_get_text(p, STR("name")) };
        struct files_paper known;
        enum err e;
        if (spec == NULL)
            return rq_fail_str(rq, ERR_INPUT,
                               arena_printf(tx->arena,
                                            "没有编号为“%.*s”的材料。",
                                            STR_ARG(code)));
        if (!str_is_none(licence)) {
            e = direct_licence(rq, tx, f, spec, licence);
            if (e != OK)
                return e;
            continue;
        }
        if (!str_is_none(upload)) {
            e = files_finished(tx, upload, &u);
        } else {
            e = files_paper(tx, sha256, &known);
            u.sha256 = known.sha256;
            u.type = known.type;
            u.size = known.size;
        }
        if (e != OK)
            return rq_fail(rq, e == ERR_CONFLICT ? e : ERR_NOTFOUND,
                           "材料的文件还没有上传，请先用 /uploads 上传。");
        f->papers[f->paper_count++] = (struct filed_paper){
            .code = code, .title = spec->name, .source = STR("upload"),
            .name = str_is_none(u.name) ? spec->name : u.name,
            .sha256 = u.sha256, .type = u.type, .size = u.size,
        };
    }
    return OK;
}

enum err apply_direct_before(struct request *rq, struct tx *tx)
{
    struct filing *f = ARENA_NEW(tx->arena, struct filing);
    struct form_report report = { .count = 0 };
    struct value *checked;
    enum err e = offer_find(tx, rq_path(rq, "code"), &f->offer);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有这个事项，请从事项目录里选择。");
    if (e != OK)
        return e;
    if (f->offer->halted.n)
        return rq_fail_str(rq, ERR_RANGE,
                           arena_printf(tx->arena, "这件事暂停受理，%.*s。",
                                        STR_ARG(f->offer->halted)));
    if (!f->offer->online && !draft_for_others(tx->who))
        return rq_fail(rq, ERR_RANGE,
                       "这个事项目前不能网上申请，请到窗口办理。");
    const struct value *answers = value_get(rq_inputs(rq), STR("answers"));
    if (answers == NULL || answers->kind != VALUE_OBJECT)
        answers = rq_inputs(rq);
    answers = form_take(&f->offer->sheet, tx->arena, answers);
    e = offer_check(f->offer, f->offer->sheet.group_count, tx->arena, answers,
                    &checked, &report);
    if (e != OK)
        return draft_complain(rq, e, &report);
    f->answers = checked;
    e = direct_papers(rq, tx, f);
    return e == OK ? prepare(rq, tx, f) : e;
}

enum err apply_direct_post(struct request *rq, struct tx *tx)
{
    return draft_submit_post(rq, tx);
}
