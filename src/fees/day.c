/*
 * Reconciliation: the platform's file of a day against what we booked.
 *
 * Both sides are sorted by the platform's own number and walked together, so
 * that nothing is compared twice and nothing is passed over; a number that
 * stands twice in the file is told as such, not silently folded.
 */
#include "fees/fees.h"

#include "kernel/store/store.h"

#include <stdlib.h>

static int by_number(const void *a, const void *b)
{
    const struct fee_line *x = a, *y = b;
    int c = str_cmp(x->platform_no, y->platform_no);
    return c ? c : x->refund - y->refund;
}

static void add(struct fee_difference *list, size_t *n, enum fee_gap gap,
                const struct fee_line *ours, const struct fee_line *theirs)
{
    const struct fee_line *any = theirs ? theirs : ours;
    list[(*n)++] = (struct fee_difference){
        gap, any->platform_no, any->notice, ours ? ours->amount : INT_NONE,
        theirs ? theirs->amount : INT_NONE,
    };
}

/* One number on both sides. */
static void same_number(struct fee_difference *list, size_t *n,
                        const struct fee_line *ours,
                        const struct fee_line *theirs)
{
    if (ours->amount != theirs->amount)
        add(list, n, FEE_SUM, ours, theirs);
    if (!str_eq(ours->notice, theirs->notice))
        add(list, n, FEE_NOTICE, ours, theirs);
    if (ours->on.n != theirs->on.n)
        add(list, n, FEE_DAY, ours, theirs);
}

void fee_compare(struct arena *a, struct fee_line *ours, size_t our_count,
                 struct fee_line *theirs, size_t their_count,
                 struct fee_difference **out, size_t *n)
{
    struct fee_difference *list = ARENA_NEW_N(
        a, struct fee_difference, 3 * (our_count + their_count) + 1);
    size_t i = 0, k = 0, found = 0;
    if (our_count)
        qsort(ours, our_count, sizeof *ours, by_number);
    if (their_count)
        qsort(theirs, their_count, sizeof *theirs, by_number);
    while (i < our_count || k < their_count) {
        int c = i == our_count     ? 1
                : k == their_count ? -1
                                   : by_number(&ours[i], &theirs[k]);
        if (c < 0) {
            add(list, &found, FEE_MISSING_THERE, &ours[i++], NULL);
            continue;
        }
        if (c > 0)
            add(list, &found, FEE_MISSING_HERE, NULL, &theirs[k++]);
        else
            same_number(list, &found, &ours[i++], &theirs[k++]);
        while (k < their_count && by_number(&theirs[k - 1], &theirs[k]) == 0)
            add(list, &found, FEE_TWICE, NULL, &theirs[k++]);
    }
    *out = list;
    *n = found;
}

static const struct {
    const char *code, *word, *advice;
} gaps[] = {
    [FEE_MISSING_HERE] = {
        "missing_here", "平台有，我方没有",
        "缴费通知可能没有送达。核对缴款码以后按对账单补记，补记会像收到通知一样"
        "处理，多缴、重复的自动进入退付。" },
    [FEE_MISSING_THERE] = {
        "missing_there", "我方有，平台没有",
        "先看是否跨日入账；第二天的对账单仍没有的，请平台查明，查明前不要开具"
        "票据、不要退付。" },
    [FEE_SUM] = {
        "sum", "金额不一致",
        "以国库入账为准。请平台出具该笔流水的入账凭证，少缴的通知补缴，多缴的"
        "退付。" },
    [FEE_TWICE] = {
        "twice", "对账单重复",
        "同一流水号在对账单里出现多次。请平台更正对账单后重新读取。" },
    [FEE_DAY] = {
        "day", "日期不一致",
        "多为零点前后的缴款。以平台入账日为准，核对无误后注明关闭。" },
    [FEE_NOTICE] = {
        "notice", "缴款码不一致",
        "请平台查明该笔流水属于哪一份缴款书，查明前不要退付。" },
};

enum { GAPS = sizeof gaps / sizeof *gaps };

const char *fee_gap_code(enum fee_gap g)
{
    return gaps[g].code;
}

str fee_gap_word(str code)
{
    for (int i = 0; i < GAPS; i++)
        if (str_is(code, gaps[i].code))
            return str_of(gaps[i].word);
    return code;
}

str fee_gap_advice(str code)
{
    for (int i = 0; i < GAPS; i++)
        if (str_is(code, gaps[i].code))
            return str_of(gaps[i].advice);
    return STR("");
}

/* ---- the file ---- */

enum { COLUMNS = 5, NUMBER = 64 };

static bool line_of(struct arena *a, const struct csv *row,
                    struct fee_line *out)
{
    out->refund = str_is(row->field[2], "refund");
    if (row->count != COLUMNS || row->field[0].n == 0 ||
        row->field[0].n > NUMBER || !fee_number_ok(row->field[1]) ||
        (!out->refund && !str_is(row->field[2], "pay")) ||
        !str_int(row->field[3], &out->amount) || out->amount <= 0 ||
        out->amount > FEE_MOST || !day_parse(row->field[4], &out->on))
        return false;
    out->platform_no = arena_str(a, row->field[0]);
    out->notice = arena_str(a, row->field[1]);
    return true;
}

/* Its last line: total,ROWS,SUM with refunds taken off. */
static bool total_of(const struct csv *row, int64_t rows, int64_t sum)
{
    int64_t said, amount;
    return row->count == 3 && str_int(row->field[1], &said) && said == rows &&
           str_int(row->field[2], &amount) && amount == sum;
}

enum err fee_day_file(struct arena *a, str text, struct fee_line **out,
                      size_t *n, int64_t *sum, str *problem)
{
    struct csv row;
    size_t lines = 1, found = 0;
    for (size_t i = 0; i < text.n; i++)
        lines += text.p[i] == '\n';
    struct fee_line *list = ARENA_NEW_N(a, struct fee_line, lines);
    csv_open(&row, a, text);
    *sum = 0;
    enum err e = csv_row(&row);
    if (e != OK || !str_is(row.field[0], "platform_no")) {
        *problem = STR("对账单没有表头。");
        return ERR_INPUT;
    }
    while ((e = csv_row(&row)) == OK && !str_is(row.field[0], "total")) {
        if (!line_of(a, &row, &list[found])) {
            *problem = arena_printf(a, "对账单第 %d 行不合格式。", row.line);
            return ERR_INPUT;
        }
        *sum += list[found].refund ? -list[found].amount : list[found].amount;
        found++;
    }
    if (e != OK || !total_of(&row, (int64_t)found, *sum) ||
        csv_row(&row) != ERR_NOTFOUND) {
        *problem = STR("对账单不完整：合计行没有或者与明细不符。");
        return ERR_INPUT;
    }
    *out = list;
    *n = found;
    return OK;
}
