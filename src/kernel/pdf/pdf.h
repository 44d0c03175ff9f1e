/*
 * pdf -- papers the administration hands out: notices, receipts, reports.
 *
 * Only layout lives here; what a notice says is written by the module whose
 * law it is.  A paper is a title, who it is for, and blocks one below the
 * other; the page breaks, the page numbers, the QR code, the place of the seal
 * and the tags a screen reader follows are ours.
 *
 * The same paper gives the same bytes, every time and on every thread, so a
 * digest of it may be kept and compared.  One page takes some 5 ms: call it
 * from a `before` step or a job, or from a GET that sends the paper.
 */
#ifndef KERNEL_PDF_H
#define KERNEL_PDF_H

#include "base/base.h"

struct pdf_fact {
    str name, value;
};

enum pdf_block_kind {
    PDF_PARAGRAPH, /* text; first line indented by two characters */
    PDF_HEADING,   /* text; a bold line */
    PDF_POINTS,    /* texts, each after its number: 1. 2. 3. */
    PDF_FACTS,     /* facts, as a ruled table of two columns */
    PDF_LINES,     /* facts whose value is written by hand on a line */
};

struct pdf_block {
    enum pdf_block_kind kind;
    str text;
    const str *points;
    const struct pdf_fact *facts;
    size_t count; /* of points or facts */
};

struct pdf_notice {
    str organ;   /* who issues it: head of the paper, name in the seal */
    str title;   /* 行政许可申请受理通知书 */
    str number;  /* 文号, or none */
    str to;      /* whom it addresses, or none; a colon is added */
    const struct pdf_block *blocks;
    size_t block_count;
    day date;    /* below the organ's name at the end; none: nobody signs it,
                    as of a blank form, and there is neither seal nor code */
    bool seal;   /* the place of the electronic seal, marked 演示 */
    str qr;      /* address in the QR code, or none */
    str qr_text; /* what the code leads to: 扫码查看办理进度 */
    str foot;    /* small print on every page, or none: 演示数据 */
    inst made;   /* creation time in the file's properties */
};

/* Writes the paper to out.  ERR_RANGE when the QR address is too long (about
 * 1,000 bytes); ERR_BUSY without memory. */
enum err pdf_notice(const struct pdf_notice *n, struct buf *out) MUST_USE;

/* A certificate (证照): one sheet across, framed. */
struct pdf_licence {
    str organ;   /* who issues it: name in the seal */
    str title;   /* 食品经营许可证 */
    str number;  /* 证照编号 */
    const struct pdf_fact *facts;
    size_t count;
    str note;    /* what it allows and what not, a sentence; or none */
    day date;
    str qr;      /* address that verifies it */
    str qr_text;
    str identifier; /* 电子证照标识, at the foot */
    str foot;    /* 演示数据, or none */
    inst made;
};

/* Writes the sheet.  Errors as pdf_notice. */
enum err pdf_licence(const struct pdf_licence *l, struct buf *out) MUST_USE;

struct pdf_column {
    str name;
    int share;   /* of the page's width, relative to the others */
    bool number; /* right-aligned */
};

struct pdf_report {
    str organ, title, subtitle; /* subtitle: period, filter; or none */
    bool landscape;
    const struct pdf_column *columns;
    size_t column_count;        /* at most PDF_COLUMNS */
    const str *cells;           /* row after row */
    size_t row_count;
    str foot;
    inst made;
};
enum { PDF_COLUMNS = 16 };

/* A table over as many pages as it takes, its head repeated on each. */
enum err pdf_report(const struct pdf_report *r, struct buf *out) MUST_USE;

/* The face all papers are set in, a list as fontconfig reads it; at boot.
 * Default: "WenQuanYi Micro Hei, Noto Sans CJK SC, sans-serif". */
void pdf_set_font(const char *families);

/* Gives back what fonts take, when no thread makes papers any more. */
void pdf_close(void);

#endif
