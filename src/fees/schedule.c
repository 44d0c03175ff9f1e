/* The schedule: data/fees into the tables, and a rule applied to facts. */
#include "fees/book.h"

#include "kernel/log/log.h"
#include "kernel/page/page.h"
#include "kernel/rules/dmn.h"

static struct fee_options set = { .url = { "", 0 }, .key_file = { "", 0 },
                                  .region = { "341881", 6 } };

void fee_configure(const struct fee_options *o)
{
    set = *o;
}

const struct fee_options *fee_set(void)
{
    return &set;
}

/* ---- data into tables ---- */

static str member(const struct value *v, const char *name)
{
    str s = value_get_text(v, str_of(name));
    return str_is_none(s) ? STR("") : s;
}

static str json_of(struct arena *a, const struct value *v)
{
    return v ? value_json(a, v) : STR("[]");
}

static enum err put_account(struct tx *tx, const struct value *v)
{
    str kind = member(v, "kind"), holder = member(v, "holder");
    if (!fee_account_ok(kind, holder)) {
        log_error("data/fees: account %.*s is not the treasury's",
                  STR_ARG(member(v, "code")));
        return ERR_INPUT;
    }
    return fee_account_put(tx, member(v, "code"), kind, holder,
                           member(v, "bank"), member(v, "number"), NULL);
}

static enum err put_rule(struct tx *tx, const struct value *v, day since)
{
    struct fee_account_one account;
    int64_t days = value_get_int(v, STR("days"), 0);
    enum err e = fee_account_one(tx, member(v, "account"), &account);
    if (e == ERR_NOTFOUND || member(v, "basis").n == 0 || days < 1) {
        log_error("data/fees: the fee of %.*s has no basis, account or days",
                  STR_ARG(member(v, "item")));
        return ERR_INPUT;
    }
    return e == OK ? fee_rule_put(tx, member(v, "item"), member(v, "project"),
                                  member(v, "name"), member(v, "hold"), days,
                                  member(v, "account"), member(v, "decision"),
                                  member(v, "basis"), member(v, "standard"),
                                  json_of(tx->arena,
                                          value_get(v, STR("asks"))),
                                  since, NULL) : e;
}

enum err fee_schedule_load(struct tx *tx, day since)
{
    struct value *all;
    str problem;
    enum err e = value_read_json(tx->arena,
                                 page_asset("data/fees/schedule.json"), &all,
                                 &problem);
    if (e != OK) {
        log_error("data/fees/schedule.json: %.*s", STR_ARG(problem));
        return e;
    }
    const struct value *accounts = value_get(all, STR("accounts"));
    const struct value *fees = value_get(all, STR("fees"));
    const struct value *v = accounts ? accounts->first : NULL;
    for (; e == OK && v; v = v->next)
        e = put_account(tx, v);
    for (v = fees ? fees->first : NULL; e == OK && v; v = v->next)
        e = put_rule(tx, v, since);
    return e;
}

enum err fee_job_schedule(struct tx *tx, bool *more)
{
    *more = false;
    return fee_schedule_load(tx, tx_today(tx));
}

/* ---- reckoning ---- */

/* Facts as the table wants them: numbers where the ask has a unit. */
static bool inputs_of(struct arena *a, const struct value *asks,
                      const struct value *facts, struct value *out)
{
    for (const struct value *q = asks->first; q; q = q->next) {
        str name = member(q, "name"), given = member(facts, name.p);
        bool number = member(q, "unit").n > 0;
        if (given.n == 0)
            return false;
        struct value *v = value_text(a, given);
        if (number)
            v->kind = VALUE_DECIMAL;
        value_add(out, name, v);
    }
    return true;
}

static str number_text(struct arena *a, const struct value *v)
{
    if (v && v->kind == VALUE_INT)
        return arena_printf(a, "%lld", (long long)v->i);
    return v && v->kind == VALUE_DECIMAL ? v->text : STR("");
}

enum err fee_reckon(struct arena *a, const struct fee_rule_one *rule,
                    const struct value *facts, inst now,
                    struct fee_reckoned *out)
{
    struct dmn_source source = { STR("schedule.dmn"),
                                 page_asset("data/fees/schedule.dmn") };
    struct value *asks, *answer, *inputs = value_new(a, VALUE_OBJECT);
    struct dmn_model *model;
    struct feel_notes notes = { 0 };
    str problem;
    *out = (struct fee_reckoned){ .price = STR("0"), .quantity = STR("0"),
                                  .relief = STR("") };
    enum err e = value_read_json(a, rule->asks, &asks, &problem);
    if (e != OK)
        return ERR_STORE;
    if (!inputs_of(a, asks, facts, inputs))
        return OK; /* not known yet */
    e = dmn_load(a, &source, 1, &model, &notes);
    if (e != OK)
        return ERR_STORE;
    e = dmn_evaluate(model, rule->decision, inputs, now, a, &answer, NULL);
    if (e != OK)
        return e == ERR_NOTFOUND ? ERR_STORE : e;
    if (answer == NULL || answer->kind != VALUE_OBJECT)
        return ERR_RANGE; /* no line of the table fits */
    out->price = number_text(a, value_get(answer, STR("price")));
    out->quantity = number_text(a, value_get(answer, STR("quantity")));
    out->relief = member(answer, "relief");
    e = fee_amount(out->price, out->quantity, &out->total);
    out->known = e == OK;
    /* Nothing to pay without a reason written down is a hole in the table. */
    return e == OK && out->total.n == 0 && out->relief.n == 0 ? ERR_RANGE : e;
}
