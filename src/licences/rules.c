/*
 * What the law says of licences once they are issued, and how they are
 * numbered.  No store, no clock, no key in sight.
 */
#include "licences/licences.h"

#include "kernel/page/page.h"

/* ---- types ---- */

static void read_type(const struct value *v, struct licence_type *t)
{
    *t = (struct licence_type){
        .code = value_get_text(v, STR("code")),
        .name = value_get_text(v, STR("name")),
        .note = value_get_text(v, STR("note")),
        .years = (int)value_get_int(v, STR("years"), 0),
    };
    const struct value *fields = value_get(v, STR("fields"));
    for (const struct value *f = fields ? fields->first : NULL;
         f && t->fields < LICENCE_FIELDS; f = f->next) {
        t->field[t->fields].label = value_get_text(f, STR("label"));
        t->field[t->fields++].from = value_get_text(f, STR("from"));
    }
}

static bool find_type(struct arena *a, const char *member, str wanted,
                      struct licence_type *out)
{
    struct value *all;
    str problem;
    if (wanted.n == 0 ||
        value_read_json(a, page_asset("data/licences/types.json"), &all,
                        &problem) != OK)
        return false;
    for (const struct value *v = all->first; v; v = v->next)
        if (str_eq(value_get_text(v, str_of(member)), wanted)) {
            read_type(v, out);
            return true;
        }
    return false;
}

bool licence_type_named(struct arena *a, str name, struct licence_type *out)
{
    return find_type(a, "name", name, out);
}

bool licence_type_of(struct arena *a, str code, struct licence_type *out)
{
    return find_type(a, "code", code, out);
}

day licence_valid_to(day from, int years)
{
    int y, m, d;
    if (years <= 0)
        return day_none;
    day_split(from, &y, &m, &d);
    if (m == 2 && d == 29) {
        day end = day_of(y + years, 3, 1);
        return (day){ end.n - 1 };
    }
    day end = day_of(y + years, m, d);
    return (day){ end.n - 1 };
}

day licence_deliver_by(const struct calendar *cal, day decided)
{
    enum { DAYS = 10 }; /* 行政许可法 第四十四条 */
    return calendar_add_working(cal, decided, DAYS);
}

/* ---- states ---- */

str licence_state_word(str state)
{
    static const struct { const char *code, *word; } words[] = {
        { "making", "制证中" },     { "valid", "有效" },
        { "changed", "已变更" },    { "suspended", "已暂扣" },
        { "revoked", "已撤销" },    { "expired", "已过期" },
        { "cancelled", "已注销" },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(state, words[i].code))
            return str_of(words[i].word);
    return state;
}

str licence_state_on(str state, day valid_to, day today)
{
    bool lives = str_is(state, "valid") || str_is(state, "suspended");
    if (lives && !day_is_none(valid_to) && valid_to.n < today.n)
        return STR("expired");
    return state;
}

/* ---- verbs ---- */

const struct licence_verb licence_verbs[] = {
    { "suspend", "暂扣", "行政处罚法 第九条第（三）项", "valid", "suspended",
      "证照暂停效力，公开核验立即显示“已暂扣”。", NULL,
      "暂扣许可证件是行政处罚，应当已经依法作出处罚决定并送达。", false },
    { "resume", "恢复", "行政处罚法 第九条第（三）项", "suspended", "valid",
      "证照恢复效力，公开核验显示“有效”。", NULL,
      "暂扣期限届满或者处罚决定被撤销、变更的，应当恢复证照效力。", false },
    { "change", "变更", "行政许可法 第四十九条", "valid", "changed",
      "出具新版本的证照并重新签章，原版本显示“已变更”。", NULL,
      "被许可人提出变更申请，符合法定条件、标准的，应当依法办理变更手续。",
      false },
    { "revoke", "撤销", "行政许可法 第六十九条", "valid suspended", "revoked",
      "证照自始不再有效，公开核验立即显示“已撤销”，不能恢复。",
      "工作人员滥用职权、玩忽职守作出准予决定,超越法定职权作出准予决定,"
      "违反法定程序作出准予决定,对不具备申请资格或者不符合法定条件的申请人"
      "准予许可,被许可人以欺骗、贿赂等不正当手段取得,依法可以撤销的其他情形",
      "撤销可能对公共利益造成重大损害的，不予撤销；除被许可人以欺骗、贿赂取得"
      "外，其合法权益受到损害的，应当依法给予赔偿。", true },
    { "cancel", "注销", "行政许可法 第七十条", "valid suspended expired",
      "cancelled", "证照注销，公开核验显示“已注销”，不能恢复。",
      "有效期届满未延续,赋予特定资格的公民死亡或者丧失行为能力,"
      "法人或者其他组织依法终止,许可依法被撤销、撤回或者证件依法被吊销,"
      "因不可抗力导致许可事项无法实施,法律、法规规定的其他情形",
      "有所列情形之一的，应当依法办理注销手续。", true },
    { 0 },
};

const struct licence_verb *licence_verb(str code)
{
    for (const struct licence_verb *v = licence_verbs; v->code; v++)
        if (str_is(code, v->code))
            return v;
    return NULL;
}

static bool listed(const char *list, char sep, str word)
{
    str rest = str_of(list);
    while (!str_is_none(rest))
        if (str_eq(str_cut(&rest, sep), word))
            return word.n > 0;
    return false;
}

bool licence_verb_fits(const struct licence_verb *v, str state)
{
    return listed(v->states, ' ', state);
}

bool licence_ground_ok(const struct licence_verb *v, str ground)
{
    return v->grounds == NULL || listed(v->grounds, ',', ground);
}

/* ---- handing over ---- */

static bool tail_ok(str tail)
{
    for (size_t i = 0; i < tail.n; i++)
        if (!((tail.p[i] >= '0' && tail.p[i] <= '9') ||
              (tail.p[i] >= 'A' && tail.p[i] <= 'Z')))
            return false;
    return tail.n == 4;
}

str licence_collect_refused(str holder, str holder_code, str by, str proof,
                            str tail, str authority)
{
    bool own = str_eq(by, holder);
    bool card = str_is(proof, "居民身份证") || str_is(proof, "临时居民身份证");
    if (utf8_count(by) < 2)
        return STR("请填写领取人的姓名。");
    if (!listed(LICENCE_PROOFS, ',', proof))
        return STR("请选择核对了哪一种证件。");
    if (!tail_ok(tail))
        return STR("请填写证件号码的后四位（数字或者大写字母）。");
    if (own && card && holder_code.n == 18 && holder_code.p[0] != '9' &&
        !str_ends(holder_code, tail))
        return STR("证件号码的后四位与持证人的不一致，不能发给。");
    if (!own && utf8_count(authority) < 4)
        return STR("领取人不是持证人的，应当核对授权：写明授权委托书或者与单位"
                   "的关系。");
    return STR("");
}

/* ---- identifiers ---- */

#define ROOT "1.2.156.3005.2."

static int value_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'A' && c <= 'Z' ? c - 'A' + 10 : -1;
}

/* GB/T 17710 (ISO/IEC 7064), MOD 37,36; 0 for a letter that is none. */
static char check_of(str body)
{
    static const char letters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    int p = 36;
    for (size_t i = 0; i < body.n; i++) {
        if (body.p[i] == '.')
            continue;
        int v = value_of(body.p[i]);
        if (v < 0)
            return 0;
        int s = (p + v) % 36;
        p = (s ? s : 36) * 2 % 37;
    }
    return letters[(37 - p) % 36];
}

str licence_identifier(struct arena *a, str type, str issuer, str serial,
                       int version)
{
    str body = arena_printf(a, "%.*s.%.*s.%.*s.%03d", STR_ARG(type),
                            STR_ARG(issuer), STR_ARG(serial), version);
    return arena_printf(a, ROOT "%.*s.%c", STR_ARG(body), check_of(body));
}

bool licence_identifier_ok(str identifier)
{
    enum { PARTS = 5 };
    if (!str_starts(identifier, STR(ROOT)) || identifier.n > 120)
        return false;
    str body = str_slice(identifier, sizeof ROOT - 1, identifier.n);
    str rest = body, part = STR("");
    int parts = 0;
    while (!str_is_none(rest)) {
        part = str_cut(&rest, '.');
        parts++;
        if (part.n == 0)
            return false;
    }
    if (parts != PARTS || part.n != 1)
        return false;
    char check = check_of(str_slice(body, 0, body.n - 2));
    return check != 0 && check == part.p[0];
}

/* ---- the address in the code ---- */

#define VERIFY "/licences/verify?"

static void put_escaped(struct buf *b, str s)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                     (c >= 'a' && c <= 'z') || c == '-' || c == '.';
        if (plain) {
            buf_byte(b, (char)c);
            continue;
        }
        buf_byte(b, '%');
        buf_byte(b, hex[c >> 4]);
        buf_byte(b, hex[c & 15]);
    }
}

str licence_address(struct arena *a, str site, str number, str secret)
{
    struct buf b = { 0 };
    buf_put(&b, site);
    buf_put(&b, STR(VERIFY));
    buf_put(&b, STR("number="));
    put_escaped(&b, number);
    buf_put(&b, STR("&check="));
    put_escaped(&b, secret);
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

static int nibble(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* A value of the query, decoded; none when it is no clean text. */
static str decoded(struct arena *a, str s)
{
    char *out = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        int c = (unsigned char)s.p[i];
        if (c == '%') {
            int high = i + 2 < s.n ? nibble(s.p[i + 1]) : -1;
            int low = i + 2 < s.n ? nibble(s.p[i + 2]) : -1;
            if (high < 0 || low < 0)
                return str_none;
            c = high << 4 | low;
            i += 2;
        }
        if (c < ' ' || c == 127)
            return str_none;
        out[n++] = (char)c;
    }
    str text = { out, n };
    return utf8_valid(text) ? text : str_none;
}

bool licence_scanned(struct arena *a, str text, str *number, str *secret)
{
    enum { LONGEST = 600 };
    text = str_trim(text);
    ptrdiff_t at = str_find(text, STR(VERIFY));
    if (text.n > LONGEST || at < 0)
        return false;
    str rest = str_slice(text, (size_t)at + sizeof VERIFY - 1, text.n);
    str found_number = str_none, found_secret = str_none;
    while (!str_is_none(rest)) {
        str value = str_cut(&rest, '&');
        str name = str_cut(&value, '=');
        if (str_is_none(value))
            continue;
        if (str_is(name, "number"))
            found_number = decoded(a, value);
        if (str_is(name, "check"))
            found_secret = decoded(a, value);
    }
    if (found_number.n == 0 || found_secret.n == 0)
        return false;
    *number = found_number;
    *secret = found_secret;
    return true;
}

/* ---- what is signed ---- */

static void put_member(struct buf *b, const char *name, str s)
{
    buf_printf(b, "%s:%zu:", name, s.n);
    buf_put(b, s);
    buf_byte(b, '\n');
}

static void put_day(struct buf *b, const char *name, day d)
{
    char text[DAY_TEXT];
    put_member(b, name, day_is_none(d) ? STR("") : day_text(d, text));
}

str licence_canonical(struct arena *a, const struct licence_facts *f)
{
    struct buf b = { 0 };
    buf_put(&b, STR("zhengtong-licence-1\n"));
    put_member(&b, "identifier", f->identifier);
    put_member(&b, "number", f->number);
    buf_printf(&b, "version:%lld\n", (long long)f->version);
    put_member(&b, "type", f->type);
    put_member(&b, "name", f->name);
    put_member(&b, "holder", f->holder);
    put_member(&b, "holder_code", f->holder_code);
    put_member(&b, "unit", f->unit);
    put_day(&b, "issued", f->issued);
    put_day(&b, "from", f->from);
    put_day(&b, "to", f->to);
    put_member(&b, "facts", f->facts);
    put_member(&b, "sha256", f->sha256);
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}
