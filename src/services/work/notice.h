/*
 * The words of official notices: from the facts kept in services_notice to a
 * paper kernel/pdf can draw.  Pure: the same facts give the same paper, so a
 * notice issued today can be drawn again, byte for byte, in ten years.
 */
#ifndef SERVICES_NOTICE_H
#define SERVICES_NOTICE_H

#include "base/base.h"
#include "kernel/pdf/pdf.h"

/* What all notices of one city share. */
struct notice_place {
    str city;       /* 云溪市: put before an organ's name that lacks it */
    str government; /* 云溪市人民政府: hears administrative reconsideration */
    str court;      /* 云溪市人民法院, or none: 有管辖权的人民法院 */
    str progress;   /* address of the public progress page: QR code; or none */
    str appeal;     /* where reconsideration can be applied for on line, or none
                       (行政复议法 第二十二条第二款) */
    bool demo;      /* 演示数据 on every page */
};

/*
 * kind      what follows from `facts`, an object with the members
 *   all         number title unit applicant today; officer, received, phone,
 *               licence (false: not a 行政许可; the words then cite `basis`)
 *   receipt     received accept_by papers[] proxy joint ticket; agent (经办人
 *               of a company), taken_by (who took it in at a counter)
 *   acceptance  accepted due promised statutory deemed; provisional
 *   reopening   accepted due old ground law; as gaps
 *   gaps        as acceptance; gap_papers[] gap_days gap_due gap_basis
 *               gap_expiry; pledge
 *   lapse       accepted gap_papers[] gap_due gap_basis gap_expiry
 *   refusal     ground reason; other_organ
 *   supplement  list (one a line) supply_by
 *   special     ground days; reason
 *   extension   days reason; due joint
 *   grant       accepted; reason result_no valid_from valid_to conditions
 *   denial      accepted reason; basis
 *   delivery    paper paper_number method; place
 * number    of the document (文号), or none
 * issued    instant it was issued
 *
 * Days are texts "2026-11-22", as JSON has them.  Missing members leave their
 * line out.  ERR_INPUT for a kind that does not exist or facts without number,
 * title, unit.
 */
enum err notice_paper(struct arena *a, str kind, str number, inst issued,
                      const struct value *facts,
                      const struct notice_place *place,
                      struct pdf_notice *out) MUST_USE;

/* 受理通知书 for "acceptance"; none for a kind that does not exist. */
str notice_title(str kind, bool licence);

#endif
