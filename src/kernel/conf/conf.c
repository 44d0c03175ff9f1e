/* The table of what can be set, and the reader of the file. */
#include "kernel/conf/conf.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct key {
    const char *name;
    const char *unit;      /* "" for text */
    const char *otherwise; /* the default, as it would be written */
    int64_t min, max;      /* of a number; both 0 for text */
    const char *why;
};

static const struct key keys[] = {
    { "listen", "", "127.0.0.1:8080", 0, 0,
      "Address and port. Plain HTTP: a proxy in front does TLS, so only this\n"
      "machine should reach it." },
    { "threads", "threads", "0", 0, 256,
      "Socket threads; 0 takes one a core, which measured best." },
    { "workers", "threads", "4", 1, 256,
      "Threads for slow work beside the sockets: passwords, PDF, digests." },
    { "queue", "commands", "4096", 16, 1000000,
      "Commands that may wait for the writer. Beyond it people are told to\n"
      "try again, which is better than a minute of silence." },
    { "site_name", "", "云溪市人民政府", 0, 0,
      "Name of the site, in the masthead and in every title." },
    { "city", "", "云溪市", 0, 0,
      "Name of the city or county: in official papers it stands before the\n"
      "organs, the government and the court that have no other." },
    { "site_slogan", "", "政务公开 · 政务服务 · 政民互动", 0, 0,
      "The small line below the name." },
    { "site_url", "", "", 0, 0,
      "Address people reach the site by, as https://www.example.gov.cn, for\n"
      "links in papers and QR codes. Empty: the address listened on." },
    { "site_owner", "", "云溪市人民政府办公室", 0, 0,
      "主办单位, in the footer." },
    { "site_operator", "", "云溪市数据资源管理局", 0, 0,
      "承办单位, in the footer." },
    { "site_code", "", "", 0, 0, "网站标识码, in the footer." },
    { "site_icp", "", "", 0, 0, "ICP 备案号, if there is one." },
    { "site_police", "", "", 0, 0, "公安备案号, if there is one." },
    { "site_phone", "", "12345", 0, 0,
      "Hotline, shown wherever something went wrong." },
    { "site_center", "", "云溪市宁阳路 18 号，工作日 9:00-17:00", 0, 0,
      "Where the service centre is, and when it is open." },
    { "demo", "1 for yes", "0", 0, 1,
      "Every page says that people and numbers are made up." },
    { "demo_accounts", "", "resident.zhou window.chen officer.d025 leader.d025 "
      "agent.t01v001 supervisor.he mayor.yun editor.lin sysadmin", 0, 0,
      "Log-in names shown on the log-in page of a demonstration." },
    { "staff_idle_minutes", "minutes", "30", 1, 1440,
      "Officers are signed out after so long without a request." },
    { "resident_idle_minutes", "minutes", "720", 1, 1440,
      "The same for residents; what they typed is kept as a draft." },
    { "password_hashes", "passwords", "2", 1, 64,
      "Checked at the same time; each takes a core for 25 ms and 19 MiB." },
    { "pdf_font", "", "WenQuanYi Micro Hei, Noto Sans CJK SC, sans-serif", 0, 0,
      "Face of official papers, as fontconfig reads it." },
    { "law_dir", "", "", 0, 0,
      "Folder with the texts of laws, one file a law (食品安全法.md), for\n"
      "links from citations to the article. Empty: citations are plain." },
    { "connections", "connections", "4096", 16, 100000,
      "Open at once. Each may hold 32 KB." },
    { "connections_per_address", "connections", "256", 0, 100000,
      "Of one IPv4 address or IPv6 /64; an office or a village may share one.\n"
      "0: no limit. This machine itself has none." },
    { "idle_seconds", "seconds", "30", 1, 3600,
      "Silence after which a connection is closed." },
    { "head_seconds", "seconds", "40", 1, 3600,
      "Time the head of a request may take to arrive." },
    { "form_kb", "KB", "64", 1, 1024, "The largest form." },
    { "json_kb", "KB", "1024", 1, 65536, "The largest JSON body." },
    { "upload_mb", "MB", "20", 1, 20, "The largest paper." },
    { "scanner", "", "none", 0, 0,
      "Virus scanner for papers: a clamd, as unix:/run/clamav/clamd.ctl or "
      "tcp:127.0.0.1:3310. Papers it has not seen are held. none: there is no "
      "scanner and papers pass." },
    { "body_mb", "MB", "120", 1, 4096, "All papers of one form together." },
    { "limit_read", "pages a second", "100", 0, 1000000,
      "Of one address, once its burst is used up. 0: no limit." },
    { "limit_read_burst", "pages", "2000", 1, 10000000,
      "Of one address at once: a school class behind one router." },
    { "limit_write", "submissions a second", "10", 0, 1000000,
      "Of one address, once its burst is used up. 0: no limit." },
    { "limit_write_burst", "submissions", "300", 1, 10000000,
      "Of one address at once." },
    { "limit_account", "submissions a second", "5", 0, 1000000,
      "Of one account, once its burst is used up. 0: no limit." },
    { "limit_account_burst", "submissions", "120", 1, 10000000,
      "Of one account at once: a window clerk at noon." },
    { "limit_own", "1 for yes", "0", 0, 1,
      "The limits hold for requests of this machine too. Off, because a proxy\n"
      "that does not say for whom it asks would be stopped for everybody." },
    { "cache_mb", "MB", "32", 1, 16384, "Memory for pages kept ready." },
    { "streams", "pages", "1000", 1, 100000,
      "Live pages (boards, hall displays) open at once." },
    { "stop_seconds", "seconds", "10", 1, 600,
      "Time requests get to finish when the server is told to stop." },
    { "region_code", "", "341881", 0, 0,
      "Six digits of the division (GB/T 2260), in payment numbers." },
    { "payment_url", "", "", 0, 0,
      "The payment platform, docs/payments.md; https outside this machine.\n"
      "Empty: fees are paid at the counters of banks only." },
    { "payment_key_file", "", "", 0, 0,
      "A file of mode 600 with the key shared with it, 16 bytes or more." },
    { "payment_digest", "", "sm3", 0, 0,
      "How we sign to it: sm3 or sha256. Both are accepted from it." },
    { "sms_url", "", "", 0, 0,
      "Gateway for text messages, docs/messages.md. Empty: none are sent." },
    { "sms_key_file", "", "", 0, 0,
      "A file of mode 600 with the token it knows us by." },
    { "mail_url", "", "", 0, 0,
      "Mail server, as smtp://HOST:25 or smtps://HOST:465. Empty: no e-mail." },
    { "mail_from", "", "", 0, 0, "The address e-mail comes from." },
    { "mail_user", "", "", 0, 0, "Its account, if the server asks for one." },
    { "mail_password_file", "", "", 0, 0, "A file of mode 600, likewise." },
    { "map_tiles", "", "", 0, 0,
      "Tiles of the map a place is picked on, in web Mercator: an https\n"
      "address, or a path of this site a proxy serves, with {z} {x} {y} and\n"
      "{key}. Empty: no map is offered and nothing is fetched." },
    { "map_labels", "", "", 0, 0,
      "Tiles with the names, laid over them, from the same host." },
    { "map_key_file", "", "", 0, 0,
      "A file of mode 600 with what stands for {key}. Browsers see it in the\n"
      "addresses: let its giver bind it to the name of this site." },
    { "map_credit", "", "", 0, 0,
      "Whose map it is and its 审图号, shown on every map." },
    { "log_file", "", "", 0, 0,
      "Access log, appended to. Empty: standard error, which systemd keeps." },
};

enum { KEYS = sizeof keys / sizeof *keys };

static struct {
    bool set;
    int64_t i;
    str text;
} values[KEYS];

static int key_of(str name)
{
    for (int k = 0; k < KEYS; k++)
        if (str_is(name, keys[k].name))
            return k;
    return -1;
}

static bool is_number(const struct key *key)
{
    return key->min != key->max;
}

/* What is wrong with a value, in words; str_none when nothing is. */
static str complaint(const struct key *key, str value, struct arena *a)
{
    int64_t n;
    if (!is_number(key))
        return str_none;
    if (value.n == 0)
        return arena_printf(a, "%s has no value", key->name);
    if (!str_int(value, &n))
        return arena_printf(a, "%s should be a number", key->name);
    if (n < key->min || n > key->max)
        return arena_printf(a, "%s should be from %lld to %lld (%s)",
                            key->name, (long long)key->min,
                            (long long)key->max, key->unit);
    return str_none;
}

static str take_line(str line, struct arena *a)
{
    str rest = line;
    str name = str_trim(str_cut(&rest, '='));
    if (str_is_none(rest))
        return STR("a line should be: key = value");
    str value = str_trim(rest);
    int k = key_of(name);
    if (k < 0)
        return arena_printf(a, "there is no key \"%.*s\"; see zhengtong conf",
                            STR_ARG(name));
    if (values[k].set)
        return arena_printf(a, "%s is set twice", keys[k].name);
    str bad = complaint(&keys[k], value, a);
    if (!str_is_none(bad))
        return bad;
    values[k].set = true;
    values[k].text = arena_str(a, value);
    if (is_number(&keys[k]))
        (void)str_int(value, &values[k].i);
    return str_none;
}

enum err conf_read(str text, const char *name, struct arena *a, str *problem)
{
    int number = 0;
    memset(values, 0, sizeof values);
    for (str rest = text; !str_is_none(rest);) {
        str whole = str_cut(&rest, '\n');
        str line = str_trim(str_cut(&whole, '#'));
        number++;
        if (line.n == 0)
            continue;
        str bad = take_line(line, a);
        if (str_is_none(bad))
            continue;
        *problem = arena_printf(a, "%s:%d: %.*s", name, number, STR_ARG(bad));
        return ERR_INPUT;
    }
    return OK;
}

enum err conf_load(const char *path, struct arena *a, str *problem)
{
    enum { MOST = 64 << 10 };
    FILE *f = fopen(path, "re");
    if (!f) {
        *problem = arena_printf(a, "%s: %s", path, strerror(errno));
        return ERR_NOTFOUND;
    }
    char *text = arena_alloc(a, MOST + 1);
    size_t n = fread(text, 1, MOST + 1, f);
    fclose(f);
    if (n > MOST) {
        *problem = arena_printf(a, "%s is larger than 64 kB", path);
        return ERR_INPUT;
    }
    return conf_read((str){ text, n }, path, a, problem);
}

int64_t conf_int(const char *name)
{
    int k = key_of(str_of(name));
    assert(k >= 0 && is_number(&keys[k]));
    if (values[k].set)
        return values[k].i;
    int64_t n = 0;
    bool number = str_int(str_of(keys[k].otherwise), &n);
    assert(number);
    return n;
}

str conf_text(const char *name)
{
    int k = key_of(str_of(name));
    assert(k >= 0 && !is_number(&keys[k]));
    return values[k].set ? values[k].text : str_of(keys[k].otherwise);
}

str conf_organ(struct arena *a, str unit)
{
    str city = conf_text("city");
    return str_starts(unit, city) ? unit : arena_join(a, city, unit);
}

/* A reason of several lines, each behind a comment sign. */
static void write_comment(const char *text, struct buf *out)
{
    for (str rest = str_of(text); !str_is_none(rest);) {
        str line = str_cut(&rest, '\n');
        buf_printf(out, "# %.*s\n", STR_ARG(line));
    }
}

void conf_write(struct buf *out)
{
    buf_put(out, STR("# Settings of Zhengtong. Each line shows the default; "
                     "remove the # before a\n# key to change it. Give the "
                     "file with: zhengtong serve --conf FILE\n"));
    for (int k = 0; k < KEYS; k++) {
        buf_byte(out, '\n');
        write_comment(keys[k].why, out);
        if (is_number(&keys[k]))
            buf_printf(out, "# Unit: %s, %lld to %lld.\n", keys[k].unit,
                       (long long)keys[k].min, (long long)keys[k].max);
        buf_printf(out, "#%s = %s\n", keys[k].name, keys[k].otherwise);
    }
}

int conf_command(int argc, char **argv)
{
    (void)argc, (void)argv;
    struct buf out = { 0 };
    conf_write(&out);
    size_t n;
    char *text = buf_take(&out, &n);
    bool ok = fwrite(text, 1, n, stdout) == n && fflush(stdout) == 0;
    free(text);
    return ok ? 0 : 1;
}
