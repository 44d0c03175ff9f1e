#include "base/err.h"

static const struct {
    int status;
    const char *name;
} errs[] = {
    [OK] = { 200, "ok" },
    [ERR_INPUT] = { 400, "input" },
    [ERR_DENIED] = { 403, "denied" },
    [ERR_NOTFOUND] = { 404, "not found" },
    [ERR_CONFLICT] = { 409, "conflict" },
    [ERR_RANGE] = { 422, "range" },
    [ERR_BUSY] = { 503, "busy" },
    [ERR_STORE] = { 500, "store" },
};

int err_status(enum err e)
{
    return errs[e].status;
}

const char *err_name(enum err e)
{
    return errs[e].name;
}
