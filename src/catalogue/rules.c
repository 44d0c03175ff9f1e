/*
 * What checking agencies look for in a guide, as pure rules.
 *
 * The law fixes few of them; most come from the yearly checks of the guides
 * (the checklists speak of 要素完整、表述准确).  Each rule names where it comes
 * from, and is one sentence a clerk can act on.  必须改 is kept for what would
 * mislead a resident or break a right; the rest the keeper weighs.
 */
#include "catalogue/catalogue.h"
#include "kernel/ident/ident.h"
#include "kernel/laws/laws.h"

#define MUST GRADE_MUST
#define SHOULD GRADE_SHOULD
#define CHECK_LIST "办事指南核查：要素完整、前后一致"
#define FIELDS_LIST "全国一体化政务服务平台事项数据项，GB/T 39046"

const struct guide_rule guide_rules[] = {
    { "name.none", MUST, "没有事项名称", FIELDS_LIST, "name" },
    { "type.none", MUST, "没有事项类型", "GB/T 39046 A.1", "type" },
    { "object.none", SHOULD, "没有服务对象", "GB/T 39046 A.4", "object" },
    { "kind.none", MUST, "没有办件类型", "GB/T 39046 A.6", "kind" },
    { "code.twin", SHOULD, "同一部门有同名事项", CHECK_LIST, "name" },
    { "code.taken", MUST, "实施编码和别的事项相同", "GB/T 39046 表4",
      "task_code" },
    { "code.form", SHOULD, "编码的位数或者字符不对", "GB/T 39046 表4",
      "base_code" },
    { "body.entrusted", SHOULD, "受委托实施而没有写委托部门",
      "行政许可法 第二十四条", "entrusted" },

    { "basis.none", MUST, "没有设定依据",
      "行政许可法 第四条、第十四条至第十六条", "basis" },
    { "basis.article", SHOULD, "设定依据没有写到条", FIELDS_LIST, "basis" },
    { "basis.expired", MUST, "设定依据已经失效", "行政许可法 第四条",
      "basis" },
    { "basis.version", SHOULD, "设定依据不是现行文本的版本", CHECK_LIST,
      "basis" },
    { "basis.missing", MUST, "设定依据的条文不存在", CHECK_LIST, "basis" },
    { "condition.none", MUST, "没有受理条件", "行政许可法 第三十条",
      "conditions" },
    { "condition.vague", SHOULD, "受理条件有兜底的说法",
      "优化营商环境条例 第三十五条；核查口径：兜底条款", "conditions" },

    { "limit.statutory", MUST, "没有法定时限或者单位", FIELDS_LIST,
      "statutory_n" },
    { "limit.promised", MUST, "没有承诺时限", FIELDS_LIST, "promised_n" },
    { "limit.longer", MUST, "承诺时限长于法定时限",
      "行政许可法 第四十二条", "promised_n" },
    { "limit.licence", SHOULD, "许可的法定时限超过二十个工作日而没有时限依据",
      "行政许可法 第四十二条第一款", "statutory_basis" },
    { "limit.instant", MUST, "即办件应当当场办结",
      "行政许可法 第三十四条第二款；GB/T 39046 A.6", "promised_n" },
    { "limit.kind", MUST, "承诺时限为零而不是即办件", "GB/T 39046 A.6",
      "kind" },
    { "gap.longer", MUST, "容缺补交期限不短于承诺时限",
      "事项办事指南：补交期限总在应办结日之前", "gap_days" },
    { "steps.none", SHOULD, "没有办理流程", FIELDS_LIST, "steps" },
    { "steps.sum", MUST, "各环节之和超过承诺时限", CHECK_LIST, "steps" },
    { "steps.few", SHOULD, "许可事项的环节少于五个",
      "核查口径：收件、受理、审查、决定、送达", "steps" },

    { "form.none", MUST, "没有办理形式", "GB/T 39046 A.5", "forms" },
    { "online.depth", SHOULD, "网办深度和办理形式矛盾", CHECK_LIST, "depth" },
    { "online.full", MUST, "全程网办而要到现场", CHECK_LIST, "visits" },
    { "visit.none", MUST, "没有到现场次数", FIELDS_LIST, "visits" },
    { "visit.reason", MUST, "要到现场而没有说明原因", FIELDS_LIST,
      "visit_reason" },
    { "visit.post", SHOULD, "不到现场、不能网上办，也不能邮寄", CHECK_LIST,
      "forms" },

    { "fee.unsaid", MUST, "没有写是否收费", "行政许可法 第五十八条", "fee" },
    { "fee.none", MUST, "收费而没有列出项目和标准", "行政许可法 第五十九条",
      "fees" },
    { "fee.basis", MUST, "收费没有依据",
      "行政许可法 第五十八条、第五十九条", "fees" },
    { "fee.free", MUST, "不收费而列出了收费项目或者网上缴费", CHECK_LIST,
      "fee" },

    { "paper.none", SHOULD, "没有申请材料", "行政许可法 第三十条", "papers" },
    { "paper.name", MUST, "材料没有名称", FIELDS_LIST, "papers" },
    { "paper.twice", MUST, "同一份材料列了两次", CHECK_LIST, "papers" },
    { "paper.vague", MUST, "材料有兜底的说法",
      "优化营商环境条例 第三十五条；核查口径：兜底条款", "papers" },
    { "paper.need", SHOULD, "材料没有必要性", FIELDS_LIST, "papers" },
    { "paper.source", MUST, "材料没有来源", FIELDS_LIST, "papers" },
    { "paper.from", SHOULD, "政府部门核发的材料没有写由谁出具", CHECK_LIST,
      "papers" },
    { "paper.held", SHOULD, "政府部门核发的材料要申请人提交",
      "国务院关于在线政务服务的若干规定 第七条", "papers" },
    { "paper.copies", SHOULD, "纸质材料没有份数", FIELDS_LIST, "papers" },
    { "paper.sample", SHOULD, "申请人自备的材料没有样表",
      "行政许可法 第三十条；" CHECK_LIST, "papers" },
    { "paper.blank", SHOULD, "格式文本没有空白表",
      "行政许可法 第二十九条、第三十条", "papers" },
    { "file.absent", MUST, "样表或者空白表的文件不在这里", CHECK_LIST,
      "papers" },
    { "file.infected", MUST, "样表或者空白表查出病毒",
      CHECK_LIST, "papers" },
    { "file.person", SHOULD, "样表里像是有真实个人的号码",
      "个人信息保护法 第二十五条", "papers" },

    { "result.none", MUST, "没有结果类型或者名称", FIELDS_LIST, "result" },
    { "result.kind", SHOULD, "结果名称和结果类型不一致", CHECK_LIST,
      "result_type" },
    { "result.sample", SHOULD, "没有结果样本", CHECK_LIST, "result_sample" },

    { "phone.none", MUST, "没有咨询电话", FIELDS_LIST, "phone" },
    { "phone.form", MUST, "咨询电话不能拨打或者没有区号", CHECK_LIST,
      "phone" },
    { "supervise.none", MUST, "没有监督投诉电话",
      "优化营商环境条例 第四十九条", "supervise" },
    { "supervise.form", MUST, "监督投诉电话不能拨打或者没有区号", CHECK_LIST,
      "supervise" },
    { "supervise.same", SHOULD, "监督投诉电话和咨询电话相同", CHECK_LIST,
      "supervise" },
    { "counter.none", SHOULD, "可以到窗口办而没有办理地点", FIELDS_LIST,
      "counters" },
    { "counter.hours", SHOULD, "办理地点没有地址或者办理时间", FIELDS_LIST,
      "counters" },
    { "faq.none", SHOULD, "许可事项没有常见问题", CHECK_LIST, "faq" },
    { 0 },
};

const struct guide_rule *guide_rule_of(str code)
{
    const struct guide_rule *r = guide_rules;
    while (r->code && !str_is(code, r->code))
        r++;
    return r->code ? r : NULL;
}

/* ---- saying it ---- */

struct looking {
    struct arena *a;
    const struct value *g;
    const struct guide_about *about;
    struct guide_findings *out;
};

static void found(struct looking *l, const char *rule, str text)
{
    const struct guide_rule *r = guide_rule_of(str_of(rule));
    struct guide_findings *out = l->out;
    out->must += r->grade == GRADE_MUST;
    if (out->n < GUIDE_FINDINGS)
        out->list[out->n++] = (struct guide_finding){
            r, text.n ? text : str_of(r->label) };
}

static void when(struct looking *l, bool is, const char *rule)
{
    if (is)
        found(l, rule, STR(""));
}

static void of_row(struct looking *l, const char *rule, str row)
{
    found(l, rule, arena_printf(l->a, "%s：%.*s",
                                guide_rule_of(str_of(rule))->label,
                                STR_ARG(row)));
}

static bool licence(const struct looking *l)
{
    return str_is(guide_get(l->g, "type"), "行政许可");
}

/* ---- the parts of a guide ---- */

static bool digits_only(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= '0' && s.p[i] <= '9') ||
              (s.p[i] >= 'A' && s.p[i] <= 'Z')))
            return false;
    return true;
}

static void check_identity(struct looking *l)
{
    str base = guide_get(l->g, "base_code"), task = guide_get(l->g,
                                                              "task_code");
    when(l, !guide_says(l->g, "name"), "name.none");
    when(l, !guide_says(l->g, "type"), "type.none");
    when(l, !guide_says(l->g, "object"), "object.none");
    when(l, !guide_says(l->g, "kind"), "kind.none");
    when(l, l->about->twin, "code.twin");
    when(l, l->about->code_taken, "code.taken");
    when(l, (base.n && (base.n != 12 || !digits_only(base))) ||
            (task.n && (task.n != 31 || !digits_only(task))), "code.form");
    when(l, str_is(guide_get(l->g, "body"), "受委托组织") &&
            !guide_says(l->g, "entrusted"), "body.entrusted");
}

static void check_text(struct looking *l, const struct value *b)
{
    str law = guide_get(b, "law"), article = guide_get(b, "article");
    str version = str_none, said = guide_get(b, "version");
    int how = l->about->law ? l->about->law(law, article, &version)
                            : (int)LAWS_NO_TEXTS;
    if (how == LAWS_NO_ARTICLE && article.n)
        found(l, "basis.missing",
              arena_printf(l->a, "《%.*s》里没有第 %.*s 条", STR_ARG(law),
                           STR_ARG(article)));
    if ((how == LAWS_NO_ARTICLE || how == LAWS_FOUND) && said.n &&
        !str_is_none(version) && version.n && !str_eq(version, said))
        found(l, "basis.version",
              arena_printf(l->a, "《%.*s》写的是 %.*s 的版本，现行文本是 %.*s",
                           STR_ARG(law), STR_ARG(said), STR_ARG(version)));
}

static void check_authority(struct looking *l)
{
    bool any = false;
    for (const struct value *b = guide_first(l->g, "basis"); b; b = b->next) {
        str law = guide_get(b, "law");
        day until;
        any = any || law.n;
        if (law.n && !guide_says(b, "article"))
            of_row(l, "basis.article", law);
        if (day_parse(guide_get(b, "until"), &until) &&
            until.n < l->about->today.n)
            of_row(l, "basis.expired", law);
        if (law.n)
            check_text(l, b);
    }
    str c = guide_get(l->g, "conditions");
    when(l, !any, "basis.none");
    when(l, c.n == 0, "condition.none");
    when(l, str_find(c, STR("其他条件")) >= 0 ||
            str_find(c, STR("其它条件")) >= 0 ||
            str_find(c, STR("等条件")) >= 0, "condition.vague");
}

/* A promise is in working days.  Natural days hold at least five working days
 * a week, so a promise of more working than natural days is longer for sure. */
static void check_limits(struct looking *l)
{
    int64_t statutory = guide_int(l->g, "statutory_n");
    int64_t promised = guide_int(l->g, "promised_n");
    bool working = str_is(guide_get(l->g, "statutory_unit"), "工作日");
    bool instant = str_is(guide_get(l->g, "kind"), "即办件");
    when(l, statutory < 1 || !guide_says(l->g, "statutory_unit"),
         "limit.statutory");
    when(l, promised < 0, "limit.promised");
    if (promised > statutory && statutory > 0)
        found(l, "limit.longer",
              arena_printf(l->a, "承诺 %lld 个工作日，法定 %lld %s",
                           (long long)promised, (long long)statutory,
                           working ? "个工作日" : "日"));
    when(l, licence(l) && working && statutory > 20 &&
            !guide_says(l->g, "statutory_basis"), "limit.licence");
    if (instant && promised > 0)
        found(l, "limit.instant",
              arena_printf(l->a, "即办件应当当场办结，承诺时限写了 %lld 个工作"
                           "日", (long long)promised));
    when(l, promised == 0 && !instant && guide_says(l->g, "kind"),
         "limit.kind");
}

/* The case's own time goes on from acceptance: what the applicant has must end
 * before it. */
static void check_gap(struct looking *l)
{
    int64_t promised = guide_int(l->g, "promised_n");
    int64_t days = guide_int(l->g, "gap_days");
    if (days > 0 && promised >= 0 && days >= promised)
        found(l, "gap.longer",
              arena_printf(l->a, "补交期限 %lld 个工作日，承诺时限 %lld 个工作"
                           "日", (long long)days, (long long)promised));
}

static void check_steps(struct looking *l)
{
    int64_t promised = guide_int(l->g, "promised_n"), sum = 0, n = 0;
    for (const struct value *s = guide_first(l->g, "steps"); s; s = s->next) {
        int64_t days = guide_int(s, "days");
        sum += days > 0 ? days : 0;
        n++;
    }
    when(l, n == 0, "steps.none");
    if (promised >= 0 && sum > promised)
        found(l, "steps.sum",
              arena_printf(l->a, "各环节共 %lld 个工作日，承诺 %lld 个工作日",
                           (long long)sum, (long long)promised));
    when(l, licence(l) && n > 0 && n < 5, "steps.few");
}

static void check_ways(struct looking *l)
{
    str forms = guide_get(l->g, "forms"), depth = guide_get(l->g, "depth");
    int64_t visits = guide_int(l->g, "visits");
    bool online = guide_has(forms, "网上") || guide_has(forms, "移动端");
    bool post = guide_has(forms, "邮寄") || guide_flag(l->g, "post");
    when(l, forms.n == 0, "form.none");
    when(l, forms.n && depth.n && online == str_is(depth, "不能网办"),
         "online.depth");
    when(l, visits < 0, "visit.none");
    when(l, visits > 0 && str_is(depth, "全程网办"), "online.full");
    when(l, visits > 0 && !guide_says(l->g, "visit_reason"), "visit.reason");
    when(l, visits == 0 && !online && !post, "visit.post");
}

static void check_fees(struct looking *l)
{
    bool fee = guide_flag(l->g, "fee");
    const struct value *first = guide_first(l->g, "fees");
    when(l, !guide_says(l->g, "fee"), "fee.unsaid");
    when(l, fee && first == NULL, "fee.none");
    when(l, !fee && guide_says(l->g, "fee") &&
            (first || guide_flag(l->g, "pay_online")), "fee.free");
    for (const struct value *f = first; fee && f; f = f->next) {
        if (!guide_says(f, "name") || !guide_says(f, "standard"))
            of_row(l, "fee.none", guide_get(f, "name"));
        if (!guide_says(f, "basis"))
            of_row(l, "fee.basis", guide_get(f, "name"));
    }
}

/* ---- samples and blank forms ---- */

/* A file by what is known of it; whose: the name of the paper. */
static void check_file(struct looking *l, const struct value *of,
                       const char *member, str whose)
{
    str sha256, name;
    enum guide_paper known = GUIDE_PAPER_FINE;
    if (!guide_file(guide_get(of, member), &sha256, &name))
        return;
    if (l->about->paper)
        known = l->about->paper(l->about->context, sha256);
    const char *rule = known == GUIDE_PAPER_ABSENT     ? "file.absent"
                       : known == GUIDE_PAPER_INFECTED ? "file.infected"
                       : known == GUIDE_PAPER_PERSONAL ? "file.person" : NULL;
    if (rule)
        of_row(l, rule, arena_printf(l->a, "%.*s的“%.*s”", STR_ARG(whose),
                                     STR_ARG(name)));
}

/* What is described in words is as public as a file. */
static void check_words(struct looking *l, const struct value *of,
                        const char *member, str whose)
{
    str what;
    if (ident_personal(guide_get(of, member), l->about->today, &what))
        of_row(l, "file.person", arena_printf(l->a, "%.*s（%.*s）",
                                              STR_ARG(whose), STR_ARG(what)));
}

/* One finding an item, with the papers: most old items have no sample at all,
 * and whoever puts it right does so for all of them. */
static void check_unsampled(struct looking *l, const struct value *first)
{
    str names = STR("");
    for (const struct value *p = first; p; p = p->next) {
        bool own = str_is(guide_get(p, "obtain"), "申请人上传") &&
                   str_is(guide_get(p, "source"), "申请人自备");
        if (own && !guide_says(p, "sample") && !guide_says(p, "sample_file"))
            names = arena_printf(l->a, "%.*s%s%.*s", STR_ARG(names),
                                 names.n ? "、" : "",
                                 STR_ARG(guide_get(p, "name")));
    }
    if (names.n)
        of_row(l, "paper.sample", utf8_head(names, 200));
}

static void check_samples(struct looking *l, const struct value *p, str name)
{
    bool filled = str_is(guide_get(p, "obtain"), "在线填写");
    if (guide_flag(p, "set_form") && !filled && !guide_says(p, "blank_file"))
        of_row(l, "paper.blank", name);
    check_file(l, p, "sample_file", name);
    check_file(l, p, "blank_file", name);
    check_words(l, p, "sample", name);
    check_words(l, p, "blank", name);
}

static bool vague(str name)
{
    static const char *const words[] = { "其他材料", "其它材料", "相关材料",
                                         "有关材料", "等材料",
                                         "需要的材料", NULL };
    for (int i = 0; words[i]; i++)
        if (str_find(name, str_of(words[i])) >= 0)
            return true;
    return false;
}

static void check_paper(struct looking *l, const struct value *p)
{
    str name = guide_get(p, "name"), source = guide_get(p, "source");
    str format = guide_get(p, "format");
    bool issued = str_is(source, "政府部门核发");
    for (const struct value *q = p->next; q && name.n; q = q->next)
        if (str_eq(guide_get(q, "name"), name))
            of_row(l, "paper.twice", name);
    when(l, name.n == 0, "paper.name");
    if (vague(name))
        of_row(l, "paper.vague", name);
    if (!guide_says(p, "need"))
        of_row(l, "paper.need", name);
    if (source.n == 0)
        of_row(l, "paper.source", name);
    if (issued && !guide_says(p, "source_from"))
        of_row(l, "paper.from", name);
    if (issued && str_is(guide_get(p, "obtain"), "申请人上传"))
        of_row(l, "paper.held", name);
    if (str_is(format, "纸质") && guide_int(p, "copies") < 1)
        of_row(l, "paper.copies", name);
    check_samples(l, p, name);
}

static void check_result(struct looking *l)
{
    str type = guide_get(l->g, "result_type"), name = guide_get(l->g,
                                                                "result");
    bool none = str_is(type, "无");
    bool card = str_ends(name, STR("证")) || str_ends(name, STR("执照"));
    bool paper = str_ends(name, STR("批复")) || str_ends(name, STR("批文")) ||
                 str_ends(name, STR("决定书"));
    when(l, type.n == 0 || (name.n == 0 && !none), "result.none");
    when(l, (card && type.n && !str_is(type, "证照")) ||
            (paper && str_is(type, "证照")) || (none && name.n),
         "result.kind");
    when(l, name.n && !guide_says(l->g, "result_sample") &&
            !guide_says(l->g, "result_file"), "result.sample");
    check_file(l, l->g, "result_file", STR("办理结果"));
    check_words(l, l->g, "result_sample", STR("办理结果"));
}

static void check_contact(struct looking *l)
{
    str phone = guide_get(l->g, "phone"), other = guide_get(l->g, "supervise");
    bool area, window = guide_has(guide_get(l->g, "forms"), "窗口");
    const struct value *first = guide_first(l->g, "counters");
    when(l, phone.n == 0, "phone.none");
    if (phone.n && (!guide_phone_ok(phone, &area) || !area))
        of_row(l, "phone.form", phone);
    when(l, other.n == 0, "supervise.none");
    if (other.n && (!guide_phone_ok(other, &area) || !area))
        of_row(l, "supervise.form", other);
    when(l, phone.n && str_eq(phone, other), "supervise.same");
    when(l, window && first == NULL, "counter.none");
    for (const struct value *c = first; c; c = c->next)
        if (!guide_says(c, "address") || !guide_says(c, "hours"))
            of_row(l, "counter.hours", guide_get(c, "name"));
    when(l, licence(l) && guide_first(l->g, "faq") == NULL, "faq.none");
}

void guide_check(struct arena *a, const struct value *guide,
                 const struct guide_about *about, struct guide_findings *out)
{
    struct looking l = { a, guide, about, out };
    const struct value *p = guide_first(guide, "papers");
    out->n = out->must = 0;
    check_identity(&l);
    check_authority(&l);
    check_limits(&l);
    check_gap(&l);
    check_steps(&l);
    check_ways(&l);
    check_fees(&l);
    when(&l, p == NULL, "paper.none");
    check_unsampled(&l, p);
    for (; p; p = p->next)
        check_paper(&l, p);
    check_result(&l);
    check_contact(&l);
}

/* ---- telephone numbers ---- */

/* Digits with single hyphens between them, cut into groups. */
static int groups_of(str phone, str group[4])
{
    int n = 0;
    for (str rest = phone; !str_is_none(rest);) {
        str g = str_cut(&rest, '-');
        if (n == 4 || g.n == 0)
            return 0;
        for (size_t i = 0; i < g.n; i++)
            if (g.p[i] < '0' || g.p[i] > '9')
                return 0;
        group[n++] = g;
    }
    return n;
}

static bool land_line(str g)
{
    return (g.n == 7 || g.n == 8) && g.p[0] >= '2';
}

bool guide_phone_ok(str phone, bool *area)
{
    str g[4];
    int n = groups_of(phone, g);
    *area = true;
    if (n == 0)
        return false;
    if (n == 1 && g[0].n == 5 && g[0].p[0] == '1' && g[0].p[1] >= '2')
        return true; /* 12345, 12315 */
    if (n == 1 && g[0].n == 11 && g[0].p[0] == '1')
        return true;
    if (g[0].n == 3 && (str_is(g[0], "400") || str_is(g[0], "800")))
        return n == 3 ? g[1].n + g[2].n == 7 : n == 2 && g[1].n == 7;
    bool code = n >= 2 && g[0].p[0] == '0' && g[0].n >= 3 && g[0].n <= 4;
    int line = code ? 1 : 0;
    *area = code;
    return land_line(g[line]) && (n == line + 1 ||
                                  (n == line + 2 && g[n - 1].n <= 6));
}
