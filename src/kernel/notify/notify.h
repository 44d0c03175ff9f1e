/*
 * notify -- the mailbox everybody has here (市民邮箱).
 *
 * Whatever the platform wants to tell a person is a letter in the mailbox,
 * written in the transaction of what happened; text messages and mail outside
 * are copies of it and may fail, the letter never does.
 */
#ifndef KERNEL_NOTIFY_H
#define KERNEL_NOTIFY_H

#include "kernel/call/call.h"
#include "kernel/http/http.h"

struct notify_letter {
    int64_t account; /* to whom */
    str about;       /* kind of matter: "case" */
    str ref;         /* its public number */
    str title;       /* 您的申请已受理 */
    str body;        /* plain text, lines separated by \n */
    str link;        /* address on this site, "/cases/…", or none */
};

/* A letter.  ERR_RANGE when it has no title or the link leaves the site. */
enum err notify_send(struct tx *tx, const struct notify_letter *letter)
    MUST_USE;

/* Letters not read yet, at most 100: for the layout; one indexed count. */
enum err notify_unread(struct tx *tx, int64_t account, int64_t *out) MUST_USE;

/* Copies outside: text messages, e-mail. */
extern const struct call_kind notify_sms_call, notify_mail_call,
    notify_code_call;

/* Sends a copy that was given up once more; ref: the matter it must be about.
 * ERR_NOTFOUND, ERR_CONFLICT when it is not one that failed. */
enum err notify_again(struct tx *tx, str code, str ref) MUST_USE;

/* zhengtong messages-test --listen ADDRESS:PORT --key FILE */
int messages_test_command(int argc, char **argv);

/* The mailbox: /mail, /mail/read, /mail/wishes. */
extern const struct module notify_module;

#endif
