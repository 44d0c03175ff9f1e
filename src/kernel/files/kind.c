/*
 * What a file is, by its own bytes.
 *
 * libmagic is asked too (shelf.c), but it calls an OFD a zip and a zip with a
 * little office in it a document; what tells them apart is which parts their
 * directory names.  Nothing is unpacked here: a directory is read, bounds are
 * checked, so a bomb stays a small file.
 */
#include "kernel/files/inside.h"

#include <string.h>

static const char refused[] =
    "只接收 PDF、JPG、PNG、OFD、DOCX、XLSX 文件（看的是内容，改文件名没有用），"
    "请另存为 PDF 或拍照后上传。";
static const char broken[] = "文件不完整或已损坏，请重新生成后上传。";
static const char too_big_picture[] =
    "图片尺寸过大（每边最多 20000 像素），请缩小后上传。";
static const char macros[] = "文件含有宏，请另存为 PDF 后上传。";

static unsigned u16be(const unsigned char *p)
{
    return (unsigned)p[0] << 8 | p[1];
}

static uint32_t u32be(const unsigned char *p)
{
    return (uint32_t)u16be(p) << 16 | u16be(p + 2);
}

static unsigned u16le(const unsigned char *p)
{
    return (unsigned)p[1] << 8 | p[0];
}

static uint32_t u32le(const unsigned char *p)
{
    return (uint32_t)u16le(p + 2) << 16 | u16le(p);
}

/* ---- pictures ---- */

/* None with *problem, or the type when the picture's size is sane. */
static str picture(const char *type, uint64_t w, uint64_t h, str *problem)
{
    if (w == 0 || h == 0) {
        *problem = str_of(broken);
        return str_none;
    }
    if (w > FILES_MAX_SIDE || h > FILES_MAX_SIDE || w * h > FILES_MAX_PIXELS) {
        *problem = str_of(too_big_picture);
        return str_none;
    }
    return str_of(type);
}

static str png(str s, str *problem)
{
    const unsigned char *p = (const unsigned char *)s.p;
    if (s.n < 33 || memcmp(p + 12, "IHDR", 4) != 0) {
        *problem = str_of(broken);
        return str_none;
    }
    return picture("image/png", u32be(p + 16), u32be(p + 20), problem);
}

/* Frame headers are C0..CF but for the tables C4, C8, CC. */
static bool is_frame(unsigned char marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 &&
           marker != 0xc8 && marker != 0xcc;
}

static str jpeg(str s, str *problem)
{
    const unsigned char *p = (const unsigned char *)s.p;
    size_t at = 2;
    while (at + 9 < s.n && p[at] == 0xff) {
        unsigned char marker = p[at + 1];
        if (marker == 0xff) { /* fill */
            at++;
            continue;
        }
        if (is_frame(marker))
            return picture("image/jpeg", u16be(p + at + 7), u16be(p + at + 5),
                           problem);
        size_t length = u16be(p + at + 2);
        if (length < 2)
            break;
        at += 2 + length;
    }
    *problem = str_of(broken);
    return str_none;
}

/* ---- zip: its central directory (PKWARE APPNOTE 4.3) ---- */

enum { END_SIZE = 22, ENTRY_SIZE = 46, COMMENT = 65535 };

/* Where the directory begins and ends; false when there is none. */
static bool directory(str s, size_t *from, size_t *to)
{
    size_t lowest = s.n > END_SIZE + COMMENT ? s.n - END_SIZE - COMMENT : 0;
    if (s.n < END_SIZE)
        return false;
    for (size_t at = s.n - END_SIZE + 1; at-- > lowest;) {
        const unsigned char *p = (const unsigned char *)s.p + at;
        if (memcmp(p, "PK\5\6", 4) != 0)
            continue;
        uint64_t size = u32le(p + 12), start = u32le(p + 16);
        if (start + size > at)
            return false;
        *from = (size_t)start;
        *to = (size_t)(start + size);
        return true;
    }
    return false;
}

static str zip(str s, str *problem)
{
    static const struct {
        const char *part, *type;
    } kinds[] = {
        { "OFD.xml", "application/ofd" },
        { "word/document.xml", "application/vnd.openxmlformats-officedocument"
                               ".wordprocessingml.document" },
        { "xl/workbook.xml", "application/vnd.openxmlformats-officedocument"
                             ".spreadsheetml.sheet" },
    };
    size_t at = 0, end = 0;
    str found = str_none;
    if (!directory(s, &at, &end)) {
        *problem = str_of(broken);
        return str_none;
    }
    while (end - at >= ENTRY_SIZE) {
        const unsigned char *p = (const unsigned char *)s.p + at;
        if (memcmp(p, "PK\1\2", 4) != 0)
            break;
        str name = { s.p + at + ENTRY_SIZE, u16le(p + 28) };
        size_t whole = ENTRY_SIZE + name.n + u16le(p + 30) + u16le(p + 32);
        if (whole > end - at)
            break;
        if (str_ends(name, STR("vbaProject.bin"))) {
            *problem = str_of(macros);
            return str_none;
        }
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
            if (str_is(name, kinds[i].part))
                found = str_of(kinds[i].type);
        at += whole;
    }
    if (str_is_none(found))
        *problem = str_of(refused);
    return found;
}

/* ---- all ---- */

str files_kind(str s, str *problem)
{
    if (str_starts(s, STR("\x89PNG\r\n\x1a\n")))
        return png(s, problem);
    if (str_starts(s, STR("\xff\xd8\xff")))
        return jpeg(s, problem);
    if (str_starts(s, STR("PK\3\4")))
        return zip(s, problem);
    if (str_find(str_slice(s, 0, 1024), STR("%PDF-")) >= 0)
        return STR("application/pdf");
    *problem = str_of(refused);
    return str_none;
}

bool files_kind_agrees(str kind, str magic)
{
    bool zipped = str_is(kind, "application/ofd") ||
                  str_starts(kind, STR("application/vnd."));
    if (!zipped)
        return str_eq(kind, magic);
    return str_eq(kind, magic) || str_is(magic, "application/zip") ||
           str_is(magic, "application/octet-stream") ||
           str_starts(magic, STR("application/vnd.openxmlformats"));
}

/* ---- in words ---- */

str files_size(struct arena *a, int64_t bytes)
{
    if (bytes >= 1 << 20)
        return arena_printf(a, "%lld.%lld MB", (long long)(bytes >> 20),
                            (long long)((bytes * 10 >> 20) % 10));
    return arena_printf(a, "%lld KB", (long long)((bytes + 1023) >> 10));
}

str files_about(struct arena *a, str type, int64_t bytes)
{
    static const struct { const char *type, *word; } words[] = {
        { "application/pdf", "PDF" }, { "image/jpeg", "JPG" },
        { "image/png", "PNG" }, { "application/ofd", "OFD" },
    };
    const char *word = str_find(type, STR("sheet")) >= 0  ? "XLSX"
                       : str_find(type, STR("word")) >= 0 ? "DOCX" : "文件";
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(type, words[i].type))
            word = words[i].word;
    return arena_printf(a, "%s，%.*s", word, STR_ARG(files_size(a, bytes)));
}
