/*
 * Random processes, random commands, two machines: the engine and the
 * reference of model.h must agree on every open task after every command, the
 * state must survive being written and read, a refused command must leave it
 * as it was, and a second case given the same commands -- never written, never
 * read -- must be the same to the byte after each of them.
 *
 * ZT_SEQUENCES sets how many sequences run (20,000 by default, a million at
 * night), ZT_SEED the first; a failure prints the seed that shows it again.
 */
#include "kernel/flow/engine.h"
#include "kernel/flow/tests/generate.h"
#include "kernel/test/test.h"

#include <stdarg.h>

enum { OPEN_MOST = 400, COMMANDS = 40 };

struct open {               /* one open task, seen from either side */
    char key[96];
    bool held;
    int64_t task;           /* the engine's */
    struct live *inst;      /* the model's */
    int signer;
};

struct run {
    struct arena arena;
    struct bpmn *g;
    struct flow_case *c;
    struct flow_case *twin; /* replays every command, is never saved */
    struct model m;
    struct block *by_id[BLOCKS + 64];
    struct value *input;
    int logged;
    int entered;            /* the first node the last command entered, or -1 */
    bool over, suspended, rejects_to_start;
    int64_t done[COMMANDS * 2];
    struct live *done_inst[COMMANDS * 2];
    int done_count;
    uint64_t seed;
    const char *last;
};

static bool failed(struct run *r, const char *why)
{
    fprintf(stderr, "seed %llu, command %d (%s): %s\n",
            (unsigned long long)r->seed, r->logged, r->last, why);
    test_bad++;
    return false;
}

/* ---- the engine's open tasks ---- */

static void add_key(char *key, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static void add_key(char *key, const char *format, ...)
{
    size_t n = strlen(key);
    va_list args;
    va_start(args, format);
    vsnprintf(key + n, 96 - n, format, args);
    va_end(args);
}

static const struct flow_token *token_at(const struct flow_case *c, uint32_t id)
{
    for (int i = 0; i < c->token_count; i++)
        if (c->tokens[i].id == id)
            return &c->tokens[i];
    return NULL;
}

static const struct flow_scope *scope_at(const struct flow_case *c, uint32_t id)
{
    for (int i = 0; i < c->scope_count; i++)
        if (c->scopes[i].id == id)
            return &c->scopes[i];
    return NULL;
}

static void engine_key(const struct flow_case *c, const struct flow_token *t,
                       char *key)
{
    str id = c->g->nodes[t->node].id;
    add_key(key, "%.*s", STR_ARG(id));
    while (t) {
        for (uint32_t h = t->home; h;) {
            const struct flow_home *home = NULL;
            for (int i = 0; i < c->home_count; i++)
                if (c->homes[i].id == h)
                    home = &c->homes[i];
            add_key(key, "@%.*s", STR_ARG(c->g->nodes[home->node].id));
            h = home->outer;
        }
        const struct flow_scope *s = scope_at(c, t->scope);
        if (s->kind == FLOW_INSTANCE)
            add_key(key, "/%u", s->index);
        t = s->owner ? token_at(c, s->owner) : NULL;
    }
}

static int engine_open(const struct flow_case *c, struct open *list)
{
    int n = 0;
    for (int i = 0; i < c->task_count && n < OPEN_MOST; i++) {
        const struct flow_task *t = &c->tasks[i];
        int rank = 0;
        for (int k = 0; k < i; k++)
            rank += c->tasks[k].token == t->token;
        if (t->state == FLOW_TASK_COMPLETED)
            continue;
        struct open *o = &list[n++];
        *o = (struct open){ .held = t->state == FLOW_TASK_HELD,
                            .task = t->id };
        engine_key(c, token_at(c, t->token), o->key);
        add_key(o->key, "#%d", rank);
    }
    for (int i = 0; i < c->token_count && n < OPEN_MOST; i++) {
        const struct flow_token *t = &c->tokens[i];
        if (t->phase != FLOW_AT_EVENT)
            continue;
        struct open *o = &list[n++];
        *o = (struct open){ .task = 0 };
        engine_key(c, t, o->key);
    }
    return n;
}

/* ---- the model's ---- */

static void node_name(const struct live *i, char *key)
{
    bool inner = i->up && i->up->b->kind == B_MULTI && !i->is_guest;
    char kind = i->b->kind == B_EVENTS ? 'g' : 't';
    add_key(key, "%c%d", kind, inner ? i->up->b->id : i->b->id);
}

static void model_key(const struct live *i, char *key)
{
    node_name(i, key);
    for (; i->up; i = i->up) {
        if (i->is_guest) {
            add_key(key, "@");
            node_name(i->up, key);
        } else if (i->up->b->kind == B_MULTI) {
            add_key(key, "/%d", i->index);
        }
    }
}

static int model_open(struct live *i, struct open *list, int n)
{
    if (i->state != I_ACTIVE || n >= OPEN_MOST - 20)
        return n;
    if (i->guest)
        return model_open(i->guest, list, n);
    for (int k = 0; i->b->kind == B_TASK && k < i->signers; k++) {
        if (i->signer[k].done)
            continue;
        struct open *o = &list[n++];
        *o = (struct open){ .held = signer_held(i, &i->signer[k]), .inst = i,
                            .signer = k };
        model_key(i, o->key);
        add_key(o->key, "#%d", k);
    }
    if (i->b->kind == B_EVENTS && i->kids == 0) {
        struct open *o = &list[n++];
        *o = (struct open){ .inst = i };
        model_key(i, o->key);
    }
    for (int k = 0; k < i->kids; k++)
        n = model_open(i->kid[k], list, n);
    return n;
}

static int by_key(const void *a, const void *b)
{
    return strcmp(((const struct open *)a)->key, ((const struct open *)b)->key);
}

static struct open seen[OPEN_MOST], wanted[OPEN_MOST];

/* Compares, and pairs the two sides; the number open, or -1. */
static int agree(struct run *r)
{
    int n = engine_open(r->c, seen);
    int w = r->over ? 0 : model_open(r->m.top, wanted, 0);
    qsort(seen, (size_t)n, sizeof *seen, by_key);
    qsort(wanted, (size_t)w, sizeof *wanted, by_key);
    bool same = n == w;
    for (int i = 0; i < w && getenv("ZT_SHOW"); i++)
        fprintf(stderr, "   %s%s\n", wanted[i].key,
                wanted[i].held ? " held" : "");
    for (int i = 0; i < n && same; i++) {
        same = strcmp(seen[i].key, wanted[i].key) == 0 &&
               seen[i].held == wanted[i].held;
        seen[i].inst = wanted[i].inst;
        seen[i].signer = wanted[i].signer;
    }
    if (!same) {
        for (int i = 0; i < n; i++)
            fprintf(stderr, "  engine %s%s\n", seen[i].key,
                    seen[i].held ? " held" : "");
        for (int i = 0; i < w; i++)
            fprintf(stderr, "  model  %s%s\n", wanted[i].key,
                    wanted[i].held ? " held" : "");
        failed(r, "the open tasks differ");
        return -1;
    }
    bool ended = flow_standing(r->c) == FLOW_IS_COMPLETED;
    if (r->c->trouble_count || ended != (r->over ||
                                         r->m.top->state == I_DONE)) {
        failed(r, "one is over, the other is not");
        return -1;
    }
    return n;
}

/* ---- one command on both ---- */

static bool round_trip(struct run *r)
{
    struct buf one = { 0 }, two = { 0 };
    struct flow_case *again = NULL;
    flow_save(r->c, &one);
    bool ok = flow_load(&r->arena, r->g, buf_str(&one), &again) == OK;
    if (ok) {
        flow_save(again, &two);
        ok = str_eq(buf_str(&one), buf_str(&two));
        flow_close(r->c);
        r->c = again;
    }
    buf_free(&one);
    buf_free(&two);
    return ok || failed(r, "the state does not survive its blob");
}

/* The state and its twin's, and what a refusal may not have changed. */
static void compare(struct run *r, enum err e, str before)
{
    struct buf one = { 0 }, two = { 0 };
    flow_save(r->c, &one);
    flow_save(r->twin, &two);
    if (!str_eq(buf_str(&one), buf_str(&two)))
        failed(r, "replaying the commands gives another state");
    if (e != OK && !str_eq(buf_str(&one), before))
        failed(r, "a refused command changed the state");
    buf_free(&one);
    buf_free(&two);
}

static enum err give(struct run *r, struct flow_command cmd)
{
    struct flow_events events = { .arena = &r->arena }, again = events;
    str problem = str_none;
    struct buf before = { 0 };
    flow_save(r->c, &before);
    cmd.now = (inst){ 1000 * (r->logged + 1) };
    enum err e = flow_do(r->c, &cmd, &events, &problem);
    if (e != OK && problem.n == 0)
        failed(r, "refused without a sentence");
    r->logged++;
    r->entered = -1;
    for (int i = 0; i < events.count && r->entered < 0; i++)
        if (events.list[i].type == FLOW_ENTERED)
            r->entered = events.list[i].node;
    if (flow_do(r->twin, &cmd, &again, &problem) != e)
        failed(r, "the same command has another result");
    compare(r, e, buf_str(&before));
    buf_free(&before);
    if (getenv("ZT_SHOW"))
        fprintf(stderr, "%s %lld %.*s: %d\n", r->last, (long long)cmd.task,
                STR_ARG(cmd.element), e);
    return e;
}

/* Completing sets the loop variables around the task, at random. */
static struct value *loop_data(struct run *r, struct live *i)
{
    struct value *data = value_new(&r->arena, VALUE_OBJECT);
    for (struct live *at = i; at; at = at->up) {
        if (at->b->kind == B_LOOP) {
            bool again = dice(5) == 0;
            vars_of(i)[at->b->id] = again;
            value_add(data, arena_printf(&r->arena, "l%d", at->b->id),
                      value_bool(&r->arena, again));
        }
        if (at->b->kind == B_CALL)
            break;
    }
    return data;
}

static void do_complete(struct run *r, struct open *o)
{
    bool against = dice(4) == 0;
    r->last = against ? "disagree" : "complete";
    enum err e = give(r, (struct flow_command){
                             .verb = FLOW_COMPLETE, .task = o->task,
                             .disagree = against,
                             .data = o->held ? NULL : loop_data(r, o->inst) });
    if ((e == OK) == o->held)
        failed(r, "completing a task");
    if (e != OK)
        return;
    r->done[r->done_count] = o->task;
    r->done_inst[r->done_count++] = o->inst;
    o->inst->signer[o->signer].done = true;
    o->inst->signer[o->signer].against = against;
    o->inst->signer[o->signer].opened = true;
    o->inst->signer[o->signer].task = o->task;
    signers_check(&r->m, o->inst, o->task);
}

static bool is_target(const struct block *b, const struct block *parent)
{
    bool inner = parent && parent->kind == B_MULTI;
    return !inner && (b->kind == B_TASK || b->kind == B_SUB ||
                      b->kind == B_CALL || b->kind == B_MULTI);
}

static void note_blocks(struct run *r, struct block *b,
                        const struct block *parent)
{
    if (is_target(b, parent))
        r->by_id[b->id] = b;
    for (int k = 0; k < b->kids; k++)
        note_blocks(r, b->kid[k], b);
}

static void do_return(struct run *r, struct open *o, bool straight)
{
    struct block *b = NULL;
    struct live *to = NULL;
    r->last = straight ? "straight" : "return";
    for (int tries = 0; tries < 6 && to == NULL; tries++) {
        b = r->by_id[dice(BLOCKS)];
        to = b ? find_target(o->inst, b) : NULL;
    }
    if (b == NULL)
        return;
    str element = arena_printf(&r->arena, "t%d", b->id);
    enum err e = give(r, (struct flow_command){
                             .verb = FLOW_RETURN, .task = o->task,
                             .element = element, .straight = straight });
    /* One cannot visit, as a guest, what one is inside of. */
    bool fine = to && !o->held && !(straight && to->state == I_ACTIVE);
    if ((e == OK) != fine) {
        fprintf(stderr, "from %s to t%d: the model says %d\n", o->key, b->id,
                fine);
        failed(r, "whether one may return there");
        return;
    }
    if (!fine)
        return;
    if (!straight) {
        redo_inst(&r->m, to);
        return;
    }
    /* The earlier node as a whole runs in my place; one instance of a
     * multi-instance is named by the whole. */
    struct live *guest = inst_new(&r->m, b, o->inst);
    guest->is_guest = true;
    o->inst->guest = guest;
    inst_begin(&r->m, guest);
}

static bool alive(const struct live *i)
{
    for (; i->up; i = i->up) {
        bool found = i->up->guest == i;
        for (int k = 0; k < i->up->kids; k++)
            found |= i->up->kid[k] == i;
        if (!found || i->state == I_TODO)
            return false;
    }
    return true;
}

/* What the engine must answer when this finished task is taken back. */
static bool may_withdraw(struct run *r, struct live *i, int64_t task)
{
    if (r->over || !alive(i))
        return false;
    if (i->state == I_ACTIVE && !i->guest) {
        for (int k = 0; k < i->signers; k++)
            if (i->signer[k].task == task && i->signer[k].done) {
                const struct signer *s = &i->signer[k];
                for (int n = 0; n < i->signers; n++) {
                    const struct signer *o = &i->signer[n];
                    if (((o->mode == 2 && o->anchor == s->id) ||
                         (s->mode == 1 && o->id == s->anchor)) &&
                        (o->opened || o->done))
                        return false;
                }
                return true;
            }
        return false;
    }
    return i->state == I_DONE && i->done_task == task && can_withdraw(i);
}

static void model_withdraw(struct run *r, struct live *i, int64_t task)
{
    if (i->state == I_ACTIVE) {
        for (int k = 0; k < i->signers; k++)
            if (i->signer[k].task == task)
                i->signer[k].done = i->signer[k].against = false;
        return;
    }
    if (i->up && i->up->b->kind == B_MULTI && !i->is_guest) {
        struct live fresh = { .b = i->b, .up = i->up, .index = i->index };
        i->up->finished--;
        *i = fresh;
        inst_begin(&r->m, i);
        return;
    }
    redo_inst(&r->m, i);
}

static void do_withdraw(struct run *r)
{
    if (r->done_count == 0)
        return;
    int which =
        dice(3) ? r->done_count - 1 : (int)dice((uint32_t)r->done_count);
    struct live *i = r->done_inst[which];
    int64_t task = r->done[which];
    r->last = "withdraw";
    bool fine = may_withdraw(r, i, task);
    /* A sequential multi-instance has moved on the moment one is done. */
    if (fine && i->state == I_DONE && i->up->b->kind == B_MULTI &&
        i->up->b->sequential)
        fine = false;
    enum err e = give(r, (struct flow_command){ .verb = FLOW_WITHDRAW,
                                                .task = task });
    if ((e == OK) != fine) {
        fprintf(stderr, "t%d: the model says %d\n", i->b->id, fine);
        failed(r, "whether one may withdraw");
    }
    else if (fine)
        model_withdraw(r, i, task);
}

static void do_add(struct run *r, struct open *o)
{
    int where = (int)dice(3);
    struct live *i = o->inst, *multi = i->up;
    bool inner = multi && multi->b->kind == B_MULTI && !i->is_guest;
    if (i->signers > 10 || (inner && multi->total > 8))
        return;
    r->last = "add";
    char rule = 0;
    int threshold = 0, weight = (int)dice(4);
    if (dice(3) == 0)
        random_rule(&rule, &threshold);
    enum err e = give(r, (struct flow_command){
                             .verb = FLOW_ADD, .task = o->task,
                             .person = STR("王"), .weight = weight,
                             .rule = rule ? rule_text(&r->arena, rule,
                                                      threshold)
                                          : STR(""),
                             .where = (enum flow_where)where });
    if (e != OK) {
        failed(r, "adding a signer");
        return;
    }
    if (inner && where == FLOW_BESIDE) {
        multi->total++;
        if (!multi->b->sequential)
            multi_start(&r->m, multi);
        return;
    }
    int anchor = where == FLOW_BESIDE ? 0 : i->signer[o->signer].id;
    i->signer[i->signers++] = (struct signer){ .id = ++i->next_signer,
                                               .anchor = anchor,
                                               .weight = weight ? weight : 1,
                                               .mode = where };
    if (rule) {
        i->rule = rule;
        i->threshold = threshold;
    }
    signers_check(&r->m, i, 0);
}

static void do_remove(struct run *r, struct open *o)
{
    struct live *i = o->inst, *multi = i->up;
    bool inner = multi && multi->b->kind == B_MULTI && !i->is_guest;
    int beside = 0, id = i->signer[o->signer].id;
    for (int k = 0; k < i->signers; k++)
        beside += i->signer[k].mode == FLOW_BESIDE;
    bool last = i->signer[o->signer].mode == FLOW_BESIDE && beside < 2;
    bool drop = last && inner && multi->total - multi->removed >= 2;
    r->last = "remove";
    enum err e = give(r, (struct flow_command){ .verb = FLOW_REMOVE,
                                                .task = o->task });
    if ((e == OK) != (!last || drop))
        failed(r, "removing a signer");
    else if (drop)
        multi_drop(&r->m, i);
    else if (!last) {
        signer_remove(i, id);
        signers_check(&r->m, i, 0);
    }
}

static void do_message(struct run *r, struct open *o)
{
    const struct block *b = o->inst->b;
    int k = (int)dice((uint32_t)b->kids);
    struct live *oldest = o->inst;
    int n = model_open(r->m.top, wanted, 0);
    for (int i = 0; i < n; i++)
        if (wanted[i].inst->b == b && wanted[i].inst->born < oldest->born)
            oldest = wanted[i].inst;
    r->last = "message";
    enum err e = give(r, (struct flow_command){
                             .verb = FLOW_MESSAGE,
                             .name = arena_printf(&r->arena, "m%d_%d", b->id,
                                                  k) });
    if (e != OK)
        failed(r, "a message somebody waits for");
    else
        begin_kid(&r->m, oldest, b->kid[k]);
}

static void do_small(struct run *r, struct open *o)
{
    static const enum flow_verb verbs[] = { FLOW_OPEN, FLOW_TRANSFER,
                                            FLOW_DELEGATE, FLOW_CLAIM };
    enum flow_verb verb = verbs[dice(4)];
    str owner = flow_task(r->c, o->task)->person;
    bool taken = verb == FLOW_CLAIM && owner.n && !str_is(owner, "李");
    r->last = "small";
    enum err e = give(r, (struct flow_command){ .verb = verb, .task = o->task,
                                                .person = STR("李") });
    if ((e == OK) == taken)
        failed(r, "a verb that moves nothing");
    else if (!taken)
        o->inst->signer[o->signer].opened =
            verb == FLOW_OPEN || verb == FLOW_CLAIM;
}

static void do_suspend(struct run *r)
{
    r->last = "suspend";
    if (give(r, (struct flow_command){ .verb = r->suspended
                                                   ? FLOW_RESUME
                                                   : FLOW_SUSPEND }) != OK)
        failed(r, "suspending");
    r->suspended = !r->suspended;
}

static void do_cancel(struct run *r)
{
    r->last = "cancel";
    if (give(r, (struct flow_command){ .verb = FLOW_CANCEL }) != OK)
        failed(r, "ending a case");
    r->over = true;
}

/* Back to the first step where the template says so: the model knows which
 * steps came before, the engine says which of them was the first. */
static void do_reject(struct run *r, struct open *o)
{
    struct steps before = { 0 };
    struct live *to = NULL;
    r->last = "reject";
    if (r->rejects_to_start)
        steps_before(o->inst, &before);
    enum err e = give(r, (struct flow_command){ .verb = FLOW_REJECT,
                                                .task = o->task });
    if ((e == OK) == o->held) {
        failed(r, "rejecting");
        return;
    }
    if (o->held)
        return;
    if (before.n == 0) {
        r->over = true;
        return;
    }
    str id = r->entered < 0 ? STR("") : r->g->nodes[r->entered].id;
    for (int i = 0; i < before.n && to == NULL; i++) {
        char name[32];
        snprintf(name, sizeof name, "t%d", before.step[i]->b->id);
        if (str_is(id, name) && nothing_precedes(&before, before.step[i]))
            to = before.step[i];
    }
    if (to == NULL)
        failed(r, "which step is the first");
    else
        redo_inst(&r->m, to);
}

static void act(struct run *r, struct open *o)
{
    uint32_t roll = dice(100);
    if (r->suspended || roll < 2)
        do_suspend(r);
    else if (o->task == 0)
        do_message(r, o);
    else if (roll < 18)
        do_return(r, o, false);
    else if (roll < 28)
        do_return(r, o, true);
    else if (roll < 38)
        do_withdraw(r);
    else if (roll < 46)
        do_add(r, o);
    else if (roll < 51)
        do_remove(r, o);
    else if (roll < 58)
        do_small(r, o);
    else if (roll < 60)
        do_reject(r, o);
    else if (roll < 61)
        do_cancel(r);
    else
        do_complete(r, o);
}

static void begin(struct run *r)
{
    int next = 1;
    struct buf xml = { 0 };
    str problem = str_none;
    r->m.arena = &r->arena;
    r->m.root = random_seq(&r->arena, 3, &next);
    note_blocks(r, r->m.root, NULL);
    r->rejects_to_start = dice(2);
    write_process(r->m.root, r->rejects_to_start ? "start" : "end", &xml);
    if (bpmn_read(&r->arena, buf_str(&xml), &r->g, &problem) != OK)
        fprintf(stderr, "%.*s\n", STR_ARG(problem));
    if (getenv("ZT_SHOW"))
        fprintf(stderr, "%.*s\n", STR_ARG(buf_str(&xml)));
    buf_free(&xml);
    r->input = value_new(&r->arena, VALUE_OBJECT);
    write_input(&r->arena, r->m.root, r->input);
    r->c = flow_new(&r->arena, r->g);
    r->twin = flow_new(&r->arena, r->g);
    r->last = "start";
    if (give(r, (struct flow_command){ .verb = FLOW_START,
                                       .data = r->input }) != OK)
        failed(r, "starting");
    r->m.top = inst_new(&r->m, r->m.root, NULL);
    r->m.top->vars = ARENA_NEW_N(&r->arena, bool, BLOCKS);
    inst_begin(&r->m, r->m.top);
}

static uint64_t counted_commands;

static void sequence(uint64_t seed)
{
    struct run r = { .seed = seed };
    int before = test_bad;
    dice_state = seed * 7919 + 13;
    begin(&r);
    while (r.logged <= COMMANDS && test_bad == before) {
        int n = agree(&r);
        if (n <= 0 || !round_trip(&r))
            break;
        act(&r, &seen[dice((uint32_t)n)]);
    }
    counted_commands += (uint64_t)r.logged;
    flow_close(r.c);
    flow_close(r.twin);
    bpmn_free(r.g);
    arena_free(&r.arena);
}

static uint64_t from_environment(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);
    return text ? strtoull(text, NULL, 10) : otherwise;
}

static void every_verb_agrees_with_the_reference(void)
{
    uint64_t n = from_environment("ZT_SEQUENCES",
                                  getenv("NIGHTLY") ? 1000000 : 20000);
    uint64_t first = from_environment("ZT_SEED", 1);
    for (uint64_t i = 0; i < n && test_bad < 5; i++)
        sequence(first + i);
    printf("%llu sequences, %llu commands\n", (unsigned long long)n,
           (unsigned long long)counted_commands);
}

int main(void)
{
    RUN(every_verb_agrees_with_the_reference);
    return test_result();
}
