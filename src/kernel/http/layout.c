/*
 * What the shell of every page shows besides the page itself: the site's name,
 * the day, the menu, who is signed in, the desk's side menu, what went wrong
 * with a form.  web/layout.view declares it.  It is put beside the handler's
 * view and never into it, so the JSON of a page stays the page's.
 */
#include "kernel/auth/auth.h"
#include "kernel/conf/conf.h"
#include "kernel/http/inside.h"
#include "kernel/page/page.h"

#include <pthread.h>
#include <string.h>

/* ---- the name of an organisation ---- */

/* Organisations change their names once in years: what was asked in the last
 * minutes is good enough for the head of a page. */
enum { NAMES = 256, NAME_MS = 5 * 60 * 1000 };

static struct {
    pthread_mutex_t lock;
    struct {
        char code[24], name[96];
        int64_t asked_ms;
    } slot[NAMES];
} names = { .lock = PTHREAD_MUTEX_INITIALIZER };

static bool known_name(struct arena *a, str code, str *out)
{
    unsigned at = (unsigned)(str_hash(code) % NAMES);
    pthread_mutex_lock(&names.lock);
    bool known = str_is(code, names.slot[at].code) &&
                 tick_ms() - names.slot[at].asked_ms < NAME_MS;
    if (known)
        *out = arena_str(a, str_of(names.slot[at].name));
    pthread_mutex_unlock(&names.lock);
    return known;
}

static void learn_name(str code, str name)
{
    unsigned at = (unsigned)(str_hash(code) % NAMES);
    if (code.n >= sizeof names.slot[at].code ||
        name.n >= sizeof names.slot[at].name)
        return;
    pthread_mutex_lock(&names.lock);
    memset(&names.slot[at], 0, sizeof names.slot[at]);
    memcpy(names.slot[at].code, code.p, code.n);
    memcpy(names.slot[at].name, name.p, name.n);
    names.slot[at].asked_ms = tick_ms();
    pthread_mutex_unlock(&names.lock);
}

static str unit_name(struct request *rq, struct tx *tx)
{
    struct auth_unit unit;
    str code = rq->who->unit, name = code;
    if (code.n == 0 || known_name(&rq->arena, code, &name))
        return name;
    if (auth_unit(tx, code, &unit) == OK) {
        name = unit.short_name.n ? unit.short_name : unit.name;
        learn_name(code, name);
    }
    return name;
}

/* ---- menus: the rows of the modules' tables ---- */

static bool in_main_menu(const struct menu *m)
{
    return m->group == NULL;
}

static bool in_head(const struct menu *m)
{
    return m->group && strcmp(m->group, MENU_HEAD) == 0;
}

bool layout_at_desk(const struct menu *m)
{
    return !in_main_menu(m) && !in_head(m);
}

static bool lit(const struct request *rq, const struct menu *m)
{
    return str_is(rq->section, m->section);
}

static void view_main_menu(struct request *rq, struct view *site)
{
    struct value *list = view_list(site, "menu");
    for (const struct module *const *m = rq->http->modules; *m; m++)
        for (const struct menu *e = (*m)->menu; e && e->section; e++) {
            if (!in_main_menu(e))
                continue;
            struct view row = view_row(site, list);
            view_text(&row, "label", str_of(e->label));
            view_text(&row, "href", str_of(e->href));
            view_bool(&row, "here", lit(rq, e));
        }
}

/* A desk's page is one that lights up an entry of the desk's menu. */
static bool at_desk(const struct request *rq)
{
    for (const struct module *const *m = rq->http->modules; *m; m++)
        for (const struct menu *e = (*m)->menu; e && e->section; e++)
            if (layout_at_desk(e) && lit(rq, e))
                return true;
    return false;
}

static bool may_see(const struct request *rq, const struct menu *e)
{
    return auth_role_may(rq->who->role, e->may ? e->may : "staff");
}

/* An entry with its figure; what cannot be counted has none. */
static void view_entry(struct request *rq, struct tx *tx, struct view *in,
                       struct value *list, const struct menu *e)
{
    int64_t n = 0;
    if (tx == NULL || e->count == NULL || e->count(tx, &n) != OK)
        n = 0;
    struct view row = view_row(in, list);
    view_text(&row, "label", str_of(e->label));
    view_text(&row, "href", str_of(e->href));
    view_text(&row, "icon", str_of(e->icon));
    view_bool(&row, "here", lit(rq, e));
    view_text(&row, "badge",
              n > 99  ? STR("99+")
              : n > 0 ? arena_printf(&rq->arena, "%lld", (long long)n)
                      : STR(""));
}

/* More groups than anybody would look through: those after go with the last. */
enum { GROUPS = 24 };

struct desk_menu {
    struct value *list; /* of groups */
    struct {
        const char *label;
        struct view view;
        struct value *items;
    } group[GROUPS];
    size_t n;
};

/* A group stands where its first entry does, whichever module adds to it. */
static void view_desk_entry(struct request *rq, struct tx *tx,
                            struct view *site, struct desk_menu *d,
                            const struct menu *e)
{
    size_t i = 0;
    while (i < d->n && strcmp(d->group[i].label, e->group) != 0)
        i++;
    if (i == GROUPS)
        i--;
    if (i == d->n) {
        d->n++;
        d->group[i].label = e->group;
        d->group[i].view = view_row(site, d->list);
        view_text(&d->group[i].view, "label", str_of(e->group));
        d->group[i].items = view_list(&d->group[i].view, "items");
    }
    view_entry(rq, tx, &d->group[i].view, d->group[i].items, e);
}

static void view_desk_menu(struct request *rq, struct tx *tx,
                           struct view *site)
{
    struct desk_menu d = { .list = view_list(site, "desk") };
    if (!at_desk(rq))
        return;
    for (const struct module *const *m = rq->http->modules; *m; m++)
        for (const struct menu *e = (*m)->menu; e && e->section; e++)
            if (layout_at_desk(e) && may_see(rq, e))
                view_desk_entry(rq, tx, site, &d, e);
}

static void view_head(struct request *rq, struct tx *tx, struct view *site)
{
    struct value *list = view_list(site, "head");
    if (rq->who->account == 0)
        return;
    for (const struct module *const *m = rq->http->modules; *m; m++)
        for (const struct menu *e = (*m)->menu; e && e->section; e++)
            if (in_head(e) && may_see(rq, e))
                view_entry(rq, tx, site, list, e);
}

/* ---- the parts of "site" ---- */

static str date_text(struct request *rq)
{
    static const char *const weekdays[] = { "一", "二", "三", "四",
                                            "五", "六", "日" };
    int y, m, d;
    day today = inst_day(rq->now);
    day_split(today, &y, &m, &d);
    return arena_printf(&rq->arena, "%d年%d月%d日 星期%s", y, m, d,
                        weekdays[day_weekday(today)]);
}

/* Path and query as one value of another query. */
static str here_text(struct request *rq)
{
    bool readable = rq->spot == NULL || rq->spot->get ||
                    strcmp(rq->method, "POST") != 0;
    str uri = readable ? rq->uri : STR("/");
    char *p = arena_alloc(&rq->arena, 3 * uri.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < uri.n; i++) {
        unsigned char c = (unsigned char)uri.p[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                     (c >= 'a' && c <= 'z') || memchr("/-._~", c, 5);
        if (plain) {
            p[n++] = (char)c;
            continue;
        }
        p[n++] = '%';
        p[n++] = "0123456789ABCDEF"[c >> 4];
        p[n++] = "0123456789ABCDEF"[c & 15];
    }
    return (str){ p, n };
}

static void view_user(struct request *rq, struct tx *tx, struct view *site)
{
    if (rq->who->account == 0)
        return;
    struct view user = view_object(site, "user");
    view_text(&user, "name", rq->who->name);
    view_text(&user, "unit", tx ? unit_name(rq, tx) : STR(""));
    view_bool(&user, "desk", auth_role_may(rq->who->role, "staff"));
}

static void view_problem(struct request *rq, struct view *site)
{
    if (!rq->rerun || rq->result == OK)
        return;
    struct view problem = view_object(site, "problem");
    view_text(&problem, "sentence", rq->sentence);
    struct value *fields = view_list(&problem, "fields");
    for (int i = 0; i < rq->report.count; i++) {
        struct view row = view_row(&problem, fields);
        view_text(&row, "field", str_of(rq->report.problem[i].field));
        view_text(&row, "sentence", rq->report.problem[i].sentence);
    }
}

/* "ok:%E5%B7%B2…", left by rq_flash on the answer before this one. */
static void view_flash(struct request *rq, struct view *site)
{
    str text = rq_cookie(rq, HTTP_FLASH), tone = STR("");
    if (text.n == 0 || form_decode(&rq->arena, text, false, &text) != OK)
        return;
    tone = str_cut(&text, ':');
    if (str_is_none(text))
        return;
    const char *icon = str_is(tone, "ok")     ? "circle-check"
                       : str_is(tone, "warn") ? "clock"
                       : str_is(tone, "bad")  ? "triangle-alert"
                                              : "info";
    struct view flash = view_object(site, "flash");
    view_text(&flash, "tone", tone);
    view_text(&flash, "icon", str_of(icon));
    view_text(&flash, "sentence", text);
    rq_set_cookie(rq, HTTP_FLASH, STR(""), 0);
}

static void view_identity(struct request *rq, struct view *site)
{
    const struct site *s = &rq->http->about;
    view_text(site, "host", s->owner);
    view_text(site, "operator", s->operator);
    view_text(site, "code", s->code);
    view_text(site, "icp", s->icp);
    view_text(site, "police", s->police);
    view_text(site, "phone", s->phone);
    view_text(site, "center", s->center);
    view_bool(site, "demo", s->demo);
}

static void view_site(struct request *rq, struct tx *tx, struct view *site)
{
    view_text(site, "name", rq->http->about.name);
    view_text(site, "slogan", rq->http->about.slogan);
    view_text(site, "date", date_text(rq));
    view_bool(site, "elder", rq->elder);
    view_text(site, "terminal", rq->terminal);
    view_int(site, "upload_mb", (int64_t)(rq->http->limit_paper >> 20));
    view_text(site, "theme", rq->theme);
    view_bool(site, "dark", str_is(rq->theme, "dark"));
    view_text(site, "csrf", rq->who->account && !rq->bearer
                                ? auth_csrf(&rq->arena, rq->token)
                                : STR(""));
    view_text(site, "here", here_text(rq));
    view_text(site, "words", rq_text(rq, "words"));
    view_main_menu(rq, site);
    view_user(rq, tx, site);
    view_desk_menu(rq, tx, site);
    view_head(rq, tx, site);
    view_flash(rq, site);
    view_problem(rq, site);
    view_identity(rq, site);
}

struct value *layout_shell(struct request *rq, struct tx *tx)
{
    struct view shell = { &rq->arena, value_new(&rq->arena, VALUE_OBJECT) };
    struct view site = view_object(&shell, "site");
    view_site(rq, tx, &site);
    return shell.object;
}

void layout_read(struct site *s)
{
    *s = (struct site){ .name = conf_text("site_name"),
                        .slogan = conf_text("site_slogan"),
                        .owner = conf_text("site_owner"),
                        .operator = conf_text("site_operator"),
                        .code = conf_text("site_code"),
                        .icp = conf_text("site_icp"),
                        .police = conf_text("site_police"),
                        .phone = conf_text("site_phone"),
                        .center = conf_text("site_center"),
                        .demo = conf_int("demo") != 0 };
}
