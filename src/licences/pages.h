/* The handlers of this module, one a page or verb. */
#ifndef LICENCES_PAGES_H
#define LICENCES_PAGES_H

#include "kernel/http/http.h"

handler verify_show, verify_file_show, verify_file_post, keys_show;
handler my_licences_show, my_licence_show, my_delivery_post;
handler licences_show, licence_show, licence_pdf;
handler licence_verb_show, licence_verb_post;
handler licence_collect_post, licence_posted_post;

#endif
