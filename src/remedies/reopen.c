/*
 * Doing a closed case again: by a decision of reconsideration, a judgment, or
 * an error the organisation or the supervisor found.  Written down here with
 * its paper; the case itself is services', which hears of it and answers.
 */
#include "remedies/pages.h"

#include "kernel/audit/audit.h"
#include "kernel/auth/auth.h"
#include "kernel/page/page.h"
#include "remedies/matter.h"

static enum err load(struct request *rq, struct tx *tx,
                     struct case_for_remedy *c, str *refused)
{
    struct case_again again;
    enum err e = case_for_remedy(tx, rq_path(rq, "number"), c);
    if (e == ERR_NOTFOUND)
        return rq_fail(rq, e, "没有这个办件编号，请核对。");
    if (e == OK && !auth_in_scope(tx->who, c->unit))
        return rq_fail(rq, ERR_DENIED, "您只能重新办理本单位的办件。");
    if (e == OK)
        e = case_again(tx, c->id, &again);
    if (e == OK)
        *refused = remedy_reopen_refused(c->kind, c->state, c->open != 0,
                                         again.runs > 0);
    return e;
}

static void show_fields(struct request *rq, struct view *v, bool shown)
{
    struct value *list = view_list(v, "fields");
    struct page_choice c[4];
    size_t n = 0;
    for (const struct remedy_ground *g = remedy_grounds; g->code; g++)
        c[n++] = (struct page_choice){ str_of(g->code), str_of(g->name),
                                       str_of(g->law) };
    if (!shown)
        return;
    rq_ask(rq, list, (struct page_field){
        .name = "ground", .type = "choice", .label = STR("依据"),
        .choices = c, .choice_count = n });
    rq_ask(rq, list, (struct page_field){
        .name = "document", .type = "text", .optional = true,
        .label = STR("决定书或者判决书的文号"),
        .hint = STR("行政复议决定和行政判决必须填写。") });
    rq_ask(rq, list, (struct page_field){
        .name = "days", .type = "int", .optional = true,
        .label = STR("责令重新作出决定的期限"),
        .hint = STR("没有责令期限的不填，按事项的承诺时限和法定时限计算。"),
        .suffix = STR("个工作日") });
    rq_ask(rq, list, (struct page_field){
        .name = "text", .type = "lines", .label = STR("说明"),
        .hint = STR("写明原决定错在哪里，四至一千字。") });
}

enum err reopen_show(struct request *rq, struct tx *tx)
{
    struct view *v = rq_view(rq);
    struct case_for_remedy c;
    str refused;
    enum err e = load(rq, tx, &c, &refused);
    if (e != OK)
        return e;
    rq_menu(rq, "desk.remedies");
    view_text(v, "number", rq_path(rq, "number"));
    view_text(v, "title", c.title);
    view_text(v, "refused", refused);
    show_fields(rq, v, refused.n == 0);
    return OK;
}

enum err reopen_post(struct request *rq, struct tx *tx)
{
    struct case_for_remedy c;
    str refused, number, ground = rq_text(rq, "ground");
    str document = str_trim(rq_text(rq, "document"));
    int64_t days = rq_int(rq, "days", 0);
    enum err e = load(rq, tx, &c, &refused);
    if (e != OK)
        return e;
    if (refused.n)
        return rq_fail_str(rq, ERR_CONFLICT, refused);
    if (!remedy_ground_ok(ground, document, days, &refused))
        return rq_fail_str(rq, ERR_RANGE, refused);
    const struct remedy_ground *g = remedy_grounds;
    while (!str_is(ground, g->code))
        g++;
    struct remedy_new n = {
        .kind = remedy_kind(STR("reopening")), .ref = rq_path(rq, "number"),
        .title = c.title, .unit = c.unit, .account = 0, .name = tx->who->name,
        .step = str_of(g->name), .text = rq_text(rq, "text"),
        .document = document, .days = days, .was = str_none,
        .becomes = str_none, .state = "granted",
    };
    e = remedy_write(tx, &n, &number);
    if (e == OK)
        e = remedy_ask_reopen(tx, number, n.ref, ground, document, days);
    if (e != OK)
        return e;
    view_text(rq_view(rq), "code", number);
    rq_flash(rq, "ok", STR("已记入，新的办件随即生成，并通知原承办人和"
                             "负责人。"));
    return rq_see_other(rq, "/remedies/%.*s", STR_ARG(number));
}
