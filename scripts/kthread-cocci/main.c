// SPDX-License-Identifier: GPL-2.0-only
/*
 * kthread-cocci: isolate all kernel threads in nullfs, mechanically.
 *
 * The program is a row of modules, each in a file of its own, that know only
 * what stands above them:
 *
 *   message progress findings parallel process scratch cache edit options git
 *                                            the floor
 *   tree tree-walk tree-module words words-cache workspace encoding
 *                                            the user's files
 *   lexer source align lines                 what is in a file
 *   rule step                                what a step is
 *   audit demand                             what of it is still to be done
 *   scopetext hoist scoped siteuse           the same of lookup sites
 *   kerneldoc attribute macrotext includes textblock layout wrap
 *                                            what spatch cannot do to a file
 *   headerstyle compat                       a header for older kernels
 *   slice spatch-cache spatch candidate leftover rewrite
 *                                            carrying a step out
 *   diff writeback                           getting the result to the user
 *   scan/: name tokens scan arena build update overlay store pair index
 *                                            where every name stands
 *   context/: model body types resolve sink flow       what stands there
 *   context/: tables guard scope graph chain sites     who calls a lookup
 *   context/: engine                                  the whole of it
 *   context/: maintainers report site-list             telling it
 *   context/: report-* picture                        in each of its formats
 *   series/: patch subsystem prefix text commit-message cover
 *   series/: stream repository mails tracking          the steps as commits
 *   revision check check-diff                            the gate
 *   session commands context-commands series-command
 *   check-command main                               the command line
 */
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "message.h"
#include "options.h"
#include "scratch.h"
#include "version.h"

static const struct command commands[] = {
	{ "steps", "", "List the steps, and for this tree whether each applies.",
	  command_steps },
	{ "patch", "[STEP...]", "Print the diff of the steps; the tree is untouched.",
	  command_patch },
	{ "apply", "[STEP...]", "Carry the steps out in the tree.",
	  command_apply },
	{ "audit", "[STEP...]", "List every use of the old API that is left, and why.",
	  command_audit },
	{ "contexts", "[FUNC|FILE...]", "The review: path lookups in kernel-thread context.",
	  command_contexts },
	{ "series", "[STEP...]", "The steps as commits of a new branch, or as mails.",
	  command_series },
	{ "check", "[FILE|FOLDER/...]", "The gate: what is still to be converted.",
	  command_check },
	{ "index", "", "Build or refresh the index.", command_index },
};

static void print_help(const struct option_entry *table)
{
	printf("Usage: kthread-cocci [-C TREE] [-j N] [-q|-v] COMMAND [OPTIONS] [ARGS]\n\n"
	       "Carry out the kthread/nullfs series on a kernel tree with semantic patches.\n\n"
	       "Commands:\n");
	for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
		printf("  %-10s %-24s  %s\n", commands[i].name,
		       commands[i].arguments, commands[i].summary);
	printf("\nOptions:\n");
	options_help(table, stdout);
	printf("\nExit status: 0 done, nothing to report; 1 done, something is left;\n"
	       "2 usage or environment error; 3 some files could not be processed.\n");
	finish_output();
}

static const struct command *find_command(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
		if (!strcmp(commands[i].name, name))
			return &commands[i];
	die("there is no command '%s' (try --help)", name);
}

int main(int argc, char **argv)
{
	struct globals globals = {
		.tree = ".", .jobs = g_get_num_processors(),
	};
	bool help = false, version = false;
	const struct option_entry table[] = {
		{ NULL, 'C', OPTION_STRING, &globals.tree, "TREE",
		  "the kernel tree, or the module (this folder)" },
		{ "kernel", 0, OPTION_STRING, &globals.kernel, "DIR",
		  "TREE is a module that is built against the kernel DIR" },
		{ "jobs", 'j', OPTION_COUNT, &globals.jobs, "N",
		  "work on so many files at once (number of processors)" },
		{ "quiet", 'q', OPTION_LESS, &verbosity, NULL,
		  "only results and findings" },
		{ "verbose", 'v', OPTION_MORE, &verbosity, NULL,
		  "say what is done" },
		{ "version", 0, OPTION_TRUE, &version, NULL,
		  "print the version" },
		{ "help", 'h', OPTION_TRUE, &help, NULL, "show this" },
		{ 0 },
	};
	const struct command *command;
	int first = options_parse(table, argc, argv, true);

	if (version) {
		printf("kthread-cocci " VERSION "\n");
		finish_output();
		return STATUS_DONE;
	}
	if (help) {
		print_help(table);
		return STATUS_DONE;
	}
	if (first == argc)
		die("no command (try --help)");
	command = find_command(argv[first]);
	scratch_handle_signals();
	return command->run(&globals, command, argc - first, argv + first);
}
