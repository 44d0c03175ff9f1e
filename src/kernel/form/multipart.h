/*
 * multipart -- multipart/form-data (RFC 7578) as a stream.
 *
 * Feed it the body in pieces of any size; it tells of parts as they come and
 * holds at most one part's header (4 KB) in memory, so that an upload costs
 * the same whatever its size.  It knows nothing of files or requests: what
 * happens with the bytes is the receiver's business.
 */
#ifndef KERNEL_FORM_MULTIPART_H
#define KERNEL_FORM_MULTIPART_H

#include "base/base.h"

enum {
    MULTIPART_HEAD = 4096, /* bytes of one part's header */
    MULTIPART_PARTS = 512,
    MULTIPART_BOUNDARY = 70, /* RFC 2046 5.1.1 */
};

/*
 * The receiver.  Texts are valid only during the call.  file is none when the
 * part is a plain field, "" when a file control was left empty.  Anything but
 * OK stops the reading and is handed to the caller.
 */
struct multipart_events {
    enum err (*part)(void *context, str name, str file);
    enum err (*data)(void *context, str bytes);
    enum err (*end)(void *context);
    void *context;
};

struct multipart {
    struct multipart_events tell;
    char mark[MULTIPART_BOUNDARY + 5]; /* \r\n--boundary */
    size_t mark_n, matched;
    char head[MULTIPART_HEAD];
    size_t head_n;
    int state, parts;
};

/* ERR_INPUT when the media type carries no usable boundary. */
enum err multipart_start(struct multipart *m, str content_type,
                         const struct multipart_events *tell) MUST_USE;

/* ERR_INPUT when malformed, or what the receiver said. */
enum err multipart_feed(struct multipart *m, str bytes) MUST_USE;

/* ERR_INPUT when the body ended before the closing boundary. */
enum err multipart_finish(const struct multipart *m) MUST_USE;

#endif
