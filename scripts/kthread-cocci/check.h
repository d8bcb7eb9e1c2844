/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The gate: what is still to be converted in one state of a tree.
 *
 * That is
 *   - each old use of the API that the audit of a step sees.  A step counts that
 *     is not optional and suits the tree, or will once the steps before it are
 *     carried out;
 *   - each path lookup that kernel threads reach, alone or beside user processes.
 *     Of a helper, whose own body is a site, that body is reported and not its
 *     callers.  Step 10 says the same in its audit; here the sites come from the
 *     engine alone, so that each is said once, also before step 10 can be carried
 *     out and where it is not for the tree.
 */
#ifndef CHECK_H
#define CHECK_H

#include "commands.h"
#include "context/engine.h"
#include "context/report.h"

struct check {
	const struct session *session;
	struct tree *tree;		/* not owned */
	struct workspace *workspace;
	struct engine engine;
	const struct step *converter;	/* of the sites; NULL: not for the tree */
	bool has_nullfs;		/* can the tree isolate its threads? */
	struct site_source others;	/* sites that are uses if at all */
	GHashTable *waiting;		/* names of steps that others come before */
	GPtrArray *uses;		/* struct report_use, sorted */
	GHashTable *sites;		/* const struct site *, of engine.sites */
};

/*
 * Judge @tree by the session's steps.  @files are those with a word of a step.
 * What cannot be read is added to @findings.  Release with check_clear().
 */
void check_judge(struct check *check, const struct session *session,
		 struct tree *tree, const GPtrArray *files,
		 const struct index_options *options,
		 struct findings *findings);
void check_clear(struct check *check);

/*
 * Drop from @now what was there @before already.  Findings are matched by what
 * they say, not by where they are: a site by its function and lookup, so that
 * one that got worse (mixed to kthread) or moved to another file is no new one;
 * a use by its message.  Of several that say the same those are new that no
 * line of the same text, and no other in the same file, accounts for.
 * The uses of a step that could not be carried out @before, because an earlier
 * one had not been, are not new: they came with that one.
 */
void check_drop_old(struct check *now, const struct check *before);

/* Drop what is in none of the files and folders (with a slash) in @names. */
void check_drop_elsewhere(struct check *check, char **names);

/* Drop everything. */
void check_drop_all(struct check *check);

/* Is nothing left to report? */
bool check_is_clean(const struct check *check);

/* Print "file:line: message" for each, sorted, each distinct line once. */
void check_print_text(const struct check *check, FILE *out);

#endif
