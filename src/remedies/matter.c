#include "remedies/matter.h"

#include "kernel/audit/audit.h"
#include "kernel/job/job.h"
#include "kernel/notify/notify.h"
#include "kernel/page/page.h"

/* ---- writing down ---- */

/* TS2026-0018 */
static enum err number_of(struct tx *tx, const struct remedy_kind *k, str *out)
{
    int year, month, mday;
    struct series_now now;
    str kind = str_of(k->code);
    day_split(tx_today(tx), &year, &month, &mday);
    enum err e = series_begin(tx, kind, year, NULL);
    if (e == OK)
        e = series_next_of(tx, kind, year);
    if (e == OK)
        e = series_now(tx, kind, year, &now);
    if (e == OK)
        *out = arena_printf(tx->arena, "%s%d-%04lld", k->letters, year,
                            (long long)now.last);
    return e;
}

/* The clock of who must answer: the supervisor's own organisation, or the one
 * that keeps the data. */
static enum err start_clock(struct tx *tx, const struct remedy_new *n,
                            str number, day *due)
{
    struct watchers *w;
    size_t count = 0;
    struct clock_found found;
    const struct clock_rule *rule;
    *due = day_none;
    if (n->kind->rule == NULL || !str_is(str_of(n->state), "open"))
        return OK;
    rule = clock_rule(str_of(n->kind->rule));
    if (rule == NULL)
        return ERR_STORE;
    enum err e = watchers(tx, &w, &count);
    bool watched = n->kind->by == REMEDY_BY_SUPERVISOR && count > 0;
    struct clock_spec spec = {
        .matter = STR("remedy"), .ref = number,
        .unit = watched ? w[0].unit : n->unit,
        .holder = watched ? w[0].name : str_of(n->kind->name),
        .kind = STR("promised"), .rule = str_of(n->kind->rule),
        .start = tx_today(tx), .unit_of = rule->unit, .n = rule->n,
    };
    if (e == OK)
        e = clock_start(tx, &spec);
    if (e == OK)
        e = clock_find(tx, STR("remedy"), number, STR("promised"), &found);
    if (e == OK)
        *due = found.due;
    return e;
}

enum err remedy_write(struct tx *tx, const struct remedy_new *n, str *number)
{
    day due;
    enum err e = number_of(tx, n->kind, number);
    if (e == OK)
        e = start_clock(tx, n, *number, &due);
    if (e == OK)
        e = remedy_add(tx, store_id(tx->store), *number, str_of(n->kind->code),
                       n->ref, n->title, n->unit, n->account, n->name, n->step,
                       n->text, n->document, n->days, n->was, n->becomes,
                       tx->now, due, str_of(n->state));
    /* The record that nobody can change names no person and no words. */
    return e == OK ? audit_note(tx, STR("remedy.new"), *number,
                                arena_printf(tx->arena, "%.*s %.*s",
                                             STR_ARG(remedy_called(
                                                 str_of(n->kind->code),
                                                 n->ref)),
                                             STR_ARG(n->ref)))
                   : e;
}

/* ---- telling ---- */

enum err remedy_letter(struct tx *tx, int64_t account, str number, str title,
                       str body, str link)
{
    struct notify_letter l = { .account = account, .about = STR("remedy"),
                               .ref = number, .title = title, .body = body,
                               .link = link };
    return account ? notify_send(tx, &l) : OK;
}

static str desk_link(struct tx *tx, str number)
{
    return arena_printf(tx->arena, "/remedies/%.*s", STR_ARG(number));
}

enum err remedy_tell_leaders(struct tx *tx, str unit, str number, str title,
                             str body)
{
    struct staff_in *s;
    size_t n;
    enum err e = staff_in(tx, unit, STR("leader"), &s, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        e = remedy_letter(tx, s[i].account, number, title, body,
                          desk_link(tx, number));
    return e;
}

enum err remedy_tell_watchers(struct tx *tx, str number, str title, str body)
{
    struct watchers *w;
    size_t n;
    enum err e = watchers(tx, &w, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        e = remedy_letter(tx, w[i].account, number, title, body,
                          desk_link(tx, number));
    return e;
}

enum err remedy_ask_reopen(struct tx *tx, str remedy, str ref, str ground,
                           str document, int64_t days)
{
    struct view p = { tx->arena, value_new(tx->arena, VALUE_OBJECT) };
    view_text(&p, "remedy", remedy);
    view_text(&p, "ground", ground);
    view_text(&p, "document", document);
    view_int(&p, "days", days);
    return flow_signal(tx, "remedy.reopen", ref, p.object);
}

enum err remedy_on_thread(struct tx *tx, const char *event, str ref, str text,
                          str actor)
{
    struct view p = { tx->arena, value_new(tx->arena, VALUE_OBJECT) };
    view_text(&p, "text", text);
    view_text(&p, "actor", actor);
    return flow_signal(tx, event, ref, p.object);
}

/* ---- showing ---- */

static void event(struct view *v, struct value *list, inst at, const char *verb,
                  str text, str actor, str basis, const char *icon)
{
    if (inst_is_none(at))
        return;
    struct view row = view_row(v, list);
    view_inst_short(&row, "at", at);
    view_text(&row, "text", text);
    view_text(&row, "verb", str_of(verb));
    view_text(&row, "actor", str_is_none(actor) ? STR("") : actor);
    view_text(&row, "basis", basis);
    view_text(&row, "look", STR("done"));
    view_text(&row, "icon", str_of(icon));
}

static str datum_label(str code)
{
    const struct remedy_datum *d = remedy_datum(code);
    if (d == NULL)
        d = remedy_registered_datum(code);
    return d ? d->label : code;
}

static void show_facts(struct view *v, const struct remedy_one *m, bool whole)
{
    char day[DAY_TEXT];
    bool correction = str_is(m->kind, "correction");
    struct value *list = view_list(v, "facts");
    page_fact(v, list, "类别", remedy_called(m->kind, m->ref));
    if (correction)
        page_fact(v, list, "统一社会信用代码", m->ref);
    page_fact(v, list, correction ? "决定机关" : "涉及的部门", m->unit_name);
    if (whole)
        page_fact(v, list, "提出人", m->name);
    page_fact(v, list, str_is(m->kind, "overasked") ? "要求的材料"
                       : correction                  ? "更正的信息"
                       : str_is(m->kind, "reopening") ? "依据的情形"
                                                      : "投诉的环节",
              correction ? datum_label(m->step) : m->step);
    page_fact(v, list, "文书", m->document);
    if (whole) {
        page_fact(v, list, "原来的内容", m->was);
        page_fact(v, list, "应当是", m->becomes);
        page_fact(v, list, correction ? "理由和依据" : "说明", m->said_first);
    }
    if (!day_is_none(m->due))
        page_fact(v, list, "答复期限",
                  arena_str(v->arena, day_text(m->due, day)));
    if (m->days)
        page_fact(v, list, "责令的期限",
                  arena_printf(v->arena, "%lld 个工作日", (long long)m->days));
    page_fact(v, list, "依据", remedy_law(m->kind, m->ref));
}

void remedy_body(struct view *v, const struct remedy_one *m, bool whole)
{
    str ref = str_is(m->kind, "correction") ? STR("") : m->ref;
    view_text(v, "code", m->number);
    view_text(v, "kind", remedy_called(m->kind, m->ref));
    view_text(v, "title", m->title);
    view_text(v, "number", ref); /* of a case only */
    view_text(v, "state", remedy_state_word(m->kind, m->state));
    show_facts(v, m, whole);
    struct value *list = view_list(v, "events");
    str word = remedy_state_word(m->kind, m->state);
    event(v, list, m->answered, "answer",
          arena_printf(v->arena, "%.*s：%.*s", STR_ARG(word),
                       STR_ARG(str_is_none(m->answer) ? STR("") : m->answer)),
          m->answered_by, remedy_law(m->kind, m->ref), "gavel");
    event(v, list, m->said_at, "explain", m->said, m->said_by, STR(""),
          "message-square");
    event(v, list, m->made, "made",
          str_is(m->kind, "overasked") ? STR("系统发现") : STR("提出"),
          whole ? m->name : STR(""), STR(""), "inbox");
    bool opened = !str_is_none(m->outcome) &&
                  str_starts(m->outcome, STR("YX"));
    view_text(v, "opened", opened ? m->outcome : STR(""));
    view_text(v, "outcome", opened || str_is_none(m->outcome) ? STR("")
                                                              : m->outcome);
}
