/*
 * The samples and blank forms of one matter on the terminal: their pages as
 * pictures, one below the other, to read and to print.  What has no picture is
 * named, so that it can be asked for at a window.
 */
#include "windows/pages.h"

#include "kernel/files/files.h"
#include "kernel/page/page.h"
#include "windows/queries.gen.h"
#include "windows/show.h"

static enum err show_pages(struct view *row, struct tx *tx, str sha256)
{
    struct kiosk_pages *p;
    size_t n;
    enum err e = kiosk_pages(tx, sha256, &p, &n);
    struct value *list = view_list(row, "pages");
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view page = view_row(row, list);
        view_text(&page, "src",
                  arena_printf(row->arena, "/samples/%.*s/pictures/%lld",
                               STR_ARG(sha256), (long long)p[i].page));
        view_int(&page, "width", p[i].width);
        view_int(&page, "height", p[i].height);
        view_text(&page, "text", arena_printf(row->arena, "第 %lld 页",
                                              (long long)p[i].page));
    }
    return e;
}

enum err kiosk_sample_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct kiosk_samples *s;
    struct kiosk_item it;
    struct hall_one h;
    size_t n;
    enum err e = window_terminal(rq, tx, &h);
    if (e != OK)
        return e;
    e = kiosk_item(tx, rq_path(rq, "item"), &it);
    if (e == OK)
        e = kiosk_samples(tx, it.code, &s, &n);
    if (e == ERR_NOTFOUND || (e == OK && n == 0))
        return rq_fail(rq, ERR_NOTFOUND,
                       "这个事项没有样表和空白表，请从列表里选择。");
    if (e != OK)
        return e;
    view_text(v, "item", it.code);
    view_text(v, "title", it.name);
    struct value *list = view_list(v, "samples");
    for (size_t i = 0; e == OK && i < n; i++) {
        struct view row = view_row(v, list);
        view_text(&row, "word", str_of(page_sample_word(s[i].which)));
        view_text(&row, "paper", s[i].paper);
        view_text(&row, "about", files_about(v->arena, s[i].type, s[i].size));
        e = show_pages(&row, tx, s[i].sha256);
    }
    return e;
}
