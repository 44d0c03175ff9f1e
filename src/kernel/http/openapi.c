/*
 * /api/openapi.json: the route tables, the declared fields and the pages'
 * views, written as OpenAPI 3.1.  Nothing in it is said twice: what the program
 * checks is what the description says.
 */
#include "kernel/auth/auth.h"
#include "kernel/http/inside.h"
#include "kernel/http/pages.h"
#include "kernel/page/page.h"

#include <string.h>

/* ---- a view whose members may be named by any text ---- */

static struct view member(struct view *v, str name)
{
    struct view inner = { v->arena, value_new(v->arena, VALUE_OBJECT) };
    value_add(v->object, arena_str(v->arena, name), inner.object);
    return inner;
}

static struct view ref_member(struct view *v, const char *name,
                              const char *target)
{
    struct view inner = member(v, str_of(name));
    view_text(&inner, "$ref", str_of(target));
    return inner;
}

/* A schema made elsewhere as JSON text. */
static void add_schema(struct view *v, str name, str json)
{
    struct value *tree = NULL;
    str problem;
    if (json.n == 0 ||
        value_read_json(v->arena, json, &tree, &problem) != OK)
        tree = value_new(v->arena, VALUE_OBJECT);
    value_add(v->object, arena_str(v->arena, name), tree);
}

/* ---- fields ---- */

static void bound(struct view *s, const char *name, int64_t n)
{
    if (n > 0)
        view_int(s, name, n);
}

static void text_bounds(struct view *s, const struct field *f, int64_t own)
{
    bound(s, "minLength", f->min);
    bound(s, "maxLength", f->max ? f->max : own);
}

static void choice_schema(struct view *s, const struct field *f)
{
    struct view one = *s;
    view_text(s, "type", f->max > 1 ? STR("array") : STR("string"));
    if (f->max > 1) {
        view_int(s, "maxItems", f->max);
        one = view_object(s, "items");
        view_text(&one, "type", STR("string"));
    }
    struct value *list = view_list(&one, "enum");
    str rest = str_of(f->choices);
    while (!str_is_none(rest))
        value_push(list, value_text(s->arena, str_cut(&rest, ',')));
    if (f->min <= 0 && f->max <= 1)
        value_push(list, value_text(s->arena, STR("")));
}

static void pattern(struct view *s, const char *regex, const struct field *f)
{
    view_text(s, "type", STR("string"));
    view_text(s, "pattern", f->min > 0
                                ? str_of(regex)
                                : arena_printf(s->arena, "^$|%s", regex));
}

static void field_schema(struct view *s, const struct field *f)
{
    switch (f->type) {
    case FIELD_INT:
    case FIELD_PICK_INT:
        view_text(s, "type", STR("integer"));
        if (f->min || f->max) {
            view_int(s, "minimum", f->min);
            view_int(s, "maximum", f->max);
        }
        break;
    case FIELD_DAY:
        view_text(s, "type", STR("string"));
        view_text(s, "format", STR("date"));
        break;
    case FIELD_CHOICE:
        choice_schema(s, f);
        break;
    case FIELD_FLAG:
        view_text(s, "type", STR("boolean"));
        break;
    case FIELD_ID:
        pattern(s, "^[0-9]{17}[0-9Xx]$", f);
        break;
    case FIELD_CREDIT:
        pattern(s, "^[0-9A-Za-z]{18}$", f);
        break;
    case FIELD_MOBILE:
        pattern(s, "^1[0-9]{10}$", f);
        break;
    case FIELD_FILE:
        view_text(s, "type", STR("string"));
        view_text(s, "format", STR("binary"));
        break;
    case FIELD_SECRET:
        view_text(s, "type", STR("string"));
        view_text(s, "format", STR("password"));
        text_bounds(s, f, FORM_SECRET);
        break;
    case FIELD_ANY:
        break;
    default:
        view_text(s, "type", STR("string"));
        text_bounds(s, f, f->type == FIELD_LINES ? FORM_LINES : FORM_TEXT);
    }
    if (f->label)
        view_text(s, "description", str_of(f->label));
}

static bool required(const struct field *f)
{
    return field_is_int(f) ? f->must : f->min > 0;
}

static void form_schema(struct view *s, const struct field *fields)
{
    bool any = false;
    view_text(s, "type", STR("object"));
    struct view properties = view_object(s, "properties");
    for (const struct field *f = fields; f && f->name; f++) {
        struct view one = member(&properties, str_of(f->name));
        field_schema(&one, f);
        any = any || required(f);
    }
    if (!any)
        return;
    struct value *list = view_list(s, "required");
    for (const struct field *f = fields; f->name; f++)
        if (required(f))
            value_push(list, value_text(s->arena, str_of(f->name)));
}

/* ---- one operation ---- */

static void path_parameters(struct view *op, struct value *list,
                            const char *path)
{
    str rest = str_of(path);
    while (!str_is_none(rest)) {
        str s = str_cut(&rest, '/');
        if (s.n < 3 || s.p[0] != '{')
            continue;
        struct view p = view_row(op, list);
        view_text(&p, "name", str_slice(s, 1, s.n - 1));
        view_text(&p, "in", STR("path"));
        view_bool(&p, "required", true);
        struct view schema = view_object(&p, "schema");
        view_text(&schema, "type", STR("string"));
        view_int(&schema, "maxLength", HTTP_PARAM_BYTES);
    }
}

static void query_parameters(struct view *op, struct value *list,
                             const struct field *fields)
{
    for (const struct field *f = fields; f && f->name; f++) {
        struct view p = view_row(op, list);
        view_text(&p, "name", str_of(f->name));
        view_text(&p, "in", STR("query"));
        view_bool(&p, "required", required(f));
        struct view schema = view_object(&p, "schema");
        field_schema(&schema, f);
    }
}

static void key_parameter(struct view *op, struct value *list)
{
    struct view p = view_row(op, list);
    view_text(&p, "name", STR("Idempotency-Key"));
    view_text(&p, "in", STR("header"));
    view_text(&p, "description",
              STR("同一个值再次提交只办一次，回答与第一次相同；保留七天"));
    struct view schema = view_object(&p, "schema");
    view_text(&schema, "type", STR("string"));
    view_int(&schema, "maxLength", HTTP_KEY_BYTES);
}

static void request_body(struct view *op, const struct route *r)
{
    bool files = (r->flags & ROUTE_UPLOAD) != 0;
    for (const struct field *f = r->form; f && f->name; f++)
        files = files || f->type == FIELD_FILE;
    struct view body = view_object(op, "requestBody");
    struct view content = view_object(&body, "content");
    static const char *const plain[] = { "application/json",
                                         "application/x-www-form-urlencoded",
                                         NULL };
    static const char *const with_files[] = { "multipart/form-data", NULL };
    for (const char *const *type = files ? with_files : plain; *type; type++) {
        struct view one = member(&content, str_of(*type));
        struct view schema = view_object(&one, "schema");
        form_schema(&schema, r->form);
    }
}

static void described(struct view *responses, const char *status,
                      const char *text, struct view *out)
{
    *out = member(responses, str_of(status));
    view_text(out, "description", str_of(text));
}

static void content_of(struct view *response, const struct route *r)
{
    struct view content = view_object(response, "content");
    if (r->flags & ROUTE_STREAM) {
        member(&content, STR("text/event-stream"));
        return;
    }
    if (r->flags & ROUTE_RAW) {
        member(&content, STR("*/*"));
        return;
    }
    struct view json = member(&content, STR("application/json"));
    if (r->page)
        add_schema(&json, STR("schema"), page_schema(str_of(r->page)));
    member(&content, STR("text/html"));
}

static void responses(struct view *op, const struct route *r, bool get)
{
    struct view all = view_object(op, "responses"), one;
    if (get) {
        described(&all, "200", "页面或同一内容的 JSON", &one);
        content_of(&one, r);
    } else {
        described(&all, "303", "完成，转到结果页（HTML）", &one);
        described(&all, "200", "完成（JSON）", &one);
        described(&all, "201", "已建立，Location 是它的地址（JSON）", &one);
    }
    ref_member(&all, "4XX", "#/components/responses/Problem");
    ref_member(&all, "5XX", "#/components/responses/Problem");
}

/* Nobody signed in may do it: no security; else either way of proving. */
static void security(struct view *op, const struct route *r)
{
    struct value *list = view_list(op, "security");
    if (strcmp(r->may, "anyone") == 0)
        return;
    struct view cookie = view_row(op, list);
    view_list(&cookie, "session");
    struct view bearer = view_row(op, list);
    view_list(&bearer, "bearer");
}

/* What a walk over all addresses needs to know, the permission matrix first. */
static void extensions(struct view *op, const struct route *r)
{
    view_text(op, "x-permission", str_of(r->may));
    struct value *roles = view_list(op, "x-roles");
    bool all = strcmp(r->may, "anyone") == 0;
    for (const struct auth_role *role = auth_roles; role->name; role++)
        if (!all && auth_role_may(str_of(role->name), r->may))
            value_push(roles, value_text(op->arena, str_of(role->name)));
    if (r->law)
        view_text(op, "x-law", str_of(r->law));
    if (r->flags & ROUTE_RAW)
        view_bool(op, "x-raw", true);
    if (r->flags & ROUTE_STREAM)
        view_bool(op, "x-stream", true);
}

/* get_cases_number_accept */
static str operation_id(struct arena *a, const struct route *r, bool get)
{
    str path = str_of(r->path);
    char *p = arena_alloc(a, path.n + 8);
    size_t n = 0;
    for (const char *m = get ? "get" : "post"; *m; m++)
        p[n++] = *m;
    for (size_t i = 0; i < path.n; i++) {
        char c = path.p[i];
        bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                    (c >= 'A' && c <= 'Z');
        if (word)
            p[n++] = c;
        else if (p[n - 1] != '_' && i + 1 < path.n)
            p[n++] = '_';
    }
    return (str){ p, n };
}

static void operation(struct view *path, const struct module *m,
                      const struct route *r)
{
    bool get = strcmp(r->method, "GET") == 0;
    struct view op = member(path, get ? STR("get") : STR("post"));
    view_text(&op, "operationId", operation_id(path->arena, r, get));
    if (r->what)
        view_text(&op, "summary", str_of(r->what));
    struct value *tags = view_list(&op, "tags");
    value_push(tags, value_text(path->arena, str_of(m->name)));
    extensions(&op, r);
    security(&op, r);
    struct value *parameters = view_list(&op, "parameters");
    path_parameters(&op, parameters, r->path);
    if (get) {
        query_parameters(&op, parameters, r->form);
    } else {
        key_parameter(&op, parameters);
        request_body(&op, r);
    }
    responses(&op, r, get);
}

/* ---- the document ---- */

static void add_paths(struct view *root, const struct http *h)
{
    struct view paths = view_object(root, "paths");
    for (const struct module *const *m = h->modules; *m; m++)
        for (const struct route *r = (*m)->routes; r && r->method; r++) {
            struct value *old = (struct value *)value_get(paths.object,
                                                          str_of(r->path));
            struct view path = { root->arena, old };
            if (old == NULL)
                path = member(&paths, str_of(r->path));
            operation(&path, *m, r);
        }
}

static void add_shape(void *context, str name, str schema)
{
    add_schema(context, name, schema);
}

static const char problem_schema[] =
    "{\"type\":\"object\",\"required\":[\"error\"],\"properties\":{\"error\":"
    "{\"type\":\"object\",\"required\":[\"code\",\"sentence\",\"fields\","
    "\"request\"],\"properties\":{\"code\":{\"type\":\"string\"},"
    "\"status\":{\"type\":\"integer\"},"
    "\"sentence\":{\"type\":\"string\"},\"request\":{\"type\":\"string\"},"
    "\"fields\":{\"type\":\"array\",\"items\":{\"type\":\"object\","
    "\"properties\":{\"field\":{\"type\":\"string\"},\"sentence\":"
    "{\"type\":\"string\"}}}}}}}}";

static void add_components(struct view *root)
{
    struct view components = view_object(root, "components");
    struct view schemas = view_object(&components, "schemas");
    page_schemas(add_shape, &schemas);
    add_schema(&schemas, STR("Problem"), str_of(problem_schema));
    struct view answers = view_object(&components, "responses");
    struct view problem = member(&answers, STR("Problem"));
    view_text(&problem, "description", STR("一句说明和需要修改的字段"));
    struct view content = view_object(&problem, "content");
    struct view json = member(&content, STR("application/json"));
    ref_member(&json, "schema", "#/components/schemas/Problem");
    struct view ways = view_object(&components, "securitySchemes");
    struct view session = view_object(&ways, "session");
    view_text(&session, "type", STR("apiKey"));
    view_text(&session, "in", STR("cookie"));
    view_text(&session, "name", STR(AUTH_COOKIE));
    struct view bearer = view_object(&ways, "bearer");
    view_text(&bearer, "type", STR("http"));
    view_text(&bearer, "scheme", STR("bearer"));
}

str openapi_text(struct arena *a, const struct http *h)
{
    struct view root = { a, value_new(a, VALUE_OBJECT) };
    view_text(&root, "openapi", STR("3.1.0"));
    struct view info = view_object(&root, "info");
    view_text(&info, "title", h->about.name);
    view_text(&info, "version", STR(HTTP_VERSION));
    view_text(&info, "description",
              STR("每个页面也可以用 JSON 读取；用会话的 Cookie 提交时"
                  "需要 X-CSRF-Token，用 Bearer 令牌时不需要。"));
    struct value *servers = view_list(&root, "servers");
    struct view server = view_row(&root, servers);
    view_text(&server, "url", h->site);
    add_paths(&root, h);
    add_components(&root);
    str text = value_json(a, root.object);
    return text;
}
