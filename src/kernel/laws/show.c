/* The pages of a law: its articles, and one of them with its neighbours. */
#include "kernel/laws/inside.h"

#include "kernel/page/page.h"
#include "kernel/store/topics.h"

static enum err find(struct request *rq, const struct law_text **out)
{
    *out = law_named(rq_path(rq, "law"));
    return *out ? OK : rq_fail(rq, ERR_NOTFOUND,
                               "本站没有收录这部法律法规的全文，请到国家法律法"
                               "规数据库查询。");
}

static void show_paragraphs(struct view *v, str text)
{
    struct value *list = view_list(v, "paragraphs");
    while (!str_is_none(text)) {
        str line = str_cut(&text, '\n');
        if (line.n)
            value_push(list, value_text(v->arena, line));
    }
}

static void show_head(struct view *v, const struct law_text *l)
{
    view_text(v, "name", l->name);
    view_text(v, "version", str_is_none(l->version) ? STR("") : l->version);
    view_text(v, "href", laws_href(v->arena, l->name, STR("")));
}

enum err law_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    const struct law_text *l;
    str chapter = STR("");
    (void)tx;
    if (find(rq, &l) != OK)
        return ERR_NOTFOUND;
    show_head(v, l);
    view_count(v, "total", (int64_t)l->n);
    struct value *list = view_list(v, "articles");
    for (size_t i = 0; i < l->n; i++) {
        const struct law_article *t = &l->article[i];
        struct view row = view_row(v, list);
        view_text(&row, "number", t->number);
        view_text(&row, "title", t->title);
        view_text(&row, "chapter", str_eq(t->chapter, chapter) ? STR("")
                                                               : t->chapter);
        view_text(&row, "link", laws_href(v->arena, l->name, t->number));
        show_paragraphs(&row, t->text);
        chapter = t->chapter;
    }
    return OK;
}

enum err law_article_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    const struct law_text *l;
    (void)tx;
    if (find(rq, &l) != OK)
        return ERR_NOTFOUND;
    const struct law_article *t =
        law_article_of(l, laws_article(v->arena, rq_path(rq, "article")));
    if (t == NULL)
        return rq_fail(rq, ERR_NOTFOUND, "这部法律里没有这一条，请从全文的条文"
                                         "目录里选择。");
    show_head(v, l);
    view_text(v, "number", t->number);
    view_text(v, "title", t->title);
    view_text(v, "chapter", t->chapter);
    show_paragraphs(v, t->text);
    view_text(v, "before", t > l->article
                  ? laws_href(v->arena, l->name, t[-1].number) : STR(""));
    view_text(v, "after", t + 1 < l->article + l->n
                  ? laws_href(v->arena, l->name, t[1].number) : STR(""));
    return OK;
}

static const struct route routes[] = {
    { "GET", "/laws/{law}", law_show, "anyone", "laws/law", NULL,
      "政府信息公开条例 第二十条", "法律法规全文", 0, 0, NULL },
    { "GET", "/laws/{law}/{article}", law_article_show, "anyone",
      "laws/article", NULL, "政府信息公开条例 第二十条", "一条条文", 0, 0,
      NULL },
    { 0 }
};

/* Guides carry links to articles: a new text makes them anew. */
static enum err watch(struct tx *tx, bool *more)
{
    *more = false;
    if (laws_look_again())
        store_touch(tx, TOPIC_CATALOGUE);
    return OK;
}

static const struct job jobs[] = { { "laws.watch", 60, watch }, { 0 } };
static const struct permission permissions[] = { { 0 } };

const struct module laws_module = { .name = "laws", .routes = routes,
                                    .permissions = permissions, .jobs = jobs };
