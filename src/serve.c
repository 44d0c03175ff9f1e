/*
 * zhengtong serve -- puts the rooms together and keeps them running until the
 * process is told to stop: settings, store, calendar, papers, jobs, sockets.
 * They end in the opposite order, so nothing is asked of what has gone.
 */
#include "fees/book.h"
#include "kernel/auth/auth.h"
#include "kernel/call/call.h"
#include "kernel/clock/clock.h"
#include "kernel/conf/conf.h"
#include "kernel/files/files.h"
#include "kernel/job/job.h"
#include "kernel/laws/laws.h"
#include "kernel/map/map.h"
#include "kernel/pdf/pdf.h"
#include "kernel/seal/seal.h"
#include "kernel/search/upkeep.h"
#include "modules.h"
#include "services/services.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* share: where --dev reads web/ and the pages from; the current folder.
 * clock: a test's own time, see inst_test_clock. */
struct serving {
    const char *data, *database, *conf, *files, *listen, *share, *clock;
    int threads;
    bool dev;
    struct arena arena;
    str problem;
};

static int usage(void)
{
    fputs("usage: zhengtong serve --data DIR | --database URL [--data DIR]\n"
          "         [--files DIR] [--listen ADDRESS:PORT] [--conf FILE]\n"
          "         [--threads N] [--dev [--share DIR]] [--test-clock FILE]\n",
          stderr);
    return 2;
}

/* ---- the command line ---- */

static const char **text_option(struct serving *s, const char *name)
{
    if (strcmp(name, "--data") == 0)
        return &s->data;
    if (strcmp(name, "--database") == 0)
        return &s->database;
    if (strcmp(name, "--conf") == 0)
        return &s->conf;
    if (strcmp(name, "--files") == 0)
        return &s->files;
    if (strcmp(name, "--share") == 0)
        return &s->share;
    if (strcmp(name, "--test-clock") == 0)
        return &s->clock;
    return strcmp(name, "--listen") == 0 ? &s->listen : NULL;
}

static bool read_option(struct serving *s, int argc, char **argv, int *i)
{
    if (strcmp(argv[*i], "--dev") == 0) {
        s->dev = true;
        return true;
    }
    if (*i + 1 == argc)
        return false;
    const char **place = text_option(s, argv[*i]);
    const char *value = argv[*i + 1];
    int64_t n;
    if (place) {
        *place = value;
    } else {
        if (strcmp(argv[*i], "--threads") != 0 || !str_int(str_of(value), &n) ||
            n < 1 || n > 256)
            return false;
        s->threads = (int)n;
    }
    ++*i;
    return true;
}

static bool read_options(struct serving *s, int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (!read_option(s, argc, argv, &i))
            return false;
    return s->data || s->database;
}

/* ---- starting ---- */

static enum err make_folder(struct serving *s, const char *path)
{
    if (mkdir(path, 0750) == 0 || errno == EEXIST)
        return OK;
    s->problem = arena_printf(&s->arena, "无法建立目录 %s（%s），请检查"
                              "上级目录和权限。", path, strerror(errno));
    return ERR_STORE;
}

/* Papers live beside the data file; uploads on their way in live on the same
 * disk, so that taking one in is a rename. */
static enum err open_files(struct serving *s, const char **incoming)
{
    if (s->files == NULL)
        s->files = arena_printf(&s->arena, "%s/files",
                                s->data ? s->data : ".").p;
    *incoming = arena_printf(&s->arena, "%s/incoming", s->files).p;
    enum err e = files_open(s->files, &s->problem);
    if (e == OK)
        e = files_scanner(conf_text("scanner"), &s->problem);
    files_previews("/proc/self/exe");
    return e == OK ? make_folder(s, *incoming) : e;
}

/* Keys live beside the data file, or beside the papers when the data is on a
 * database server. */
static enum err open_seal(struct serving *s)
{
    return seal_open(s->data ? arena_printf(&s->arena, "%s/seal", s->data).p
                             : arena_printf(&s->arena, "%s/../seal",
                                            s->files).p,
                     &s->problem);
}

/* The log-in names a demonstration shows, one by one. */
static const char *const *demo_accounts(struct serving *s, bool demo)
{
    enum { MOST = 20 };
    const char **list = ARENA_NEW_N(&s->arena, const char *, MOST + 1);
    str rest = demo ? conf_text("demo_accounts") : str_none;
    for (int n = 0; n < MOST && !str_is_none(rest);) {
        str name = str_cut(&rest, ' ');
        if (name.n)
            list[n++] = arena_cstr(&s->arena, name);
    }
    return list;
}

static void configure_payments(void)
{
    str url = conf_text("payment_url");
    if (url.n && str_ends(url, STR("/")))
        url.n--;
    struct fee_options o = {
        .url = url, .key_file = conf_text("payment_key_file"),
        .region = conf_text("region_code"),
        .digest = str_is(conf_text("payment_digest"), "sha256") ? FEE_SHA256
                                                                : FEE_SM3,
    };
    fee_configure(&o);
}

static void configure_rooms(struct serving *s, bool demo)
{
    struct auth_options o = {
        .staff_idle = (int)conf_int("staff_idle_minutes") * 60,
        .resident_idle = (int)conf_int("resident_idle_minutes") * 60,
        .hashes = (int)conf_int("password_hashes"),
        .staff_home = "/work",
        .resident_home = "/my",
        .demo = demo_accounts(s, demo),
    };
    auth_configure(&o);
    rank_configure(services_catalogue);
    configure_payments();
    pdf_set_font(arena_cstr(&s->arena, conf_text("pdf_font")));
}

/* Papers made by jobs carry the address of the site in their QR codes. */
static void announce(struct serving *s, const struct http_options *o)
{
    str set = conf_text("site_url");
    if (set.n && str_ends(set, STR("/")))
        set.n--;
    http_announce(set.n ? set
                        : arena_printf(&s->arena, "http://%s", o->listen),
                  o->demo);
}

/* Maps come from where the operator says and may come from nowhere else. */
static enum err open_map(struct serving *s, bool demo)
{
    struct map_options o = { .tiles = conf_text("map_tiles"),
                             .labels = conf_text("map_labels"),
                             .key_file = conf_text("map_key_file"),
                             .credit = conf_text("map_credit"),
                             .demo = demo };
    enum err e = map_configure(&o, &s->arena, &s->problem);
    http_images(map_origin());
    return e;
}

static enum err serve_store(struct serving *s, struct store *store)
{
    struct runner *jobs = NULL;
    struct caller *outside = NULL;
    struct http_options o = { .dev = s->dev,
                              .test = s->clock != NULL,
                              .share = s->share ? s->share : ".",
                              .threads = s->threads };
    o.listen = s->listen ? s->listen
                         : arena_cstr(&s->arena, conf_text("listen"));
    if (o.threads == 0)
        o.threads = (int)conf_int("threads");
    enum err e = http_is_demo(store, &s->arena, &o.demo);
    if (e != OK)
        return e;
    configure_rooms(s, o.demo);
    announce(s, &o);
    e = clock_calendar_attach(store, &s->arena, &s->problem);
    if (e == OK)
        e = open_files(s, &o.temp);
    if (e == OK)
        e = open_seal(s);
    if (e == OK)
        e = open_map(s, o.demo);
    if (e == OK)
        e = laws_open(arena_cstr(&s->arena, conf_text("law_dir")), &s->arena,
                      &s->problem);
    if (e == OK)
        e = search_again(store, inst_now());
    if (e == OK)
        e = call_start(store, &outside);
    if (e == OK)
        e = job_start(store, modules, &jobs);
    if (e == OK)
        e = http_serve(&o, store, modules, &s->arena, &s->problem);
    job_stop(jobs);
    call_stop(outside);
    return e;
}

static enum err serve(struct serving *s)
{
    struct store *store = NULL;
    if (s->clock)
        inst_test_clock(s->clock);
    if (s->conf) {
        enum err e = conf_load(s->conf, &s->arena, &s->problem);
        if (e != OK)
            return e;
    }
    struct store_options o = { .dir = s->database ? NULL : s->data,
                               .url = s->database,
                               .queue = (int)conf_int("queue") };
    enum err e = store_open(&o, &s->arena, &store, &s->problem);
    if (e == OK)
        e = serve_store(s, store);
    store_close(store);
    pdf_close(); /* the writer draws licences: its thread has ended now */
    return e;
}

int serve_command(int argc, char **argv)
{
    struct serving s = { .problem = str_none };
    if (!read_options(&s, argc, argv))
        return usage();
    enum err e = serve(&s);
    if (e != OK)
        fprintf(stderr, "zhengtong serve: %.*s\n",
                STR_ARG(str_is_none(s.problem) ? str_of(err_name(e))
                                               : s.problem));
    arena_free(&s.arena);
    return e == OK ? 0 : 1;
}
