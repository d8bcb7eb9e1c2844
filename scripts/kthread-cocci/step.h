/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The steps: the semantic patches of cocci/ and what their headers say.
 *
 * A step is the file cocci/NN-name.cocci.  Its header holds
 *   /// lines   the commit message; the first one is the subject
 *   //# lines   what the semantic patch does not see
 *   //% lines   what the audit has to know, "//% KEYWORD: WORDS":
 *     removed-argument: NAME POSITION LITERAL FORMAT FUNCTION...
 *         the functions (or macros) had a parameter NAME as their argument
 *         POSITION (from 1); a call is converted if it passes LITERAL there;
 *         after the step their printf format is argument FORMAT
 *     removed-name: IDENTIFIER...
 *         identifiers that are gone after the step
 *     removed-member: STRUCT MEMBER
 *         a member that is gone after the step
 *         (further names on //% lines that are indented deeper)
 *     optional: yes
 *         the step is carried out only where it is asked for by name
 */
#ifndef STEP_H
#define STEP_H

#include <stdbool.h>

#include <glib.h>

enum rule_kind {
	RULE_REMOVED_ARGUMENT,
	RULE_REMOVED_NAME,
	RULE_REMOVED_MEMBER,
};

struct rule {
	enum rule_kind kind;
	GPtrArray *names;	/* functions, identifiers, or the struct */
	char *parameter;	/* removed argument or member: its name */
	unsigned int position;	/* removed argument: 1-based */
	unsigned int format;	/* removed argument: where the format is now */
	char *literal;		/* removed argument: what a call passes */
};

struct step {
	char *name;		/* "02-kthread-worker-flags" */
	char *path;		/* of the semantic patch */
	char *subject;
	char *description;	/* the other /// lines */
	bool optional;
	GPtrArray *rules;	/* struct rule */
};

/*
 * Read all steps below @folder, in order.  Returns an array of struct step, or
 * NULL with @error set to one line.
 */
GPtrArray *steps_read(const char *folder, char **error);

/*
 * The step that @name means: its full name or its number ("02").  NULL where
 * there is none.
 */
struct step *steps_find(const GPtrArray *steps, const char *name);

/* Every identifier that the step's rules speak of; array of char *, owned. */
GPtrArray *step_words(const struct step *step);

/*
 * The folder of the semantic patches and tables: $KTHREAD_COCCI_DIR, or
 * relative to the program (build/ in the source tree, bin/ when installed).
 * NULL with @error set where there is none.  The caller frees it.
 */
char *steps_folder(char **error);

#endif
