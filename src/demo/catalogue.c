/*
 * Items and themes.  The 2,155 names come from data/demo; what is known of the
 * 156 curated ones (law, article, materials, fee) from service-items.csv beside
 * it; the themes from data/themes.
 */
#include "demo/demo.h"

#include "kernel/page/page.h"
#include "kernel/search/search.h"
#include "kernel/store/topics.h"
#include "services/queries.gen.h"
#include "services/show.h"

/* A row of service-items.csv: what a curated item adds to its name. */
struct curated {
    str code, object, law, version, article, basis, materials, fee, result;
    int64_t visits;
};

enum { CURATED = 200 };

static enum err read_curated(struct city *c, struct curated *all, int *n)
{
    struct csv row;
    enum err e;
    csv_open(&row, c->arena, page_asset("data/demo/service-items.csv"));
    e = csv_row(&row);
    while (e == OK && (e = csv_row(&row)) == OK) {
        if (*n == CURATED || row.count < 17)
            return ERR_INPUT;
        struct curated *it = &all[(*n)++];
        *it = (struct curated){
            .code = arena_str(c->arena, row.field[0]),
            .object = arena_str(c->arena, row.field[4]),
            .law = arena_str(c->arena, row.field[5]),
            .version = arena_str(c->arena, row.field[6]),
            .article = arena_str(c->arena, row.field[7]),
            .basis = arena_str(c->arena, row.field[10]),
            .materials = arena_str(c->arena, row.field[12]),
            .fee = arena_str(c->arena, row.field[13]),
            .result = arena_str(c->arena, row.field[16]),
        };
        if (!str_int(row.field[14], &it->visits))
            it->visits = 1;
    }
    return e == ERR_NOTFOUND ? OK : e;
}

static const struct curated *curated_of(const struct curated *all, int n,
                                        str source)
{
    for (int i = 0; i < n; i++)
        if (str_ends(source, all[i].code))
            return &all[i];
    return NULL;
}

/* What government already holds is not asked for (国务院令第716号 第七条). */
static bool exchanged(str material)
{
    static const char *const held[] = {
        "身份证", "营业执照", "户口簿", "结婚证", "学历证书", "出生医学证明",
        "不动产权", "法人证书",
    };
    for (size_t i = 0; i < sizeof held / sizeof *held; i++)
        if (str_find(material, str_of(held[i])) >= 0)
            return true;
    return false;
}

static bool is_form(str material)
{
    return str_find(material, STR("申请书")) >= 0 ||
           str_find(material, STR("申请表")) >= 0 ||
           str_find(material, STR("登记表")) >= 0;
}

/* What may come after acceptance (容缺后补): a paper of an item, the working
 * days its guide gives, and whether silence counts there as taken back. */
static const struct {
    const char *item, *paper;
    int days;
    bool lapses;
} later[] = {
    { "DEMO-12-007", "住房收入证明", 8, false },
    { "DEMO-05-012", "平面图", 5, false },
    { "DEMO-06-003", "健康检查证明", 10, false },
    { "DEMO-07-001", "经济困难说明", 3, false },
    { "DEMO-19-001", "投资人员无犯罪声明", 6, true },
};

static bool may_come_later(str item, str name)
{
    for (size_t i = 0; i < sizeof later / sizeof *later; i++)
        if (str_is(item, later[i].item) && str_is(name, later[i].paper))
            return true;
    return false;
}

static enum err say_gap(struct tx *tx, str item)
{
    enum err e = OK;
    for (size_t i = 0; e == OK && i < sizeof later / sizeof *later; i++)
        if (str_is(item, later[i].item))
            e = item_set_gap(tx, item, later[i].days,
                             later[i].lapses ? STR("gap.withdrawn")
                                             : STR("gap.decide"));
    return e;
}

static enum err add_material(struct tx *tx, str item, int i, str name)
{
    bool optional = str_find(name, STR("非必须")) >= 0;
    str source = is_form(name)     ? STR("form")
                 : exchanged(name) ? STR("exchange")
                                   : STR("upload");
    str note = str_none;
    if (str_is(source, "form"))
        note = STR("在线填写后自动生成");
    else if (str_is(source, "upload"))
        note = STR("PDF、JPG 或者 PNG，内容清晰完整");
    return material_add(tx, store_id(tx->store), item, i,
                        arena_printf(tx->arena, "m%d", i), name, source,
                        may_come_later(item, name) ? 3 : optional ? 2 : 1,
                        note);
}

static enum err add_materials(struct tx *tx, str item, str list)
{
    enum err e = OK;
    int i = 0;
    while (e == OK && !str_is_none(list)) {
        str name = str_trim(str_cut(&list, ';'));
        if (name.n)
            e = add_material(tx, item, ++i, name);
    }
    return e;
}

/* Of an item nobody has curated yet: what every counter asks for. */
static enum err add_plain_materials(struct tx *tx, str item)
{
    enum err e = add_material(tx, item, 1, STR("申请表"));
    return e == OK ? add_material(tx, item, 2, STR("身份证明")) : e;
}

/* The conditions every curated item can state from its own legal basis. */
static str conditions_of(struct city *c, const struct curated *it)
{
    return arena_printf(
        c->arena,
        "申请人为%.*s；\n符合《%.*s》第%.*s条规定的条件；\n"
        "申请材料齐全、符合法定形式，内容真实。",
        STR_ARG(it->object), STR_ARG(it->law),
        STR_ARG(show_numeral(c->arena, it->article)));
}

/* What townships and villages decide or take in (行使层级); the hall's desk
 * stands in for them.  "" leaves it to the organisation. */
static str level_of(str source)
{
    return str_ends(source, STR("DEMO-40-004"))         ? STR("村级")
           : str_find(source, STR("from DEMO-40")) >= 0 ||
                     str_find(source, STR("curated DEMO-40")) >= 0
               ? STR("镇级") : STR("");
}

static enum err add_item(struct city *c, struct tx *tx, const struct csv *row,
                         const struct curated *it, struct demo_item *out)
{
    int64_t seq, statutory, promised;
    if (row->count < 10 || !str_int(row->field[0], &seq) ||
        !str_int(row->field[5], &statutory) ||
        !str_int(row->field[7], &promised))
        return ERR_INPUT;
    *out = (struct demo_item){
        .code = it ? it->code : arena_printf(c->arena, "YX-%04lld",
                                             (long long)seq),
        .name = arena_str(c->arena, row->field[3]),
        .object = it ? it->object : STR("个人、法人"),
        .unit_code = arena_str(c->arena, row->field[1]),
        .statutory_n = statutory, .promised_n = promised,
        .natural = str_is(row->field[6], "nd"),
        .online = str_is(row->field[8], "Y"),
    };
    out->unit = demo_unit_of(c, out->unit_code);
    if (out->unit == NULL)
        return ERR_NOTFOUND;
    int64_t id = store_id(tx->store);
    enum err e = item_add(
        tx, id, out->code, out->unit_code, out->name, row->field[4],
        out->object, it ? it->law : str_none, it ? it->version : str_none,
        it ? it->article : str_none, statutory, row->field[6],
        it ? it->basis : str_none, promised, out->online, it ? it->visits : 1,
        it ? it->fee : STR("不收费"), it ? it->result : str_none,
        it ? conditions_of(c, it) : str_none, it != NULL, seq,
        promised > 1 ? STR("promised") : STR("instant"), STR(""),
        level_of(row->field[9]));
    if (e == OK)
        e = it ? add_materials(tx, out->code, it->materials)
               : add_plain_materials(tx, out->code);
    if (e == OK)
        e = say_gap(tx, out->code);
    if (e == OK)
        e = search_put(tx, id, STR("item"), STR(""),
                       arena_printf(tx->arena, "%.*s %.*s", STR_ARG(out->name),
                                    STR_ARG(out->unit->name)),
                       STR(""));
    return e;
}

static enum err items(struct city *c, struct tx *tx)
{
    struct curated *all = ARENA_NEW_N(c->arena, struct curated, CURATED);
    int curated = 0;
    enum err e = read_curated(c, all, &curated);
    if (e != OK)
        return e;
    struct csv row;
    c->item = ARENA_NEW_N(c->arena, struct demo_item, 3000);
    csv_open(&row, c->arena, page_asset("data/demo/items-2155.csv"));
    e = csv_row(&row);
    while (e == OK && (e = csv_row(&row)) == OK && c->items < 3000) {
        const struct curated *it = curated_of(all, curated, row.field[9]);
        if (!str_starts(row.field[9], STR("curated")))
            it = NULL;
        e = add_item(c, tx, &row, it, &c->item[c->items]);
        c->items++;
    }
    return e == ERR_NOTFOUND ? OK : e;
}

static const char *const theme_codes[] = { "canyin",   "xinshenger",
                                           "tuixiu",   "zhaijidi",
                                           "jianchang", "youeryuan" };

static enum err theme(struct tx *tx, const char *code, int position)
{
    struct arena *a = tx->arena;
    str json = page_asset(
        arena_printf(a, "data/themes/%s/theme.json", code).p);
    str rules = page_asset(
        arena_printf(a, "data/themes/%s/rules.dmn", code).p);
    struct value *body;
    str problem;
    enum err e = value_read_json(a, json, &body, &problem);
    if (e != OK)
        return e;
    str title = value_get_text(body, STR("title"));
    str summary = value_get_text(body, STR("summary"));
    int64_t id = store_id(tx->store);
    e = theme_add(tx, id, str_of(code),
                  value_get_int(body, STR("version"), 1), title, summary,
                  value_get_text(body, STR("icon")), json, rules, position,
                  1, 1);
    if (e == OK)
        e = search_put(tx, id, STR("theme"), STR(""),
                       arena_printf(a, "%.*s %.*s", STR_ARG(title),
                                    STR_ARG(summary)),
                       STR(""));
    return e;
}

enum err demo_catalogue(struct city *c, struct tx *tx)
{
    enum err e = items(c, tx);
    int n = (int)(sizeof theme_codes / sizeof *theme_codes);
    for (int i = 0; e == OK && i < n; i++)
        e = theme(tx, theme_codes[i], i + 1);
    store_touch(tx, TOPIC_CATALOGUE);
    return e;
}
