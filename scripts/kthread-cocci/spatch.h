/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Running spatch on copies of files.
 *
 * spatch's exit status means nothing: a function that does not parse, a time
 * limit and a read-only file are all status 0.  It also hands file names to a
 * shell.  So every file is staged below the scratch folder under a name made
 * of digits, what spatch says on stderr is read, and the caller looks at the
 * result for what is left.
 */
#ifndef SPATCH_H
#define SPATCH_H

#include <stdbool.h>

#include <glib.h>

/*
 * The semantic patch finds the sites of all files in its working directory, in
 * the file SPATCH_SITES: lines "FILE LINE LOOKUP VERDICT".
 */
#define SPATCH_SITES "kthread-cocci.sites"

struct spatch_file {
	const char *path;	/* for its suffix only */
	GBytes *text;		/* in: the file; out: the result, a new bytes */
	char *sites;		/* lines "LINE LOOKUP VERDICT" for the semantic
				   patch, or NULL */
	bool changed;		/* out */
	bool quiet;		/* out: spatch had nothing to say */
	char *failure;		/* out: why spatch gave up on it, or NULL */
};

struct spatch {
	const char *semantic_patch;
	const char *macros;	/* our macro file */
	const char *version;	/* from spatch_version_once() */
	bool own_macros_only;	/* leave spatch's standard.h out */
	bool no_cache;		/* neither use nor keep results */
	unsigned int jobs;
	unsigned int limit;	/* seconds per file */
};

/*
 * Run the semantic patch (virtual rules "patch" and "harness") over @files,
 * an array of struct spatch_file.  A file with a failure keeps its text.  Dies where
 * spatch cannot be run at all.
 */
void spatch_run(const struct spatch *spatch, GPtrArray *files);

/* The lines of @text where spatch's parser stumbles; array of unsigned int. */
GArray *spatch_parse_errors(const struct spatch *spatch, const char *path,
			    GBytes *text);

/* "1.1.1", or NULL where spatch is not installed.  The caller frees it. */
char *spatch_version(void);

/* The same, asked only once in a run; not to be freed. */
const char *spatch_version_once(void);

#endif
