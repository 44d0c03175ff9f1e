/* Vectors of document numbers. */
#include "office/office.h"

static void doc_number(struct vector *v)
{
    const struct value *input = value_get(v->root, STR("input"));
    const struct value *valid = value_get(v->root, STR("valid"));
    struct office_number number;
    str why = str_none;
    v->whole = true;
    if (input == NULL || input->kind != VALUE_TEXT || valid == NULL ||
        valid->kind != VALUE_BOOL) {
        vector_wrong(v, "input is not a text, or valid neither true nor false");
        return;
    }
    bool got = office_number_read(input->text, &number, &why) == OK;
    if (got != (valid->i != 0))
        vector_wrong(v, "valid: expected %s, got %s %.*s",
                     valid->i ? "true" : "false", got ? "true" : "false",
                     STR_ARG(why));
}

const struct vector_type office_vectors[] = {
    { "doc_number", NULL, doc_number },
    { 0 },
};
