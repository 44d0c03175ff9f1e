/*
 * Going back (退回, 撤回, 驳回).
 *
 * Every visit knows its parents, so what descends from a visit is known
 * exactly, loops and branches or not.  To redo a visit: cancel every token
 * that descends from it, forget those visits, give each join among them the
 * tokens back that came from elsewhere, and let one token enter the node
 * again.  Branches that do not descend from it never notice.
 *
 * To go straight: only the returner's own token moves; it visits the earlier
 * node as a guest and comes home to where it was.
 */
#include "kernel/flow/engine_impl.h"

static enum err refuse(struct flow_case *c, enum err e, str *problem,
                       const char *text)
{
    *problem = arena_str(c->out->arena, str_of(text));
    return e;
}

/* Marks what descends from a visit; parents always have smaller ids. */
static bool *descendants(struct flow_case *c, uint32_t from)
{
    bool *mark = ARENA_NEW_N(&c->scratch, bool, c->visit_count);
    for (int i = 0; i < c->visit_count; i++) {
        const struct flow_visit *v = &c->visits[i];
        mark[i] = v->id == from;
        for (uint32_t k = 0; k < v->parent_count && !mark[i]; k++) {
            const struct flow_visit *p = flow_visit_of(c, v->parents[k].visit);
            mark[i] = p && mark[p - c->visits];
        }
    }
    return mark;
}

static bool marked(const struct flow_case *c, const bool *mark, uint32_t visit)
{
    const struct flow_visit *v = flow_visit_of(c, visit);
    return v && mark[v - c->visits];
}

/* What other branches had brought to a join that is now undone. */
static void give_back(struct flow_case *c, const bool *mark, int visits)
{
    for (int i = 0; i < visits; i++) {
        struct flow_visit v = c->visits[i];
        if (!mark[i] || v.parent_count < 2)
            continue;
        for (uint32_t k = 0; k < v.parent_count; k++) {
            struct flow_parent p = v.parents[k];
            if (marked(c, mark, p.visit))
                continue;
            struct flow_token *t = flow_token_add(c, v.node, v.scope);
            t->visit = p.visit;
            t->arrived = p.edge;
            flow_join_wait(c, t);
        }
    }
}

/* Enters the visit's node again, as if nothing had come after it. */
static void redo(struct flow_case *c, uint32_t visit)
{
    const bool *mark = descendants(c, visit);
    int visits = c->visit_count;
    struct flow_visit v = *flow_visit_of(c, visit);
    for (int i = 0; i < c->token_count; i++) {
        const struct flow_token *t = &c->tokens[i];
        if (t->phase != FLOW_DEAD && t->scope == v.scope &&
            marked(c, mark, t->visit))
            flow_cancel_token(c, t->id);
    }
    give_back(c, mark, visits);
    for (int i = 0; i < visits; i++)
        c->visits[i].dead |= mark[i];
    struct flow_token *t = flow_token_add(c, v.node, v.scope);
    t->visit = v.parent_count ? v.parents[0].visit : 0;
    t->arrived = v.parent_count ? v.parents[0].edge : -1;
    t->person = v.person;
    t->inner = flow_scope_of(c, v.scope)->kind == FLOW_INSTANCE;
    flow_enqueue(c, t->id);
}

/* ---- where one may go back to ---- */

static bool returnable(const struct flow_case *c, const struct flow_visit *v)
{
    const struct bpmn_node *n = flow_node_of(c, v->node);
    return !v->guest && !v->dead && !n->event_sub &&
           (n->kind == BPMN_USER || n->kind == BPMN_SUB ||
            n->kind == BPMN_CALL || n->kind == BPMN_RECEIVE ||
            n->kind == BPMN_TASK || n->kind == BPMN_MANUAL);
}

/* Marks the ancestors of a visit; those of its own scope. */
static bool *ancestors(struct flow_case *c, uint32_t of)
{
    bool *mark = ARENA_NEW_N(&c->scratch, bool, c->visit_count);
    for (int i = c->visit_count - 1; i >= 0; i--) {
        const struct flow_visit *v = &c->visits[i];
        mark[i] |= v->id == of;
        for (uint32_t k = 0; mark[i] && k < v->parent_count; k++) {
            const struct flow_visit *p = flow_visit_of(c, v->parents[k].visit);
            if (p)
                mark[p - c->visits] = true;
        }
    }
    return mark;
}

struct place {
    uint32_t token, visit;
};

/* Where the token stands now, and where it will go home to. */
static bool is_own(const struct flow_case *c, const struct flow_token *t,
                   uint32_t visit)
{
    if (t->visit == visit)
        return true;
    for (uint32_t h = t->home; h; h = flow_home_of(c, h)->outer)
        if (flow_home_of(c, h)->visit == visit)
            return true;
    return false;
}

/* Walks out of the token's scopes; sees every earlier visit, newest first. */
static int targets(struct flow_case *c, uint32_t token, int node,
                   struct place *out, int cap)
{
    int n = 0, inside = 0;
    while (token && n < cap) {
        const struct flow_token *t = flow_token_of(c, token);
        const bool *mark = ancestors(c, t->visit);
        for (int i = c->visit_count - 1; i >= 0 && n < cap; i--) {
            const struct flow_visit *v = &c->visits[i];
            if (is_own(c, t, v->id) && (inside == 0 || t->home))
                continue;
            if (mark[i] && v->scope == t->scope && returnable(c, v) &&
                (node < 0 || v->node == node))
                out[n++] = (struct place){ token, v->id };
        }
        token = flow_scope_of(c, t->scope)->owner;
        inside++;
    }
    return n;
}

int flow_return_targets(const struct flow_case *c, int64_t task, int *nodes,
                        int cap)
{
    struct place found[256];
    const struct flow_task *t = flow_task_of(c, task);
    if (t == NULL)
        return 0;
    int n = targets((struct flow_case *)c, t->token, -1, found, 256), kept = 0;
    for (int i = 0; i < n && kept < cap; i++) {
        int node = flow_visit_of(c, found[i].visit)->node;
        bool known = false;
        for (int k = 0; k < kept; k++)
            known |= nodes[k] == node;
        if (!known)
            nodes[kept++] = node;
    }
    return kept;
}

/* ---- straight ---- */

static void go_straight(struct flow_case *c, uint32_t id, uint32_t visit,
                        str person)
{
    struct flow_token *t = flow_token_of(c, id);
    int node = flow_visit_of(c, visit)->node;
    if (c->home_count == c->home_cap) {
        int wider = c->home_cap ? c->home_cap * 2 : 4;
        struct flow_home *p = ARENA_NEW_N(c->arena, struct flow_home, wider);
        for (int i = 0; i < c->home_count; i++)
            p[i] = c->homes[i];
        c->homes = p;
        c->home_cap = wider;
    }
    struct flow_home *h = &c->homes[c->home_count++];
    *h = (struct flow_home){ .id = c->next++, .visit = t->visit,
                             .outer = t->home, .node = t->node,
                             .arrived = t->arrived, .inner = t->inner,
                             .person = person };
    flow_drop_subs(c, id, 0);
    flow_tasks_drop(c, id);
    flow_tell_token(c, FLOW_CANCELLED, t);
    t = flow_token_of(c, id);
    t->home = h->id;
    t->inner = false;
    t->node = node;
    t->arrived = -1;
    t->person = flow_visit_of(c, visit)->person;
    flow_enqueue(c, id);
}

void flow_go_home(struct flow_case *c, uint32_t id)
{
    struct flow_token *t = flow_token_of(c, id);
    struct flow_home *h = flow_home_of(c, t->home);
    struct flow_visit *guest = flow_visit_of(c, t->visit);
    if (guest)
        guest->dead = true;
    t->node = h->node;
    t->arrived = h->arrived;
    t->visit = h->visit;
    t->inner = h->inner;
    t->home = h->outer;
    t->person = h->person;
    t->resumed = true;
    h->dead = true;
    flow_enqueue(c, id);
}

/* ---- the commands ---- */

static bool allowed(const struct bpmn_node *n, bool straight)
{
    switch (n->return_policy) {
    case BPMN_RETURN_NONE: return false;
    case BPMN_RETURN_REDO: return !straight;
    case BPMN_RETURN_STRAIGHT: return straight;
    default: return true;
    }
}

static void tell_back(struct flow_case *c, enum flow_happened type, int node,
                      const struct flow_command *cmd)
{
    struct flow_event *e = flow_tell(c, type, node);
    e->task = cmd->task;
    e->person = arena_str(c->out->arena, cmd->person);
    e->text = arena_str(c->out->arena, cmd->reason);
}

/* The open task a verb of going back speaks of; NULL with the reason. */
static const struct flow_task *speaking(struct flow_case *c,
                                        const struct flow_command *cmd,
                                        enum err *e, str *problem)
{
    const struct flow_task *t = flow_task_of(c, cmd->task);
    *e = OK;
    if (t == NULL || t->work)
        *e = refuse(c, ERR_NOTFOUND, problem,
                    "这项任务已经办结或被收回，请刷新待办。");
    else if (t->state != FLOW_TASK_OPEN)
        *e = refuse(c, ERR_CONFLICT, problem, "这项任务现在不能办理。");
    return *e == OK ? t : NULL;
}

enum err flow_go_back(struct flow_case *c, const struct flow_command *cmd,
                      str *problem)
{
    enum err e;
    const struct flow_task *t = speaking(c, cmd, &e, problem);
    if (t == NULL)
        return e;
    int node = bpmn_node_of(c->g, cmd->element);
    if (!allowed(flow_node_of(c, t->node), cmd->straight))
        return refuse(c, ERR_RANGE, problem, "这一步不允许这样退回。");
    struct place to;
    if (node < 0 || targets(c, t->token, node, &to, 1) == 0 ||
        (cmd->straight && flow_token_of(c, to.token)->visit == to.visit))
        return refuse(c, ERR_RANGE, problem,
                      "只能退回到本件已经办过的上游环节。");
    tell_back(c, FLOW_RETURNED, node, cmd);
    str person = t->person;
    if (cmd->straight)
        go_straight(c, t->token, to.visit, person);
    else
        redo(c, to.visit);
    return OK;
}

enum err flow_reject(struct flow_case *c, const struct flow_command *cmd,
                     str *problem)
{
    enum err e;
    const struct flow_task *t = speaking(c, cmd, &e, problem);
    if (t == NULL)
        return e;
    uint32_t root = flow_root_of(c, flow_token_of(c, t->token)->scope);
    const struct flow_scope *s = flow_scope_of(c, root);
    tell_back(c, FLOW_REJECTED, t->node, cmd);
    if (!str_is(c->g->processes[s->process].reject, "start")) {
        flow_end_root(c, root, FLOW_REFUSED);
        return OK;
    }
    struct place all[1024];
    int n = targets(c, t->token, -1, all, 1024), first = -1;
    for (int i = 0; i < n; i++)
        if (flow_visit_of(c, all[i].visit)->scope == root &&
            flow_node_of(c, flow_visit_of(c, all[i].visit)->node)->kind ==
                BPMN_USER)
            first = i;
    /* Nothing came before: the first step itself rejects, and it is over. */
    if (first < 0)
        flow_end_root(c, root, FLOW_REFUSED);
    else
        redo(c, all[first].visit);
    return OK;
}

/* ---- 撤回 ---- */

bool flow_has_effect(const struct flow_case *c, const struct flow_visit *v)
{
    const struct bpmn_node *n = flow_node_of(c, v->node);
    return v->task || v->touched || n->kind == BPMN_SERVICE ||
           n->kind == BPMN_SEND || bpmn_calls_out(n) ||
           (n->event_count && (n->kind == BPMN_THROW || n->kind == BPMN_END));
}

void flow_note_effects(struct flow_case *c, uint32_t scope)
{
    const struct flow_token *t =
        flow_token_of(c, flow_scope_of(c, scope)->owner);
    struct flow_visit *owner = t ? flow_visit_of(c, t->visit) : NULL;
    /* What happened inside is younger than the scope itself. */
    for (int i = c->visit_count - 1;
         owner && i >= 0 && c->visits[i].id > scope; i--) {
        const struct flow_visit *v = &c->visits[i];
        if (v->scope == scope && flow_has_effect(c, v))
            owner->touched = true;
    }
}

/* What lies in this scope has not been looked at and did nothing outside. */
static bool untouched(const struct flow_case *c, uint32_t scope,
                      const bool *mark, uint32_t except)
{
    for (int i = 0; i < c->visit_count; i++) {
        const struct flow_visit *v = &c->visits[i];
        if (!v->dead && v->id != except &&
            (mark ? mark[i] : v->scope == scope) && flow_has_effect(c, v))
            return false;
    }
    for (int i = 0; i < c->token_count; i++) {
        const struct flow_token *t = &c->tokens[i];
        if (t->phase == FLOW_DEAD || (mark ? !marked(c, mark, t->visit)
                                           : t->scope != scope))
            continue;
        if (t->home)
            return false;
        for (int k = 0; k < c->task_count; k++)
            if (c->tasks[k].token == t->id && !c->tasks[k].dead &&
                (c->tasks[k].opened ||
                 c->tasks[k].state == FLOW_TASK_COMPLETED))
                return false;
        for (int k = 0; k < c->scope_count; k++)
            if (!c->scopes[k].dead &&
                (c->scopes[k].owner == t->id ||
                 (c->scopes[k].parent && t->child == c->scopes[k].parent)) &&
                !untouched(c, c->scopes[k].id, NULL, 0))
                return false;
    }
    return true;
}

/* o comes right after t: asked for after him, or held until he had signed. */
static bool succeeds(const struct flow_task *o, const struct flow_task *t)
{
    return !o->dead && o->token == t->token &&
           ((o->mode == FLOW_AFTER && o->anchor == t->id) ||
            (t->mode == FLOW_BEFORE && o->id == t->anchor));
}

/* A signer of a node still open takes his word back. */
static enum err reopen(struct flow_case *c, struct flow_task *t, str *problem)
{
    for (int i = 0; i < c->task_count; i++)
        if (succeeds(&c->tasks[i], t) &&
            (c->tasks[i].opened || c->tasks[i].state == FLOW_TASK_COMPLETED))
            return refuse(c, ERR_CONFLICT, problem,
                          "下一位已经打开，不能撤回，请联系对方退回。");
    t->state = FLOW_TASK_OPEN;
    t->disagreed = false;
    flow_signers_refresh(c, t->token);
    return OK;
}

enum err flow_withdraw(struct flow_case *c, const struct flow_command *cmd,
                       str *problem)
{
    struct flow_task *open = flow_task_of(c, cmd->task);
    if (open && open->state == FLOW_TASK_COMPLETED) {
        int at = open->node;
        enum err e = reopen(c, open, problem);
        if (e == OK)
            tell_back(c, FLOW_WITHDRAWN, at, cmd);
        return e;
    }
    const struct flow_visit *v = NULL;
    for (int i = 0; i < c->visit_count && cmd->task; i++)
        if (c->visits[i].task == cmd->task && !c->visits[i].dead)
            v = &c->visits[i];
    if (v == NULL || v->guest)
        return refuse(c, ERR_NOTFOUND, problem,
                      "这一步已不能撤回，请联系现在的承办人退回。");
    const struct flow_scope *s = flow_scope_of(c, v->scope);
    uint32_t id = v->id, scope = v->scope;
    int node = v->node;
    if (s->kind == FLOW_INSTANCE && s->done) {
        const struct flow_scope *m = flow_scope_of(c, s->parent);
        bool sequential = flow_node_of(c, m->node)->loop->sequential;
        if (sequential && s->index + 1 != m->started)
            return refuse(c, ERR_CONFLICT, problem,
                          "下一位会签人已经接到，请联系对方退回。");
        str person = v->person;
        c->visits[v - c->visits].dead = true;
        tell_back(c, FLOW_WITHDRAWN, node, cmd);
        (void)flow_multi_reopen(c, scope);
        c->tokens[c->token_count - 1].person = person;
        return OK;
    }
    const bool *mark = descendants(c, id);
    if (!untouched(c, scope, mark, id))
        return refuse(c, ERR_CONFLICT, problem,
                      "后面的环节已经打开或办理，不能撤回，"
                      "请联系现在的承办人退回。");
    tell_back(c, FLOW_WITHDRAWN, node, cmd);
    redo(c, id);
    return OK;
}
