/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The steps: the semantic patches of cocci/ and what their headers say.
 *
 * A step is the file cocci/NN-name.cocci.  Its header holds
 *   /// lines   the commit message; the first one is the subject
 *   //# lines   what the semantic patch does not see
 *   //% lines   what the audit has to know: rules, see rule.h
 *   //> NAME    begins a text block, whose lines follow as //| lines: text that
 *               spatch cannot print as it should be.  Plus code names it by the
 *               declaration "int TEXT_NAME;"
 */
#ifndef STEP_H
#define STEP_H

#include <stdbool.h>

#include <glib.h>

#include "rule.h"

struct step {
	char *name;		/* "02-kthread-worker-flags" */
	char *path;		/* of the semantic patch */
	char *subject;
	char *description;	/* the other /// lines */
	GPtrArray *rules;	/* struct rule */
	GHashTable *texts;	/* char * -> char *: the text blocks */
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

/* Is the step carried out only where it is asked for by name? */
bool step_is_optional(const struct step *step);

/*
 * Has the step anything to do in a module: does it convert callers or lookups,
 * and not only the kernel's own API?
 */
bool step_is_for_module(const struct step *step);

/* Does the step add code, or does it only remove? */
bool step_adds(const struct step *step);

/*
 * Does the step bring one of @names ("a|b") into a tree: does an inside or
 * beside rule of it ask for one?
 */
bool step_brings(const struct step *step, const char *names);

/* The first rule of a kind, or NULL. */
const struct rule *step_rule(const struct step *step, enum rule_kind kind);

/* Every identifier that the step's rules speak of; array of char *, owned. */
GPtrArray *step_words(const struct step *step);

/*
 * The folder of the semantic patches and tables: $KTHREAD_COCCI_DIR, or
 * relative to the program (build/ in the source tree, bin/ when installed).
 * NULL with @error set where there is none.  The caller frees it.
 */
char *steps_folder(char **error);

#endif
