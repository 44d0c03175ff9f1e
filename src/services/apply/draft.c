/* Loading, merging and saving drafts. */
#include "services/apply/draft.h"

#include "kernel/files/files.h"
#include "services/case.h"
#include "services/apply/partners.h"

enum { ANSWERS_MAX = 64 << 10 };

str offer_input(const struct value *inputs, struct arena *a, str name)
{
    const struct value *v = value_get(inputs, name);
    if (v == NULL || v->kind == VALUE_NULL)
        return STR("");
    if (v->kind == VALUE_TEXT)
        return v->text;
    if (v->kind == VALUE_LIST)
        return v->first && v->first->kind == VALUE_TEXT ? v->first->text
                                                        : STR("");
    struct buf out = { 0 };
    if (v->kind != VALUE_BOOL)
        value_write_page(v, &out);
    else if (v->i)
        buf_put(&out, STR("on"));
    str text = arena_str(a, buf_str(&out));
    buf_free(&out);
    return text;
}

enum err draft_complain(struct request *rq, enum err e,
                        const struct form_report *report)
{
    for (int i = 0; i < report->count; i++)
        e = rq_fail_field(rq, e, report->problem[i].field,
                          report->problem[i].sentence);
    return e;
}

str draft_saved_text(struct arena *a, inst saved)
{
    int minute = inst_minute(saved);
    return arena_printf(a, "%02d:%02d 已自动保存", minute / 60, minute % 60);
}

/* C20261120-0317 */
static enum err number_of(struct tx *tx, str *out)
{
    int64_t serial;
    int y, m, d;
    enum err e = series_next(tx, STR("draft"), tx_today(tx).n, &serial);
    if (e != OK)
        return e;
    day_split(tx_today(tx), &y, &m, &d);
    *out = arena_printf(tx->arena, "C%04d%02d%02d-%04lld", y, m, d,
                        (long long)serial);
    return OK;
}

static day expiry(const struct tx *tx)
{
    return (day){ tx_today(tx).n + SERVICES_DRAFT_DAYS };
}

enum err draft_new(struct tx *tx, const struct offer *o,
                   const struct value *answers, struct draft *out)
{
    *out = (struct draft){ .id = store_id(tx->store), .revision = 1,
                           .version = o->version,
                           .offer = o, .saved = tx->now };
    enum err e = number_of(tx, &out->number);
    if (e != OK)
        return e;
    return draft_add(tx, out->id, out->number, tx->who->account, o->code,
                     o->version, o->title, value_json(tx->arena, answers),
                     STR("situation"), tx->now, expiry(tx));
}

enum err draft_read(struct tx *tx, str number, int64_t account,
                    struct draft *out)
{
    struct draft_one row;
    str problem;
    enum err e = draft_one(tx, number, account, &row);
    if (e != OK)
        return e;
    out->number = row.number;
    out->title = row.title;
    out->offer = NULL;
    e = offer_find(tx, row.offer, &out->offer);
    if (e == ERR_NOTFOUND || (e == OK && out->offer->halted.n) ||
        (e == OK && !out->offer->online && !draft_for_others(tx->who)))
        return ERR_CONFLICT;
    if (e != OK)
        return e;
    out->version = row.version;
    out->id = row.id;
    out->revision = row.revision;
    out->saved = row.saved;
    return value_read_json(tx->arena, row.answers, &out->answers, &problem);
}

enum err draft_load(struct request *rq, struct tx *tx, struct draft *out)
{
    enum err e = draft_read(tx, rq_path(rq, "number"), tx->who->account, out);
    if (e == ERR_NOTFOUND)
        return rq_fail(
            rq, e,
            "没有这份草稿。可能已经提交，或者超过三十天没有修改已删除，"
            "请在“我的办件”里查看。");
    if (e == ERR_CONFLICT && out->offer && out->offer->halted.n)
        return rq_fail_str(
            rq, e,
            arena_printf(tx->arena, "“%.*s”暂停受理，%.*s。您填写的内容还保存"
                         "着，暂停期间不会删除，恢复受理后可以继续填，到时会写"
                         "信告诉您。",
                         STR_ARG(out->title), STR_ARG(out->offer->halted)));
    if (e == ERR_CONFLICT)
        return rq_fail_str(
            rq, e,
            arena_printf(tx->arena, "“%.*s”已经停止网上申请，这份草稿不能再提交"
                         "。您填写的内容还保存着，需要帮助请拨打 12345。",
                         STR_ARG(out->title)));
    return e;
}

enum err draft_write(struct tx *tx, const struct draft *d,
                     const struct value *answers, str step)
{
    str text = value_json(tx->arena, answers);
    if (text.n > ANSWERS_MAX)
        return ERR_RANGE;
    enum err e = draft_save(tx, d->id, d->revision, text, step, tx->now,
                            expiry(tx));
    return e == OK ? partners_stale(tx, d, answers) : e;
}

enum err draft_papers_drop(struct tx *tx, int64_t draft, str number)
{
    struct draft_paper_list *have;
    size_t n;
    enum err e = draft_paper_list(tx, draft, &have, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        e = files_forget(tx, have[i].sha256, "services", number);
    return e == OK ? draft_papers_clear(tx, draft, NULL) : e;
}

/* One file may be the paper of two codes: it is forgotten with the last. */
enum err draft_paper_drop(struct tx *tx, int64_t draft, str number, str code,
                          int64_t *removed)
{
    struct draft_paper_list *have;
    size_t n, uses = 0;
    str sha256 = str_none;
    enum err e = draft_paper_list(tx, draft, &have, &n);
    for (size_t i = 0; e == OK && i < n; i++)
        if (str_eq(have[i].code, code))
            sha256 = have[i].sha256;
    for (size_t i = 0; e == OK && i < n; i++)
        uses += str_eq(have[i].sha256, sha256);
    if (e == OK && uses == 1)
        e = files_forget(tx, sha256, "services", number);
    return e == OK ? draft_paper_remove(tx, draft, code, removed) : e;
}

str draft_next_group(const struct offer *o, const struct value *answers,
                     struct arena *a, int group)
{
    for (size_t g = (size_t)(group + 1); g < o->sheet.group_count; g++)
        if (form_asks(o->sheet.groups[g].when, a, answers))
            return o->sheet.groups[g].code;
    return STR("papers");
}
