/*
 * Topics: the numbers of what page cache and live pages watch (store_touch,
 * store_version).  They are named here and not in the rooms that touch them,
 * because pages of other modules stand on the same facts.
 */
#ifndef KERNEL_STORE_TOPICS_H
#define KERNEL_STORE_TOPICS_H

enum {
    TOPIC_CATALOGUE = 1, /* items and themes */
    TOPIC_BOARD = 2,     /* any case filed, moved or closed */
    TOPIC_DISCLOSURE = 11, /* anything published, corrected, withdrawn */
    TOPIC_QUEUE = 10,    /* any number taken, called or done in a hall */
};

#endif
