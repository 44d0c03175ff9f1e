/*
 * The bare group commit of the same rows: what no submission can be faster
 * than.
 *
 * bench_city_rows FROM TO -- learns from FROM, the data file a server is
 * working on, which rows the last joint submissions left, search index
 * included; then, for each line "MILLISECONDS CLIENTS" on its standard input,
 * writes as many submissions of such rows into TO as that time allows, CLIENTS
 * of them in a transaction, and prints how many a second.  TO has the same
 * tables, indexes and size.  Ids, case numbers and audit numbers are new for
 * each; nothing else is computed: no queue, no rules, no digest.
 */
#include "base/base.h"
#include "kernel/search/terms.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    SAMPLES = 32, ROWS = 96, COLUMNS = 64, IDS = 96,
    MARK = 6,                    /* last digits of a number, made anew */
    FIRST_NUMBER = 500000,       /* beyond what the copy has today */
};

struct cell {
    int type;                    /* SQLITE_INTEGER … */
    int64_t i;
    char *text;
    size_t n;
    int id;                      /* which of the submission's ids, or -1 */
    bool seq;                    /* running number of the audit trail */
    char *mark[4];               /* where the case's number stands in text */
    int marks;
};

struct row {
    sqlite3_stmt *insert;
    int columns;
    struct cell cell[COLUMNS];
};

struct sample {
    struct row *row[ROWS];
    int rows;
    int64_t id[IDS];
    int ids;
};

/* Which rows belong to a submission: ?1 is the id of its thread, ?2 its number.
 * Without `insert` all columns go back into the table. */
static const struct source {
    const char *table, *select, *insert;
} sources[] = {
    { "services_case", "SELECT * FROM services_case WHERE id = ?1 OR "
      "parent = ?1 ORDER BY id", NULL },
    { "clock_running", "SELECT * FROM clock_running WHERE matter = 'case' AND "
      "ref IN (SELECT number FROM services_case WHERE parent = ?1)", NULL },
    { "services_paper", "SELECT * FROM services_paper WHERE case_id = ?1",
      NULL },
    { "files_ref", "SELECT * FROM files_ref WHERE room = 'services' AND "
      "ref = ?2", NULL },
    { "services_event", "SELECT * FROM services_event WHERE case_id = ?1",
      NULL },
    { "search_doc", "SELECT * FROM search_doc WHERE id IN (SELECT id FROM "
      "services_case WHERE id = ?1 OR parent = ?1)", NULL },
    { "audit_entry", "SELECT * FROM audit_entry WHERE object = ?2 AND "
      "action = 'case.file'", NULL },
    { "job_outbox", "SELECT id, 'case.filed', number, NULL, '', 0, filed, "
      "filed FROM services_case WHERE id = ?1", NULL },
    { "process_case", "SELECT * FROM process_case WHERE number IN (SELECT "
      "number FROM services_case WHERE id = ?1 OR parent = ?1)", NULL },
    { "process_task", "SELECT t.* FROM process_task t JOIN process_case p ON "
      "p.id = t.case_id JOIN services_case c ON c.number = p.number WHERE "
      "c.id = ?1 OR c.parent = ?1", NULL },
    { "process_event", "SELECT e.case_id, e.seq AS revision, e.at, e.actor, "
      "e.name, e.verb, e.node, e.task, e.detail FROM process_event e JOIN "
      "process_case p ON p.id = e.case_id JOIN services_case c ON c.number = "
      "p.number WHERE (c.id = ?1 OR c.parent = ?1) AND e.seq = 1", NULL },
    { "services_series", "SELECT received FROM services_case WHERE id = ?1",
      "UPDATE services_series SET last = last + 1 WHERE name = 'case' AND "
      "of = ?1" },
    { "services_tally", "SELECT received, unit FROM services_case WHERE "
      "parent = ?1 UNION ALL SELECT received, '' FROM services_case WHERE "
      "id = ?1",
      "INSERT INTO services_tally (day, unit, filed, closed, late, refused, "
      "worked) VALUES (?1, ?2, 1, 0, 0, 0, 0) ON CONFLICT (day, unit) DO "
      "UPDATE SET filed = filed + 1" },
    { "services_open", "SELECT unit, state, kind, sort_due FROM services_case "
      "WHERE parent = ?1 UNION ALL SELECT '', state, kind, sort_due FROM "
      "services_case WHERE id = ?1",
      "INSERT INTO services_open (unit, state, kind, sort_due, cases) VALUES "
      "(?1, ?2, ?3, ?4, 1) ON CONFLICT (unit, state, kind, sort_due) DO UPDATE "
      "SET cases = cases + 1" },
};

static sqlite3 *from, *to;
static struct sample sample[SAMPLES];
static int samples;

static void must(bool good, sqlite3 *db)
{
    if (good)
        return;
    fprintf(stderr, "rows: %s\n", sqlite3_errmsg(db));
    exit(1);
}

static sqlite3_stmt *prepared(sqlite3 *db, const char *text)
{
    sqlite3_stmt *s;
    must(sqlite3_prepare_v3(db, text, -1, SQLITE_PREPARE_PERSISTENT, &s,
                            NULL) == SQLITE_OK, db);
    return s;
}

static void execute(sqlite3 *db, const char *text)
{
    must(sqlite3_exec(db, text, NULL, NULL, NULL) == SQLITE_OK, db);
}

/* ---- learning ---- */

/* The digits of the number stand in texts as YX… and, in the index, as yx…. */
static void find_marks(struct cell *c, const char *digits)
{
    size_t n = strlen(digits);
    for (char *p = c->text; (p = strstr(p, digits)) && c->marks < 4; p += n)
        c->mark[c->marks++] = p + n - MARK;
}

static void read_cell(struct cell *c, sqlite3_stmt *s, int i,
                      const char *digits)
{
    *c = (struct cell){ .type = sqlite3_column_type(s, i), .id = -1 };
    c->i = sqlite3_column_int64(s, i);
    c->seq = strcmp(sqlite3_column_name(s, i), "seq") == 0;
    if (c->type != SQLITE_TEXT && c->type != SQLITE_BLOB)
        return;
    const void *bytes = sqlite3_column_blob(s, i);
    c->n = (size_t)sqlite3_column_bytes(s, i);
    c->text = calloc(1, c->n + 1);
    memcpy(c->text, bytes ? bytes : "", c->n);
    if (c->type == SQLITE_TEXT)
        find_marks(c, digits);
}

/* One statement a source, made when its first row shows how many columns. */
static sqlite3_stmt *insert_of(size_t source, int columns)
{
    static sqlite3_stmt *made[sizeof sources / sizeof *sources];
    const struct source *f = &sources[source];
    char text[512];
    int n = snprintf(text, sizeof text, "INSERT INTO %s VALUES (?", f->table);
    for (int i = 1; i < columns; i++)
        n += snprintf(text + n, sizeof text - (size_t)n, ", ?");
    snprintf(text + n, sizeof text - (size_t)n, ")");
    if (made[source] == NULL)
        made[source] = prepared(to, f->insert ? f->insert : text);
    return made[source];
}

static struct row *row_new(struct sample *p, int columns)
{
    struct row *r = calloc(1, sizeof *r);
    if (r == NULL || p->rows == ROWS || columns > COLUMNS)
        exit(1);
    r->columns = columns;
    return p->row[p->rows++] = r;
}

static struct cell text_cell(struct buf *b, const char *digits)
{
    struct cell c = { .type = SQLITE_TEXT, .id = -1, .n = b->n };
    buf_byte(b, 0);
    size_t n;
    c.text = buf_take(b, &n);
    find_marks(&c, digits);
    return c;
}

/* The index's own row of a document; its columns are id, kind, unit, open,
 * closed.  The terms are those of search.c. */
static void add_terms(struct sample *p, const struct row *doc,
                      const char *digits)
{
    static sqlite3_stmt *insert;
    if (insert == NULL)
        insert = prepared(to, "INSERT INTO search_index (rowid, open, closed, "
                              "marks) VALUES (?, ?, ?, ?)");
    struct row *r = row_new(p, 4);
    const struct cell *d = doc->cell;
    str open = { d[3].text, d[3].n }, closed = { d[4].text, d[4].n };
    struct buf pairs = { 0 }, more = { 0 }, marks = { 0 };
    bool part = d[1].text[0] == 'p';
    str kind = str_of(d[1].text);
    terms_put_pairs(open, kind, &pairs);
    terms_put_pairs(closed, kind, &more);
    buf_printf(&marks, "k%su%s", d[1].text, d[2].text);
    terms_put_marks(open, part ? STR("opart") : STR("ocase"), &marks);
    terms_put_marks(closed, part ? STR("cpart") : STR("ccase"), &marks);
    r->insert = insert;
    r->cell[0] = d[0];
    r->cell[1] = text_cell(&pairs, digits);
    r->cell[2] = text_cell(&more, digits);
    r->cell[3] = text_cell(&marks, digits);
}

/* The papers were handed in on the other file. */
static void add_blob(const struct row *ref)
{
    static sqlite3_stmt *insert;
    if (insert == NULL)
        insert = prepared(to, "INSERT OR IGNORE INTO files_blob (sha256, size, "
                              "type, created) VALUES (?, 1, '', 0)");
    const struct cell *digest = &ref->cell[0];
    sqlite3_bind_text(insert, 1, digest->text, (int)digest->n, SQLITE_STATIC);
    must(sqlite3_step(insert) == SQLITE_DONE, to);
    sqlite3_reset(insert);
}

static void learn_rows(struct sample *p, size_t source, int64_t id,
                       const char *number)
{
    sqlite3_stmt *s = prepared(from, sources[source].select);
    sqlite3_bind_int64(s, 1, id);
    if (sqlite3_bind_parameter_count(s) > 1)
        sqlite3_bind_text(s, 2, number, -1, SQLITE_STATIC);
    while (sqlite3_step(s) == SQLITE_ROW) {
        struct row *r = row_new(p, sqlite3_column_count(s));
        for (int i = 0; i < r->columns; i++)
            read_cell(&r->cell[i], s, i, number + 2);
        r->insert = insert_of(source, r->columns);
        bool key = strcmp(sqlite3_column_name(s, 0), "id") == 0;
        if (key && p->ids < IDS)
            p->id[p->ids++] = r->cell[0].i;
        if (strcmp(sources[source].table, "search_doc") == 0)
            add_terms(p, r, number + 2);
        if (strcmp(sources[source].table, "files_ref") == 0)
            add_blob(r);
    }
    sqlite3_finalize(s);
}

static void name_ids(struct sample *p)
{
    for (int i = 0; i < p->rows; i++)
        for (int k = 0; k < p->row[i]->columns; k++)
            for (int m = 0; m < p->ids; m++)
                if (p->row[i]->cell[k].type == SQLITE_INTEGER &&
                    p->row[i]->cell[k].i == p->id[m])
                    p->row[i]->cell[k].id = m;
}

/* The newest submissions with four parts. */
static void learn(void)
{
    execute(from, "BEGIN");
    sqlite3_stmt *s = prepared(
        from, "SELECT id, number FROM services_case c WHERE kind = 'joint' AND "
              "(SELECT count(*) FROM services_case WHERE parent = c.id) = 4 "
              "ORDER BY id DESC LIMIT 32");
    while (samples < SAMPLES && sqlite3_step(s) == SQLITE_ROW) {
        struct sample *p = &sample[samples++];
        char number[64];
        snprintf(number, sizeof number, "%s",
                 (const char *)sqlite3_column_text(s, 1));
        for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
            learn_rows(p, i, sqlite3_column_int64(s, 0), number);
        name_ids(p);
    }
    sqlite3_finalize(s);
    execute(from, "COMMIT");
    if (samples == 0) {
        fputs("rows: no joint submission to learn from\n", stderr);
        exit(1);
    }
}

/* ---- writing ---- */

static int64_t first_id, first_seq, written;

static int64_t one_number(const char *text)
{
    sqlite3_stmt *s = prepared(to, text);
    must(sqlite3_step(s) == SQLITE_ROW, to);
    int64_t n = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return n;
}

static void bind(sqlite3_stmt *s, int at, struct cell *c, const char *digits)
{
    for (int i = 0; i < c->marks; i++)
        memcpy(c->mark[i], digits, MARK);
    if (c->type == SQLITE_INTEGER && c->seq)
        sqlite3_bind_int64(s, at, first_seq + written);
    else if (c->type == SQLITE_INTEGER && c->id >= 0)
        sqlite3_bind_int64(s, at, first_id + (written * IDS + c->id) * 256);
    else if (c->type == SQLITE_INTEGER)
        sqlite3_bind_int64(s, at, c->i);
    else if (c->type == SQLITE_TEXT)
        sqlite3_bind_text(s, at, c->text, (int)c->n, SQLITE_STATIC);
    else if (c->type == SQLITE_BLOB)
        sqlite3_bind_blob(s, at, c->text, (int)c->n, SQLITE_STATIC);
    else
        sqlite3_bind_null(s, at);
}

static void write_one(void)
{
    struct sample *p = &sample[written % samples];
    char digits[16];
    snprintf(digits, sizeof digits, "%06lld",
             (long long)(FIRST_NUMBER + written) % 1000000);
    for (int i = 0; i < p->rows; i++) {
        struct row *r = p->row[i];
        for (int k = 0; k < r->columns; k++)
            bind(r->insert, k + 1, &r->cell[k], digits);
        must(sqlite3_step(r->insert) == SQLITE_DONE, to);
        sqlite3_reset(r->insert);
    }
    written++;
}

static double round_of(int64_t ms, int clients)
{
    int64_t begin = tick_ms(), before = written;
    while (tick_ms() - begin < ms) {
        execute(to, "BEGIN IMMEDIATE");
        for (int i = 0; i < clients; i++)
            write_one();
        execute(to, "COMMIT");
    }
    return (double)(written - before) * 1000 / (double)(tick_ms() - begin);
}

/* The server's keeper, without its care. */
static void *checkpoints(void *path)
{
    sqlite3 *db;
    must(sqlite3_open(path, &db) == SQLITE_OK, db);
    for (;;) {
        usleep(500000);
        sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL,
                                  NULL);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    char line[64];
    if (argc != 3) {
        fputs("usage: bench_city_rows FROM TO\n", stderr);
        return 2;
    }
    must(sqlite3_open_v2(argv[1], &from, SQLITE_OPEN_READWRITE, NULL) ==
             SQLITE_OK, from);
    must(sqlite3_open_v2(argv[2], &to, SQLITE_OPEN_READWRITE |
                         SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK, to);
    execute(from, "PRAGMA query_only=ON");
    execute(to, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                "PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-32768;"
                "PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON;");
    learn();
    sqlite3_close(from);
    first_id = one_number("SELECT max(id) FROM services_case") + (1LL << 40);
    first_seq = one_number("SELECT coalesce(max(seq), 0) FROM audit_entry") + 1;
    pthread_t keeper;
    if (pthread_create(&keeper, NULL, checkpoints, argv[2]) != 0)
        return 1;
    printf("rows\t%d\n", sample[0].rows);
    fflush(stdout);
    while (fgets(line, sizeof line, stdin)) {
        int ms, clients;
        if (sscanf(line, "%d %d", &ms, &clients) != 2)
            break;
        printf("%.0f\n", round_of(ms, clients));
        fflush(stdout);
    }
    return 0; /* with the keeper at whatever it does */
}
