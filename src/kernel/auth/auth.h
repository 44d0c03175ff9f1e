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

/*
 * Roles.  "anyone" is nobody signed in; everybody else has at least "person".
 *   resident   办事人                window     窗口人员 (综合窗口)
 *   officer    承办人                leader     科长、负责人 (decides)
 *   agent      村级代办员            supervisor 监察、效能办
 *   mayor      市领导                editor     信息员
 *   system_admin / security_admin / audit_admin  三员
 */
bool auth_role_may(str role, const char *permission);

/* The unit's own thing: the actor's organisation is `unit`, or the role is one
 * that looks at all of them (supervisor, mayor, window where said so). */
bool auth_in_scope(const struct who *who, str unit);

/* The session of a cookie token; a who in the arena, or "anyone". */
enum err auth_recognise(struct tx *tx, str token, const struct who **out)
    MUST_USE;

/* The token to put into every form of this session. */
str auth_csrf(struct arena *a, str session_token);
bool auth_csrf_ok(str session_token, str given);

/* Argon2id; slow by design: only from a `before` step or the loader. */
str auth_hash_password(struct arena *a, str password);
bool auth_check_password(str password, str hash);

/* Data of people as strangers see it (个人信息保护法 第六条, 第二十五条).
 * 周文远 -> 周*远 · 李四 -> 李* · 3418**********0019 · 138****0000 */
str auth_mask_name(struct arena *a, str name);
str auth_mask_id(struct arena *a, str id);
str auth_mask_mobile(struct arena *a, str mobile);

/* Log-in, log-out, the account page, change of post. */
extern const struct module auth_module;

#endif
