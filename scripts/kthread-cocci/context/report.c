// SPDX-License-Identifier: GPL-2.0-only
/* What all reports share, and the one for scripts; see report.h. */
#include "context/report.h"

#include <string.h>

const char *const context_words[CONTEXTS] = {
	"kthread", "user", "boot", "safe",
};

char *report_node(const struct sites *sites, const struct node *node)
{
	switch (node->kind) {
	case NODE_FUNCTION:
		return model_region_name(sites->model, node->file,
					 node->region);
	case NODE_SLOT:
		return slot_text(sites->model, &node->slot);
	default:
		return model_word(sites->model, node->file, node->place);
	}
}

char *report_place(const struct sites *sites, uint32_t file, uint32_t offset)
{
	return g_strdup_printf("%s:%u", sites->model->index->paths[file],
			       model_line(sites->model, file, offset));
}

static const struct hop *hop_at(const struct chain *chain, guint i)
{
	return &g_array_index(chain->hops, struct hop, i);
}

char *report_entry(const struct sites *sites, const struct chain *chain)
{
	for (guint i = 0; i < chain->hops->len; i++)
		if (hop_at(chain, i)->node->kind == NODE_FUNCTION)
			return report_node(sites, hop_at(chain, i)->node);
	return g_strdup("-");
}

char *report_reason(const struct sites *sites, const struct chain *chain)
{
	const struct hop *first = hop_at(chain, 0);
	const struct root *root = chain->root;
	char *place, *name, *reason;

	if (first->node->kind != NODE_FUNCTION && first->edge) {
		/* It came through a member or a variable: where it got in. */
		place = report_place(sites, first->edge->file,
				     first->edge->offset);
		name = report_node(sites, first->node);
		reason = g_strdup_printf("%s, %s at %s", root->row->reason,
					 name, place);
	} else if (root->row->subject == SUBJECT_ARGUMENT ||
		   root->row->subject == SUBJECT_PASTED) {
		place = report_place(sites, root->file, root->offset);
		name = model_word(sites->model, root->file, root->offset);
		reason = g_strdup_printf("%s, %s() at %s", root->row->reason,
					 name, place);
	} else {
		place = report_place(sites, first->node->file,
				     first->node->kind == NODE_FUNCTION ?
				     first->node->region->name_offset :
				     first->node->place);
		name = NULL;
		reason = g_strdup_printf("%s, %s", root->row->reason, place);
	}
	g_free(place);
	g_free(name);
	return reason;
}

/* How one function gets to the next: ">" or ">through~parameter~>". */
static void append_link(const struct sites *sites, GString *text,
			const struct edge *edge)
{
	char *through, *parameter;

	if (!edge || !edge->through) {
		g_string_append_c(text, '>');
		return;
	}
	through = model_region_name(sites->model, edge->through_file,
				    edge->through);
	parameter = model_word(sites->model, edge->through_file,
			       edge->parameter);
	g_string_append_printf(text, ">%s~%s~>", through, parameter);
	g_free(through);
	g_free(parameter);
}

char *report_chain(const struct sites *sites, const struct chain *chain)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < chain->hops->len; i++) {
		const struct hop *hop = hop_at(chain, i);
		char *name = report_node(sites, hop->node);

		if (hop->node->kind == NODE_FUNCTION) {
			if (text->len && text->str[text->len - 1] != '>')
				append_link(sites, text,
					    hop_at(chain, i - 1)->edge);
			g_string_append(text, name);
		} else if (text->len) {
			g_string_append_printf(text, "~%s~>", name);
		}
		g_free(name);
	}
	return g_string_free(text, FALSE);
}

char *report_hop(const struct sites *sites, const struct hop *hop,
		 const struct edge *before, const struct node *caller)
{
	char *name = report_node(sites, hop->node);
	char *text, *other;

	if (before->through) {
		other = model_region_name(sites->model, before->through_file,
					  before->through);
		text = g_strdup_printf("%s() calls %s()", other, name);
	} else if (caller->kind != NODE_FUNCTION) {
		other = report_node(sites, caller);
		text = g_strdup_printf("%s = %s()", other, name);
	} else {
		other = NULL;
		text = g_strdup_printf("%s()", name);
	}
	g_free(other);
	g_free(name);
	return text;
}

bool report_wants(const struct sites *sites,
		  const struct report_options *options,
		  const struct site *site)
{
	const char *path = sites->model->index->paths[site->file];
	char *function;
	bool wanted = false;

	if (!(options->verdicts >> site->verdict & 1) ||
	    (options->chosen &&
	     !g_hash_table_contains(options->chosen, site)))
		return false;
	if (!options->only || !*options->only)
		return true;
	function = report_node(sites, site->owner);
	for (char **only = options->only; *only; only++) {
		size_t length = strlen(*only);

		wanted |= !strcmp(*only, path) || !strcmp(*only, function) ||
			  (length && (*only)[length - 1] == '/' &&
			   !strncmp(*only, path, length));
	}
	g_free(function);
	return wanted;
}

GPtrArray *report_chains(const struct sites *sites,
			 const struct report_options *options,
			 const struct site *site, enum context context)
{
	GPtrArray *chains;

	if (options->all_chains && !site->safe)
		return site_chains(sites, site, context, NULL);
	chains = g_ptr_array_new();
	if (site->chain[context])
		g_ptr_array_add(chains,
				(gpointer)(uintptr_t)site->chain[context]);
	return chains;
}

static void print_chains(const struct sites *sites,
			 const struct report_options *options,
			 const struct site *site, enum context context,
			 report_chain_printer print, FILE *out)
{
	GPtrArray *chains = report_chains(sites, options, site, context);

	for (guint i = 0; i < chains->len; i++)
		print(sites, chains->pdata[i], context, out);
	g_ptr_array_unref(chains);
}

void report_proof(const struct sites *sites,
		  const struct report_options *options, const struct site *site,
		  const char *bullet, report_chain_printer print, FILE *out)
{
	enum context context = verdict_context(site->verdict);

	if (site->safe)
		fprintf(out, "%s%s\n", bullet, site->safe);
	else if (context == CONTEXTS)
		fprintf(out, "%snothing that is known calls it\n", bullet);
	else
		print_chains(sites, options, site, context, print, out);
	if (site->verdict == VERDICT_MIXED)
		print_chains(sites, options, site, CONTEXT_USER, print, out);
}

static void print_line(const struct sites *sites, const struct site *site,
		       const struct chain *proof, FILE *out)
{
	char *function = report_node(sites, site->owner);
	char *entry = proof ? report_entry(sites, proof) : g_strdup("-");
	char *chain = proof ? report_chain(sites, proof) : g_strdup("-");

	fprintf(out, "%s\t%u\t%s\t%s\t%s\t%s\t%s\t%s\n",
		sites->model->index->paths[site->file], site->line, function,
		site->lookup->spelling, verdict_words[site->verdict],
		strength_words[proof ? proof->strength : STRENGTH_DIRECT],
		entry, chain);
	g_free(function);
	g_free(entry);
	g_free(chain);
}

static void print_uses(const GPtrArray *uses, FILE *out)
{
	for (guint i = 0; uses && i < uses->len; i++) {
		const struct report_use *use = uses->pdata[i];
		char *message = report_clean(use->message);

		fprintf(out, "%s\t%u\t-\t%s\tapi\t-\t-\t%s\n", use->path,
			use->line, use->rule, message);
		g_free(message);
	}
}

void report_tsv(const struct sites *sites, const struct report_options *options,
		FILE *out)
{
	fputs("file\tline\tfunction\tlookup\tverdict\tconfidence\tentry\tchain\n",
	      out);
	for (guint i = 0; i < sites->list->len; i++) {
		const struct site *site = &g_array_index(sites->list,
							 struct site, i);
		enum context context = verdict_context(site->verdict);
		GPtrArray *chains;

		if (!report_wants(sites, options, site))
			continue;
		chains = context < CONTEXTS ?
			report_chains(sites, options, site, context) :
			g_ptr_array_new();
		if (!chains->len)
			print_line(sites, site, NULL, out);
		for (guint c = 0; c < chains->len; c++)
			print_line(sites, site, chains->pdata[c], out);
		g_ptr_array_unref(chains);
	}
	print_uses(options->uses, out);
}
