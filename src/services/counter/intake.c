/*
 * 窗口收件, the first half of the screen: the number on the card, and what the
 * person came for.  A reader or a scanner types like a keyboard and ends with
 * Enter.  The number never stands in an address: this form is posted, and what
 * was not decided yet comes back with it.
 */
#include "services/counter/intake.h"

#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "kernel/page/page.h"
#include "kernel/search/kept.h"
#include "services/pages.h"
#include "services/guide/units.h"

enum { FOUND = 8, RECENT = 6 };

/* ---- items ---- */

struct choice {
    str code, title, unit, unit_name;
};
struct choices {
    struct choice list[FOUND];
    size_t n;
};

static void add_choice(struct choices *c, const struct intake_seat *s,
                       struct choice one)
{
    if (c->n < FOUND && intake_takes(s, one.unit, one.code))
        c->list[c->n++] = one;
}

/* A theme is its lead's: a counter of one department takes in its own. */
static enum err add_offer(struct tx *tx, struct choices *c,
                          const struct intake_seat *s, str code)
{
    const struct offer *o;
    const struct units *units;
    enum err e = offer_find(tx, code, &o);
    if (e == OK)
        e = units_read(tx, &units);
    if (e == OK)
        add_choice(c, s, (struct choice){ o->code, o->title, o->lead,
                                          units_name(units, o->lead) });
    return e == ERR_NOTFOUND || e == ERR_STORE ? OK : e;
}

/* The same of a theme that was found, without reading the whole of it. */
static void add_theme(struct tx *tx, struct choices *c,
                      const struct intake_seat *s, const struct units *units,
                      const struct catalogue_themes *t)
{
    struct value *body;
    str problem;
    if (value_read_json(tx->arena, t->body, &body, &problem) != OK)
        return;
    str lead = value_get_text(body, STR("lead"));
    add_choice(c, s, (struct choice){ t->code, t->title, lead,
                                      units_name(units, lead) });
}

/* Best first, of those this counter serves. */
static enum err find(struct tx *tx, const struct intake_seat *s, str words,
                     struct choices *out)
{
    struct rank_query q = { .words = words, .unit = STR(""),
                            .limit = RANK_MOST };
    struct rank_found *found;
    struct taking_items *items;
    struct catalogue_themes *themes;
    const struct units *units;
    size_t n, m, t;
    str understood;
    enum err e = rank_ask(tx, &q, &found, &n, &understood);
    if (e != OK)
        return e;
    int64_t *ids = ARENA_NEW_N(tx->arena, int64_t, n + 1);
    for (size_t i = 0; i < n; i++)
        ids[i] = found[i].id;
    e = taking_items(tx, search_list(tx->arena, ids, n), &items, &m);
    if (e == OK)
        e = catalogue_themes(tx, &themes, &t);
    if (e == OK)
        e = units_read(tx, &units);
    for (size_t i = 0; e == OK && i < n && out->n < FOUND; i++) {
        for (size_t k = 0; k < m; k++)
            if (items[k].id == found[i].id)
                add_choice(out, s, (struct choice){
                    items[k].code, items[k].name, items[k].unit,
                    items[k].unit_name });
        for (size_t k = 0; found[i].theme && k < t; k++)
            if (themes[k].id == found[i].id)
                add_theme(tx, out, s, units, &themes[k]);
    }
    return e;
}

static enum err recent(struct tx *tx, const struct intake_seat *s,
                       struct choices *out)
{
    struct taking_counter *c;
    size_t n;
    enum err e = taking_counter(tx, s->at.counter, &c, &n);
    for (size_t i = 0; e == OK && i < n && out->n < RECENT; i++) {
        bool twice = false;
        for (size_t k = 0; k < out->n; k++)
            twice |= str_eq(out->list[k].code, c[i].offer);
        if (!twice)
            e = add_offer(tx, out, s, c[i].offer);
    }
    return e;
}

static void show_choices(struct view *v, const char *name,
                         const struct choices *c, size_t from)
{
    struct value *list = view_list(v, name);
    for (size_t i = 0; i < c->n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "code", c->list[i].code);
        view_text(&row, "title", c->list[i].title);
        view_text(&row, "unit_name", c->list[i].unit_name);
        view_text(&row, "key", from + i < 9
                                   ? arena_printf(v->arena, "%zu", from + i + 1)
                                   : STR(""));
    }
}

/* ---- the page ---- */

static str known_text(struct arena *a, const struct intake_person *p)
{
    bool company = p->kind == INTAKE_COMPANY;
    str name = company ? p->name : auth_mask_name(a, p->name);
    if (p->kind == INTAKE_NOBODY || p->source.n == 0)
        return STR("");
    return arena_printf(a, "%.*s %.*s", STR_ARG(name),
                        STR_ARG(p->mobile.n ? auth_mask_mobile(a, p->mobile)
                                            : STR("")));
}

static void show_person(struct request *rq, struct view *v,
                        const struct intake_seat *s,
                        const struct intake_person *p)
{
    str error = STR(""), agent = STR(""), none = STR("");
    bool told = s->called && !str_is_none(s->ticket.name) &&
                rq_text(rq, "name").n == 0;
    rq_problem(rq, "code", &error);
    rq_problem(rq, "agent_code", &agent);
    view_text(v, "code", rq_text(rq, "code"));
    view_text(v, "code_error", error);
    rq_ask(rq, view_list(v, "fields"), (struct page_field){
        .name = "name", .type = "text", .optional = true,
        .label = STR("姓名或者企业名称"),
        .hint = STR("证件上没有读到的才填。"),
        .value = told ? s->ticket.name : none });
    struct value *list = view_list(v, "agent");
    rq_ask(rq, list, (struct page_field){
        .name = "agent_code", .type = "text", .optional = true,
        .label = STR("经办人的公民身份号码"),
        .hint = STR("也可以用读卡器读。"), .value = none });
    rq_ask(rq, list, (struct page_field){
        .name = "agent_name", .type = "text", .optional = true,
        .label = STR("经办人姓名"), .hint = none, .value = none });
    view_bool(v, "agent_open", agent.n || rq_text(rq, "agent_code").n);
    view_text(v, "known", known_text(v->arena, p));
    view_text(v, "source", p->source);
    view_text(v, "ended", p->ended);
    view_text(v, "kind", p->kind == INTAKE_COMPANY ? STR("企业")
                         : p->kind == INTAKE_PERSON ? STR("个人") : STR(""));
}

/* The last ones: to print again, to go on with. */
static enum err show_done(struct tx *tx, struct view *v)
{
    struct taking_mine *c;
    struct taking_open *o;
    size_t n, m;
    struct value *done = view_list(v, "done"), *open = view_list(v, "open");
    enum err e = taking_mine(tx, tx->who->account, &c, &n);
    if (e == OK)
        e = taking_open(tx, tx->who->account, &o, &m);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, done);
        view_text(&row, "number", c[i].case_no);
        view_text(&row, "title", c[i].title);
        view_text(&row, "took", intake_took(v->arena, c[i].begun, c[i].filed));
    }
    for (size_t i = 0; e == OK && i < m; i++) {
        struct view row = view_row(v, open);
        view_text(&row, "draft", o[i].draft);
        view_text(&row, "title", o[i].title);
        view_inst_short(&row, "begun", o[i].begun);
    }
    return e;
}

static enum err show(struct request *rq, struct tx *tx,
                     const struct intake_seat *s,
                     const struct intake_person *p, const struct choices *found)
{
    struct view *v = rq_view(rq);
    struct choices last = { .n = 0 }, wanted = { .n = 0 };
    str words = rq_text(rq, "words");
    rq_menu(rq, "desk.intake");
    intake_show_seat(v, s);
    struct view o = view_object(v, "start");
    show_person(rq, &o, s, p);
    view_text(&o, "words", words);
    show_choices(&o, "items", found, 0);
    view_bool(&o, "none", words.n && found->n == 0 && p->kind);
    enum err e = OK;
    str item = rq_text(rq, "item");
    if (item.n == 0 && s->called)
        item = s->ticket.item;
    if (item.n)
        e = add_offer(tx, &wanted, s, item);
    show_choices(&o, "wanted", &wanted, 0);
    if (e == OK && found->n == 0)
        e = recent(tx, s, &last);
    show_choices(&o, "recent", &last, wanted.n);
    view_bool(&o, "ask_item", p->kind != INTAKE_NOBODY);
    return e == OK ? show_done(tx, &o) : e;
}

enum err intake_show(struct request *rq, struct tx *tx)
{
    struct intake_seat s;
    struct intake_person p = { .kind = INTAKE_NOBODY, .name = STR(""),
                               .source = STR(""), .mobile = STR(""),
                               .ended = STR("") };
    struct choices none = { .n = 0 };
    enum err e = intake_seat(tx, &s);
    if (e == ERR_NOTFOUND) {
        rq_menu(rq, "desk.intake");
        view_text(rq_view(rq), "seat", str_none);
        view_text(rq_view(rq), "start", str_none);
        return OK;
    }
    return e == OK ? show(rq, tx, &s, &p, &none) : e;
}

/* ---- posted ---- */

static enum err read_company(struct request *rq, struct tx *tx,
                             struct intake_person *p)
{
    str why = STR(""), name;
    intake_split(tx->arena, rq_text(rq, "agent_code"), &p->agent_code, &name);
    p->agent_name = rq_text(rq, "agent_name");
    if (p->agent_name.n == 0 && !str_is_none(name))
        p->agent_name = name;
    if (p->agent_code.n == 0 || p->agent_name.n == 0)
        return rq_fail_field(rq, ERR_INPUT, "agent_code",
                             STR("企业由谁来办：请读经办人的身份证，填写号码和"
                                 "姓名。"));
    if (intake_kind_of(tx->arena, p->agent_code, &why) != INTAKE_PERSON)
        return rq_fail_field(rq, ERR_RANGE, "agent_code",
                             why.n ? why : STR("经办人请用公民身份号码。"));
    return OK;
}

static enum err read_person(struct request *rq, struct tx *tx,
                            const struct intake_seat *s,
                            struct intake_person *p)
{
    str why = STR(""), name;
    *p = (struct intake_person){ .agent_code = STR(""),
                                 .agent_name = STR("") };
    intake_split(tx->arena, rq_text(rq, "code"), &p->code, &name);
    p->name = str_is_none(name) ? rq_text(rq, "name") : name;
    p->kind = intake_kind_of(tx->arena, p->code, &why);
    if (p->kind == INTAKE_NOBODY)
        return rq_fail_field(rq, ERR_INPUT, "code", why);
    enum err e = p->kind == INTAKE_COMPANY ? read_company(rq, tx, p) : OK;
    if (e == OK)
        e = intake_person(tx, s, p);
    if (e != OK)
        return e;
    /* Looking is an act (个人信息保护法 第五十一条). */
    return audit_note(tx, STR("intake.look"),
                      p->kind == INTAKE_COMPANY
                          ? p->code : auth_mask_id(tx->arena, p->code),
                      p->source.n ? p->source : STR("没有登记的信息"));
}

/* The item: pressed, its code typed, or the only one found. */
static enum err choose(struct request *rq, struct tx *tx,
                       const struct intake_seat *s, struct choices *found,
                       str *code)
{
    str words = rq_text(rq, "words");
    *code = rq_text(rq, "item");
    if (code->n || words.n == 0)
        return OK;
    enum err e = add_offer(tx, found, s, words);
    if (e == OK && found->n == 0)
        e = find(tx, s, words, found);
    if (found->n == 1)
        *code = found->list[0].code;
    return e;
}

static enum err begin(struct request *rq, struct tx *tx,
                      const struct intake_seat *s,
                      const struct intake_person *p, str code)
{
    const struct offer *o;
    struct value *answers;
    struct intake in = { .seat = *s };
    struct intake_gaps gaps = { .n = 0 };
    struct draft *d = &in.draft;
    size_t filled;
    enum err e = offer_find(tx, code, &o);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有这个事项，请换个说法再找。");
    if (e == OK && !intake_takes(s, o->lead, o->code))
        return rq_fail_str(rq, ERR_RANGE, arena_printf(
            tx->arena, "%.*s不办“%.*s”。请把这个号转到办它的业务，或者请来人"
                       "重新取号。", STR_ARG(s->at.label), STR_ARG(o->title)));
    if (e == OK)
        e = intake_answers(tx, o, p, &answers, &filled);
    if (e == OK)
        e = draft_new(tx, o, answers, d);
    if (e == OK)
        e = taking_add(tx, d->number, tx->who->account, tx->who->name,
                       s->at.counter, s->at.label, o->code, o->title,
                       p->agent_name, p->agent_code, tx->now);
    if (e == OK)
        e = audit_note(tx, STR("draft.new"), d->number, o->title);
    d->answers = answers;
    if (e == OK)
        e = intake_read_papers(tx, &in);
    if (e == OK)
        e = intake_gaps(tx, &in, &gaps);
    if (e != OK)
        return e;
    view_text(rq_view(rq), "number", d->number);
    rq_flash(rq, p->ended.n ? "warn" : "", arena_printf(
        tx->arena, "已填好 %zu 项%s%.*s，请和来人核对。%.*s", filled,
        p->source.n ? "，来自证件和" : "", STR_ARG(p->source),
        STR_ARG(p->ended)));
    return rq_see_other(rq, "/intake/%.*s#f-%.*s", STR_ARG(d->number),
                        STR_ARG(gaps.n ? gaps.list[0].field : STR("")));
}

enum err intake_post(struct request *rq, struct tx *tx)
{
    struct intake_seat s;
    struct intake_person p;
    struct choices found = { .n = 0 };
    str code;
    enum err e = intake_seated(rq, tx, &s);
    if (e == OK)
        e = read_person(rq, tx, &s, &p);
    if (e == OK)
        e = choose(rq, tx, &s, &found, &code);
    if (e != OK)
        return e;
    return code.n ? begin(rq, tx, &s, &p, code) : show(rq, tx, &s, &p, &found);
}
