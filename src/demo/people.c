/* Names that belong to nobody, and the dice behind the whole city. */
#include "demo/demo.h"

uint64_t dice_roll(struct dice *d)
{
    uint64_t z = (d->state += 0x9e3779b97f4a7c15u);
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

int64_t dice_below(struct dice *d, int64_t n)
{
    return (int64_t)(dice_roll(d) % (uint64_t)n);
}

bool dice_chance(struct dice *d, int permille)
{
    return dice_below(d, 1000) < permille;
}

static const char *const surnames[] = {
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙",
    "马", "朱", "胡", "郭", "何", "林", "高", "罗", "郑", "梁", "谢", "宋",
    "唐", "许", "韩", "冯", "邓", "曹", "彭", "曾", "肖", "田", "董", "潘",
    "袁", "蔡", "蒋", "余", "于", "杜", "叶", "程", "魏", "苏", "吕", "丁",
    "任", "卢", "姚", "沈", "钟", "姜", "崔", "谭", "陆", "范", "汪", "廖",
};
static const char *const given[] = {
    "文", "远", "静", "丽", "强", "军", "芳", "敏", "秀", "英", "华", "建",
    "国", "志", "明", "海", "涛", "晓", "东", "红", "玉", "兰", "永", "健",
    "小", "平", "刚", "桂", "辉", "玲", "丹", "霞", "鹏", "飞", "雪", "梅",
    "亮", "斌", "燕", "倩", "宁", "安", "庆", "春", "立", "新", "雨", "欣",
    "泽", "宇", "浩", "然", "子", "涵", "思", "佳", "俊", "杰", "慧", "云",
};
static const char *const places[] = {
    "清溪", "云溪", "竹海", "东津", "山门", "港口", "梅林", "宁墩", "仙霞",
    "胡乐", "霞西", "方塘", "青龙", "恩龙", "鸡山", "西津", "南山", "汪溪",
};
static const char *const trades[] = {
    "食品", "建材", "电子", "机械", "农业科技", "物流", "餐饮管理", "服饰",
    "旅游开发", "医疗器械", "汽车配件", "环保科技", "茶业", "木业", "商贸",
};

#define PICK(c, list) \
    (list)[dice_below(&(c)->dice, (int64_t)(sizeof(list) / sizeof *(list)))]

str demo_person(struct city *c)
{
    const char *family = PICK(c, surnames), *first = PICK(c, given);
    const char *second = dice_chance(&c->dice, 700) ? PICK(c, given) : "";
    return arena_printf(c->arena, "%s%s%s", family, first, second);
}

str demo_company(struct city *c)
{
    const char *place = PICK(c, places), *word = PICK(c, given);
    return arena_printf(c->arena, "%s%s%s%s有限公司", place, word,
                        PICK(c, given), PICK(c, trades));
}
