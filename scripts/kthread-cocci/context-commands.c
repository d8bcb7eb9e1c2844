// SPDX-License-Identifier: GPL-2.0-only
/* The commands that only look at a tree as a whole; see commands.h. */
#include "commands.h"

#include <stdio.h>

#include "message.h"
#include "options.h"
#include "scan/edges.h"
#include "scan/index.h"

enum exit_status command_index(const struct globals *globals,
			       const struct command *command, int argc,
			       char **argv)
{
	struct index_options options = { .jobs = globals->jobs };
	bool help = false, edges = false;
	const struct option_entry table[] = {
		{ "edges", 0, OPTION_TRUE, &edges, NULL,
		  "print every call by name: file, line, caller, callee" },
		{ "rebuild", 0, OPTION_TRUE, &options.rebuild, NULL,
		  "do not use the cache file, write it anew" },
		{ "no-cache", 0, OPTION_TRUE, &options.no_cache, NULL,
		  "neither read nor write the cache file" },
		{ "help", 'h', OPTION_TRUE, &help, NULL, "show this" },
		{ 0 },
	};
	char **names = command_parse(table, command, &help, argc, argv);
	struct findings *findings;
	enum exit_status status;
	struct index *index;
	struct tree *tree;
	char *error = NULL;

	if (!names)
		return STATUS_DONE;
	if (*names)
		die("index takes no argument, got '%s'", *names);
	findings = findings_new();
	tree = tree_open(globals->tree, findings, &error);
	if (!tree)
		die("%s", error);
	index = index_open(tree, &options, findings);
	if (edges)
		edges_print(index, stdout);
	else
		say("%u files, %u names, %u places, %u functions and macros; %u files scanned",
		    index->file_count, index->name_count,
		    index->start[index->name_count],
		    index->first_region[index->file_count], index->scanned);
	finish_output();
	findings_print(findings, FINDING_FAILED, stderr);
	status = findings_status(findings);
	index_free(index);
	tree_free(tree);
	findings_free(findings);
	return status;
}
