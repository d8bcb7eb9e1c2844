// SPDX-License-Identifier: GPL-2.0-only
/* The commands that look at a tree and rewrite it; see commands.h. */
#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "compat.h"
#include "diff.h"
#include "message.h"
#include "options.h"
#include "process.h"
#include "spatch.h"
#include "writeback.h"

char **command_parse(const struct option_entry *table,
		     const struct command *command, const bool *help, int argc,
		     char **argv)
{
	int first = options_parse(table, argc, argv, false);

	if (*help) {
		printf("Usage: kthread-cocci [-C TREE] [-j N] [-q|-v] %s %s\n\n%s\n\n",
		       command->name, command->arguments, command->summary);
		options_help(table, stdout);
		finish_output();
		return NULL;
	}
	return argv + first;
}

void command_choose_dialect(struct session *session, const char *dialect)
{
	for (guint i = 0; dialect && i < session->steps->len; i++) {
		const struct rule *rule = step_rule(session->steps->pdata[i],
						    RULE_DIALECT);

		if (rule && !strcmp(rule->parameter, dialect))
			session->options.dialect = dialect;
	}
	if (dialect && !session->options.dialect)
		die("there is no dialect '%s' (try --help)", dialect);
}

/* The step before @step that brings @name into a tree, or NULL. */
static const struct step *find_bringer(const GPtrArray *steps,
				       const struct step *step,
				       const char *name)
{
	for (guint i = 0; i < steps->len && steps->pdata[i] != step; i++)
		if (step_brings(steps->pdata[i], name))
			return steps->pdata[i];
	return NULL;
}

/* What this tree says to the step, in one word and a reason. */
static void print_step(const GPtrArray *steps, const struct step *step,
		       const struct survey *survey, bool module)
{
	const char *state = !module ? "not for this tree" :
		step_is_for_module(step) ? "not for this module" :
					   "not for a module";
	const struct step *bringer = survey->missing && !module ?
		find_bringer(steps, step, survey->missing) : NULL;
	char *needs = NULL;
	char *reason;

	if (survey->unfit) {
		if (bringer)
			state = needs = g_strdup_printf("needs %.2s",
							bringer->name);
		reason = g_strdup(survey->unfit);
	} else if (survey->shape == API_OLD || survey->calls) {
		state = "applies";
		reason = g_strdup_printf("%u calls to convert, %u files to look at",
					 survey->calls, survey->files);
	} else if (survey->shape == API_NEW && survey->files) {
		state = "applies";
		reason = g_strdup_printf("the API is converted, %u files are not",
					 survey->files);
	} else if (survey->shape == API_NEW) {
		state = "already there";
		reason = g_strdup_printf("%u files name the API, no old use in them",
					 survey->named);
	} else {
		reason = g_strdup("the tree does not define the API");
	}
	printf("%-28s  %-*s  %s%s\n", step->name, module ? 19 : 17, state,
	       reason,
	       step_is_optional(step) ? " (optional)" : "");
	g_free(needs);
	g_free(reason);
}

enum exit_status command_steps(const struct globals *globals,
			       const struct command *command, int argc,
			       char **argv)
{
	const char *dialect = NULL;
	bool help = false;
	const struct option_entry table[] = {
		DIALECT_OPTION(&dialect),
		{ "help", 'h', OPTION_TRUE, &help, NULL, "show this" },
		{ 0 },
	};
	char **names = command_parse(table, command, &help, argc, argv);
	struct session session;

	if (!names)
		return STATUS_DONE;
	if (*names)
		die("steps takes no argument, got '%s'", *names);
	session_open(&session, globals, names);
	command_choose_dialect(&session, dialect);
	session_search(&session, session.steps);
	for (guint i = 0; i < session.steps->len; i++) {
		/* What is to be done is the answer here, not a finding. */
		struct findings *findings = findings_new();
		struct survey survey = rewrite_survey(session.steps->pdata[i],
						      session.workspace,
						      &session.options,
						      findings);

		print_step(session.steps, session.steps->pdata[i], &survey,
			   session.tree->kernel);
		survey_clear(&survey);
		findings_free(findings);
	}
	finish_output();
	return session_close(&session);
}

enum exit_status command_audit(const struct globals *globals,
			       const struct command *command, int argc,
			       char **argv)
{
	const char *dialect = NULL;
	bool help = false;
	const struct option_entry table[] = {
		DIALECT_OPTION(&dialect),
		{ "help", 'h', OPTION_TRUE, &help, NULL, "show this" },
		{ 0 },
	};
	char **names = command_parse(table, command, &help, argc, argv);
	enum exit_status status;
	struct session session;

	if (!names)
		return STATUS_DONE;
	session_open(&session, globals, names);
	command_choose_dialect(&session, dialect);
	session_search(&session, session.chosen);
	for (guint i = 0; i < session.chosen->len; i++) {
		struct survey survey = rewrite_survey(session.chosen->pdata[i],
						      session.workspace,
						      &session.options,
						      session.findings);

		survey_clear(&survey);
	}
	/* What is left is the result here, so it goes to stdout. */
	findings_print(session.findings, FINDING_LEFT, stdout);
	findings_print(session.findings, FINDING_FAILED, stderr);
	finish_output();
	status = findings_status(session.findings);
	g_ptr_array_set_size(session.findings->list, 0);
	session_close(&session);
	return status;
}

void command_need_spatch(void)
{
	char *version = spatch_version();

	if (!version)
		die("spatch is not installed (Debian: apt-get install coccinelle ocaml-nox)");
	if (!process_exists("ocamlopt.opt") && !process_exists("ocamlopt") &&
	    !process_exists("ocamlc"))
		die("OCaml is not installed, spatch compiles the script rules with it (Debian: apt-get install ocaml-nox)");
	say_verbose("spatch %s", version);
	g_free(version);
}

/* Carry out the chosen steps on the workspace. */
static void rewrite_all(struct session *session)
{
	session_search(session, session->chosen);
	for (guint i = 0; i < session->chosen->len; i++)
		rewrite_step(session->chosen->pdata[i], session->workspace,
			     &session->options, session->findings);
	if (session->options.compat)
		compat_finish(session->options.compat, session->workspace);
	compat_free(session->options.compat);
	session->options.compat = NULL;
}

/*
 * The options of patch and apply, and the session that they ask for.  Returns
 * false after --help.
 */
static bool open_rewrite(struct session *session,
			 const struct globals *globals,
			 const struct command *command, int argc, char **argv)
{
	unsigned int limit = DEFAULT_LIMIT;
	const char *dialect = NULL;
	bool help = false, no_slice = false, no_cache = false, compat = false;
	const struct option_entry table[] = {
		{ "limit", 0, OPTION_COUNT, &limit, "SECONDS",
		  "give up on a file after so long (60)" },
		{ "no-slice", 0, OPTION_TRUE, &no_slice, NULL,
		  "give spatch whole files: slower, the same result" },
		DIALECT_OPTION(&dialect),
		{ "no-cache", 0, OPTION_TRUE, &no_cache, NULL,
		  "neither use nor keep anything of other runs" },
		{ "compat", 0, OPTION_TRUE, &compat, NULL,
		  "with --kernel: keep the module fit for older kernels, by a header" },
		{ "help", 'h', OPTION_TRUE, &help, NULL, "show this" },
		{ 0 },
	};
	char **names = command_parse(table, command, &help, argc, argv);

	if (!names)
		return false;
	if (compat && !globals->kernel)
		die("--compat: it is for a module, say which kernel by --kernel");
	command_need_spatch();
	session_open(session, globals, names);
	command_choose_dialect(session, dialect);
	session->options.limit = limit;
	session->options.no_slice = no_slice;
	session->options.no_cache = no_cache;
	if (compat)
		session->options.compat = compat_new(session->tree);
	return true;
}

enum exit_status command_patch(const struct globals *globals,
			       const struct command *command, int argc,
			       char **argv)
{
	struct session session;

	if (!open_rewrite(&session, globals, command, argc, argv))
		return STATUS_DONE;
	if (!process_exists("git"))
		die("git is not installed (Debian: apt-get install git)");
	rewrite_all(&session);
	diff_print(session.workspace);
	finish_output();
	return session_close(&session);
}

enum exit_status command_apply(const struct globals *globals,
			       const struct command *command, int argc,
			       char **argv)
{
	unsigned int recovered, written;
	struct session session;

	if (!open_rewrite(&session, globals, command, argc, argv))
		return STATUS_DONE;
	session.options.new_lines = true;
	writeback_lock(session.tree);
	recovered = writeback_recover(session.tree, session.findings);
	if (recovered) {
		tree_refresh(session.tree);
		say("completed an interrupted apply: %u files", recovered);
	}
	rewrite_all(&session);
	written = writeback(session.workspace, session.findings);
	say("%u files written", written);
	return session_close(&session);
}
