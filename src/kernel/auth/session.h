/* Inside auth: sessions, and what the handlers share. */
#ifndef KERNEL_AUTH_SESSION_H
#define KERNEL_AUTH_SESSION_H

#include "kernel/auth/auth.h"
#include "kernel/auth/queries.gen.h"
#include "kernel/auth/secret.h"

/* The options in force. */
const struct auth_options *auth_options_now(void);

/*
 * Opens a session at the person's main desk; a resident's at a terminal is
 * short and files through that channel.  ERR_DENIED for staff who hold no post
 * today.  *role: for the answer.
 */
enum err auth_session_open(struct tx *tx, int64_t account, str kind,
                           bool terminal, str digest, str *role) MUST_USE;

/* Ends it; a session that is gone already is no error. */
enum err auth_session_close(struct tx *tx, str token) MUST_USE;

/* Ends all sessions of an account but the one of this token ("" : all). */
enum err auth_session_close_others(struct tx *tx, int64_t account, str token)
    MUST_USE;

/* Sits down at another desk; the session goes on. */
enum err auth_session_move(struct tx *tx, str token, int64_t post, str role)
    MUST_USE;

/* The desks of an account today, the main one first. */
enum err auth_posts_today(struct tx *tx, int64_t account,
                          struct auth_posts_of **out, size_t *n) MUST_USE;

/* Logs a person in: session, cookie, audit note, answer. */
enum err auth_sign_in(struct request *rq, struct tx *tx, int64_t account,
                      str kind, str name, str action) MUST_USE;

/* Why a password is too weak, as a sentence; NULL when it is not. */
const char *auth_password_weak(str password, str login, str mobile);

/* One question of a form: what was typed, unless it is a password, and what is
 * wrong with it. */
void auth_field(struct request *rq, struct value *list, const char *name,
                const char *type, const char *label, const char *hint);

/* What was typed before the page came back, or stood in the address. */
str auth_typed(const struct request *rq, const char *name);

/* path?next=…, or path alone when there is no next. */
str auth_with_next(struct arena *a, const char *path, str next);

/* next when it is an address of this site ("/cases?x"), else ours. */
str auth_local_path(str next, const char *otherwise);

/* ---- throttle.c: wrong passwords nobody's account can count ---- */

enum { AUTH_TRIES = 5, AUTH_PAUSE_SECONDS = 15 * 60 };

/* Until when this key must wait; inst_none: it need not. */
inst auth_throttle_until(str key, inst now);
/* One more failure of this key; after `tries` it pauses. */
void auth_throttle_failed(str key, int tries, inst now);
void auth_throttle_clear(void);

/* ---- handlers ---- */

handler login_show, login_before, login_post, logout_post;
handler register_show, register_before, register_post;
handler account_show, account_post_post, account_sessions_post;
handler account_password_before, account_password_post;
handler account_second_show, account_second_post;
handler account_second_off_before, account_second_off_post;

#endif
