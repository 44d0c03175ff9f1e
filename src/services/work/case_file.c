/*
 * Filing: one application becomes a thread for the applicant and a part on the
 * desk of every department that must answer.
 *
 * What can be worked out beforehand is (filing_prepare, on a read snapshot), so
 * that the writer only writes: this is the hottest write of the platform.
 */
#include "services/work/joint.h"

#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "kernel/files/files.h"
#include "kernel/job/job.h"
#include "kernel/process/process.h"
#include "kernel/seal/seal.h"
#include "kernel/search/search.h"
#include "kernel/store/topics.h"
#include "services/apply/authority.h"
#include "services/apply/held.h"
#include "services/guide/units.h"
#include "services/apply/draft.h"
#include "services/counter/intake.h"
#include "services/apply/partners.h"

enum { TICKET = 12 }; /* letters of the secret on a receipt */

/* ---- before the transaction ---- */

static enum err desk_of(struct tx *tx, str unit, struct desk *out)
{
    struct unit_brief u;
    enum err e = unit_brief(tx, unit, &u);
    if (e != OK)
        return e;
    *out = (struct desk){
        .unit = u.code, .unit_name = u.name, .short_name = u.short_name,
        .prefix = str_is_none(u.doc_prefix) ? u.short_name : u.doc_prefix,
        .officer = INT_NONE, .officer_name = u.short_name,
    };
    return OK;
}

/*
 * Who of the desk gets it: they take turns by the moment of filing, which
 * spreads as evenly as a counter and needs none.
 */
static enum err officer_of(struct tx *tx, struct desk *desk)
{
    struct staff_of *staff;
    size_t n;
    enum err e = staff_of(tx, desk->unit, STR("officer"), &staff, &n);
    if (e != OK || n == 0)
        return e;
    const struct staff_of *one = &staff[(uint64_t)tx->now.ms % n];
    desk->officer = one->account;
    desk->officer_name = one->name;
    return OK;
}

static bool has_paper(const struct filing *f, str code)
{
    for (size_t i = 0; i < f->paper_count; i++)
        if (str_eq(f->papers[i].code, code))
            return true;
    return false;
}

/* Adds what nobody brings: papers made here and papers of the exchange. */
static void complete_papers(struct tx *tx, struct filing *f)
{
    size_t most = f->paper_count + f->decided.paper_count;
    struct filed_paper *all = ARENA_NEW_N(tx->arena, struct filed_paper, most);
    size_t n = 0;
    for (size_t i = 0; i < f->decided.paper_count; i++) {
        const struct form_paper *p = f->decided.papers[i];
        if (has_paper(f, p->code))
            continue;
        if (str_is(p->source, "upload")) {
            if (p->need == NEED_LATER) /* the word that it comes */
                all[n++] = (struct filed_paper){
                    .code = p->code, .title = p->name, .source = STR("later"),
                    .name = intake_paper_word(STR("later")),
                    .sha256 = str_none, .type = STR(""),
                };
            continue;
        }
        all[n++] = (struct filed_paper){
            .code = p->code, .title = p->name, .source = p->source,
            .name = str_is(p->source, "form") ? STR("在线填写") : p->from,
            .sha256 = str_none, .type = STR(""),
        };
    }
    for (size_t i = 0; i < f->paper_count; i++)
        all[n++] = f->papers[i];
    f->papers = all;
    f->paper_count = n;
}

static enum err need_papers(struct tx *tx, const struct filing *f,
                            str *sentence)
{
    for (size_t i = 0; i < f->decided.paper_count; i++) {
        const struct form_paper *p = f->decided.papers[i];
        if (p->need != 1 || !str_is(p->source, "upload") ||
            has_paper(f, p->code))
            continue;
        *sentence = arena_printf(tx->arena, "还没有上传“%.*s”，上传后再提交。",
                                 STR_ARG(p->name));
        return ERR_RANGE;
    }
    return OK;
}

static str answer(const struct filing *f, const char *name)
{
    return value_get_text(f->answers, str_of(name));
}

static enum err choose_desks(struct tx *tx, struct filing *f)
{
    enum err e = desk_of(tx, f->offer->lead, &f->lead);
    if (e != OK)
        return e;
    e = officer_of(tx, &f->lead);
    if (e != OK)
        return e;
    f->desks = ARENA_NEW_N(tx->arena, struct desk, f->decided.part_count + 1);
    for (size_t i = 0; i < f->decided.part_count; i++) {
        const struct offer_part *p = f->decided.parts[i];
        str unit = p->unit_from.n ? value_get_text(f->answers, p->unit_from)
                                  : p->unit;
        e = desk_of(tx, unit, &f->desks[i]);
        if (e == OK)
            e = officer_of(tx, &f->desks[i]);
        if (e != OK)
            return e;
    }
    return OK;
}

/* The processes in force, so that the writer need not look them up. */
static enum err choose_processes(struct tx *tx, struct filing *f)
{
    enum err e = OK;
    f->process = ARENA_NEW_N(tx->arena, int64_t, f->decided.part_count + 1);
    for (size_t i = 0; e == OK && i < f->decided.part_count; i++) {
        const struct process_graph *g;
        if (i && str_eq(f->decided.parts[i]->process,
                        f->decided.parts[i - 1]->process)) {
            f->process[i] = f->process[i - 1];
            continue;
        }
        e = process_graph_live(tx, f->decided.parts[i]->process,
                               &f->process[i], &g);
        if (e == OK)
            process_let_go(g);
        else if (e == ERR_NOTFOUND)
            e = OK;
    }
    return e;
}

enum err filing_desks(struct tx *tx, struct filing *f)
{
    enum err e = choose_desks(tx, f);
    return e == OK ? choose_processes(tx, f) : e;
}

/* Every township named is one: a program can send anything. */
static enum err need_towns(struct tx *tx, const struct filing *f,
                           str *sentence)
{
    for (const struct value *v = f->answers->first; v; v = v->next) {
        const struct form_question *field = offer_field(f->offer, v->key);
        struct town_one town;
        if (field == NULL || !str_is(field->kind, "town") ||
            v->kind != VALUE_TEXT)
            continue;
        enum err e = town_one(tx, v->text, &town);
        if (e == ERR_NOTFOUND) {
            *sentence = STR("所选乡镇（街道）不存在，请重新选择。");
            return ERR_RANGE;
        }
        if (e != OK)
            return e;
    }
    return OK;
}

/* A program may send any text; a page only offers the townships. */
static enum err check_town(struct tx *tx, const struct filing *f, str *sentence)
{
    const struct units *units;
    str town = answer(f, "town");
    if (str_is_none(town) || town.n == 0)
        return OK;
    enum err e = units_read(tx, &units);
    for (size_t i = 0; e == OK && i < units->n; i++)
        if (str_eq(units->list[i].code, town) &&
            str_is(units->list[i].kind, "township"))
            return OK;
    *sentence = STR("所选乡镇（街道）不存在，请重新选择。");
    return e == OK ? ERR_RANGE : e;
}

/* What a case is found by; its number comes to it at writing. */
static void words_of(struct tx *tx, const struct filing *f, str title,
                     const struct desk *desk, bool part,
                     struct search_text *out)
{
    str open = arena_printf(tx->arena, "%.*s %.*s", STR_ARG(title),
                            STR_ARG(desk->unit_name));
    search_text_make(tx, part ? STR("part") : STR("case"), desk->unit, open,
                     f->applicant_name, out);
}

static void choose_words(struct tx *tx, struct filing *f)
{
    size_t parts = f->decided.part_count;
    f->words = ARENA_NEW_N(tx->arena, struct search_text, parts + 1);
    words_of(tx, f, f->offer->title,
             f->offer->joint ? &f->lead : &f->desks[0], false, &f->words[0]);
    for (size_t i = 0; f->offer->joint && i < parts; i++)
        words_of(tx, f, f->decided.parts[i]->title, &f->desks[i], true,
                 &f->words[i + 1]);
}

enum err filing_prepare(struct tx *tx, struct filing *f, str *sentence)
{
    enum err e = offer_decide(f->offer, tx->arena, f->answers, &f->decided,
                              sentence);
    if (e == OK)
        e = need_towns(tx, f, sentence);
    if (e != OK)
        return e;
    e = check_town(tx, f, sentence);
    if (e == OK)
        e = need_papers(tx, f, sentence);
    if (e == OK)
        e = held_check_filing(tx, f, sentence);
    if (e != OK)
        return e;
    e = filing_desks(tx, f);
    if (e == OK && f->offer->joint)
        e = joint_choose(tx, f);
    if (e != OK)
        return e;

    complete_papers(tx, f);
    const struct form_question *code = offer_field(f->offer,
                                                 STR("applicant_code"));
    str shop = answer(f, "shop_name");
    f->applicant_name = answer(f, "applicant_name");
    f->applicant_code = answer(f, "applicant_code");
    f->mobile = answer(f, "mobile");
    f->town = answer(f, "town");
    choose_words(tx, f);
    bool company = code && str_is(code->kind, "credit");
    f->applicant_open = auth_mask_party(tx->arena, f->applicant_name,
                                        company ? STR("company")
                                                : STR("person"));
    if (!str_is_none(shop))
        f->applicant_open = arena_printf(tx->arena, "%.*s · %.*s",
                                         STR_ARG(f->applicant_open),
                                         STR_ARG(shop));
    f->ticket = seal_secret(tx->arena, TICKET);
    f->accept_by = services_accept_by(tx->calendar, tx_today(tx));
    return str_is_none(f->ticket) ? ERR_BUSY : OK;
}

/* ---- inside the transaction ---- */

enum err series_next(struct tx *tx, str name, int64_t of, int64_t *out)
{
    enum err e = series_step(tx, name, of);
    if (e == ERR_CONFLICT) { /* the first of this day or year */
        e = series_start(tx, name, of, NULL);
        if (e == OK)
            e = series_step(tx, name, of);
    }
    struct series_last last;
    if (e == OK)
        e = series_last(tx, name, of, &last);
    if (e == OK)
        *out = last.last;
    return e;
}

enum err case_tally(struct tx *tx, str unit, struct tally t)
{
    return tally_add(tx, tx_today(tx), unit, t.filed, t.closed, t.late,
                     t.refused, t.worked, NULL);
}

enum err case_event(struct tx *tx, int64_t id, const char *verb, str text,
                    str actor, str unit, str basis, bool open)
{
    return event_add(tx, store_id(tx->store), id, tx->now, str_of(verb), text,
                     actor, unit, basis, open);
}

/* YX20261116004172: the city, the day, the serial of the day. */
static enum err number_new(struct tx *tx, str *out)
{
    int64_t serial;
    day today = tx_today(tx);
    enum err e = series_next(tx, STR("case"), today.n, &serial);
    if (e != OK)
        return e;
    int y, m, d;
    day_split(today, &y, &m, &d);
    *out = arena_printf(tx->arena, "YX%04d%02d%02d%06lld", y, m, d,
                        (long long)serial);
    return OK;
}

static str joined(struct arena *a, const str *words, size_t n)
{
    str all = STR("");
    for (size_t i = 0; i < n; i++)
        all = arena_printf(a, "%.*s%s%.*s", STR_ARG(all), i ? " " : "",
                           STR_ARG(words[i]));
    return all;
}

static str papers_of_part(struct arena *a, const struct filing *f,
                          const struct offer_part *p)
{
    str *codes = ARENA_NEW_N(a, str, p->paper_count + 1);
    size_t n = 0;
    for (size_t i = 0; i < p->paper_count; i++)
        for (size_t k = 0; k < f->decided.paper_count; k++)
            if (str_eq(p->papers[i], f->decided.papers[k]->code))
                codes[n++] = p->papers[i];
    return joined(a, codes, n);
}

/* The columns a thread and its parts share come from f, the rest from here. */
struct row {
    int64_t id, parent;
    str number, kind, part, item, title, answers, papers;
    int64_t item_version;
    const struct desk *desk;
    int statutory, promised;
    bool natural;
    day accept_by;
};

static enum err add_row(struct tx *tx, const struct filing *f,
                        const struct row *r)
{
    bool theme = f->offer->joint;
    int sort = day_is_none(r->accept_by) ? SERVICES_NO_DAY : r->accept_by.n;
    enum err e = case_add(
        tx, r->id, r->number, r->kind, r->parent,
        theme ? f->offer->code : str_none, theme ? f->offer->version : INT_NONE,
        r->part, r->item, r->item_version, r->title, r->desk->unit,
        r->desk->officer, r->desk->officer_name, f->applicant,
        f->applicant_name, f->applicant_code, f->mobile, f->applicant_open,
        f->proxy, f->proxy_name, f->channel, f->town, r->answers, r->papers,
        STR("received"), 1, tx->now, tx_today(tx), r->accept_by, r->statutory,
        r->natural ? STR("nd") : STR("wd"), r->promised, sort, f->ticket);
    struct open_place place = { r->desk->unit, STR("received"), r->kind, sort };
    return e == OK ? open_enters(tx, &place) : e;
}

/* The clock of 第三十二条: five working days to accept or to ask. */
static enum err start_accept_clock(struct tx *tx, str number,
                                   const struct desk *desk)
{
    struct clock_spec spec = {
        .matter = STR("case"), .ref = number, .unit = desk->unit,
        .holder = desk->officer_name, .kind = STR("accept"),
        .rule = STR("permit.supplement_notice"), .start = tx_today(tx),
        .unit_of = CLOCK_WORKING_DAYS, .n = SERVICES_TELL_ONCE,
    };
    return clock_start(tx, &spec);
}

/*
 * The department's own work begins: the process its item names.  Where none is
 * in force under that key (def 0) the case goes by the law's states alone.
 */
static enum err start_process(struct tx *tx, const struct filing *f,
                              const struct row *r, int64_t def)
{
    struct process_start s = {
        .def = def, .number = r->number, .module = STR("services"),
        .title = r->title, .unit = r->desk->unit, .applicant = f->applicant,
        .due = day_none, .noted = true,
    };
    struct process_answer a;
    return def ? process_start(tx, &s, &a) : OK;
}

static enum err index_case(struct tx *tx, const struct filing *f,
                           const struct row *r, size_t at)
{
    struct search_text words;
    if (f->words)
        words = f->words[at];
    else
        words_of(tx, f, r->title, r->desk, at > 0, &words);
    search_text_add(tx, &words, r->number);
    return search_add(tx, r->id, &words);
}

static struct row part_row(struct arena *a, const struct filing *f,
                           int64_t thread, str number, size_t i)
{
    const struct offer_part *p = f->decided.parts[i];
    return (struct row){
        .parent = thread, .number = number, .kind = STR("part"),
        .part = p->code, .item = p->item, .item_version = p->item_version,
        .title = p->title, .answers = str_none,
        .papers = papers_of_part(a, f, p), .desk = &f->desks[i],
        .statutory = p->statutory, .promised = p->promised,
        .natural = p->natural, .accept_by = f->accept_by,
    };
}

enum err filing_add_part(struct tx *tx, const struct filing *f, int64_t thread,
                         str number, size_t i)
{
    struct row r = part_row(tx->arena, f, thread, number, i);
    r.id = store_id(tx->store);
    enum err e = add_row(tx, f, &r);
    if (e == OK)
        e = start_accept_clock(tx, r.number, r.desk);
    if (e == OK)
        e = index_case(tx, f, &r, i + 1);
    if (e == OK)
        e = case_tally(tx, r.desk->unit, (struct tally){ .filed = 1 });
    return e;
}

/* Where no process of the whole opens them. */
static enum err add_parts(struct tx *tx, const struct filing *f,
                          const struct row *thread)
{
    enum err e = OK;
    for (size_t i = 0; e == OK && i < f->decided.part_count; i++) {
        str number = arena_printf(tx->arena, "%.*s-%zu",
                                  STR_ARG(thread->number), i + 1);
        e = filing_add_part(tx, f, thread->id, number, i);
        struct row r = part_row(tx->arena, f, thread->id, number, i);
        if (e == OK)
            e = start_process(tx, f, &r, f->process[i]);
    }
    return e;
}

static enum err add_papers(struct tx *tx, const struct filing *f, int64_t id,
                           str number)
{
    for (size_t i = 0; i < f->paper_count; i++) {
        const struct filed_paper *p = &f->papers[i];
        enum err e = paper_add(tx, store_id(tx->store), id, p->code, p->name,
                               p->title, p->source, p->sha256, p->size,
                               p->type, tx->now, p->ref);
        struct upload bytes = { .name = p->name, .size = p->size,
                                .sha256 = p->sha256, .type = p->type };
        if (e == OK && !str_is_none(p->sha256))
            e = files_mention(tx, &bytes, "services", number);
        if (e != OK)
            return e;
    }
    return OK;
}

str case_proxy_open(struct arena *a, str channel, str proxy_name)
{
    bool duty = str_is(channel, "window") || str_is(channel, "agent");
    return duty ? proxy_name : auth_mask_name(a, proxy_name);
}

/* What everybody reads first in the history. */
static enum err add_first_events(struct tx *tx, const struct filing *f,
                                 const struct row *thread)
{
    static const struct { const char *channel, *text; } how[] = {
        { "web", "申请人网上提交" },      { "window", "窗口收件" },
        { "agent", "村级代办员代为提交" }, { "kiosk", "申请人在自助终端提交" },
    };
    str text = STR("申请人提交");
    for (size_t i = 0; i < sizeof how / sizeof *how; i++)
        if (str_is(f->channel, how[i].channel))
            text = str_of(how[i].text);
    bool own = f->proxy == 0;
    enum err e = case_event(tx, thread->id, "file", text,
                            own ? STR("申请人")
                                : case_proxy_open(tx->arena, f->channel,
                                                  f->proxy_name),
                            own ? STR("") : tx->who->unit, str_none, true);
    if (e != OK || !f->offer->joint)
        return e;
    text = arena_printf(tx->arena, "系统分送 %zu 个部门并联审查",
                        f->decided.part_count);
    return case_event(tx, thread->id, "dispatch", text, STR("系统"), STR(""),
                      STR("行政许可法 第二十六条"), true);
}

static enum err add_thread(struct tx *tx, const struct filing *f,
                           struct row *r)
{
    const struct offer *o = f->offer;
    const struct offer_part *only = f->decided.parts[0];
    enum err e = number_new(tx, &r->number);
    if (e != OK)
        return e;
    r->id = store_id(tx->store);
    r->parent = INT_NONE;
    r->kind = o->joint ? STR("joint") : STR("single");
    r->part = str_none;
    r->item = o->joint ? str_none : only->item;
    r->item_version = o->joint ? INT_NONE : only->item_version;
    r->title = o->title;
    r->answers = value_json(tx->arena, f->answers);
    str *codes = ARENA_NEW_N(tx->arena, str, f->decided.paper_count + 1);
    for (size_t i = 0; i < f->decided.paper_count; i++)
        codes[i] = f->decided.papers[i]->code;
    r->papers = joined(tx->arena, codes, f->decided.paper_count);
    r->desk = o->joint ? &f->lead : &f->desks[0];
    r->statutory = o->joint ? SERVICES_LIMIT_JOINT : only->statutory;
    r->natural = !o->joint && only->natural;
    r->promised = o->promised;
    r->accept_by = o->joint ? day_none : f->accept_by;
    return add_row(tx, f, r);
}

static enum err remove_draft(struct tx *tx, const struct filing *f)
{
    if (f->draft == 0)
        return OK;
    enum err e = draft_papers_drop(tx, f->draft, f->draft_number);
    return e == OK ? draft_remove(tx, f->draft, f->draft_owner) : e;
}

/* What a counter hears beside the number: its ticket is done with. */
static const struct value *finished(struct arena *a)
{
    struct view v = { a, value_new(a, VALUE_OBJECT) };
    view_bool(&v, "finish", true);
    return v.object;
}

/* Who signed the draft has a case from now on. */
static enum err file_partners(struct tx *tx, const struct filing *f, str number)
{
    enum err e = fellow_filed(tx, f->draft, number, NULL);
    if (e == OK)
        e = authority_filed(tx, f, number);
    return e == OK ? partners_tell(tx, number, f->applicant, f->proxy,
                                   STR("您签名的申请已经提交"), arena_printf(
                                       tx->arena, "“%.*s”已经提交，办件编号 "
                                       "%.*s。以后的进展也会告诉您。",
                                       STR_ARG(f->offer->title),
                                       STR_ARG(number))) : e;
}

enum err case_file(struct tx *tx, const struct filing *f, struct filed *out)
{
    struct row thread = { 0 };
    enum err e = add_thread(tx, f, &thread);
    /* Before its parts': FTS5 writes all it holds when an id is not larger. */
    if (e == OK)
        e = index_case(tx, f, &thread, 0);
    if (e == OK && !f->offer->joint)
        e = start_accept_clock(tx, thread.number, thread.desk);
    if (e == OK && !f->offer->joint)
        e = start_process(tx, f, &thread, f->process[0]);
    if (e == OK && f->offer->joint)
        e = f->joint ? joint_begin(tx, f, thread.id, thread.number)
                     : add_parts(tx, f, &thread);
    if (e == OK)
        e = add_papers(tx, f, thread.id, thread.number);
    if (e == OK)
        e = add_first_events(tx, f, &thread);
    if (e == OK)
        e = case_tally(tx, STR(""), (struct tally){ .filed = 1 });
    if (e == OK && !f->offer->joint)
        e = case_tally(tx, thread.desk->unit, (struct tally){ .filed = 1 });
    if (e == OK && f->partners)
        e = file_partners(tx, f, thread.number);
    if (e == OK)
        e = remove_draft(tx, f);
    if (e == OK)
        e = audit_note(tx, STR("case.file"), thread.number, f->offer->title);
    if (e == OK)
        e = flow_signal(tx, "case.filed", thread.number,
                        f->finish ? finished(tx->arena) : NULL);
    if (e != OK)
        return e;
    store_touch(tx, TOPIC_BOARD);
    *out = (struct filed){ thread.number, thread.id };
    return OK;
}
