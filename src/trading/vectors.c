/* Vectors of tenders: facts in, the codes of the broken rules out. */
#include "trading/trading.h"

enum { AMOUNT_MAX = 1000000000 }; /* ten thousand yuan: 10^13 yuan */

static const struct value *input(const struct vector *v, const char *key)
{
    const struct value *m = value_get(v->input, str_of(key));
    return m != NULL && m->kind != VALUE_NULL ? m : NULL;
}

/* "12.5" yuan as fen; false for more than two decimals. */
static bool decimal_fen(str text, fen *out)
{
    str rest = text, whole = str_cut(&rest, '.');
    int64_t yuan, part = 0;
    while (rest.n > 0 && rest.p[rest.n - 1] == '0')
        rest.n--;
    if (!str_int(whole, &yuan) || yuan < 0 || yuan / 10000 > AMOUNT_MAX ||
        rest.n > 2 || (rest.n > 0 && !str_int(rest, &part)))
        return false;
    out->n = yuan * 100 + (rest.n == 1 ? part * 10 : part);
    return true;
}

static bool amount(struct vector *v, const char *key, fen *out)
{
    const struct value *m = input(v, key);
    if (m == NULL)
        return true;
    if (m->kind == VALUE_INT && m->i >= 0 && m->i / 10000 <= AMOUNT_MAX) {
        *out = (fen){ m->i * 100 };
        return true;
    }
    if (m->kind == VALUE_DECIMAL && decimal_fen(m->text, out))
        return true;
    vector_wrong(v, "input %s is not an amount in yuan", key);
    return false;
}

static bool count(struct vector *v, const char *key, int *out)
{
    int64_t n;
    if (!vector_int(v, key, 0, 1000000, -1, &n))
        return false;
    *out = (int)n;
    return true;
}

static bool flag(struct vector *v, const char *key, bool *out)
{
    const struct value *m = input(v, key);
    if (m == NULL)
        return true;
    *out = m->i != 0;
    if (m->kind == VALUE_BOOL)
        return true;
    vector_wrong(v, "input %s is neither true nor false", key);
    return false;
}

static bool moment_of(struct vector *v, const struct value *m, const char *key,
                      struct trading_moment *out)
{
    if (m == NULL || m->kind == VALUE_NULL)
        return true;
    if (m->kind == VALUE_TEXT &&
        vector_moment(m->text, &out->day, &out->second))
        return true;
    vector_wrong(v, "input %s is neither a day nor a moment", key);
    return false;
}

/* A day of its own and perhaps a time in another member. */
static bool moment(struct vector *v, const char *key, const char *time,
                   struct trading_moment *out)
{
    if (!moment_of(v, input(v, key), key, out))
        return false;
    const struct value *m = input(v, time);
    day d;
    if (m == NULL || out->second >= 0)
        return true;
    str text = m->kind == VALUE_TEXT ? m->text : STR("");
    if (vector_moment(arena_join(v->arena, STR("2000-01-01T"), text), &d,
                      &out->second))
        return true;
    vector_wrong(v, "input %s is not a time of day", time);
    return false;
}

static bool committee(struct vector *v, struct trading_tender *t)
{
    const struct value *m = input(v, "committee");
    if (m == NULL)
        return true;
    const struct value *members = value_get(m, STR("members"));
    const struct value *experts = value_get(m, STR("experts"));
    if (m->kind == VALUE_OBJECT && members != NULL && experts != NULL &&
        members->kind == VALUE_INT && experts->kind == VALUE_INT &&
        members->i >= 0 && members->i < 10000 && experts->i >= 0 &&
        experts->i < 10000) {
        t->members = (int)members->i;
        t->experts = (int)experts->i;
        return true;
    }
    vector_wrong(v, "input committee is not members and experts");
    return false;
}

/* One day or a list of days. */
static bool clarifications(struct vector *v, struct trading_tender *t)
{
    const struct value *m = input(v, "clarification");
    if (m == NULL)
        return true;
    const struct value *one = m->kind == VALUE_LIST ? m->first : m;
    day *days = ARENA_NEW_N(v->arena, day, (size_t)m->count + 1);
    t->clarified = days;
    for (; one != NULL; one = m->kind == VALUE_LIST ? one->next : NULL) {
        struct trading_moment at = { day_none, -1 };
        if (!moment_of(v, one, "clarification", &at))
            return false;
        if (!day_is_none(at.day))
            days[t->clarified_count++] = at.day;
    }
    return true;
}

/* A member whose name varies between files: the first whose name has word. */
static const struct value *member_like(const struct value *object,
                                       const char *word)
{
    if (object == NULL || object->kind != VALUE_OBJECT)
        return NULL;
    for (const struct value *m = object->first; m != NULL; m = m->next)
        if (m->kind != VALUE_NULL && str_find(m->key, str_of(word)) >= 0)
            return m;
    return NULL;
}

/* When it was decrypted; a bare `true` says before the opening. */
static bool decryption(struct vector *v, const struct value *object,
                       const struct trading_tender *t,
                       struct trading_moment *out)
{
    const struct value *m = member_like(object, "decrypt");
    if (m == NULL || m->kind != VALUE_BOOL)
        return moment_of(v, m, "decrypted", out);
    if (m->i && !day_is_none(t->opening.day))
        *out = (struct trading_moment){ { t->opening.day.n - 1 }, -1 };
    return true;
}

static bool bids(struct vector *v, struct trading_tender *t)
{
    const struct value *list = input(v, "bids");
    if (list == NULL)
        return true;
    if (list->kind != VALUE_LIST) {
        vector_wrong(v, "input bids is not a list");
        return false;
    }
    struct trading_bid *all =
        ARENA_NEW_N(v->arena, struct trading_bid, (size_t)list->count + 1);
    t->bids = all;
    for (const struct value *m = list->first; m != NULL; m = m->next) {
        struct trading_bid *b = &all[t->bid_count++];
        const struct value *accepted = value_get(m, STR("accepted"));
        *b = (struct trading_bid){ .received = { day_none, -1 },
                                   .decrypted = { day_none, -1 } };
        if (!moment_of(v, value_get(m, STR("received")), "received",
                       &b->received) ||
            !decryption(v, m, t, &b->decrypted))
            return false;
        b->accepted = !day_is_none(b->received.day) &&
                      (accepted == NULL || value_truth(accepted));
    }
    return true;
}

static bool days(struct vector *v, struct trading_tender *t)
{
    return vector_day(v, "doc_issue_start", &t->issue_from) &&
           vector_day(v, "doc_issue_end", &t->issue_to) &&
           vector_day(v, "eval_report", &t->report) &&
           vector_day(v, "publicity_start", &t->publicity_from) &&
           vector_day(v, "publicity_end", &t->publicity_to) &&
           vector_day(v, "award_notice", &t->award) &&
           vector_day(v, "contract", &t->contract) &&
           vector_day(v, "deposit_refund", &t->refund) &&
           moment(v, "bid_deadline", "bid_time", &t->deadline) &&
           moment(v, "bid_open", "open_time", &t->opening);
}

static bool figures(struct vector *v, struct trading_tender *t)
{
    return amount(v, "estimate", &t->estimate) &&
           amount(v, "deposit", &t->deposit) &&
           amount(v, "contract_amount", &t->contract_amount) &&
           amount(v, "performance_bond", &t->performance_bond) &&
           amount(v, "floor_price", &t->floor_price) &&
           amount(v, "minimum_price", &t->floor_price) &&
           count(v, "bidders", &t->bidders) &&
           count(v, "candidates", &t->candidates) &&
           count(v, "winner_rank", &t->winner_rank) &&
           flag(v, "opened", &t->opened) && flag(v, "gp", &t->procurement) &&
           flag(v, "state_funded", &t->state_funded);
}

static bool read_tender(struct vector *v, struct trading_tender *t)
{
    *t = trading_tender_unknown();
    if (!days(v, t) || !figures(v, t) || !committee(v, t) ||
        !clarifications(v, t) || !bids(v, t))
        return false;
    t->rank_explained = value_truth(member_like(v->input, "reason"));
    return decryption(v, v->input, t, &t->decrypted);
}

/* The bit of "T04_DEPOSIT_GT_2PCT"; only its number is compared. */
static uint32_t bit_of(const struct value *code)
{
    int64_t n;
    if (code->kind != VALUE_TEXT || !str_starts(code->text, STR("T")) ||
        !str_int(str_slice(code->text, 1, 3), &n) || n < 1 ||
        n > TRADING_RULES)
        return 0;
    return 1u << (n - 1);
}

static void compare(struct vector *v, uint32_t got)
{
    uint32_t want = 0;
    for (const struct value *m = v->answer->first; m != NULL; m = m->next) {
        if (bit_of(m) == 0)
            vector_wrong(v, "answer %.*s is no rule", STR_ARG(m->text));
        want |= bit_of(m);
    }
    for (int i = 0; i < TRADING_RULES; i++) {
        uint32_t bit = 1u << i;
        if ((want & bit) && !(got & bit))
            vector_wrong(v, "expected %s, not found", trading_rules[i].code);
        if (!(want & bit) && (got & bit))
            vector_wrong(v, "got %s, not expected: %s", trading_rules[i].code,
                         trading_rules[i].what);
    }
}

static void tender(struct vector *v)
{
    struct trading_tender t;
    v->whole = true;
    if (v->input == NULL || v->answer == NULL ||
        v->answer->kind != VALUE_LIST) {
        vector_wrong(v, "input is not an object, or answer not a list");
        return;
    }
    if (read_tender(v, &t))
        compare(v, trading_check(v->calendar, &t));
}

const struct vector_type trading_vectors[] = {
    { "tender", NULL, tender },
    { 0 },
};
