// SPDX-License-Identifier: GPL-2.0-only
/* What all commands over a tree share: opening and closing; see commands.h. */
#include "commands.h"

#include <stdio.h>
#include <string.h>

#include "message.h"
#include "words-cache.h"
#include "writeback.h"

static bool is_chosen(const struct session *session, const struct step *step)
{
	return g_ptr_array_find(session->chosen, step, NULL);
}

/* Steps are carried out in the order of the series, however they are named. */
static void choose(struct session *session, char **names)
{
	GPtrArray *named = g_ptr_array_new();

	for (char **name = names; *name; name++) {
		struct step *step = steps_find(session->steps, *name);

		if (!step)
			die("there is no step '%s' (the command 'steps' lists them)",
			    *name);
		g_ptr_array_add(named, step);
	}
	session->chosen = g_ptr_array_new();
	for (guint i = 0; i < session->steps->len; i++) {
		struct step *step = session->steps->pdata[i];

		if ((named->len ? g_ptr_array_find(named, step, NULL) :
		     !step_is_optional(step)) && !is_chosen(session, step))
			g_ptr_array_add(session->chosen, step);
	}
	g_ptr_array_unref(named);
}

struct tree *command_tree(const struct globals *globals,
			  struct findings *findings)
{
	char *error = NULL;
	struct tree *tree = globals->kernel ?
		tree_open_module(globals->tree, globals->kernel, globals->jobs,
				 findings, &error) :
		tree_open_parallel(globals->tree, globals->jobs, findings,
				   &error);

	if (!tree)
		die("%s", error);
	return tree;
}

void session_open(struct session *session, const struct globals *globals,
		  char **names)
{
	char *error = NULL;
	char *folder = steps_folder(&error);

	memset(session, 0, sizeof(*session));
	if (folder)
		session->steps = steps_read(folder, &error);
	if (!session->steps)
		die("%s", error);
	choose(session, names);
	session->findings = findings_new();
	session->tree = command_tree(globals, session->findings);
	session->workspace = workspace_new(session->tree);
	session->macros = g_build_filename(folder, "macros.h", NULL);
	session->sites = (struct site_source){
		.find = session_find_sites, .context = session,
	};
	session->options = (struct rewrite_options){
		.sites = &session->sites,
		.macros = session->macros,
		.named = *names,
		.jobs = globals->jobs,
		.limit = DEFAULT_LIMIT,
	};
	if (writeback_is_pending(session->tree))
		say("%s: an apply was interrupted here, the tree is half-written; the next apply completes it",
		    globals->tree);
	g_free(folder);
}

static GPtrArray *words_of(const GPtrArray *steps)
{
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < steps->len; i++)
		g_ptr_array_extend_and_steal(names,
					     step_words(steps->pdata[i]));
	return names;
}

struct words *session_words(const GPtrArray *steps)
{
	GPtrArray *names = words_of(steps);
	struct words *words = words_new(names);

	g_ptr_array_unref(names);
	return words;
}

/* What stands behind a link is no file of the tree, but it may matter. */
static void search_links(struct session *session, const GPtrArray *steps)
{
	GPtrArray *links = g_ptr_array_new();
	struct words *words = session_words(steps);

	for (guint i = 0; i < session->tree->files->len; i++) {
		struct tree_file *file = session->tree->files->pdata[i];

		if (file->link_target)
			g_ptr_array_add(links, file);
	}
	g_ptr_array_unref(words_find(words, session->tree, links,
				     session->options.jobs,
				     session->findings));
	words_free(words);
	g_ptr_array_unref(links);
}

/* The kernel of a module tells which of the steps are for it. */
static void search_kernel(struct session *session, GPtrArray *names)
{
	const struct tree *tree = session->tree;
	struct findings *findings = findings_new();
	GPtrArray *found = words_cache_find(names, tree->kernel,
					    session->options.jobs,
					    session->options.no_cache,
					    findings);

	session->kernel_files = tree_kernel_files(tree, found);
	session->options.kernel_files = session->kernel_files;
	tree_take_findings(tree, findings, session->findings);
	g_ptr_array_unref(found);
	findings_free(findings);
}

void session_search(struct session *session, const GPtrArray *steps)
{
	/* Of all steps: that serves every command, see words-cache.h. */
	GPtrArray *names = words_of(session->steps);

	session->files = words_cache_find(names, session->tree,
					  session->options.jobs,
					  session->options.no_cache,
					  session->findings);
	session->options.files = session->files;
	if (session->tree->kernel)
		search_kernel(session, names);
	search_links(session, steps);
	g_ptr_array_unref(names);
}

enum exit_status session_close(struct session *session)
{
	enum exit_status status = findings_status(session->findings);

	findings_print(session->findings, FINDING_LEFT, stderr);
	findings_print(session->findings, FINDING_FAILED, stderr);
	workspace_free(session->workspace);
	tree_free(session->tree);
	findings_free(session->findings);
	g_clear_pointer(&session->files, g_ptr_array_unref);
	g_clear_pointer(&session->kernel_files, g_ptr_array_unref);
	g_clear_pointer(&session->sites.list, g_ptr_array_unref);
	g_ptr_array_unref(session->chosen);
	g_ptr_array_unref(session->steps);
	g_free(session->macros);
	return status;
}
