// SPDX-License-Identifier: GPL-2.0-only
/*
 * One step over the workspace; see rewrite.h.
 *
 * Only files in which the audit sees an old use go to spatch: a second run
 * finds none and starts no spatch at all.  The audit reads tokens and so sees
 * more than spatch does; what spatch leaves is therefore known, and each piece
 * gets its reason:
 *
 *   - what no step may convert (an argument that is no literal, the function
 *     as a value) is known before and carried over to the new text;
 *   - what should have been converted and was not goes through spatch once
 *     more without its standard.h, which costs some functions and saves others;
 *   - what is then left is looked up in the messages of spatch's C parser.
 *
 * A result that the audit rejects is dropped and the file named.
 */
#include "rewrite.h"

#include <string.h>

#include "align.h"
#include "attribute.h"
#include "candidate.h"
#include "compat.h"
#include "includes.h"
#include "kerneldoc.h"
#include "layout.h"
#include "leftover.h"
#include "macrotext.h"
#include "message.h"
#include "parallel.h"
#include "scoped.h"
#include "siteuse.h"
#include "slice.h"
#include "spatch.h"
#include "textblock.h"
#include "wrap.h"

static bool is_for_spatch(const struct use *use)
{
	return use->class == USE_CONVERTIBLE || use->class == USE_DEFINITION ||
	       use->class == USE_REFERENCE;
}

static bool is_for_helpers(const struct use *use)
{
	return use->class == USE_DOCUMENTATION;
}

static bool has_use(const GPtrArray *uses, bool (*test)(const struct use *use))
{
	for (guint i = 0; uses && i < uses->len; i++)
		if (test(uses->pdata[i]))
			return true;
	return false;
}

/*
 * Spatch converts half of an argument list that has #if alternatives: put such
 * lists back as they were.
 */
static GBytes *restore_alternatives(const struct candidate *candidate,
				    const struct source *source,
				    const struct alignment *map, GBytes *text)
{
	const struct source *old = candidate->source;
	struct edits *edits = edits_new();

	for (guint i = 0; i < candidate->uses->len; i++) {
		const struct use *use = candidate->uses->pdata[i];
		uint32_t open, close, now_open, now_close;
		const struct token *first, *last;
		char *was;

		if (use->class != USE_ALTERNATIVES)
			continue;
		open = use->token + 1;
		close = old->match[open];
		now_open = map->to_new[open];
		now_close = close == NO_TOKEN ? NO_TOKEN : map->to_new[close];
		if (now_open == NO_TOKEN || now_close == NO_TOKEN)
			continue;
		first = &old->lexed.tokens[open];
		last = &old->lexed.tokens[close];
		was = g_strndup(old->lexed.text + first->offset,
				last->offset - first->offset);
		first = &source->lexed.tokens[now_open];
		last = &source->lexed.tokens[now_close];
		edits_replace(edits, first->offset,
			      last->offset - first->offset, was);
		g_free(was);
	}
	return edits_apply(edits, text);
}

typedef GBytes *(*helper)(const struct rewrite *rewrite,
			  const struct candidate *candidate,
			  const struct source *source,
			  const struct alignment *map, GBytes *text);

static GBytes *help_alternatives(const struct rewrite *rewrite,
				 const struct candidate *candidate,
				 const struct source *source,
				 const struct alignment *map, GBytes *text)
{
	(void)rewrite;
	return restore_alternatives(candidate, source, map, text);
}

/* What a scope stands around is marked: it is no matter of the rule alone. */
static GBytes *help_scopes(const struct rewrite *rewrite,
			   const struct candidate *candidate,
			   const struct source *source,
			   const struct alignment *map, GBytes *text)
{
	const struct rule *rule = step_rule(rewrite->step, RULE_SCOPE);

	(void)map;
	if (!rule || source->lexed.count != candidate->source->lexed.count)
		return g_bytes_ref(text);
	return scoped_expand(candidate->uses, source, rule->names->pdata[0],
			     text);
}

static GBytes *help_declarations(const struct rewrite *rewrite,
				 const struct candidate *candidate,
				 const struct source *source,
				 const struct alignment *map, GBytes *text)
{
	struct edits *edits = edits_new();

	kerneldoc_clean(rewrite->step, source, edits);
	attribute_fix(rewrite->step, source, edits);
	if (rewrite->options->compat)
		compat_include(rewrite->options->compat, rewrite->step,
			       candidate->file->path, source, map, edits);
	else
		includes_add(rewrite->step, source, map, edits);
	return edits_apply(edits, text);
}

static GBytes *help_layout(const struct rewrite *rewrite,
			   const struct candidate *candidate,
			   const struct source *source,
			   const struct alignment *map, GBytes *text)
{
	(void)rewrite;
	(void)text;
	return layout(candidate->source, source, map);
}

static GBytes *help_width(const struct rewrite *rewrite,
			  const struct candidate *candidate,
			  const struct source *source,
			  const struct alignment *map, GBytes *text)
{
	struct edits *edits = edits_new();

	if (step_adds(rewrite->step))
		wrap_statements(candidate->source, source, map, edits);
	return edits_apply(edits, text);
}

/*
 * What a human wrote as it is to stand comes last, so that nobody lays it out
 * again.
 */
static GBytes *help_texts(const struct rewrite *rewrite,
			  const struct candidate *candidate,
			  const struct source *source,
			  const struct alignment *map, GBytes *text)
{
	(void)source;
	(void)map;
	return textblock_expand(rewrite->step->texts, candidate->text, text);
}

static GBytes *help_macros(const struct rewrite *rewrite,
			   const struct candidate *candidate,
			   const struct source *source,
			   const struct alignment *map, GBytes *text)
{
	struct edits *edits = edits_new();

	(void)candidate;
	(void)map;
	macrotext_replace(rewrite->step, source, edits);
	return edits_apply(edits, text);
}

/* Brackets must be balanced as well, or as badly, as they were. */
static bool is_sane(const struct candidate *candidate,
		    const struct source *result)
{
	return result->unmatched == candidate->source->unmatched &&
	       result->lexed.count;
}

/* Is every comment of @new_file one of @old_file, in the same order? */
static bool has_only_comments_of(const struct lexed *new_file,
				 const struct lexed *old_file)
{
	size_t old = 0;

	for (size_t i = 0; i < new_file->comment_count; i++, old++) {
		const struct comment *now = &new_file->comments[i];

		while (old < old_file->comment_count &&
		       (old_file->comments[old].length != now->length ||
			memcmp(old_file->text + old_file->comments[old].offset,
			       new_file->text + now->offset, now->length)))
			old++;
		if (old == old_file->comment_count)
			return false;
	}
	return true;
}

/*
 * A step whose rules only remove must not add anything: spatch "closes"
 * comments and strings that have no end.
 */
static bool only_removes(const struct candidate *candidate)
{
	const struct lexed *now = &candidate->result_source->lexed;

	for (uint32_t i = 0; i < now->count; i++)
		if (candidate->map.to_old[i] == NO_TOKEN)
			return false;
	return has_only_comments_of(now, &candidate->source->lexed);
}

/* Scan the result; false where it cannot be what the step meant. */
static bool scan_result(struct candidate *candidate)
{
	candidate->result_source = candidate_scan(candidate->result);
	if (!is_sane(candidate, candidate->result_source))
		return false;
	candidate->has_map = align(&candidate->map, &candidate->source->lexed,
				   &candidate->result_source->lexed);
	return candidate->has_map;
}

/* Run the helpers on spatch's text; each one gets a scan of what it is now. */
static bool help(const struct rewrite *rewrite, struct candidate *candidate,
		 GBytes *text)
{
	static const helper helpers[] = {
		help_alternatives, help_scopes, help_declarations, help_layout,
		help_width, help_texts, help_macros,
	};

	candidate_drop_result(candidate);
	candidate->result = g_bytes_ref(text);
	if (!scan_result(candidate))
		return false;
	if (!step_adds(rewrite->step) && !only_removes(candidate))
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(helpers); i++) {
		GBytes *better = helpers[i](rewrite, candidate,
					    candidate->result_source,
					    &candidate->map, candidate->result);

		if (g_bytes_equal(better, candidate->result)) {
			g_bytes_unref(better);
			continue;
		}
		candidate_drop_result(candidate);
		candidate->result = better;
		if (!scan_result(candidate))
			return false;
	}
	return true;
}

struct chosen {
	struct rewrite *rewrite;
	GPtrArray *list;		/* struct candidate, not owned */
};

static void finish_one(const struct rewrite *rewrite,
		       struct candidate *candidate)
{
	if (!candidate->job.text || candidate->job.failure)
		return;
	candidate->has_blocks = textblock_is_in(candidate->job.text);
	if (!help(rewrite, candidate, candidate->job.text)) {
		candidate_drop_result(candidate);
		candidate->job.failure =
			g_strdup("spatch's result does not hold together, left alone");
	}
}

static void finish_chosen(void *context, size_t i)
{
	struct chosen *chosen = context;

	finish_one(chosen->rewrite, chosen->list->pdata[i]);
}

/* The first time, spatch gets a slice of the file. */
static void prepare_job(const struct rewrite *rewrite,
			struct candidate *candidate)
{
	candidate->job.path = candidate->file->path;
	if (rewrite->options->no_slice)
		candidate->job.text = g_bytes_ref(candidate->text);
	else
		/* Sites are told by their lines. */
		candidate->job.text =
			slice_cut(candidate->text, candidate->source,
				  rewrite->words,
				  step_rule(rewrite->step, RULE_LOCAL),
				  step_rule(rewrite->step, RULE_SITES));
	candidate->slice = g_bytes_ref(candidate->job.text);
}

static void run_jobs(const struct rewrite *rewrite, GPtrArray *candidates,
		     bool own_macros_only)
{
	const struct spatch spatch = {
		.semantic_patch = rewrite->step->path,
		.macros = rewrite->options->macros,
		.version = spatch_version_once(),
		.own_macros_only = own_macros_only,
		.no_cache = rewrite->options->no_cache,
		.jobs = rewrite->options->jobs,
		.limit = rewrite->options->limit,
	};
	GPtrArray *jobs = g_ptr_array_new();

	for (guint i = 0; i < candidates->len; i++) {
		struct candidate *candidate = candidates->pdata[i];

		g_ptr_array_add(jobs, &candidate->job);
	}
	say_verbose("%s: %u files for spatch", rewrite->step->name, jobs->len);
	spatch_run(&spatch, jobs);
	g_ptr_array_unref(jobs);
}

/*
 * Carry the changes over from the slices to the files.  A file for which that
 * is not certain goes through spatch again as it is.
 */
static void restore_slices(const struct rewrite *rewrite,
			   GPtrArray *candidates)
{
	GPtrArray *again = g_ptr_array_new();

	for (guint i = 0; i < candidates->len; i++) {
		struct candidate *candidate = candidates->pdata[i];
		GBytes *text = slice_restore(candidate->text, candidate->slice,
					     candidate->job.text);

		g_bytes_unref(candidate->job.text);
		if (!text || candidate->job.failure) {
			g_clear_pointer(&candidate->job.failure, g_free);
			g_clear_pointer(&text, g_bytes_unref);
			text = g_bytes_ref(candidate->text);
			g_ptr_array_add(again, candidate);
		}
		candidate->job.text = text;
	}
	if (again->len) {
		say_verbose("%s: %u of %u files cannot be sliced safely and go through spatch whole",
			    rewrite->step->name, again->len, candidates->len);
		run_jobs(rewrite, again, false);
	}
	g_ptr_array_unref(again);
}

/*
 * Run spatch over the candidates that @wanted picks, then the helpers.  What
 * an extra pass cannot do does not count against the first one.
 */
static void convert(struct rewrite *rewrite, bool extra,
		    bool (*wanted)(const struct rewrite *rewrite,
				   const struct candidate *candidate))
{
	struct chosen chosen = { rewrite, g_ptr_array_new() };

	for (guint i = 0; i < rewrite->candidates->len; i++)
		if (wanted(rewrite, rewrite->candidates->pdata[i]))
			g_ptr_array_add(chosen.list,
					rewrite->candidates->pdata[i]);
	for (guint i = 0; i < chosen.list->len && !extra; i++)
		prepare_job(rewrite, chosen.list->pdata[i]);
	run_jobs(rewrite, chosen.list, extra);
	if (!extra)
		restore_slices(rewrite, chosen.list);
	for (guint i = 0; i < chosen.list->len && extra; i++) {
		struct candidate *candidate = chosen.list->pdata[i];

		g_clear_pointer(&candidate->job.failure, g_free);
	}
	parallel_for(chosen.list->len, rewrite->options->jobs, finish_chosen,
		     &chosen);
	g_ptr_array_unref(chosen.list);
}

static bool is_source(const struct candidate *candidate)
{
	return candidate->source && candidate->file->kind == FILE_SOURCE;
}

static bool wants_spatch(const struct rewrite *rewrite,
			 const struct candidate *candidate)
{
	(void)rewrite;
	return is_source(candidate) && has_use(candidate->uses, is_for_spatch);
}

/* Is something left that spatch should have converted? */
static bool wants_second_pass(const struct rewrite *rewrite,
			      const struct candidate *candidate)
{
	GPtrArray *uses;
	bool wants = false;

	if (!candidate->result_source || candidate->job.failure)
		return false;
	/* What was added once must not be added again, and lines have moved. */
	if (candidate->has_blocks ||
	    (candidate->job.sites && *candidate->job.sites &&
	     !g_bytes_equal(candidate->result, candidate->text)))
		return false;
	uses = candidate_remaining(rewrite, candidate);
	for (guint i = 0; i < uses->len; i++) {
		const struct use *use = uses->pdata[i];

		wants |= use->class == USE_CONVERTIBLE ||
			 use->class == USE_DEFINITION;
	}
	g_ptr_array_unref(uses);
	return wants;
}

/* The sites that are still to be converted in the result. */
static GPtrArray *remaining_sites(const struct rewrite *rewrite,
				  const struct candidate *candidate)
{
	GPtrArray *uses = candidate_remaining(rewrite, candidate);

	for (guint i = uses->len; i-- > 0;) {
		const struct use *use = uses->pdata[i];

		if (!use->verdict || use->class != USE_CONVERTIBLE)
			g_ptr_array_remove_index(uses, i);
	}
	return uses;
}

/* Give spatch the result with the places of these sites; true: some are done. */
static bool convert_sites(struct rewrite *rewrite, struct candidate *candidate,
			  const GPtrArray *sites)
{
	GPtrArray *list = g_ptr_array_new();
	GBytes *before = g_bytes_ref(candidate->result);
	GPtrArray *left;
	bool done;

	g_free(candidate->job.sites);
	candidate->job.sites = siteuse_positions(candidate->result_source,
						 sites);
	g_bytes_unref(candidate->job.text);
	candidate->job.text = g_bytes_ref(before);
	g_ptr_array_add(list, candidate);
	run_jobs(rewrite, list, false);
	finish_one(rewrite, candidate);
	if (candidate->job.failure) {
		g_clear_pointer(&candidate->job.failure, g_free);
		g_bytes_unref(candidate->job.text);
		candidate->job.text = g_bytes_ref(before);
		finish_one(rewrite, candidate);
	}
	left = remaining_sites(rewrite, candidate);
	done = left->len < sites->len;
	g_ptr_array_unref(left);
	g_bytes_unref(before);
	g_ptr_array_unref(list);
	return done;
}

/*
 * Once a rule has changed a function, spatch knows other lines in it, and later
 * rules do not find their sites there.  They are asked again, with the lines of
 * the result, as long as that helps.
 */
static void convert_other_sites(struct rewrite *rewrite)
{
	if (!step_rule(rewrite->step, RULE_SITES) ||
	    step_rule(rewrite->step, RULE_SCOPE))
		return;
	for (guint i = 0; i < rewrite->candidates->len; i++) {
		struct candidate *candidate = rewrite->candidates->pdata[i];
		bool again = candidate->result_source &&
			     !candidate->job.failure &&
			     !g_bytes_equal(candidate->result, candidate->text);

		while (again) {
			GPtrArray *sites = remaining_sites(rewrite, candidate);

			again = sites->len &&
				convert_sites(rewrite, candidate, sites);
			g_ptr_array_unref(sites);
		}
	}
}

/* A stale comment needs no spatch, only the helpers. */
static void convert_comments(struct rewrite *rewrite)
{
	for (guint i = 0; i < rewrite->candidates->len; i++) {
		struct candidate *candidate = rewrite->candidates->pdata[i];

		if (!is_source(candidate) || candidate->job.text ||
		    !has_use(candidate->uses, is_for_helpers))
			continue;
		candidate->job.text = g_bytes_ref(candidate->text);
		finish_one(rewrite, candidate);
	}
}

static void write_result(const struct rewrite *rewrite,
			 struct candidate *candidate)
{
	GBytes *raw = encoding_encode(candidate->result, &candidate->encoding);

	if (!g_bytes_equal(raw, candidate->raw))
		workspace_write(rewrite->workspace, candidate->file->path,
				candidate->raw, raw);
	g_bytes_unref(raw);
}

/*
 * A step that adds to the API does all of it or nothing: half of it would not
 * compile.  Returns false, with a finding for each definition that is still as
 * it was, where it did not fit.
 */
static bool is_whole(struct rewrite *rewrite)
{
	bool whole = true;

	for (guint i = 0; i < rewrite->candidates->len; i++) {
		const struct candidate *candidate =
			rewrite->candidates->pdata[i];
		GPtrArray *uses;

		if (!is_source(candidate))
			continue;
		uses = candidate->result_source && !candidate->job.failure ?
			candidate_remaining(rewrite, candidate) :
			g_ptr_array_ref(candidate->uses);
		for (guint k = 0; k < uses->len; k++) {
			const struct use *use = uses->pdata[k];

			if (use->class != USE_DEFINITION)
				continue;
			findings_add(rewrite->findings, FINDING_FAILED,
				     candidate->file->path, use->line,
				     "%s: %s, so the step is left undone",
				     use->message, candidate->job.failure ?
				     candidate->job.failure :
				     "the semantic patch does not fit");
			whole = false;
		}
		g_ptr_array_unref(uses);
	}
	return whole;
}

static void report(struct rewrite *rewrite)
{
	if (step_adds(rewrite->step) && !is_whole(rewrite))
		return;
	for (guint i = 0; i < rewrite->candidates->len; i++) {
		struct candidate *candidate = rewrite->candidates->pdata[i];

		if (!candidate->source)
			continue;
		if (candidate->job.failure) {
			findings_add(rewrite->findings, FINDING_FAILED,
				     candidate->file->path, 0, "%s",
				     candidate->job.failure);
			candidate_drop_result(candidate);
		}
		if (candidate->result_source)
			write_result(rewrite, candidate);
		leftover_report(rewrite, candidate);
	}
}

static bool is_definition(const struct use *use)
{
	return use->class == USE_DEFINITION;
}

/* Which files define what the others use? */
static void tell_definers(const struct rewrite *rewrite)
{
	for (guint i = 0; i < rewrite->candidates->len; i++) {
		const struct candidate *candidate =
			rewrite->candidates->pdata[i];

		if (is_source(candidate) &&
		    has_use(candidate->uses, is_definition))
			g_ptr_array_add(rewrite->options->definers,
					g_strdup(candidate->file->path));
	}
}

/*
 * A module that is to fit older kernels keeps what the fallback header cannot
 * give to both.
 */
static void keep_old(const struct rewrite *rewrite)
{
	for (guint i = 0; i < rewrite->candidates->len; i++) {
		const struct candidate *candidate =
			rewrite->candidates->pdata[i];

		for (guint k = 0; candidate->uses && k < candidate->uses->len;
		     k++) {
			const struct use *use = candidate->uses->pdata[k];

			findings_add(rewrite->findings, FINDING_LEFT,
				     candidate->file->path, use->line,
				     "%s: left as older kernels want it, --compat has no form for both",
				     use->message);
		}
	}
}

void rewrite_step(const struct step *step, struct workspace *workspace,
		  const struct rewrite_options *options,
		  struct findings *findings)
{
	struct rewrite rewrite = {
		.step = step, .workspace = workspace, .options = options,
		.findings = findings,
	};

	candidates_load(&rewrite);
	if (!rewrite.unfit && options->compat && !compat_covers(step)) {
		keep_old(&rewrite);
	} else if (!rewrite.unfit) {
		if (options->definers)
			tell_definers(&rewrite);
		convert(&rewrite, false, wants_spatch);
		convert(&rewrite, true, wants_second_pass);
		convert_other_sites(&rewrite);
		convert_comments(&rewrite);
		report(&rewrite);
	} else if (options->named) {
		say("%s is not for this %s: %s", step->name,
		    workspace->tree->kernel ? "module" : "tree", rewrite.unfit);
	}
	candidates_clear(&rewrite);
}

void survey_clear(struct survey *survey)
{
	g_free(survey->unfit);
	g_free(survey->missing);
}

struct survey rewrite_survey(const struct step *step,
			     struct workspace *workspace,
			     const struct rewrite_options *options,
			     struct findings *findings)
{
	struct rewrite rewrite = {
		.step = step, .workspace = workspace, .options = options,
		.findings = findings,
	};
	struct survey survey = { 0 };

	candidates_load(&rewrite);
	survey.shape = rewrite.shape;
	survey.unfit = g_strdup(rewrite.unfit);
	survey.missing = g_strdup(rewrite.missing);
	for (guint i = 0; i < rewrite.candidates->len; i++) {
		struct candidate *candidate = rewrite.candidates->pdata[i];

		survey.named++;
		if (!candidate->uses)
			continue;
		survey.files += candidate->uses->len > 0;
		for (guint k = 0; k < candidate->uses->len; k++) {
			const struct use *use = candidate->uses->pdata[k];

			survey.calls += use->class == USE_CONVERTIBLE;
			findings_add(findings, FINDING_LEFT,
				     candidate->file->path, use->line, "%s",
				     use->message);
		}
	}
	candidates_clear(&rewrite);
	return survey;
}
