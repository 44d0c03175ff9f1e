/* The handlers of this module, one a page or verb. */
#ifndef FEES_PAGES_H
#define FEES_PAGES_H

#include "kernel/http/http.h"

handler my_fees_show, my_fee_show, my_refund_post, my_again_post;
handler fees_show, fee_show, fee_assess_post, fee_act_post;
handler fee_pdf, fee_receipt_pdf;
handler refunds_show, refund_decide_post;
handler days_show, day_show, day_read_post, difference_post;
handler fees_watch_show, receipt_verify_show;
handler callback_before, callback_post;

#endif
