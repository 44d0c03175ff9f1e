/*
 * The verbs where events come in between: boundary events, event
 * sub-processes, event gateways.  Nothing is left over, nothing comes twice.
 */
#include "kernel/flow/tests/play.h"

struct desk {
    struct flow_case *c;
    inst now;
    int64_t last;           /* the task completed last */
};

/* "a", "a>b": a task, and where to. */
static struct flow_command told(struct desk *d, char kind, str what)
{
    str to = what, id = str_cut(&to, '>');
    struct flow_command cmd = { .now = d->now, .name = id,
                                .task = play_task(d->c, id) };
    switch (kind) {
    case 'm': cmd.verb = FLOW_MESSAGE; break;
    case 'r':
    case 'g':
        cmd.verb = FLOW_RETURN;
        cmd.element = to;
        cmd.straight = kind == 'g';
        break;
    case 'j': cmd.verb = FLOW_REJECT; break;
    case 'b':
        cmd.verb = FLOW_ADD;
        cmd.person = STR("王");
        break;
    case 'w':
        cmd.verb = FLOW_WITHDRAW;
        cmd.task = d->last;
        break;
    case 'z': cmd.verb = FLOW_SUSPEND; break;
    case 'y': cmd.verb = FLOW_RESUME; break;
    default: cmd.verb = FLOW_COMPLETE; break;
    }
    return cmd;
}

/* c complete, r return, g return straight, w withdraw the last completed,
 * b add a signer beside, j reject, z suspend, y resume, m message, t time;
 * what happened, then the standing. */
static str played(const char *xml, const char *steps)
{
    static const char *const words[] = { "waiting", "completed", "error",
                                         "incident" };
    struct bpmn *g = NULL;
    struct value *data = NULL;
    str problem = str_none, rest = str_of(steps);
    struct desk d = { .now = { INT64_C(1700000000000) } };
    CHECK(bpmn_read(&play_arena, str_of(xml), &g, &problem) == OK);
    CHECK(value_read_json(&play_arena, STR("{\"list\":[1,2]}"), &data,
                          &problem) == OK);
    d.c = flow_new(&play_arena, g);
    (void)play_do(d.c, (struct flow_command){ .verb = FLOW_START, .data = data,
                                              .now = d.now });
    buf_clear(&play_out);
    while (rest.n) {
        str step = str_cut(&rest, ' ');
        if (step.p[0] == 't') {
            play_time(d.c, str_slice(step, 2, step.n), &d.now);
            continue;
        }
        struct flow_command cmd = told(&d, step.p[0],
                                       str_slice(step, 2, step.n));
        if (cmd.verb == FLOW_COMPLETE)
            d.last = cmd.task;
        (void)play_do(d.c, cmd);
    }
    buf_put(&play_out, str_of(words[flow_standing(d.c)]));
    flow_close(d.c);
    bpmn_free(g);
    return buf_str(&play_out);
}

#define USER(id) "<userTask id='" id "'/>"
#define MESSAGE "<messageEventDefinition messageRef='M'/>"
#define HOUR TIMER("timeDuration", "PT1H")
#define EDGE(id, host, interrupts, what)                                     \
    "<boundaryEvent id='" id "' attachedToRef='" host "' cancelActivity='"   \
    interrupts "'>" what "</boundaryEvent>"
#define MODEL(body) FILE_OF("<message id='M' name='m'/>", START USER("a")    \
                            FLOW_("1", "s", "a") body)

/* A message begins x beside b; c comes after b. */
#define BESIDE_B MODEL(USER("b") USER("c") USER("x")                         \
    EDGE("t", "b", "false", MESSAGE) FLOW_("2", "a", "b")                    \
    FLOW_("3", "b", "c") FLOW_("5", "t", "x"))

static void what_an_event_began_goes_with_its_step(void)
{
    CHECK_STR(played(BESIDE_B, "c:a m:m c:b r:c>b m:m c:b c:x c:c"),
              "a- b+ t+ t- x+ b- c+ c! x! b+ t+ t- x+ b- c+ x- c- completed");
    CHECK_STR(played(BESIDE_B, "c:a m:m r:x>b c:b c:c"),
              "a- b+ t+ t- x+ b! x! b+ b- c+ c- completed");
    CHECK_STR(played(BESIDE_B, "c:a m:m w: m:m c:a"),
              "a- b+ t+ t- x+ b! x! a+ refused a- b+ waiting");
}

static void a_straight_return_leaves_the_rest_alone(void)
{
    CHECK_STR(played(BESIDE_B, "c:a m:m g:x>a c:a c:b c:x c:c"),
              "a- b+ t+ t- x+ x! a+ a- x+ b- c+ x- c- completed");
    /* Who visits as a guest is not driven away: the event was of before. */
    CHECK_STR(played(BESIDE_B, "c:a m:m c:b g:x>b m:m c:b c:c c:x"),
              "a- b+ t+ t- x+ b- c+ x! b+ refused b- x+ c- x- completed");
}

/* After an hour b gives way to y. */
#define LATE_B MODEL(USER("b") USER("c") USER("y")                           \
    EDGE("t", "b", "true", HOUR) FLOW_("2", "a", "b")                        \
    FLOW_("3", "b", "c") FLOW_("5", "t", "y"))

static void a_step_that_was_interrupted_may_be_done_again(void)
{
    CHECK_STR(played(LATE_B, "c:a t:PT2H r:y>b t:PT2H r:y>a c:a c:b t:PT2H "
                             "c:c"),
              "a- b+ b! t+ t- y+ y! b+ b! t+ t- y+ y! a+ a- b+ b- c+ c- "
              "completed");
    CHECK_STR(played(LATE_B, "c:a t:PT2H g:y>b t:PT2H c:b c:y"),
              "a- b+ b! t+ t- y+ y! b+ b- y+ y- completed");
    CHECK_STR(played(LATE_B, "c:a b:b t:PT2H c:y"),
              "a- b+ b! t+ t- y+ y- completed");
    CHECK_STR(played(LATE_B, "c:a z: t:PT2H y: c:y"),
              "a- b+ b! t+ t- y+ y- completed");
}

#define AT_ANY_TIME(interrupts) MODEL(USER("b") FLOW_("2", "a", "b")         \
    "<subProcess id='q' triggeredByEvent='true'><startEvent id='i' "         \
    "isInterrupting='" interrupts "'>" MESSAGE "</startEvent>" USER("u")     \
    USER("v") FLOW_("4", "i", "u") FLOW_("5", "u", "v") "</subProcess>")

static void an_event_sub_process_keeps_to_itself(void)
{
    CHECK_STR(played(AT_ANY_TIME("true"), "c:a m:m r:u>a r:u>b c:u r:v>u c:u "
                                          "c:v"),
              "a- b+ b! q+ i+ i- u+ refused refused u- v+ v! u+ u- v+ v- q- "
              "completed");
    CHECK_STR(played(AT_ANY_TIME("false"), "m:m c:a r:b>a c:u g:v>u c:u c:a "
                                           "m:m c:b c:v c:u c:v"),
              "q+ i+ i- u+ a- b+ b! a+ u- v+ v! u+ u- v+ a- b+ q+ i+ i- u+ "
              "b- v- q- u- v+ v- q- completed");
    CHECK_STR(played(AT_ANY_TIME("false"), "m:m j:u"),
              "q+ i+ i- u+ a! u! q! completed");
}

/* b and c inside o; after an hour o gives way to y. */
#define LATE_P MODEL("<subProcess id='o'><startEvent id='i'/>" USER("b")     \
    USER("c") FLOW_("6", "i", "b") FLOW_("7", "b", "c") "</subProcess>"      \
    USER("y") USER("z") EDGE("t", "o", "true", HOUR) FLOW_("2", "a", "o")    \
    FLOW_("3", "o", "z") FLOW_("5", "t", "y"))

static void a_timer_around_a_sub_process_begins_with_it(void)
{
    CHECK_STR(played(LATE_P, "c:a c:b r:c>a t:PT2H c:a t:PT2H r:y>o c:b c:c "
                             "c:z"),
              "a- o+ i+ i- b+ b- c+ c! o! a+ a- o+ i+ i- b+ b! o! t+ t- y+ "
              "y! o+ i+ i- b+ b- c+ c- o- z+ z- completed");
    CHECK_STR(played(LATE_P, "c:a g:b>a t:PT2H c:y"),
              "a- o+ i+ i- b+ b! a+ a! o! t+ t- y+ y- completed");
}

#define LATE_MANY MODEL("<userTask id='b'><multiInstanceLoopCharacteristics" \
    " zt:collection='list' zt:element='x'/></userTask>" USER("y") USER("z")  \
    EDGE("t", "b", "true", HOUR) FLOW_("2", "a", "b") FLOW_("3", "b", "z")   \
    FLOW_("5", "t", "y"))

static void many_are_interrupted_at_once_and_begun_anew(void)
{
    CHECK_STR(played(LATE_MANY, "c:a b:b c:b t:PT2H r:y>b c:b c:b r:z>b "
                                "t:PT2H c:y"),
              "a- b+ b+ b+ b- b! b! t+ t- y+ y! b+ b+ b- b- z+ z! b+ b+ b! b! "
              "t+ t- y+ y- completed");
}

#define WHICHEVER MODEL("<eventBasedGateway id='g'/><intermediateCatchEvent " \
    "id='k'>" MESSAGE "</intermediateCatchEvent><intermediateCatchEvent "    \
    "id='l'>" HOUR "</intermediateCatchEvent>" USER("x") USER("y")           \
    FLOW_("2", "a", "g") FLOW_("3", "g", "k") FLOW_("4", "g", "l")           \
    FLOW_("5", "k", "x") FLOW_("6", "l", "y"))

static void an_event_gateway_listens_again_after_a_return(void)
{
    CHECK_STR(played(WHICHEVER, "c:a m:m r:x>a c:a t:PT2H r:y>a m:m c:a m:m "
                                "g:x>a c:a c:x"),
              "a- g+ g- k+ k- x+ x! a+ a- g+ g- l+ l- y+ y! a+ refused a- g+ "
              "g- k+ k- x+ x! a+ a- x+ x- completed");
}

int main(void)
{
    RUN(what_an_event_began_goes_with_its_step);
    RUN(a_straight_return_leaves_the_rest_alone);
    RUN(a_step_that_was_interrupted_may_be_done_again);
    RUN(an_event_sub_process_keeps_to_itself);
    RUN(a_timer_around_a_sub_process_begins_with_it);
    RUN(many_are_interrupted_at_once_and_begun_anew);
    RUN(an_event_gateway_listens_again_after_a_return);
    buf_free(&play_out);
    arena_free(&play_arena);
    return test_result();
}
