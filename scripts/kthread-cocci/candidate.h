/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Candidates: the files that name a step's API, read, scanned and audited, and
 * what becomes of each while the step is carried out.
 */
#ifndef CANDIDATE_H
#define CANDIDATE_H

#include "align.h"
#include "audit.h"
#include "encoding.h"
#include "findings.h"
#include "rewrite.h"
#include "spatch.h"
#include "step.h"
#include "words.h"
#include "workspace.h"

struct candidate {
	const struct tree_file *file;
	GBytes *raw;			/* as in the workspace */
	GBytes *text;			/* decoded */
	struct encoding encoding;
	struct source *source;		/* of text */
	enum api_shape shape;
	GPtrArray *uses;		/* of text; struct use */
	struct spatch_file job;
	GBytes *slice;			/* what spatch got instead of text */
	GBytes *result;			/* decoded, with the helpers' work */
	struct source *result_source;
	struct alignment map;		/* text -> result */
	bool has_map;
	bool has_blocks;		/* the result got a text block */
};

struct rewrite {
	const struct step *step;
	struct workspace *workspace;
	const struct rewrite_options *options;
	struct findings *findings;
	GPtrArray *candidates;		/* struct candidate, sorted by path */
	GPtrArray *kernel;		/* the same of a module's kernel, else NULL */
	struct words *words;		/* of the step */
	enum api_shape shape;
	const GPtrArray *sites;		/* struct lookup_site; NULL: none asked */
	char *unfit;			/* why the step is not for this tree */
	const char *missing;		/* the name that it needs, or NULL */
};

/*
 * Find, read and audit every file that names the API of @rewrite's step; fills
 * candidates, words and shape.  Release with candidates_clear().
 */
void candidates_load(struct rewrite *rewrite);
void candidates_clear(struct rewrite *rewrite);

/* Scan a text; the scan refers to it. */
struct source *candidate_scan(GBytes *text);

/* Forget the result. */
void candidate_drop_result(struct candidate *candidate);

/*
 * What is still to be converted in the result; array of struct use.  The
 * candidate must have a result.
 */
GPtrArray *candidate_remaining(const struct rewrite *rewrite,
			       const struct candidate *candidate);

#endif
