/*
 * Who may do what: the permissions the modules declare, as one table of
 * permission -> set of roles, filled at boot and only read afterwards.
 */
#include "kernel/auth/auth.h"

#include <assert.h>
#include <string.h>

enum {
    ROLE_RESIDENT = 0, /* its place in auth_roles */
    SLOTS = 1024,      /* of the hash table; a power of two */
    MAX_PERMISSIONS = SLOTS / 2,
};

const struct auth_role auth_roles[] = {
    { "resident", "办事人" },
    { "window", "窗口人员" },
    { "officer", "承办人" },
    { "leader", "负责人" },
    { "agent", "代办员" },
    { "finance", "财务人员" },
    { "supervisor", "监察人员" },
    { "mayor", "市领导" },
    { "editor", "信息员" },
    { "system_admin", "系统管理员" },
    { "security_admin", "安全管理员" },
    { "audit_admin", "审计管理员" },
    { 0 },
};

/* Bit i: role i; the bit after the last role: nobody signed in. */
enum {
    ROLES = sizeof auth_roles / sizeof *auth_roles - 1,
    MAY_STAFF = ((1 << ROLES) - 1) & ~(1 << ROLE_RESIDENT),
    MAY_PERSON = (1 << ROLES) - 1,
    MAY_ANYONE = MAY_PERSON | 1 << ROLES,
};

static struct {
    const char *name;
    unsigned roles;
} slots[SLOTS];

static const struct permission *declared[MAX_PERMISSIONS];
static size_t declared_count;

static const struct {
    const char *name;
    unsigned roles;
} built_in[] = {
    { "anyone", MAY_ANYONE },
    { "person", MAY_PERSON },
    { "staff", MAY_STAFF },
};

/* The set of one word of a permission's list; 0 for no such word. */
static unsigned roles_of(str word)
{
    for (int i = 0; i < ROLES; i++)
        if (str_is(word, auth_roles[i].name))
            return 1u << i;
    for (size_t i = 0; i < sizeof built_in / sizeof *built_in; i++)
        if (str_is(word, built_in[i].name))
            return built_in[i].roles;
    return 0;
}

str auth_role_label(str role)
{
    for (int i = 0; i < ROLES; i++)
        if (str_is(role, auth_roles[i].name))
            return str_of(auth_roles[i].label);
    return STR("");
}

/* The slot of a name: its own, or the free one where it would go. */
static size_t slot_of(const char *name)
{
    size_t i = str_hash(str_of(name)) & (SLOTS - 1);
    while (slots[i].name && strcmp(slots[i].name, name) != 0)
        i = (i + 1) & (SLOTS - 1);
    return i;
}

static enum err declare(const char *module, const struct permission *p,
                        struct arena *a, str *problem)
{
    unsigned roles = 0;
    str rest = str_of(p->roles);
    while (!str_is_none(rest)) {
        str word = str_cut(&rest, ' ');
        if (word.n == 0)
            continue;
        if (roles_of(word) == 0) {
            *problem = arena_printf(a, "%s: permission %s names the role "
                                    "\"%.*s\", which does not exist", module,
                                    p->name, STR_ARG(word));
            return ERR_INPUT;
        }
        roles |= roles_of(word);
    }
    size_t slot = slot_of(p->name);
    if (slots[slot].name) {
        *problem = arena_printf(a, "%s: permission %s is declared twice",
                                module, p->name);
        return ERR_INPUT;
    }
    if (declared_count == MAX_PERMISSIONS) {
        *problem = arena_printf(a, "more than %d permissions",
                                (int)MAX_PERMISSIONS);
        return ERR_INPUT;
    }
    slots[slot].name = p->name;
    slots[slot].roles = roles;
    declared[declared_count++] = p;
    return OK;
}

static void start_with_the_built_in(void)
{
    memset(slots, 0, sizeof slots);
    declared_count = 0;
    for (size_t i = 0; i < sizeof built_in / sizeof *built_in; i++) {
        size_t slot = slot_of(built_in[i].name);
        slots[slot].name = built_in[i].name;
        slots[slot].roles = built_in[i].roles;
    }
}

static enum err check_routes(const struct module *m, struct arena *a,
                             str *problem)
{
    for (const struct route *r = m->routes; r && r->path; r++) {
        if (r->may && slots[slot_of(r->may)].name)
            continue;
        *problem = arena_printf(a, "%s: %s %s asks for the permission \"%s\", "
                                "which no module declares", m->name, r->method,
                                r->path, r->may ? r->may : "");
        return ERR_INPUT;
    }
    return OK;
}

enum err auth_setup(const struct module *const *modules, struct arena *a,
                    str *problem)
{
    start_with_the_built_in();
    for (size_t i = 0; modules[i]; i++)
        for (const struct permission *p = modules[i]->permissions;
             p && p->name; p++) {
            enum err e = declare(modules[i]->name, p, a, problem);
            if (e != OK)
                return e;
        }
    for (size_t i = 0; modules[i]; i++) {
        enum err e = check_routes(modules[i], a, problem);
        if (e != OK)
            return e;
    }
    return OK;
}

bool auth_role_may(str role, const char *permission)
{
    unsigned mine = 1u << ROLES; /* "", "anyone", or a word we do not know */
    for (int i = 0; i < ROLES; i++)
        if (str_is(role, auth_roles[i].name))
            mine = 1u << i;
    size_t slot = slot_of(permission);
    return slots[slot].name && (slots[slot].roles & mine) != 0;
}

const struct permission *auth_permission_at(size_t i)
{
    return i < declared_count ? declared[i] : NULL;
}

bool auth_sees_all(str role)
{
    return str_is(role, "supervisor") || str_is(role, "mayor") ||
           str_is(role, "audit_admin");
}

bool auth_in_scope(const struct who *who, str unit)
{
    if (who->account == 0 || unit.n == 0)
        return false;
    return auth_sees_all(who->role) || str_eq(who->unit, unit);
}
