// SPDX-License-Identifier: GPL-2.0-only
/* Finding, reading and auditing the files of a step; see candidate.h. */
#include "candidate.h"

#include <errno.h>
#include <string.h>

#include "parallel.h"
#include "siteuse.h"

void candidate_drop_result(struct candidate *candidate)
{
	source_free(candidate->result_source);
	candidate->result_source = NULL;
	g_clear_pointer(&candidate->result, g_bytes_unref);
	alignment_clear(&candidate->map);
	candidate->has_map = false;
}

static void candidate_free(gpointer data)
{
	struct candidate *candidate = data;

	candidate_drop_result(candidate);
	source_free(candidate->source);
	g_clear_pointer(&candidate->uses, g_ptr_array_unref);
	g_clear_pointer(&candidate->job.text, g_bytes_unref);
	g_clear_pointer(&candidate->slice, g_bytes_unref);
	g_clear_pointer(&candidate->text, g_bytes_unref);
	g_clear_pointer(&candidate->raw, g_bytes_unref);
	g_free(candidate->job.failure);
	g_free(candidate->job.sites);
	g_free(candidate);
}

struct source *candidate_scan(GBytes *text)
{
	gsize len;
	const char *data = g_bytes_get_data(text, &len);

	return source_new(data, len);
}

/* Read and scan one candidate; findings where that cannot be done. */
static void load(struct rewrite *rewrite, struct candidate *candidate)
{
	const char *path = candidate->file->path;
	const char *reason;

	candidate->raw = workspace_read(rewrite->workspace, path);
	if (!candidate->raw) {
		findings_add(rewrite->findings, FINDING_FAILED, path, 0,
			     "cannot be read: %s", g_strerror(errno));
		return;
	}
	candidate->text = encoding_decode(candidate->raw, &candidate->encoding,
					  &reason);
	if (!candidate->text) {
		findings_add(rewrite->findings, FINDING_FAILED, path, 0, "%s",
			     reason);
		return;
	}
	candidate->source = candidate_scan(candidate->text);
	if (candidate->file->kind == FILE_SOURCE)
		candidate->shape = audit_shape(rewrite->step,
					       candidate->source);
}

static void load_one(void *context, size_t i)
{
	struct rewrite *rewrite = context;

	load(rewrite, rewrite->candidates->pdata[i]);
}

static void load_kernel_one(void *context, size_t i)
{
	struct rewrite *rewrite = context;

	load(rewrite, rewrite->kernel->pdata[i]);
}

static void audit_one(void *context, size_t i)
{
	struct rewrite *rewrite = context;
	struct candidate *candidate = rewrite->candidates->pdata[i];

	if (!candidate->source)
		return;
	candidate->uses = audit_uses(rewrite->step, candidate->source,
				     candidate->file->kind, rewrite->shape);
	if (rewrite->sites && candidate->file->kind == FILE_SOURCE) {
		siteuse_find(rewrite->step, rewrite->sites,
			     candidate->file->path, candidate->source,
			     candidate->uses);
		candidate->job.sites = siteuse_positions(candidate->source,
							 candidate->uses);
	}
}

static int by_path(gconstpointer a, gconstpointer b)
{
	const struct tree_file *x = *(struct tree_file *const *)a;
	const struct tree_file *y = *(struct tree_file *const *)b;

	return strcmp(x->path, y->path);
}

/* An earlier step may have brought a name into a file that had none. */
static void add_changed(struct rewrite *rewrite, GPtrArray *files)
{
	GPtrArray *changes = workspace_changes(rewrite->workspace);

	for (guint i = 0; i < changes->len; i++) {
		const struct change *change = changes->pdata[i];
		struct tree_file *file = tree_find(rewrite->workspace->tree,
						   change->path);
		gsize len;
		const char *data = g_bytes_get_data(change->after, &len);

		if (file && words_match(rewrite->words, data, len) &&
		    !g_ptr_array_find(files, file, NULL))
			g_ptr_array_add(files, file);
	}
	g_ptr_array_sort(files, by_path);
	g_ptr_array_unref(changes);
}

static void add_candidate(GPtrArray *list, const struct tree_file *file)
{
	struct candidate *candidate = g_new0(struct candidate, 1);

	candidate->file = file;
	g_ptr_array_add(list, candidate);
}

static bool is_candidate(const struct rewrite *rewrite, const char *path)
{
	for (guint i = 0; i < rewrite->candidates->len; i++) {
		const struct candidate *candidate = rewrite->candidates->pdata[i];

		if (!strcmp(candidate->file->path, path))
			return true;
	}
	return false;
}

static int candidates_by_path(gconstpointer a, gconstpointer b)
{
	const struct candidate *x = *(struct candidate *const *)a;
	const struct candidate *y = *(struct candidate *const *)b;

	return strcmp(x->file->path, y->file->path);
}

/*
 * The files of the lookup sites, where they hold no word of the step: those
 * with lookups that it does not know.
 */
static void add_sites(struct rewrite *rewrite)
{
	if (!step_rule(rewrite->step, RULE_SITES) || !rewrite->options->sites)
		return;
	rewrite->sites = site_source_list(rewrite->options->sites);
	for (guint i = 0; i < rewrite->sites->len; i++) {
		const struct lookup_site *site = rewrite->sites->pdata[i];
		struct tree_file *file = tree_find(rewrite->workspace->tree,
						   site->path);

		if (!file || !siteuse_wants(rewrite->step, site) ||
		    is_candidate(rewrite, site->path))
			continue;
		add_candidate(rewrite->candidates, file);
		load_one(rewrite, rewrite->candidates->len - 1);
	}
	g_ptr_array_sort(rewrite->candidates, candidates_by_path);
}

/* The files that tell what the tree has: for a module those of its kernel. */
static const GPtrArray *deciding_files(const struct rewrite *rewrite)
{
	return rewrite->kernel ? rewrite->kernel : rewrite->candidates;
}

static bool source_has(const struct source *source, const char *name)
{
	for (uint32_t i = 0; i < source->lexed.count; i++)
		if (token_is(&source->lexed, i, name))
			return true;
	return false;
}

static bool source_defines_macro(const struct source *source, const char *name)
{
	for (guint i = 0; i < source->macros->len; i++)
		if (token_is(&source->lexed,
			     g_array_index(source->macros, struct macro,
					   i).name, name))
			return true;
	return false;
}

/*
 * Does a candidate hold what name number @n of @rule, a needs or unless rule,
 * asks for?  Of "a|b" either will do.
 */
static bool tree_has(const struct rewrite *rewrite, const struct rule *rule,
		     guint n)
{
	const GPtrArray *files = deciding_files(rewrite);
	char **names = g_strsplit(rule->names->pdata[n], "|", -1);
	const char *word = rule->words->pdata[n];
	bool has = false;

	for (guint i = 0; i < files->len && !has; i++) {
		const struct candidate *candidate = files->pdata[i];
		const struct source *source = candidate->source;

		if (!source || candidate->file->kind != FILE_SOURCE)
			continue;
		for (char **name = names; *name && !has; name++)
			has = rule->kind == RULE_UNLESS ?
					source_defines_macro(source, *name) :
			      *word ? audit_type_holds(source, *name, word) :
				      source_has(source, *name);
	}
	g_strfreev(names);
	return has;
}

/* Will another step, that is carried out first, bring one of @names? */
static bool is_brought(const struct rewrite *rewrite, const char *names)
{
	const GPtrArray *first = rewrite->options->first;

	for (guint i = 0; first && i < first->len; i++)
		if (step_brings(first->pdata[i], names))
			return true;
	return false;
}

/* "the tree has none of a, b", "a has no b in this tree" */
static char *misfit_reason(const struct rewrite *rewrite,
			   const struct rule *rule, guint n)
{
	const char *tree = rewrite->kernel ? "kernel" : "tree";
	const char *name = rule->names->pdata[n];
	const char *word = rule->words->pdata[n];
	char **each;
	char *list, *reason;

	if (rule->kind == RULE_UNLESS)
		return g_strdup_printf("the %s has %s", tree, name);
	if (*word)
		return g_strdup_printf("%s has no %s in this %s", name, word,
				       tree);
	if (!strchr(name, '|'))
		return g_strdup_printf("the %s has no %s", tree, name);
	each = g_strsplit(name, "|", -1);
	list = g_strjoinv(", ", each);
	reason = g_strdup_printf("the %s has none of %s", tree, list);
	g_free(list);
	g_strfreev(each);
	return reason;
}

/*
 * Does a rule of @kind speak against the tree?  The first one tells why; what
 * is still to be brought does not.
 */
static bool is_misfit(struct rewrite *rewrite, enum rule_kind kind)
{
	for (guint r = 0; r < rewrite->step->rules->len; r++) {
		const struct rule *rule = rewrite->step->rules->pdata[r];

		if (rule->kind != kind)
			continue;
		for (guint n = 0; n < rule->names->len; n++) {
			const char *name = rule->names->pdata[n];

			if (tree_has(rewrite, rule, n) == (kind == RULE_NEEDS))
				continue;
			if (kind == RULE_NEEDS && !rewrite->missing)
				rewrite->missing = name;
			if (kind == RULE_NEEDS && is_brought(rewrite, name))
				continue;
			rewrite->unfit = misfit_reason(rewrite, rule, n);
			return true;
		}
	}
	return false;
}

/* Is it the step of a dialect that was asked for (1), of another one (-1)? */
static int suits_dialect(const struct rewrite *rewrite)
{
	const struct rule *rule = step_rule(rewrite->step, RULE_DIALECT);
	const char *wanted = rewrite->options->dialect;

	if (!rule || !wanted)
		return 0;
	return strcmp(rule->parameter, wanted) ? -1 : 1;
}

/* Does the step suit the tree at all? */
static void find_misfit(struct rewrite *rewrite)
{
	int suits = suits_dialect(rewrite);

	if (suits < 0)
		rewrite->unfit = g_strdup_printf("dialect %s was asked for",
						 rewrite->options->dialect);
	else if (suits > 0 || !is_misfit(rewrite, RULE_UNLESS))
		is_misfit(rewrite, RULE_NEEDS);
}

/* What the kernel of a module says to the step. */
static void load_kernel(struct rewrite *rewrite)
{
	GPtrArray *files;

	rewrite->kernel = g_ptr_array_new_with_free_func(candidate_free);
	if (!step_is_for_module(rewrite->step)) {
		rewrite->unfit = g_strdup("it changes the kernel itself");
		return;
	}
	files = words_find(rewrite->words, rewrite->workspace->tree,
			   rewrite->options->kernel_files,
			   rewrite->options->jobs, rewrite->findings);
	for (guint i = 0; i < files->len; i++)
		add_candidate(rewrite->kernel, files->pdata[i]);
	g_ptr_array_unref(files);
	parallel_for(rewrite->kernel->len, rewrite->options->jobs,
		     load_kernel_one, rewrite);
}

static void find_shape(struct rewrite *rewrite)
{
	const GPtrArray *files = deciding_files(rewrite);

	for (guint i = 0; i < files->len; i++) {
		const struct candidate *candidate = files->pdata[i];

		rewrite->shape = audit_join_shapes(rewrite->shape,
						   candidate->shape);
	}
	if (!rewrite->kernel)
		return;
	/* Lookups have no old form in the kernel; callers wait for it. */
	if (step_rule(rewrite->step, RULE_SITES))
		rewrite->shape = API_NEW;
	else if (rewrite->shape != API_NEW)
		rewrite->unfit = g_strdup_printf("the kernel %s",
			rewrite->shape == API_OLD ?
			"still has it as it was" : "does not define the API");
}

static void load_candidates(struct rewrite *rewrite)
{
	GPtrArray *files = words_find(rewrite->words, rewrite->workspace->tree,
				      rewrite->options->files,
				      rewrite->options->jobs,
				      rewrite->findings);

	add_changed(rewrite, files);
	rewrite->candidates = g_ptr_array_new_with_free_func(candidate_free);
	for (guint i = 0; i < files->len; i++)
		add_candidate(rewrite->candidates, files->pdata[i]);
	g_ptr_array_unref(files);
	parallel_for(rewrite->candidates->len, rewrite->options->jobs,
		     load_one, rewrite);
}

void candidates_load(struct rewrite *rewrite)
{
	GPtrArray *names = step_words(rewrite->step);

	rewrite->words = words_new(names);
	g_ptr_array_unref(names);
	load_candidates(rewrite);
	if (rewrite->workspace->tree->kernel)
		load_kernel(rewrite);
	if (!rewrite->unfit)
		find_misfit(rewrite);
	if (!rewrite->unfit)
		find_shape(rewrite);
	if (rewrite->unfit)
		return;
	add_sites(rewrite);
	parallel_for(rewrite->candidates->len, rewrite->options->jobs,
		     audit_one, rewrite);
}

GPtrArray *candidate_remaining(const struct rewrite *rewrite,
			       const struct candidate *candidate)
{
	GPtrArray *uses = audit_uses(rewrite->step, candidate->result_source,
				     candidate->file->kind, API_NEW);

	for (guint i = 0; i < candidate->uses->len; i++) {
		const struct use *use = candidate->uses->pdata[i];

		uint32_t left;

		if (!use->verdict || use->class != USE_CONVERTIBLE)
			continue;
		left = siteuse_left(rewrite->step, use, candidate->source,
				    candidate->result_source, &candidate->map);
		if (left != NO_TOKEN)
			siteuse_keep(use, candidate->result_source, left,
				     uses);
	}
	return uses;
}

void candidates_clear(struct rewrite *rewrite)
{
	g_ptr_array_unref(rewrite->candidates);
	g_clear_pointer(&rewrite->kernel, g_ptr_array_unref);
	words_free(rewrite->words);
	g_free(rewrite->unfit);
}
