/* The periods of the statutes, read from data/clock-rules.json. */
#include "kernel/clock/clock.h"

static const struct unit_word {
    const char *word;
    enum clock_unit unit;
} unit_words[] = {
    { "wd", CLOCK_WORKING_DAYS }, { "nd", CLOCK_NATURAL_DAYS },
    { "month", CLOCK_MONTHS },    { "year", CLOCK_YEARS },
    { "hour", CLOCK_HOURS },      { "until", CLOCK_UNTIL },
    { "date", CLOCK_DATE },
};

bool clock_unit_read(str word, enum clock_unit *out)
{
    for (size_t i = 0; i < sizeof unit_words / sizeof *unit_words; i++) {
        if (str_is(word, unit_words[i].word)) {
            *out = unit_words[i].unit;
            return true;
        }
    }
    return false;
}

static str text(struct arena *a, const struct value *v, const char *key)
{
    str s = value_get_text(v, str_of(key));
    return str_is_none(s) ? STR("") : arena_str(a, s);
}

/* NULL, or what is wrong with the rule. */
static const char *read_rule(struct arena *a, const struct value *v,
                             struct clock_rule *r)
{
    *r = (struct clock_rule){
        .id = text(a, v, "id"), .law = text(a, v, "law"),
        .article = text(a, v, "article"), .name = text(a, v, "name"),
        .start = text(a, v, "start"), .date = text(a, v, "date"),
        .approver = text(a, v, "approver"), .restart = text(a, v, "restart"),
        .consequence = text(a, v, "consequence"),
        .on_expiry = text(a, v, "on_expiry"), .note = text(a, v, "note"),
    };
    if (r->id.n == 0 || r->law.n == 0 || r->name.n == 0)
        return "缺少 id、law 或者 name";
    if (!clock_unit_read(value_get_text(v, STR("unit")), &r->unit))
        return "unit 不是已知的单位";
    int64_t n = value_get_int(v, STR("n"), INT32_MAX);
    int64_t extension = value_get_int(v, STR("extension"), 0);
    if (n < -CLOCK_UNITS_MAX || n > CLOCK_UNITS_MAX || extension < 0 ||
        extension > CLOCK_UNITS_MAX)
        return "n 或者 extension 不是合理的数";
    r->n = (int)n;
    r->extension = (int)extension;
    if (r->extension > 0 && r->approver.n == 0)
        return "可以延期，却没有写明谁批准";

    const struct value *stop = value_get(v, STR("stop"));
    size_t count = stop != NULL && stop->kind == VALUE_LIST ? stop->count : 0;
    str *reasons = ARENA_NEW_N(a, str, count + 1);
    for (size_t i = 0; i < count; i++)
        reasons[i] = arena_str(a, value_at(stop, i)->text);
    r->stop = reasons;
    r->stop_count = count;
    return NULL;
}

enum err clock_rules_read(struct arena *a, str json, struct clock_rules *out,
                          str *problem)
{
    struct value *root;
    enum err e = value_read_json(a, json, &root, problem);
    if (e != OK)
        return e;
    if (root->kind != VALUE_LIST) {
        *problem = STR("时限规则应为一个 JSON 数组。");
        return ERR_INPUT;
    }
    struct clock_rule *rules =
        ARENA_NEW_N(a, struct clock_rule, (size_t)root->count + 1);
    for (size_t i = 0; i < root->count; i++) {
        const char *wrong = read_rule(a, value_at(root, i), &rules[i]);
        struct clock_rules before = { rules, i };
        if (wrong == NULL && clock_rules_find(&before, rules[i].id) != NULL)
            wrong = "id 重复";
        if (wrong != NULL) {
            *problem = arena_printf(a, "第 %zu 条时限规则 %.*s：%s。", i + 1,
                                    STR_ARG(rules[i].id), wrong);
            return ERR_INPUT;
        }
    }
    *out = (struct clock_rules){ rules, root->count };
    return OK;
}

const struct clock_rule *clock_rules_find(const struct clock_rules *r, str id)
{
    for (size_t i = 0; i < r->count; i++)
        if (str_eq(r->rule[i].id, id))
            return &r->rule[i];
    return NULL;
}

static bool days_of(str text, enum clock_unit *unit, int *n)
{
    int64_t value = 0;
    str s = text, name = str_cut(&s, ':');
    bool natural = str_is(name, "natural-days");
    if ((!natural && !str_is(name, "working-days")) || str_is_none(s) ||
        s.n == 0 || s.n > 5)
        return false;
    *unit = natural ? CLOCK_NATURAL_DAYS : CLOCK_WORKING_DAYS;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        value = value * 10 + (s.p[i] - '0');
    }
    *n = (int)value;
    return value > 0 && value <= CLOCK_UNITS_MAX;
}

bool clock_limit_read(str text, struct clock_limit *out)
{
    struct clock_limit l = { .unit = CLOCK_WORKING_DAYS };
    if (str_is_none(text))
        return false;
    if (!days_of(text, &l.unit, &l.n)) {
        l.rule = clock_rule(text);
        if (l.rule == NULL || l.rule->n <= 0 || l.rule->unit > CLOCK_YEARS)
            return false;
        l.unit = l.rule->unit;
        l.n = l.rule->n;
    }
    *out = l;
    return true;
}

str clock_units_text(struct arena *a, enum clock_unit unit, int n)
{
    static const char *const words[] = {
        [CLOCK_WORKING_DAYS] = "个工作日", [CLOCK_NATURAL_DAYS] = "日",
        [CLOCK_MONTHS] = "个月", [CLOCK_YEARS] = "年",
        [CLOCK_HOURS] = "小时",
    };
    return arena_printf(a, "%d %s", n, unit <= CLOCK_HOURS ? words[unit] : "");
}

bool clock_rule_stops(const struct clock_rule *r, str reason)
{
    for (size_t i = 0; i < r->stop_count; i++)
        if (str_eq(r->stop[i], reason))
            return true;
    return false;
}
