/*
 * log -- what the operator reads: one line an event on standard error, with
 * the time, never with personal data or a secret.
 */
#ifndef KERNEL_LOG_H
#define KERNEL_LOG_H

/* Something broke that a person must look at. */
void log_error(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Something worth knowing: started, recovered, migrated. */
void log_info(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
