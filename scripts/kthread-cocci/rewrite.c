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

#include <errno.h>
#include <string.h>

#include "align.h"
#include "attribute.h"
#include "encoding.h"
#include "kerneldoc.h"
#include "layout.h"
#include "message.h"
#include "parallel.h"
#include "slice.h"
#include "spatch.h"
#include "words.h"

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
};

struct rewrite {
	const struct step *step;
	struct workspace *workspace;
	const struct rewrite_options *options;
	struct findings *findings;
	GPtrArray *candidates;		/* struct candidate, sorted by path */
	struct words *words;		/* of the step */
	enum api_shape shape;
};

static void drop_result(struct candidate *candidate)
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

	drop_result(candidate);
	source_free(candidate->source);
	g_clear_pointer(&candidate->uses, g_ptr_array_unref);
	g_clear_pointer(&candidate->job.text, g_bytes_unref);
	g_clear_pointer(&candidate->slice, g_bytes_unref);
	g_clear_pointer(&candidate->text, g_bytes_unref);
	g_clear_pointer(&candidate->raw, g_bytes_unref);
	g_free(candidate->job.failure);
	g_free(candidate);
}

static struct source *scan(GBytes *text)
{
	gsize len;
	const char *data = g_bytes_get_data(text, &len);

	return source_new(data, len);
}

/* Read and scan one candidate; findings where that cannot be done. */
static void load_one(void *context, size_t i)
{
	struct rewrite *rewrite = context;
	struct candidate *candidate = rewrite->candidates->pdata[i];
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
	candidate->source = scan(candidate->text);
	if (candidate->file->kind == FILE_SOURCE)
		candidate->shape = audit_shape(rewrite->step,
					       candidate->source);
}

static void audit_one(void *context, size_t i)
{
	struct rewrite *rewrite = context;
	struct candidate *candidate = rewrite->candidates->pdata[i];

	if (candidate->source)
		candidate->uses = audit_uses(rewrite->step, candidate->source,
					     candidate->file->kind,
					     rewrite->shape);
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

		if (words_match(rewrite->words, data, len) &&
		    !g_ptr_array_find(files, file, NULL))
			g_ptr_array_add(files, file);
	}
	g_ptr_array_sort(files, by_path);
	g_ptr_array_unref(changes);
}

/* Find, read and audit every file that names the step's API. */
static void load(struct rewrite *rewrite)
{
	GPtrArray *names = step_words(rewrite->step);
	GPtrArray *files;

	rewrite->words = words_new(names);
	g_ptr_array_unref(names);
	files = words_find(rewrite->words, rewrite->workspace->tree,
				      rewrite->options->jobs,
				      rewrite->findings);

	add_changed(rewrite, files);
	rewrite->candidates = g_ptr_array_new_with_free_func(candidate_free);
	for (guint i = 0; i < files->len; i++) {
		struct candidate *candidate = g_new0(struct candidate, 1);

		candidate->file = files->pdata[i];
		g_ptr_array_add(rewrite->candidates, candidate);
	}
	g_ptr_array_unref(files);

	parallel_for(rewrite->candidates->len, rewrite->options->jobs,
		     load_one, rewrite);
	for (guint i = 0; i < rewrite->candidates->len; i++) {
		struct candidate *candidate = rewrite->candidates->pdata[i];

		rewrite->shape = audit_join_shapes(rewrite->shape,
						   candidate->shape);
	}
	parallel_for(rewrite->candidates->len, rewrite->options->jobs,
		     audit_one, rewrite);
}

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
		edits_replace(edits, first->offset, last->offset - first->offset,
			      was);
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

static GBytes *help_declarations(const struct rewrite *rewrite,
				 const struct candidate *candidate,
				 const struct source *source,
				 const struct alignment *map, GBytes *text)
{
	struct edits *edits = edits_new();

	(void)candidate;
	(void)map;
	kerneldoc_clean(rewrite->step, source, edits);
	attribute_fix(rewrite->step, source, edits);
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

/* Run the helpers on spatch's text; each one gets a fresh scan. */
static bool help(const struct rewrite *rewrite, struct candidate *candidate,
		 GBytes *text)
{
	static const helper helpers[] = {
		help_alternatives, help_declarations, help_layout,
	};
	size_t next = 0;

	drop_result(candidate);
	candidate->result = g_bytes_ref(text);
	for (;;) {
		GBytes *better;

		candidate->result_source = scan(candidate->result);
		if (!is_sane(candidate, candidate->result_source))
			return false;
		candidate->has_map = align(&candidate->map,
					   &candidate->source->lexed,
					   &candidate->result_source->lexed);
		if (next == G_N_ELEMENTS(helpers) || !candidate->has_map)
			return candidate->has_map;
		if (!next && !only_removes(candidate))
			return false;
		better = helpers[next++](rewrite, candidate,
					 candidate->result_source,
					 &candidate->map, candidate->result);
		drop_result(candidate);
		candidate->result = better;
	}
}

/* What is still to be converted in the result; array of struct use. */
static GPtrArray *remaining(const struct rewrite *rewrite,
			    const struct candidate *candidate)
{
	return audit_uses(rewrite->step, candidate->result_source,
			  candidate->file->kind, API_NEW);
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
	if (!help(rewrite, candidate, candidate->job.text)) {
		drop_result(candidate);
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
		candidate->job.text = slice_cut(candidate->text,
						candidate->source,
						rewrite->words);
	candidate->slice = g_bytes_ref(candidate->job.text);
}

static void run_jobs(const struct rewrite *rewrite, GPtrArray *candidates,
		     bool own_macros_only)
{
	const struct spatch spatch = {
		.semantic_patch = rewrite->step->path,
		.macros = rewrite->options->macros,
		.own_macros_only = own_macros_only,
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
	if (again->len)
		run_jobs(rewrite, again, false);
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
	uses = remaining(rewrite, candidate);
	for (guint i = 0; i < uses->len; i++) {
		const struct use *use = uses->pdata[i];

		wants |= use->class == USE_CONVERTIBLE ||
			 use->class == USE_DEFINITION;
	}
	g_ptr_array_unref(uses);
	return wants;
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

/* The line of a token as the findings should name it. */
static unsigned int shown_line(const struct rewrite *rewrite,
			       const struct candidate *candidate,
			       uint32_t token, bool in_result,
			       unsigned int fallback)
{
	const struct source *from = in_result ? candidate->result_source :
						candidate->source;
	const struct source *to = rewrite->options->new_lines ?
				  candidate->result_source : candidate->source;
	const uint32_t *map = in_result ? candidate->map.to_old :
					  candidate->map.to_new;

	if (token == NO_TOKEN || !to)
		return fallback;
	if (from != to && candidate->has_map) {
		if (map[token] == NO_TOKEN)
			return fallback;
		token = map[token];
	}
	return to->lexed.tokens[token].line;
}

/* Does the function or macro around @token hold one of the lines? */
static bool holds_line(const struct source *source, uint32_t token,
		       const GArray *lines)
{
	const struct function *function = source_function_at(source, token);
	const struct macro *macro = source_macro_at(source, token);
	unsigned int first = source->lexed.tokens[token].line, last = first;

	if (macro) {
		first = source->lexed.tokens[macro->name].line;
		last = source->lexed.tokens[macro->body.end - 1].line;
	} else if (function) {
		first = source->lexed.tokens[function->name].line;
		last = source->lexed.tokens[function->body.end - 1].line;
	}
	for (guint i = 0; i < lines->len; i++) {
		unsigned int line = g_array_index(lines, unsigned int, i);

		if (line + 1 >= first && line <= last + 1)
			return true;
	}
	return false;
}

/* Explain a use that spatch should have converted and did not. */
static void explain(const struct rewrite *rewrite,
		    const struct candidate *candidate, const struct use *use,
		    GArray **errors)
{
	const struct spatch spatch = {
		.macros = rewrite->options->macros,
		.limit = rewrite->options->limit,
	};
	const struct source *source = candidate->result_source;
	unsigned int line = shown_line(rewrite, candidate, use->token, true,
				       use->line);
	const char *why;

	if (!*errors)
		*errors = spatch_parse_errors(&spatch, candidate->file->path,
					      candidate->result);
	if (holds_line(source, use->token, *errors))
		why = "spatch cannot parse this function";
	else if (source_in_else(source, use->token))
		why = "spatch does not see this #else branch";
	else if (source_macro_at(source, use->token))
		why = "spatch does not see the body of this macro";
	else
		why = "spatch left it without a message";
	findings_add(rewrite->findings, FINDING_FAILED, candidate->file->path,
		     line, "%s: %s", use->message, why);
}

/* What the new text still holds. */
static void report_remaining(const struct rewrite *rewrite,
			     const struct candidate *candidate)
{
	GPtrArray *uses = remaining(rewrite, candidate);
	GArray *errors = NULL;

	for (guint i = 0; i < uses->len; i++) {
		const struct use *use = uses->pdata[i];

		switch (use->class) {
		case USE_CONVERTIBLE:
		case USE_DEFINITION:
			explain(rewrite, candidate, use, &errors);
			break;
		case USE_REFERENCE:
		case USE_DEAD:
		case USE_DOCUMENTATION:
			findings_add(rewrite->findings, FINDING_LEFT,
				     candidate->file->path,
				     shown_line(rewrite, candidate, use->token,
						true, use->line),
				     "%s", use->message);
			break;
		case USE_NOT_LITERAL:
		case USE_ALTERNATIVES:
		case USE_NOT_C:
			break;		/* known from the old text */
		}
	}
	if (errors)
		g_array_unref(errors);
	g_ptr_array_unref(uses);
}

/* What was known before that no step may convert. */
static void report_left(const struct rewrite *rewrite,
			const struct candidate *candidate)
{
	for (guint i = 0; i < candidate->uses->len; i++) {
		const struct use *use = candidate->uses->pdata[i];
		enum finding_kind kind = FINDING_LEFT;
		bool unchanged = !candidate->result_source;

		if (use->class == USE_ALTERNATIVES)
			kind = FINDING_FAILED;
		else if (use->class == USE_REFERENCE && !unchanged &&
			 candidate->map.to_new[use->token] == NO_TOKEN)
			continue;	/* the step took it away */
		else if (use->class != USE_NOT_LITERAL &&
			 use->class != USE_NOT_C &&
			 use->class != USE_REFERENCE && !unchanged)
			continue;	/* the new text was asked */
		findings_add(rewrite->findings, kind, candidate->file->path,
			     shown_line(rewrite, candidate, use->token, false,
					use->line), "%s", use->message);
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

static void report(struct rewrite *rewrite)
{
	for (guint i = 0; i < rewrite->candidates->len; i++) {
		struct candidate *candidate = rewrite->candidates->pdata[i];

		if (!candidate->source)
			continue;
		if (candidate->job.failure)
			findings_add(rewrite->findings, FINDING_FAILED,
				     candidate->file->path, 0, "%s",
				     candidate->job.failure);
		if (candidate->job.failure)
			drop_result(candidate);
		if (candidate->result_source) {
			report_remaining(rewrite, candidate);
			write_result(rewrite, candidate);
		}
		report_left(rewrite, candidate);
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

	load(&rewrite);
	convert(&rewrite, false, wants_spatch);
	convert(&rewrite, true, wants_second_pass);
	convert_comments(&rewrite);
	report(&rewrite);
	g_ptr_array_unref(rewrite.candidates);
	words_free(rewrite.words);
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

	load(&rewrite);
	survey.shape = rewrite.shape;
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
	g_ptr_array_unref(rewrite.candidates);
	words_free(rewrite.words);
	return survey;
}
