/* The handlers of this module, one a page or verb. */
#ifndef VILLAGES_PAGES_H
#define VILLAGES_PAGES_H

#include "kernel/http/http.h"

handler village_show, village_residents_show, village_resident_post;
handler village_resident_show, village_consent_post, village_consent_end_post,
        village_visit_post;
handler village_files_show, village_file_show, village_worker,
        village_authority_post;

/* Signal case.filed. */
enum err village_filed(struct tx *tx, str ref, const struct value *payload);

#endif
