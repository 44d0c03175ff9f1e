/*
 * auth -- who somebody is, which desk they sit at, what they may do.
 *
 * The one place of authority: a route names a permission, a permission names
 * roles, an account holds posts (a role in an organisation).  Officers see what
 * belongs to their organisation and nothing else; that scope is asked here too.
 *
 * Organisations, people and posts are tables of this room, because every
 * matter of every module hangs on them; the ops module edits them.
 */
#ifndef KERNEL_AUTH_H
#define KERNEL_AUTH_H

#include "kernel/http/http.h"

/* The cookie that carries the session token. */
#define AUTH_COOKIE "zt_session"

/* ---- roles and permissions ---- */

/*
 * Roles.  "anyone" is nobody signed in; everybody else has at least "person".
 *   resident   办事人                window     窗口人员 (综合窗口)
 *   officer    承办人                leader     科长、负责人 (decides)
 *   agent      村级代办员            supervisor 监察、效能办
 *   finance    财政局财务人员 (非税收入)
 *   mayor      市领导                editor     信息员
 *   system_admin / security_admin / audit_admin  三员
 */
struct auth_role {
    const char *name, *label; /* "officer", 承办人 */
};
/* All roles in the order above; ended by { 0 }. */
extern const struct auth_role auth_roles[];
/* 承办人 for "officer"; "" for a word that is no role. */
str auth_role_label(str role);

/*
 * Collects the modules' permissions, once, at boot, before any request.  Three
 * permissions are built in: "anyone" (everybody), "person" (everybody signed
 * in), "staff" (everybody signed in but residents); their names may also stand
 * in a permission's list of roles.  ERR_INPUT with *problem in the arena when a
 * route asks for a permission nobody declared, or a permission names no role:
 * a server with such a table must not start.
 */
enum err auth_setup(const struct module *const *modules, struct arena *a,
                    str *problem) MUST_USE;

/* One hash lookup.  An undeclared permission is nobody's. */
bool auth_role_may(str role, const char *permission);

/* Every declared permission in turn, NULL after the last: for the matrix. */
const struct permission *auth_permission_at(size_t i);

/* The unit's own thing: the actor's organisation is `unit`, or the role is one
 * that looks at all of them (supervisor, mayor, audit_admin). */
bool auth_in_scope(const struct who *who, str unit);
/* True for the roles that look at all organisations. */
bool auth_sees_all(str role);

/* ---- sessions ---- */

struct auth_options {
    int staff_idle, resident_idle; /* seconds without a request */
    int staff_max, resident_max;   /* seconds from log-in, whatever happens */
    int terminal_idle, terminal_max; /* a resident's at a terminal */
    int hashes;                    /* Argon2id computed at the same time */
    const char *staff_home, *resident_home; /* where a log-in leads */
    const char *const *demo;       /* log-in names shown on the log-in page of
                                      a demonstration, ended by NULL */
};
/* Before the first request; a member of 0 keeps its default (30 minutes,
 * 12 hours; 12 hours, 24 hours; 5 minutes, 1 hour; 2; /account, /account;
 * none). */
void auth_configure(const struct auth_options *o);

/* The session of a cookie or Bearer token; a who in the arena, or "anyone"
 * (account 0).  Hot sessions cost no query; `seen` is written behind, at most
 * once a minute. */
enum err auth_recognise(struct tx *tx, str token, const struct who **out)
    MUST_USE;

/* The session of this request ends, with its cookie and a note; none is no
 * error.  The caller answers. */
enum err auth_sign_out(struct request *rq, struct tx *tx) MUST_USE;

/* The token to put into every form of this session. */
str auth_csrf(struct arena *a, str session_token);
bool auth_csrf_ok(str session_token, str given);

/* Argon2id; slow by design: only from a `before` step or the loader.  Waits
 * when auth_options.hashes of them run already.  str_none without memory. */
str auth_hash_password(struct arena *a, str password);
bool auth_check_password(str password, str hash);

/* RFC 6238 with SHA-1 and 30 seconds: the six digits of that step. */
int auth_totp(str secret, int64_t step);

/* ---- data of people as strangers see it ---- */

/*
 * 个人信息保护法 第六条, 第二十五条.
 * 周文远 -> 周*远 · 李四 -> 李* · 欧阳娜娜 -> 欧阳*娜 · 3418**********0019 ·
 * 138****0000.  Names of several parts (买买提·艾力, John Smith) keep the first
 * letter of each part.  A name of one character is hidden whole.
 */
str auth_mask_name(struct arena *a, str name);
str auth_mask_id(struct arena *a, str id);
str auth_mask_mobile(struct arena *a, str mobile);

/* An applicant on a public page.  kind: "person" masked as a name; "sole"
 * (个体工商户, whose sign often is a person's name) keeps both ends; any other
 * ("company", "institution") is shown in full. */
str auth_mask_party(struct arena *a, str name, str kind);

/* ---- organisations, people, posts ---- */

struct auth_unit {
    str code;        /* D022, T01, T01V03, I01 */
    str name, short_name;
    str kind;        /* department, township, village, institution */
    str parent;      /* code, or none */
    str credit_code; /* 统一社会信用代码, or none */
    str phone, address, hours; /* as published, or none */
    bool hall;       /* has a window in the service hall */
    str field;       /* 综合, 经济 … or none */
    str doc_prefix;  /* 机关代字, or none */
    int64_t position; /* order in lists */
};
enum err auth_add_unit(struct tx *tx, const struct auth_unit *u) MUST_USE;
/* ERR_NOTFOUND when there is no such organisation. */
enum err auth_unit(struct tx *tx, str code, struct auth_unit *out) MUST_USE;

struct auth_account {
    str login;      /* unique */
    str name;       /* staff: public by duty; resident: personal */
    str kind;       /* resident, staff */
    str mobile;     /* personal, unique among its kind, or none */
    str citizen_id; /* personal, unique among its kind, or none */
    str password;   /* a hash of auth_hash_password */
};
/* ERR_CONFLICT when login, mobile or citizen id is taken. */
enum err auth_add_account(struct tx *tx, const struct auth_account *account,
                          int64_t *id) MUST_USE;

struct auth_post {
    int64_t account;
    str unit, role;
    str title;      /* 科员, 科长 …, as published */
    str phone;      /* office telephone, or none */
    day from;
    bool main;      /* the one a log-in starts with */
};
/* ERR_RANGE for a role that does not exist; ERR_CONFLICT when one person would
 * hold two of the three administrator roles (三员分立, GB/T 22239-2019). */
enum err auth_add_post(struct tx *tx, const struct auth_post *p, int64_t *id)
    MUST_USE;

/*
 * A duty (岗位) in an organisation: which tasks of processes land on somebody's
 * desk.  stands_for: the holder does it in another's place (代理) on the days
 * from..to, and gets what is addressed to that person by name as well.
 */
struct auth_duty {
    int64_t id;      /* read only */
    str unit, duty;  /* D022, 承办岗 */
    int64_t account;
    int64_t stands_for; /* account, or 0 */
    day from, to;    /* both included; to none: until further notice */
};
/*
 * ERR_NOTFOUND no such organisation, or no active officer of that number;
 * ERR_RANGE days the wrong way round, a name empty or too long, a stand-in
 * without a last day or for somebody who does not hold the duty on the first;
 * ERR_CONFLICT he holds it on one of those days already.  Leaves no audit
 * note: that is the caller's, who knows why.
 */
enum err auth_add_duty(struct tx *tx, const struct auth_duty *d, int64_t *id)
    MUST_USE;
/* `last` is the last day; the day before the first undoes it.  ERR_CONFLICT
 * when it ends by then anyway, ERR_RANGE before that, ERR_NOTFOUND. */
enum err auth_end_duty(struct tx *tx, int64_t id, day last) MUST_USE;
/* What a person holds today; at most 50, his own first. */
enum err auth_duties(struct tx *tx, int64_t account, struct auth_duty **out,
                     size_t *n) MUST_USE;

struct auth_holder {
    int64_t account;
    str name;
    int64_t stands_for; /* account, or 0 */
};
/* Who holds a duty of an organisation today; at most 200. */
enum err auth_holders(struct tx *tx, str unit, str duty,
                      struct auth_holder **out, size_t *n) MUST_USE;

/* An account's own data: to fill in a form for its owner, or for the officer
 * whose matter it is; whoever shows it to others masks it or notes the look. */
struct auth_person {
    str login, name, kind, mobile, citizen_id;
    bool proven; /* the mobile, by a code sent to it */
};
enum err auth_person(struct tx *tx, int64_t account, struct auth_person *out)
    MUST_USE;

/*
 * Puts one datum of a resident's account right: "name", "citizen_id" or
 * "mobile", from what it was when the correction was asked for.  ERR_CONFLICT
 * when it is another by now, or the new one is another account's; ERR_RANGE for
 * another datum.  Whoever calls has checked the new one and leaves the note.
 */
enum err auth_correct(struct tx *tx, int64_t account, str datum, str was,
                      str becomes) MUST_USE;

/* The resident's account whose name, citizen id and mobile are all these; 0:
 * none.  For a matter a window or an agent files after seeing the identity
 * card: three facts, because registering does not prove who one is. */
enum err auth_resident(struct tx *tx, str citizen_id, str name, str mobile,
                       int64_t *account) MUST_USE;

/* A resident's mobile becomes this one, proven now by a code sent to it; who
 * signed in with the old number signs in with it.  ERR_CONFLICT when it is
 * another account's. */
enum err auth_prove_mobile(struct tx *tx, int64_t account, str mobile)
    MUST_USE;

/* Is this the account's password?  Slow: only from a `before` step. */
enum err auth_own_password(struct tx *tx, int64_t account, str password,
                           bool *right) MUST_USE;

/* The resident's account of this name and proven mobile; 0: none.  For a letter
 * that somebody is asked to join, not for showing anything: whether there is
 * such an account is nobody's business. */
enum err auth_called(struct tx *tx, str name, str mobile, int64_t *account)
    MUST_USE;

/* Log-in, log-out, registration, the account page, change of post. */
extern const struct module auth_module;

#endif
