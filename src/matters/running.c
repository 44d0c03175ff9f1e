/*
 * For the administrator: which versions run, what is stuck, and moving running
 * cases to another version.
 */
#include "matters/pages.h"

#include "matters/inside.h"

/* As text: a number of 64 bits is more than a program that reads JSON may be
 * able to keep. */
static void show_id(struct view *v, const char *name, int64_t id)
{
    view_text(v, name, arena_printf(v->arena, "%lld", (long long)id));
}

/* ---- versions ---- */

static void show_versions(struct view *v, const struct running_versions *d,
                          size_t n)
{
    struct value *list = view_list(v, "versions");
    for (size_t i = 0; i < n; i++) {
        struct view row = view_row(v, list);
        bool live = inst_is_none(d[i].retired);
        show_id(&row, "id", d[i].id);
        view_text(&row, "key", d[i].key);
        view_text(&row, "title", d[i].title);
        view_int(&row, "version", d[i].version);
        view_bool(&row, "live", live);
        view_inst(&row, "deployed", d[i].deployed);
        view_count(&row, "running", d[i].running);
        view_bool(&row, "movable", d[i].running > 0);
    }
}

static void show_moves(struct view *v, const struct running_moves *m, size_t n)
{
    struct value *list = view_list(v, "moves");
    for (size_t i = 0; i < n; i++) {
        struct view row = view_row(v, list);
        show_id(&row, "id", m[i].id);
        view_text(&row, "title", m[i].title);
        view_int(&row, "from_version", m[i].from_version);
        view_int(&row, "to_version", m[i].to_version);
        view_bool(&row, "undo", m[i].undoes != INT_NONE);
        view_text(&row, "progress",
                  arena_printf(v->arena, "%lld / %lld",
                               (long long)(m[i].moved + m[i].refused),
                               (long long)m[i].total));
        view_text(&row, "name", m[i].name);
        view_inst(&row, "opened", m[i].opened);
        view_text(&row, "stage", str_is(m[i].state, "done") ? STR("已完成")
                                                            : STR("进行中"));
    }
}

enum err running_show(struct request *rq, struct tx *tx)
{
    struct running_versions *d;
    struct running_moves *m;
    struct incidents_open open;
    size_t versions, moves;
    rq_menu(rq, "running");
    enum err e = running_versions(tx, &d, &versions);
    if (e == OK)
        e = running_moves(tx, &m, &moves);
    if (e == OK)
        e = incidents_open(tx, &open);
    if (e != OK)
        return e;
    struct view *v = rq_view(rq);
    show_versions(v, d, versions);
    show_moves(v, m, moves);
    view_count(v, "incidents", open.open);
    return OK;
}

/* ---- incidents ---- */

enum err incident_list(struct request *rq, struct tx *tx)
{
    struct incidents_page *r;
    struct view *v = rq_view(rq);
    size_t n;
    str next = STR("");
    rq_menu(rq, "running");
    enum err e = incidents_page(tx, rq_int(rq, "after", 0), &r, &n);
    if (e != OK)
        return e;
    struct value *list = view_list(v, "rows");
    for (size_t i = 0; i < n && i < PROCESS_PAGE; i++) {
        struct view row = view_row(v, list);
        show_id(&row, "id", r[i].id);
        view_text(&row, "number", r[i].number);
        view_text(&row, "title", r[i].title);
        view_text(&row, "step", matter_step_name(tx, r[i].def, r[i].node));
        view_text(&row, "text", r[i].text);
        view_inst(&row, "opened", r[i].opened);
    }
    if (n > PROCESS_PAGE)
        next = arena_printf(v->arena, "/running/incidents?after=%lld",
                            (long long)r[PROCESS_PAGE - 1].id);
    page_pager_part(v, "pager", rq_has(rq, "after")
                                    ? STR("/running/incidents") : STR(""),
                    next, (int64_t)list->count, PROCESS_PAGE);
    return OK;
}

static enum err incident_of_path(struct request *rq, struct tx *tx,
                                 struct incident_one *i)
{
    int64_t id;
    enum err e = str_int(rq_path(rq, "id"), &id) ? incident_one(tx, id, i)
                                                 : ERR_NOTFOUND;
    return e == ERR_NOTFOUND ? rq_fail(rq, e, "没有这条异常，请从列表打开。")
                             : e;
}

enum err incident_show(struct request *rq, struct tx *tx)
{
    static const struct page_choice ways[] = {
        { STR("retry"), STR("重试"), STR("外部系统已经恢复，再做一次这一步") },
        { STR("hand"), STR("人工完成"), STR("已经用别的办法做完，直接往下走") },
        { STR("cancel"), STR("撤销本件"), STR("事项终止，不能恢复") },
    };
    struct incident_one i;
    struct view *v = rq_view(rq);
    enum err e = incident_of_path(rq, tx, &i);
    if (e != OK)
        return e;
    rq_menu(rq, "running");
    show_id(v, "id", i.id);
    view_text(v, "number", i.number);
    view_text(v, "title", i.title);
    view_text(v, "step", matter_step_name(tx, i.def, i.node));
    view_text(v, "text", i.text);
    view_inst(v, "opened", i.opened);
    view_bool(v, "closed", !inst_is_none(i.closed));
    struct value *list = view_list(v, "fields");
    rq_ask(rq, list, (struct page_field){ .name = "way", .type = "choice",
                                               .label = STR("怎样处理"),
                                               .choices = ways,
                                               .choice_count = 3 });
    rq_ask(rq, list, (struct page_field){
                              .name = "data", .type = "lines",
                              .label = STR("补充的数据"), .optional = true,
                              .hint = STR("每行一个：名称 = 值。") });
    rq_ask(rq, list, (struct page_field){ .name = "reason",
                                               .type = "lines",
                                               .label = STR("原因") });
    return OK;
}

/* "name = value" a line; a value that is JSON is that, else a text. */
static enum err read_data(struct request *rq, struct tx *tx, const char *name,
                          struct value **out)
{
    str text = rq_text(rq, name);
    *out = value_new(tx->arena, VALUE_OBJECT);
    while (!str_is_none(text)) {
        str line = str_trim(str_cut(&text, '\n')), problem;
        str value = line, key = str_trim(str_cut(&value, '='));
        struct value *v;
        if (line.n == 0)
            continue;
        if (str_is_none(value) || key.n == 0 || value_get(*out, key))
            return rq_fail_field(rq, ERR_INPUT, name,
                                 STR("请写成 名称 = 值，每行一个，不要重复。"));
        value = str_trim(value);
        if (value_read_json(tx->arena, value, &v, &problem) != OK)
            v = value_text(tx->arena, value);
        value_add(*out, key, v);
    }
    return OK;
}

enum err incident_post(struct request *rq, struct tx *tx)
{
    struct incident_one i;
    struct process_answer answer;
    struct value *data;
    str way = rq_text(rq, "way");
    enum err e = incident_of_path(rq, tx, &i);
    if (e == OK)
        e = read_data(rq, tx, "data", &data);
    if (e != OK)
        return e;
    e = process_resolve(tx, i.id, str_is(way, "retry")  ? PROCESS_RETRY
                                  : str_is(way, "hand") ? PROCESS_BY_HAND
                                                        : PROCESS_CANCEL,
                        data, rq_text(rq, "reason"), &answer);
    if (e != OK)
        return answer.problem.n ? rq_fail_str(rq, e, answer.problem) : e;
    view_text(rq_view(rq), "number", i.number);
    rq_flash(rq, "ok", arena_printf(tx->arena, "%.*s 的异常已处理。",
                                    STR_ARG(i.number)));
    return rq_see_other(rq, "/running/incidents");
}

/* ---- moving to another version ---- */

static enum err def_of_path(struct request *rq, struct tx *tx, int64_t *id,
                            struct running_def *d)
{
    enum err e = str_int(rq_path(rq, "def"), id) ? running_def(tx, *id, d)
                                                 : ERR_NOTFOUND;
    return e == ERR_NOTFOUND ? rq_fail(rq, e, "没有这个版本，请从列表打开。")
                             : e;
}

/* A map that names what is not there would quietly leave cases behind; *wrong
 * is the sentence, or "". */
static enum err check_map(struct tx *tx, int64_t from, int64_t to,
                          const struct value *map, str *wrong)
{
    const struct process_graph *a, *b;
    *wrong = STR("");
    enum err e = process_graph(tx, from, &a);
    if (e != OK)
        return e;
    e = process_graph(tx, to, &b);
    for (const struct value *m = map->first; e == OK && m && wrong->n == 0;
         m = m->next) {
        bool old = bpmn_node_of(process_bpmn(a), m->key) >= 0;
        bool new = m->kind == VALUE_TEXT &&
                   bpmn_node_of(process_bpmn(b), m->text) >= 0;
        if (!old)
            *wrong = arena_printf(tx->arena, "对照里的“%.*s”不在原来的版本里，"
                                  "请核对编号。", STR_ARG(m->key));
        else if (!new)
            *wrong = arena_printf(tx->arena, "对照里给“%.*s”写的编号不在新版本"
                                  "里，请核对。", STR_ARG(m->key));
    }
    if (e == OK)
        process_let_go(b);
    process_let_go(a);
    return e;
}

/* Old elements the new version has no place for, to be mapped by hand. */
static enum err show_missing(struct view *v, struct tx *tx, int64_t from,
                             int64_t to, const struct value *map)
{
    const struct process_graph *a, *b;
    struct value *list = view_list(v, "missing");
    enum err e = process_graph(tx, from, &a);
    if (e != OK)
        return e;
    e = process_graph(tx, to, &b);
    if (e == OK) {
        const struct bpmn *g = process_bpmn(a);
        for (int i = 0; i < g->node_count && list->count < 100; i++) {
            const struct bpmn_node *n = &g->nodes[i];
            if (bpmn_node_of(process_bpmn(b), n->id) >= 0 ||
                value_get(map, n->id))
                continue;
            struct view row = view_row(v, list);
            view_text(&row, "id", arena_str(v->arena, n->id));
            view_text(&row, "name", n->name.n ? arena_str(v->arena, n->name)
                                              : STR(""));
        }
        process_let_go(b);
    }
    process_let_go(a);
    return e;
}

static enum err show_trial(struct request *rq, struct tx *tx, int64_t from,
                           int64_t to)
{
    enum { TRIED = 1000 };
    struct process_trial t;
    struct value *map;
    struct view *v = rq_view(rq);
    str wrong;
    enum err e = read_data(rq, tx, "map", &map);
    if (e == OK)
        e = check_map(tx, from, to, map, &wrong);
    if (e == OK)
        e = process_move_try(tx, from, to, map, TRIED, &t);
    if (e != OK)
        return e;
    struct view trial = view_object(v, "trial");
    view_bool(&trial, "can", wrong.n == 0 && t.fit > 0);
    view_text(&trial, "sentence",
              wrong.n ? STR("没有试算。")
              : t.problems
                  ? arena_printf(v->arena,
                                 "试算 %lld 件：%lld 件可以换，%lld 件在新版本"
                                 "里没有位置，会留在原版本。",
                                 (long long)t.cases, (long long)t.fit,
                                 (long long)t.problems)
                  : arena_printf(v->arena, "试算 %lld 件，都可以换。",
                                 (long long)t.cases));
    view_text(&trial, "problem",
              wrong.n ? wrong
              : t.problems ? arena_printf(v->arena, "例如 %.*s：%.*s",
                                        STR_ARG(t.example),
                                        STR_ARG(t.problem))
                         : STR(""));
    return show_missing(v, tx, from, to, map);
}

enum err move_show(struct request *rq, struct tx *tx)
{
    struct running_def d;
    struct running_others *o;
    struct view *v = rq_view(rq);
    int64_t from, to = rq_int(rq, "to", 0);
    size_t n;
    enum err e = def_of_path(rq, tx, &from, &d);
    if (e == OK)
        e = running_others(tx, d.key, from, &o, &n);
    if (e != OK)
        return e;
    rq_menu(rq, "running");
    show_id(v, "id", from);
    view_text(v, "title", d.title);
    view_int(v, "version", d.version);
    view_count(v, "running", d.running);
    view_text(v, "map", rq_text(rq, "map"));
    show_id(v, "to", to);
    struct value *list = view_list(v, "targets");
    bool known = false;
    for (size_t i = 0; i < n; i++) {
        struct view row = view_row(v, list);
        known |= o[i].id == to;
        view_text(&row, "value", arena_printf(v->arena, "%lld",
                                              (long long)o[i].id));
        view_text(&row, "label",
                  arena_printf(v->arena, "第 %lld 版%s",
                               (long long)o[i].version,
                               inst_is_none(o[i].retired) ? "（生效）" : ""));
        view_bool(&row, "chosen", o[i].id == to);
    }
    view_bool(v, "none", n == 0);
    if (known)
        return show_trial(rq, tx, from, to);
    view_value(v, "trial", value_new(v->arena, VALUE_NULL));
    view_list(v, "missing");
    return OK;
}

enum err move_post(struct request *rq, struct tx *tx)
{
    struct running_def d;
    struct value *map;
    int64_t from, id;
    str problem = STR("");
    enum err e = def_of_path(rq, tx, &from, &d);
    if (e == OK)
        e = read_data(rq, tx, "map", &map);
    if (e != OK)
        return e;
    e = check_map(tx, from, rq_int(rq, "to", 0), map, &problem);
    if (e == OK && problem.n)
        return rq_fail_field(rq, ERR_INPUT, "map", problem);
    if (e == OK)
        e = process_move(tx, from, rq_int(rq, "to", 0), map, &id, &problem);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, ERR_INPUT, "请选择要换到的版本。");
    if (e != OK)
        return problem.n ? rq_fail_str(rq, e, problem) : e;
    show_id(rq_view(rq), "move", id);
    rq_flash(rq, "ok", STR("已开始换版本，一件一件进行，可以随时回来看进度。"));
    return rq_see_other(rq, "/moves/%lld", (long long)id);
}

static enum err move_of_path(struct request *rq, struct tx *tx,
                             struct running_move *m)
{
    int64_t id;
    enum err e = str_int(rq_path(rq, "id"), &id) ? running_move(tx, id, m)
                                                 : ERR_NOTFOUND;
    return e == ERR_NOTFOUND ? rq_fail(rq, e, "没有这一批，请从列表打开。") : e;
}

enum err move_progress(struct request *rq, struct tx *tx)
{
    struct running_move m;
    struct view *v = rq_view(rq);
    enum err e = move_of_path(rq, tx, &m);
    if (e != OK)
        return e;
    bool over = str_is(m.state, "done");
    rq_menu(rq, "running");
    show_id(v, "id", m.id);
    view_text(v, "title", m.title);
    view_int(v, "from_version", m.from_version);
    view_int(v, "to_version", m.to_version);
    view_bool(v, "over", over);
    view_bool(v, "undo", m.undoes != INT_NONE);
    view_bool(v, "undoable", over && m.undoes == INT_NONE && !m.undone &&
                                 m.moved > 0);
    view_count(v, "total", m.total);
    view_count(v, "moved", m.moved);
    view_count(v, "refused", m.refused);
    view_text(v, "problem", m.problem);
    view_text(v, "name", m.name);
    view_inst(v, "opened", m.opened);
    view_inst(v, "closed", m.closed);
    return OK;
}

enum err move_undo_post(struct request *rq, struct tx *tx)
{
    struct running_move m;
    int64_t id;
    str problem = STR("");
    enum err e = move_of_path(rq, tx, &m);
    if (e != OK)
        return e;
    e = process_move_undo(tx, m.id, &id, &problem);
    if (e != OK)
        return problem.n ? rq_fail_str(rq, e, problem) : e;
    show_id(rq_view(rq), "move", id);
    rq_flash(rq, "ok", STR("已开始换回原来的版本。"));
    return rq_see_other(rq, "/moves/%lld", (long long)id);
}
