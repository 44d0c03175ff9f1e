/*
 * Random lives of restaurants against a model of the statute, of the steps
 * inside a department (data/process/promised.bpmn) and of the whole the parts
 * belong to (data/process/joint.bpmn).  In half of them a part needs another:
 * the drains the food licence, the sign the drains; and two papers may come
 * after acceptance (gap_model.h).
 *
 * Each step lets some days pass, lets somebody try something, sometimes with
 * the wrong person or the wrong words, and knows beforehand whether the law
 * allows it.  After every step the rows, the clock room, the history and the
 * figures must be what the model says.  ZT_TEST_SEQUENCES lives, 300 unless
 * said otherwise, a tenth of them on PostgreSQL; ZT_TEST_SEED begins with
 * another.
 */
#include "demo/tests/asks.h"
#include "demo/tests/gap_model.h"
#include "demo/tests/inside_model.h"
#include "services/work/step.h"

enum { PARTS = 4, SIGN_PART = 3, SPANS = 24, STEPS = 20 };

struct model_part {
    str number;
    struct model_inside in;
    struct model_gaps g;
    const char *unit;
    enum case_state state;
    int promised, statutory, extra, supplements;
    bool deemed, late;
    day received, accepted;
    struct clock_span span[SPANS];
    size_t spans;
    int64_t events;
};

struct model {
    str number;
    struct model_part part[PARTS];
    day accepted, joint_due;
    struct clock_span span[SPANS];
    size_t spans;
    bool withdrawn, closed, late;
    bool chained;
    bool there[GAP_CODES]; /* handed in once, for all departments */
    int64_t events;
};

/* Which part a part of the chained theme needs; -1: none. */
static const int needed[PARTS] = { -1, -1, 0, 2 };

static struct dice dice;

/* Parts that ended because another was not granted; by a rule of silence;
 * papers that came late and were right. */
static int ended_early, lapsed, filled;

/* What the figures must have grown by, per unit and for the city. */
static struct figures grown[PARTS + 1];

static bool chance(int percent)
{
    return dice_below(&dice, 100) < percent;
}

static day today(void)
{
    return inst_day(town.t.now);
}

/* ---- the model's arithmetic ---- */

static day due_by(day start, int n, int extra, const struct clock_span *span,
                  size_t spans)
{
    struct clock_due due = { .due = day_none };
    struct clock_count k = { .start = start, .n = n, .extra = extra,
                             .spans = span, .span_count = spans };
    CHECK(clock_due(clock_calendar_builtin(), &k, &due) == OK);
    return due.due;
}

static day part_due(const struct model_part *p)
{
    return due_by(p->accepted, p->promised, p->extra, p->span, p->spans);
}

static bool over(const struct model_part *p)
{
    return !case_state_open(p->state);
}

static bool silent(const struct model_part *p)
{
    return p->state == CASE_RECEIVED &&
           services_accept_by(clock_calendar_builtin(), p->received).n <
               today().n;
}

static void model_pause(struct clock_span *span, size_t *n)
{
    span[(*n)++] = (struct clock_span){ today(), day_none, STR("听证") };
}

static bool model_paused(const struct clock_span *span, size_t n)
{
    return n > 0 && day_is_none(span[n - 1].to);
}

static void model_accept(struct model *m, struct model_part *p, day accepted,
                         bool deemed)
{
    p->state = CASE_ACCEPTED;
    p->accepted = accepted;
    p->deemed = deemed;
    if (m->chained)
        gaps_open(&p->g, (int)(p - m->part), m->there, today(), part_due(p));
    if (day_is_none(m->accepted))
        m->accepted = accepted;
}

static void model_end(struct model *m, struct model_part *p,
                      enum case_state state)
{
    p->g.n = 0;
    bool paused = model_paused(p->span, p->spans);
    p->late = !day_is_none(p->accepted) && !paused &&
              part_due(p).n < today().n;
    p->state = state;
    struct figures *g = &grown[p - m->part];
    g->closed++;
    g->late += p->late;
    g->refused += state == CASE_REFUSED;
}

/* What needs a part that was not granted ends with it. */
static void model_chain(struct model *m)
{
    int special = 0;
    for (int i = 0; i < PARTS; i++) {
        struct model_part *p = &m->part[i];
        const struct model_part *n =
            m->chained && needed[i] >= 0 ? &m->part[needed[i]] : NULL;
        if (n && !over(p) && over(n) && n->state != CASE_GRANTED) {
            model_end(m, p, CASE_ENDED);
            p->events++;
            ended_early++;
        }
        special += p->state == CASE_SPECIAL;
    }
    if (special == 0 && model_paused(m->span, m->spans))
        m->span[m->spans - 1].to = today();
}

/* The thread ends with its last part. */
static void model_thread(struct model *m)
{
    if (!m->withdrawn)
        model_chain(m);
    for (int i = 0; i < PARTS; i++)
        if (!over(&m->part[i]))
            return;
    m->late = !day_is_none(m->accepted) &&
              !model_paused(m->span, m->spans) &&
              due_by(m->accepted, 10, 0, m->span, m->spans).n < today().n;
    m->closed = true;
    m->events += !m->withdrawn;
    grown[PARTS].closed++;
    grown[PARTS].late += m->late;
}

/* ---- somebody tries something ---- */

enum actor { OFFICER, LEADER, OTHER_DESK, APPLICANT, NEIGHBOUR, LOOKER };

struct attempt {
    const struct model *m;
    struct model_part *part;
    enum verb verb;
    enum actor actor;
    int64_t account;
    struct act act;
    bool good; /* the words that go with it are right */
};

/* Of the model's own people of that organisation. */
static int64_t colleague_of(const struct model_part *p)
{
    const struct demo_unit *u = demo_unit_of(town.c, str_of(p->unit));
    int i = (int)dice_below(&dice, 3);
    return i == 2 ? u->leader : u->officer[i];
}

static struct who person(const struct attempt *t)
{
    switch (t->actor) {
    case OFFICER:
        return officer(t->part->unit, (int)dice_below(&dice, 2));
    case LEADER:
        return leader(t->part->unit);
    case OTHER_DESK:
        return leader("D002");
    case APPLICANT:
        return zhou();
    case NEIGHBOUR:
        return li();
    default:
        return somebody("D001", "supervisor");
    }
}

static void words_for(struct attempt *t)
{
    static const char *const listed[] = { "听证", "招标", "拍卖", "检验",
                                          "检测", "检疫", "鉴定", "专家评审" };
    struct act *a = &t->act;
    t->good = chance(85);
    a->reason = STR("依照第三条核实的结果");
    a->list = STR("补充标注安全出口宽度");
    a->supply_by = day_none;
    a->ground = str_of(t->good ? listed[dice_below(&dice, 8)] : "现场踏勘");
    a->days = 1 + dice_below(&dice, 10);
    if (t->verb == VERB_REFUSE)
        a->ground = t->good ? STR("依法不需要取得行政许可") : STR("材料不全");
    if (!t->good && t->verb == VERB_EXTEND)
        a->days = chance(50) ? 11 : 0;
    if (!t->good && (t->verb == VERB_DENY || t->verb == VERB_OPINION))
        a->reason = STR(" ");
    if (!t->good && t->verb == VERB_SUPPLEMENT)
        a->list = STR("缺");
    if (t->verb == VERB_TRANSFER) {
        struct case_load c = row_of(t->part->number);
        const struct demo_unit *u = demo_unit_of(town.c, str_of(t->part->unit));
        a->officer = !t->good ? town.c->zhou
                     : u->officer[0] == c.officer ? u->officer[1]
                                                  : u->officer[0];
    }
    a->pledge = t->good ? STR("已收申请人签名的书面承诺") : STR("口头答应");
    a->paper = str_of(gap_codes[dice_below(&dice, GAP_CODES)]);
    if (t->verb == VERB_HANDIN)
        a->list = t->good ? a->paper : STR("nothing");
    if (t->verb == VERB_VERIFY)
        a->disagree = chance(40);
    if (!t->good && (t->verb == VERB_VERIFY || t->verb == VERB_AGAIN))
        a->reason = STR("不");
    if (t->verb >= VERB_COSIGN)
        a->officer = t->good ? colleague_of(t->part) : town.c->zhou;
    static const char *const ways[] = { "", "before", "beside", "after" };
    a->where = str_of(t->verb == VERB_COSIGN && !t->good
                          ? "between" : ways[dice_below(&dice, 4)]);
    if (t->verb == VERB_SIGN && chance(30)) {
        a->disagree = true;
        a->reason = t->good ? a->reason : STR("");
    }
    if (t->verb == VERB_RETURN) {
        a->step = str_of(!t->good ? chance(50) ? "accept" : "nowhere"
                                  : step_ids[dice_below(&dice, 2)]);
        a->straight = chance(40);
    }
}

/* ---- inside the department ---- */

static enum err sign_verdict(const struct attempt *t, struct model_inside *in)
{
    const struct model_signer *s = open_signer(in, t->account);
    if (s == NULL)
        return ERR_DENIED;
    if (t->act.disagree && t->act.reason.n == 0)
        return ERR_RANGE;
    return s->way == 'a' && !in->main_done ? ERR_CONFLICT : OK;
}

static enum err return_verdict(const struct attempt *t,
                               const struct model_inside *in)
{
    int to = str_is(t->act.step, "review")  ? REVIEW
             : str_is(t->act.step, "check") ? CHECK_STEP : INSIDE;
    if (in->main_done || to >= in->step)
        return ERR_RANGE;
    return main_held(in) ? ERR_CONFLICT : OK;
}

static enum err inside_verdict(const struct attempt *t)
{
    struct model_inside *in = &t->part->in;
    bool colleague = t->good && t->act.officer != t->account;
    switch (t->verb) {
    case VERB_PROPOSE:
        return in->main_done || main_held(in) ? ERR_CONFLICT : OK;
    case VERB_RETURN:
        return return_verdict(t, in);
    case VERB_COSIGN:
        if (!t->good)
            return ERR_RANGE;
        if (in->main_done)
            return ERR_CONFLICT;
        return colleague && !open_signer(in, t->act.officer) ? OK : ERR_RANGE;
    case VERB_UNSIGN:
        return colleague && open_signer(in, t->act.officer) ? OK : ERR_RANGE;
    case VERB_SIGN:
        return sign_verdict(t, in);
    case VERB_DELEGATE:
        return in->main_done ? ERR_CONFLICT : colleague ? OK : ERR_RANGE;
    default:
        return recall_verdict(in, t->account);
    }
}

/* The step is left when everybody has signed. */
static void settle(struct model_part *p, int64_t last)
{
    struct model_inside *in = &p->in;
    if (in->main_done && open_signer(in, 0) == NULL) {
        if (in->home >= 0) {
            arrive(in, in->home, in->at_home);
            in->home = -1;
        } else {
            in->done_by[in->step] = last;
            arrive(in, in->step + 1, 0);
        }
    }
    p->state = in->step == DECIDE ? CASE_DECIDING : CASE_REVIEWING;
}

static void take_back(struct model_part *p, int64_t who)
{
    struct model_inside *in = &p->in;
    int own = taken_back(in, who);
    if (own == -1)
        in->main_done = false;
    else if (own >= 0)
        in->signer[own].done = false;
    else
        go_back(in, last_done(in, who), false);
    settle(p, 0);
}

static void inside_do(const struct attempt *t)
{
    struct model_part *p = t->part;
    struct model_inside *in = &p->in;
    switch (t->verb) {
    case VERB_PROPOSE:
        in->main_done = in->opened = true;
        in->assignee = in->assignee ? in->assignee : t->account;
        settle(p, in->assignee);
        break;
    case VERB_RETURN:
        go_back(in, str_is(t->act.step, "review") ? REVIEW : CHECK_STEP,
                t->act.straight);
        settle(p, 0);
        break;
    case VERB_COSIGN:
        in->signer[in->signers++] = (struct model_signer){
            t->act.officer, str_is(t->act.where, "before")  ? 'b'
                            : str_is(t->act.where, "after") ? 'a' : 's',
            false };
        break;
    case VERB_UNSIGN:
        drop_signer(in, t->act.officer);
        settle(p, 0);
        break;
    case VERB_SIGN:
        open_signer(in, t->account)->done = true;
        settle(p, t->account);
        break;
    case VERB_DELEGATE:
        in->assignee = t->act.officer;
        in->opened = false;
        break;
    case VERB_RECALL:
        take_back(p, t->account);
        break;
    case VERB_TRANSFER:
        if (p->state != CASE_RECEIVED && p->state != CASE_SPECIAL &&
            !in->main_done) {
            in->assignee = t->act.officer;
            in->opened = false;
        }
        break;
    case VERB_REVIEW:
        in->opened |= !in->main_done;
        break;
    default:
        break;
    }
}

/* The day the case is due, none while its time stands still. */
static day promise_of(const struct model_part *p)
{
    return model_paused(p->span, p->spans) ? day_none : part_due(p);
}

static int lacks(const struct attempt *t)
{
    return t->m->chained ? gaps_lacking(gaps_asked[t->part - t->m->part],
                                        t->m->there) : 0;
}

/* What the law says of it. */
static enum err verdict(const struct attempt *t)
{
    const struct verb_rule *r = verb_rule(t->verb);
    const struct model_part *p = t->part;
    if (r->by == BY_GOVERNMENT || r->by == BY_RULE)
        return ERR_DENIED; /* nobody of these is the head of the government */
    if (r->by == BY_APPLICANT && t->actor != APPLICANT)
        return ERR_DENIED;
    if (r->by != BY_APPLICANT && t->actor != OFFICER && t->actor != LEADER)
        return ERR_DENIED;
    if (r->by == BY_LEADER && t->actor != LEADER)
        return ERR_DENIED;
    if (t->verb == VERB_WITHDRAW)
        return ERR_RANGE; /* of the whole only */
    if (!verb_allowed(t->verb, p->state))
        return ERR_CONFLICT;
    if ((t->verb == VERB_GRANT || t->verb == VERB_DENY) &&
        open_signer((struct model_inside *)&p->in, 0))
        return ERR_CONFLICT;
    if (t->verb == VERB_GRANT && gaps_left(&p->g))
        return ERR_CONFLICT;
    bool leads = t->verb == VERB_RETURN || t->verb == VERB_COSIGN ||
                 t->verb == VERB_UNSIGN;
    if (leads && p->state == CASE_DECIDING && t->actor != LEADER)
        return ERR_DENIED;
    if (leads || t->verb == VERB_PROPOSE || t->verb >= VERB_SIGN)
        return inside_verdict(t);
    switch (t->verb) {
    case VERB_ACCEPT:
        return lacks(t) && !silent(p) ? ERR_RANGE : OK;
    case VERB_ADMIT:
        return lacks(t) && t->good ? OK : ERR_RANGE;
    case VERB_HANDIN:
        return gaps_hand_in_verdict(&p->g, &t->act, today());
    case VERB_VERIFY:
        return gaps_verify_verdict(&p->g, &t->act);
    case VERB_AGAIN:
        return t->good ? gaps_again_verdict(&p->g, today(), promise_of(p))
                       : ERR_RANGE;
    case VERB_REFUSE:
    case VERB_SUPPLEMENT:
        return t->good && !silent(p) ? OK : ERR_RANGE;
    case VERB_SPECIAL:
    case VERB_TRANSFER:
    case VERB_DENY:
    case VERB_OPINION:
        return t->good ? OK : ERR_RANGE;
    case VERB_EXTEND:
        return t->good && p->extra == 0 && part_due(p).n >= today().n
                   ? OK : ERR_RANGE;
    default:
        return OK;
    }
}

static int special_parts(const struct model *m)
{
    int n = 0;
    for (int i = 0; i < PARTS; i++)
        n += m->part[i].state == CASE_SPECIAL;
    return n;
}

static void model_special(struct model *m, struct model_part *p)
{
    model_pause(p->span, &p->spans);
    p->state = CASE_SPECIAL;
    if (!model_paused(m->span, m->spans))
        model_pause(m->span, &m->spans);
}

static void model_resume(struct model *m, struct model_part *p)
{
    p->span[p->spans - 1].to = today();
    p->state = CASE_REVIEWING;
    if (special_parts(m) == 0)
        m->span[m->spans - 1].to = today();
}

static void model_do(struct model *m, const struct attempt *t)
{
    struct model_part *p = t->part;
    p->events++;
    inside_do(t);
    switch (t->verb) {
    case VERB_ACCEPT:
    case VERB_ADMIT: {
        bool deemed = silent(p);
        model_accept(m, p, deemed ? p->received : today(), deemed);
        /* the sign's item lets silence end it, where it was undertaken */
        p->g.lapses = t->verb == VERB_ADMIT && p == &m->part[SIGN_PART];
        break;
    }
    case VERB_HANDIN:
        gaps_set(&p->g, t->act.list, 'h');
        break;
    case VERB_VERIFY:
        gaps_set(&p->g, t->act.paper, t->act.disagree ? 'w' : 'g');
        if (t->act.disagree)
            gaps_anew(&p->g, today(), promise_of(p));
        break;
    case VERB_AGAIN:
        gaps_anew(&p->g, today(), promise_of(p));
        break;
    case VERB_SUPPLY:
        model_accept(m, p, today(), false);
        break;
    case VERB_SUPPLEMENT:
        p->state = CASE_SUPPLEMENT;
        p->supplements++;
        break;
    case VERB_SPECIAL:
        model_special(m, p);
        break;
    case VERB_RESUME:
        model_resume(m, p);
        break;
    case VERB_EXTEND:
        p->extra = (int)t->act.days;
        break;
    case VERB_REVIEW:
        p->state = CASE_REVIEWING;
        break;
    case VERB_REFUSE:
        model_end(m, p, CASE_REFUSED);
        break;
    case VERB_GRANT:
        model_end(m, p, CASE_GRANTED);
        break;
    case VERB_DENY:
        model_end(m, p, CASE_DENIED);
        break;
    default:
        break;
    }
    if (over(p))
        model_thread(m);
}

/* ---- the store against the model ---- */

static int64_t open_events(str number)
{
    return number_of("SELECT count(*) FROM services_event e JOIN services_case "
                     "c ON c.id = e.case_id WHERE c.number = $1 AND e.open = "
                     "1", number);
}

struct looking {
    const struct model_part *part;
    bool same;
};

/* The process stands where the model does, and nowhere else. */
static enum err look_inside(struct tx *tx, void *context)
{
    struct looking *l = context;
    const struct model_part *p = l->part;
    struct step s;
    enum err e = step_open(tx, p->number, &s);
    if (e != OK)
        return e;
    l->same = (s.id == 0) == over(p);
    if (l->same && s.id) {
        const struct flow_case *c = s.v.flow;
        const struct flow_task *t = step_main(c, NULL);
        int open = 0, waits = 0;
        for (int i = 0; i < c->task_count; i++)
            open += !c->tasks[i].dead &&
                    c->tasks[i].state != FLOW_TASK_COMPLETED;
        for (int i = 0; i < p->in.signers; i++)
            waits += !p->in.signer[i].done;
        const char *want = p->state == CASE_RECEIVED     ? "accept"
                           : p->state == CASE_SUPPLEMENT ? "supplement"
                                                    : step_ids[p->in.step];
        l->same = (t == NULL) == p->in.main_done && c->token_count == 1 &&
                  open == waits + !p->in.main_done &&
                  c->suspended == (p->state == CASE_SPECIAL) &&
                  str_is(c->g->nodes[c->tokens[0].node].id, want);
    }
    step_close(&s);
    return OK;
}

static void compare_inside(const struct model_part *p)
{
    struct looking l = { .part = p };
    CHECK(test_store_look(&town.t, look_inside, &l) == OK && l.same);
}

static void compare_part(const struct model_part *p)
{
    compare_inside(p);
    struct case_load c = row_of(p->number);
    CHECK(case_state_of(c.state) == p->state);
    CHECK(c.open == !over(p) && c.supplements == p->supplements);
    CHECK(c.accepted.n == p->accepted.n && c.deemed == p->deemed);
    CHECK(open_events(p->number) == p->events);
    CHECK(c.late == (over(p) && p->late));
    CHECK(day_is_none(c.accept_by) == (p->state != CASE_RECEIVED));
    CHECK(day_is_none(c.supply_by) == (p->state != CASE_SUPPLEMENT));
    int64_t running = clocks_running(p->number);
    bool waits = p->state == CASE_RECEIVED;
    bool to_come = gaps_left(&p->g) > 0;
    CHECK(running == (over(p) || p->state == CASE_SUPPLEMENT ? 0
                      : waits                                ? 1
                                                             : 2 + to_come));
    CHECK(c.gaps == gaps_left(&p->g));
    CHECK(c.gap_handed == gaps_in(&p->g, 'h'));
    CHECK(c.gap_due.n == (to_come ? p->g.due : day_none).n);
    if (over(p) || day_is_none(p->accepted))
        return;
    check_columns(p->number);
    CHECK(c.clock_extra == p->extra);
    if (model_paused(p->span, p->spans))
        return;
    CHECK(c.clock_due.n == part_due(p).n && c.sort_due == c.clock_due.n);
    CHECK(c.statutory_due.n == due_by(p->accepted, p->statutory, p->extra,
                                      p->span, p->spans).n);
}

/* The process of the whole waits for the parts that are open, for no other. */
static void compare_whole(const struct model *m)
{
    struct whole w = whole_of(m->number);
    int open = 0;
    for (int i = 0; i < PARTS; i++)
        open += !over(&m->part[i]);
    CHECK(str_is(w.state, m->closed ? "done" : "running"));
    CHECK(w.calls == open);
}

static void compare_thread(const struct model *m)
{
    compare_whole(m);
    struct case_load c = row_of(m->number);
    CHECK_STR(c.state, m->withdrawn                ? "withdrawn"
                       : m->closed                 ? "closed"
                       : day_is_none(m->accepted)  ? "received"
                                                   : "reviewing");
    CHECK(c.open == !m->closed && c.accepted.n == m->accepted.n);
    CHECK(open_events(m->number) == m->events && c.late == m->late);
    CHECK(clocks_running(m->number) ==
          (m->closed || day_is_none(m->accepted) ? 0 : 2));
    if (m->closed || day_is_none(m->accepted))
        return;
    check_columns(m->number);
    if (!model_paused(m->span, m->spans))
        CHECK(c.clock_due.n ==
              due_by(m->accepted, 10, 0, m->span, m->spans).n);
}

/* ---- one life ---- */

static void begin(struct model *m)
{
    day start = { on("2026-01-05").n + (int)dice_below(&dice, 340) };
    clock_day(start);
    bool chained = chance(50);
    *m = (struct model){ .number = file(chained ? "chain" : "canyin",
                                        restaurant_of(FOUR)),
                         .chained = chained, .accepted = day_none,
                         .events = 2 };
    for (int i = 0; i < PARTS; i++) {
        m->part[i] = (struct model_part){
            .number = part_of(m->number, i + 1), .unit = four_units[i],
            .state = CASE_RECEIVED, .promised = four_promised[i],
            .received = start, .accepted = day_none, .in.home = -1,
        };
        m->part[i].statutory = (int)row_of(m->part[i].number).statutory_n;
        CHECK(m->part[i].statutory >= four_promised[i]);
        grown[i].filed++;
    }
    grown[PARTS].filed++;
}

static void job_runs(struct model *m)
{
    CHECK(run_job("services.deem") == OK);
    for (int i = 0; i < PARTS; i++)
        if (silent(&m->part[i])) {
            model_accept(m, &m->part[i], m->part[i].received, true);
            m->part[i].events++;
        }
    CHECK(run_job("services.gaps") == OK);
    for (int i = 0; i < PARTS; i++) {
        struct model_part *p = &m->part[i];
        if (over(p) || !p->g.lapses || p->g.due.n >= today().n ||
            gaps_left(&p->g) == gaps_in(&p->g, 'h'))
            continue;
        p->events++;
        model_end(m, p, CASE_WITHDRAWN);
        model_thread(m);
        lapsed++;
        compare_part(p);
    }
}

static void withdraw(struct model *m)
{
    bool own = chance(70);
    enum err want = !own ? ERR_DENIED : m->closed ? ERR_CONFLICT : OK;
    CHECK(act(own ? zhou() : li(), m->number, VERB_WITHDRAW) == want);
    if (want != OK)
        return;
    m->withdrawn = true;
    m->events++;
    for (int i = 0; i < PARTS; i++)
        if (!over(&m->part[i])) {
            model_end(m, &m->part[i], CASE_WITHDRAWN);
            m->part[i].events++;
        }
    model_thread(m);
}

struct bringing {
    str number, code;
};

static enum err do_bring(struct tx *tx, void *context)
{
    struct bringing *b = context;
    struct case_load c;
    enum err e = case_load(tx, b->number, &c);
    return e == OK ? paper_add(tx, store_id(tx->store), c.id, b->code,
                               STR("已收原件"), b->code, STR("paper"),
                               str_none, 0, STR(""), tx->now, str_none) : e;
}

/* The paper itself comes once, for all departments. */
static void bring_late(struct model *m, str code)
{
    struct bringing b = { m->number, code };
    CHECK(test_store_run(&town.t, do_bring, &b) == OK);
    for (int i = 0; i < GAP_CODES; i++)
        m->there[i] |= str_is(code, gap_codes[i]);
}

/* Mostly what may be done next, so that lives get somewhere. */
static enum verb choose(const struct model *m, const struct model_part *p)
{
    if (chance(25))
        return (enum verb)dice_below(&dice, VERBS);
    if (!over(p) && gaps_left(&p->g) && chance(50))
        return gaps_in(&p->g, 'h') ? VERB_VERIFY : VERB_HANDIN;
    if (m->chained && p->state == CASE_RECEIVED && chance(40))
        return VERB_ADMIT;
    for (;;) {
        enum verb v = (enum verb)dice_below(&dice, VERBS);
        if (over(p) || verb_allowed(v, p->state))
            return v;
    }
}

static void step(struct model *m)
{
    if (chance(60))
        town.t.now.ms += dice_below(&dice, 4) * 86400000LL;
    if (chance(15))
        job_runs(m);
    if (chance(2)) {
        withdraw(m);
        return;
    }
    struct attempt t = { .m = m,
                         .part = &m->part[dice_below(&dice, PARTS)] };
    t.verb = choose(m, t.part);
    /* From a straight return on, going back again is the engine's own test. */
    if (t.part->in.home >= 0 &&
        (t.verb == VERB_RETURN || t.verb == VERB_RECALL))
        return;
    const struct verb_rule *r = verb_rule(t.verb);
    t.actor = chance(12) ? (enum actor)dice_below(&dice, 6)
              : r->by == BY_APPLICANT ? APPLICANT
              : r->by == BY_LEADER    ? LEADER : OFFICER;
    struct who who = person(&t);
    t.account = who.account;
    words_for(&t);
    t.act.verb = t.verb;
    t.act.number = t.part->number;
    enum err want = verdict(&t);
    if (want == OK && t.verb == VERB_HANDIN)
        bring_late(m, t.act.list);
    enum err got = act_as(who, &t.act);
    filled += got == OK && t.verb == VERB_VERIFY && !t.act.disagree;
    if (got != want) {
        CHECK(got == want);
        fprintf(stderr, "  %s on %s: %s, want %s (%.*s)\n", r->code,
                case_state_code(t.part->state).p, err_name(got),
                err_name(want), STR_ARG(t.act.sentence));
    }
    CHECK(got == OK || t.act.sentence.n > 0);
    if (got == OK)
        model_do(m, &t);
    for (int i = 0; i < PARTS; i++)
        if (&m->part[i] == t.part || m->part[i].state == CASE_ENDED)
            compare_part(&m->part[i]);
    compare_thread(m);
}

/* Whoever is still alive decides in the end, however late. */
static void finish(struct model *m)
{
    for (int i = 0; i < PARTS; i++)
        compare_part(&m->part[i]);
    bool may_lapse = gaps_left(&m->part[SIGN_PART].g) > 0;
    if ((may_lapse || chance(50)) && !m->closed) {
        m->withdrawn = true;
        CHECK(act(zhou(), m->number, VERB_WITHDRAW) == OK);
        m->events++;
        for (int i = 0; i < PARTS; i++)
            if (!over(&m->part[i])) {
                model_end(m, &m->part[i], CASE_WITHDRAWN);
                m->part[i].events++;
            }
        model_thread(m);
        for (int i = 0; i < PARTS; i++)
            compare_part(&m->part[i]);
        compare_thread(m);
    }
}

static int64_t setting(const char *name, int64_t otherwise)
{
    int64_t n;
    const char *text = getenv(name);
    return text && str_int(str_of(text), &n) ? n : otherwise;
}

static void lives_keep_to_the_law(void)
{
    CHECK(demo_run(town.c, demo_designs) == OK);
    chained_theme();
    gaps_in_theme();
    /* A tenth over the network: the arithmetic is the same. */
    int64_t lives = setting("ZT_TEST_SEQUENCES", 300) /
                    (store_is_pg(town.t.store) ? 10 : 1);
    dice.state = (uint64_t)setting("ZT_TEST_SEED", 20261122);
    memset(grown, 0, sizeof grown);
    ended_early = lapsed = filled = 0;
    for (int64_t i = 0; i < lives && !test_bad; i++) {
        struct model m;
        uint64_t seed = dice.state;
        begin(&m);
        for (int k = 0; k < STEPS && !test_bad; k++)
            step(&m);
        finish(&m);
        if (test_bad)
            fprintf(stderr, "  ZT_TEST_SEED=%llu\n",
                    (unsigned long long)seed);
    }
    CHECK(grown[PARTS].closed > lives / 4); /* the lives got somewhere */
    CHECK(ended_early > lives / 40);
    CHECK(lapsed > 0 && filled > lives / 100);
}

static void the_figures_are_the_sum_of_the_lives(void)
{
    for (int i = 0; i <= PARTS; i++) {
        struct figures f = figures_of(i == PARTS ? "" : four_units[i]);
        CHECK(f.filed == grown[i].filed && f.closed == grown[i].closed);
        CHECK(f.late == grown[i].late && f.refused == grown[i].refused);
    }
}

static void bad_process(void *context, const char *format, ...)
{
    (void)context;
    fprintf(stderr, "  %s\n", format);
    CHECK(!"what is stored is what was done");
}

static enum err check_processes(struct tx *tx, void *context)
{
    return process_check(tx, 5, bad_process, NULL, context);
}

static void every_process_is_what_its_commands_made(void)
{
    int64_t looked = 0;
    CHECK(test_store_look(&town.t, check_processes, &looked) == OK);
    CHECK(looked > 0);
}

static void (*const tests[])(void) = {
    lives_keep_to_the_law,
    every_process_is_what_its_commands_made,
    the_figures_are_the_sum_of_the_lives,
    nothing_personal_is_in_open_events_nor_in_the_audit,
};

int main(void)
{
    run_all(tests, sizeof tests / sizeof *tests);
    return test_result();
}
