/* What several pages of the catalogue show alike. */
#include "catalogue/show.h"

#include "kernel/page/page.h"

enum err show_load(struct request *rq, struct tx *tx, int64_t version,
                   struct kept *k)
{
    enum err e = keep_load(tx, rq_path(rq, "code"), version, k);
    return e == ERR_NOTFOUND
               ? rq_fail(rq, e, "事项目录里没有这个事项或者没有这一版，请从列"
                                "表里打开。") : e;
}

enum err show_may(struct request *rq, struct tx *tx, str unit,
                  struct show_may *out)
{
    *out = (struct show_may){ .clerk = false };
    if (!rq_may(rq, "catalogue.work"))
        return OK;
    enum err e = keep_is_clerk(tx, unit, &out->clerk);
    return e == OK ? keep_is_keeper(tx, &out->keeper) : e;
}

enum err show_load_draft(struct request *rq, struct tx *tx, struct kept *k)
{
    struct show_may may;
    enum err e = show_load(rq, tx, 0, k);
    if (e == OK)
        e = show_may(rq, tx, k->item.unit, &may);
    if (e != OK)
        return e;
    if (!may.clerk)
        return rq_fail(rq, ERR_DENIED, "只有这个部门的事项管理岗可以修改，岗位"
                                       "由系统管理员安排。");
    if (!str_is(k->item.step, "draft"))
        return rq_fail(rq, ERR_CONFLICT, "这个事项没有正在修改的草稿，请回到事"
                                         "项页面先起草新版本。");
    int64_t seen = rq_int(rq, "revision", k->item.revision);
    if (tx->writes && seen != k->item.revision)
        return rq_fail_str(rq, ERR_CONFLICT, arena_printf(
            tx->arena, "%.*s刚刚改过这个事项，请刷新后再改，以免覆盖。",
            STR_ARG(k->version.author)));
    return OK;
}

void show_step(struct view *v, const char *name, str state, str step)
{
    str word = str_is(step, "draft")        ? STR("草稿")
               : str_is(step, "sent")       ? STR("待审核")
               : str_is(step, "approved")   ? STR("待生效")
               : str_is(state, "paused")    ? STR("暂停办理")
               : str_is(state, "withdrawn") ? STR("已取消")
               : str_is(state, "past")      ? STR("以前的版本")
                                            : STR("现行");
    page_tag(v, name, word);
}

void show_item_head(struct view *v, const struct kept *k)
{
    view_text(v, "code", k->item.code);
    view_text(v, "name", k->item.name);
    view_text(v, "unit_name", k->item.unit_name);
    view_int(v, "version", k->version.version);
    view_int(v, "revision", k->item.revision);
    bool live = k->version.version == k->item.live;
    bool past = str_is(k->version.state, "past");
    show_step(v, "state", past ? STR("past") : k->item.state,
              live || past ? STR("") : k->item.step);
}

enum err show_findings(struct tx *tx, struct view *v, str code,
                       int64_t version)
{
    struct finding_list *f;
    size_t n;
    enum err e = finding_list(tx, code, version, &f, &n);
    struct value *list = view_list(v, "findings");
    for (int pass = 0; e == OK && pass < 2; pass++)
        for (size_t i = 0; i < n; i++) {
            const struct guide_rule *r = guide_rule_of(f[i].rule);
            bool must = str_is(f[i].grade, "must");
            if (must != (pass == 0) || r == NULL)
                continue;
            struct view row = view_row(v, list);
            view_text(&row, "rule", f[i].rule);
            view_bool(&row, "must", must);
            view_text(&row, "text", f[i].text);
            view_text(&row, "law", str_of(r->law));
        }
    return e;
}

void show_ask(struct request *rq, struct value *list, const char *name,
              const char *type, const char *label, const char *hint,
              bool optional, str saved)
{
    bool typed = rq_inputs(rq) && value_get(rq_inputs(rq), STR("revision"));
    str said = typed ? value_get_text(rq_inputs(rq), str_of(name)) : saved;
    struct page_field f = {
        .name = name, .type = type, .label = str_of(label),
        .hint = str_of(hint), .optional = optional,
        .value = str_is_none(said) ? STR("") : said,
    };
    str problem;
    if (rq_problem(rq, name, &problem))
        f.error = problem;
    page_field(rq_view(rq), list, &f);
}
