/*
 * Papers somebody handed in, drawn by our own room for papers, so that the desk
 * of the staged restaurant has something to look at.  What each says are the
 * lines of its sample; nothing is copied from anybody's form.
 */
#include "demo/demo.h"

#include "kernel/book/book.h"
#include "kernel/files/files.h"
#include "kernel/pdf/pdf.h"

/* What a lease says besides; long enough to need a second page. */
static const char *const terms[] = {
    "租赁房屋坐落于云溪市西津街道中津路 112 号一层 3 铺，建筑面积 86 平方米，"
    "规划用途为商业服务。",
    "租赁期限五年，自 2024 年 9 月 1 日起至 2029 年 8 月 31 日止。",
    "月租金人民币 4,300 元，按季支付，每季首月 5 日前付清；第四年起每年递增"
    "百分之三。",
    "押金人民币 8,600 元，租赁期满且房屋、设施完好的，七日内无息退还。",
    "承租人可以将房屋用于餐饮经营，并自行办理市场监管、消防、排水、店招等手续，"
    "出租人应当提供所需的权属证明。",
    "水、电、燃气、网络及物业服务费用自交付之日起由承租人承担，按表计量。",
    "承租人装修应当将方案书面告知出租人，不得改动承重结构，不得占用疏散通道和"
    "安全出口。",
    "隔油池、排烟管道由承租人安装并定期清掏，接驳市政管网应当取得许可。",
    "房屋主体结构的维修由出租人负责；因使用产生的维修由承租人负责。",
    "承租人转租的，应当事先取得出租人书面同意。",
    "出租人出售房屋的，应当提前三个月通知承租人，承租人享有以同等条件优先购买的"
    "权利。",
    "任何一方提前解除合同的，应当提前三十日书面通知，并支付一个月租金的违约"
    "金。",
    "租赁期满，承租人继续使用而出租人没有提出异议的，原合同继续有效，租赁期限为"
    "不定期。",
    "因不可抗力不能继续履行的，双方互不承担违约责任，租金按实际使用天数结算。",
    "争议由双方协商解决；协商不成的，向房屋所在地人民法院起诉。",
    "本合同一式三份，双方各执一份，一份用于办理登记备案，自签字之日起生效。",
};

static size_t points_of(struct arena *a, const struct form_paper *p, bool lease,
                        str **out)
{
    size_t n = p->sample_count, more = lease ? sizeof terms / sizeof *terms : 0;
    *out = ARENA_NEW_N(a, str, n + more + 1);
    for (size_t i = 0; i < n; i++)
        (*out)[i] = p->sample[i];
    for (size_t i = 0; i < more; i++)
        (*out)[n + i] = str_of(terms[i]);
    return n + more;
}

/* People keep such lists as a sheet and hand in the sheet. */
static enum err safety_sheet(struct arena *a, str *bytes)
{
    static const char *const cells[] = {
        "事项", "要求", "多久一次", "谁负责",
        "进货查验", "查验供货者许可证和合格证明，留单据", "每次进货", "采购",
        "晨检", "体温、手部伤口、健康证有效期", "每个工作日", "店长",
        "清洗消毒", "餐具热力消毒并密闭保洁", "每餐后", "后厨",
        "留样", "每个品种不少于 125 克，冷藏 48 小时", "承办聚餐时", "后厨",
        "餐厨垃圾", "分类存放，交有资质的单位收运", "每日", "店长",
        "自查", "对照本表逐项检查并记录", "每月", "店长",
    };
    enum { COLUMNS = 4, CELLS = sizeof cells / sizeof *cells };
    str texts[CELLS];
    for (size_t i = 0; i < CELLS; i++)
        texts[i] = str_of(cells[i]);
    return book_xlsx(a, "食品安全管理制度", texts, COLUMNS, CELLS / COLUMNS,
                     bytes);
}

static enum err kept(struct arena *a, const struct form_paper *p, str bytes,
                     const char *ending, struct filed_paper *out)
{
    struct upload u;
    str problem = STR("");
    enum err e = files_keep(a, bytes, arena_join(a, p->name, str_of(ending)),
                            &u, &problem);
    if (e == OK)
        *out = (struct filed_paper){
            .code = p->code, .title = p->name, .source = STR("upload"),
            .name = u.name, .sha256 = u.sha256, .size = u.size, .type = u.type,
        };
    return e;
}

enum err demo_paper(struct tx *tx, const struct form_paper *p, str who,
                    str shop, str address, struct filed_paper *out)
{
    if (str_is(p->code, "safety")) {
        str bytes;
        enum err e = safety_sheet(tx->arena, &bytes);
        return e == OK ? kept(tx->arena, p, bytes, ".xlsx", out) : e;
    }
    struct arena *a = tx->arena;
    const struct pdf_fact facts[] = {
        { STR("店铺名称"), shop }, { STR("经营者"), who },
        { STR("经营场所"), address },
    };
    str *points;
    bool lease = str_find(p->name, STR("场所使用")) >= 0;
    size_t n = points_of(a, p, lease, &points);
    const struct pdf_block blocks[] = {
        { .kind = PDF_FACTS, .facts = facts, .count = 3 },
        { .kind = PDF_POINTS, .points = points, .count = n },
        { .kind = PDF_PARAGRAPH,
          .text = STR("以上内容真实、有效，如有变更将及时告知。") },
    };
    struct pdf_notice paper = {
        .organ = who, .title = p->name, .number = str_none, .to = str_none,
        .blocks = blocks, .block_count = 3, .date = tx_today(tx),
        .qr = str_none, .qr_text = str_none, .made = tx->now,
        .foot = STR("演示数据，由平台生成，不是真实材料"),
    };
    struct buf pdf = { 0 };
    enum err e = pdf_notice(&paper, &pdf);
    if (e == OK)
        e = kept(a, p, buf_str(&pdf), ".pdf", out);
    buf_free(&pdf);
    return e;
}
