/* A QR code as SVG: one path of unit squares, sharp at any size. */
#include "kernel/page/page.h"

#include <qrencode.h>

enum { QUIET = 4 }; /* modules of white around it, as ISO/IEC 18004 wants */

struct value *page_qr(struct arena *a, str text, str label)
{
    QRcode *qr = QRcode_encodeString8bit(arena_cstr(a, text), 0, QR_ECLEVEL_M);
    if (qr == NULL)
        return value_new(a, VALUE_NULL);
    struct buf out = { 0 };
    int side = qr->width + 2 * QUIET;
    buf_printf(&out, "<svg class=\"qr\" viewBox=\"0 0 %d %d\" role=\"img\" "
               "aria-label=\"", side, side);
    buf_html(&out, label);
    buf_printf(&out, "\"><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/>"
               "<path fill=\"#000\" d=\"", side, side);
    for (int y = 0; y < qr->width; y++)
        for (int x = 0; x < qr->width; x++)
            if (qr->data[y * qr->width + x] & 1)
                buf_printf(&out, "M%d %dh1v1h-1z", x + QUIET, y + QUIET);
    buf_put(&out, STR("\"/></svg>"));
    QRcode_free(qr);
    struct value *v = page_html(a, arena_str(a, buf_str(&out)));
    buf_free(&out);
    return v;
}
