/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Findings: what is left to do and what could not be done, each at a place in
 * a file.  Every module that meets something a maintainer must hear about adds
 * a finding; the command prints them in sorted order and derives its exit
 * status from them.  Nothing is reported twice and nothing is dropped.
 */
#ifndef FINDINGS_H
#define FINDINGS_H

#include <stdbool.h>
#include <stdio.h>

#include <glib.h>

/* Exit statuses of the program; the contract with other people's scripts. */
enum exit_status {
	STATUS_DONE = 0,	/* done, nothing to report */
	STATUS_LEFT = 1,	/* done, something is left */
	STATUS_ERROR = 2,	/* usage or environment error */
	STATUS_FAILED = 3,	/* some files could not be processed */
};

enum finding_kind {
	FINDING_LEFT,		/* left for a human, on purpose */
	FINDING_FAILED,		/* this file could not be processed */
};

struct finding {
	enum finding_kind kind;
	char *path;		/* relative to the tree */
	unsigned int line;	/* 1-based; 0: the file as a whole */
	char *message;
};

struct findings {
	GPtrArray *list;	/* of struct finding */
	GMutex lock;		/* findings are added from several threads */
};

struct findings *findings_new(void);
void findings_free(struct findings *findings);

/* Add a finding.  Safe to call from several threads. */
void findings_add(struct findings *findings, enum finding_kind kind,
		  const char *path, unsigned int line, const char *fmt, ...)
	G_GNUC_PRINTF(5, 6);

/* Move every finding of @from to @to; @from is empty afterwards. */
void findings_move(struct findings *to, struct findings *from);

/* Sort by path, line and message. */
void findings_sort(struct findings *findings);

/*
 * Print the findings of one kind as "path:line: message", sorted by path, line
 * and message, each distinct line once.
 */
void findings_print(struct findings *findings, enum finding_kind kind,
		    FILE *out);

/* The exit status that the findings ask for; failures outrank leftovers. */
enum exit_status findings_status(const struct findings *findings);

#endif
