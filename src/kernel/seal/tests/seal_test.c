/* Signatures: what was signed verifies, and nothing else does. */
#include "kernel/seal/seal.h"
#include "kernel/test/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct arena memory;
static char dir[] = "/tmp/zt-seal-XXXXXX";

static void what_is_signed_verifies_and_nothing_else(void)
{
    int serial = 0;
    struct seal_signature s, other;
    CHECK(seal_current(STR("D025"), &serial) == ERR_NOTFOUND);
    CHECK(seal_new(STR("D025"), &serial) == OK && serial == 1);
    CHECK(seal_sign(&memory, STR("D025"), 1, STR("食品经营许可证"), &s) == OK);
    CHECK(seal_verify(STR("D025"), 1, STR("食品经营许可证"), &s) == SEAL_GOOD);
    CHECK(seal_verify(STR("D025"), 1, STR("食品经营许可正"), &s) == SEAL_BAD);
    CHECK(seal_verify(STR("D025"), 1, STR(""), &s) == SEAL_BAD);

    CHECK(seal_new(STR("D070"), &serial) == OK);
    CHECK(seal_sign(&memory, STR("D070"), 1, STR("食品经营许可证"), &other) ==
          OK);
    CHECK(seal_verify(STR("D025"), 1, STR("食品经营许可证"), &other) ==
          SEAL_BAD);
    CHECK(seal_verify(STR("D099"), 1, STR("食品经营许可证"), &s) ==
          SEAL_UNKNOWN);
}

static void either_signature_broken_is_bad(void)
{
    struct seal_signature s, t;
    CHECK(seal_sign(&memory, STR("D025"), 1, STR("x"), &s) == OK);
    t = s;
    t.sm2.n -= 2;
    CHECK(seal_verify(STR("D025"), 1, STR("x"), &t) == SEAL_BAD);
    t = s;
    t.ecdsa = STR("zz");
    CHECK(seal_verify(STR("D025"), 1, STR("x"), &t) == SEAL_BAD);
    t = s;
    t.ecdsa = s.sm2;
    CHECK(seal_verify(STR("D025"), 1, STR("x"), &t) == SEAL_BAD);
    t.sm2 = t.ecdsa = STR("");
    CHECK(seal_verify(STR("D025"), 1, STR("x"), &t) == SEAL_BAD);
}

static void a_new_key_signs_and_the_old_one_still_verifies(void)
{
    int serial = 0;
    struct seal_signature old, new;
    CHECK(seal_sign(&memory, STR("D025"), 1, STR("旧证"), &old) == OK);
    CHECK(seal_new(STR("D025"), &serial) == OK && serial == 2);
    CHECK(seal_current(STR("D025"), &serial) == OK && serial == 2);
    CHECK(seal_sign(&memory, STR("D025"), 2, STR("新证"), &new) == OK);
    CHECK(seal_verify(STR("D025"), 1, STR("旧证"), &old) == SEAL_GOOD);
    CHECK(seal_verify(STR("D025"), 2, STR("新证"), &new) == SEAL_GOOD);
    CHECK(seal_verify(STR("D025"), 2, STR("旧证"), &old) == SEAL_BAD);

    /* The secret half of an old pair may go. */
    char path[100];
    snprintf(path, sizeof path, "%s/D025-1.sm2.key", dir);
    CHECK(unlink(path) == 0);
    CHECK(seal_verify(STR("D025"), 1, STR("旧证"), &old) == SEAL_GOOD);
    CHECK(seal_sign(&memory, STR("D025"), 1, STR("x"), &new) == ERR_STORE);
}

static void secret_halves_are_for_the_owner_only(void)
{
    struct stat st;
    char path[100];
    str sm2, ecdsa;
    snprintf(path, sizeof path, "%s/D025-2.ec.key", dir);
    CHECK(stat(path, &st) == 0 && (st.st_mode & 0777) == 0600);
    CHECK(seal_public(&memory, STR("D025"), 2, &sm2, &ecdsa) == OK);
    CHECK(str_find(sm2, STR("PUBLIC KEY")) > 0);
    CHECK(str_find(sm2, STR("PRIVATE")) < 0);
    CHECK(str_find(ecdsa, STR("PRIVATE")) < 0);
}

static void a_code_never_leaves_the_folder(void)
{
    int serial;
    CHECK(seal_new(STR("../x"), &serial) == ERR_INPUT);
    CHECK(seal_new(STR("d025"), &serial) == ERR_INPUT);
    CHECK(seal_new(STR(""), &serial) == ERR_INPUT);
}

/* GM/T 0004 and FIPS 180-4 both have the digest of "abc" as an example. */
static void digests_are_those_of_the_standards(void)
{
    CHECK_STR(seal_sha256(&memory, STR("abc")),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015"
              "ad");
    CHECK_STR(seal_sm3(&memory, STR("abc")),
              "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8"
              "e0");
}

static void a_secret_has_no_letters_to_mix_up(void)
{
    str one = seal_secret(&memory, 12), two = seal_secret(&memory, 12);
    CHECK(one.n == 12 && !str_eq(one, two));
    for (size_t i = 0; i < one.n; i++)
        CHECK(str_find_byte(STR("ILOU"), one.p[i]) < 0);
}

int main(void)
{
    str problem;
    CHECK(mkdtemp(dir) != NULL && seal_open(dir, &problem) == OK);
    RUN(what_is_signed_verifies_and_nothing_else);
    RUN(either_signature_broken_is_bad);
    RUN(a_new_key_signs_and_the_old_one_still_verifies);
    RUN(secret_halves_are_for_the_owner_only);
    RUN(a_code_never_leaves_the_folder);
    RUN(digests_are_those_of_the_standards);
    RUN(a_secret_has_no_letters_to_mix_up);
    arena_free(&memory);
    return test_result();
}
