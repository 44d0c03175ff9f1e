/*
 * office -- official documents between organs.
 *
 * This header holds the pure rules: what a document number looks like.
 */
#ifndef OFFICE_H
#define OFFICE_H

#include "base/base.h"
#include "kernel/vectors/vectors.h"

struct office_number {
    str prefix;     /* 机关代字: 宁政函; of an order: 国务院令 */
    int year;       /* 0 for an order */
    int serial;
    bool order;     /* 命令（令）: 第N号 instead of 〔year〕N号 */
};

/*
 * Reads a document number: the organ's characters, the year in 〔〕, a running
 * number without 第 and without leading zeros, 号 (党政机关公文处理工作条例
 * 第九条第(五)项; GB/T 9704-2012).  Orders are numbered 第N号.
 *
 * ERR_INPUT with a Chinese sentence in *why; the texts of *out point into s.
 */
enum err office_number_read(str s, struct office_number *out, str *why)
    MUST_USE;

extern const struct vector_type office_vectors[];

#endif
