/*
 * Samples and blank forms of the first items that are put in order, as their
 * departments would have made them: drawn here, kept as if a clerk had handed
 * them in.  Every name and number in them is nobody's.
 */
#include "demo/demo.h"

#include "catalogue/keep.h"
#include "catalogue/queries.gen.h"
#include "kernel/files/files.h"
#include "kernel/pdf/pdf.h"

enum { PAPERS = 2 };

static const struct pdf_fact made_up[] = {
    { { "申请人", 9 }, { "张某某", 9 } },
    { { "证件号码", 12 }, { "341881××××××××00××", 28 } },
    { { "联系电话", 12 }, { "138××××0000", 15 } },
};

static bool is_table(str name)
{
    return str_find(name, STR("表")) >= 0 || str_find(name, STR("书")) >= 0;
}

/* Kept, and the member of the guide that names it. */
static enum err put(struct tx *tx, struct value *of, const char *member,
                    struct buf *pdf, str name)
{
    struct upload u;
    str problem;
    enum err e = files_keep(tx->arena, buf_str(pdf), name, &u, &problem);
    if (e == OK)
        e = paper_put(tx, u.sha256, STR(""), true, tx->now, NULL);
    if (e == OK)
        guide_put(of, member, value_text(tx->arena, arena_printf(
                      tx->arena, "%.*s %.*s", STR_ARG(u.sha256),
                      STR_ARG(name))));
    return e;
}

static enum err draw(struct tx *tx, struct value *of, str title, bool blank)
{
    struct arena *a = tx->arena;
    struct buf pdf = { 0 };
    struct pdf_fact facts[4];
    const str points[] = {
        STR("内容真实，和申请表、证件上写的一致"),
        STR("字迹、图线清楚，需要签名盖章的地方不空着"),
        STR("复印件写明“与原件一致”，由本人签名"),
    };
    for (int i = 0; i < 3; i++)
        facts[i] = (struct pdf_fact){ made_up[i].name,
                                      blank ? STR(" \n ")
                                            : made_up[i].value };
    facts[3] = (struct pdf_fact){ STR("内容"), blank ? STR(" \n \n \n ")
        : arena_printf(a, "这里写明%.*s的内容。", STR_ARG(title)) };
    const struct pdf_fact sign[] = { { STR("签名或者盖章"), STR("") },
                                     { STR("日期"), STR("") } };
    struct pdf_block blocks[] = {
        { .kind = PDF_FACTS, .facts = facts, .count = 4 },
        { .kind = PDF_HEADING, .text = STR("怎样算合格") },
        { .kind = PDF_POINTS, .points = points, .count = 3 },
        { .kind = PDF_LINES, .facts = sign, .count = 2 },
    };
    struct pdf_notice n = {
        .organ = STR("云溪市政务服务中心"),
        .title = arena_printf(a, "%.*s%s", STR_ARG(title),
                              blank ? "" : "（样表）"),
        .number = str_none, .to = str_none, .blocks = blocks,
        .block_count = 4, .date = day_none, .qr = str_none,
        .qr_text = str_none, .foot = STR("演示数据"), .made = tx->now,
    };
    enum err e = pdf_notice(&n, &pdf);
    if (e == OK)
        e = put(tx, of, blank ? "blank_file" : "sample_file", &pdf,
                arena_printf(a, "%.*s-%s.pdf", STR_ARG(title),
                             blank ? "空白表" : "样表"));
    buf_free(&pdf);
    return e;
}

static enum err draw_result(struct city *c, struct tx *tx, struct value *g,
                            str unit)
{
    const struct demo_unit *u = demo_unit_of(c, unit);
    struct buf pdf = { 0 };
    str result = guide_get(g, "result");
    if (u == NULL || result.n == 0)
        return OK;
    struct pdf_licence l = {
        .organ = u->name, .title = result,
        .number = STR("样本 0000000000"), .facts = made_up, .count = 2,
        .note = STR("样本，只说明证件的样子，没有效力。"),
        .date = tx_today(tx), .qr = STR("样本"), .qr_text = STR("样本"),
        .identifier = STR("样本"), .foot = STR("演示数据"),
        .made = tx->now,
    };
    enum err e = pdf_licence(&l, &pdf);
    if (e == OK)
        e = put(tx, g, "result_file", &pdf,
                arena_printf(tx->arena, "%.*s-样本.pdf", STR_ARG(result)));
    buf_free(&pdf);
    return e;
}

enum err demo_samples(struct city *c, struct tx *tx, struct value *g,
                      str unit)
{
    int n = 0;
    enum err e = c->files ? draw_result(c, tx, g, unit) : OK;
    for (struct value *p = (struct value *)guide_first(g, "papers");
         e == OK && p && c->files && n < PAPERS; p = p->next) {
        str name = guide_get(p, "name");
        if (!str_is(guide_get(p, "obtain"), "申请人上传"))
            continue;
        n++;
        e = draw(tx, p, name, false);
        if (e != OK || !is_table(name))
            continue;
        guide_put(p, "set_form", value_bool(tx->arena, true));
        e = draw(tx, p, name, true);
    }
    return e;
}
