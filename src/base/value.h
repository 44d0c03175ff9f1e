/*
 * value -- a tree of facts in an arena: what a page shows, what a JSON body
 * says, what a decision table is given.
 *
 * One tree has two readings.  As JSON a number is a number and a day an ISO
 * date; on a page the same number may wear thousands commas and the same day
 * be shortened to "11-20".  So a handler fills facts once, and "every page
 * also as JSON" costs a module nothing.  Members keep the order they were
 * added in.
 */
#ifndef BASE_VALUE_H
#define BASE_VALUE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/buf.h"
#include "base/time.h"

enum value_kind {
    VALUE_NULL,
    VALUE_BOOL,   /* i: 0 or 1 */
    VALUE_INT,    /* i */
    VALUE_DECIMAL,/* text: a JSON number as it was written, kept exact */
    VALUE_TEXT,   /* text */
    VALUE_HTML,   /* text: markup only the kernel's page part can make */
    VALUE_DAY,    /* i: day.n */
    VALUE_INST,   /* i: inst.ms */
    VALUE_FEN,    /* i */
    VALUE_LIST,
    VALUE_OBJECT,
};

/* How a page writes a value; JSON does not care. */
enum value_style {
    STYLE_PLAIN,   /* 310527, 2026-11-20, 2026-11-20 10:24, 12.50 */
    STYLE_GROUPED, /* 310,527 */
    STYLE_SHORT,   /* 11-20; an instant: 11-20 10:24 */
    STYLE_LONG,    /* 11 月 20 日; 2026 年 when told by the year */
};

struct value {
    str key;                    /* str_none in a list or at the root */
    struct value *next;         /* following sibling */
    struct value *first, *last; /* of a list or object */
    str text;
    int64_t i;
    uint32_t count; /* members of a list or object */
    uint8_t kind, style;
};

/* New nodes, unattached; all memory from the arena, text is not copied. */
struct value *value_new(struct arena *a, enum value_kind kind);
struct value *value_text(struct arena *a, str s); /* str_none gives null */
struct value *value_int(struct arena *a, int64_t i);
struct value *value_bool(struct arena *a, bool b);

/* Attaches v as the last member; the key is not copied. */
struct value *value_add(struct value *object, str key, struct value *v);
struct value *value_push(struct value *list, struct value *v);

/* The member named key, or NULL. */
const struct value *value_get(const struct value *object, str key);
const struct value *value_at(const struct value *list, size_t i);

/* Text of a member; str_none when absent or of another kind. */
str value_get_text(const struct value *object, str key);
int64_t value_get_int(const struct value *object, str key, int64_t otherwise);
/* The same with "" for none. */
str value_word(const struct value *object, str key);

/* Of a member that is a list: its first value, NULL when there is none; how
 * many.  Any other member has none. */
const struct value *value_first(const struct value *object, str key);
size_t value_count(const struct value *object, str key);
#define VALUE_EACH(v, object, key)                                         \
    for (const struct value *v = value_first(object, STR(key)); v;         \
         v = v->next)

/* False for null, false, an empty list; true for the rest, 0 and "" too
 * except that the empty text is false, as the reader of a page expects. */
bool value_truth(const struct value *v);

/* What the page shows, unescaped (VALUE_HTML too); nothing for null. */
void value_write_page(const struct value *v, struct buf *out);

/* 310,527 as text. */
str value_grouped(struct arena *a, int64_t n);

/* Compact JSON. */
void value_write_json(const struct value *v, struct buf *out);
/* The same as a text of the arena. */
str value_json(struct arena *a, const struct value *v);

/*
 * Reads one JSON text strictly (RFC 8259, UTF-8, no duplicate keys, depth at
 * most 64).  ERR_INPUT with *problem set to a Chinese sentence naming line and
 * column.  Integers that fit become VALUE_INT, other numbers VALUE_DECIMAL.
 */
enum err value_read_json(struct arena *a, str json, struct value **out,
                         str *problem) MUST_USE;

/* ---- view: the same tree, filled by handlers ---- */

struct view {
    struct arena *arena;
    struct value *object;
};

/* Each adds one member; names are literals.  A none adds null. */
void view_member(struct view *v, str name, enum value_kind kind, int64_t i,
                 enum value_style style);
void view_member_text(struct view *v, str name, str s);

static inline void view_text(struct view *v, const char *name, str s)
{
    view_member_text(v, str_of(name), s);
}

static inline void view_int(struct view *v, const char *name, int64_t i)
{
    view_member(v, str_of(name), VALUE_INT, i, STYLE_PLAIN);
}

static inline void view_count(struct view *v, const char *name, int64_t i)
{
    view_member(v, str_of(name), VALUE_INT, i, STYLE_GROUPED); /* 310,527 */
}

static inline void view_bool(struct view *v, const char *name, bool b)
{
    view_member(v, str_of(name), VALUE_BOOL, b, STYLE_PLAIN);
}

static inline void view_day(struct view *v, const char *name, day d)
{
    view_member(v, str_of(name), day_is_none(d) ? VALUE_NULL : VALUE_DAY, d.n,
                STYLE_PLAIN);
}

static inline void view_day_short(struct view *v, const char *name, day d)
{
    view_member(v, str_of(name), day_is_none(d) ? VALUE_NULL : VALUE_DAY, d.n,
                STYLE_SHORT);
}

void view_day_long(struct view *v, const char *name, day d);
void view_inst(struct view *v, const char *name, inst t);
void view_inst_short(struct view *v, const char *name, inst t);
void view_fen(struct view *v, const char *name, fen f);
void view_value(struct view *v, const char *name, struct value *tree);

/* An object member to be filled. */
struct view view_object(struct view *v, const char *name);

/* A list member, then a row (an object) of it at a time. */
struct value *view_list(struct view *v, const char *name);
struct view view_row(struct view *v, struct value *list);

#endif
