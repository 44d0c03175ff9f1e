/* Organisations, people and posts, for the loader, ops and forms. */
#include "kernel/auth/session.h"

static str none_if_empty(str s)
{
    return s.n ? s : str_none;
}

enum err auth_add_unit(struct tx *tx, const struct auth_unit *u)
{
    return auth_unit_insert(tx, u->code, u->name,
                            u->short_name.n ? u->short_name : u->name, u->kind,
                            none_if_empty(u->parent),
                            none_if_empty(u->credit_code),
                            none_if_empty(u->phone), none_if_empty(u->address),
                            none_if_empty(u->hours), u->hall,
                            none_if_empty(u->field),
                            none_if_empty(u->doc_prefix), u->position);
}

enum err auth_unit(struct tx *tx, str code, struct auth_unit *out)
{
    struct auth_unit_one u;
    enum err e = auth_unit_one(tx, code, &u);
    if (e != OK)
        return e;
    *out = (struct auth_unit){
        .code = u.code, .name = u.name, .short_name = u.short_name,
        .kind = u.kind, .parent = u.parent, .credit_code = u.credit_code,
        .phone = u.phone, .address = u.address, .hours = u.hours,
        .hall = u.hall, .field = u.field, .doc_prefix = u.doc_prefix,
        .position = u.position,
    };
    return OK;
}

enum err auth_add_account(struct tx *tx, const struct auth_account *account,
                          int64_t *id)
{
    str mobile = none_if_empty(account->mobile);
    str citizen = none_if_empty(account->citizen_id);
    bool staff = str_is(account->kind, "staff");
    struct auth_account_taken taken;
    enum err e = auth_account_taken(tx, account->login, mobile, citizen,
                                    account->kind, &taken);
    if (e != OK)
        return e;
    if (taken.taken)
        return ERR_CONFLICT;
    int64_t number = store_id(tx->store);
    e = auth_account_insert(tx, number, account->login, account->name,
                            staff ? account->name : str_none, account->kind,
                            mobile, citizen, account->password, tx->now);
    if (e == OK)
        *id = number;
    return e;
}

static bool is_admin(str role)
{
    return str_is(role, "system_admin") || str_is(role, "security_admin") ||
           str_is(role, "audit_admin");
}

enum err auth_add_post(struct tx *tx, const struct auth_post *p, int64_t *id)
{
    if (auth_role_label(p->role).n == 0 || str_is(p->role, "resident"))
        return ERR_RANGE;
    if (is_admin(p->role)) {
        struct auth_post_admins others;
        enum err e = auth_post_admins(tx, p->account, p->role, &others);
        if (e != OK)
            return e;
        if (others.held)
            return ERR_CONFLICT;
    }
    int64_t number = store_id(tx->store);
    enum err e = auth_post_insert(tx, number, p->account, p->unit, p->role,
                                  p->title, none_if_empty(p->phone), p->from,
                                  p->main);
    if (e == OK && id)
        *id = number;
    return e;
}

enum err auth_person(struct tx *tx, int64_t account, struct auth_person *out)
{
    struct auth_account_person p;
    enum err e = auth_account_person(tx, account, &p);
    if (e != OK)
        return e;
    *out = (struct auth_person){
        .login = p.login, .name = p.name, .kind = p.kind, .mobile = p.mobile,
        .citizen_id = p.citizen_id,
        .proven = !inst_is_none(p.mobile_proven),
    };
    return OK;
}

enum err auth_correct(struct tx *tx, int64_t account, str datum, str was,
                      str becomes)
{
    struct auth_datum_taken taken;
    if (str_is(datum, "name"))
        return auth_account_name(tx, account, was, becomes);
    bool mobile = str_is(datum, "mobile");
    if (!mobile && !str_is(datum, "citizen_id"))
        return ERR_RANGE;
    enum err e = auth_datum_taken(tx, mobile ? becomes : str_none,
                                  mobile ? str_none : becomes, &taken);
    if (e == OK && taken.taken)
        return ERR_CONFLICT;
    if (e != OK)
        return e;
    return mobile ? auth_account_mobile(tx, account, was, becomes)
                  : auth_account_citizen(tx, account, was, becomes);
}

enum err auth_resident(struct tx *tx, str citizen_id, str name, str mobile,
                       int64_t *account)
{
    struct auth_account_of_citizen a;
    *account = 0;
    if (str_is_none(citizen_id) || str_is_none(name) || str_is_none(mobile))
        return OK;
    enum err e = auth_account_of_citizen(tx, citizen_id, name, mobile, &a);
    if (e == OK)
        *account = a.id;
    return e == ERR_NOTFOUND ? OK : e;
}

enum err auth_called(struct tx *tx, str name, str mobile, int64_t *account)
{
    struct auth_account_called a;
    *account = 0;
    if (str_is_none(name) || str_is_none(mobile) || mobile.n == 0)
        return OK;
    enum err e = auth_account_called(tx, name, mobile, &a);
    if (e == OK)
        *account = a.id;
    return e == ERR_NOTFOUND ? OK : e;
}

enum err auth_prove_mobile(struct tx *tx, int64_t account, str mobile)
{
    struct auth_mobile_taken taken;
    enum err e = auth_mobile_taken(tx, account, mobile, &taken);
    if (e == OK && taken.taken)
        return ERR_CONFLICT;
    return e == OK ? auth_mobile_proven(tx, account, mobile, tx->now) : e;
}

enum err auth_own_password(struct tx *tx, int64_t account, str password,
                           bool *right)
{
    struct auth_account_for_login a;
    enum err e = auth_account_for_login(tx, account, &a);
    if (e == OK)
        *right = auth_check_password(password, a.password);
    return e;
}
