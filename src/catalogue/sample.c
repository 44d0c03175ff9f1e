/*
 * Samples and blank forms: handed in by the department's clerk beside a draft,
 * looked at by everybody once the version that names them is in force.
 *
 * Two ways lead to the same page and bytes: the public one, which knows only
 * what is offered now, and the catalogue's own, for those who write and review
 * what is not yet, or no longer, in force.
 */
#include "catalogue/pages.h"

#include "catalogue/named.h"
#include "catalogue/show.h"
#include "kernel/audit/audit.h"
#include "kernel/conf/conf.h"
#include "kernel/files/files.h"
#include "kernel/page/page.h"

/* ---- what is there ---- */

/* The two queries say the same of a file. */
struct sample {
    str item, item_name, unit_name, paper, which, name, type, scan, preview,
        preview_problem;
    int64_t size, pages, drawn;
    bool open; /* to everybody */
};

#define SAMPLE_OF(r, is_open) ((struct sample){                              \
    (r).item, (r).item_name, (r).unit_name, (r).paper, (r).which, (r).name,  \
    (r).type, (r).scan, (r).preview, (r).preview_problem, (r).size,          \
    (r).pages, (r).drawn, is_open })

/* By the digest in the address.  Whatever is not offered is not there: who asks
 * is not told whether such bytes are kept for somebody else. */
static enum err find(struct request *rq, struct tx *tx, bool open,
                     struct sample *out)
{
    struct sample_open o;
    struct sample_any any;
    str sha256 = rq_path(rq, "sha256");
    enum err e = open ? sample_open(tx, sha256, &o)
                      : sample_any(tx, sha256, &any);
    if (e == OK)
        *out = open ? SAMPLE_OF(o, true) : SAMPLE_OF(any, false);
    if (e == OK && files_safe(out->scan) != FILES_SAFE)
        e = open ? ERR_NOTFOUND : ERR_CONFLICT;
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有这份样表或者空白表，可能已经换成新的，请从"
                              "办事指南里打开。");
    return e == ERR_CONFLICT
               ? rq_fail(rq, e, "这份文件待查毒或者查出病毒，不能打开。") : e;
}

/* ---- the page ---- */

static str why_no_page(struct arena *a, const struct sample *s)
{
    /* Of an office paper there may be words and no picture. */
    return str_is(s->preview, "none") || str_is(s->preview, "made")
               ? STR("这种格式不能在页面里预览，请下载后打开。")
           : str_is(s->preview, "failed")
               ? arena_printf(a, "%.*s，请下载后打开。", STR_ARG(
                                  files_preview_problem(s->preview_problem)))
               : STR("预览正在生成，稍后刷新就能看到；也可以直接下载。");
}

static enum err show_page(struct tx *tx, struct view *v, str base,
                          const struct sample *s, str sha256, int64_t wanted)
{
    struct sample_picture picture;
    struct arena *a = v->arena;
    if (!str_is(s->preview, "made") || s->drawn == 0) {
        view_text(v, "page", str_none);
        view_text(v, "page_note", why_no_page(a, s));
        return OK;
    }
    int64_t n = wanted > s->drawn ? s->drawn : wanted;
    int64_t all = s->pages == INT_NONE || s->pages < s->drawn ? s->drawn
                                                              : s->pages;
    enum err e = sample_picture(tx, sha256, n, &picture);
    if (e != OK)
        return e;
    struct view page = view_object(v, "page");
    view_text(&page, "src", arena_printf(a, "%.*s/pictures/%lld",
                                         STR_ARG(base), (long long)n));
    view_int(&page, "width", picture.width);
    view_int(&page, "height", picture.height);
    view_text(&page, "text", arena_printf(a, "第 %lld 页，共 %lld 页",
                                          (long long)n, (long long)all));
    view_text(&page, "previous", n > 1
                  ? arena_printf(a, "%.*s?page=%lld", STR_ARG(base),
                                 (long long)n - 1) : STR(""));
    view_text(&page, "next", n < s->drawn
                  ? arena_printf(a, "%.*s?page=%lld", STR_ARG(base),
                                 (long long)n + 1) : STR(""));
    view_text(v, "page_note",
              arena_printf(a, "%.*s%s",
                           STR_ARG(files_preview_missing(a, picture.missing)),
                           all > s->drawn ? "其余各页请下载后看。" : ""));
    return OK;
}

static enum err show(struct request *rq, struct tx *tx, bool open)
{
    struct sample s;
    struct view *v = rq_view(rq);
    struct arena *a = v->arena;
    str sha256 = rq_path(rq, "sha256");
    enum err e = find(rq, tx, open, &s);
    if (e != OK)
        return e;
    rq_menu(rq, open ? "services" : "desk.catalogue");
    str base = arena_printf(a, "%s/samples/%.*s", open ? "" : "/catalogue",
                            STR_ARG(sha256));
    view_text(v, "word", str_of(page_sample_word(s.which)));
    view_text(v, "paper", s.paper);
    view_text(v, "item", s.item);
    view_text(v, "item_name", s.item_name);
    view_text(v, "unit_name", s.unit_name);
    view_text(v, "guide", arena_printf(a, open ? "/services/items/%.*s"
                                               : "/catalogue/items/%.*s",
                                       STR_ARG(s.item)));
    view_bool(v, "open", open);
    view_text(v, "name", s.name);
    view_text(v, "about", files_about(a, s.type, s.size));
    view_text(v, "save", arena_join(a, base, STR("/file")));
    return show_page(tx, v, base, &s, sha256, rq_int(rq, "page", 1));
}

static enum err send(struct request *rq, struct tx *tx, bool open)
{
    struct sample s;
    enum err e = find(rq, tx, open, &s);
    return e == OK ? rq_send_file(rq, s.type,
                                  files_path(tx->arena,
                                             rq_path(rq, "sha256")), s.name)
                   : e;
}

static enum err send_picture(struct request *rq, struct tx *tx, bool open)
{
    struct sample s;
    struct sample_picture picture;
    int64_t page;
    enum err e = find(rq, tx, open, &s);
    if (e != OK)
        return e;
    e = str_int(rq_path(rq, "page"), &page)
            ? sample_picture(tx, rq_path(rq, "sha256"), page, &picture)
            : ERR_NOTFOUND;
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "这一页没有图片，请下载后看。");
    return e == OK ? rq_send_file(rq, STR("image/jpeg"),
                                  files_path(tx->arena, picture.picture),
                                  STR("页.jpg")) : e;
}

enum err sample_show(struct request *rq, struct tx *tx)
{
    return show(rq, tx, true);
}

enum err sample_send(struct request *rq, struct tx *tx)
{
    return send(rq, tx, true);
}

enum err sample_picture_send(struct request *rq, struct tx *tx)
{
    return send_picture(rq, tx, true);
}

enum err catalogue_sample_show(struct request *rq, struct tx *tx)
{
    return show(rq, tx, false);
}

enum err catalogue_sample_send(struct request *rq, struct tx *tx)
{
    return send(rq, tx, false);
}

enum err catalogue_sample_picture(struct request *rq, struct tx *tx)
{
    return send_picture(rq, tx, false);
}

/* ---- handing in ---- */

/* The draft and the place of this address. */
static enum err place_of(struct request *rq, struct tx *tx, struct kept *k,
                         struct named_place *p)
{
    enum err e = show_load_draft(rq, tx, k);
    if (e == OK && !named_place(k->guide, rq_path(rq, "place"), p))
        return rq_fail(rq, ERR_NOTFOUND,
                       "办事指南里没有这份材料，可能刚刚被删去，请刷新后再"
                       "看。");
    return e;
}

static void show_now(struct tx *tx, struct view *v, str has)
{
    struct paper_known known;
    str sha256, name;
    struct value *list = view_list(v, "offered");
    bool there = guide_file(has, &sha256, &name);
    bool here = there && paper_known(tx, sha256, &known) == OK;
    view_text(v, "missing", there && !here ? name : STR(""));
    view_text(v, "personal", here ? known.personal : STR(""));
    view_bool(v, "there", there);
    if (!here)
        return;
    str base = arena_printf(v->arena, "/catalogue/samples/%.*s",
                            STR_ARG(sha256));
    page_offered(v, list, "现在的文件", name,
                 files_about(v->arena, known.type, known.size), base,
                 arena_join(v->arena, base, STR("/file")));
}

enum err catalogue_file_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct named_place p;
    struct kept k;
    enum err e = place_of(rq, tx, &k, &p);
    if (e != OK)
        return e;
    rq_menu(rq, "desk.catalogue");
    show_item_head(v, &k);
    view_text(v, "heading", arena_printf(v->arena, "%s：%.*s", p.word,
                                         STR_ARG(p.paper)));
    view_text(v, "action", arena_printf(v->arena,
                                        "/catalogue/items/%.*s/files/%.*s",
                                        STR_ARG(k.item.code),
                                        STR_ARG(rq_path(rq, "place"))));
    show_now(tx, v, guide_get(p.of, p.member));
    show_ask(rq, view_list(v, "fields"), "file", "file", "文件",
             arena_printf(v->arena, "PDF、JPG、PNG、OFD、DOCX、XLSX，不超过 "
                                    "%lld MB。",
                          (long long)conf_int("upload_mb")).p,
             false, STR(""));
    return OK;
}

/* What the slow step found out for the command. */
struct looked {
    str personal;
    bool told;
};

enum err catalogue_file_before(struct request *rq, struct tx *tx)
{
    const struct upload *u;
    struct named_place p;
    struct kept k;
    struct looked *l = ARENA_NEW(tx->arena, struct looked);
    str problem = STR("");
    enum err e = place_of(rq, tx, &k, &p);
    if (e != OK)
        return e;
    if (!rq_upload(rq, "file", &u))
        return rq_fail_field(rq, ERR_INPUT, "file", STR("请选择文件"));
    e = files_adopt(u, &problem);
    if (e == ERR_BUSY)
        return rq_fail_str(rq, e, problem);
    if (e != OK)
        return rq_fail_field(rq, e, "file", problem);
    named_look(tx->arena, u->sha256, u->type, tx_today(tx), &l->personal,
               &l->told);
    rq_keep(rq, l);
    return OK;
}

/* A name that fits a cell of a table: 申请书.pdf. */
static str plain_name(struct arena *a, str name)
{
    str out = arena_str(a, utf8_head(name, GUIDE_FILE_NAME));
    ptrdiff_t bar;
    for (size_t i = 0; i < out.n; i++)
        if ((unsigned char)out.p[i] < ' ' || out.p[i] == '/')
            ((char *)out.p)[i] = '_';
    while ((bar = str_find(out, STR("｜"))) >= 0)
        out = arena_printf(a, "%.*s_%.*s", (int)bar, out.p,
                           STR_ARG(str_slice(out, (size_t)bar + 3, out.n)));
    return str_trim(out).n ? str_trim(out) : STR("文件");
}

static enum err written(struct request *rq, struct tx *tx, struct kept *k,
                        str what)
{
    enum err e = keep_write(tx, k, k->version.note);
    if (e == ERR_RANGE)
        return rq_fail(rq, e, "办事指南太长，请精简后再保存。");
    if (e == OK)
        e = audit_note(tx, STR("catalogue.file"), k->item.code, what);
    if (e != OK)
        return e;
    rq_flash(rq, "ok", arena_join(tx->arena, what, STR("。")));
    return rq_see_other(rq, "/catalogue/items/%.*s", STR_ARG(k->item.code));
}

enum err catalogue_file_post(struct request *rq, struct tx *tx)
{
    const struct looked *l = rq_kept(rq);
    const struct upload *u;
    struct named_place p;
    struct kept k;
    enum err e = place_of(rq, tx, &k, &p);
    if (e != OK)
        return e;
    if (!rq_upload(rq, "file", &u))
        return rq_fail_field(rq, ERR_INPUT, "file", STR("请选择文件"));
    e = paper_put(tx, u->sha256, l->personal, l->told, tx->now, NULL);
    if (e != OK)
        return e;
    str name = plain_name(tx->arena, u->name);
    guide_put(p.of, p.member, value_text(tx->arena, arena_printf(
                                  tx->arena, "%.*s %.*s", STR_ARG(u->sha256),
                                  STR_ARG(name))));
    return written(rq, tx, &k, arena_printf(
        tx->arena, "%.*s的%s已换成“%.*s”%s%.*s", STR_ARG(p.paper), p.word,
        STR_ARG(name), l->personal.n ? "，里面像是有真实的" : "",
        STR_ARG(l->personal)));
}

enum err catalogue_file_remove_post(struct request *rq, struct tx *tx)
{
    struct named_place p;
    struct kept k;
    enum err e = place_of(rq, tx, &k, &p);
    if (e != OK)
        return e;
    if (!guide_says(p.of, p.member))
        return rq_fail(rq, ERR_NOTFOUND, "这里没有文件，可能刚刚被移除。");
    guide_put(p.of, p.member, NULL);
    return written(rq, tx, &k, arena_printf(tx->arena, "%.*s的%s已移除",
                                            STR_ARG(p.paper), p.word));
}
