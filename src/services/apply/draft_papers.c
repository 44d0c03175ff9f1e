/*
 * The papers of a draft.  A paper is in the store of files and synced before
 * its row is written, so "已上传" is never said of something a power cut loses.
 */
#include "services/pages.h"

#include "kernel/files/files.h"
#include "kernel/page/page.h"
#include "services/apply/draft.h"
#include "services/apply/held.h"
#include "services/apply/paper.h"
#include "services/guide/sampled.h"
#include "services/show.h"

/* What the answers so far ask for.  Answers that do not yet check out are no
 * reason to hide the papers: the tables take what is there. */
static enum err wanted(struct request *rq, struct tx *tx, const struct draft *d,
                       struct decided *out)
{
    struct value *checked;
    struct form_report report = { .count = 0 };
    str sentence;
    enum err e = offer_check(d->offer, d->offer->sheet.group_count, tx->arena,
                             d->answers, &checked, &report);
    if (e != OK && e != ERR_INPUT && e != ERR_RANGE)
        return e;
    e = offer_decide(d->offer, tx->arena, checked, out, &sentence);
    return e == OK ? OK : rq_fail_str(rq, e, sentence);
}

/* What a paper is beside its name: where it was taken from, or how large. */
static str file_remark(struct arena *a, const struct draft_paper_list *p)
{
    if (str_is(p->source, "licence"))
        return STR("取自您的证照库，提交和作出决定时核对是否有效");
    if (str_is(p->source, "case"))
        return arena_printf(a, "取自您的办件 %.*s，%.*s", STR_ARG(p->ref),
                            STR_ARG(files_size(a, p->size)));
    str scan = p->sha256.n ? p->scan : str_none;
    str about = arena_join(a, files_size(a, p->size),
                           show_found(a, scan, p->pages, p->sharp));
    bool waits = !str_is_none(scan) && files_safe(scan) == FILES_WAITING;
    return waits ? arena_join(a, about, STR("；不用等，可以接着填写、提交，查过"
                                            "以后工作人员才能打开")) : about;
}

/* Its pages as pictures, where no file may be opened. */
static enum err show_here(struct view *f, struct tx *tx, str href,
                          const struct draft_paper_list *p)
{
    struct paper_picture picture;
    struct value *list = view_list(f, "pages");
    bool seen = str_is(p->preview, "made") &&
                files_safe(p->scan) == FILES_SAFE && p->drawn != INT_NONE;
    enum err e = OK;
    for (int64_t i = 1; e == OK && seen && i <= p->drawn; i++) {
        e = paper_picture(tx, p->sha256, i, &picture);
        if (e != OK)
            break;
        struct view page = view_row(f, list);
        view_text(&page, "src",
                  arena_printf(f->arena, "%.*s/pictures/%lld", STR_ARG(href),
                               (long long)i));
        view_int(&page, "width", picture.width);
        view_int(&page, "height", picture.height);
        view_text(&page, "text", arena_printf(f->arena, "第 %lld 页",
                                              (long long)i));
    }
    return e == ERR_NOTFOUND ? OK : e; /* drawn anew just now */
}

static enum err show_file(struct request *rq, struct tx *tx, struct view *row,
                          struct value *files, const struct draft *d,
                          const struct draft_paper_list *p)
{
    struct view f = view_row(row, files);
    bool licence = str_is(p->source, "licence");
    view_text(&f, "name", p->name);
    view_text(&f, "size", file_remark(row->arena, p));
    str href = licence ? arena_printf(row->arena, "/my/licences/%.*s",
                                      STR_ARG(p->ref))
                       : arena_printf(row->arena, "/drafts/%.*s/papers/%.*s",
                                      STR_ARG(d->number), STR_ARG(p->code));
    struct paper_drawn drawn = PAPER_DRAWN(*p);
    view_text(&f, "href", href);
    paper_show_thumb(&f, &drawn, href);
    view_text(&f, "remove",
              arena_printf(row->arena, "/drafts/%.*s/papers/%.*s/remove",
                           STR_ARG(d->number), STR_ARG(p->code)));
    bool here = rq_terminal(rq).n > 0 && !licence;
    view_bool(&f, "here", here);
    if (here)
        return show_here(&f, tx, href, p);
    view_list(&f, "pages");
    return OK;
}

static enum err show_paper(struct request *rq, struct tx *tx,
                           struct value *list, const struct draft *d,
                           const struct form_paper *p,
                           const struct draft_paper_list *have, size_t n,
                           const struct sampled *sampled)
{
    int64_t account;
    struct held *held;
    size_t held_count;
    struct view row = view_row(rq_view(rq), list);
    str error = STR("");
    view_text(&row, "code", p->code);
    view_text(&row, "name", p->name);
    view_text(&row, "note", p->note);
    if (str_eq(rq_path(rq, "code"), p->code))
        rq_problem(rq, "file", &error);
    bool there = false, waits = false;
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(have[i].code, p->code))
            continue;
        enum files_safe safe = have[i].sha256.n ? files_safe(have[i].scan)
                                                : FILES_SAFE;
        there = true;
        waits = safe == FILES_WAITING;
        if (safe == FILES_INFECTED && error.n == 0)
            error = STR("这份文件查出病毒，已经隔离，请删除后重新上传。");
    }
    page_tag(&row, "state", error.n ? STR("需要重传")
                            : waits ? STR("待查毒")
                            : there ? STR("已上传") : STR("待上传"));
    view_text(&row, "error", error);
    show_sample(&row, p);
    sampled_show(&row, sampled, p->name, false);
    struct value *files = view_list(&row, "files");
    enum err e = OK;
    for (size_t i = 0; e == OK && i < n; i++)
        if (str_eq(have[i].code, p->code))
            e = show_file(rq, tx, &row, files, d, &have[i]);
    if (e == OK)
        e = held_account(tx, d->answers, &account);
    if (e == OK)
        e = held_for(tx, there ? 0 : account, p, &held, &held_count);
    if (e == OK)
        held_show(&row, held, held_count,
                  arena_printf(row.arena, "/drafts/%.*s/papers/%.*s/take",
                               STR_ARG(d->number), STR_ARG(p->code)));
    return e;
}

static str last_group(struct arena *a, const struct draft *d)
{
    for (size_t g = d->offer->sheet.group_count; g-- > 0;)
        if (form_asks(d->offer->sheet.groups[g].when, a, d->answers))
            return d->offer->sheet.groups[g].code;
    return STR("");
}

/* 营业执照（来自法人库） */
static str exchange_text(struct arena *a, const struct form_paper *p)
{
    return p->from.n ? arena_printf(a, "%.*s（来自%.*s）", STR_ARG(p->name),
                                    STR_ARG(p->from)) : p->name;
}

enum err draft_papers_show(struct request *rq, struct tx *tx)
{
    struct draft d;
    struct decided decided;
    struct draft_paper_list *have;
    struct sampled sampled;
    size_t n;
    enum err e = draft_load(rq, tx, &d);
    if (e == OK)
        e = wanted(rq, tx, &d, &decided);
    if (e == OK)
        e = sampled_load(tx, d.offer, &sampled);
    if (e == OK)
        e = draft_paper_list(tx, d.id, &have, &n);
    if (e != OK)
        return e;
    struct view *v = rq_view(rq);
    struct arena *a = v->arena;
    rq_menu(rq, "services");
    view_text(v, "number", d.number);
    view_text(v, "title", d.offer->title);
    show_steps(v, 2);
    view_text(v, "saved", draft_saved_text(a, d.saved));
    view_text(v, "back", arena_printf(a, "/drafts/%.*s/%.*s", STR_ARG(d.number),
                                      STR_ARG(last_group(a, &d))));
    view_text(v, "next", arena_printf(a, "/drafts/%.*s/check",
                                      STR_ARG(d.number)));
    int asked = 0;
    struct value *held = value_new(a, VALUE_LIST);
    struct value *list = view_list(v, "papers");
    for (size_t i = 0; e == OK && i < decided.paper_count; i++) {
        const struct form_paper *p = decided.papers[i];
        if (str_is(p->source, "upload")) {
            asked++;
            e = show_paper(rq, tx, list, &d, p, have, n, &sampled);
        } else if (str_is(p->source, "exchange")) {
            value_push(held, value_text(a, exchange_text(a, p)));
        }
    }
    if (e != OK)
        return e;
    if (held->count) {
        struct view h = view_object(v, "held");
        view_value(&h, "names", held);
    } else {
        view_text(v, "held", str_none);
    }
    view_int(v, "asked", asked);
    sampled_show_form(v, &sampled, true);
    return draft_show_renewed(v, tx, &d);
}

/* ---- handing in ---- */

/* The page again at this paper: whoever has no mouse goes on from there. */
static enum err back_to_paper(struct request *rq, str number)
{
    return rq_see_other(rq, "/drafts/%.*s/papers#f-%.*s", STR_ARG(number),
                        STR_ARG(rq_path(rq, "code")));
}

enum err draft_adopt(struct request *rq)
{
    const struct upload *u;
    str problem = STR("");
    if (!rq_upload(rq, "file", &u))
        return rq_has(rq, "upload")
                   ? OK
                   : rq_fail_field(rq, ERR_INPUT, "file",
                                   STR("请选择要上传的文件。"));
    enum err e = files_adopt(u, &problem);
    if (e == ERR_BUSY)
        return rq_fail_str(rq, e, problem);
    return e == OK ? OK : rq_fail_field(rq, e, "file", problem);
}

enum err draft_paper_before(struct request *rq, struct tx *tx)
{
    struct draft d;
    enum err e = draft_load(rq, tx, &d);
    if (e == OK && offer_paper(d.offer, rq_path(rq, "code")) == NULL)
        return rq_fail(rq, ERR_NOTFOUND, "这份申请不需要这项材料。");
    return e == OK ? draft_adopt(rq) : e;
}

/* The file of this request: in the form, or a finished resumable upload. */
enum err draft_handed_in(struct request *rq, struct tx *tx,
                         struct upload *out)
{
    const struct upload *u;
    if (rq_upload(rq, "file", &u)) {
        *out = *u;
        return OK;
    }
    enum err e = files_finished(tx, rq_text(rq, "upload"), out);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有这次上传，请重新上传文件。");
    if (e == ERR_CONFLICT)
        return rq_fail(rq, e, "文件还没有传完，传完后再提交。");
    return e;
}

enum err draft_paper_post(struct request *rq, struct tx *tx)
{
    struct draft d;
    struct upload u;
    int64_t removed;
    str code = rq_path(rq, "code");
    enum err e = draft_load(rq, tx, &d);
    if (e == OK)
        e = draft_handed_in(rq, tx, &u);
    if (e == OK) /* a paper handed in again replaces the one before */
        e = draft_paper_drop(tx, d.id, d.number, code, &removed);
    if (e != OK)
        return e;
    e = files_mention(tx, &u, "services", d.number);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "文件没有保存下来，请重新上传。");
    if (e == OK)
        e = draft_paper_add(tx, store_id(tx->store), d.id, code, u.name,
                            u.sha256, u.size, u.type, tx->now, STR("upload"),
                            str_none);
    if (e != OK)
        return e;
    view_text(rq_view(rq), "number", d.number);
    view_text(rq_view(rq), "code", code);
    view_text(rq_view(rq), "sha256", u.sha256);
    view_int(rq_view(rq), "size", u.size);
    return back_to_paper(rq, d.number);
}

/* From the licence library or from an earlier case: no file is asked for. */
enum err draft_paper_take_post(struct request *rq, struct tx *tx)
{
    struct draft d;
    struct held h;
    int64_t account, removed;
    str code = rq_path(rq, "code");
    enum err e = draft_load(rq, tx, &d);
    if (e != OK)
        return e;
    const struct form_paper *p = offer_paper(d.offer, code);
    if (p == NULL)
        return rq_fail(rq, ERR_NOTFOUND, "这份申请不需要这项材料。");
    e = held_account(tx, d.answers, &account);
    if (e == OK)
        e = held_chosen(tx, account, p, rq_text(rq, "licence"),
                        rq_text(rq, "paper"), &h);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有可以用的这份证照或者材料：它可能不在申请人名"
                              "下，也可能已经失效。请刷新后再选，或者上传文"
                              "件。");
    if (e == OK)
        e = draft_paper_drop(tx, d.id, d.number, code, &removed);
    struct upload bytes = { .name = h.name, .size = h.size,
                            .sha256 = h.sha256, .type = h.type };
    if (e == OK && !str_is_none(h.sha256))
        e = files_mention(tx, &bytes, "services", d.number);
    if (e == OK)
        e = draft_paper_add(tx, store_id(tx->store), d.id, code, h.name,
                            str_is_none(h.sha256) ? STR("") : h.sha256,
                            h.size, h.type, tx->now, h.source, h.ref);
    if (e != OK)
        return e;
    view_text(rq_view(rq), "number", d.number);
    view_text(rq_view(rq), "code", code);
    view_text(rq_view(rq), "source", h.source);
    return rq_see_other(rq, "/drafts/%.*s/papers", STR_ARG(d.number));
}

enum err draft_paper_remove_post(struct request *rq, struct tx *tx)
{
    struct draft d;
    int64_t removed;
    enum err e = draft_load(rq, tx, &d);
    if (e == OK)
        e = draft_paper_drop(tx, d.id, d.number, rq_path(rq, "code"),
                             &removed);
    if (e != OK)
        return e;
    if (removed == 0)
        return rq_fail(rq, ERR_NOTFOUND, "这项材料已经删除。");
    return rq_see_other(rq, "/drafts/%.*s/papers", STR_ARG(d.number));
}

/* The file of the paper this address names; ERR_NOTFOUND, told. */
static enum err draft_file(struct request *rq, struct tx *tx,
                           struct draft_paper_list *out)
{
    struct draft d;
    struct draft_paper_list *have;
    size_t n;
    enum err e = draft_load(rq, tx, &d);
    if (e == OK)
        e = draft_paper_list(tx, d.id, &have, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        if (!str_eq(have[i].code, rq_path(rq, "code")) || !have[i].sha256.n)
            continue;
        if (files_safe(have[i].scan) == FILES_INFECTED)
            return rq_fail(rq, ERR_DENIED, "这份文件查出病毒，已经隔离，请删除"
                           "后重新上传。");
        *out = have[i];
        return OK;
    }
    return e == OK ? rq_fail(rq, ERR_NOTFOUND, "还没有上传这项材料。") : e;
}

enum err draft_paper_send(struct request *rq, struct tx *tx)
{
    struct draft_paper_list p;
    enum err e = draft_file(rq, tx, &p);
    return e == OK ? rq_send_file(rq, p.type, files_path(tx->arena, p.sha256),
                                  p.name) : e;
}

enum err draft_paper_picture_send(struct request *rq, struct tx *tx)
{
    struct draft_paper_list p;
    enum err e = draft_file(rq, tx, &p);
    return e == OK ? paper_send_picture(rq, tx, p.sha256) : e;
}
