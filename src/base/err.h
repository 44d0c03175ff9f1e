/*
 * The only error type of the program.
 *
 * Eight members, each with one HTTP answer, so that a function's result can
 * travel to the person unchanged.  What went wrong in words belongs to the one
 * who noticed: rq_fail for the person, the log for the engineer.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

enum err {
    OK = 0,
    ERR_INPUT,    /* 400  malformed: not what the form or the format asks for */
    ERR_DENIED,   /* 403  this person may not */
    ERR_NOTFOUND, /* 404  no such thing, or not visible to this person */
    ERR_CONFLICT, /* 409  somebody was quicker, or the state forbids it */
    ERR_RANGE,    /* 422  well formed but outside what the law or rule allows */
    ERR_BUSY,     /* 503  full or down for the moment; trying again helps */
    ERR_STORE,    /* 500  the store or the disk failed */
};

/* The HTTP status of an error; 200 for OK. */
int err_status(enum err e);

/* A short English name for logs: "conflict". */
const char *err_name(enum err e);

/* Every result of a function returning enum err is used. */
#define MUST_USE __attribute__((warn_unused_result))

#endif
