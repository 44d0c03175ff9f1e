/* What strangers send to be let in: tokens, codes, addresses to go on to; and
 * names, which are masked before anybody else sees them. */
#include "kernel/auth/session.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void masking_hides_and_stays_text(struct arena *a, str s)
{
    str name = auth_mask_name(a, s);
    assert(utf8_valid(name));
    assert(utf8_count(name) <= utf8_count(s));
    assert(utf8_valid(auth_mask_id(a, s)));
    assert(utf8_valid(auth_mask_mobile(a, s)));
    assert(utf8_valid(auth_mask_party(a, s, STR("sole"))));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = { 0 };
    str s = { (const char *)data, size };
    inst now = { 1795363200000 };

    if (auth_token_ok(s))
        assert(s.n == TOKEN_TEXT);
    assert(!auth_csrf_ok(STR("a session"), s));
    assert(auth_totp_match(STR("12345678901234567890"), s, now,
                           now.ms / 30000 + 1) == -1);
    str path = auth_local_path(s, "/");
    assert(path.p[0] == '/' && (path.n == 1 || path.p[1] != '/'));
    str secret = auth_base32_read(&a, s);
    if (secret.n)
        assert(auth_base32_write(&a, secret).n <= s.n);
    if (utf8_valid(s))
        masking_hides_and_stays_text(&a, s);
    arena_free(&a);
    return 0;
}
