/*
 * What does one licence cost?
 *
 * The sheet is drawn and signed beside the writer, by the runner of jobs, and
 * drawn again for whoever downloads it: worry above 30 ms for the sheet and
 * above 5 ms for both signatures.  Verifying is what a scan of the code costs a
 * reader.
 */
#include "kernel/pdf/pdf.h"
#include "kernel/seal/seal.h"

#include <stdio.h>
#include <stdlib.h>

enum { SHEETS = 100, SIGNATURES = 300 };

static double sheet(struct buf *out)
{
    static const struct pdf_fact facts[] = {
        { STR("持证人"), STR("清溪人家小馆") },
        { STR("持证人代码"), STR("92341881DEMA000078") },
        { STR("经营场所"), STR("云溪市中津街道中津路 112 号一层 3 铺") },
        { STR("经营项目"), STR("热食类食品制售；冷食类食品制售") },
        { STR("有效期"), STR("2026 年 11 月 22 日 至 2031 年 11 月 21 日") },
    };
    struct pdf_licence l = {
        .organ = STR("云溪市市场监督管理局"), .title = STR("食品经营许可证"),
        .number = STR("云市监准〔2026〕12号"), .facts = facts, .count = 5,
        .note = STR("持证人应当在许可的场所和项目范围内经营。"),
        .date = day_of(2026, 11, 22), .identifier = STR("1.2.156.3005.2"),
        .qr = STR("http://127.0.0.1:8080/licences/verify?number=1&check=2"),
        .qr_text = STR("扫码核验真伪"), .made = { 1795363200000 },
    };
    int64_t started = tick_ms();
    for (int i = 0; i < SHEETS; i++) {
        buf_clear(out);
        if (pdf_licence(&l, out) != OK)
            exit(1);
    }
    return (double)(tick_ms() - started) / SHEETS;
}

static double sign(struct arena *a, str bytes, struct seal_signature *s)
{
    int64_t started = tick_ms();
    for (int i = 0; i < SIGNATURES; i++)
        if (seal_sign(a, STR("D025"), 1, bytes, s) != OK)
            exit(1);
    return (double)(tick_ms() - started) / SIGNATURES;
}

static double verify(str bytes, const struct seal_signature *s)
{
    int64_t started = tick_ms();
    for (int i = 0; i < SIGNATURES; i++)
        if (seal_verify(STR("D025"), 1, bytes, s) != SEAL_GOOD)
            exit(1);
    return (double)(tick_ms() - started) / SIGNATURES;
}

int main(void)
{
    char dir[] = "/tmp/zt-bench-seal-XXXXXX";
    struct arena a = { 0 };
    struct buf pdf = { 0 };
    struct seal_signature s;
    str problem;
    int pair;
    if (mkdtemp(dir) == NULL || seal_open(dir, &problem) != OK ||
        seal_new(STR("D025"), &pair) != OK)
        return 1;
    printf("sheet of a licence\t%.2f\tms\tworry above 30\n", sheet(&pdf));
    printf("both signatures\t%.2f\tms\tworry above 5\n",
           sign(&a, buf_str(&pdf), &s));
    printf("both verified\t%.2f\tms\tworry above 5\n",
           verify(buf_str(&pdf), &s));
    buf_free(&pdf);
    arena_free(&a);
    pdf_close();
    return 0;
}
