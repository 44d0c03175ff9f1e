/* A zip in memory, by minizip; its XML, by libxml2's reader. */
#include "kernel/book/pack.h"

#include <stdlib.h>
#include <string.h>
#include <unzip.h>

/* minizip thinks of files: this one is bytes and a place in them. */
struct pack {
    str bytes;
    ZPOS64_T at;
    unzFile zip;
};

static voidpf ZCALLBACK open_bytes(voidpf opaque, const void *name, int mode)
{
    (void)name, (void)mode;
    return opaque;
}

static uLong ZCALLBACK read_bytes(voidpf opaque, voidpf stream, void *to,
                                  uLong n)
{
    struct pack *p = stream;
    ZPOS64_T left = p->bytes.n - p->at;
    (void)opaque;
    n = n > left ? (uLong)left : n;
    memcpy(to, p->bytes.p + p->at, n);
    p->at += n;
    return n;
}

static ZPOS64_T ZCALLBACK tell_bytes(voidpf opaque, voidpf stream)
{
    (void)opaque;
    return ((struct pack *)stream)->at;
}

static long ZCALLBACK seek_bytes(voidpf opaque, voidpf stream, ZPOS64_T by,
                                 int from)
{
    struct pack *p = stream;
    ZPOS64_T base = from == ZLIB_FILEFUNC_SEEK_CUR   ? p->at
                    : from == ZLIB_FILEFUNC_SEEK_END ? p->bytes.n : 0;
    (void)opaque;
    if (by > p->bytes.n || base + by > p->bytes.n)
        return -1;
    p->at = base + by;
    return 0;
}

static int ZCALLBACK nothing_to_do(voidpf opaque, voidpf stream)
{
    (void)opaque, (void)stream;
    return 0;
}

struct pack *pack_open(str bytes)
{
    struct pack *p = calloc(1, sizeof *p);
    if (p == NULL)
        return NULL;
    p->bytes = bytes;
    zlib_filefunc64_def io = {
        .zopen64_file = open_bytes, .zread_file = read_bytes,
        .ztell64_file = tell_bytes, .zseek64_file = seek_bytes,
        .zclose_file = nothing_to_do, .zerror_file = nothing_to_do,
        .opaque = p,
    };
    p->zip = unzOpen2_64("", &io);
    if (p->zip == NULL) {
        free(p);
        return NULL;
    }
    return p;
}

void pack_close(struct pack *p)
{
    if (p)
        unzClose(p->zip);
    free(p);
}

static enum err unfold(unzFile z, char *to, size_t size)
{
    size_t n = 0;
    while (n < size) {
        int got = unzReadCurrentFile(z, to + n, (unsigned)(size - n));
        if (got <= 0)
            break; /* says more than it has, or a bad checksum */
        n += (size_t)got;
    }
    bool whole = unzCloseCurrentFile(z) == UNZ_OK && n == size;
    return whole ? OK : ERR_INPUT;
}

enum err pack_member(struct pack *p, const char *name, size_t most, char **out,
                     size_t *n)
{
    enum { LOCKED = 1 };
    unz_file_info64 info;
    *out = NULL;
    *n = 0;
    if (unzLocateFile(p->zip, name, 2) != UNZ_OK)
        return ERR_NOTFOUND;
    if (unzGetCurrentFileInfo64(p->zip, &info, NULL, 0, NULL, 0, NULL, 0) !=
        UNZ_OK)
        return ERR_INPUT;
    if (info.flag & LOCKED)
        return ERR_DENIED;
    if (info.uncompressed_size > most)
        return ERR_RANGE;
    if (unzOpenCurrentFile(p->zip) != UNZ_OK)
        return ERR_INPUT;
    size_t size = (size_t)info.uncompressed_size;
    char *to = malloc(size + 1);
    if (to == NULL)
        abort();
    enum err e = unfold(p->zip, to, size);
    if (e != OK) {
        free(to);
        return e;
    }
    *out = to;
    *n = size;
    return OK;
}

xmlTextReaderPtr pack_xml(const char *xml, size_t n)
{
    return xmlReaderForMemory(xml, (int)n, NULL, NULL,
                              XML_PARSE_NONET | XML_PARSE_NOERROR |
                                  XML_PARSE_NOWARNING | XML_PARSE_NOCDATA);
}

int pack_read(xmlTextReaderPtr r)
{
    int more = xmlTextReaderRead(r);
    return more == 1 &&
                   xmlTextReaderNodeType(r) == XML_READER_TYPE_DOCUMENT_TYPE
               ? -1 : more;
}

static bool named(xmlTextReaderPtr r, int type, const char *name)
{
    const xmlChar *n = xmlTextReaderConstLocalName(r);
    return xmlTextReaderNodeType(r) == type && n &&
           strcmp((const char *)n, name) == 0;
}

bool pack_at(xmlTextReaderPtr r, const char *name)
{
    return named(r, XML_READER_TYPE_ELEMENT, name);
}

bool pack_at_end(xmlTextReaderPtr r, const char *name)
{
    return named(r, XML_READER_TYPE_END_ELEMENT, name);
}

bool pack_text(xmlTextReaderPtr r, str *out)
{
    int type = xmlTextReaderNodeType(r);
    if (type != XML_READER_TYPE_TEXT &&
        type != XML_READER_TYPE_SIGNIFICANT_WHITESPACE &&
        type != XML_READER_TYPE_WHITESPACE)
        return false;
    *out = str_of((const char *)xmlTextReaderConstValue(r));
    return true;
}

str pack_attribute(xmlTextReaderPtr r, struct arena *a, const char *name)
{
    xmlChar *v = xmlTextReaderGetAttribute(r, BAD_CAST name);
    str s = v ? arena_str(a, str_of((const char *)v)) : str_none;
    xmlFree(v);
    return s;
}
