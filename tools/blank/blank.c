/* What this room adds to the site: every address is a row, every row says who
 * may, what it takes, what it shows, on what law. */
#include "blank/blank.h"
#include "blank/pages.h"

static const struct route routes[] = {
    { "GET", "/blank", blank_note_list, "anyone", "blank/notes", NULL, NULL,
      "记录列表", 0, 0, NULL },
    { 0 },
};

static const struct permission permissions[] = {
    { 0 },
};

const struct module blank_module = {
    .name = "blank",
    .routes = routes,
    .permissions = permissions,
};
