/*
 * Opening a grant: what zt:work="data-grant" of a process does.
 *
 * The matter says what is granted (resource, fields, purpose, until, provider);
 * its history says who agreed: whoever completed the step of the organisation
 * that keeps the data.  A day that has passed meanwhile is no fault of the
 * program: the answer says so and the drawing goes back to who must name
 * another.  Told twice, it is opened once.
 */
#include "grants/inside.h"

#include "kernel/auth/auth.h"

static str said(const struct process_view *v, const char *name)
{
    const struct value *x = flow_variable(v->flow, str_of(name));
    return x && x->kind == VALUE_TEXT ? str_trim(x->text) : STR("");
}

struct opening {
    struct process_fact asked, agreed, opened;
    str resource, fields, purpose, provider;
    day until;
};

/* The step of who keeps the data: its desk is named by `provider`. */
static bool is_provider_s(const struct bpmn *g, str node)
{
    int i = bpmn_node_of(g, node);
    return i >= 0 && str_is(g->nodes[i].unit, "provider");
}

static enum err read_history(struct tx *tx, const struct process_view *v,
                             struct opening *o)
{
    const struct bpmn *g = process_bpmn(v->graph);
    struct process_fact *f;
    size_t n;
    enum err e = process_history(tx, v->number, &f, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        if (i == 0)
            o->asked = f[i];
        if (!str_is(f[i].verb, "complete") || f[i].actor == 0)
            continue;
        o->opened = f[i];
        if (is_provider_s(g, f[i].node))
            o->agreed = f[i];
    }
    return e;
}

static enum err read_case(struct tx *tx, const struct process_view *v,
                          struct opening *o)
{
    str until = said(v, "until");
    *o = (struct opening){ .resource = said(v, "resource"),
                           .fields = said(v, "fields"),
                           .purpose = said(v, "purpose"),
                           .provider = said(v, "provider"),
                           .until = day_none };
    enum err e = read_history(tx, v, o);
    if (e != OK)
        return e;
    if (o->resource.n == 0 || o->fields.n == 0 || o->purpose.n == 0 ||
        o->agreed.actor == 0 || !day_parse(until, &o->until))
        return ERR_RANGE;
    struct auth_unit unit;
    return auth_unit(tx, o->provider, &unit);
}

static enum err tell_opened(struct tx *tx, const struct process_view *v,
                            const struct opening *o,
                            const struct grant_whole *g)
{
    struct arena *a = tx->arena;
    char to[DAY_TEXT];
    str last = day_text(o->until, to);
    enum err e = grant_note(tx, g->id, g->number, "open",
                            arena_printf(a, "开通，至 %.*s；事项 %.*s",
                                         STR_ARG(last), STR_ARG(v->number)),
                            o->opened.name);
    return e == OK ? grant_letters(
                         tx, g, "开通",
                         arena_printf(a, "%.*s向%.*s提供“%.*s”，至 %.*s。\n"
                                      "只能用于：%.*s",
                                      STR_ARG(g->giver_name),
                                      STR_ARG(g->receiver_name),
                                      STR_ARG(o->resource), STR_ARG(last),
                                      STR_ARG(o->purpose)))
                   : e;
}

/* The one it goes on from hears of it: nobody need be told that it ends. */
static enum err tell_earlier(struct tx *tx, const struct grant_earlier *was,
                             str number)
{
    struct grant_whole g;
    enum err e = grant_whole(tx, was->number, &g);
    if (e == OK)
        e = grant_warned(tx, g.id, g.revision);
    return e == OK ? grant_note(tx, g.id, g.number, "renew",
                                arena_printf(tx->arena, "已续期，见 %.*s",
                                             STR_ARG(number)),
                                STR("系统"))
                   : e;
}

static enum err write(struct tx *tx, const struct process_view *v,
                      const struct opening *o, str number)
{
    struct grant_earlier was = { .number = str_none };
    struct grant_whole g;
    day today = tx_today(tx);
    enum err e = grant_earlier(tx, o->provider, v->unit, o->resource, today,
                               &was);
    bool renews = e == OK;
    if (e != OK && e != ERR_NOTFOUND)
        return e;
    e = grant_add(tx, store_id(tx->store), number, v->number, o->resource,
                  o->fields, o->purpose, STR(GRANT_BASIS), o->provider,
                  o->agreed.actor, o->agreed.name, v->unit, o->asked.actor,
                  o->asked.name, o->opened.name, tx->now, today, o->until,
                  grant_warn_on(tx->calendar, today, o->until),
                  renews ? was.number : str_none);
    if (e == OK)
        e = grant_whole(tx, number, &g);
    if (e == OK)
        e = tell_opened(tx, v, o, &g);
    return e == OK && renews ? tell_earlier(tx, &was, number) : e;
}

enum err grant_work(struct tx *tx, const struct process_view *v, int64_t task,
                    struct value **out)
{
    struct opening o;
    struct grant_known known;
    struct arena *a = tx->arena;
    struct value *answer = value_new(a, VALUE_OBJECT);
    str number = grant_number(a, v->number), refused = STR("");
    (void)task;
    enum err e = grant_known(tx, v->number, &known);
    if (e == ERR_NOTFOUND) {
        e = read_case(tx, v, &o);
        if (e == OK)
            refused = grant_refused(tx_today(tx), o.until);
        if (e == OK && refused.n == 0)
            e = write(tx, v, &o, number);
    }
    if (e != OK)
        return e;
    value_add(answer, STR("granted"), value_bool(a, refused.n == 0));
    value_add(answer, STR("grant"), value_text(a, refused.n ? STR("")
                                                            : number));
    value_add(answer, STR("refused"), value_text(a, refused));
    *out = answer;
    return OK;
}

const struct process_worker grants_workers[] = {
    { "data-grant", grant_work },
    { 0 },
};
