/* SPDX-License-Identifier: GPL-2.0-only */
/* Running other programs: no shell, a time limit, no orphans. */
#ifndef PROCESS_H
#define PROCESS_H

#include <stdbool.h>

struct process {
	const char *const *argv;	/* NULL-terminated; [0] from $PATH */
	const char *directory;		/* working directory */
	const char *const *environment;	/* NULL-terminated "NAME=value" */
	const char *input;		/* file for stdin, NULL: /dev/null */
	const char *output;		/* file for stdout, NULL: /dev/null */
	const char *errors;		/* file for stderr, NULL: /dev/null */
	unsigned int limit;		/* seconds of wall clock, 0: none */
};

struct process_result {
	int error;			/* errno: it could not be started */
	bool timed_out;
	int status;			/* as from waitpid() */
};

/*
 * Run the program and wait for it.  It and its children are killed when the
 * time is up or when this program dies.  Safe to call from several threads.
 */
struct process_result process_run(const struct process *process);

/*
 * Kill every program that is running; for the end of this one.  From then on
 * process_run() does not return.
 */
void process_kill_all(void);

/* "PATH=..." for an environment; the caller frees it. */
char *process_path(void);

/* Is there such a program in $PATH? */
bool process_exists(const char *program);

#endif
