/* Papers: what kinds are taken, and that what is kept stays kept. */
#include "kernel/files/inside.h"
#include "kernel/store/testing.h"
#include "kernel/test/test.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static struct arena memory;
static char dir[] = "/tmp/zt-files-XXXXXX";

/* ---- small files of each kind ---- */

static void put16(struct buf *b, unsigned v)
{
    buf_byte(b, (char)(v & 0xff));
    buf_byte(b, (char)(v >> 8));
}

static void put32(struct buf *b, uint32_t v)
{
    put16(b, v & 0xffff);
    put16(b, v >> 16);
}

/* A zip with empty stored parts of these names. */
static str zip_of(const char *const *names, size_t n)
{
    struct buf b = { 0 }, list = { 0 };
    for (size_t i = 0; i < n; i++) {
        str name = str_of(names[i]);
        put32(&list, 0x02014b50);
        for (int k = 0; k < 6; k++)
            put32(&list, 0);
        put16(&list, (unsigned)name.n);
        for (int k = 0; k < 4; k++)
            put32(&list, 0);
        buf_put(&list, name);
        put32(&b, 0x04034b50);
        for (int k = 0; k < 22; k++)
            buf_byte(&b, 0);
        put16(&b, (unsigned)name.n);
        put16(&b, 0);
        buf_put(&b, name);
    }
    size_t at = b.n;
    buf_put(&b, buf_str(&list));
    put32(&b, 0x06054b50);
    put32(&b, 0);
    put16(&b, (unsigned)n);
    put16(&b, (unsigned)n);
    put32(&b, (uint32_t)list.n);
    put32(&b, (uint32_t)at);
    put16(&b, 0);
    str s = arena_str(&memory, buf_str(&b));
    buf_free(&b);
    buf_free(&list);
    return s;
}

static str png_of(uint32_t w, uint32_t h)
{
    unsigned char p[33] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    for (int i = 0; i < 4; i++) {
        p[16 + i] = (unsigned char)(w >> (24 - 8 * i));
        p[20 + i] = (unsigned char)(h >> (24 - 8 * i));
    }
    p[24] = 8;
    return arena_str(&memory, (str){ (const char *)p, sizeof p });
}

static str jpeg_of(unsigned w, unsigned h)
{
    unsigned char p[] = { 0xff, 0xd8, 0xff, 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0,
                          1, 1, 0, 0, 1, 0, 1, 0, 0, 0xff, 0xc0, 0, 11, 8,
                          (unsigned char)(h >> 8), (unsigned char)h,
                          (unsigned char)(w >> 8), (unsigned char)w, 1, 1, 0x11,
                          0, 0xff, 0xd9 };
    return arena_str(&memory, (str){ (const char *)p, sizeof p });
}

static str pdf(void)
{
    return STR("%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n"
               "<</Root 1 0 R>>\n%%EOF\n");
}

static str kind(str bytes)
{
    str problem = STR("");
    str k = files_kind(bytes, &problem);
    CHECK(str_is_none(k) == (problem.n > 0));
    return k;
}

static void a_file_is_what_its_bytes_say(void)
{
    static const char *const ofd[] = { "Doc_0/Document.xml", "OFD.xml" };
    static const char *const docx[] = { "[Content_Types].xml",
                                        "word/document.xml" };
    static const char *const xlsx[] = { "xl/workbook.xml" };
    CHECK_STR(kind(pdf()), "application/pdf");
    CHECK_STR(kind(png_of(800, 600)), "image/png");
    CHECK_STR(kind(jpeg_of(4000, 3000)), "image/jpeg");
    CHECK_STR(kind(zip_of(ofd, 2)), "application/ofd");
    CHECK(str_ends(kind(zip_of(docx, 2)), STR("wordprocessingml.document")));
    CHECK(str_ends(kind(zip_of(xlsx, 1)), STR("spreadsheetml.sheet")));
}

static void what_we_cannot_show_is_not_taken(void)
{
    static const char *const any[] = { "readme.txt" };
    static const char *const macro[] = { "word/document.xml",
                                         "word/vbaProject.bin" };
    CHECK(str_is_none(kind(STR("MZ\x90\0 program"))));
    CHECK(str_is_none(kind(STR("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"
                               ))));
    CHECK(str_is_none(kind(STR("GIF89a"))));
    CHECK(str_is_none(kind(STR("plain text"))));
    CHECK(str_is_none(kind(zip_of(any, 1))));
    CHECK(str_is_none(kind(zip_of(macro, 2))));
    CHECK(str_is_none(kind(STR("PK\3\4 broken"))));
    CHECK(str_is_none(kind(STR(""))));
}

static void a_picture_has_a_sane_size(void)
{
    CHECK(str_is_none(kind(png_of(0, 10))));
    CHECK(str_is_none(kind(png_of(20001, 10))));
    CHECK(str_is_none(kind(png_of(20000, 20000))));
    CHECK(str_is_none(kind(png_of(0xffffffff, 0xffffffff))));
    CHECK(str_is_none(kind(jpeg_of(0, 10))));
    CHECK(str_is_none(kind(str_slice(jpeg_of(10, 10), 0, 20))));
}

static void every_cut_of_a_file_is_safe_to_look_at(void)
{
    static const char *const docx[] = { "[Content_Types].xml",
                                        "word/document.xml" };
    str all[] = { pdf(), png_of(8, 6), jpeg_of(40, 30), zip_of(docx, 2) };
    for (size_t i = 0; i < 4; i++)
        for (size_t n = 0; n < all[i].n; n++) {
            /* A heap copy of its own, so that a sanitizer sees the end. */
            char *copy = malloc(n + 1);
            str problem;
            memcpy(copy, all[i].p, n);
            str k = files_kind((str){ copy, n }, &problem);
            CHECK(str_is_none(k) || i != 3);
            free(copy);
        }
}

/* ---- the shelf ---- */

static const char *write_temp(str bytes)
{
    static int serial;
    const char *path = arena_printf(&memory, "%s/in-%d", dir, serial++).p;
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    CHECK(fd >= 0 && write(fd, bytes.p, bytes.n) == (ssize_t)bytes.n);
    close(fd);
    return path;
}

static struct upload upload_of(str bytes)
{
    struct upload u = { .name = STR("a.pdf"), .path = write_temp(bytes),
                        .size = (int64_t)bytes.n };
    u.sha256 = files_digest(&memory, u.path);
    return u;
}

static void a_paper_is_kept_under_its_digest(void)
{
    struct upload u = upload_of(pdf());
    str problem = STR("");
    CHECK(files_adopt(&u, &problem) == OK);
    const char *path = files_path(&memory, u.sha256);
    CHECK(access(path, R_OK) == 0 && access(u.path, F_OK) != 0);
    CHECK(str_eq(files_digest(&memory, path), u.sha256));
    struct upload again = upload_of(pdf());
    CHECK(files_adopt(&again, &problem) == OK); /* the same twice is once */
    CHECK(access(path, R_OK) == 0);
}

static void a_bad_paper_is_refused_with_a_sentence(void)
{
    struct upload u = upload_of(STR("just words"));
    str problem = STR("");
    CHECK(files_adopt(&u, &problem) == ERR_RANGE);
    CHECK(str_find(problem, STR("PDF")) >= 0);
    CHECK(access(u.path, F_OK) == 0); /* its owner removes it */
    u.size = (int64_t)FILES_MAX_BYTES + 1;
    CHECK(files_adopt(&u, &problem) == ERR_RANGE);
    CHECK(str_find(problem, STR("20 MB")) >= 0);
    u = upload_of(pdf());
    u.sha256 = STR("../../etc/passwd");
    CHECK(files_adopt(&u, &problem) == ERR_INPUT);
    CHECK_STR(str_of(files_path(&memory, u.sha256)), "");
}

static void a_paper_comes_from_another_file_system_too(void)
{
    struct upload u = upload_of(png_of(9, 9));
    str problem = STR("");
    CHECK(files_shelve_copy(u.path, u.sha256, &problem) == OK);
    CHECK(access(files_path(&memory, u.sha256), R_OK) == 0);
    CHECK(access(u.path, F_OK) == 0);
    CHECK(files_shelve_copy("/nowhere", u.sha256, &problem) == ERR_STORE);
    CHECK(problem.n > 0);
}

static void a_full_disk_is_told_and_leaves_nothing_half(void)
{
    /* A file system of 64 KB would need root; a size limit on this process
     * makes the same write fail, with EFBIG. */
    char big[100000];
    memset(big, 'x', sizeof big);
    memcpy(big, "%PDF-1.4\n", 9);
    struct upload u = upload_of((str){ big, sizeof big });
    pid_t child = fork();
    if (child == 0) {
        str problem = STR("");
        struct rlimit small = { 50000, 50000 };
        int status = 2;
        signal(SIGXFSZ, SIG_IGN);
        if (setrlimit(RLIMIT_FSIZE, &small) != 0)
            _exit(3);
        enum err e = files_shelve_copy(u.path, u.sha256, &problem);
        if (e == ERR_BUSY && str_find(problem, STR("空间")) >= 0)
            status = 0;
        _exit(status);
    }
    int status = -1;
    CHECK(child > 0 && waitpid(child, &status, 0) == child && status == 0);
    CHECK(access(files_path(&memory, u.sha256), F_OK) != 0);
}

static void an_upload_goes_on_where_it_stopped(void)
{
    str whole = pdf(), problem = STR("");
    str id = STR("00112233445566778899aabbccddeeff");
    size_t half = whole.n / 2;
    const char *path = files_part_path(&memory, id);
    CHECK(files_part_write(id, 0, write_temp(str_slice(whole, 0, half)),
                           &problem) == OK);
    /* A piece that was written but never acknowledged is written over. */
    CHECK(files_part_write(id, (int64_t)half, write_temp(STR("garbage of a "
          "lost connection, longer than what follows it in the real file")),
          &problem) == OK);
    CHECK(files_part_write(id, (int64_t)half,
                           write_temp(str_slice(whole, half, whole.n)),
                           &problem) == OK);
    CHECK_STR(files_type_of(path, &problem), "application/pdf");
    CHECK(str_eq(files_digest(&memory, path), upload_of(whole).sha256));
    files_part_remove(id);
    CHECK(files_part_write(id, 10, write_temp(whole), &problem) == ERR_STORE);
}

/* ---- who needs it ---- */

static struct upload paper;

static enum err mention(struct tx *tx, void *ref)
{
    return files_mention(tx, &paper, "services", str_of(ref));
}

static enum err forget(struct tx *tx, void *ref)
{
    return files_forget(tx, paper.sha256, "services", str_of(ref));
}

static enum err known(struct tx *tx, void *type)
{
    struct files_paper p;
    enum err e = files_paper(tx, paper.sha256, &p);
    if (e == OK)
        *(str *)type = p.type;
    return e;
}

static enum err sweep_all(struct tx *tx, void *unused)
{
    (void)unused;
    bool more = true;
    enum err e = OK;
    while (e == OK && more)
        e = files_sweep(tx, &more);
    return e;
}

static void make_old(const char *path)
{
    struct timespec t[2] = { { 1000000000, 0 }, { 1000000000, 0 } };
    CHECK(utimensat(AT_FDCWD, path, t, 0) == 0);
}

static void what_somebody_needs_stays_what_nobody_needs_goes(
    enum test_database which)
{
    struct test_store t;
    str problem = STR(""), type = STR("");
    if (!test_store_open(&t, which))
        return;
    paper = upload_of(jpeg_of(20, (unsigned)which + 1));
    CHECK(test_store_run(&t, mention, "A") == ERR_NOTFOUND);
    CHECK(files_adopt(&paper, &problem) == OK);
    CHECK(test_store_run(&t, mention, "A") == OK);
    CHECK(test_store_run(&t, mention, "A") == OK);
    CHECK(test_store_run(&t, mention, "B") == OK);
    CHECK(test_store_look(&t, known, &type) == OK);
    CHECK_STR(type, "image/jpeg");
    const char *path = files_path(&memory, paper.sha256);
    make_old(path);
    t.now.ms += 2 * 86400000LL;
    CHECK(test_store_run(&t, forget, "A") == OK);
    CHECK(test_store_run(&t, sweep_all, NULL) == OK);
    CHECK(access(path, F_OK) == 0); /* B needs it */
    CHECK(test_store_run(&t, forget, "B") == OK);
    CHECK(test_store_run(&t, sweep_all, NULL) == OK); /* the row goes */
    CHECK(access(path, F_OK) == 0);
    CHECK(test_store_look(&t, known, &type) == ERR_NOTFOUND);
    CHECK(test_store_run(&t, sweep_all, NULL) == OK); /* then the file */
    CHECK(access(path, F_OK) != 0);
    test_store_close(&t);
}

static void bytes_just_adopted_are_left_alone(enum test_database which)
{
    struct test_store t;
    str problem = STR("");
    if (!test_store_open(&t, which))
        return;
    paper = upload_of(jpeg_of(30, (unsigned)which + 1));
    CHECK(files_adopt(&paper, &problem) == OK);
    CHECK(test_store_run(&t, sweep_all, NULL) == OK);
    CHECK(test_store_run(&t, mention, "A") == OK);
    test_store_close(&t);
}

int main(void)
{
    static void (*const tests[])(enum test_database) = {
        what_somebody_needs_stays_what_nobody_needs_goes,
        bytes_just_adopted_are_left_alone,
    };
    str problem = STR("");
    CHECK(mkdtemp(dir) != NULL);
    CHECK(files_open(dir, &problem) == OK);
    RUN(a_file_is_what_its_bytes_say);
    RUN(what_we_cannot_show_is_not_taken);
    RUN(a_picture_has_a_sane_size);
    RUN(every_cut_of_a_file_is_safe_to_look_at);
    RUN(a_paper_is_kept_under_its_digest);
    RUN(a_bad_paper_is_refused_with_a_sentence);
    RUN(a_paper_comes_from_another_file_system_too);
    RUN(a_full_disk_is_told_and_leaves_nothing_half);
    RUN(an_upload_goes_on_where_it_stopped);
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        for (int which = TEST_LITE; which <= TEST_PG; which++) {
            test_bad = 0;
            tests[i]((enum test_database)which);
            test_bad ? test_failed++ : test_passed++;
        }
    const char *clean = arena_printf(&memory, "rm -rf %s", dir).p;
    CHECK(system(clean) == 0);
    arena_free(&memory);
    return test_result();
}
