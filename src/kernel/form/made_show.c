/*
 * Questions made of several controls as an applicant sees them, and what was
 * answered as everybody reads it later.
 *
 * A page has one flat list of the shape `field`: a set is begun, its controls
 * follow, it ends.  Everything that changes the set is a submit button, so that
 * all of it works without scripts.
 */
#include "kernel/form/made.h"
#include "kernel/form/place.h"
#include "kernel/map/map.h"

/* ---- rows of the shape ---- */

static struct view piece(struct view *v, struct value *list, str name,
                         str label, str value)
{
    struct form_question plain = {
        .name = name, .label = label, .hint = STR(""), .unit = STR(""),
        .kind = STR("text"), .optional = false,
    };
    form_show(v, list, &plain, value, STR(""), NULL, 0);
    return (struct view){ v->arena, list->last };
}

static void set_text(struct view *row, const char *name, str s)
{
    struct value *m = (struct value *)value_get(row->object, str_of(name));
    m->kind = VALUE_TEXT;
    m->text = s;
}

static void set_bool(struct view *row, const char *name, bool b)
{
    struct value *m = (struct value *)value_get(row->object, str_of(name));
    m->kind = VALUE_BOOL;
    m->i = b;
}

enum frame { OPENS, CLOSES, PRESS, HIDDEN, TOLD, DRAWS, LOCATES };

/* A row that is no control of its own. */
static struct view frame(struct view *v, struct value *list, enum frame what,
                         str name, str label, str value)
{
    struct view row = piece(v, list, name, label, value);
    set_bool(&row, "line", false);
    struct value *null = (struct value *)value_get(row.object, STR("frame"));
    struct value *o = value_new(v->arena, VALUE_OBJECT);
    null->kind = VALUE_OBJECT;
    struct view f = { v->arena, o };
    view_bool(&f, "opens", what == OPENS);
    view_bool(&f, "closes", what == CLOSES);
    view_bool(&f, "press", what == PRESS);
    view_bool(&f, "hidden", what == HIDDEN);
    view_bool(&f, "told", what == TOLD);
    view_bool(&f, "draws", what == DRAWS);
    view_bool(&f, "locates", what == LOCATES);
    if (what != LOCATES)
        view_text(&f, "map", str_none);
    null->first = o->first;
    null->last = o->last;
    null->count = o->count;
    return row;
}

static str error_of(const struct form_page *p, str name)
{
    return p->error ? p->error(p->context, name) : STR("");
}

static void open_set(struct view *v, struct value *list,
                     const struct form_question *q, const struct form_page *p)
{
    struct view row = frame(v, list, OPENS, q->name, q->label, STR(""));
    set_text(&row, "hint", q->hint);
    set_text(&row, "error", error_of(p, q->name));
    set_text(&row, "origin", p->origin);
    set_text(&row, "wrong", p->wrong);
    set_bool(&row, "optional", q->optional);
}

static void close_set(struct view *v, struct value *list,
                      const struct form_question *q)
{
    (void)frame(v, list, CLOSES, q->name, STR(""), STR(""));
}

static void press(struct view *v, struct value *list, str what, str label)
{
    (void)frame(v, list, PRESS, STR("do"), label, what);
}

/* ---- rows and tables ---- */

static void show_cells(struct view *v, struct value *list,
                       const struct form_question *q, const struct form_page *p,
                       const struct value *row, size_t i)
{
    struct arena *a = v->arena;
    const struct value *around = made_around(a, q, row, p->answers);
    for (size_t k = 0; k < q->field_count; k++) {
        struct form_question f = q->fields[k];
        if (!form_asks(f.when, a, around))
            continue;
        str value = form_typed_text(a, value_get(row, f.name));
        f.name = made_name(a, q, made_row(q, a, i), f.check.name);
        form_show(v, list, &f, value, error_of(p, f.name), p->towns,
                  p->town_count);
    }
}

static void show_rows(struct view *v, struct value *list,
                      const struct form_question *q, const struct form_page *p)
{
    struct arena *a = v->arena;
    const struct value *answer = value_get(p->answers, q->name);
    size_t n = made_rows(q, answer);
    bool table = str_is(q->kind, "table");
    str each = q->unit.n ? q->unit : STR("行");
    (void)frame(v, list, HIDDEN, made_name(a, q, STR(""), "n"), STR(""),
                arena_printf(a, "%zu", n));
    for (size_t i = 0; i < n; i++) {
        struct form_question one = {
            .name = made_name(a, q, made_row(q, a, i), "row"),
            .label = made_row_label(q, a, i), .hint = STR(""),
        };
        struct form_page quiet = { .origin = STR(""), .wrong = STR("") };
        open_set(v, list, &one, &quiet);
        show_cells(v, list, q, p, made_row_of(q, answer, i), i);
        if (!table && n > (size_t)q->low)
            press(v, list, arena_printf(a, "%.*s.remove.%zu", STR_ARG(q->name),
                                        i),
                  arena_printf(a, "删除第 %zu %.*s", i + 1, STR_ARG(each)));
        close_set(v, list, &one);
    }
    if (!table && n < (size_t)q->high)
        press(v, list, arena_printf(a, "%.*s.add", STR_ARG(q->name)),
              arena_printf(a, n ? "再加一%.*s" : "加一%.*s", STR_ARG(each)));
    if (!table && n >= (size_t)q->high)
        (void)frame(v, list, TOLD, q->name, arena_printf(
            a, "最多 %lld %.*s，已经填满。", (long long)q->high,
            STR_ARG(each)), STR(""));
}

/* ---- an address by division ---- */

static void choose(struct view *v, struct value *list, str name, str label,
                   const struct place *const *places, size_t n, str chosen)
{
    struct view row = piece(v, list, name, label, chosen);
    struct value *choices = (struct value *)value_get(row.object,
                                                      STR("choices"));
    set_bool(&row, "line", false);
    set_bool(&row, "select", true);
    for (size_t i = 0; i < n; i++) {
        struct view c = view_row(v, choices);
        view_text(&c, "value", places[i]->code);
        view_text(&c, "label", places[i]->name);
        view_text(&c, "remark", STR(""));
        view_bool(&c, "chosen", str_eq(places[i]->code, chosen));
        view_text(&c, "id", STR(""));
    }
}

/* The divisions from the province down to code; *n of them. */
static void chain_of(str code, str chain[PLACE_LEVELS + 1], int *n)
{
    const struct place *p = place_of(code);
    *n = p ? p->level : 0;
    for (; p; p = place_of(p->parent))
        chain[p->level - 1] = p->code;
}

static void show_levels(struct view *v, struct value *list,
                        const struct form_question *q, str code)
{
    static const char *const labels[] = { "省、自治区、直辖市", "市、州",
                                          "县、区", "乡镇、街道",
                                          "村、社区" };
    static const char *const names[] = { "1", "2", "3", "4", "5" };
    struct arena *a = v->arena;
    const struct place *own = q->own ? place_own() : NULL;
    str chain[PLACE_LEVELS + 1] = { { NULL, 0 } };
    int depth;
    if (own && place_of(code) == NULL)
        code = own->code;
    chain_of(code, chain, &depth);
    str parent = own ? own->code : STR("");
    for (int i = own ? own->level : 0; i <= depth && i < PLACE_LEVELS; i++) {
        size_t n;
        const struct place *const *under = place_under(a, parent, &n);
        str chosen = i < depth ? chain[i] : STR("");
        if (n == 0)
            return;
        choose(v, list, made_name(a, q, STR(""), names[i]), str_of(labels[i]),
               under, n, chosen);
        parent = chosen;
    }
    if (depth < PLACE_LEVELS && (code.n == 0 || place_goes_on(code)))
        press(v, list, arena_printf(a, "%.*s.next", STR_ARG(q->name)),
              STR("选好了，显示下一级"));
}

/* Where the name is known the chain need not be walked. */
static void show_found(struct view *v, struct value *list,
                       const struct form_question *q, str words)
{
    enum { FOUND = 12 };
    struct arena *a = v->arena;
    const struct place *found[FOUND];
    const struct place *own = q->own ? place_own() : NULL;
    size_t n = words.n ? place_find(words, own ? own->code : STR(""), found,
                                    FOUND) : 0;
    str name = made_name(a, q, STR(""), "find");
    struct view row = piece(v, list, name, STR("或者按地名查找"), words);
    set_text(&row, "hint", STR("写村、社区、乡镇的名称，例如“西津 山门”。"));
    set_bool(&row, "optional", true);
    press(v, list, arena_printf(a, "%.*s.find", STR_ARG(q->name)),
          STR("查找"));
    if (words.n && n == 0)
        (void)frame(v, list, TOLD, name, STR(
            "没有找到。请换一个写法，或者从上面一级一级选。"), STR(""));
    if (n == 0)
        return;
    row = piece(v, list, made_name(a, q, STR(""), "pick"),
                STR("查到的地方"), STR(""));
    set_bool(&row, "line", false);
    set_bool(&row, "choice", true);
    set_bool(&row, "optional", true);
    struct value *choices = (struct value *)value_get(row.object,
                                                      STR("choices"));
    for (size_t i = 0; i < n; i++) {
        struct view c = view_row(v, choices);
        view_text(&c, "value", found[i]->code);
        view_text(&c, "label", found[i]->words);
        view_text(&c, "remark", STR(""));
        view_bool(&c, "chosen", false);
        view_text(&c, "id", arena_printf(a, "f-%.*s-%zu", STR_ARG(name),
                                         i + 1));
    }
    press(v, list, arena_printf(a, "%.*s.next", STR_ARG(q->name)),
          STR("用选中的地方"));
}

static str text_in(struct arena *a, const struct value *v, const char *name)
{
    return form_typed_text(a, v && v->kind == VALUE_OBJECT
                                  ? value_get(v, str_of(name)) : NULL);
}

static void show_division(struct view *v, struct value *list,
                          const struct form_question *q,
                          const struct form_page *p)
{
    struct arena *a = v->arena;
    const struct value *answer = value_get(p->answers, q->name);
    str code = text_in(a, answer, "code");
    show_levels(v, list, q, code);
    show_found(v, list, q, text_in(a, answer, "find"));
    str name = made_name(a, q, STR(""), "detail");
    struct view row = piece(v, list, name, STR("门牌、组"),
                            text_in(a, answer, "detail"));
    bool ends = place_of(code) && !place_goes_on(code) &&
                place_of(code)->level < PLACE_LEVELS;
    set_text(&row, "hint", ends ? STR("区划数据到这一级为止，乡镇和村也请写在"
                                      "这里。")
                                : STR("例如 中津路 112 号、上坑组 6 号。"));
    set_text(&row, "width", STR(""));
    set_text(&row, "error", error_of(p, name));
}

/* ---- a point ---- */

static void show_system(struct view *v, struct value *list, str name, str value,
                        str error)
{
    struct form_choice choices[] = {
        { STR("CGCS2000"), STR("CGCS2000（测绘成果、卫星定位、天地图）") },
        { STR("GCJ-02"), STR("GCJ-02（手机地图上看到的）") },
    };
    struct form_question q = {
        .name = name, .label = STR("坐标系"), .unit = STR(""),
        .hint = STR("两种坐标相差几百米，按您看到坐标的地方选。"),
        .kind = STR("choice"), .choices = choices, .choice_count = 2,
    };
    form_show(v, list, &q, value, error, NULL, 0);
}

static str square_text(struct arena *a, const struct form_square *s)
{
    return arena_printf(a, "%.6f,%.6f,%.6f,%.6f", (double)s->south / 1e6,
                        (double)s->west / 1e6, (double)s->north / 1e6,
                        (double)s->east / 1e6);
}

/* What scripts add: where the device is, and a map to point at. */
static void show_map(struct view *v, struct value *list,
                     const struct form_question *q, const struct value *answer)
{
    struct arena *a = v->arena;
    struct view row = frame(v, list, LOCATES, q->name,
                            STR("用这台设备现在的位置"), STR(""));
    struct view f = { a, (struct value *)value_get(row.object, STR("frame")) };
    map_show(&f, "map", &(struct map_point){
        .name = q->name, .label = q->label,
        .lat = text_in(a, answer, "lat"), .lon = text_in(a, answer, "lon"),
        .square = square_text(a, &q->square),
    });
}

static void show_point(struct view *v, struct value *list,
                       const struct form_question *q, const struct form_page *p)
{
    struct arena *a = v->arena;
    const struct value *answer = value_get(p->answers, q->name);
    static const struct { const char *piece, *label, *hint; } two[] = {
        { "lat", "北纬", "小数的度，例如 30.633812。也可以把“30.633812, "
                         "118.983024”整个贴在这里。" },
        { "lon", "东经", "小数的度，例如 118.983024。" },
    };
    for (int i = 0; i < 2; i++) {
        str name = made_name(a, q, STR(""), two[i].piece);
        struct view row = piece(v, list, name, str_of(two[i].label),
                                text_in(a, answer, two[i].piece));
        set_text(&row, "hint", str_of(two[i].hint));
        set_text(&row, "error", error_of(p, name));
        set_text(&row, "keys", STR("decimal"));
        set_text(&row, "width", STR("w-s"));
        set_text(&row, "suffix", STR("度"));
    }
    str name = made_name(a, q, STR(""), "system");
    str system = text_in(a, answer, "system");
    show_system(v, list, name, system, error_of(p, name));
    show_map(v, list, q, answer);
}

/* ---- a signature ---- */

static void show_signature(struct view *v, struct value *list,
                           const struct form_question *q,
                           const struct form_page *p)
{
    struct arena *a = v->arena;
    const struct value *answer = value_get(p->answers, q->name);
    str name = made_name(a, q, STR(""), "name");
    struct view row = piece(v, list, name, STR("签名人姓名"),
                            text_in(a, answer, "name"));
    set_text(&row, "error", error_of(p, name));
    set_text(&row, "width", STR("w-m"));
    (void)frame(v, list, DRAWS, made_name(a, q, STR(""), "drawing"),
                STR("手写签名"), text_in(a, answer, "drawing"));
    struct form_question agree = {
        .name = made_name(a, q, STR(""), "agree"), .kind = STR("flag"),
        .label = STR("这是本人的签名，表示认可以上填写的内容"),
        .hint = STR("手写的图样和写下的姓名都是电子签名（电子签名法第二条）；"
                    "需要第十三条所说的可靠的电子签名时，会另外请您签。"),
        .unit = STR(""),
    };
    form_show(v, list, &agree, text_in(a, answer, "agree"),
              error_of(p, agree.name), NULL, 0);
}

/* ---- any question ---- */

void form_show_question(struct view *v, struct value *list,
                        const struct form_question *q,
                        const struct form_page *p)
{
    if (!form_made(q)) {
        form_show(v, list, q, form_typed_text(v->arena,
                                              value_get(p->answers, q->name)),
                  error_of(p, q->name), p->towns, p->town_count);
        struct view row = { v->arena, list->last };
        set_text(&row, "origin", p->origin);
        set_text(&row, "wrong", p->wrong);
        return;
    }
    open_set(v, list, q, p);
    if (str_is(q->kind, "rows") || str_is(q->kind, "table"))
        show_rows(v, list, q, p);
    else if (str_is(q->kind, "division"))
        show_division(v, list, q, p);
    else if (str_is(q->kind, "point"))
        show_point(v, list, q, p);
    else
        show_signature(v, list, q, p);
    close_set(v, list, q);
}

/* ---- what was answered ---- */

static str row_text(const struct form_question *q, struct arena *a,
                    const struct value *row)
{
    str all = STR("");
    for (size_t k = 0; row && k < q->field_count; k++) {
        const struct form_question *f = &q->fields[k];
        str text = form_answer_text(f, a, value_get(row, f->name));
        if (value_get(row, f->name) && text.n)
            all = arena_printf(a, "%.*s%s%.*s %.*s", STR_ARG(all),
                               all.n ? "，" : "", STR_ARG(f->label),
                               STR_ARG(text));
    }
    return all;
}

str made_text(const struct form_question *q, struct arena *a,
              const struct value *answer)
{
    str all = STR("");
    if (answer == NULL || answer->kind == VALUE_NULL)
        return all;
    if (str_is(q->kind, "division")) {
        str words = text_in(a, answer, "words");
        if (words.n == 0)
            words = place_words(text_in(a, answer, "code"));
        return arena_join(a, words, text_in(a, answer, "detail"));
    }
    if (str_is(q->kind, "point"))
        return text_in(a, answer, "lat").n == 0 ? all : arena_printf(
            a, "北纬 %.*s°，东经 %.*s°（%.*s）",
            STR_ARG(text_in(a, answer, "lat")),
            STR_ARG(text_in(a, answer, "lon")),
            STR_ARG(text_in(a, answer, "system")));
    if (str_is(q->kind, "signature"))
        return text_in(a, answer, "name").n == 0 ? all : arena_printf(
            a, "%.*s（%s）", STR_ARG(text_in(a, answer, "name")),
            text_in(a, answer, "drawing").n ? "手写签名" : "写名并声明");
    for (size_t i = 0; i < made_rows(q, answer); i++) {
        str text = row_text(q, a, made_row_of(q, answer, i));
        if (text.n)
            all = arena_printf(a, "%.*s%s%.*s：%.*s", STR_ARG(all),
                               all.n ? "；" : "",
                               STR_ARG(made_row_label(q, a, i)),
                               STR_ARG(text));
    }
    return all;
}

size_t form_said(const struct form_question *q, struct arena *a,
                 const struct value *answer, struct form_said **out)
{
    bool rows = str_is(q->kind, "rows") || str_is(q->kind, "table");
    size_t n = rows ? made_rows(q, answer) : 0, said = 0;
    struct form_said *list = ARENA_NEW_N(a, struct form_said, n + 1);
    for (size_t i = 0; i < n; i++) {
        str text = row_text(q, a, made_row_of(q, answer, i));
        if (text.n)
            list[said++] = (struct form_said){
                .label = arena_printf(a, "%.*s %.*s", STR_ARG(q->label),
                                      STR_ARG(made_row_label(q, a, i))),
                .text = text, .drawing = STR(""),
            };
    }
    bool point = str_is(q->kind, "point") &&
                 str_is(text_in(a, answer, "system"), "CGCS2000");
    if (said == 0)
        list[said++] = (struct form_said){
            .label = q->label,
            .text = rows ? STR("") : form_answer_text(q, a, answer),
            .drawing = str_is(q->kind, "signature")
                           ? text_in(a, answer, "drawing") : STR(""),
            .lat = point ? text_in(a, answer, "lat") : STR(""),
            .lon = point ? text_in(a, answer, "lon") : STR(""),
        };
    *out = list;
    return said;
}

void form_said_show(struct view *row, const struct form_said *said, str text)
{
    view_text(row, "label", said->label);
    view_text(row, "value", text.n ? text : said->text);
    view_text(row, "drawing", said->drawing);
    if (said->lat.n == 0) {
        view_text(row, "place", str_none);
        return;
    }
    struct view place = view_object(row, "place");
    view_text(&place, "geo", arena_printf(row->arena, "geo:%.*s,%.*s",
                                          STR_ARG(said->lat),
                                          STR_ARG(said->lon)));
    map_show(&place, "map", &(struct map_point){
        .name = STR(""), .label = said->label, .lat = said->lat,
        .lon = said->lon, .square = STR(""),
    });
}
