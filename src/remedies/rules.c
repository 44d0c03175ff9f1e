/*
 * Kinds of remedy, their words, and what may be asked: tables and text, no
 * store, so that they can be read beside the statutes they cite.
 */
#include "remedies/remedies.h"

#include "kernel/ident/ident.h"
#include "kernel/page/page.h"

#include <pthread.h>

const struct remedy_kind remedy_kinds[] = {
    { "complaint", "TS", "投诉", "remedy.complaint",
      "优化营商环境条例 第四十九条", REMEDY_BY_SUPERVISOR, true },
    { "overasked", "FX", "违规要求材料", "remedy.complaint",
      "国务院关于在线政务服务的若干规定 第七条", REMEDY_BY_SUPERVISOR, true },
    { "correction", "GZ", "更正个人信息", "remedy.correction",
      "个人信息保护法 第四十六条", REMEDY_BY_KEEPER, false },
    { "reopening", "CX", "重新办理", NULL, "行政复议法 第七十七条",
      REMEDY_BY_NOBODY, false },
    { 0 },
};

const struct remedy_kind *remedy_kind(str code)
{
    for (const struct remedy_kind *k = remedy_kinds; k->code; k++)
        if (str_is(code, k->code))
            return k;
    return NULL;
}

str remedy_state_word(str kind, str state)
{
    static const struct { const char *kind, *state, *word; } words[] = {
        { "", "open", "待处理" },
        { "", "explained", "已说明" },
        { "correction", "granted", "已更正" },
        { "correction", "dismissed", "不予更正" },
        { "reopening", "granted", "已重新办理" },
        { "", "granted", "成立" },
        { "", "dismissed", "不成立" },
        { "", "withdrawn", "已撤回" },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(state, words[i].state) &&
            (words[i].kind[0] == 0 || str_is(kind, words[i].kind)))
            return str_of(words[i].word);
    return state;
}

/* ---- doing it again ---- */

const struct remedy_ground remedy_grounds[] = {
    { "reconsideration", "行政复议决定", "行政复议法 第六十四条、第七十七条",
      true },
    { "judgment", "行政判决", "行政诉讼法 第七十条、第七十一条", true },
    { "error", "本机关发现原决定有误", "行政许可法 第六十条", false },
    { 0 },
};

str remedy_reopen_refused(str kind, str state, bool open, bool again)
{
    if (str_is(kind, "joint"))
        return STR("这是多个部门共同办理的总件，请在要重新办理的分件上提出。");
    if (open)
        return STR("这件还在办理，不需要重新办理。");
    if (again)
        return STR("这件已经重新办理过，请看新的办件。");
    if (!str_is(state, "refused") && !str_is(state, "denied"))
        return STR("只有不予受理、不予批准的办件可以重新办理；准予的决定有误"
                   "的，由颁发机关依法变更或者撤销。");
    return STR("");
}

bool remedy_ground_ok(str ground, str document, int64_t days, str *sentence)
{
    const struct remedy_ground *g = remedy_grounds;
    while (g->code && !str_is(ground, g->code))
        g++;
    if (g->code == NULL) {
        *sentence = STR("请选择重新办理的依据。");
        return false;
    }
    if (g->document && utf8_count(str_trim(document)) < 4) {
        *sentence = STR("请填写决定书或者判决书的文号。");
        return false;
    }
    if (days < 0 || days > REMEDY_DAYS_MOST) {
        *sentence = STR("责令的期限为 1 至 60 个工作日，没有责令的不填。");
        return false;
    }
    return true;
}

/* ---- one's own data ---- */

enum { DATA_MOST = 20 };
static struct remedy_datum data[DATA_MOST];
static int data_count;

static void read_keepers(void)
{
    str text = page_asset("data/keepers.tsv");
    while (!str_is_none(text) && data_count < DATA_MOST) {
        str line = str_cut(&text, '\n');
        if (line.n == 0 || line.p[0] == '#')
            continue;
        struct remedy_datum *d = &data[data_count];
        d->code = str_cut(&line, '\t');
        d->label = str_is_none(line) ? STR("") : str_cut(&line, '\t');
        d->unit = str_is_none(line) ? STR("") : str_trim(line);
        data_count += d->unit.n > 0;
    }
}

const struct remedy_datum *remedy_data(int *n)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, read_keepers);
    *n = data_count;
    return data;
}

const struct remedy_datum *remedy_datum(str code)
{
    int n;
    const struct remedy_datum *d = remedy_data(&n);
    for (int i = 0; i < n; i++)
        if (str_eq(d[i].code, code))
            return &d[i];
    return NULL;
}

/* ---- what a register says of an enterprise ---- */

#define DATUM(code, label) { { code, sizeof code - 1 }, \
                             { label, sizeof label - 1 }, { "", 0 } }
static const struct remedy_datum registered[] = {
    DATUM("firm.name", "名称"),
    DATUM("firm.representative", "法定代表人（负责人）"),
    DATUM("firm.address", "住所（经营场所）"),
    DATUM("firm.scope", "经营范围"),
};

const struct remedy_datum *remedy_registered(int *n)
{
    *n = sizeof registered / sizeof *registered;
    return registered;
}

const struct remedy_datum *remedy_registered_datum(str code)
{
    int n;
    const struct remedy_datum *d = remedy_registered(&n);
    for (int i = 0; i < n; i++)
        if (str_eq(d[i].code, code))
            return &d[i];
    return NULL;
}

static bool of_register(str kind, str ref)
{
    return str_is(kind, "correction") && ref.n > 0;
}

str remedy_called(str kind, str ref)
{
    return of_register(kind, ref) ? STR("更正登记信息")
                                  : str_of(remedy_kind(kind)->name);
}

str remedy_law(str kind, str ref)
{
    return of_register(kind, ref)
               ? STR("数据安全法 第三十七条；市场主体登记管理条例 第七条")
               : str_of(remedy_kind(kind)->law);
}

static bool registered_ok(str code, str s, str *problem)
{
    size_t n = utf8_count(s);
    bool scope = str_is(code, "firm.scope");
    bool person = str_is(code, "firm.representative");
    *problem = person ? STR("姓名应为两个字到三十个字。")
               : scope ? STR("经营范围应为两个字到三千个字。")
                       : STR("应为两个字到一百个字。");
    return n >= 2 && n <= (person ? 30u : scope ? 3000u : 100u);
}

static bool mobile_ok(str s)
{
    bool ok = s.n == 11 && s.p[0] == '1';
    for (size_t i = 0; ok && i < s.n; i++)
        ok = s.p[i] >= '0' && s.p[i] <= '9';
    return ok;
}

bool remedy_datum_ok(struct arena *a, str code, str text, day today, str *clean,
                     str *problem)
{
    struct ident_citizen citizen;
    str s = str_trim(text);
    *clean = arena_str(a, s);
    if (remedy_registered_datum(code))
        return registered_ok(code, s, problem);
    if (str_is(code, "name")) {
        size_t n = utf8_count(s);
        *problem = STR("姓名应为两个字到三十个字。");
        return n >= 2 && n <= 30;
    }
    if (str_is(code, "mobile")) {
        *problem = STR("手机号码应为 11 位数字，以 1 开头。");
        return mobile_ok(s);
    }
    if (!str_is(code, "citizen_id")) {
        *problem = STR("请选择要更正的信息。");
        return false;
    }
    if (ident_citizen_check(divisions_builtin(), s, today, &citizen, problem) ==
        IDENT_BAD)
        return false;
    *clean = arena_str(a, str_of(citizen.number));
    return true;
}
