/*
 * Runs test cases of the DMN Technology Compatibility Kit: folders holding
 * models (*.dmn) and test files (*.xml with testCases), at any depth.  A test
 * case passes when every result it names is as expected; what is not is
 * printed.  The last line is "N passed, N failed".
 */
#include "kernel/rules/model.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FOLDER_DEPTH = 12, VALUE_DEPTH = 40, SHOWN = 400,
       PLACES = 8 };

struct totals {
    unsigned passed, failed;
};

struct suite {
    struct arena *a;
    const char *folder, *file;
    const struct dmn_model *m;
    struct totals *totals;
};

/* ---- values of a test file ---- */

static bool is_nil(struct arena *a, const xmlNode *n)
{
    xmlChar *nil = xmlGetNsProp(
        (xmlNode *)n, (const xmlChar *)"nil",
        (const xmlChar *)"http://www.w3.org/2001/XMLSchema-instance");
    (void)a;
    bool yes = nil && (strcmp((char *)nil, "true") == 0 ||
                       strcmp((char *)nil, "1") == 0);
    if (nil)
        xmlFree(nil);
    return yes;
}

static str type_name(struct arena *a, const xmlNode *n)
{
    xmlChar *type = xmlGetNsProp(
        (xmlNode *)n, (const xmlChar *)"type",
        (const xmlChar *)"http://www.w3.org/2001/XMLSchema-instance");
    if (type == NULL)
        return STR("");
    str s = arena_str(a, str_of((char *)type));
    xmlFree(type);
    ptrdiff_t colon = str_find_byte(s, ':');
    return colon < 0 ? s : str_slice(s, (size_t)colon + 1, s.n);
}

static bool is_number_type(str type)
{
    static const char *const names[] = { "decimal", "double", "float",
                                         "int", "long", "short", "byte",
                                         "unsignedInt", "unsignedLong" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_is(type, names[i]))
            return true;
    return str_is(type, "integer") || str_ends(type, STR("Integer"));
}

static fval simple_value(struct ev *e, xmlNode *n)
{
    str type = type_name(e->arena, n), text = xml_text(e->arena, n);
    str trimmed = str_trim(text);
    struct decimal d;
    fval v = NULL;
    if (is_number_type(type))
        v = decimal_parse(trimmed, &d) ? fv_number(e, d) : &fv_null;
    else if (str_is(type, "boolean"))
        v = fv_bool(str_is(trimmed, "true") || str_is(trimmed, "1"));
    else if (str_is(type, "date"))
        v = date_parse(e, trimmed);
    else if (str_is(type, "time"))
        v = time_parse(e, trimmed);
    else if (str_is(type, "dateTime"))
        v = datetime_parse(e, trimmed);
    else if (str_is(type, "duration") || str_is(type, "dayTimeDuration") ||
             str_is(type, "yearMonthDuration"))
        v = duration_parse(e, trimmed);
    return v ? v : fv_string(e, text);
}

static str name_of(struct ev *e, const xmlNode *n)
{
    return spaced_name(e->arena, xml_attr(e->arena, n, "name"));
}

static fval value_of(struct ev *e, xmlNode *parent, int depth);

static fval components(struct ev *e, xmlNode *parent, int depth)
{
    uint32_t count = xml_count(parent, "component"), n = 0;
    struct entry *entries = ARENA_NEW_N(e->arena, struct entry, count);
    for (xmlNode *c = xml_child(parent, "component"); c;
         c = xml_next(c, "component"))
        entries[n++] = (struct entry){ name_of(e, c), value_of(e, c, depth) };
    return fv_context(e, entries, n);
}

/* The value inside an inputNode, expected, item or component. */
static fval value_of(struct ev *e, xmlNode *parent, int depth)
{
    if (parent == NULL || depth-- == 0 || is_nil(e->arena, parent))
        return &fv_null;
    xmlNode *value = xml_child(parent, "value");
    xmlNode *list = xml_child(parent, "list");
    if (value)
        return is_nil(e->arena, value) ? &fv_null : simple_value(e, value);
    if (list && !is_nil(e->arena, list)) {
        struct items l = { 0 };
        for (xmlNode *i = xml_child(list, "item"); i; i = xml_next(i, "item"))
            items_add(e, &l, value_of(e, i, depth));
        return items_done(e, &l);
    }
    if (xml_child(parent, "component"))
        return components(e, parent, depth);
    return &fv_null;
}

/* ---- comparison ---- */

/* Digits after the point.  An expected number with many of them came out of
 * somebody's binary arithmetic: the kit asks for eight places then. */
static int places(struct decimal d)
{
    char text[DECIMAL_TEXT];
    str s = decimal_text(d, text);
    ptrdiff_t point = str_find_byte(s, '.');
    return point < 0 ? 0 : (int)(s.n - (size_t)point - 1);
}

static bool numbers_agree(struct decimal want, struct decimal got)
{
    struct decimal difference, most = decimal_scaled(1, PLACES);
    if (decimal_cmp(want, got) == 0)
        return true;
    return places(want) >= PLACES && decimal_sub(want, got, &difference) &&
           decimal_cmp(difference, most) <= 0 &&
           decimal_cmp(decimal_negate(difference), most) <= 0;
}

static bool agree(struct ev *e, fval want, fval got, int depth);

static bool lists_agree(struct ev *e, fval want, fval got, int depth)
{
    if (want->n != got->n)
        return false;
    for (uint32_t i = 0; i < want->n; i++)
        if (!agree(e, want->items[i], got->items[i], depth))
            return false;
    return true;
}

static bool contexts_agree(struct ev *e, fval want, fval got, int depth)
{
    for (uint32_t i = 0; i < want->n; i++) {
        fval v = fv_get(got, want->entries[i].key);
        if (!agree(e, want->entries[i].value, v ? v : &fv_null, depth))
            return false;
    }
    for (uint32_t i = 0; i < got->n; i++)
        if (!fv_get(want, got->entries[i].key) &&
            !is_null(got->entries[i].value))
            return false;
    return true;
}

static bool agree(struct ev *e, fval want, fval got, int depth)
{
    if (depth-- == 0)
        return false;
    if (want->kind == K_NUMBER && got->kind == K_NUMBER)
        return numbers_agree(want->number, got->number);
    if (want->kind == K_LIST && got->kind == K_LIST)
        return lists_agree(e, want, got, depth);
    if (want->kind == K_CONTEXT && got->kind == K_CONTEXT)
        return contexts_agree(e, want, got, depth);
    if (want->kind == K_STRING && got->kind == K_RANGE)
        return str_eq(want->s, fv_to_string(e, got)->s);
    return want->kind == got->kind && fv_same(e, want, got);
}

/* ---- cases ---- */

static fval inputs_of(struct ev *e, xmlNode *test)
{
    uint32_t count = xml_count(test, "inputNode"), n = 0;
    struct entry *entries = ARENA_NEW_N(e->arena, struct entry, count);
    for (xmlNode *i = xml_child(test, "inputNode"); i;
         i = xml_next(i, "inputNode"))
        entries[n++] = (struct entry){ name_of(e, i),
                                       value_of(e, i, VALUE_DEPTH) };
    return fv_context(e, entries, n);
}

struct result {
    const struct suite *s;
    xmlNode *test, *node;
    str invocable;
    fval want, got;
    bool agrees, missing;
};

static void result_get(struct ev *e, void *of)
{
    struct result *r = of;
    str name = name_of(e, r->node);
    const struct element *el =
        dmn_find(r->s->m, r->invocable.n ? r->invocable : name);
    r->want = value_of(e, xml_child(r->node, "expected"), VALUE_DEPTH);
    r->missing = el == NULL;
    r->got = el ? dmn_value(e, r->s->m, el, inputs_of(e, r->test)) : &fv_null;
    if (r->invocable.n && r->got->kind == K_CONTEXT) {
        fval part = fv_get(r->got, name);
        if (part && el->kind == EL_SERVICE && el->n_outputs > 1)
            r->got = part;
    }
    r->agrees = el && agree(e, r->want, r->got, VALUE_DEPTH);
}

static void mismatch(struct ev *e, const struct result *r, str id)
{
    str name = xml_attr(e->arena, r->node, "name");
    str want = fv_to_string(e, r->want)->s, got = fv_to_string(e, r->got)->s;
    printf("%s/%s %.*s \"%.*s\": want %.*s, got %.*s\n", r->s->folder,
           r->s->file, STR_ARG(id), STR_ARG(name),
           STR_ARG(utf8_head(want, SHOWN)), STR_ARG(utf8_head(got, SHOWN)));
    if (r->missing)
        printf("    没有这个决策\n");
    for (const struct feel_note *n = e->notes->first; n; n = n->next)
        printf("    %.*s: %.*s\n", STR_ARG(n->element), STR_ARG(n->text));
}

static bool result_passes(const struct suite *s, xmlNode *test, xmlNode *node)
{
    struct arena a = arena_make(0);
    struct feel_notes notes = { 0 };
    struct ev e = ev_make(&a, inst_now(), &notes);
    e.exact_input = true; /* the kit says the type of each value itself */
    struct result r = { .s = s, .test = test, .node = node,
                        .invocable = spaced_name(
                            &a, xml_attr(&a, test, "invocableName")),
                        .want = &fv_null, .got = &fv_null };
    if (!guarded(&e, result_get, &r))
        r.got = &fv_null, r.want = &fv_null, r.agrees = false;
    if (!r.agrees)
        mismatch(&e, &r, xml_attr(&a, test, "id"));
    bool passes = r.agrees;
    arena_free(&a);
    return passes;
}

static void case_run(const struct suite *s, xmlNode *test)
{
    bool good = xml_child(test, "resultNode") != NULL;
    if (!good)
        printf("%s/%s: 用例没有期望的结果\n", s->folder, s->file);
    for (xmlNode *n = xml_child(test, "resultNode"); n;
         n = xml_next(n, "resultNode"))
        good &= result_passes(s, test, n);
    if (good)
        s->totals->passed++;
    else
        s->totals->failed++;
}

static void cases_run(struct suite *s, xmlNode *root)
{
    struct feel_notes notes = { 0 };
    struct dmn_source *sources =
        ARENA_NEW_N(s->a, struct dmn_source, DMN_MAX_SOURCES);
    struct dmn_model *m = NULL;
    str model = str_trim(xml_text(s->a, xml_child(root, "modelName")));
    str path = arena_printf(s->a, "%s/%.*s", s->folder, STR_ARG(model));
    size_t n = file_sources(s->a, path.p, sources);
    if (n == 0 || dmn_load(s->a, sources, n, &m, &notes) != OK) {
        unsigned count = xml_count(root, "testCase");
        printf("%s/%s: 无法读取模型 %.*s，%u 个用例未通过\n", s->folder,
               s->file, STR_ARG(model), count);
        s->totals->failed += count;
        return;
    }
    s->m = m;
    for (xmlNode *t = xml_child(root, "testCase"); t;
         t = xml_next(t, "testCase"))
        case_run(s, t);
}

static void file_run(const char *folder, const char *file, struct totals *t)
{
    struct arena a = arena_make(0);
    const char *why;
    str path = arena_printf(&a, "%s/%s", folder, file);
    str bytes = file_bytes(&a, path.p);
    xmlDoc *doc = str_is_none(bytes) ? NULL : xml_open(bytes, &why);
    xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    struct suite s = { .a = &a, .folder = folder, .file = file, .totals = t };
    if (xml_is(root, "testCases"))
        cases_run(&s, root);
    if (doc)
        xmlFreeDoc(doc);
    arena_free(&a);
}

/* ---- folders ---- */

static int visible(const struct dirent *d)
{
    return d->d_name[0] != '.';
}

static void entry_run(const char *folder, const char *name, struct totals *t,
                      int depth);

static bool folder_run(const char *folder, struct totals *t, int depth)
{
    struct dirent **entries;
    int n = depth ? scandir(folder, &entries, visible, alphasort) : -1;
    if (n < 0)
        return false;
    for (int i = 0; i < n; i++) {
        entry_run(folder, entries[i]->d_name, t, depth - 1);
        free(entries[i]);
    }
    free(entries);
    return true;
}

static void entry_run(const char *folder, const char *name, struct totals *t,
                      int depth)
{
    struct arena a = arena_make(0);
    struct stat st;
    str path = arena_printf(&a, "%s/%s", folder, name);
    if (stat(path.p, &st) == 0) {
        if (S_ISDIR(st.st_mode))
            folder_run(path.p, t, depth);
        else if (S_ISREG(st.st_mode) && str_ends(path, STR(".xml")))
            file_run(folder, name, t);
    }
    arena_free(&a);
}

int dmn_tck(const char *folder)
{
    struct totals t = { 0 };
    if (!folder_run(folder, &t, FOLDER_DEPTH)) {
        fprintf(stderr, "无法读取目录“%s”。\n", folder);
        return 2;
    }
    printf("%u passed, %u failed\n", t.passed, t.failed);
    return t.failed != 0;
}
