/*
 * Drawing a paper, in a process that may nothing else.
 *
 * Poppler, libjpeg, libpng and FreeType read here what anybody may have made.
 * So this runs apart from the server: no file descriptor but the paper and the
 * answer, no more memory, time and output than the bounds of preview.h, no new
 * privileges, and where the kernel has Landlock no file but the fonts.  What
 * goes wrong ends this process and nothing else; whoever started it makes of
 * that a sentence for the person.
 *
 * Considered and dropped: a thread (a crash is the server's), bubblewrap (not
 * on every machine, and a service may make no namespaces), a pool of such
 * processes (one that has read a bad paper would read the next person's).
 */
#include "kernel/files/office.h"

#include "kernel/files/look.h"
#include "kernel/files/ofd/ofd.h"

#include <cairo.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <math.h>
#include <poppler.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <jpeglib.h>

enum { QUALITY = 75 };

__attribute__((noreturn)) static void end(enum preview_end e)
{
    _exit((int)e);
}

/* ---- bounds ---- */

static void bound(int what, rlim_t most)
{
    struct rlimit r = { most, most };
    if (setrlimit(what, &r) != 0)
        end(PREVIEW_HEAVY);
}

/* The kernel's own fence around files, where it has one: reading fonts, the
 * tables of Chinese encodings and libraries, writing nothing. */
static void fence(void)
{
    static const char *const readable[] = {
        "/usr", "/lib", "/lib64", "/etc", "/var/cache/fontconfig",
        "/var/lib/fontconfig",
    };
    struct landlock_ruleset_attr all = {
        .handled_access_fs =
            LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE |
            LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR |
            LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
            LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_DIR |
            LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
            LANDLOCK_ACCESS_FS_MAKE_SYM,
    };
    int rules = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
    if (rules < 0)
        return; /* an older kernel: the other bounds hold */
    for (size_t i = 0; i < sizeof readable / sizeof *readable; i++) {
        struct landlock_path_beneath_attr below = {
            .allowed_access = LANDLOCK_ACCESS_FS_READ_FILE |
                              LANDLOCK_ACCESS_FS_READ_DIR,
            .parent_fd = open(readable[i], O_PATH | O_CLOEXEC),
        };
        if (below.parent_fd < 0)
            continue;
        if (syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH,
                    &below, 0) != 0)
            end(PREVIEW_HEAVY);
        close(below.parent_fd);
    }
    if (syscall(SYS_landlock_restrict_self, rules, 0) != 0)
        end(PREVIEW_HEAVY);
    close(rules);
}

/* No network, no other programs, no other processes: asking is answered with
 * "not permitted".  On other machines than these two the fence stands alone. */
static void mute(void)
{
#if defined(__x86_64__) || defined(__aarch64__)
#ifdef __x86_64__
    const unsigned machine = AUDIT_ARCH_X86_64, others = 0x40000000;
#else
    const unsigned machine = AUDIT_ARCH_AARCH64, others = 0x40000000;
#endif
    static const int refused[] = {
        SYS_socket, SYS_socketpair, SYS_connect, SYS_bind, SYS_execve,
        SYS_execveat, SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev,
        SYS_kill, SYS_bpf, SYS_perf_event_open, SYS_io_uring_setup,
        SYS_userfaultfd, SYS_unshare, SYS_setns, SYS_mount, SYS_keyctl,
    };
    enum { N = sizeof refused / sizeof *refused, HEAD = 4 };
    struct sock_filter f[HEAD + 2 * N + 3] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, machine, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
    };
    struct sock_filter no = BPF_STMT(BPF_RET | BPF_K,
                                     SECCOMP_RET_ERRNO | EPERM);
    size_t n = HEAD;
    for (size_t i = 0; i < N; i++) {
        f[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
                                              (unsigned)refused[i], 0, 1);
        f[n++] = no;
    }
    f[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, others,
                                          0, 1);
    f[n++] = no;
    f[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    struct sock_fprog program = { (unsigned short)n, f };
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
        end(PREVIEW_HEAVY);
#endif
}

static void confine(void)
{
    if (close_range(3, ~0U, 0) != 0 ||
        prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 ||
        prctl(PR_SET_DUMPABLE, 0) != 0 ||
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        end(PREVIEW_HEAVY);
    alarm(PREVIEW_WALL);
    bound(RLIMIT_CPU, PREVIEW_SECONDS);
    bound(RLIMIT_FSIZE, PREVIEW_BYTES);
    bound(RLIMIT_CORE, 0);
    bound(RLIMIT_NOFILE, 64);
    bound(RLIMIT_NPROC, 0);
/* The shadow of a sanitizer is larger than any bound. */
#if !defined __SANITIZE_ADDRESS__ && !defined __SANITIZE_THREAD__
    bound(RLIMIT_AS, PREVIEW_MEMORY);
#endif
    fence();
    mute();
}

/* ---- the answer ---- */

static void put(const void *bytes, size_t n)
{
    const char *p = bytes;
    while (n > 0) {
        ssize_t done = write(STDOUT_FILENO, p, n);
        if (done <= 0)
            end(PREVIEW_HEAVY);
        p += done;
        n -= (size_t)done;
    }
}

static void jpeg_failed(j_common_ptr c)
{
    (void)c;
    end(PREVIEW_DAMAGED);
}

static void say_nothing(j_common_ptr c, int level)
{
    (void)c, (void)level;
}

/* libjpeg cannot go on after this returns, and here it need not. */
static struct jpeg_error_mgr *giving_up(struct jpeg_error_mgr *m)
{
    jpeg_std_error(m);
    m->error_exit = jpeg_failed;
    m->emit_message = say_nothing;
    return m;
}

/* A surface of RGB24 as one frame; missing: enum preview_missing. */
static void answer(cairo_surface_t *s, int page, unsigned missing)
{
    struct jpeg_compress_struct c = { 0 };
    struct jpeg_error_mgr m;
    unsigned char *out = NULL;
    unsigned long n = 0;
    unsigned char *p = cairo_image_surface_get_data(s);
    size_t stride = (size_t)cairo_image_surface_get_stride(s);
    cairo_surface_flush(s);
    c.err = giving_up(&m);
    jpeg_create_compress(&c);
    jpeg_mem_dest(&c, &out, &n);
    c.image_width = (JDIMENSION)cairo_image_surface_get_width(s);
    c.image_height = (JDIMENSION)cairo_image_surface_get_height(s);
    c.input_components = 4;
    c.in_color_space = JCS_EXT_BGRX;
    jpeg_set_defaults(&c);
    jpeg_set_quality(&c, QUALITY, TRUE);
    jpeg_start_compress(&c, TRUE);
    while (c.next_scanline < c.image_height) {
        JSAMPROW row = p + stride * c.next_scanline;
        jpeg_write_scanlines(&c, &row, 1);
    }
    jpeg_finish_compress(&c);
    struct preview_frame f = { page, (int32_t)c.image_width,
                               (int32_t)c.image_height, (int32_t)n,
                               (int32_t)missing };
    put(&f, sizeof f);
    put(out, n);
    jpeg_destroy_compress(&c);
    free(out);
}

/* ---- sizes and turns ---- */

static int at_least_one(double d)
{
    return d < 1 ? 1 : (int)d;
}

/* A white sheet on which w x h fits with its longer side at most `side`; *scale
 * is how much smaller it gets. */
static cairo_surface_t *sheet(double w, double h, int side, double *scale,
                              cairo_t **cr)
{
    double longer = w > h ? w : h;
    *scale = longer > side ? side / longer : 1;
    cairo_surface_t *s = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, at_least_one(w * *scale),
        at_least_one(h * *scale));
    *cr = cairo_create(s);
    if (cairo_status(*cr) != CAIRO_STATUS_SUCCESS)
        end(PREVIEW_HEAVY);
    cairo_set_source_rgb(*cr, 1, 1, 1);
    cairo_paint(*cr);
    return s;
}

/* From how a camera was held to upright, by EXIF's eight words. */
static cairo_matrix_t upright(int turn, double w, double h)
{
    const cairo_matrix_t by[] = {
        { 1, 0, 0, 1, 0, 0 },   { -1, 0, 0, 1, w, 0 },
        { -1, 0, 0, -1, w, h }, { 1, 0, 0, -1, 0, h },
        { 0, 1, 1, 0, 0, 0 },   { 0, 1, -1, 0, h, 0 },
        { 0, -1, -1, 0, h, w }, { 0, -1, 1, 0, 0, w },
    };
    return by[turn - 1];
}

static cairo_surface_t *smaller(cairo_surface_t *of, int side, int turn)
{
    double w = cairo_image_surface_get_width(of);
    double h = cairo_image_surface_get_height(of), scale;
    cairo_matrix_t m = upright(turn, w, h);
    cairo_t *cr;
    cairo_surface_t *s = turn > 4 ? sheet(h, w, side, &scale, &cr)
                                  : sheet(w, h, side, &scale, &cr);
    cairo_scale(cr, scale, scale);
    cairo_transform(cr, &m);
    cairo_set_source_surface(cr, of, 0, 0);
    cairo_paint(cr);
    if (cairo_status(cr) != CAIRO_STATUS_SUCCESS)
        end(PREVIEW_HEAVY);
    cairo_destroy(cr);
    return s;
}

static void answer_small(cairo_surface_t *page)
{
    cairo_surface_t *s = smaller(page, PREVIEW_THUMB, 1);
    answer(s, 0, 0);
    cairo_surface_destroy(s);
}

static void answer_picture(cairo_surface_t *picture, int turn)
{
    cairo_surface_t *s = smaller(picture, PREVIEW_SIDE, turn);
    cairo_surface_destroy(picture);
    answer_small(s);
    answer(s, 1, 0);
    cairo_surface_destroy(s);
}

/* ---- photographs ---- */

static void draw_jpeg(str bytes)
{
    int turn;
    cairo_surface_t *s = picture_of_jpeg(bytes, 2 * PREVIEW_SIDE, &turn);
    if (s == NULL)
        end(PREVIEW_DAMAGED);
    answer_picture(s, turn);
}

static void draw_png(str bytes)
{
    if (picture_png_pixels(bytes) > PREVIEW_PNG)
        end(PREVIEW_HEAVY);
    cairo_surface_t *s = picture_of_png(bytes);
    cairo_status_t status = cairo_surface_status(s);
    if (status != CAIRO_STATUS_SUCCESS)
        end(status == CAIRO_STATUS_NO_MEMORY ? PREVIEW_HEAVY
                                             : PREVIEW_DAMAGED);
    answer_picture(s, 1);
}

/* ---- pages ---- */

/* A white sheet for a page of w x h in units of its own: a page is drawn as
 * large as the bound allows. */
static cairo_surface_t *page_sheet(double w, double h, cairo_t **cr)
{
    double larger = PREVIEW_SIDE / (w > h ? w : h), scale;
    cairo_surface_t *s = sheet(w * larger, h * larger, PREVIEW_SIDE, &scale,
                               cr);
    cairo_scale(*cr, scale * larger, scale * larger);
    return s;
}

static void answer_page(cairo_surface_t *s, int number, unsigned missing)
{
    if (number == 1)
        answer_small(s);
    answer(s, number, missing);
    cairo_surface_destroy(s);
}

static void draw_page(PopplerPage *page, int number)
{
    enum { POINTS = 1000000 }; /* fourteen kilometres of paper are none */
    double w, h;
    cairo_t *cr;
    poppler_page_get_size(page, &w, &h);
    if (!isfinite(w) || !isfinite(h) || w < 1 || h < 1 || w > POINTS ||
        h > POINTS)
        end(PREVIEW_DAMAGED);
    cairo_surface_t *s = page_sheet(w, h, &cr);
    poppler_page_render(page, cr);
    cairo_destroy(cr);
    answer_page(s, number, 0);
}

static PopplerDocument *opened(str bytes)
{
    GError *error = NULL;
    GBytes *all = g_bytes_new_static(bytes.p, bytes.n);
    PopplerDocument *d = poppler_document_new_from_bytes(all, NULL, &error);
    if (d == NULL)
        end(g_error_matches(error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED)
                ? PREVIEW_LOCKED : PREVIEW_DAMAGED);
    if (poppler_document_get_n_pages(d) < 1)
        end(PREVIEW_DAMAGED);
    return d;
}

/* What can be read in it, without a picture. */
static void say_pdf_text(str bytes)
{
    PopplerDocument *d = opened(bytes);
    int pages = poppler_document_get_n_pages(d);
    for (int i = 0; i < pages && i < PREVIEW_PAGES; i++) {
        PopplerPage *page = poppler_document_get_page(d, i);
        char *words = page ? poppler_page_get_text(page) : NULL;
        if (words == NULL)
            end(PREVIEW_DAMAGED);
        put(words, strlen(words));
        put("\n", 1);
        g_free(words);
        g_object_unref(page);
    }
}

static void draw_pdf(str bytes)
{
    PopplerDocument *d = opened(bytes);
    int pages = poppler_document_get_n_pages(d);
    for (int i = 0; i < pages && i < PREVIEW_PAGES; i++) {
        PopplerPage *page = poppler_document_get_page(d, i);
        if (page == NULL)
            end(PREVIEW_DAMAGED);
        draw_page(page, i + 1);
        g_object_unref(page);
    }
}

/* ---- office papers ---- */

/* How reading the words ended; OK: they have been said. */
static enum preview_end say_words(str bytes, str type)
{
    struct arena a = { 0 };
    struct buf json = { 0 };
    struct value *tree;
    enum preview_end e = office_read(bytes, type, &a, &tree);
    if (e != PREVIEW_OK)
        return e;
    value_write_json(tree, &json);
    if (json.n > OFFICE_JSON)
        return PREVIEW_HEAVY;
    struct preview_frame f = { PREVIEW_WORDS, 0, 0, (int32_t)json.n, 0 };
    put(&f, sizeof f);
    put(json.p, json.n);
    return PREVIEW_OK;
}

/* Its words first, so that they are there when drawing fails; of a page that
 * cannot be read the ones before it stay. */
static void draw_ofd(str bytes)
{
    struct ofd *o;
    bool more;
    (void)say_words(bytes, STR("application/ofd"));
    enum preview_end e = ofd_open(bytes, &o);
    size_t pages = e == PREVIEW_OK ? ofd_pages(o, &more) : 0;
    for (size_t i = 0; i < pages; i++) {
        unsigned missing = more ? PREVIEW_GOES_ON : 0;
        double w, h;
        cairo_t *cr;
        ofd_size(o, i, &w, &h);
        cairo_surface_t *s = page_sheet(w, h, &cr);
        e = ofd_draw(o, i, cr, &missing);
        cairo_destroy(cr);
        if (e != PREVIEW_OK)
            break;
        answer_page(s, (int)i + 1, missing);
    }
    end(e);
}

/* ---- all ---- */

static str paper(void)
{
    struct stat st;
    if (fstat(STDIN_FILENO, &st) != 0 || st.st_size < 1 ||
        st.st_size > FILES_MAX_BYTES)
        end(PREVIEW_DAMAGED);
    void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE,
                   STDIN_FILENO, 0);
    if (p == MAP_FAILED)
        end(PREVIEW_HEAVY);
    return (str){ p, (size_t)st.st_size };
}

int files_preview_command(int argc, char **argv)
{
    str type = str_of(argc == 2 ? argv[1] : "");
    if (isatty(STDOUT_FILENO) || type.n == 0) {
        fputs("usage: zhengtong preview TYPE <PAPER >PICTURES\n", stderr);
        return 2;
    }
    confine();
    if (str_is(type, "application/pdf"))
        draw_pdf(paper());
    else if (str_is(type, PREVIEW_PDF_TEXT))
        say_pdf_text(paper());
    else if (str_is(type, "image/jpeg"))
        draw_jpeg(paper());
    else if (str_is(type, "image/png"))
        draw_png(paper());
    else if (str_is(type, "application/ofd"))
        draw_ofd(paper());
    else if (files_wordy(type))
        end(say_words(paper(), type));
    else
        end(PREVIEW_DAMAGED);
    end(PREVIEW_OK); /* without what libraries do at a quiet exit */
}
