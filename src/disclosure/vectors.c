/* Vectors of disclosure: requests, fees, scores. */
#include "disclosure/disclosure.h"

static bool read_pair(const struct value *pair, struct clock_span *span)
{
    const struct value *from = value_at(pair, 0), *to = value_at(pair, 1);
    span->to = day_none;
    return pair->kind == VALUE_LIST && pair->count == 2 &&
           from->kind == VALUE_TEXT && day_parse(from->text, &span->from) &&
           (to->kind == VALUE_NULL ||
            (to->kind == VALUE_TEXT && day_parse(to->text, &span->to)));
}

/* "third" is one [from, to] or a list of them. */
static bool read_asked(struct vector *v, struct disclosure_request *r)
{
    const struct value *list = value_get(v->input, STR("third"));
    if (list == NULL || list->kind == VALUE_NULL)
        return true;
    struct clock_span *spans =
        ARENA_NEW_N(v->arena, struct clock_span, (size_t)list->count + 1);
    r->asked = spans;
    bool one = list->kind == VALUE_LIST && list->first != NULL &&
               list->first->kind == VALUE_TEXT;
    bool good = list->kind == VALUE_LIST;
    if (one) {
        good = read_pair(list, &spans[r->asked_count++]);
    } else {
        for (const struct value *p = list->first; good && p; p = p->next)
            good = read_pair(p, &spans[r->asked_count++]);
    }
    if (!good)
        vector_wrong(v, "input third is neither [from, to] nor a list of them");
    return good;
}

static void request(struct vector *v)
{
    struct disclosure_request r = { 0 };
    struct disclosure_reply reply;
    int64_t extension;
    if (!vector_day_required(v, "received", &r.received) ||
        !vector_day(v, "confirmed", &r.confirmed) ||
        !vector_day(v, "fix_notice", &r.fix_notice) ||
        !vector_day(v, "fix_received", &r.fix_received) ||
        !vector_int(v, "ext", 0, 20, 0, &extension) || !read_asked(v, &r))
        return;
    r.extension = (int)extension;
    if (disclosure_reply(v->calendar, &r, &reply) != OK) {
        vector_wrong(v, "the days are not in order");
        return;
    }
    vector_is_day(v, "clock_start", reply.clock_start);
    vector_is_day(v, "correction_notice_limit", reply.notice_limit);
    vector_is_day(v, "due", reply.due.due);
    vector_is_bool(v, "provisional", reply.due.provisional);
}

static void fee(struct vector *v, const char *key,
                enum err (*rule)(int64_t n, fen *out))
{
    int64_t n;
    fen got;
    if (!vector_int(v, key, 0, 1000000, -1, &n))
        return;
    if (rule(n, &got) != OK)
        vector_wrong(v, "input %s is missing", key);
    else
        vector_is_int(v, "yuan", got.n / 100);
}

static void fee_by_case(struct vector *v)
{
    fee(v, "cases_in_month", disclosure_fee_by_case);
}

static void fee_by_page(struct vector *v)
{
    fee(v, "pages", disclosure_fee_by_page);
}

static bool count_of(const struct value *item, const char *key, int64_t *out)
{
    const struct value *m = value_get(item, str_of(key));
    if (m == NULL || m->kind != VALUE_INT)
        return false;
    *out = m->i;
    return true;
}

/* "86.67", "78.0", "100" in hundredths; -1 when it is none of these. */
static int hundredths_read(const struct value *m)
{
    if (m == NULL)
        return -1;
    if (m->kind == VALUE_INT && m->i >= 0 && m->i <= 100)
        return (int)m->i * 100;
    if (m->kind != VALUE_DECIMAL)
        return -1;
    str rest = m->text, whole = str_cut(&rest, '.');
    int64_t w, part = 0;
    while (rest.n > 0 && rest.p[rest.n - 1] == '0')
        rest.n--;
    if (!str_int(whole, &w) || w < 0 || w > 100 || rest.n > 2 ||
        (rest.n > 0 && !str_int(rest, &part)))
        return -1;
    return (int)(w * 100 + (rest.n == 1 ? part * 10 : part));
}

static void score(struct vector *v)
{
    const struct value *items = value_get(v->input, STR("items"));
    size_t n = items != NULL && items->kind == VALUE_LIST ? items->count : 0;
    struct disclosure_catalogue *list =
        ARENA_NEW_N(v->arena, struct disclosure_catalogue, n + 1);
    if (items == NULL || items->kind != VALUE_LIST) {
        vector_wrong(v, "input items is not a list");
        return;
    }
    for (size_t i = 0; i < n; i++) {
        const struct value *item = value_at(items, i);
        if (!count_of(item, "required", &list[i].required) ||
            !count_of(item, "published", &list[i].published) ||
            !count_of(item, "weight", &list[i].weight)) {
            vector_wrong(v, "item %zu is not whole numbers", i);
            return;
        }
    }
    int got;
    if (disclosure_score(list, n, &got) != OK) {
        vector_wrong(v, "input is outside what can be scored");
        return;
    }
    vector_compared(v, "score");
    int want = hundredths_read(value_get(v->answer, STR("score")));
    if (want != got)
        vector_wrong(v, "score: expected %d.%02d, got %d.%02d", want / 100,
                     want < 0 ? 0 : want % 100, got / 100, got % 100);
}

const struct vector_type disclosure_vectors[] = {
    { "scenario", "disclosure_on_request", request },
    { "disclosure_fee_by_case", NULL, fee_by_case },
    { "disclosure_fee_by_page", NULL, fee_by_page },
    { "disclosure_score", NULL, score },
    { 0 },
};
