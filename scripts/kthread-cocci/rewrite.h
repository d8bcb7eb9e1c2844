/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Carrying out a step, or only looking at what it would have to do.
 *
 * One run of a step over the workspace is: find the files that name the API,
 * audit them, give those with an old use to spatch, let the helpers do what
 * SmPL cannot (kernel-doc, attributes, layout), audit the result and explain
 * what is left.  See rewrite.c for the order and its reasons.
 */
#ifndef REWRITE_H
#define REWRITE_H

#include "audit.h"
#include "findings.h"
#include "lookup-site.h"
#include "step.h"
#include "workspace.h"

struct compat;

struct rewrite_options {
	const char *macros;	/* the macro file for spatch */
	unsigned int jobs;
	unsigned int limit;	/* seconds that spatch may take for a file */
	bool no_slice;		/* give spatch whole files */
	bool no_cache;		/* neither use nor keep spatch's results */
	const GPtrArray *files;	/* struct tree_file: the step's words can only
				   stand in these; NULL: anywhere */
	const GPtrArray *kernel_files;	/* the same of a module's kernel */
	bool named;		/* the user named the steps */
	const char *dialect;	/* whose step is wanted; NULL: the tree decides */
	bool new_lines;		/* findings name lines of the new text */
	struct site_source *sites;	/* for steps with a sites rule */
	GPtrArray *definers;	/* out: char *, the files that define the API which
				   the step converts; NULL: do not tell */
	struct compat *compat;	/* the module's fallback header, or NULL */
	const GPtrArray *first;	/* struct step: what they bring counts as
				   there; NULL: none */
};

/* What a step has to do in a tree. */
struct survey {
	char *unfit;		/* why the step is not for this tree, or NULL */
	char *missing;		/* the name that it needs and misses, or NULL;
				   an earlier step may bring it */
	enum api_shape shape;	/* of the tree's own API */
	unsigned int named;	/* files that name the API */
	unsigned int calls;	/* old calls that can be converted */
	unsigned int files;	/* files with an old use */
};

void survey_clear(struct survey *survey);

/*
 * Look at the tree without changing anything.  Every old use is added to
 * @findings as FINDING_LEFT; files that cannot be judged as FINDING_FAILED.
 */
struct survey rewrite_survey(const struct step *step,
			     struct workspace *workspace,
			     const struct rewrite_options *options,
			     struct findings *findings);

/*
 * Carry out @step on @workspace.  What is left for a human is added to
 * @findings as FINDING_LEFT, what could not be processed as FINDING_FAILED.
 */
void rewrite_step(const struct step *step, struct workspace *workspace,
		  const struct rewrite_options *options,
		  struct findings *findings);

#endif
