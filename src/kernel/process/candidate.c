/*
 * Tasks offered to several: posts and people by name, as the drawing has them.
 *
 * The first post stands in the task's own row, where it has always stood; the
 * others, and everybody named, have a row each beside it for as long as nobody
 * has taken the task.  One row a candidate for every task was considered and
 * dropped: nearly all tasks have one post, and each would be written twice.
 *
 * A file names people by login or by number of account.  They are looked up
 * once, when the task is made: one query, however many there are.
 */
#include "kernel/process/inside.h"

enum { OFFERS = 2 * FLOW_NAMES }; /* of one task: posts and people */

bool process_is_shared(const struct process_place *p)
{
    return p->posts.n || p->persons.n || p->login.n;
}

/* ---- looking names up ---- */

static void add_name(struct value *logins, struct value *accounts,
                     struct arena *a, str name)
{
    int64_t account = process_account(name);
    if (account)
        value_push(accounts, value_int(a, account));
    else if (name.n)
        value_push(logins, value_text(a, arena_str(a, name)));
}

static enum err people_of(struct tx *tx, const struct process_place *p,
                          inst at, struct process_people **out, size_t *n)
{
    struct arena *a = tx->arena;
    struct value *logins = value_new(a, VALUE_LIST);
    struct value *accounts = value_new(a, VALUE_LIST);
    str rest = p->persons, name;
    *n = 0;
    if (p->persons.n == 0 && p->login.n == 0)
        return OK;
    add_name(logins, accounts, a, p->login);
    for (int i = 0; i < FLOW_NAMES && (name = bpmn_name_next(&rest)).n; i++)
        add_name(logins, accounts, a, name);
    return process_people(tx, value_json(a, logins), value_json(a, accounts),
                          at, out, n);
}

static const struct process_people *find(const struct process_people *people,
                                         size_t n, str name)
{
    int64_t account = process_account(name);
    for (size_t i = 0; i < n; i++)
        if (account ? people[i].account == account
                    : str_eq(people[i].login, name))
            return &people[i];
    return NULL;
}

/* ---- the list ---- */

static void offer(struct process_offers *o, struct arena *a, str duty,
                  int64_t account, str word)
{
    for (int i = 0; i < o->count; i++)
        if (account == INT_NONE ? str_eq(o->list[i].duty, duty)
                                : o->list[i].account == account)
            return;
    if (o->count >= OFFERS)
        return;
    o->list[o->count++] = (struct process_candidates_of){
        .duty = arena_str(a, duty), .account = account };
    o->words = o->words.n ? arena_printf(a, "%.*s、%.*s", STR_ARG(o->words),
                                         STR_ARG(word))
                          : arena_str(a, word);
}

/* Among others the applicant is one by name. */
static void offer_post(struct process_offers *o, struct arena *a,
                       const struct process_view *v, str post)
{
    bool applicant = str_is(post, "申请人") && v->applicant;
    offer(o, a, applicant ? STR("") : post,
          applicant ? v->applicant : INT_NONE, post);
}

enum err process_offered(struct tx *tx, const struct process_view *v,
                         struct process_place *p, inst at,
                         struct process_offers *out)
{
    struct arena *a = tx->arena;
    struct process_people *people = NULL;
    const struct process_people *one;
    size_t n;
    str rest = p->posts, name;
    *out = (struct process_offers){ .words = STR("") };
    if (!process_is_shared(p) || p->assignee != INT_NONE)
        return OK;
    enum err e = people_of(tx, p, at, &people, &n);
    if (e != OK)
        return e;
    if (p->login.n && (one = find(people, n, p->login)) != NULL) {
        p->assignee = one->account;
        return OK;
    }
    if (p->posts.n == 0 && p->persons.n == 0)
        return OK;
    out->list = ARENA_NEW_N(a, struct process_candidates_of, OFFERS);
    out->words = arena_str(a, p->duty);
    if (str_is(p->duty, "申请人"))
        offer_post(out, a, v, p->duty);
    while ((name = bpmn_name_next(&rest)).n)
        if (!str_eq(name, p->duty))
            offer_post(out, a, v, name);
    for (rest = p->persons; (name = bpmn_name_next(&rest)).n;)
        if ((one = find(people, n, name)) != NULL)
            offer(out, a, STR(""), one->account, one->name);
    return OK;
}

enum err process_offer(struct tx *tx, int64_t id, int64_t task,
                       const struct process_offers *offers)
{
    enum err e = OK;
    for (int i = 0; i < offers->count && e == OK; i++)
        e = process_candidate_add(tx, store_id(tx->store), id, task,
                                  offers->list[i].duty,
                                  offers->list[i].account);
    return e;
}

enum err process_offer_anew(struct tx *tx, const struct process_view *v,
                            struct process_place *p, int64_t task)
{
    struct process_task_one row;
    struct process_offers offers;
    enum err e = process_task_one(tx, v->id, task, &row);
    if (e == OK)
        e = process_candidate_drop(tx, v->id, task, NULL);
    if (e == OK)
        e = process_offered(tx, v, p, row.made, &offers);
    return e == OK ? process_offer(tx, v->id, task, &offers) : e;
}
