/* Topics of the store whose versions page cache and live pages watch. */
#ifndef SERVICES_TOPICS_H
#define SERVICES_TOPICS_H

enum {
    TOPIC_CATALOGUE = 1, /* items and themes */
    TOPIC_BOARD = 2,     /* any case filed, moved or closed */
};

#endif
