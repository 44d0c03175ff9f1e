/*
 * A small clamd that speaks the protocol stands in for the real one: what it
 * answers, what it does not, and what becomes of a paper meanwhile.  And the
 * measures, on pictures and pages made here.
 */
#include "kernel/files/look.h"
#include "kernel/store/testing.h"
#include "kernel/test/test.h"

#include <cairo.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <zlib.h>

#include <jpeglib.h>

/* In two halves, so that this source is no virus to a scanner. */
#define EICAR "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" \
              "STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"

static char dir[] = "/tmp/zt-look-XXXXXX";
static char address[128];

/* ---- the small clamd ---- */

static int listening = -1;
static const char *_Atomic clamd_says; /* NULL: it looks; else always this */

static bool take(int fd, void *out, size_t n)
{
    char *p = out;
    while (n > 0) {
        ssize_t got = recv(fd, p, n, 0);
        if (got <= 0)
            return false;
        p += got;
        n -= (size_t)got;
    }
    return true;
}

static void answer_one(int fd)
{
    static char bytes[1 << 20];
    char command[sizeof "zINSTREAM"];
    unsigned char head[4];
    size_t n = 0;
    if (!take(fd, command, sizeof command) ||
        memcmp(command, "zINSTREAM", sizeof command) != 0)
        return;
    while (take(fd, head, 4)) {
        size_t piece = (size_t)head[0] << 24 | (size_t)head[1] << 16 |
                       (size_t)head[2] << 8 | head[3];
        if (piece == 0)
            break;
        if (n + piece > sizeof bytes || !take(fd, bytes + n, piece))
            return;
        n += piece;
    }
    str all = { bytes, n };
    const char *always = clamd_says;
    const char *said = always ? always
                       : str_find(all, STR(EICAR)) >= 0
                           ? "stream: Eicar-Test-Signature FOUND"
                           : "stream: OK";
    if (said[0] && send(fd, said, strlen(said) + 1, MSG_NOSIGNAL) < 0)
        return;
}

static void *clamd(void *unused)
{
    (void)unused;
    for (;;) {
        int fd = accept(listening, NULL, NULL);
        if (fd < 0)
            return NULL;
        answer_one(fd);
        close(fd);
    }
}

static pthread_t clamd_thread;

static bool clamd_start(void)
{
    struct sockaddr_un at = { .sun_family = AF_UNIX };
    snprintf(at.sun_path, sizeof at.sun_path, "%s/clamd", dir);
    snprintf(address, sizeof address, "unix:%s", at.sun_path);
    listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    return bind(listening, (const struct sockaddr *)&at, sizeof at) == 0 &&
           listen(listening, 4) == 0 &&
           pthread_create(&clamd_thread, NULL, clamd, NULL) == 0;
}

static void clamd_stop(void)
{
    shutdown(listening, SHUT_RDWR);
    close(listening);
    pthread_join(clamd_thread, NULL);
}

static const char *written(const char *name, str bytes)
{
    static char path[200];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(bytes.p, 1, bytes.n, f) != bytes.n || fclose(f) != 0)
        abort();
    return path;
}

static enum scan_answer ask(str bytes, str *virus)
{
    static struct arena a;
    return scan_file(&a, str_of(address), written("paper", bytes), virus);
}

static void the_scanner_is_asked_and_understood(void)
{
    str virus;
    clamd_says = NULL;
    CHECK(ask(STR("%PDF-1.4 harmless"), &virus) == SCAN_CLEAN);
    CHECK(ask(STR("%PDF-1.4 " EICAR), &virus) == SCAN_INFECTED);
    CHECK_STR(virus, "Eicar-Test-Signature");
    char *large = malloc(300000);
    memset(large, 'a', 300000);
    CHECK(ask((str){ large, 300000 }, &virus) == SCAN_CLEAN);
    free(large);
}

static void an_answer_nobody_knows_lets_nothing_by(void)
{
    str virus;
    clamd_says = "INSTREAM size limit exceeded. ERROR";
    CHECK(ask(STR("%PDF"), &virus) == SCAN_AWAY);
    clamd_says = "";
    CHECK(ask(STR("%PDF"), &virus) == SCAN_AWAY);
    clamd_says = "stream:  FOUND";
    CHECK(ask(STR("%PDF"), &virus) == SCAN_AWAY);
    clamd_says = NULL;
    CHECK(scan_read(STR("stream: Win.Test FOUND"), &virus) == SCAN_INFECTED);
    CHECK(scan_read(STR("OK, surely"), &virus) == SCAN_AWAY);
}

static void no_scanner_is_no_answer(void)
{
    static struct arena a;
    str virus;
    const char *path = written("paper", STR("%PDF"));
    CHECK(scan_file(&a, STR("unix:/tmp/zt-nobody/here"), path, &virus) ==
          SCAN_AWAY);
    CHECK(scan_file(&a, STR("tcp:127.0.0.1:1"), path, &virus) == SCAN_AWAY);
    CHECK(scan_file(&a, STR("tcp:127.0.0.1:x"), path, &virus) == SCAN_AWAY);
    CHECK(scan_file(&a, STR("none"), path, &virus) == SCAN_AWAY);
    CHECK(scan_address_ok(STR("none")) && scan_address_ok(STR("unix:/x")));
    CHECK(!scan_address_ok(STR("/run/clamd")));
    CHECK(!scan_address_ok(STR("unix:")));
}

/* ---- a paper from its coming to the answer ---- */

static struct test_store t;

static enum err keep(struct tx *tx, void *context)
{
    struct upload u = { .name = STR("a.pdf"), .sha256 = *(str *)context };
    tx->notes++;
    return files_mention(tx, &u, "services", STR("X1"));
}

static enum err look_first(struct tx *tx, void *context)
{
    static struct arena kept;
    const void *out = NULL;
    struct tx own = *tx;
    own.arena = &kept;
    enum err e = files_look_before(&own, &out);
    *(const void **)context = out;
    return e;
}

static enum err write_found(struct tx *tx, void *context)
{
    bool more;
    tx->notes++;
    tx->kept = context;
    return files_look_run(tx, &more);
}

/* Rounds of the job until there is nothing to do; how many there were. */
static int rounds(void)
{
    for (int n = 0; n < 10; n++) {
        const void *found = NULL;
        if (test_store_look(&t, look_first, &found) != OK)
            return -1;
        if (found == NULL)
            return n;
        if (test_store_run(&t, write_found, (void *)(uintptr_t)found) != OK)
            return -1;
    }
    return -1;
}

static str shelved(struct arena *a, const char *name, str bytes)
{
    str problem;
    const char *path = written(name, bytes);
    str sha256 = files_digest(a, path);
    CHECK(files_shelve_copy(path, sha256, &problem) == OK);
    CHECK(test_store_run(&t, keep, &sha256) == OK);
    return sha256;
}

static bool is(str sha256, const char *what)
{
    char sql[300];
    snprintf(sql, sizeof sql,
             "UPDATE files_blob SET created = created / CASE WHEN (SELECT "
             "count(*) FROM files_blob WHERE sha256 = '%.*s' AND %s) = 1 THEN "
             "1 ELSE 0 END", STR_ARG(sha256), what);
    /* Dividing by nought is NULL on SQLite and an error on PostgreSQL: both
     * are refused. */
    return test_store_sql(&t, sql);
}

static void a_paper_waits_until_it_was_seen(void)
{
    static struct arena a;
    str problem;
    clamd_says = NULL;
    CHECK(files_scanner(STR("unix:/tmp/zt-nobody/here"), &problem) == OK);
    CHECK(files_scans());
    str good = shelved(&a, "good", STR("%PDF-1.4 1 0 obj<</Type /Page>>"));
    CHECK(rounds() == 1); /* measured; the scanner is away */
    CHECK(is(good, "scan = 'waiting' AND pages = 1"));
    CHECK(files_safe(STR("waiting")) == FILES_WAITING);
    CHECK(files_scanner(str_of(address), &problem) == OK);
    str bad = shelved(&a, "bad", STR("%PDF-1.4 " EICAR));
    CHECK(rounds() == 3);
    CHECK(is(good, "scan = 'clean'"));
    CHECK(is(bad, "scan = 'infected' AND virus = 'Eicar-Test-Signature'"));
    CHECK(files_safe(STR("infected")) == FILES_INFECTED);
    CHECK(rounds() == 0);
    CHECK(files_scanner(STR("none"), &problem) == OK);
    CHECK(files_safe(STR("waiting")) == FILES_SAFE);
    CHECK(files_safe(STR("infected")) == FILES_INFECTED);
    CHECK(files_scanner(STR("clamd"), &problem) == ERR_INPUT);
}

/* ---- measures ---- */

static void pages_are_counted_also_when_packed(void)
{
    char pdf[2000], packed[500];
    const char *objects = "5 0 <</Type/Page/Parent 1 0 R>> "
                          "<</Type /Page>> <</Type/Pages/Count 3>>";
    uLongf n = sizeof packed;
    CHECK(measure_pages(STR("%PDF <</Type/Pages>><</Type /Page>>"
                            "<</Type\n/Page/Parent 1 0 R>>")) == 2);
    CHECK(measure_pages(STR("%PDF-1.4 nothing")) == 0);
    CHECK(measure_pages(STR("")) == 0);
    CHECK(compress((Bytef *)packed, &n, (const Bytef *)objects,
                   strlen(objects)) == Z_OK);
    int at = snprintf(pdf, sizeof pdf, "%%PDF-1.5 1 0 obj<</Type/Page>>endobj "
                      "4 0 obj<</Type/ObjStm/Filter/FlateDecode>>stream\r\n");
    memcpy(pdf + at, packed, n);
    at += (int)n;
    at += snprintf(pdf + at, sizeof pdf - (size_t)at, "\nendstream endobj");
    CHECK(measure_pages((str){ pdf, (size_t)at }) == 3);
    /* Broken data inside is no page and no crash. */
    memset(pdf + 80, 'x', 20);
    CHECK(measure_pages((str){ pdf, (size_t)at }) >= 1);
}

static cairo_status_t put(void *context, const unsigned char *bytes,
                          unsigned int n)
{
    buf_put(context, (str){ (const char *)bytes, n });
    return CAIRO_STATUS_SUCCESS;
}

/* A page of lines, sharp, or smeared over `smear` pixels; as PNG. */
static int64_t sharpness_of_lines(int smear)
{
    enum { SIDE = 300 };
    struct buf png = { 0 };
    cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, SIDE,
                                                    SIDE);
    unsigned char *p = cairo_image_surface_get_data(s);
    int stride = cairo_image_surface_get_stride(s);
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            int dark = 0;
            for (int k = 0; k < smear; k++)
                dark += (x + k) / 6 % 2;
            memset(p + y * stride + x * 4, 255 * dark / smear, 3);
        }
    cairo_surface_mark_dirty(s);
    cairo_surface_write_to_png_stream(s, put, &png);
    cairo_surface_destroy(s);
    int64_t sharp = measure_picture(buf_str(&png), STR("image/png"));
    buf_free(&png);
    return sharp;
}

static void a_blurred_picture_is_told_from_a_sharp_one(void)
{
    CHECK(sharpness_of_lines(1) > 20 * FILES_SHARP);
    CHECK(!files_blurred(sharpness_of_lines(1)));
    CHECK(files_blurred(sharpness_of_lines(12)));
    CHECK(!files_blurred(INT_NONE)); /* of what is no picture */
    CHECK(measure_picture(STR("\x89PNG"), STR("image/png")) == INT_NONE);
    CHECK(measure_picture(STR("\xff\xd8\xff"), STR("image/jpeg")) == INT_NONE);
    CHECK(measure_picture(STR("%PDF"), STR("application/pdf")) == INT_NONE);
    CHECK(measure_sharpness((const unsigned char *)"ab", 2, 1, 2) == 0);
}

/* The same lines as a JPEG of 2,400 pixels, which is read at half its size. */
static int64_t sharpness_of_jpeg(int smear, size_t cut)
{
    enum { SIDE = 2400 };
    static unsigned char row[SIDE];
    struct jpeg_compress_struct c = { 0 };
    struct jpeg_error_mgr failing;
    unsigned char *out = NULL;
    unsigned long n = 0;
    c.err = jpeg_std_error(&failing);
    jpeg_create_compress(&c);
    jpeg_mem_dest(&c, &out, &n);
    c.image_width = c.image_height = SIDE;
    c.input_components = 1;
    c.in_color_space = JCS_GRAYSCALE;
    jpeg_set_defaults(&c);
    jpeg_start_compress(&c, TRUE);
    for (int x = 0; x < SIDE; x++) {
        int dark = 0;
        for (int k = 0; k < smear; k++)
            dark += (x + k) / 48 % 2;
        row[x] = (unsigned char)(255 * dark / smear);
    }
    JSAMPROW line = row;
    while (c.next_scanline < c.image_height)
        jpeg_write_scanlines(&c, &line, 1);
    jpeg_finish_compress(&c);
    jpeg_destroy_compress(&c);
    int64_t sharp = measure_picture((str){ (char *)out, n - n * cut / 100 },
                                    STR("image/jpeg"));
    free(out);
    return sharp;
}

static void a_photograph_is_read_small(void)
{
    CHECK(!files_blurred(sharpness_of_jpeg(1, 0)));
    CHECK(files_blurred(sharpness_of_jpeg(90, 0)));
    /* Cut off in the middle: no crash, and what is left is measured. */
    CHECK(sharpness_of_jpeg(1, 50) != 0);
    CHECK(sharpness_of_jpeg(1, 99) == INT_NONE ||
          sharpness_of_jpeg(1, 99) >= 0);
}

static void all_on(enum test_database which)
{
    str problem;
    char path[100];
    if (!test_store_open(&t, which))
        return;
    snprintf(path, sizeof path, "%s/files%d", dir, (int)which);
    CHECK(files_open(path, &problem) == OK);
    RUN(a_paper_waits_until_it_was_seen);
    test_store_close(&t);
}

int main(void)
{
    if (mkdtemp(dir) == NULL || !clamd_start())
        return 1;
    RUN(the_scanner_is_asked_and_understood);
    RUN(an_answer_nobody_knows_lets_nothing_by);
    RUN(no_scanner_is_no_answer);
    RUN(pages_are_counted_also_when_packed);
    RUN(a_blurred_picture_is_told_from_a_sharp_one);
    RUN(a_photograph_is_read_small);
    all_on(TEST_LITE);
    all_on(TEST_PG);
    clamd_stop();
    return test_result();
}
