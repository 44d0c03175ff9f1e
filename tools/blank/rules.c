/* The rules of this room, the law first, with no database in sight. */
#include "blank/blank.h"

bool blank_title_ok(str title)
{
    size_t n = utf8_count(title);
    return n > 0 && n <= BLANK_TITLE_MAX;
}
