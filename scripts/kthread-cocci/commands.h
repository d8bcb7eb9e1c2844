/* SPDX-License-Identifier: GPL-2.0-only */
/* The commands of the program and what all of them share. */
#ifndef COMMANDS_H
#define COMMANDS_H

#include <glib.h>

#include "findings.h"
#include "options.h"
#include "rewrite.h"
#include "step.h"
#include "tree.h"
#include "words.h"
#include "workspace.h"

/* The options in front of the command. */
struct globals {
	const char *tree;
	const char *kernel;
	unsigned int jobs;
};

struct command {
	const char *name;
	const char *arguments;		/* for the help */
	const char *summary;
	/* argv[0] is the command's name.  Returns the exit status. */
	enum exit_status (*run)(const struct globals *globals,
				const struct command *command, int argc,
				char **argv);
};

/*
 * Parse a command's own options by @table; the words that are left.  NULL after
 * --help, which @help is set by: the help is printed then.
 */
char **command_parse(const struct option_entry *table,
		     const struct command *command, const bool *help, int argc,
		     char **argv);

/* Open the tree, or the module and its kernel; dies where that cannot be done. */
struct tree *command_tree(const struct globals *globals,
			  struct findings *findings);

/* Die, with what to install, where spatch cannot be run. */
void command_need_spatch(void);

enum exit_status command_steps(const struct globals *globals,
			       const struct command *command, int argc,
			       char **argv);
enum exit_status command_patch(const struct globals *globals,
			       const struct command *command, int argc,
			       char **argv);
enum exit_status command_apply(const struct globals *globals,
			       const struct command *command, int argc,
			       char **argv);
enum exit_status command_audit(const struct globals *globals,
			       const struct command *command, int argc,
			       char **argv);

enum exit_status command_series(const struct globals *globals,
				const struct command *command, int argc,
				char **argv);

enum exit_status command_index(const struct globals *globals,
			       const struct command *command, int argc,
			       char **argv);

enum exit_status command_contexts(const struct globals *globals,
				  const struct command *command, int argc,
				  char **argv);

enum exit_status command_check(const struct globals *globals,
			       const struct command *command, int argc,
			       char **argv);

/* A command's tree, steps and findings. */
struct session {
	GPtrArray *steps;		/* all of them */
	GPtrArray *chosen;		/* struct step, not owned, in order */
	struct tree *tree;
	struct workspace *workspace;
	struct findings *findings;
	GPtrArray *files;		/* those with a word of a step, or NULL */
	GPtrArray *kernel_files;	/* the same of a module's kernel, or NULL */
	struct rewrite_options options;
	struct site_source sites;	/* the engine's, when a step asks */
	char *macros;
};

/* The session's time limit for one file in spatch, in seconds. */
#define DEFAULT_LIMIT 60

/*
 * Open the tree and choose the steps named in @names (NULL-terminated); all
 * that are not optional where it is empty.  Dies where that is not possible.
 */
void session_open(struct session *session, const struct globals *globals,
		  char **names);

/* The lookup sites of the session's tree, for its site_source. */
GPtrArray *session_find_sites(void *session);

/* The words of all of @steps; release with words_free(). */
struct words *session_words(const GPtrArray *steps);

/*
 * Find the files that hold a word of any step: only these have to be read.
 * Links out of the tree that hold a word of @steps are added to the findings.
 */
void session_search(struct session *session, const GPtrArray *steps);

#define DIALECT_OPTION(variable)						\
	{ "dialect", 0, OPTION_STRING, variable, "NAME",			\
	  "convert lookups this way: lookup-in-init or scoped (what the tree has)" }

/* Take the dialect that the user asks for; dies where no step has it. */
void command_choose_dialect(struct session *session, const char *dialect);

/* Print what was found, release everything, return the exit status. */
enum exit_status session_close(struct session *session);

#endif
