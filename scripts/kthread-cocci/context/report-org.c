// SPDX-License-Identifier: GPL-2.0-only
/*
 * The review for Emacs' org-mode; see report.h.
 *
 * The links are those that the org mode of coccicheck prints.  A headline is
 * TODO where somebody has to do something, so that an agenda shows only that.
 */
#include <string.h>

#include "context/report.h"

/* What org would take for the end of a link. */
static char *link_text(const char *text)
{
	char *clean = report_clean(text);

	for (char *c = clean; *c; c++)
		if (*c == '[' || *c == ']')
			*c = *c == '[' ? '(' : ')';
	return clean;
}

static void print_link(const char *path, const struct report_span *span,
		       int face, FILE *out)
{
	char *text = link_text(path);

	fprintf(out, "[[view:%s::face=ovl-face%d::linb=%u::colb=%u::cole=%u][%s::%u]]",
		text, face, span->line, span->begin, span->end, text,
		span->line);
	g_free(text);
}

static void print_step(const struct sites *sites,
		       const struct report_step *step, FILE *out)
{
	struct report_span span = report_span(sites, step->file, step->offset);

	fputs("  - ", out);
	print_link(sites->model->index->paths[step->file], &span, 2, out);
	fprintf(out, " %s", step->text);
}

static void print_chain(const struct sites *sites, const struct chain *chain,
			enum context context, FILE *out)
{
	GArray *steps = report_steps(sites, chain);
	char *reason = report_reason(sites, chain);

	fprintf(out, "- %s, %s:\n", context_words[context],
		strength_words[chain->strength]);
	for (guint i = 0; i < steps->len; i++) {
		print_step(sites, &g_array_index(steps, struct report_step, i),
			   out);
		if (!i)
			fprintf(out, ": %s", reason);
		fputc('\n', out);
	}
	g_array_unref(steps);
	g_free(reason);
}

static void print_site(const struct sites *sites,
		       const struct report_options *options,
		       const struct site *site, FILE *out)
{
	struct report_span span = report_span(sites, site->file, site->offset);
	char *function = report_node(sites, site->owner);
	bool todo = options->is_check || site->verdict <= VERDICT_MIXED ||
		    site->verdict == VERDICT_UNREACHED;

	fprintf(out, "** %s", todo ? "TODO " : "");
	print_link(sites->model->index->paths[site->file], &span, 1, out);
	fprintf(out, " %s() calls %s(): %s\n", function,
		site->lookup->spelling, verdict_words[site->verdict]);
	g_free(function);
	report_proof(sites, options, site, "- ", print_chain, out);
}

static void print_use(const struct report_use *use, FILE *out)
{
	struct report_span span = { .line = MAX(use->line, 1) };
	char *message = report_clean(use->message);

	fputs("** TODO ", out);
	print_link(use->path, &span, 1, out);
	fprintf(out, " %s: %s\n", use->rule, message);
	g_free(message);
}

void report_org(const struct sites *sites, const struct report_options *options,
		FILE *out)
{
	GArray *items = report_items(sites, options);
	const char *before = NULL;

	for (guint i = 0; i < items->len; i++) {
		const struct report_item *item =
			&g_array_index(items, struct report_item, i);

		if (!before || strcmp(before, item->subsystem))
			fprintf(out, "* %s\n", item->subsystem);
		before = item->subsystem;
		if (item->site)
			print_site(sites, options, item->site, out);
		else
			print_use(item->use, out);
	}
	g_array_unref(items);
}
