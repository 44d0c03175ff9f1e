/* Papers: the same bytes each time, tagged, over as many pages as it takes. */
#include "kernel/pdf/pdf.h"
#include "kernel/test/test.h"

#include <pango/pangocairo.h>
#include <pthread.h>
#include <string.h>

static struct pdf_notice notice(void)
{
    static const struct pdf_fact facts[] = {
        { STR("办件编号"), STR("341881-2026-310528") },
        { STR("应办结日期"), STR("2026 年 12 月 4 日") },
    };
    static const str points[] = { STR("营业执照"), STR("食品安全管理制度") };
    static const struct pdf_block blocks[] = {
        { .kind = PDF_PARAGRAPH, .text = STR("根据《中华人民共和国行政许可法》"
          "第三十二条的规定，本机关决定予以受理。") },
        { .kind = PDF_FACTS, .facts = facts, .count = 2 },
        { .kind = PDF_HEADING, .text = STR("材料") },
        { .kind = PDF_POINTS, .points = points, .count = 2 },
        { .kind = PDF_LINES, .facts = facts, .count = 1 },
    };
    return (struct pdf_notice){
        .organ = STR("云溪市市场监督管理局"), .title = STR("受理通知书"),
        .number = STR("〔2026〕第 17 号"), .to = STR("周文远"),
        .blocks = blocks, .block_count = 5, .date = day_of(2026, 11, 22),
        .seal = true, .qr = STR("http://127.0.0.1:8080/cases/341881"),
        .qr_text = STR("扫码查看办理进度"), .foot = STR("演示数据"),
        .made = { 1795363200000 },
    };
}

static bool holds(const struct buf *b, const char *word)
{
    return str_find(buf_str(b), str_of(word)) >= 0;
}

/* How many pages the file says it has. */
static int pages(const struct buf *b)
{
    ptrdiff_t at = str_find(buf_str(b), STR("/Count "));
    str rest = str_slice(buf_str(b), (size_t)at + 7, b->n);
    int64_t n = -1;
    return at >= 0 && str_int(str_cut(&rest, '\n'), &n) ? (int)n : -1;
}

static void the_same_notice_gives_the_same_bytes(void)
{
    struct pdf_notice n = notice();
    struct buf one = { 0 }, two = { 0 };
    CHECK(pdf_notice(&n, &one) == OK);
    CHECK(pdf_notice(&n, &two) == OK);
    CHECK(str_starts(buf_str(&one), STR("%PDF-1.5")));
    CHECK(str_eq(buf_str(&one), buf_str(&two)));
    CHECK(pages(&one) == 1);
    buf_free(&one);
    buf_free(&two);
}

static void *in_thread(void *to)
{
    struct pdf_notice n = notice();
    CHECK(pdf_notice(&n, to) == OK);
    pango_cairo_font_map_set_default(NULL);
    return NULL;
}

static void every_thread_gives_the_same_bytes(void)
{
    pthread_t thread[3];
    struct buf made[3] = { 0 };
    for (int i = 0; i < 3; i++)
        CHECK(pthread_create(&thread[i], NULL, in_thread, &made[i]) == 0);
    for (int i = 0; i < 3; i++)
        pthread_join(thread[i], NULL);
    CHECK(str_eq(buf_str(&made[0]), buf_str(&made[1])));
    CHECK(str_eq(buf_str(&made[0]), buf_str(&made[2])));
    for (int i = 0; i < 3; i++)
        buf_free(&made[i]);
}

static void a_notice_tells_a_screen_reader_what_it_is(void)
{
    struct pdf_notice n = notice();
    struct buf b = { 0 };
    CHECK(pdf_notice(&n, &b) == OK);
    CHECK(holds(&b, "/Lang (zh-CN)"));
    CHECK(holds(&b, "/MarkInfo << /Marked true >>"));
    CHECK(holds(&b, "/DisplayDocTitle true"));
    CHECK(holds(&b, "/S /H1") && holds(&b, "/S /Table") && holds(&b, "/S /TH"));
    CHECK(str_ends(buf_str(&b), STR("%%EOF\n")));
    buf_free(&b);
}

static void a_long_notice_takes_more_pages(void)
{
    struct pdf_notice n = notice();
    struct pdf_block many[60];
    for (size_t i = 0; i < 60; i++)
        many[i] = n.blocks[0];
    n.blocks = many;
    n.block_count = 60;
    struct buf b = { 0 };
    CHECK(pdf_notice(&n, &b) == OK);
    CHECK(pages(&b) == 5);
    buf_free(&b);
}

static void a_seal_never_stands_alone_on_a_page(void)
{
    /* Whatever the length: the last page has a paragraph's tag on it, so the
     * number of pages grows only together with text. */
    struct pdf_notice n = notice();
    struct pdf_block many[40];
    int before = 1;
    for (size_t i = 0; i < 40; i++)
        many[i] = n.blocks[0];
    n.blocks = many;
    for (n.block_count = 1; n.block_count < 40; n.block_count++) {
        struct buf b = { 0 };
        CHECK(pdf_notice(&n, &b) == OK);
        CHECK(pages(&b) == before || pages(&b) == before + 1);
        before = pages(&b);
        buf_free(&b);
    }
}

static void a_cell_longer_than_a_page_goes_on(void)
{
    struct buf text = { 0 };
    for (int i = 0; i < 600; i++)
        buf_put(&text, STR("申请材料须由法定代表人签名。"));
    struct pdf_fact fact = { STR("理由"), buf_str(&text) };
    struct pdf_block block = { .kind = PDF_FACTS, .facts = &fact, .count = 1 };
    struct pdf_notice n = notice();
    n.blocks = &block;
    n.block_count = 1;
    struct buf b = { 0 };
    CHECK(pdf_notice(&n, &b) == OK);
    CHECK(pages(&b) >= 5);
    buf_free(&b);
    buf_free(&text);
}

static void an_address_too_long_for_a_code_is_refused(void)
{
    char long_address[4000];
    memset(long_address, 'a', sizeof long_address);
    struct pdf_notice n = notice();
    n.qr = (str){ long_address, sizeof long_address };
    struct buf b = { 0 };
    CHECK(pdf_notice(&n, &b) == ERR_RANGE);
    CHECK(b.n == 0);
    n.qr = str_none;
    CHECK(pdf_notice(&n, &b) == OK);
    buf_free(&b);
}

static void a_report_repeats_its_head_on_each_page(void)
{
    static const struct pdf_column columns[] = {
        { STR("部门"), 3, false }, { STR("受理"), 1, true },
        { STR("办结"), 1, true },
    };
    enum { ROWS = 200 };
    str cells[ROWS * 3];
    for (size_t i = 0; i < ROWS; i++) {
        cells[i * 3] = STR("市场监督管理局");
        cells[i * 3 + 1] = STR("310,527");
        cells[i * 3 + 2] = STR("309,500");
    }
    struct pdf_report r = {
        .organ = STR("云溪市政务服务局"), .title = STR("各部门办件情况"),
        .subtitle = STR("2026 年 1 月 1 日至 11 月 22 日"), .landscape = true,
        .columns = columns, .column_count = 3, .cells = cells,
        .row_count = ROWS, .foot = STR("演示数据"), .made = { 0 },
    };
    struct buf b = { 0 };
    CHECK(pdf_report(&r, &b) == OK);
    CHECK(pages(&b) > 5 && pages(&b) < 15);
    int heads = 0;
    str rest = buf_str(&b);
    for (ptrdiff_t at; (at = str_find(rest, STR("/S /TH"))) >= 0; heads++)
        rest = str_slice(rest, (size_t)at + 1, rest.n);
    CHECK(heads == 3 * pages(&b));
    buf_free(&b);
    r.column_count = 0;
    CHECK(pdf_report(&r, &b) == ERR_RANGE);
}

/* Kept under its digest: a licence must be the same each time it is drawn. */
static void the_same_licence_gives_the_same_bytes(void)
{
    static const struct pdf_fact facts[] = {
        { STR("持证主体"), STR("清溪人家小馆") },
        { STR("经营项目"), STR("热食类食品制售；冷食类食品制售") },
    };
    struct pdf_licence l = {
        .organ = STR("云溪市市场监督管理局"), .title = STR("食品经营许可证"),
        .number = STR("云市监准〔2026〕12号"), .facts = facts, .count = 2,
        .note = STR("按照许可的范围经营。"), .date = day_of(2026, 11, 22),
        .qr = STR("http://127.0.0.1:8080/licences/verify?number=x&check=y"),
        .qr_text = STR("扫码核验"), .identifier = STR("1.2.156.3005.2.X"),
        .foot = STR("演示数据"), .made = { 1795363200000 },
    };
    struct buf one = { 0 }, two = { 0 };
    CHECK(pdf_licence(&l, &one) == OK);
    CHECK(pdf_licence(&l, &two) == OK);
    CHECK(str_eq(buf_str(&one), buf_str(&two)));
    CHECK(pages(&one) == 1);
    CHECK(holds(&one, "/Lang"));
    buf_free(&one);
    buf_free(&two);
}

int main(void)
{
    RUN(the_same_licence_gives_the_same_bytes);
    RUN(the_same_notice_gives_the_same_bytes);
    RUN(every_thread_gives_the_same_bytes);
    RUN(a_notice_tells_a_screen_reader_what_it_is);
    RUN(a_long_notice_takes_more_pages);
    RUN(a_seal_never_stands_alone_on_a_page);
    RUN(a_cell_longer_than_a_page_goes_on);
    RUN(an_address_too_long_for_a_code_is_refused);
    RUN(a_report_repeats_its_head_on_each_page);
    pdf_close();
    return test_result();
}
