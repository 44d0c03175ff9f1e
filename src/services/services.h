/*
 * services -- one request in, every department's answer out.
 *
 * A resident files once.  Decision tables say which departments take part; each
 * gets its part with its own number, desk and clock; the joint case carries the
 * one thread the applicant and everybody else follows, and ends when the last
 * part has.  main.c, tests and benchmarks see this header; other modules see
 * only our events and our pub_ views.
 *
 * Everything here is a pure function of its arguments: who may do what in which
 * state, what the law asks for it, what a state is called.
 */
#ifndef SERVICES_H
#define SERVICES_H

#include "base/base.h"
#include "kernel/clock/clock.h"
#include "kernel/http/http.h"
#include "kernel/search/kept.h"

enum {
    SERVICES_TELL_ONCE =
        5, /* working days, 行政许可法 第三十二条第一款第（四）项 */
    SERVICES_LIMIT_ONE = 20, /* working days, 行政许可法 第四十二条第一款 */
    SERVICES_LIMIT_JOINT = 45, /* working days, 行政许可法 第四十二条第二款 */
    SERVICES_EXTEND_ONE = 10,   /* working days, 第四十二条第一款 */
    SERVICES_EXTEND_JOINT = 15, /* working days, 第四十二条第二款 */
    SERVICES_DRAFT_DAYS = 30,   /* natural days a draft is kept: our promise */
    SERVICES_SUPPLY_DAYS = 10,  /* working days proposed to supply within; the
                                   law  sets none, the notice names the day */
    SERVICES_NO_DAY = 99999,    /* sort_due while no day can be named */
};

enum case_state {
    CASE_RECEIVED,   /* 待受理 */
    CASE_SUPPLEMENT, /* 补正中 */
    CASE_REFUSED,    /* 不予受理 */
    CASE_ACCEPTED,   /* 已受理 */
    CASE_REVIEWING,  /* 审查中; a joint case: 并联审查中 */
    CASE_SPECIAL,    /* 特别程序 */
    CASE_DECIDING,   /* 待决定 */
    CASE_GRANTED,    /* 准予 */
    CASE_DENIED,     /* 不予批准 */
    CASE_CLOSED,     /* 办结: a joint case whose parts are all decided */
    CASE_WITHDRAWN,  /* 已撤回 */
    CASE_ENDED,      /* 已终止 */
    CASE_STATES,
};

/* As stored and as JSON says it: "received". */
str case_state_code(enum case_state s);
/* CASE_STATES when the text is no state. */
enum case_state case_state_of(str code);
/* As everybody reads it: 待受理. */
str case_state_name(enum case_state s, bool joint);
bool case_state_open(enum case_state s);

/* What a desk or an applicant can do to a case. */
enum verb {
    VERB_ACCEPT,     /* 受理 */
    VERB_REFUSE,     /* 不予受理 */
    VERB_SUPPLEMENT, /* 要求补正 */
    VERB_SUPPLY,     /* 补交材料: the applicant */
    VERB_ADMIT,      /* 容缺受理 */
    VERB_HANDIN,     /* 补交容缺材料: the applicant, or over the counter */
    VERB_VERIFY,     /* 核对容缺材料 */
    VERB_AGAIN,      /* 再给一次补交期限 */
    VERB_LAPSE,      /* 逾期视为撤回: the item's rule, by a job */
    VERB_REVIEW,     /* 开始审查 */
    VERB_SPECIAL,    /* 特别程序 */
    VERB_RESUME,     /* 特别程序结束 */
    VERB_EXTEND,     /* 延期 */
    VERB_PROLONG,    /* 整件延期: the head of the government */
    VERB_TRANSFER,   /* 转办 */
    VERB_PROPOSE,    /* 送下一步: the next step of its process */
    VERB_RETURN,     /* 退回: to a step it has been at */
    VERB_GRANT,      /* 准予 */
    VERB_DENY,       /* 不予批准 */
    VERB_WITHDRAW,   /* 撤回申请: the applicant */
    VERB_OPINION,    /* 记录意见 */
    VERB_COSIGN,     /* 加签 */
    VERB_UNSIGN,     /* 减签 */
    VERB_SIGN,       /* 会签 */
    VERB_DELEGATE,   /* 委托 */
    VERB_RECALL,     /* 收回 */
    VERBS,
};

/* Whose a verb is. */
enum verb_by {
    BY_DESK,       /* the organisation that decides */
    BY_LEADER,     /* its person in charge (本机关负责人) */
    BY_APPLICANT,  /* or whoever filed for them */
    BY_GOVERNMENT, /* 本级人民政府负责人, on a joint case */
    BY_RULE,       /* nobody presses it: a rule that says what silence means */
};

struct verb_rule {
    const char *code;   /* in addresses and JSON: "accept" */
    const char *name;   /* 受理 */
    const char *law;    /* its article; "" where it is inner work */
    const char *explain; /* what the confirm page tells before pressing */
    unsigned from;      /* bits 1 << enum case_state it is allowed in */
    const char *notice; /* kind of the paper it issues, or NULL */
    enum verb_by by;
};

const struct verb_rule *verb_rule(enum verb v);
/* The same as it is for one matter: only a licence goes by 行政许可法, another
 * rests on its own basis (《社会保险法》第十六条, or "").  Kept in a. */
struct verb_rule verb_rule_for(struct arena *a, enum verb v, bool licence,
                               str basis);
/* VERBS when there is none of that code. */
enum verb verb_of(str code);
bool verb_allowed(enum verb v, enum case_state s);

/*
 * May this kind of stop be declared at all?  The closed list of 行政许可法
 * 第四十五条: 听证 招标 拍卖 检验 检测 检疫 鉴定 专家评审.
 */
bool services_special_listed(str reason);
/* The list, comma-separated, for a choice field. */
#define SERVICES_SPECIAL "听证,招标,拍卖,检验,检测,检疫,鉴定,专家评审"

/* The two lawful grounds of 不予受理 (第三十二条第一款第（一）(二)项). */
#define SERVICES_REFUSAL_GROUNDS \
    "依法不需要取得行政许可,依法不属于本机关职权范围"

/*
 * Last day to tell the applicant about missing papers, counting from receipt;
 * silence beyond it is acceptance as of the day of receipt.
 */
day services_accept_by(const struct calendar *cal, day received);

struct services_limits {
    day promised, statutory;
    int promised_n;  /* working days the promise has, see below */
    bool provisional;
};

/*
 * The two due days of an accepted case.  ERR_RANGE where the promise is longer
 * than the law (both in working days) or a number is not positive.  Where the
 * law counts natural days a holiday may bring its end before the promise's: the
 * promise then has as many working days as fit.
 */
enum err services_limits(const struct calendar *cal, day accepted,
                         int promised_n, int statutory_n, bool natural,
                         struct services_limits *out) MUST_USE;

/* The remedies every refusal and denial must tell (行政许可法
 * 第三十八条第二款). */
str services_remedies(struct arena *a, str unit_name);

extern const struct module services_module;

/* What items and themes are found by, for rank_configure. */
rank_reader services_catalogue;

#endif
