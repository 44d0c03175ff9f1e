/*
 * A paper's bytes, and the pictures drawn of it: the same people may see them,
 * and every look is recorded (个人信息保护法 第六条、第五十一条).
 *
 * The small picture tells papers apart and is no look at what they say: only a
 * whole page, or the file, marks the paper as seen by this desk.
 */
#include "services/apply/paper.h"

#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "kernel/page/page.h"
#include "services/apply/authority.h"
#include "services/pages.h"

bool paper_listed(str list, str word)
{
    while (!str_is_none(list))
        if (str_eq(str_cut(&list, ' '), word))
            return true;
    return false;
}

bool paper_for_desk(str list, str code)
{
    return authority_is_paper(code) || paper_listed(list, code);
}

bool paper_replaced(const struct paper_list *p, size_t n, size_t i)
{
    for (size_t k = i + 1; k < n; k++)
        if (str_eq(p[k].code, p[i].code))
            return true;
    return false;
}

/* ---- who may ---- */

static enum err mark_seen(struct tx *tx, int64_t paper, int64_t account)
{
    return look_add(tx, store_id(tx->store), paper, account, tx->now, NULL);
}

/* The desk of a part that asked for this paper. */
static enum err asked_by(struct request *rq, struct tx *tx, int64_t case_id,
                         str code, bool *desk)
{
    struct paper_desks *desks;
    size_t n;
    if (!rq_may(rq, "case.work"))
        return OK;
    enum err e = paper_desks(tx, case_id, authority_is_paper(code) ? STR("")
                                                                   : code,
                             &desks, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        *desk |= auth_in_scope(tx->who, desks[i].unit) &&
                 paper_for_desk(desks[i].papers, code);
    return e;
}

/* What is with the scanner, or did not pass it. */
static enum err safe_to_open(struct request *rq, str scan, bool mine)
{
    enum files_safe safe = files_safe(scan);
    if (safe == FILES_INFECTED)
        return rq_fail(rq, ERR_CONFLICT,
                       "这份文件查出病毒，已经隔离，不能打开。");
    if (safe == FILES_WAITING && !mine)
        return rq_fail(rq, ERR_CONFLICT,
                       "这份文件待查毒，查过以后才能打开，请稍后再试。");
    return OK;
}

/* The paper of this address, when this person may see it, and that they did. */
static enum err look_at(struct request *rq, struct tx *tx, bool whole,
                        struct paper_one *p)
{
    int64_t id;
    struct case_number number;
    struct case_load c;
    bool desk = false;
    if (!str_int(rq_path(rq, "id"), &id))
        return rq_fail(rq, ERR_NOTFOUND, "没有这份材料。");
    enum err e = paper_one(tx, id, p);
    if (e == ERR_NOTFOUND || (e == OK && str_is_none(p->sha256)))
        return rq_fail(rq, ERR_NOTFOUND, "没有这份材料。");
    if (e == OK)
        e = case_number(tx, p->case_id, &number);
    if (e == OK)
        e = case_load(tx, number.number, &c);
    if (e != OK)
        return e;
    bool mine = tx->who->account != 0 && (c.applicant == tx->who->account ||
                                          c.proxy == tx->who->account);
    if (!mine)
        e = asked_by(rq, tx, c.id, p->code, &desk);
    if (e != OK)
        return e;
    if (!mine && !desk)
        return rq_fail(rq, ERR_DENIED, "您没有查看这份材料的权限。");
    e = safe_to_open(rq, p->scan, mine);
    if (e != OK)
        return e;
    if (desk && whole)
        store_later(tx, mark_seen, id, tx->who->account);
    return audit_look(tx, STR("paper.look"), number.number);
}

/* ---- bytes ---- */

enum err paper_send(struct request *rq, struct tx *tx)
{
    struct paper_one p;
    enum err e = look_at(rq, tx, true, &p);
    return e == OK ? rq_send_file(rq, p.type, files_path(tx->arena, p.sha256),
                                  p.name) : e;
}

enum err paper_send_picture(struct request *rq, struct tx *tx, str sha256)
{
    struct paper_picture picture;
    int64_t page;
    enum err e = str_int(rq_path(rq, "page"), &page) && page >= 0
                     ? paper_picture(tx, sha256, page, &picture)
                     : ERR_NOTFOUND;
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "这一页没有图片，请打开原件查看。");
    if (e != OK)
        return e;
    str name = page == 0 ? STR("小图.jpg")
                         : arena_printf(tx->arena, "第%lld页.jpg",
                                        (long long)page);
    return rq_send_file(rq, STR("image/jpeg"),
                        files_path(tx->arena, picture.picture), name);
}

enum err paper_picture_send(struct request *rq, struct tx *tx)
{
    struct paper_one p;
    enum err e = look_at(rq, tx, !str_is(rq_path(rq, "page"), "0"), &p);
    return e == OK ? paper_send_picture(rq, tx, p.sha256) : e;
}

/* ---- as members of a page ---- */

void paper_show_thumb(struct view *row, const struct paper_drawn *d, str href)
{
    if (!str_is(d->preview, "made") || d->safe != FILES_SAFE ||
        d->width == INT_NONE) {
        view_text(row, "thumb", str_none);
        return;
    }
    struct view t = view_object(row, "thumb");
    view_text(&t, "src", arena_printf(row->arena, "%.*s/pictures/0",
                                      STR_ARG(href)));
    view_int(&t, "width", d->width);
    view_int(&t, "height", d->height);
}

/* Why the open paper has no picture; "" where another way shows it. */
static str why_page_note(struct arena *a, const struct paper_list *p)
{
    if (str_is_none(p->sha256) || files_safe(p->scan) != FILES_SAFE)
        return STR("");
    if (str_is(p->preview, "none"))
        return STR("这种格式不能在页面里预览，请打开原件查看。");
    if (str_is(p->preview, "failed"))
        return arena_printf(a, "%.*s，请打开原件核对；原件也打不开的，可以要求"
                            "补正。",
                            STR_ARG(files_preview_problem(
                                p->preview_problem)));
    return STR("预览正在生成，稍后刷新就能看到；也可以直接打开原件。");
}

static int64_t pages_of(const struct paper_list *p)
{
    return p->pages == INT_NONE || p->pages < p->drawn ? p->drawn : p->pages;
}

/* What is not in this picture; where pictures end before the paper does, and
 * why. */
static str below_page(struct arena *a, const struct paper_list *p,
                      int64_t page, int64_t missing)
{
    str note = files_preview_missing(a, missing);
    if (page == p->drawn && !str_is_none(p->preview_problem))
        return arena_printf(a, "%.*s第 %lld 页以后：%.*s，请打开原件核对。",
                            STR_ARG(note), (long long)page,
                            STR_ARG(files_preview_problem(
                                p->preview_problem)));
    if (pages_of(p) > p->drawn)
        return arena_printf(a, "%.*s预览到第 %lld 页为止，其余请打开原件。",
                            STR_ARG(note), (long long)p->drawn);
    return note;
}

/* How many pages there are, where that is known. */
static str page_of_pages(struct arena *a, const struct paper_list *p,
                         int64_t page, int64_t missing)
{
    bool known = p->pages != INT_NONE || (str_is_none(p->preview_problem) &&
                                          !(missing & FILES_GOES_ON));
    return arena_printf(a, "第 %lld 页，%s %lld 页", (long long)page,
                        known ? "共" : "预览到第",
                        (long long)(known ? pages_of(p) : p->drawn));
}

static str page_href(struct arena *a, str number, const struct paper_list *p,
                     int64_t page)
{
    if (page < 1 || page > p->drawn)
        return STR("");
    return arena_printf(a, "/desk/%.*s?paper=%lld&page=%lld#viewer",
                        STR_ARG(number), (long long)p->id, (long long)page);
}

/* ---- words of an office paper ---- */

static void show_block(struct view *row, const struct value *b)
{
    static const char *const kinds[] = { "head", "text" };
    for (size_t i = 0; i < 2; i++) {
        str s = value_get_text(b, str_of(kinds[i]));
        view_text(row, kinds[i], str_is_none(s) ? STR("") : s);
    }
    const struct value *rows = value_get(b, STR("rows"));
    view_bool(row, "table", rows && rows->count);
    struct value *list = view_list(row, "rows");
    for (const struct value *r = rows ? rows->first : NULL; r; r = r->next) {
        struct view line = view_row(row, list);
        struct value *cells = view_list(&line, "cells");
        for (const struct value *c = r->first; c; c = c->next)
            value_push(cells, value_text(row->arena, c->text));
    }
}

static const char words_note[] =
    "文字预览：只有文字和表格，按内容先后排列。版式、图片、印章、签名、批注和"
    "数字的格式以原件为准。";
static const char words_below[] =
    "从文件里读出的文字，可以复制、查找和朗读，先后以图片为准。";
static const char words_cut[] = "内容太长，预览没有到底，其余请打开原件。";

/* Member `words`; folded: below the picture of a page.  Null when there are
 * none, *words then has no blocks. */
static enum err put_words(struct view *o, struct tx *tx,
                          const struct paper_list *p, bool folded,
                          struct files_words *words)
{
    enum err e = files_words(tx, p->sha256, words);
    if (e != OK || (folded && words->blocks->count == 0)) {
        view_text(o, "words", str_none);
        return e == ERR_NOTFOUND ? OK : e;
    }
    struct view v = view_object(o, "words");
    view_text(&v, "note", str_of(folded ? words_below : words_note));
    view_bool(&v, "folded", folded);
    struct value *list = view_list(&v, "blocks");
    for (const struct value *b = words->blocks->first; b; b = b->next) {
        struct view row = view_row(&v, list);
        show_block(&row, b);
    }
    return OK;
}

/* Why there are only words, or not all of them. */
static str words_end(struct arena *a, const struct paper_list *p,
                     const struct files_words *words)
{
    if (words->blocks == NULL)
        return STR("预览读不出来，请打开原件核对。");
    if (!str_is_none(p->preview_problem))
        return arena_printf(a, "%.*s，这里只有读出的文字，请打开原件核对。",
                            STR_ARG(files_preview_problem(
                                p->preview_problem)));
    if (words->blocks->count == 0)
        return STR("这份文件里没有文字，请打开原件查看。");
    return words->cut ? str_of(words_cut) : STR("");
}

/* They are read here, so this is the look at the paper. */
static enum err show_words(struct view *o, struct tx *tx, str number,
                           const struct paper_list *p)
{
    struct files_words words = { .blocks = NULL };
    enum err e = put_words(o, tx, p, false, &words);
    view_text(o, "page", str_none);
    view_text(o, "page_note", words_end(o->arena, p, &words));
    if (e != OK || words.blocks == NULL)
        return e;
    store_later(tx, mark_seen, p->id, tx->who->account);
    return audit_look(tx, STR("paper.look"), number);
}

/* Below the picture, for who cannot see it and who copies from it. */
static enum err words_too(struct view *o, struct tx *tx,
                          const struct paper_list *p)
{
    struct files_words words;
    if (files_wordy(p->type))
        return put_words(o, tx, p, true, &words);
    view_text(o, "words", str_none);
    return OK;
}

enum err paper_show_page(struct view *o, struct tx *tx, str number,
                         const struct paper_list *p, int64_t wanted)
{
    struct paper_picture picture;
    struct arena *a = o->arena;
    bool made = str_is(p->preview, "made") &&
                files_safe(p->scan) == FILES_SAFE;
    if (!str_is_none(p->sha256) && made && p->drawn == 0)
        return show_words(o, tx, number, p);
    if (str_is_none(p->sha256) || !made) {
        view_text(o, "words", str_none);
        view_text(o, "page", str_none);
        view_text(o, "page_note", why_page_note(a, p));
        return OK;
    }
    int64_t page = wanted > p->drawn ? p->drawn : wanted;
    enum err e = paper_picture(tx, p->sha256, page, &picture);
    if (e != OK)
        return e;
    struct view v = view_object(o, "page");
    view_text(&v, "src", arena_printf(a, "/papers/%lld/pictures/%lld",
                                      (long long)p->id, (long long)page));
    view_int(&v, "width", picture.width);
    view_int(&v, "height", picture.height);
    view_text(&v, "text", page_of_pages(a, p, page, picture.missing));
    view_text(&v, "previous", page_href(a, number, p, page - 1));
    view_text(&v, "next", page_href(a, number, p, page + 1));
    view_text(o, "page_note", below_page(a, p, page, picture.missing));
    return words_too(o, tx, p);
}
