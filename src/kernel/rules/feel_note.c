/* Remarks: what went wrong and where, for whoever wrote the rule. */
#include "kernel/rules/impl.h"

#include <stdarg.h>
#include <stdio.h>

enum { SENTENCE = 600 };

void note_add(struct arena *a, struct feel_notes *notes, str element,
              bool fatal, uint32_t at, str text)
{
    if (notes == NULL || notes->count++ >= FEEL_MAX_NOTES)
        return;
    struct feel_note *n = ARENA_NEW(a, struct feel_note);
    n->element = element;
    n->text = arena_str(a, text);
    n->fatal = fatal;
    n->at = at;
    if (notes->last)
        notes->last->next = n;
    else
        notes->first = n;
    notes->last = n;
}

static void noted(struct ev *e, const char *format, va_list args)
{
    if (e->notes == NULL)
        return;
    if (e->notes->count >= FEEL_MAX_NOTES) {
        e->notes->count++;
        return;
    }
    char text[SENTENCE];
    int n = vsnprintf(text, sizeof text, format, args);
    if (n < 0)
        return;
    size_t used = (size_t)n < sizeof text ? (size_t)n : sizeof text - 1;
    while (used && !utf8_valid((str){ text, used }))
        used--; /* cut in the middle of a character */
    note_add(e->arena, e->notes, e->element, false, 0, (str){ text, used });
}

const char *punctuation_hint(str s)
{
    static const char *const wide[] = { "，", "。", "；", "：", "（", "）",
                                        "“", "”", "‘", "’", "＜", "＞",
                                        "＝", "、", "【", "】" };
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (str_find(s, str_of(wide[i])) >= 0)
            return "请改用半角标点。";
    return "";
}

void note(struct ev *e, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    noted(e, format, args);
    va_end(args);
}

fval null_because(struct ev *e, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    noted(e, format, args);
    va_end(args);
    return &fv_null;
}

bool spend(struct ev *e, uint64_t n)
{
    e->steps += n;
    if (e->steps > FEEL_MAX_STEPS)
        null_bound(e, "步骤过多");
    return !e->bounded_out;
}

fval null_bound(struct ev *e, const char *what)
{
    if (!e->bounded_out)
        note(e, "计算超出限度：%s。请简化规则。", what);
    e->bounded_out = true;
    return &fv_null;
}
