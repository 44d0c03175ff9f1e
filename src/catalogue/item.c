/*
 * One item: what a version of it says, what is wrong with it, what can be
 * done, what it was before; and two versions side by side.
 */
#include "catalogue/pages.h"

#include "catalogue/show.h"
#include "kernel/laws/laws.h"
#include "kernel/page/page.h"

/* ---- what it says ---- */

/* A file of a row or of the guide; edit: with the page where it is changed. */
static void show_file(struct view *v, struct value *list, const struct kept *k,
                      const struct value *of, const struct guide_field *f,
                      str place, bool edit)
{
    struct arena *a = v->arena;
    str sha256, name;
    bool there = guide_file(guide_get(of, f->code), &sha256, &name);
    if (!there && !edit)
        return;
    struct view row = view_row(v, list);
    view_text(&row, "label", str_of(f->label));
    view_text(&row, "name", there ? name : STR(""));
    view_text(&row, "href", there ? arena_printf(a, "/catalogue/samples/%.*s",
                                                 STR_ARG(sha256)) : STR(""));
    view_text(&row, "edit", edit ? arena_printf(
        a, "/catalogue/items/%.*s/files/%.*s", STR_ARG(k->item.code),
        STR_ARG(place)) : STR(""));
}

/* papers-2-sample: the address of a file of the second paper. */
static void show_files(struct view *v, const struct kept *k,
                       const struct value *row, const struct guide_field *of,
                       int n, bool edit)
{
    struct value *list = view_list(v, "files");
    for (const struct guide_field *f = of; f->code; f++) {
        str member = str_of(f->code);
        if (f->kind == GUIDE_FILE)
            show_file(v, list, k, row, f,
                      arena_printf(v->arena, "papers-%d-%.*s", n,
                                   STR_ARG(str_cut(&member, '_'))), edit);
    }
}

static void show_cells(struct view *v, const struct value *row,
                       const struct guide_field *of)
{
    struct value *list = view_list(v, "cells");
    for (const struct guide_field *f = of; f->code; f++) {
        str text = guide_text(v->arena, row, f);
        if (text.n == 0 || f->kind == GUIDE_FILE)
            continue;
        struct view cell = view_row(v, list);
        view_text(&cell, "label", str_of(f->label));
        view_text(&cell, "text", text);
    }
}

static void show_list(struct view *v, const struct kept *k,
                      const struct guide_field *f, bool edit)
{
    struct value *list = view_list(v, "rows");
    int n = 0;
    for (const struct value *row = guide_first(k->guide, f->code); row;
         row = row->next) {
        struct view r = view_row(v, list);
        view_int(&r, "n", ++n);
        view_text(&r, "label", guide_text(v->arena, row, f->of));
        show_cells(&r, row, f->of + 1); /* the first is the label */
        show_files(&r, k, row, f->of, n, edit);
        view_text(&r, "href", str_is(str_of(f->code), "basis")
                      ? laws_href(v->arena, guide_get(row, "law"),
                                  guide_get(row, "article")) : STR(""));
        view_bool(&r, "edit", edit);
        view_bool(&r, "up", edit && n > 1);
        view_bool(&r, "down", edit && row->next);
    }
}

static void show_parts(struct view *v, const struct kept *k, bool edit)
{
    struct value *parts = view_list(v, "parts");
    for (const struct guide_part *p = guide_parts; p->code; p++) {
        struct view part = view_row(v, parts);
        bool plain = false;
        view_text(&part, "part", str_of(p->code));
        view_text(&part, "label", str_of(p->label));
        struct value *facts = view_list(&part, "facts");
        struct value *lists = view_list(&part, "lists");
        struct value *files = view_list(&part, "files");
        for (const struct guide_field *f = p->fields; f->code; f++) {
            if (f->kind == GUIDE_LIST) {
                struct view l = view_row(&part, lists);
                view_text(&l, "list", str_of(f->code));
                view_text(&l, "label", str_of(f->label));
                view_text(&l, "noun", str_of(f->noun));
                view_bool(&l, "edit", edit);
                show_list(&l, k, f, edit);
                continue;
            }
            if (f->kind == GUIDE_FILE) {
                show_file(&part, files, k, k->guide, f, STR("result"), edit);
                continue;
            }
            plain = true;
            str text = guide_text(v->arena, k->guide, f);
            if (text.n == 0)
                continue;
            struct view row = view_row(&part, facts);
            view_text(&row, "label", str_of(f->label));
            view_text(&row, "text", text);
        }
        view_bool(&part, "edit", edit && plain);
    }
}

/* ---- what can be done ---- */

static void act(struct view *v, struct value *list, const struct kept *k,
                const char *verb, const char *label, const char *look)
{
    struct view row = view_row(v, list);
    view_text(&row, "label", str_of(label));
    view_text(&row, "look", str_of(look));
    view_text(&row, "href",
              arena_printf(v->arena, "/catalogue/items/%.*s/do/%s",
                           STR_ARG(k->item.code), verb));
}

static void show_acts(struct view *v, const struct kept *k,
                      const struct show_may *may)
{
    struct value *list = view_list(v, "acts");
    str step = k->item.step, state = k->item.state;
    bool live = k->item.live > 0;
    if (may->clerk && step.n == 0 && live)
        act(v, list, k, "begin", "起草新版本", "");
    if (may->clerk && str_is(step, "draft")) {
        act(v, list, k, "send", "送审", "");
        act(v, list, k, "drop", "放弃草稿", "btn-bad");
    }
    if (may->keeper && str_is(step, "sent"))
        act(v, list, k, "approve", "审核通过", "");
    if (may->keeper && step.n && !str_is(step, "draft"))
        act(v, list, k, "return", "退回修改", "btn-2");
    if (may->keeper && live && str_is(state, "live")) {
        act(v, list, k, "pause", "暂停办理", "btn-2");
        act(v, list, k, "withdraw", "取消事项", "btn-bad");
    }
    if (may->keeper && live && !str_is(state, "live"))
        act(v, list, k, "resume", "恢复办理", "btn-2");
}

/* ---- what it was ---- */

static enum err show_versions(struct tx *tx, struct view *v,
                              const struct kept *k)
{
    struct version_list *all;
    size_t n;
    enum err e = version_list(tx, k->item.code, &all, &n);
    struct value *list = view_list(v, "versions");
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        str s = all[i].state;
        bool open = !str_is(s, "live") && !str_is(s, "past");
        view_int(&row, "number", all[i].version);
        view_int(&row, "before", i + 1 < n ? all[i + 1].version : 0);
        view_bool(&row, "second", i + 1 < n);
        view_text(&row, "note", all[i].note);
        view_text(&row, "author", all[i].author);
        view_inst(&row, "saved", all[i].saved);
        view_text(&row, "keeper", all[i].keeper);
        view_day(&row, "from", all[i].effective);
        view_day(&row, "to", all[i].ended);
        view_bool(&row, "here", all[i].version == k->version.version);
        show_step(&row, "step", open ? STR("live") : s, open ? s : STR(""));
    }
    return e;
}

static enum err show_history(struct tx *tx, struct view *v, str code)
{
    struct item_events *all;
    size_t n;
    enum err e = item_events(tx, code, &all, &n);
    struct value *list = view_list(v, "events");
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        view_inst(&row, "at", all[i].at);
        view_text(&row, "text", all[i].text);
        view_text(&row, "verb", all[i].verb);
        view_text(&row, "actor", all[i].actor);
        view_text(&row, "basis", STR(""));
        view_text(&row, "look", STR("done"));
        view_text(&row, "icon", STR("circle-dot"));
    }
    return e;
}

enum err catalogue_item_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct show_may may;
    struct kept k;
    char iso[DAY_TEXT];
    enum err e = show_load(rq, tx, rq_int(rq, "version", 0), &k);
    if (e == OK)
        e = show_may(rq, tx, k.item.unit, &may);
    if (e != OK)
        return e;
    rq_menu(rq, "desk.catalogue");
    show_item_head(v, &k);
    bool newest = k.version.version == (k.item.work ? k.item.work
                                                    : k.item.live);
    bool edit = may.clerk && newest && str_is(k.item.step, "draft");
    view_bool(v, "edit", edit);
    view_text(v, "why", k.item.why);
    view_text(v, "opinion", str_is(k.version.state, "draft")
                  ? k.version.opinion : STR(""));
    view_text(v, "keeper", k.version.keeper);
    view_text(v, "effective", day_is_none(k.version.effective) ? STR("")
                  : arena_str(v->arena, day_text(k.version.effective, iso)));
    view_bool(v, "open", k.item.live > 0 && !str_is(k.item.state,
                                                    "withdrawn"));
    show_acts(v, &k, &may);
    show_parts(v, &k, edit);
    e = show_findings(tx, v, k.item.code, k.version.version);
    view_bool(v, "judged", newest || k.version.version == k.item.live);
    if (e == OK)
        e = show_versions(tx, v, &k);
    return e == OK ? show_history(tx, v, k.item.code) : e;
}

/* ---- two versions ---- */

static void show_side(struct view *v, const char *name, const struct kept *k)
{
    struct view side = view_object(v, name);
    bool open = !str_is(k->version.state, "live") &&
                !str_is(k->version.state, "past");
    view_int(&side, "number", k->version.version);
    view_text(&side, "author", k->version.author);
    view_inst(&side, "saved", k->version.saved);
    show_step(&side, "step", open ? STR("live") : k->version.state,
              open ? k->version.state : STR(""));
}

/* A digest among the words, at its first eight digits: enough to tell two files
 * of one name apart. */
static str with_short_digests(struct arena *a, str line)
{
    str sha256, name;
    for (size_t i = 0; i + 1 < line.n; i++) {
        str rest = str_slice(line, i, line.n);
        str cell = str_slice(rest, 0, rest.n < 66 ? rest.n : 66);
        if ((i == 0 || line.p[i - 1] < '0') && guide_file(cell, &sha256,
                                                          &name))
            return arena_printf(a, "%.*s%.*s…%.*s", (int)i, line.p, 8,
                                sha256.p, STR_ARG(with_short_digests(
                                    a, str_slice(rest, 64, rest.n))));
    }
    return line;
}

static void show_lines(struct view *v, const char *name, str text)
{
    struct value *list = view_list(v, name);
    while (text.n && !str_is_none(text)) {
        str line = str_cut(&text, '\n');
        if (line.n)
            value_push(list, value_text(v->arena, with_short_digests(
                                            v->arena, line)));
    }
}

enum err catalogue_compare_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct kept older, newer;
    size_t n;
    const struct guide_field *const *fields = guide_fields(&n);
    enum err e = show_load(rq, tx, rq_int(rq, "newer", 0), &newer);
    int64_t before = newer.version.version - 1;
    if (e == OK)
        e = show_load(rq, tx, rq_int(rq, "older", before > 0 ? before : 1),
                      &older);
    if (e != OK)
        return e;
    rq_menu(rq, "desk.catalogue");
    view_text(v, "code", newer.item.code);
    view_text(v, "name", newer.item.name);
    show_side(v, "older", &older);
    show_side(v, "newer", &newer);
    struct value *list = view_list(v, "rows");
    for (size_t i = 0; i < n; i++) {
        str a = guide_text(v->arena, older.guide, fields[i]);
        str b = guide_text(v->arena, newer.guide, fields[i]);
        if (str_eq(a, b))
            continue;
        struct view row = view_row(v, list);
        view_text(&row, "label", str_of(fields[i]->label));
        show_lines(&row, "before", a);
        show_lines(&row, "after", b);
    }
    view_count(v, "count", list->count);
    return OK;
}
