/*
 * The guide of one item, for everybody and therefore cached; and any version of
 * it as residents will see it, for the department and the keeper of the
 * catalogue: the same lines of this file and the same template.
 */
#include "services/pages.h"

#include "kernel/laws/laws.h"
#include "kernel/page/page.h"
#include "services/work/gap.h"
#include "services/guide/guide_take.h"
#include "services/guide/picture.h"
#include "services/guide/sampled.h"
#include "services/show.h"

/* What the page is made of: the item in force, or a version of the
 * catalogue. */
struct guide_page {
    struct item_guide i;
    struct material_list *material;
    size_t materials;
    struct item_gap gap;    /* how long what comes later may take */
    const struct value *g;  /* the whole guide; NULL: only what items say */
    str preview;            /* which version, "" for the one in force */
    struct sampled sampled; /* files beside papers; of a preview none: they
                               stand in the catalogue */
};

static str said(const struct value *v, const char *name)
{
    str s = v ? value_get_text(v, str_of(name)) : str_none;
    return str_is_none(s) ? STR("") : s;
}

static const struct value *rows_of(const struct guide_page *p,
                                   const char *name)
{
    return p->g ? value_first(p->g, str_of(name)) : NULL;
}

static bool guide_names(const struct guide_page *p, const char *name)
{
    return said(p->g, name).n > 0;
}

static bool instant(const struct guide_page *p)
{
    return str_is(said(p->g, "kind"), "即办件");
}

/* ---- facts ---- */

static str promise_of(struct arena *a, const struct guide_page *p)
{
    return instant(p) ? STR("当场办结")
                      : show_units(a, p->i.promised_n, false);
}

/* 5 个工作日；逾期未补齐的…: published beforehand (安阳市政务服务条例
 * 第二十四条第二款); "" for an item that lets nothing come later. */
static str gap_of(struct arena *a, const struct guide_page *p)
{
    bool any = false;
    for (size_t i = 0; i < p->materials; i++)
        any |= p->material[i].need == NEED_LATER;
    const struct clock_rule *r = clock_rule(p->gap.gap_rule);
    int64_t days = p->gap.gap_days > 0 ? p->gap.gap_days : SERVICES_GAP_DAYS;
    return any && r ? arena_printf(a, "受理后 %lld 个工作日内，并在应办结日之"
                                   "前。%.*s。", (long long)days,
                                   STR_ARG(r->on_expiry))
                    : STR("");
}

static void add_facts(struct view *v, const struct guide_page *p)
{
    struct arena *a = v->arena;
    struct value *list = view_list(v, "facts");
    const struct item_guide *i = &p->i;
    page_fact(v, list, "事项编码", i->code);
    page_fact(v, list, "实施编码", said(p->g, "task_code"));
    page_fact(v, list, "实施主体", i->unit_name);
    page_fact(v, list, "主体性质", said(p->g, "body"));
    page_fact(v, list, "行使层级", said(p->g, "level"));
    page_fact(v, list, "办件类型", said(p->g, "kind"));
    page_fact(v, list, "联办机构", said(p->g, "joint"));
    page_fact(v, list, "服务对象", i->object);
    page_fact(v, list, "法定时限",
              show_units(a, i->statutory_n, str_is(i->statutory_unit, "nd")));
    page_fact(v, list, "承诺时限", promise_of(a, p));
    page_fact(v, list, "时限依据", i->statutory_basis);
    page_fact(v, list, "容缺后补的期限", gap_of(a, p));
    page_fact(v, list, "特别程序", said(p->g, "special"));
    page_fact(v, list, "数量限制", said(p->g, "quota"));
    page_fact(v, list, "办理形式", said(p->g, "forms"));
    page_fact(v, list, "网办深度", said(p->g, "depth"));
    page_fact(v, list, "通办范围", said(p->g, "area"));
    page_fact(v, list, "到现场的原因", said(p->g, "visit_reason"));
    page_fact(v, list, "办理结果", i->result);
}

static void add_law(struct view *v, struct value *list, str law, str version,
                    str article)
{
    struct arena *a = v->arena;
    if (str_is_none(law) || law.n == 0)
        return;
    struct view row = view_row(v, list);
    str dated = str_is_none(version) || version.n == 0
                    ? STR("") : arena_printf(a, "（%.*s）", STR_ARG(version));
    str place = str_is_none(article) || article.n == 0 ? STR("")
                : arena_printf(a, "第%.*s条",
                               STR_ARG(show_numeral(a, article)));
    view_text(&row, "text", arena_printf(a, "《%.*s》%.*s%.*s", STR_ARG(law),
                                         STR_ARG(dated), STR_ARG(place)));
    view_text(&row, "href", laws_href(a, law, article));
}

/* Every basis with the way to its article, where its text is kept here. */
static void add_basis(struct view *v, const struct guide_page *p)
{
    struct value *list = view_list(v, "basis");
    if (p->g == NULL)
        add_law(v, list, p->i.law, p->i.law_version, p->i.article);
    for (const struct value *b = rows_of(p, "basis"); b; b = b->next)
        add_law(v, list, said(b, "law"), said(b, "version"),
                said(b, "article"));
}

static void add_stat(struct view *v, struct value *list, const char *label,
                     str text, str remark)
{
    struct view row = view_row(v, list);
    view_text(&row, "label", str_of(label));
    view_text(&row, "text", text);
    view_text(&row, "remark", remark);
}

static void add_stats(struct view *v, const struct guide_page *p)
{
    struct arena *a = v->arena;
    struct value *list = view_list(v, "stats");
    const struct item_guide *i = &p->i;
    str forms = said(p->g, "forms");
    add_stat(v, list, "办结时限", promise_of(a, p),
             arena_printf(a, "法定 %.*s", STR_ARG(show_units(
                                 a, i->statutory_n,
                                 str_is(i->statutory_unit, "nd")))));
    add_stat(v, list, "费用", i->fee, STR(""));
    add_stat(v, list, "跑动次数",
             arena_printf(a, "%lld 次", (long long)i->visits),
             said(p->g, "visit_reason"));
    add_stat(v, list, "办理方式",
             forms.n ? forms : i->online ? STR("网上、窗口") : STR("窗口"),
             STR(""));
}

/* ---- lists ---- */

static void add_lines(struct view *v, const char *name, str text)
{
    struct value *list = view_list(v, name);
    while (!str_is_none(text)) {
        str line = str_trim(str_cut(&text, '\n'));
        if (line.n)
            value_push(list, value_text(v->arena, line));
    }
}

/* 原件，纸质，2 份；由公安机关出具. */
static str detail_of(struct arena *a, const struct value *p)
{
    str all = STR("");
    const char *const names[] = { "kind", "format" };
    for (int i = 0; p && i < 2; i++) {
        str s = said(p, names[i]);
        if (s.n)
            all = arena_printf(a, "%.*s%s%.*s", STR_ARG(all),
                               all.n ? "，" : "", STR_ARG(s));
    }
    int64_t copies = p ? value_get_int(p, STR("copies"), 0) : 0;
    if (copies > 0)
        all = arena_printf(a, "%.*s%s%lld 份", STR_ARG(all),
                           all.n ? "，" : "", (long long)copies);
    str from = said(p, "source_from");
    if (from.n)
        all = arena_printf(a, "%.*s%s由%.*s出具", STR_ARG(all),
                           all.n ? "；" : "", STR_ARG(from));
    return all;
}

static void add_materials(struct view *v, const struct guide_page *p)
{
    static const char *const needs[] = { "", "必要", "非必要", "容缺后补" };
    struct value *list = view_list(v, "materials");
    const struct value *full = rows_of(p, "papers");
    for (size_t i = 0; i < p->materials; i++) {
        const struct material_list *m = &p->material[i];
        struct view row = view_row(v, list);
        bool form = str_is(m->source, "form");
        bool free = str_is(m->source, "exchange");
        view_text(&row, "name", m->name);
        view_text(&row, "source", form   ? STR("在线填写")
                                  : free ? STR("电子证照库")
                                         : STR("申请人提供"));
        view_bool(&row, "free", free);
        view_text(&row, "need", str_of(m->need >= 1 && m->need <= 3
                                           ? needs[m->need] : ""));
        view_text(&row, "note", str_is_none(m->note) ? STR("") : m->note);
        view_text(&row, "detail", detail_of(v->arena, full));
        view_text(&row, "standard", said(full, "standard"));
        view_text(&row, "basis", said(full, "basis"));
        add_lines(&row, "sample", said(full, "sample"));
        add_lines(&row, "blank", said(full, "blank"));
        sampled_show(&row, &p->sampled, m->name, form);
        full = full ? full->next : NULL;
    }
}

static void add_steps(struct view *v, const struct guide_page *p)
{
    struct value *list = view_list(v, "steps");
    for (const struct value *s = rows_of(p, "steps"); s; s = s->next) {
        struct view row = view_row(v, list);
        int64_t days = value_get_int(s, STR("days"), -1);
        view_text(&row, "name", said(s, "name"));
        view_text(&row, "days", days < 0 ? STR("")
                  : days ? show_units(v->arena, days, false) : STR("当场"));
        view_text(&row, "who", said(s, "who"));
        view_text(&row, "note", said(s, "note"));
    }
}

static void add_fees(struct view *v, const struct guide_page *p)
{
    const struct value *f = rows_of(p, "fees");
    if (f == NULL) {
        view_text(v, "charged", str_none);
        return;
    }
    struct view charged = view_object(v, "charged");
    struct value *list = view_list(&charged, "fees");
    for (; f; f = f->next) {
        struct view row = view_row(&charged, list);
        view_text(&row, "name", said(f, "name"));
        view_text(&row, "standard", said(f, "standard"));
        view_text(&row, "basis", said(f, "basis"));
        view_text(&row, "exempt", said(f, "exempt"));
    }
}

static void add_window(struct view *v, struct value *list, str name, str place,
                       str address, str hours, str phone)
{
    struct view w = view_row(v, list);
    view_text(&w, "name", name);
    view_text(&w, "place", place);
    view_text(&w, "address", str_is_none(address) ? STR("") : address);
    view_text(&w, "hours", str_is_none(hours) ? STR("") : hours);
    view_text(&w, "phone", str_is_none(phone) ? STR("") : phone);
}

static void add_windows(struct view *v, const struct guide_page *p)
{
    struct value *list = view_list(v, "windows");
    const struct value *c = rows_of(p, "counters");
    if (c == NULL)
        add_window(v, list, show_center(v->arena),
                   arena_printf(v->arena, "%.*s窗口", STR_ARG(p->i.unit_name)),
                   p->i.unit_address, p->i.unit_hours, p->i.unit_phone);
    for (; c; c = c->next)
        add_window(v, list, said(c, "name"), STR(""), said(c, "address"),
                   said(c, "hours"), said(c, "phone"));
    view_text(v, "phone", said(p->g, "phone"));
    view_text(v, "supervise", said(p->g, "supervise"));
}

static void add_faq(struct view *v, const struct guide_page *p)
{
    static const struct { const char *question, *answer;
    } faq[] = {
        { "期限从哪天算起？",
          "自受理的次日起计算工作日，周末和法定节假日不计。" },
        { "材料不全会怎样？",
          "部门在五个工作日内一次告知需要补正的全部内容；逾期不"
          "告知的，自收到材料之日起即为受理。" },
    };
    struct value *list = view_list(v, "faq");
    for (const struct value *q = rows_of(p, "faq"); q; q = q->next) {
        struct view row = view_row(v, list);
        view_text(&row, "question", said(q, "question"));
        view_text(&row, "answer", said(q, "answer"));
        view_bool(&row, "open", list->count == 1);
    }
    for (size_t i = 0; i < sizeof faq / sizeof *faq; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "question", str_of(faq[i].question));
        view_text(&row, "answer", str_of(faq[i].answer));
        view_bool(&row, "open", list->count == 1);
    }
}

/* The themes this item is part of. */
static enum err add_themes(struct tx *tx, struct view *v, str code)
{
    struct theme_live *t;
    size_t n;
    enum err e = theme_live(tx, &t, &n);
    struct value *list = view_list(v, "themes");
    for (size_t i = 0; e == OK && i < n; i++) {
        const struct offer *o;
        if (offer_find(tx, t[i].code, &o) != OK || o->halted.n)
            continue;
        for (size_t p = 0; p < o->part_count; p++)
            if (str_eq(o->parts[p].item, code)) {
                struct view row = view_row(v, list);
                view_text(&row, "code", o->code);
                view_text(&row, "title", o->title);
                break;
            }
    }
    return e;
}

static str halted(struct arena *a, const struct item_guide *i)
{
    if (str_is(i->state, "paused"))
        return arena_printf(a, "这个事项暂停办理：%.*s", STR_ARG(i->why));
    if (str_is(i->state, "withdrawn"))
        return arena_printf(a, "这个事项已经取消：%.*s", STR_ARG(i->why));
    return STR("");
}

static enum err show(struct request *rq, struct tx *tx,
                     const struct guide_page *p)
{
    struct view *v = rq_view(rq);
    const struct item_guide *i = &p->i;
    bool apply = i->online && p->preview.n == 0 && str_is(i->state, "live");
    rq_menu(rq, "services");
    view_text(v, "code", i->code);
    view_text(v, "name", i->name);
    view_text(v, "unit_name", i->unit_name);
    view_text(v, "type", i->type);
    view_text(v, "preview", p->preview);
    view_text(v, "halted", halted(v->arena, i));
    view_text(v, "apply", apply ? arena_printf(v->arena, "/apply/%.*s",
                                               STR_ARG(i->code)) : STR(""));
    add_stats(v, p);
    add_lines(v, "conditions", i->conditions);
    sampled_show_form(v, &p->sampled, false);
    add_materials(v, p);
    add_facts(v, p);
    add_basis(v, p);
    add_steps(v, p);
    add_fees(v, p);
    str sample = said(p->g, "result_sample");
    if (sample.n || guide_names(p, "result_file")) {
        struct view sampled = view_object(v, "sampled");
        add_lines(&sampled, "lines", sample);
        sampled_show_result(&sampled, &p->sampled);
    } else {
        view_text(v, "sampled", str_none);
    }
    view_text(v, "remedy", services_remedies(v->arena, i->unit_name));
    add_faq(v, p);
    add_windows(v, p);
    return add_themes(tx, v, i->code);
}

/* ---- the item in force ---- */

static enum err load(struct tx *tx, str code, struct guide_page *p)
{
    struct item_guide_text whole;
    struct value *tree;
    str problem;
    enum err e = material_list(tx, code, &p->material, &p->materials);
    if (e == OK)
        e = item_guide_text(tx, code, &whole);
    if (e == OK && !str_is_none(whole.guide) &&
        value_read_json(tx->arena, whole.guide, &tree, &problem) == OK)
        p->g = tree;
    return e;
}

enum err item_show(struct request *rq, struct tx *tx)
{
    struct guide_page p = { .preview = STR("") };
    const struct offer *o;
    str code = rq_path(rq, "code");
    enum err e = item_guide(tx, code, &p.i);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有这个事项编码，请从事项目录里选择。");
    if (e == OK)
        e = offer_find(tx, code, &o);
    if (e == OK)
        e = load(tx, code, &p);
    if (e == OK)
        e = item_gap(tx, code, p.i.version, &p.gap);
    if (e == OK)
        e = sampled_load(tx, o, &p.sampled);
    if (e == OK)
        e = show(rq, tx, &p);
    return e == OK ? picture_of_offer(tx, o, rq_view(rq), "process") : e;
}

/* ---- a version of the catalogue ---- */

static str version_name(struct arena *a, int64_t n, str state)
{
    const char *word = str_is(state, "draft")      ? "草稿"
                       : str_is(state, "sent")     ? "待审核"
                       : str_is(state, "approved") ? "已审核，等待生效"
                       : str_is(state, "live")     ? "现行"
                                                   : "以前的版本";
    return arena_printf(a, "第 %lld 版（%s）", (long long)n, word);
}

enum err item_preview(struct request *rq, struct tx *tx)
{
    struct guide_page p = { .preview = STR("") };
    struct guide_read g = { .materials = 0 };
    struct guide_version ver;
    int64_t n;
    str code = rq_path(rq, "code");
    if (!str_int(rq_path(rq, "version"), &n))
        n = 0;
    enum err e = guide_version(tx, code, n, &ver);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有这个事项或者没有这一版，请从事项目录管理里"
                              "打开。");
    if (e == OK)
        e = guide_read(tx->arena, ver.body, &g);
    if (e == ERR_INPUT)
        return rq_fail(rq, ERR_CONFLICT,
                       "这一版还没有名称、类型或者法定时限，补上以后才能预"
                       "览。");
    if (e != OK)
        return e;
    p.i = g.item;
    p.i.code = code;
    p.i.unit = ver.unit;
    p.i.unit_name = ver.unit_name;
    p.i.unit_phone = ver.unit_phone;
    p.i.unit_address = ver.unit_address;
    p.i.unit_hours = ver.unit_hours;
    p.material = g.material;
    p.materials = g.materials;
    p.g = g.tree;
    p.gap = guide_gap(g.tree);
    p.preview = version_name(tx->arena, n, ver.state);
    view_value(rq_view(rq), "process", value_new(tx->arena, VALUE_NULL));
    return show(rq, tx, &p);
}
