// SPDX-License-Identifier: GPL-2.0-only
/*
 * Explaining what a step left; see leftover.h.
 *
 * What no step may convert is known from the old text.  What the new text
 * still holds and should not is looked up in the messages of spatch's parser.
 */
#include "leftover.h"

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
	enum finding_kind kind = FINDING_FAILED;
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
	else if (use->verdict) {
		kind = FINDING_LEFT;
		why = "the semantic patch does not know this form of call";
	} else {
		why = "spatch left it without a message";
	}
	findings_add(rewrite->findings, kind, candidate->file->path, line,
		     "%s: %s", use->message, why);
}

/* What the new text still holds. */
static void report_remaining(const struct rewrite *rewrite,
			     const struct candidate *candidate)
{
	GPtrArray *uses = candidate_remaining(rewrite, candidate);
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
		case USE_BY_HAND:
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
			 use->class != USE_BY_HAND &&
			 use->class != USE_REFERENCE && !unchanged)
			continue;	/* the new text was asked */
		findings_add(rewrite->findings, kind, candidate->file->path,
			     shown_line(rewrite, candidate, use->token, false,
					use->line), "%s", use->message);
	}
}

void leftover_report(const struct rewrite *rewrite,
		     const struct candidate *candidate)
{
	if (candidate->result_source)
		report_remaining(rewrite, candidate);
	report_left(rewrite, candidate);
}
