/* Any bytes as a table somebody sends: CSV, XLSX, or neither. */
#include "kernel/book/book.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = { 0 };
    struct book *b = NULL;
    const struct book_row *row;
    char path[40];
    str problem;
    int fd = memfd_create("book", 0);
    if (fd < 0)
        return 0;
    if (write(fd, data, size) == (ssize_t)size) {
        snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
        enum err e = book_open(path, &a, &b, &problem);
        while (e == OK)
            e = book_next(b, &row, &problem);
        book_close(b);
    }
    close(fd);
    arena_free(&a);
    return 0;
}
