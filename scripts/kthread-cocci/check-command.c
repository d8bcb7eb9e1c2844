// SPDX-License-Identifier: GPL-2.0-only
/* The command check: the gate for continuous integration; see check.h. */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "message.h"
#include "options.h"
#include "revision.h"

struct request {
	struct index_options index;
	enum report_format format;
	const char *revision;		/* report what is new since; or NULL */
	char **names;			/* files and folders; empty: all */
};

static bool is_path(const struct tree *tree, const char *name)
{
	if (!g_str_has_suffix(name, "/"))
		return tree_find(tree, name);
	for (guint i = 0; i < tree->files->len; i++) {
		const struct tree_file *file = tree->files->pdata[i];

		if (g_str_has_prefix(file->path, name))
			return true;
	}
	return false;
}

static void check_names(const struct tree *tree, char **names)
{
	for (; *names; names++)
		if (!is_path(tree, *names))
			die("%s: neither a file nor a folder/ of this tree",
			    *names);
}

/*
 * The files of the old tree that hold a word of a step: those that did not
 * change are known from the present tree.  NULL: it was not searched.
 */
static GPtrArray *search_old(const struct session *session,
			     const struct tree *tree)
{
	struct findings *findings;
	GPtrArray *changed, *files;
	struct words *words;

	if (!session->files)
		return NULL;
	findings = findings_new();
	words = session_words(session->chosen);
	changed = g_ptr_array_new();
	for (guint i = 0; i < tree->files->len; i++) {
		struct tree_file *file = tree->files->pdata[i];

		if (g_hash_table_contains(tree->contents, file->path))
			g_ptr_array_add(changed, file);
	}
	files = words_find(words, tree, changed, session->options.jobs,
			   findings);
	for (guint i = 0; i < session->files->len; i++) {
		const struct tree_file *file = session->files->pdata[i];

		if (!g_hash_table_contains(tree->contents, file->path))
			g_ptr_array_add(files, tree_find(tree, file->path));
	}
	g_ptr_array_unref(changed);
	words_free(words);
	findings_free(findings);
	return files;
}

/* Leave what is there @now and was not in the old tree. */
static void compare(struct check *now, const struct session *session,
		    struct tree *tree)
{
	struct index_options options = {
		.jobs = session->options.jobs, .base = now->engine.index,
	};
	/* What cannot be read of the old state makes more look new. */
	struct findings *findings = findings_new();
	GPtrArray *files = search_old(session, tree);
	struct check before;

	check_judge(&before, session, tree, files, &options, findings);
	check_drop_old(now, &before);
	check_clear(&before);
	g_clear_pointer(&files, g_ptr_array_unref);
	findings_free(findings);
}

static void drop_old(struct check *now, struct session *session,
		     const char *commit)
{
	struct tree *tree = revision_tree(session->tree, commit,
					  session->findings);

	if (tree && !check_is_clean(now))
		compare(now, session, tree);
	else if (!tree)
		check_drop_all(now);
	tree_free(tree);
}

static void print(const struct check *check, const struct request *request)
{
	const struct report_options options = {
		.verdicts = 1u << VERDICT_KTHREAD | 1u << VERDICT_MIXED,
		.only = request->names, .is_check = true,
		.uses = check->uses, .chosen = check->sites,
	};

	if (request->format == FORMAT_TEXT)
		check_print_text(check, stdout);
	else
		report_print(check->engine.sites, &options, request->format,
			     stdout);
	finish_output();
}

static enum exit_status run_check(const struct globals *globals,
				  const struct request *request)
{
	static char *no_names[] = { NULL };
	struct session session;
	enum exit_status status;
	char *commit = NULL;
	struct check check;
	bool clean;

	session_open(&session, globals, no_names);
	check_names(session.tree, request->names);
	if (request->revision)
		commit = revision_find(session.tree, request->revision);
	session_search(&session, session.chosen);
	check_judge(&check, &session, session.tree, session.files,
		    &request->index, session.findings);
	if (!check.has_nullfs) {
		say("%s has no nullfs, so no path lookup %s is to be converted",
		    globals->kernel ? globals->kernel : globals->tree,
		    globals->kernel ? "of the module" : "of it");
		g_hash_table_remove_all(check.sites);
	}
	if (commit)
		drop_old(&check, &session, commit);
	check_drop_elsewhere(&check, request->names);
	print(&check, request);
	clean = check_is_clean(&check);
	check_clear(&check);
	g_free(commit);
	status = session_close(&session);
	return status == STATUS_DONE && !clean ? STATUS_LEFT : status;
}

enum exit_status command_check(const struct globals *globals,
			       const struct command *command, int argc,
			       char **argv)
{
	struct request request = { .index.jobs = globals->jobs };
	const char *format = "text";
	bool help = false;
	const struct option_entry table[] = {
		{ "diff", 0, OPTION_STRING, &request.revision, "REV",
		  "only what was not there at this commit of TREE's git" },
		{ "format", 0, OPTION_STRING, &format, "FORMAT",
		  REPORT_FORMATS_HELP },
		{ "rebuild", 0, OPTION_TRUE, &request.index.rebuild, NULL,
		  "do not use the cache file, write it anew" },
		{ "no-cache", 0, OPTION_TRUE, &request.index.no_cache, NULL,
		  "neither read nor write the cache file" },
		{ "help", 'h', OPTION_TRUE, &help, NULL, "show this" },
		{ 0 },
	};

	request.names = command_parse(table, command, &help, argc, argv);
	if (!request.names)
		return STATUS_DONE;
	request.format = report_format_parse(format);
	if (request.format == FORMATS)
		die("--format: there is no '%s' (try --help)", format);
	return run_check(globals, &request);
}
