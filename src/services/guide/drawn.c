/*
 * A form on paper.
 *
 * Every question is a row of a ruled table: its name, and room to write or the
 * choices to tick.  Conditions are not printed as formulas; what is not always
 * asked says so.  Nothing is kept: the page's cache has it until the catalogue
 * changes.
 */
#include "services/guide/drawn.h"

#include "kernel/pdf/pdf.h"
#include "services/pages.h"
#include "services/show.h"

enum { FACTS = 60, GROUPS = 20, ROWS = 3 };

bool drawn_can(const struct offer *o)
{
    return o->sheet.group_count > 0 && o->sheet.groups[0].field_count > 0;
}

str drawn_name(struct arena *a, const struct offer *o, enum drawn_kind kind)
{
    return arena_printf(a, "%.*s-申请表（%s）.pdf", STR_ARG(o->title),
                        kind == DRAWN_BLANK ? "空白表" : "样表");
}

str drawn_href(struct arena *a, const struct offer *o, enum drawn_kind kind)
{
    return arena_printf(a, "/services/%s/%.*s/%s.pdf",
                        o->joint ? "themes" : "items", STR_ARG(o->code),
                        kind == DRAWN_BLANK ? "blank" : "sample");
}

/* ---- one question ---- */

static str box(struct arena *a, str before, str label, bool ticked)
{
    return arena_printf(a, "%.*s%s%s %.*s", STR_ARG(before),
                        before.n ? "　" : "", ticked ? "■" : "□",
                        STR_ARG(label));
}

static str boxes(struct arena *a, const struct form_question *q,
                 enum drawn_kind kind)
{
    str all = STR("");
    for (size_t i = 0; i < q->choice_count; i++)
        all = box(a, all, q->choices[i].label,
                  kind == DRAWN_SAMPLE && i == 0);
    return all;
}

/* ×: no such number can be anybody's. */
static const struct { const char *kind, *blank, *sample; } usual[] = {
    { "name", "", "张某某" },
    { "id", "", "341881××××××××00××" },
    { "credit", "", "91341881MA××××××××" },
    { "mobile", "", "138××××0000" },
    { "int", "", "2" },
    { "decimal", "", "86.5" },
    { "money", "　　　　　　元", "10,000.00 元" },
    { "day", "　　　　年　　月　　日", "2026 年 3 月 9 日" },
    { "address", "", "云溪市某某路××号" },
    { "town", "", "某某镇" },
    { "division", "　　　　镇（街道）　　　　村（社区）",
      "某某镇某某村（社区）××号" },
    { "point", "在网上申请时从地图上点选，纸质申请写明具体位置",
      "某某路与某某路交叉口东北角" },
    { "signature", "　　　　　　　　　　　　　　年　　月　　日",
      "张某某　　　2026 年 3 月 9 日" },
    { "flag", "□ 是", "■ 是" },
    { "lines", "\n\n", "按实际情况写明办什么、在哪里、多少" },
    { "text", "", NULL },
};

static bool about(const struct form_question *q, const char *word)
{
    return str_find(q->label, str_of(word)) >= 0;
}

static str plain(struct arena *a, const struct form_question *q,
                 enum drawn_kind kind)
{
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        const char *made = kind == DRAWN_BLANK ? usual[i].blank
                                               : usual[i].sample;
        if (str_is(q->kind, usual[i].kind) && made)
            return q->unit.n && kind == DRAWN_SAMPLE
                       ? arena_printf(a, "%s %.*s", made, STR_ARG(q->unit))
                   : q->unit.n ? arena_printf(a, "　　　　　　%.*s",
                                              STR_ARG(q->unit))
                               : str_of(made);
    }
    if (kind == DRAWN_BLANK)
        return STR("");
    return about(q, "姓名")   ? STR("张某某")
           : about(q, "名称") ? STR("云溪市某某商店")
           : about(q, "地址") || about(q, "住址") || about(q, "住所")
               ? STR("云溪市某某路××号") : STR("（按实际填写）");
}

/* 1. 姓名 ＿＿；年龄 ＿＿: the questions of a row, one after the other. */
static str rows(struct arena *a, const struct form_question *q,
                enum drawn_kind kind)
{
    bool table = str_is(q->kind, "table");
    size_t n = table ? q->choice_count : kind == DRAWN_BLANK ? ROWS : 1;
    str all = STR("");
    for (size_t r = 0; r < n; r++) {
        str line = table ? arena_printf(a, "%.*s：",
                                        STR_ARG(q->choices[r].label))
                         : arena_printf(a, "%zu. ", r + 1);
        for (size_t f = 0; f < q->field_count; f++) {
            str said = drawn_value(a, &q->fields[f], kind);
            line = arena_printf(a, "%.*s%s%.*s %.*s", STR_ARG(line),
                                f ? "；" : "", STR_ARG(q->fields[f].label),
                                STR_ARG(said.n ? said : STR("＿＿＿＿＿＿")));
        }
        all = arena_printf(a, "%.*s%s%.*s", STR_ARG(all), r ? "\n" : "",
                           STR_ARG(line));
    }
    return table || kind == DRAWN_SAMPLE
               ? all : arena_join(a, all, STR("\n不够写的另附页"));
}

str drawn_value(struct arena *a, const struct form_question *q,
                enum drawn_kind kind)
{
    return str_is(q->kind, "choice") ? boxes(a, q, kind)
           : q->field_count          ? rows(a, q, kind) : plain(a, q, kind);
}

/* ---- the paper ---- */

struct drawing {
    struct arena *a;
    enum drawn_kind kind;
    struct pdf_block blocks[3 + 2 * GROUPS];
    size_t blocks_n;
    str points[FACTS];
    size_t points_n;
};

static void add_group(struct drawing *d, const struct form_group *g)
{
    struct pdf_fact *facts = ARENA_NEW_N(d->a, struct pdf_fact,
                                         g->field_count + 1);
    for (size_t i = 0; i < g->field_count; i++) {
        const struct form_question *q = &g->fields[i];
        str value = drawn_value(d->a, q, d->kind);
        const char *mark = q->when_text.n ? "（有此情形的填）"
                           : q->optional  ? "（选填）" : "";
        facts[i].name = arena_printf(d->a, "%.*s%s", STR_ARG(q->label), mark);
        /* Room for a hand, which is larger than type. */
        facts[i].value = value.n ? value : STR(" \n ");
        if (q->hint.n && d->points_n < FACTS)
            d->points[d->points_n++] = arena_printf(
                d->a, "%.*s：%.*s", STR_ARG(q->label), STR_ARG(q->hint));
    }
    d->blocks[d->blocks_n++] = (struct pdf_block){
        .kind = PDF_HEADING, .text = arena_printf(
            d->a, "%.*s%s", STR_ARG(g->title),
            g->when_text.n ? "（有此情形的填）" : "") };
    d->blocks[d->blocks_n++] = (struct pdf_block){
        .kind = PDF_FACTS, .facts = facts, .count = g->field_count };
}

static void lay_out(struct drawing *d, const struct offer *o)
{
    d->blocks[d->blocks_n++] = (struct pdf_block){
        .kind = PDF_PARAGRAPH, .text = d->kind == DRAWN_BLANK
            ? STR("请用黑色笔填写，字迹清楚；在 □ 里打 √。填好后到窗口提交，和"
                  "在网上填写是同一张表。本表免费提供（《中华人民共和国行政许"
                  "可法》第五十八条）。")
            : STR("本样表由平台按申请表生成，里面的姓名、号码和地址都是编造"
                  "的，只说明怎样填写。") };
    for (size_t g = 0; g < o->sheet.group_count && g < GROUPS; g++)
        add_group(d, &o->sheet.groups[g]);
    if (d->points_n) {
        d->blocks[d->blocks_n++] = (struct pdf_block){
            .kind = PDF_HEADING, .text = STR("填写说明") };
        d->blocks[d->blocks_n++] = (struct pdf_block){
            .kind = PDF_POINTS, .points = d->points, .count = d->points_n };
    }
}

static enum err send(struct request *rq, struct tx *tx, enum drawn_kind kind)
{
    const struct offer *o;
    struct buf out = { 0 };
    struct drawing *d = ARENA_NEW(tx->arena, struct drawing);
    bool blank = kind == DRAWN_BLANK;
    enum err e = offer_find(tx, rq_path(rq, "code"), &o);
    if (e == ERR_NOTFOUND || (e == OK && !drawn_can(o)))
        return rq_fail(rq, ERR_NOTFOUND, "没有这个事项的申请表，请从办事指南里"
                                         "打开。");
    if (e != OK)
        return e;
    *d = (struct drawing){ .a = tx->arena, .kind = kind };
    lay_out(d, o);
    struct pdf_notice paper = {
        .organ = o->title, .title = blank ? STR("申请表")
                                          : STR("申请表（样表）"),
        .number = arena_printf(tx->arena, "第 %d 版 · %.*s", o->version,
                               STR_ARG(o->code)),
        .to = str_none, .blocks = d->blocks, .block_count = d->blocks_n,
        .date = day_none, .qr = str_none, .qr_text = str_none,
        .foot = rq_demo(rq) ? STR("演示数据") : str_none, .made = tx->now,
    };
    e = pdf_notice(&paper, &out);
    if (e == OK) /* the link has its name; without one the cache keeps it */
        e = rq_send(rq, STR("application/pdf"),
                    arena_str(tx->arena, buf_str(&out)), str_none);
    buf_free(&out);
    return e;
}

enum err drawn_blank_send(struct request *rq, struct tx *tx)
{
    return send(rq, tx, DRAWN_BLANK);
}

enum err drawn_sample_send(struct request *rq, struct tx *tx)
{
    return send(rq, tx, DRAWN_SAMPLE);
}
