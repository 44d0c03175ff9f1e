/*
 * The rules of publishing on one's own, as functions of their arguments: by
 * when, by whom, under which number, and what must not stand in the text.
 */
#include "disclosure/disclosure.h"

#include "base/utf8.h"
#include "kernel/auth/auth.h"
#include "kernel/ident/ident.h"

enum { WITHIN = 20 }; /* working days, 政府信息公开条例 第二十六条 */

/* ---- by when ---- */

day disclosure_publish_by(const struct calendar *c, day formed)
{
    return calendar_add_working(c, formed, WITHIN);
}

int disclosure_days_late(const struct calendar *c, day formed, day published)
{
    day by = disclosure_publish_by(c, formed);
    return published.n <= by.n ? 0
                               : calendar_working_between(c, by, published);
}

str disclosure_index_no(struct arena *a, str credit_code, day published,
                        int64_t serial)
{
    int year, month, mday;
    day_split(published, &year, &month, &mday);
    return arena_printf(a, "%.*s/%04d%02d-%05lld", STR_ARG(credit_code), year,
                        month, (long long)serial);
}

/* ---- by whom ---- */

str disclosure_review_refused(str step, int64_t author, int64_t editor,
                              int64_t reviewer)
{
    if (reviewer != author && reviewer != editor)
        return STR("");
    return str_is(step, "secrecy")
               ? STR("保密审查由撰稿、修改以外的人进行（政府信息公开条例 第十七"
                     "条）。")
               : STR("谁写的不能由谁签发，请本单位另一位负责人审核（政府信息公"
                     "开条例 第十七条）。");
}

/* ---- what may not stand in it ---- */

int disclosure_personal(struct arena *a, str text, day today,
                        struct disclosure_personal out[DISCLOSURE_PERSONAL])
{
    int found = 0;
    size_t at = 0;
    struct ident_personal p;
    for (; ident_personal_next(text, &at, today, &p); found++) {
        if (found >= DISCLOSURE_PERSONAL)
            continue;
        str whole = arena_str(a, str_of(p.digits));
        out[found].kind = p.kind;
        out[found].shown = whole.n == 11 ? auth_mask_mobile(a, whole)
                                         : auth_mask_id(a, whole);
    }
    return found;
}

const struct disclosure_ground disclosure_grounds[] = {
    { "consent", "第三方同意公开" },
    { "interest", "不公开会对公共利益造成重大影响" },
    { "office", "公务联系方式，不是个人信息" },
    { NULL, NULL },
};

/* ---- effect ---- */

str disclosure_effect_word(str effect, day from, day today)
{
    if (str_is(effect, "valid") || from.n > today.n)
        return STR("有效");
    return str_is(effect, "void") ? STR("已废止") : STR("已失效");
}

str disclosure_effect_refused(str now, str next, day from, day formed)
{
    if (!str_is(next, "void") && !str_is(next, "lapsed"))
        return STR("请选择废止或者失效。");
    if (!str_is(now, "valid"))
        return STR("已经登记过废止或者失效，不能再改；登记错了请更正后重新公"
                   "开。");
    if (day_is_none(from) || from.n < formed.n)
        return STR("废止或者失效的日期不能早于成文日期。");
    return STR("");
}

/* ---- before asking for release ---- */

int disclosure_remarks(const struct calendar *c,
                       const struct disclosure_draft_look *d,
                       const char *out[DISCLOSURE_REMARKS])
{
    enum { SHORT = 60 };
    int n = 0;
    if (disclosure_days_late(c, d->formed, d->today) > 0)
        out[n++] = "已经超过形成或者变更之日起二十个工作日（政府信息公开条例 第"
                   "二十六条）";
    if (d->summary.n == 0)
        out[n++] = "没有内容概述（政府信息公开条例 第十二条第三款）";
    if (str_is(d->category, "C0202") && d->doc_no.n == 0)
        out[n++] = "行政规范性文件没有文号";
    if (utf8_count(d->body) < SHORT && d->files == 0)
        out[n++] = "正文不足六十字，也没有附件";
    return n;
}
