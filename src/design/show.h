/* What the pages of this module share. */
#ifndef DESIGN_SHOW_H
#define DESIGN_SHOW_H

#include "design/design.h"
#include "design/queries.gen.h"

/* The address of this request, decoded: routes are found by decoded segments,
 * too. */
str design_path(struct request *rq);

/* Which of the kinds the address of this request is about. */
const struct design_kind *design_kind_of(struct request *rq);

/* The version the address names; the sentence is set when there is none. */
enum err design_load(struct request *rq, struct tx *tx,
                     const struct design_kind *k, struct design_one *out)
    MUST_USE;

/* The same with what the checks say of it; the sentence is set when the file
 * cannot be read as a process. */
enum err design_load_process(struct request *rq, struct tx *tx,
                             struct design_one *d, struct design_report *r)
    MUST_USE;

/* The answer to a save: what became of it, and on to that version. */
enum err design_saved(struct request *rq, const struct design_kind *k, str key,
                      int64_t version, bool same) MUST_USE;

/* Members every page of a definition has: base, noun, form, key, version,
 * title, state. */
void design_show_head(struct request *rq, const struct design_kind *k,
                      const struct design_one *d);

/* 草稿, 已部署, 已停用 as shape tag. */
void design_show_state(struct view *v, const char *name, str state);
str design_state_word(str state);

/* Members complaints, fatal, hints, and summary. */
void design_show_complaints(struct view *v, const struct design_report *r);

void design_fact(struct view *v, struct value *list, const char *label,
                 str text);
/* Who made a version, when it was in force, and what is in it. */
void design_facts(struct view *v, struct value *list,
                  const struct design_one *d);
str design_time(struct arena *a, inst t); /* "—" for none */
/* How many are not listed, as text: "" for none, so that a page can ask. */
void design_show_rest(struct view *v, const char *name, int64_t n);

/* A copy that outlives the graph; nothing said is "". */
str design_copy(struct arena *a, str s);

/* The whole of a small file; none when it is larger than DESIGN_BYTES or
 * cannot be read. */
str design_file(struct arena *a, const char *path);

/* A drawing as html value. */
void design_drawing(struct view *v, const char *name, const struct bpmn *g,
                    const struct bpmn_marks *marks);

/*
 * The slow step before definition_save_post: reads the text, keeps what there
 * is to save.  title "": what the file calls itself.  A complaint goes to
 * field.
 */
enum err design_prepare(struct request *rq, struct tx *tx,
                        const struct design_kind *k, str key, str xml,
                        str title, const char *field) MUST_USE;

/* Adds a hint for each task whose post nobody holds today. */
enum err design_check_posts(struct tx *tx, struct design_report *r) MUST_USE;
/* Member posts: every post a process names, with how many hold it today. */
enum err design_show_posts(struct view *v, struct tx *tx, const struct bpmn *g)
    MUST_USE;

/* Answers as people type them: a JSON object, or lines NAME = VALUE where a
 * value that is no JSON is text.  ERR_INPUT with a sentence. */
enum err design_answers(struct arena *a, str text, struct value **out,
                        str *problem) MUST_USE;
/* One value: JSON, or else the text itself. */
struct value *design_answer(struct arena *a, str text);
/* An element or a setting of a file, "timeDuration", in a reader's words. */
str design_word(struct arena *a, str name);
/* Any value on one line. */
str design_json(struct arena *a, const struct value *v);

/* What the check of flow said, into the report. */
void design_take_lint(struct arena *a, struct design_report *r,
                      const struct bpmn_lint *lint);
/* names.c: conditions and inputs of tables nobody supplies. */
enum err design_check_names(struct tx *tx, struct design_report *r, str key)
    MUST_USE;

#endif
