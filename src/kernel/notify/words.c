/* What a copy outside says, and when it may be sent. */
#include "kernel/notify/copy.h"

inst notify_not_before(inst now, bool quiet)
{
    int minute = inst_minute(now);
    day d = inst_day(now);
    if (!quiet || (minute >= NOTIFY_QUIET_TO && minute < NOTIFY_QUIET_FROM))
        return now;
    if (minute >= NOTIFY_QUIET_FROM)
        d.n++;
    return (inst){ day_begin(d).ms + NOTIFY_QUIET_TO * 60000LL };
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool may_stand(char c)
{
    return is_digit(c) || (c >= 'A' && c <= 'Z') || c == '-';
}

/* Somebody's: seventeen digits and one more, or eleven that begin with 1. */
static bool looks_personal(str ref)
{
    size_t digits = 0;
    for (size_t i = 0; i < ref.n; i++)
        digits += is_digit(ref.p[i]);
    return (ref.n == 18 && digits >= 17 && is_digit(ref.p[0])) ||
           (ref.n == 15 && digits == 15) ||
           (ref.n == 11 && digits == 11 && ref.p[0] == '1');
}

str notify_open_ref(str ref)
{
    enum { LONGEST = 30 };
    if (ref.n > LONGEST || looks_personal(ref))
        return STR("");
    for (size_t i = 0; i < ref.n; i++)
        if (!may_stand(ref.p[i]))
            return STR("");
    return ref;
}

/* The templates: what kind of matter, without what it is about. */
static const struct {
    const char *about, *text;
} kinds[] = {
    { "case", "办件" }, { "fee", "缴费通知，办件" },
    { "licence", "证照" }, { "matter", "事项" },
};

str notify_line(struct arena *a, str city, str about, str ref, str site)
{
    str open = notify_open_ref(ref);
    const char *kind = "通知";
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_is(about, kinds[i].about))
            kind = kinds[i].text;
    if (open.n == 0)
        return arena_printf(a, "【%.*s政务服务】您有一封新的来信，请登录 %.*s "
                            "查看信箱。", STR_ARG(city), STR_ARG(site));
    return arena_printf(a, "【%.*s政务服务】%s %.*s 有新的进展，请登录 %.*s "
                        "查看信箱。", STR_ARG(city), kind, STR_ARG(open),
                        STR_ARG(site));
}

/* ---- codes ---- */

str notify_proof_line(struct arena *a, str city, str code)
{
    return arena_printf(a, "【%.*s政务服务】验证码 %.*s，%d 分钟内有效，用于验"
                        "证您的手机号码。不是您本人操作的，不用理会；不要告诉任"
                        "何人。", STR_ARG(city), STR_ARG(code), PROOF_MINUTES);
}

int64_t notify_proof_wait(const struct proof_rate *r, inst now)
{
    enum { HOUR = 3600 };
    if (r->by_account >= PROOF_HOUR || r->by_mobile >= PROOF_HOUR ||
        r->by_client >= PROOF_HOUR_CLIENT)
        return HOUR;
    int64_t since = inst_is_none(r->latest) ? HOUR
                                            : (now.ms - r->latest.ms) / 1000;
    return since < PROOF_GAP ? PROOF_GAP - since : 0;
}

/* ---- mail ---- */

static const char letters[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static str base64(struct arena *a, str s, bool lines)
{
    enum { LINE = 57 };
    struct buf b = { 0 };
    for (size_t i = 0; i < s.n; i += 3) {
        unsigned v = (unsigned char)s.p[i] << 16;
        v |= i + 1 < s.n ? (unsigned)(unsigned char)s.p[i + 1] << 8 : 0;
        v |= i + 2 < s.n ? (unsigned char)s.p[i + 2] : 0;
        char four[4] = { letters[v >> 18 & 63], letters[v >> 12 & 63],
                         i + 1 < s.n ? letters[v >> 6 & 63] : '=',
                         i + 2 < s.n ? letters[v & 63] : '=' };
        buf_put(&b, (str){ four, 4 });
        if (lines && (i + 3) % LINE == 0)
            buf_put(&b, STR("\r\n"));
    }
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

str notify_mail(struct arena *a, str from, str to, str subject, str text,
                str id, inst now)
{
    static const char *const days[] = { "Mon", "Tue", "Wed", "Thu",
                                        "Fri", "Sat", "Sun" };
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr",
                                          "May", "Jun", "Jul", "Aug",
                                          "Sep", "Oct", "Nov", "Dec" };
    int y, m, d, minute = inst_minute(now);
    day_split(inst_day(now), &y, &m, &d);
    str host = from;
    (void)str_cut(&host, '@');
    return arena_printf(
        a,
        "From: <%.*s>\r\nTo: <%.*s>\r\nSubject: =?UTF-8?B?%.*s?=\r\n"
        "Date: %s, %02d %s %04d %02d:%02d:%02d +0800\r\n"
        "Message-ID: <%.*s@%.*s>\r\nMIME-Version: 1.0\r\n"
        "Auto-Submitted: auto-generated\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\n%.*s\r\n",
        STR_ARG(from), STR_ARG(to), STR_ARG(base64(a, subject, false)),
        days[day_weekday(inst_day(now))], d, months[m - 1], y, minute / 60,
        minute % 60, (int)(now.ms / 1000 % 60), STR_ARG(id),
        STR_ARG(str_is_none(host) ? STR("localhost") : host),
        STR_ARG(base64(a, text, true)));
}

bool notify_address_ok(str address)
{
    enum { LONGEST = 120 };
    ptrdiff_t at = str_find_byte(address, '@');
    if (address.n > LONGEST || at < 1 || (size_t)at + 3 >= address.n)
        return false;
    str host = str_slice(address, (size_t)at + 1, address.n);
    for (size_t i = 0; i < address.n; i++) {
        char c = address.p[i];
        if (c <= ' ' || c >= 127 || c == '<' || c == '>' || c == ',' ||
            c == '"' || c == '\\' || c == ';')
            return false;
    }
    return str_find_byte(host, '@') < 0 && str_find_byte(host, '.') > 0 &&
           !str_ends(host, STR("."));
}

str notify_mask_address(struct arena *a, str address)
{
    str rest = address, name = str_cut(&rest, '@');
    return arena_printf(a, "%.*s***@%.*s", (int)(name.n > 1), name.p,
                        STR_ARG(str_is_none(rest) ? STR("") : rest));
}
