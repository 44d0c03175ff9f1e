#include "kernel/log/log.h"

#include "base/base.h"

#include <stdarg.h>
#include <stdio.h>

/* One write a line, so that lines of several threads never mix. */
static void line(const char *level, const char *format, va_list args)
{
    char text[1024], when[INST_TEXT];
    inst_text(inst_now(), when);
    int n = snprintf(text, sizeof text, "%s %s ", when, level);
    int more = vsnprintf(text + n, sizeof text - (size_t)n - 1, format, args);
    size_t end = (size_t)n + (more > 0 ? (size_t)more : 0);
    if (end > sizeof text - 2)
        end = sizeof text - 2;
    text[end] = '\n';
    fwrite(text, 1, end + 1, stderr);
}

void log_error(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    line("error", format, args);
    va_end(args);
}

void log_info(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    line("info", format, args);
    va_end(args);
}
