/*
 * Is this paper real?  Asked by anybody, without an account.
 *
 * By number and 核验码, by what a scanner read, or by the file itself.  A
 * number alone tells nothing: the code has sixty bits nobody can guess, and
 * what does not fit together gets one and the same answer, so walking numbers
 * finds nothing.  What is shown is what the paper in one's hand says already,
 * the holder masked (个人信息保护法 第六条); it is never noted who asked.
 */
#include "licences/pages.h"

#include "kernel/page/page.h"
#include "licences/show.h"

enum { PER_MINUTE = 30 }; /* questions of one address */

/* The length is no secret; where two codes differ is. */
static bool same_secret(str a, str b)
{
    unsigned char different = 0;
    if (a.n != b.n || a.n != LICENCE_SECRET)
        return false;
    for (size_t i = 0; i < a.n; i++)
        different |= (unsigned char)(a.p[i] ^ b.p[i]);
    return different == 0;
}

/* ---- the answer ---- */

struct verdict {
    const char *tone, *icon;
    str headline, advice;
};

static struct verdict verdict_of(struct arena *a, const struct licence_one *l,
                                 enum seal_verdict seal, day today)
{
    static const struct {
        const char *state, *tone, *icon, *headline, *advice;
    } words[] = {
        { "valid", "ok", "circle-check", "有效",
          "证照真实，目前有效。请同时核对持证人和证照内容。" },
        { "suspended", "warn", "pause", "已暂扣，目前没有效力",
          "证照是真的，但颁发机关已经暂停它的效力。" },
        { "revoked", "bad", "ban", "已撤销，没有效力",
          "证照曾经颁发，已被颁发机关撤销，请不要采信。" },
        { "expired", "bad", "clock", "已过期，没有效力",
          "证照是真的，但有效期已经届满，请向持证人索取新的证照。" },
        { "cancelled", "bad", "circle-x", "已注销，没有效力",
          "证照曾经颁发，已经注销，请不要采信。" },
        { "changed", "warn", "undo-2", "已变更，不是现行版本",
          "证照内容已经变更，请向持证人索取新版本再核验。" },
        { "making", "warn", "clock", "正在制证，还没有签章",
          "决定已经作出，电子证照签章以后才有效。" },
    };
    str state = licence_state_on(l->state, l->valid_to, today);
    bool unsigned_yet = str_is(state, "making");
    if (!unsigned_yet && seal != SEAL_GOOD)
        return (struct verdict){
            "bad", "triangle-alert", STR("签名不符，请不要采信"),
            STR("证照库里的记录与颁发机关的电子签名对不上，可能被改动过，请向"
                "颁发机关核实。") };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(state, words[i].state))
            return (struct verdict){ words[i].tone, words[i].icon,
                                     str_of(words[i].headline),
                                     str_of(words[i].advice) };
    return (struct verdict){ "bad", "triangle-alert", state,
                             arena_str(a, STR("请向颁发机关核实。")) };
}

static void show_verdict(struct view *v, const struct verdict *d)
{
    struct view r = view_object(v, "result");
    view_text(&r, "tone", str_of(d->tone));
    view_text(&r, "icon", str_of(d->icon));
    view_text(&r, "headline", d->headline);
    view_text(&r, "advice", d->advice);
}

static void show_unknown(struct view *v, const char *advice)
{
    struct verdict d = { "bad", "triangle-alert",
                         STR("查无此证，可能是伪造"), str_of(advice) };
    show_verdict(v, &d);
    view_list(v, "facts");
}

/* Just enough, and nothing the paper does not say. */
static void show_found(struct tx *tx, struct view *v,
                       const struct licence_one *l)
{
    struct arena *a = v->arena;
    enum seal_verdict seal = licence_check(a, l);
    struct verdict d = verdict_of(a, l, seal, tx_today(tx));
    show_verdict(v, &d);
    struct value *list = view_list(v, "facts");
    page_fact(v, list, "证照", l->name);
    page_fact(v, list, "证照编号", l->number);
    page_fact(v, list, "颁发机关", l->unit_name);
    page_fact(v, list, "持证人", l->holder_open);
    page_fact(v, list, "有效期",
              licence_term(a, l->valid_from, l->valid_to));
    page_fact(v, list, "版本",
              arena_printf(a, "第 %lld 版", (long long)l->version));
    if (l->pair)
        page_fact(v, list, "电子签名",
                  seal == SEAL_GOOD
                      ? arena_printf(a, "SM2 和 ECDSA 签名均有效，%.*s 第 "
                                     "%lld 对密钥", STR_ARG(l->unit_name),
                                     (long long)l->pair)
                  : seal == SEAL_BAD ? STR("签名不符")
                                     : STR("没有可核验的公钥"));
}

/* ---- by number or code ---- */

/* missing: the button was pressed without this one. */
static void ask(struct request *rq, struct value *list, const char *name,
                const char *label, const char *hint, str value, bool missing)
{
    struct page_field f = { .name = name, .type = "text",
                            .label = str_of(label), .hint = str_of(hint),
                            .value = value };
    str problem;
    if (rq_problem(rq, name, &problem))
        f.error = problem;
    else if (missing)
        f.error = arena_printf(rq_view(rq)->arena, "请填写%s", label);
    page_field(rq_view(rq), list, &f);
}

static enum err find(struct tx *tx, str number, str secret,
                     struct licence_one *out, bool *found)
{
    struct licence_by_number *all;
    size_t n;
    *found = false;
    enum err e = licence_by_number(tx, number, &all, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        if (same_secret(all[i].secret, secret)) {
            *found = true;
            return licence_one(tx, all[i].identifier, out);
        }
    return e;
}

/* Letters as people type them: lower-case, with blanks between. */
static str clean_secret(struct arena *a, str given)
{
    char *out = arena_alloc(a, given.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < given.n; i++) {
        char c = given.p[i];
        if (c == ' ' || c == '-')
            continue;
        out[n++] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    return (str){ out, n };
}

/* Brackets as keyboards have them: ( [ （ 【 are the 〔 of a document's number.
 * No blanks. */
static str clean_number(struct arena *a, str given)
{
    static const struct { int32_t typed, meant; } brackets[] = {
        { '(', 0x3014 }, { ')', 0x3015 }, { '[', 0x3014 }, { ']', 0x3015 },
        { 0xff08, 0x3014 }, { 0xff09, 0x3015 }, { 0x3010, 0x3014 },
        { 0x3011, 0x3015 }, { 0xff3b, 0x3014 }, { 0xff3d, 0x3015 },
    };
    enum { LONGEST = 3 }; /* bytes of a bracket */
    char *out = arena_alloc(a, given.n * LONGEST + 1);
    size_t n = 0, at = 0;
    for (int32_t c; (c = utf8_next(given, &at)) >= 0;) {
        for (size_t i = 0; i < sizeof brackets / sizeof *brackets; i++)
            if (c == brackets[i].typed)
                c = brackets[i].meant;
        if (c != ' ' && c != 0x3000)
            n += utf8_put(out + n, c);
    }
    return (str){ out, n };
}

enum err verify_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct licence_one l;
    bool found = false, scanned = true;
    str number = rq_text(rq, "number"), secret = rq_text(rq, "check");
    str code = rq_text(rq, "code");
    if (code.n)
        scanned = licence_scanned(v->arena, code, &number, &secret);
    secret = clean_secret(v->arena, secret);
    rq_menu(rq, "services");
    bool asked = rq_flag(rq, "asked") || number.n || secret.n;
    bool half = scanned && (number.n == 0 || secret.n == 0);
    struct value *fields = view_list(v, "fields");
    ask(rq, fields, "number", "证照编号", "证照上方“证照编号”后面的文字。",
        number, asked && half && number.n == 0);
    ask(rq, fields, "check", "核验码",
        "证照二维码下面的 12 位字母和数字；没有印的，是扫描二维码得到的网址"
        "最后 12 位。", secret, asked && half && secret.n == 0);
    if (half) {
        view_text(v, "result", str_none);
        view_list(v, "facts");
        return OK;
    }
    enum err e = rq_limit(rq, 'v', PER_MINUTE);
    if (e == OK && scanned)
        e = find(tx, number, secret, &l, &found);
    if (e == OK && scanned && !found)
        e = find(tx, clean_number(v->arena, number), secret, &l, &found);
    if (e != OK)
        return e;
    if (found)
        show_found(tx, v, &l);
    else
        show_unknown(v, scanned
                     ? "编号和核验码与证照库里的任何一份都对不上。请核对输入；"
                       "仍然查不到的，请向颁发机关核实，不要采信。"
                     : "这个二维码不是本平台电子证照的二维码，请不要采信。");
    return OK;
}

/* ---- by the file ---- */

static void ask_file(struct request *rq, struct view *v)
{
    struct value *fields = view_list(v, "fields");
    struct page_field f = {
        .name = "file", .type = "file", .label = STR("电子证照文件"),
        .hint = STR("从本平台下载的 PDF。文件只用来计算摘要，不保存。"),
    };
    str problem;
    if (rq_problem(rq, "file", &problem))
        f.error = problem;
    page_field(v, fields, &f);
}

static bool is_digest(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= '0' && s.p[i] <= '9') ||
              (s.p[i] >= 'a' && s.p[i] <= 'f')))
            return false;
    return s.n == SEAL_HEX;
}

enum err verify_file_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct licence_by_digest by;
    struct licence_one l;
    str sha256 = rq_text(rq, "sha256");
    rq_menu(rq, "services");
    ask_file(rq, v);
    view_text(v, "sha256", sha256);
    if (sha256.n == 0) {
        view_text(v, "result", str_none);
        view_list(v, "facts");
        return OK;
    }
    enum err e = rq_limit(rq, 'v', PER_MINUTE);
    if (e != OK)
        return e;
    e = is_digest(sha256) ? licence_by_digest(tx, sha256, &by) : ERR_NOTFOUND;
    if (e == OK)
        e = licence_one(tx, by.identifier, &l);
    if (e == OK)
        show_found(tx, v, &l);
    else if (e == ERR_NOTFOUND)
        show_unknown(v, "这个文件不是本平台签发的任何一份证照：哪怕改动一个字节"
                        "也会这样。请扫描证照上的二维码再核对。");
    return e == ERR_NOTFOUND ? OK : e;
}

/* Streamed to a temporary file and digested on its way in; it is gone with the
 * request. */
enum err verify_file_post(struct request *rq, struct tx *tx)
{
    const struct upload *u;
    (void)tx;
    if (!rq_upload(rq, "file", &u) || u->size == 0)
        return rq_fail_field(rq, ERR_INPUT, "file",
                             STR("请选择要核验的证照文件。"));
    return rq_see_other(rq, "/licences/file?sha256=%.*s", STR_ARG(u->sha256));
}

/* ---- the keys ---- */

enum err keys_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct licence_issuers *u;
    size_t n;
    enum err e = licence_issuers(tx, &u, &n);
    struct value *list = view_list(v, "keys");
    rq_menu(rq, "services");
    for (size_t i = 0; e == OK && i < n; i++) {
        int last = 0;
        if (seal_current(u[i].code, &last) != OK)
            continue;
        for (int pair = last; pair > 0; pair--) {
            str sm2, ecdsa;
            if (seal_public(v->arena, u[i].code, pair, &sm2, &ecdsa) != OK)
                continue;
            struct view row = view_row(v, list);
            view_text(&row, "unit", u[i].code);
            view_text(&row, "unit_name", u[i].name);
            view_int(&row, "pair", pair);
            view_bool(&row, "signs", pair == last);
            view_text(&row, "sm2", sm2);
            view_text(&row, "ecdsa", ecdsa);
        }
    }
    return e;
}
