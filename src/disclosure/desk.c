/* The desk: an organisation's own entries, one of them, one of its versions. */
#include "disclosure/pages.h"

#include "kernel/auth/auth.h"
#include "kernel/page/page.h"

enum { DESK_PAGE = 50 };

/* ---- the list ---- */

static const struct { const char *code, *label; } states[] = {
    { "", "全部" },          { "draft", "草稿" },
    { "secrecy", "待保密审查" }, { "check", "待审核" },
    { "returned", "退回修改" }, { "blocked", "不得公开" },
    { "live", "已公开" },     { "withdrawn", "已撤下" },
};

static bool is_of_entry(str state)
{
    return str_is(state, "live") || str_is(state, "withdrawn");
}

static enum err show_waiting(struct tx *tx, struct view *v)
{
    struct desk_waiting w;
    enum err e = desk_waiting(tx, tx->who->unit, &w);
    if (e != OK)
        return e;
    view_count(v, "secrecy", w.secrecy);
    view_count(v, "checks", w.checks);
    view_count(v, "returned", w.returned);
    return OK;
}

enum err disclosure_desk_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct desk_entries *d;
    size_t n;
    str state = rq_text(rq, "state");
    bool of_entry = is_of_entry(state);
    rq_menu(rq, "desk.disclosure");
    view_bool(v, "writes", rq_may(rq, "disclosure.write"));
    struct value *options = view_list(v, "states");
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        page_option(v, options, str_of(states[i].code),
                    str_of(states[i].label), state);
    enum err e = show_waiting(tx, v);
    if (e == OK)
        e = desk_entries(tx, auth_sees_all(tx->who->role) ? STR("")
                                                          : tx->who->unit,
                         of_entry ? STR("") : state,
                         of_entry ? state : STR(""),
                         rq_int(rq, "before", INT64_MAX), &d, &n);
    struct value *list = view_list(v, "rows");
    for (size_t i = 0; e == OK && i < n && i < DESK_PAGE; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "code", d[i].code);
        view_text(&row, "title", d[i].title);
        view_text(&row, "unit_name", d[i].unit_name);
        view_day(&row, "formed", d[i].formed);
        view_day(&row, "published", d[i].published);
        view_int(&row, "late", d[i].late);
        page_tag(&row, "state", disclosure_tag(d[i].work, d[i].state,
                                               d[i].effect, d[i].effect_day,
                                               tx_today(tx)));
    }
    if (e == OK)
        rq_pager_before(rq, arena_printf(v->arena, "/disclosure/desk?state="
                                         "%.*s", STR_ARG(state)),
                        n, DESK_PAGE, n > DESK_PAGE ? d[DESK_PAGE - 1].id : 0);
    return e;
}

/* ---- what may be done ---- */

struct acting {
    struct request *rq;
    struct view *v;
    struct value *forms;
    const struct entry_one *e;
    const struct entry_text_one *t;
    bool secrecy, check;   /* holds the duty */
};

static struct value *form(struct acting *a, const char *verb,
                          const char *heading, const char *told,
                          const char *look)
{
    struct view f = view_row(a->v, a->forms);
    view_text(&f, "action", arena_printf(a->v->arena, "/disclosure/desk/%.*s"
                                         "/%s", STR_ARG(a->e->code), verb));
    view_text(&f, "verb", str_of(verb));
    view_text(&f, "heading", str_of(heading));
    view_text(&f, "told", str_of(told));
    view_text(&f, "look", str_of(look));
    return view_list(&f, "fields");
}

static void lines(struct acting *a, struct value *list, const char *name,
                  const char *label, const char *hint, bool optional)
{
    rq_ask(a->rq, list, (struct page_field){
        .name = name, .type = "lines", .label = str_of(label),
        .hint = str_of(hint), .optional = optional });
}

static void ask_submit(struct acting *a, bool personal)
{
    struct value *list = form(a, "submit", "提交审核",
                              "提交以后由保密审查岗、信息审核岗依次办理，审核期"
                              "间不能修改。", "");
    struct page_choice c[4] = { { STR(""), STR("没有个人信息，或者已经遮盖"),
                                  STR("") } };
    size_t n = 1;
    if (!personal)
        return;
    for (const struct disclosure_ground *g = disclosure_grounds; g->code; g++)
        c[n++] = (struct page_choice){ str_of(g->code), str_of(g->name),
                                       STR("") };
    rq_ask(a->rq, list, (struct page_field){
        .name = "ground", .type = "choice", .label = STR("个人信息的公开理由"),
        .hint = STR("政府信息公开条例 第十五条。"), .choices = c,
        .choice_count = n, .optional = true });
    lines(a, list, "ground_why", "具体说明", "", true);
}

static void ask_secrecy(struct acting *a)
{
    const struct page_choice c[] = {
        { STR("open"), STR("可以公开"), STR("") },
        { STR("secret"), STR("不得公开"), STR("") },
        { STR("unsure"), STR("不能确定，报保密行政管理部门确定"), STR("") },
    };
    struct value *list = form(a, "secrecy", "保密审查",
                              "依照保守国家秘密法和政府信息公开条例第十七条。",
                              "");
    rq_ask(a->rq, list, (struct page_field){
        .name = "said", .type = "choice", .label = STR("结论"), .choices = c,
        .choice_count = 3 });
    lines(a, list, "note", "理由", "不得公开、不能确定的应当写明。", true);
}

static void ask_check(struct acting *a)
{
    const struct page_choice c[] = {
        { STR("release"), STR("同意，公开发布"), STR("") },
        { STR("return"), STR("退回修改"), STR("") },
    };
    struct value *list = form(a, "check", "审核签发",
                              "签发以后立即在网站和自助终端公开。", "");
    rq_ask(a->rq, list, (struct page_field){
        .name = "decision", .type = "choice", .label = STR("审核意见"),
        .choices = c, .choice_count = 2 });
    lines(a, list, "opinion", "修改意见", "退回的应当写明。", true);
}

static void ask_effect(struct acting *a)
{
    const struct page_choice c[] = {
        { STR("void"), STR("废止"), STR("") },
        { STR("lapsed"), STR("失效"), STR("") },
    };
    struct value *list = form(a, "effect", "登记废止、失效",
                              "页面继续公开，并且标明已经废止或者失效。",
                              "btn-2");
    rq_ask(a->rq, list, (struct page_field){
        .name = "effect", .type = "choice", .label = STR("效力"), .choices = c,
        .choice_count = 2 });
    rq_ask(a->rq, list, (struct page_field){
        .name = "from", .type = "day", .label = STR("从哪一天起") });
    lines(a, list, "basis", "依据", "写明废止的决定，向社会公开。", false);
}

static void ask_live(struct acting *a)
{
    struct value *list;
    if (a->e->open == 0 && rq_may(a->rq, "disclosure.write")) {
        list = form(a, "correct", "更正",
                    "另起一稿，审核以前公开的内容不变。", "btn-2");
        lines(a, list, "why", "更正的原因", "向社会公开。", false);
    }
    if (!str_is(a->e->state, "live") || !a->check ||
        !rq_may(a->rq, "disclosure.close"))
        return;
    if (str_is(a->e->effect, "valid"))
        ask_effect(a);
    list = form(a, "withdraw", "撤下",
                "正文和附件立即不再公开，页面写明撤下的日期和理由。",
                "btn-bad");
    lines(a, list, "cause", "撤下的理由", "向社会公开。", false);
}

static void show_forms(struct acting *a, bool personal)
{
    const struct entry_one *e = a->e;
    int64_t me = rq_who(a->rq)->account;
    bool own = str_eq(rq_who(a->rq)->unit, e->unit);
    bool other = a->t && a->t->author != me && a->t->editor != me;
    bool writing = str_is(e->work, "draft") || str_is(e->work, "returned");
    a->forms = view_list(a->v, "forms");
    if (!own)
        return;
    if (writing && rq_may(a->rq, "disclosure.write"))
        ask_submit(a, personal);
    if (str_is(e->work, "secrecy") && a->secrecy && other)
        ask_secrecy(a);
    if (str_is(e->work, "check") && a->check && other)
        ask_check(a);
    if (e->live)
        ask_live(a);
    if (e->open && rq_may(a->rq, "disclosure.write"))
        form(a, "drop", "放弃这一稿", "放弃以后不能恢复，另起一稿重写。",
             "btn-bad");
}

/* ---- what it says ---- */

static str when(struct arena *a, inst at, str name)
{
    char text[INST_TEXT];
    if (inst_is_none(at))
        return STR("");
    str t = inst_minutes_text(at, text);
    return arena_printf(a, "%.*s，%.*s", STR_ARG(disclosure_text(name)),
                        STR_ARG(t));
}

static str secrecy_words(struct arena *a, const struct entry_text_one *t)
{
    if (str_is_none(t->secrecy_said))
        return STR("");
    return arena_printf(
        a, "%s（%.*s）%s%.*s",
        str_is(t->secrecy_said, "open")     ? "可以公开"
        : str_is(t->secrecy_said, "secret") ? "不得公开"
                                            : "不能确定，已报保密行政管理部门",
        STR_ARG(when(a, t->secrecy_at, t->secrecy_by)),
        t->secrecy_note.n ? "：" : "", STR_ARG(t->secrecy_note));
}

static str check_words(struct arena *a, const struct entry_text_one *t)
{
    if (inst_is_none(t->check_at))
        return STR("");
    return arena_printf(a, "%.*s%s%.*s",
                        STR_ARG(when(a, t->check_at, t->check_by)),
                        t->check_note.n ? "：" : "", STR_ARG(t->check_note));
}

static str ground_words(struct arena *a, const struct entry_text_one *t)
{
    for (const struct disclosure_ground *g = disclosure_grounds; g->code; g++)
        if (str_is(t->ground, g->code))
            return arena_printf(a, "%s：%.*s", g->name,
                                STR_ARG(t->ground_why));
    return STR("");
}

static void fact(struct view *v, struct value *list, const char *label,
                 str text)
{
    if (text.n)
        page_fact(v, list, label, text);
}

static void show_words(struct tx *tx, struct view *v,
                       const struct entry_text_one *t)
{
    struct arena *a = v->arena;
    const struct disclosure_category *c = disclosure_category(t->category);
    const struct disclosure_topic *topic = disclosure_topic(t->topic);
    char formed[DAY_TEXT], by[DAY_TEXT];
    struct value *list = view_list(v, "facts");
    fact(v, list, "标题", t->title);
    fact(v, list, "文号", t->doc_no);
    fact(v, list, "栏目", c ? c->name : t->category);
    fact(v, list, "依据", c ? c->article : STR(""));
    fact(v, list, "主题", topic ? topic->name : t->topic);
    fact(v, list, "成文或者变更", arena_str(a, day_text(t->formed, formed)));
    fact(v, list, "应公开期限",
         arena_str(a, day_text(disclosure_publish_by(tx->calendar, t->formed),
                               by)));
    fact(v, list, "涉及的事项", t->item);
    fact(v, list, "解读的文件", t->about);
    fact(v, list, "更正原因", t->why);
    fact(v, list, "个人信息公开理由", ground_words(a, t));
    fact(v, list, "撰稿", when(a, t->made, t->author_name));
    fact(v, list, "保密审查", secrecy_words(a, t));
    fact(v, list, "审核签发", check_words(a, t));
    fact(v, list, "发布", when(a, t->released, STR("平台")));
    view_text(v, "summary", t->summary);
    page_prose(v, "blocks", t->body, 0, 1);
}

/* Findings before release: what an officer should put right, and numbers of
 * people, which must go. */
static int show_findings(struct tx *tx, struct view *v,
                         const struct entry_one *e,
                         const struct entry_text_one *t, int files)
{
    struct disclosure_personal p[DISCLOSURE_PERSONAL];
    const char *r[DISCLOSURE_REMARKS];
    struct disclosure_draft_look look = {
        .category = t->category, .doc_no = t->doc_no, .summary = t->summary,
        .body = t->body, .formed = t->formed, .today = tx_today(tx),
        .files = files,
    };
    int n = e->open ? disclosure_remarks(tx->calendar, &look, r) : 0;
    int people = entry_personal(tx, t, p);
    struct value *list = view_list(v, "remarks");
    for (int i = 0; i < n; i++)
        value_push(list, value_text(v->arena, str_of(r[i])));
    struct value *shown = view_list(v, "personal");
    for (int i = 0; i < people && i < DISCLOSURE_PERSONAL; i++)
        value_push(shown, value_text(v->arena,
                                     arena_printf(v->arena, "%s %.*s",
                                                  p[i].kind,
                                                  STR_ARG(p[i].shown))));
    return people;
}

static str version_word(str state)
{
    static const char *const words[][2] = {
        { "draft", "草稿" },   { "secrecy", "待审核" }, { "check", "待审核" },
        { "returned", "退回修改" }, { "blocked", "不得公开" },
        { "live", "现行" },    { "past", "以前的版本" },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(state, words[i][0]))
            return str_of(words[i][1]);
    return STR("已作废");
}

static enum err show_versions(struct tx *tx, struct view *v,
                              const struct entry_one *e)
{
    struct entry_texts *t;
    size_t n;
    struct value *list = view_list(v, "versions");
    enum err err = entry_texts(tx, e->id, &t, &n);
    for (size_t i = 0; err == OK && i < n; i++) {
        struct view row = view_row(v, list);
        view_int(&row, "version", t[i].version);
        view_text(&row, "why", t[i].why);
        view_text(&row, "author", t[i].author_name);
        view_inst(&row, "made", t[i].made);
        page_tag(&row, "state", version_word(t[i].state));
    }
    return err;
}

static void show_head(struct tx *tx, struct view *v, const struct entry_one *e)
{
    view_text(v, "code", e->code);
    view_text(v, "title", e->title);
    view_text(v, "unit_name", e->unit_name);
    view_text(v, "index_no", disclosure_text(e->index_no));
    page_tag(v, "state", disclosure_tag(e->work, e->state, e->effect,
                                        e->effect_day, tx_today(tx)));
}

static str desk_of(struct arena *a, const struct entry_one *e)
{
    return arena_printf(a, "/disclosure/desk/%.*s", STR_ARG(e->code));
}

enum err disclosure_one_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct entry_one e;
    struct entry_text_one t;
    struct files_of *f;
    size_t files;
    struct acting a = { .rq = rq, .v = v, .e = &e, .t = &t };
    enum err err = disclosure_load(rq, tx, &e);
    if (err != OK)
        return err;
    int64_t version = e.open ? e.open : e.live;
    rq_menu(rq, "desk.disclosure");
    err = entry_text_one(tx, e.id, version, &t);
    if (err == OK)
        err = files_of(tx, e.id, version, &f, &files);
    if (err == OK)
        err = review_holds(tx, e.unit, DUTY_SECRECY, &a.secrecy);
    if (err == OK)
        err = review_holds(tx, e.unit, DUTY_CHECK, &a.check);
    if (err != OK)
        return err;
    bool writes = (str_is(e.work, "draft") || str_is(e.work, "returned")) &&
                  str_eq(tx->who->unit, e.unit) &&
                  rq_may(rq, "disclosure.write");
    show_head(tx, v, &e);
    view_int(v, "version", version);
    view_int(v, "revision", e.revision);
    view_bool(v, "writes", writes);
    view_bool(v, "open", e.place > 0);
    show_words(tx, v, &t);
    int people = show_findings(tx, v, &e, &t, (int)files);
    show_forms(&a, people > 0);
    err = disclosure_show_files(tx, v, e.id, version, desk_of(v->arena, &e));
    if (err == OK)
        err = show_versions(tx, v, &e);
    return err == OK ? disclosure_show_acts(tx, v, e.id, true) : err;
}

enum err disclosure_version_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct entry_one e;
    struct entry_text_one t;
    int64_t version;
    enum err err = disclosure_load(rq, tx, &e);
    if (err != OK)
        return err;
    err = str_int(rq_path(rq, "version"), &version)
              ? entry_text_one(tx, e.id, version, &t) : ERR_NOTFOUND;
    if (err == ERR_NOTFOUND)
        return rq_fail(rq, err, "没有这个版本，请从信息页面打开。");
    if (err != OK)
        return err;
    rq_menu(rq, "desk.disclosure");
    view_text(v, "code", e.code);
    view_text(v, "title", t.title);
    view_int(v, "version", version);
    page_tag(v, "state", version_word(t.state));
    show_words(tx, v, &t);
    return disclosure_show_files(tx, v, e.id, version,
                                 desk_of(v->arena, &e));
}
