/*
 * Words, cells and limits of the base of legal persons: text and days, no
 * store, so that a row of a file is judged the same by a page, a feed and a
 * test.
 */
#include "enterprises/enterprises.h"

#include "kernel/form/form.h"
#include "kernel/ident/ident.h"

/* ---- words ---- */

struct word {
    const char *code, *word, *also;
};

/* Their words are ident_standing's. */
static const struct word states[] = {
    { "active", NULL, "在营/开业/在业/存续（在营、开业、在册）/正常" },
    { "dormant", NULL, "" },
    { "revoked", NULL, "吊销，未注销/已吊销" },
    { "annulled", NULL, "撤销登记/已撤销" },
    { "cancelled", NULL, "已注销/吊销，已注销" },
    { "moved", NULL, "已迁出" },
    { 0 },
};

static const struct word kinds[] = {
    { "company", "企业法人", "有限责任公司/股份有限公司/公司" },
    { "sole", "个体工商户", "个体户" },
    { "cooperative", "农民专业合作社", "农民专业合作社（联合社）" },
    { "partnership", "非法人企业", "合伙企业/个人独资企业/分公司/分支机构" },
    { "institution", "事业法人", "事业单位" },
    { "society", "社会组织法人",
      "社会团体/民办非企业单位/基金会/社会服务机构" },
    { "other", "其他组织", "" },
    { 0 },
};

static bool among(str word, const char *list)
{
    for (str rest = str_of(list); !str_is_none(rest);) {
        str one = str_cut(&rest, '/');
        if (one.n && str_eq(one, word))
            return true;
    }
    return false;
}

static const struct word *word_of(const struct word *w, str s)
{
    for (; w->code; w++) {
        str word = w->word ? str_of(w->word)
                           : ident_standing(str_of(w->code));
        if (str_is(s, w->code) || str_eq(s, word) || among(s, w->also))
            return w;
    }
    return NULL;
}

str enterprise_kind_word(str kind)
{
    const struct word *w = word_of(kinds, kind);
    return w ? str_of(w->word) : kind;
}

str enterprise_source(str code)
{
    char dept = code.n ? code.p[0] : ' ';
    return dept == '9'   ? STR("市场监管登记")
           : dept == '5' ? STR("民政登记")
           : dept == '1' ? STR("机构编制登记") : STR("登记机关登记");
}

/* ---- cells ---- */

enum { CODE, NAME, KIND, REPRESENTATIVE, REP_ID, REP_MOBILE, DIVISION, ADDRESS,
       FOUNDED, CAPITAL, SCOPE, ORGAN, STATE, STATE_DAY, FROM };

const struct enterprise_field enterprise_fields[ENTERPRISE_FIELDS] = {
    [CODE] = { "code", "统一社会信用代码", "信用代码" },
    [NAME] = { "name", "名称", "企业名称/机构名称/市场主体名称" },
    [KIND] = { "kind", "机构类型", "主体类型/企业类型" },
    [REPRESENTATIVE] = { "representative", "法定代表人",
                         "负责人/经营者/法定代表人（负责人）" },
    [REP_ID] = { "rep_id", "法定代表人证件号码", "法定代表人公民身份号码" },
    [REP_MOBILE] = { "rep_mobile", "法定代表人手机号码", "" },
    [DIVISION] = { "division", "区划代码", "行政区划代码" },
    [ADDRESS] = { "address", "住所", "住所（经营场所）/经营场所/地址" },
    [FOUNDED] = { "founded", "成立日期", "注册日期" },
    [CAPITAL] = { "capital", "注册资本", "注册资本（元）/出资额" },
    [SCOPE] = { "scope", "经营范围", "业务范围" },
    [ORGAN] = { "unit", "登记机关", "" },
    [STATE] = { "state", "登记状态", "经营状态" },
    [STATE_DAY] = { "state_day", "状态日期", "吊销日期/注销日期" },
    [FROM] = { "from", "数据日期", "核准日期/变更日期" },
};

int enterprise_field(str head)
{
    for (int i = 0; i < ENTERPRISE_FIELDS; i++)
        if (str_is(head, enterprise_fields[i].code) ||
            str_is(head, enterprise_fields[i].label) ||
            among(head, enterprise_fields[i].also))
            return i;
    return -1;
}

static bool checked(struct arena *a, int field, enum field_type type, str cell,
                    str *out, str *problem)
{
    struct field f = { enterprise_fields[field].code, type, 1, 0,
                       enterprise_fields[field].label, NULL, false };
    return form_check_one(a, &f, cell, out, problem) == OK;
}

static bool set_day(struct arena *a, int field, str cell, day *out,
                    str *problem)
{
    str iso;
    if (!checked(a, field, FIELD_DAY, cell, &iso, problem))
        return false;
    return day_parse(iso, out);
}

/* "500000", "500,000.00", "50万元": into fen. */
static bool set_capital(str cell, fen *out, str *problem)
{
    static const char *const ends[] = { "人民币", "元", "万" };
    int64_t yuan = 0, cents = 0, times = 100;
    int places = -1;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(cell, str_of(ends[i]))) {
            cell = str_trim(str_slice(cell, 0, cell.n - strlen(ends[i])));
            times = i == 2 ? 1000000 : times;
        }
    *problem = STR("注册资本应是不超过一万亿元的金额，例如 500000 或者 50万元");
    for (size_t i = 0; i < cell.n; i++) {
        char c = cell.p[i];
        if (c == ',')
            continue;
        if (c == '.' && places < 0) {
            places = 0;
            continue;
        }
        if (c < '0' || c > '9' || places == 6 || yuan > 1000000000000)
            return false;
        if (places < 0)
            yuan = yuan * 10 + (c - '0');
        else if (++places)
            cents = cents * 10 + (c - '0');
    }
    int64_t part = cents * times;
    for (int i = 0; i < places; i++) {
        if (part % 10)
            return false; /* less than a fen */
        part /= 10;
    }
    if (cell.n == 0 || yuan > 100000000000000 / times)
        return false;
    *out = (fen){ yuan * times + part };
    return true;
}

/* A citizen's number, or that of another document. */
static bool set_rep_id(struct arena *a, str cell, str *out, str *problem)
{
    bool document = cell.n >= 5 && cell.n <= 20 && cell.n != 18;
    for (size_t i = 0; i < cell.n; i++) {
        char c = cell.p[i];
        document &= (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                    (c >= 'a' && c <= 'z');
    }
    if (document) {
        *out = arena_str(a, cell);
        return true;
    }
    return checked(a, REP_ID, FIELD_ID, cell, out, problem);
}

static bool set_word(const struct word *words, int field, str cell,
                     struct arena *a, str *out, str *problem)
{
    const struct word *w = word_of(words, cell);
    if (w == NULL) {
        *problem = arena_printf(a, "%s里没有“%.*s”",
                                enterprise_fields[field].label,
                                STR_ARG(utf8_head(cell, 40)));
        return false;
    }
    *out = str_of(w->code);
    return true;
}

static bool set_division(struct arena *a, str cell, str *out, str *problem)
{
    bool digits = cell.n == 6 || cell.n == 9 || cell.n == 12;
    for (size_t i = 0; i < cell.n; i++)
        digits &= cell.p[i] >= '0' && cell.p[i] <= '9';
    *problem = STR("区划代码应是 6、9 或者 12 位数字");
    *out = arena_str(a, cell);
    return digits;
}

static bool set_text(struct arena *a, int field, int64_t most, str cell,
                     str *out, str *problem)
{
    struct field f = { enterprise_fields[field].code,
                       field == SCOPE ? FIELD_LINES : FIELD_TEXT, 1, most,
                       enterprise_fields[field].label, NULL, false };
    return form_check_one(a, &f, cell, out, problem) == OK;
}

bool enterprise_set(struct arena *a, struct enterprise *e, int field, str cell,
                    str *problem)
{
    cell = str_trim(cell);
    if (cell.n == 0)
        return true;
    switch (field) {
    case CODE: return checked(a, field, FIELD_CREDIT, cell, &e->code, problem);
    case NAME: return set_text(a, field, 100, cell, &e->name, problem);
    case KIND: return set_word(kinds, field, cell, a, &e->kind, problem);
    case REPRESENTATIVE:
        return checked(a, field, FIELD_NAME, cell, &e->representative,
                       problem);
    case REP_ID: return set_rep_id(a, cell, &e->rep_id, problem);
    case REP_MOBILE:
        return checked(a, field, FIELD_MOBILE, cell, &e->rep_mobile, problem);
    case DIVISION: return set_division(a, cell, &e->division, problem);
    case ADDRESS: return set_text(a, field, 200, cell, &e->address, problem);
    case FOUNDED: return set_day(a, field, cell, &e->founded, problem);
    case CAPITAL: return set_capital(cell, &e->capital, problem);
    case SCOPE: return set_text(a, field, 3000, cell, &e->scope, problem);
    case ORGAN: return set_text(a, field, 100, cell, &e->unit, problem);
    case STATE: return set_word(states, field, cell, a, &e->state, problem);
    case STATE_DAY: return set_day(a, field, cell, &e->state_day, problem);
    default: return set_day(a, FROM, cell, &e->from, problem);
    }
}

str enterprise_wrong(struct arena *a, const struct enterprise *e, day today)
{
    const struct { const char *label; bool there; } must[] = {
        { "统一社会信用代码", e->code.n > 0 }, { "名称", e->name.n > 0 },
        { "机构类型", e->kind.n > 0 },
        { "法定代表人", e->representative.n > 0 },
        { "住所", e->address.n > 0 }, { "登记机关", e->unit.n > 0 },
        { "登记状态", e->state.n > 0 },
        { "数据日期", !day_is_none(e->from) },
    };
    for (size_t i = 0; i < sizeof must / sizeof *must; i++)
        if (!must[i].there)
            return arena_printf(a, "没有写%s", must[i].label);
    if (e->from.n > today.n)
        return STR("数据日期在今天以后");
    if (!day_is_none(e->founded) && e->founded.n > e->from.n)
        return STR("成立日期在数据日期以后");
    if (!day_is_none(e->state_day) && e->state_day.n > e->from.n)
        return STR("状态日期在数据日期以后");
    bool ended = !str_is(e->state, "active");
    if (ended && day_is_none(e->state_day))
        return arena_printf(a, "登记状态是%.*s，没有写状态日期",
                            STR_ARG(ident_standing(e->state)));
    return STR("");
}

/* ---- people ---- */

str enterprise_proxy_wrong(str matters, day from, day to, day today,
                           const char **field)
{
    *field = "matters";
    if (utf8_count(str_trim(matters)) < 4)
        return STR("请写明委托办理哪些事项，至少四个字。");
    *field = "to";
    if (day_is_none(to))
        return STR("请写明委托到哪一天为止。");
    *field = "from";
    if (from.n < today.n)
        return STR("委托从今天或者以后的一天开始。");
    *field = "to";
    if (to.n < from.n)
        return STR("委托截止的日子在开始以前，请改正。");
    if (to.n - from.n >= ENTERPRISE_PROXY_DAYS)
        return STR("一次委托最长一年，到期可以再委托。");
    return STR("");
}
