/* Writing letters. */
#include "kernel/notify/notify.h"

#include "kernel/notify/copy.h"

enum err notify_send(struct tx *tx, const struct notify_letter *l)
{
    bool link = l->link.n > 0;
    if (l->title.n == 0 ||
        (link && (l->link.p[0] != '/' ||
                  str_starts(l->link, STR("//")))))
        return ERR_RANGE;
    int64_t id = store_id(tx->store);
    enum err e = notify_message_add(tx, id, l->account, l->about, l->ref,
                                    l->title, l->body,
                                    link ? l->link : str_none, tx->now);
    return e == OK ? notify_copy(tx, id, l) : e;
}

enum err notify_unread(struct tx *tx, int64_t account, int64_t *out)
{
    struct notify_message_unread_count count;
    enum err e = notify_message_unread_count(tx, account, &count);
    if (e == OK)
        *out = count.unread;
    return e;
}
