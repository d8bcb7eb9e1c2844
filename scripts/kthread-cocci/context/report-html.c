// SPDX-License-Identifier: GPL-2.0-only
/*
 * The review as one page for a browser; see report.h.
 *
 * Everything is in the page, also without its script: a site is a <details>
 * element.  The script filters and searches; its state is the part of the
 * address behind the '#', so that a filtered view can be linked to.
 */
#include <string.h>

#include "context/report-graph.h"
#include "html/page.h"
#include "version.h"

/* One more than the verdicts: old uses of the API. */
#define KINDS (VERDICTS + 1)

static const char *const kind_meanings[KINDS] = {
	"only kernel threads reach it: fails under nullfs",
	"kernel threads and user processes reach it: fails in the threads",
	"only user processes reach it: works",
	"only PID 1 while booting: works",
	"has a root of its own, or is given one: works",
	"nothing that is known calls it: look at it",
	"an old use of the API",
};

struct page {
	const struct sites *sites;
	const struct report_options *options;
	FILE *out;
	GArray *items;			/* struct report_item */
	GPtrArray *pictures;		/* of the sites that has_chain(), in order */
	GHashTable *ids;		/* ids that are taken */
	guint next;			/* picture */
};

static const char *kind_word(int kind)
{
	return kind < VERDICTS ? verdict_words[kind] : "api";
}

static int item_kind(const struct report_item *item)
{
	return item->site ? (int)item->site->verdict : VERDICTS;
}

static const struct report_item *item_at(const struct page *page, guint i)
{
	return &g_array_index(page->items, struct report_item, i);
}

/* Print @text, with what HTML would take for its own escaped. */
static void put(const struct page *page, const char *text)
{
	char *clean = report_clean(text);
	char *escaped = g_markup_escape_text(clean, -1);

	fputs(escaped, page->out);
	g_free(escaped);
	g_free(clean);
}

/* The same for a string that is not needed any more. */
static void put_free(const struct page *page, char *text)
{
	put(page, text);
	g_free(text);
}

static void put_lines(const struct page *page, const char *const *lines)
{
	for (; *lines; lines++)
		fputs(*lines, page->out);
}

/* The address of a subsystem in the page, without the '#'. */
static char *subsystem_id(const char *subsystem)
{
	char *escaped = g_uri_escape_string(subsystem, " ", FALSE);
	char *id;

	g_strdelimit(escaped, " ", '+');
	id = g_strdup_printf("sub=%s", escaped);
	g_free(escaped);
	return id;
}

/* "file:line", with a number where several sites share it. */
static char *item_id(struct page *page, const struct report_item *item)
{
	char *escaped = g_uri_escape_string(item->path, "/", FALSE);
	char *id = g_strdup_printf("%s:%u", escaped, item->line);

	for (unsigned int i = 2; !g_hash_table_add(page->ids, id); i++)
		id = g_strdup_printf("%s:%u-%u", escaped, item->line, i);
	g_free(escaped);
	return id;			/* the table's */
}

static bool has_chain(const struct site *site)
{
	for (int context = 0; context < CONTEXTS; context++)
		if (site->chain[context])
			return true;
	return false;
}

/* ------------------------------------------------------------- the head */

/* "7.2.13" from the Makefile of the tree, or NULL. */
static char *kernel_version(const struct tree *tree)
{
	static const char *const names[] = {
		"VERSION", "PATCHLEVEL", "SUBLEVEL", "EXTRAVERSION",
	};
	GBytes *bytes = tree_read(tree, "Makefile");
	char *value[G_N_ELEMENTS(names)] = { NULL };
	char *version = NULL;
	char **lines;

	if (!bytes)
		return NULL;
	lines = g_strsplit(g_bytes_get_data(bytes, NULL), "\n", 40);
	for (char **line = lines; *line; line++)
		for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
			if (!value[i] && g_str_has_prefix(*line, names[i]) &&
			    g_str_has_prefix(*line + strlen(names[i]), " ="))
				value[i] = g_strstrip(*line +
						      strlen(names[i]) + 2);
	if (value[0] && value[1])
		version = g_strdup_printf("%s.%s%s%s%s", value[0], value[1],
			value[2] ? "." : "", value[2] ? value[2] : "",
			value[3] ? value[3] : "");
	g_strfreev(lines);
	g_bytes_unref(bytes);
	return version;
}

static char *page_title(const struct page *page)
{
	const struct tree *tree = page->sites->model->index->tree;
	char *version = kernel_version(tree->kernel ? tree->kernel : tree);
	char *title = g_strdup_printf("%s%s%s",
		page->options->is_check ?
		"Still to be converted" : "Path lookups and who reaches them",
		version ? ": Linux " : "", version ? version : "");

	g_free(version);
	return title;
}

static void put_head(const struct page *page, const char *title)
{
	fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
	      "<meta charset=\"utf-8\">\n"
	      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	      "<meta name=\"color-scheme\" content=\"light dark\">\n"
	      "<meta name=\"generator\" content=\"kthread-cocci " VERSION "\">\n"
	      /* The browser makes sure that nothing is loaded. */
	      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n"
	      "<title>", page->out);
	put(page, title);
	fputs("</title>\n<style>\n", page->out);
	put_lines(page, page_css);
	fputs("</style>\n</head>\n<body>\n", page->out);
}

/* Is this kind there, or was it asked for? */
static bool kind_wanted(const struct page *page, int kind)
{
	return kind < VERDICTS ? page->options->verdicts >> kind & 1 :
				 page->options->uses != NULL;
}

static void put_summary(const struct page *page, const char *title)
{
	unsigned int count[KINDS] = { 0 };

	for (guint i = 0; i < page->items->len; i++)
		count[item_kind(item_at(page, i))]++;
	fputs("<header>\n<h1>", page->out);
	put(page, title);
	fprintf(page->out, "</h1>\n<p>%u places, by kthread-cocci " VERSION
		".</p>\n<table class=\"summary\">\n", page->items->len);
	for (int kind = 0; kind < KINDS; kind++)
		if (kind_wanted(page, kind))
			fprintf(page->out, "<tr><td class=\"n\">%u</td><th scope=\"row\"><a class=\"v %s\" href=\"#v=%s\">%s</a></th><td>%s</td></tr>\n",
				count[kind], kind_word(kind), kind_word(kind),
				kind_word(kind), kind_meanings[kind]);
	fputs("</table>\n</header>\n", page->out);
}

/* ---------------------------------------------------------- the filter */

static void put_kinds(const struct page *page)
{
	fputs("<span class=\"kinds\" role=\"group\" aria-label=\"Verdicts\">",
	      page->out);
	for (int kind = 0; kind < KINDS; kind++)
		if (kind_wanted(page, kind))
			fprintf(page->out, "<label><input type=\"checkbox\" name=\"v\" value=\"%s\" checked><span class=\"v %s\">%s</span></label>\n",
				kind_word(kind), kind_word(kind),
				kind_word(kind));
	fputs("</span>\n", page->out);
}

static void put_lists(const struct page *page)
{
	fputs("<select id=\"c\" aria-label=\"Confidence\"><option value=\"\">any confidence</option>", page->out);
	for (int i = 0; i <= STRENGTH_NAME; i++)
		fprintf(page->out, "<option>%s</option>", strength_words[i]);
	fputs("</select>\n<select id=\"sub\" aria-label=\"Subsystem\"><option value=\"\">all subsystems</option>", page->out);
	for (guint i = 0; i < page->items->len; i++) {
		const char *subsystem = item_at(page, i)->subsystem;

		if (i && subsystem == item_at(page, i - 1)->subsystem)
			continue;
		fputs("<option>", page->out);
		put(page, subsystem);
		fputs("</option>", page->out);
	}
	fputs("</select>\n", page->out);
}

static void put_filter(const struct page *page)
{
	/* Without the script it would do nothing: the script shows it. */
	fputs("<form id=\"filter\" role=\"search\" hidden>\n"
	      "<label class=\"search\">Search <input id=\"q\" type=\"search\" autocomplete=\"off\" spellcheck=\"false\" placeholder=\"file, function, entry, chain\"></label>\n",
	      page->out);
	put_kinds(page);
	put_lists(page);
	fputs("<span class=\"acts\"><output id=\"shown\"></output>\n"
	      "<button type=\"button\" id=\"open\">Open all</button>\n"
	      "<button type=\"button\" id=\"shut\">Close all</button>\n"
	      "<button type=\"reset\" id=\"reset\">Reset</button></span>\n"
	      "</form>\n", page->out);
}

/* How many of which kind are in the subsystem that begins at item @i. */
static guint count_subsystem(const struct page *page, guint i,
			     unsigned int count[KINDS])
{
	const char *subsystem = item_at(page, i)->subsystem;

	memset(count, 0, KINDS * sizeof(*count));
	for (; i < page->items->len &&
	       item_at(page, i)->subsystem == subsystem; i++)
		count[item_kind(item_at(page, i))]++;
	return i;
}

static void put_navigation(const struct page *page)
{
	unsigned int count[KINDS], total[KINDS] = { 0 };

	for (guint i = 0; i < page->items->len; i++)
		total[item_kind(item_at(page, i))]++;
	fputs("<nav aria-label=\"Subsystems\">\n<table>\n<tr><th scope=\"col\">Subsystem</th>", page->out);
	for (int kind = 0; kind < KINDS; kind++)
		if (total[kind])
			fprintf(page->out, "<th scope=\"col\"><abbr class=\"v %s\" title=\"%s\">%.1s</abbr></th>",
				kind_word(kind), kind_word(kind),
				kind_word(kind));
	fputs("</tr>\n", page->out);
	for (guint i = 0, next; i < page->items->len; i = next) {
		char *id = subsystem_id(item_at(page, i)->subsystem);

		next = count_subsystem(page, i, count);
		fputs("<tr><th scope=\"row\"><a href=\"#", page->out);
		put_free(page, id);
		fputs("\">", page->out);
		put(page, item_at(page, i)->subsystem);
		fputs("</a></th>", page->out);
		for (int kind = 0; kind < KINDS; kind++)
			if (count[kind])
				fprintf(page->out, "<td class=\"%s\">%u</td>",
					kind_word(kind), count[kind]);
			else if (total[kind])
				fputs("<td></td>", page->out);
		fputs("</tr>\n", page->out);
	}
	fputs("</table>\n</nav>\n", page->out);
}

/* ----------------------------------------------------------- the items */

static void put_step(const struct page *page, const struct report_step *step)
{
	fputs("<li><code>", page->out);
	put(page, step->text);
	if (step->edge && step->edge->strength != STRENGTH_DIRECT)
		fprintf(page->out, "</code> <i>%s</i>",
			strength_words[step->edge->strength]);
	else
		fputs("</code> <i></i>", page->out);
	fputs("<span class=\"at\">", page->out);
	put_free(page, report_place(page->sites, step->file, step->offset));
	fputs("</span></li>\n", page->out);
}

static void put_chain(const struct page *page, const struct site *site,
		      const struct chain *chain, enum context context)
{
	GArray *steps = report_steps(page->sites, chain);

	fprintf(page->out, "<h3><span class=\"v %s\">%s</span> %s: ",
		context_words[context], context_words[context],
		strength_words[chain->strength]);
	put_free(page, report_reason(page->sites, chain));
	fputs("</h3>\n<ol class=\"chain\">\n", page->out);
	for (guint i = 0; i < steps->len; i++)
		put_step(page, &g_array_index(steps, struct report_step, i));
	fprintf(page->out, "<li class=\"end\"><code>%s()</code> <i></i><span class=\"at\">",
		site->lookup->spelling);
	put_free(page, report_place(page->sites, site->file, site->offset));
	fputs("</span></li>\n</ol>\n", page->out);
	g_array_unref(steps);
}

static void put_chains(const struct page *page, const struct site *site)
{
	for (int context = 0; context < CONTEXTS; context++) {
		GPtrArray *chains = report_chains(page->sites, page->options,
						  site, (enum context)context);

		for (guint i = 0; i < chains->len; i++)
			put_chain(page, site, chains->pdata[i],
				  (enum context)context);
		g_ptr_array_unref(chains);
	}
}

static void put_site(struct page *page, const struct report_item *item)
{
	const struct site *site = item->site;
	const char *word = verdict_words[site->verdict];
	const char *confidence = report_confidence(site);

	fprintf(page->out, "<details class=\"site\" data-v=\"%s\" data-c=\"%s\" id=\"",
		word, confidence);
	put(page, item_id(page, item));
	fprintf(page->out, "\"><summary><span class=\"v %s\">%s</span><span class=\"place\">",
		word, word);
	put(page, item->path);
	fprintf(page->out, "<b>:%u</b></span><code><b>", item->line);
	put_free(page, report_node(page->sites, site->owner));
	fprintf(page->out, "()</b> calls %s()</code><i>%s</i></summary>\n<div class=\"proof\"><div>\n",
		site->lookup->spelling, confidence);
	put_chains(page, site);
	if (!has_chain(site)) {
		fputs("<p>", page->out);
		put(page, site->safe ? site->safe :
			  "nothing that is known calls it");
		fputs("</p>\n", page->out);
	}
	fputs("</div>\n", page->out);
	if (has_chain(site)) {
		fputs("<figure role=\"img\" aria-label=\"The same as a graph\">",
		      page->out);
		fputs(page->pictures->pdata[page->next++], page->out);
		fputs("</figure>", page->out);
	}
	fputs("</div></details>\n", page->out);
}

static void put_use(struct page *page, const struct report_item *item)
{
	fputs("<div class=\"site use\" data-v=\"api\" data-c=\"\" id=\"", page->out);
	put(page, item_id(page, item));
	fputs("\"><span class=\"v api\">api</span><span class=\"place\">", page->out);
	put(page, item->path);
	fprintf(page->out, "<b>:%u</b></span><code>", item->line);
	put(page, item->use->message);
	fputs("</code><i>", page->out);
	put(page, item->use->rule);
	fputs("</i></div>\n", page->out);
}

static void put_items(struct page *page)
{
	const char *before = NULL;

	fputs("<main>\n", page->out);
	for (guint i = 0; i < page->items->len; i++) {
		const struct report_item *item = item_at(page, i);

		if (item->subsystem != before) {
			fprintf(page->out, "%s<section id=\"",
				before ? "</section>\n" : "");
			put_free(page, subsystem_id(item->subsystem));
			fputs("\"><h2>", page->out);
			put(page, item->subsystem);
			fputs("</h2>\n", page->out);
		}
		before = item->subsystem;
		if (item->site)
			put_site(page, item);
		else
			put_use(page, item);
	}
	fprintf(page->out, "%s<p id=\"none\" hidden>Nothing fits the filter.</p>\n</main>\n",
		before ? "</section>\n" : "");
}

/* ---------------------------------------------------------- the pictures */

/* The graphs of all sites with a chain, in the order of the items. */
static GPtrArray *draw(const struct page *page)
{
	GPtrArray *graphs = g_ptr_array_new_with_free_func(g_free);
	GPtrArray *pictures;

	for (guint i = 0; i < page->items->len; i++) {
		struct chain_graph *graph;

		if (!item_at(page, i)->site || !has_chain(item_at(page, i)->site))
			continue;
		graph = chain_graph_new(page->sites);
		chain_graph_add(graph, page->options, item_at(page, i)->site);
		g_ptr_array_add(graphs, chain_graph_text(graph,
			"\tgraph [bgcolor=transparent, ranksep=0.17, nodesep=0.15];\n"
			"\tnode [shape=plain, margin=\"0.06,0.02\", height=0.2, fontname=\"monospace\", fontsize=9];\n"
			"\tedge [fontname=\"monospace\", fontsize=8, arrowsize=0.5];\n"));
		chain_graph_free(graph);
	}
	/* dot would wait for nothing. */
	pictures = graphs->len ? pictures_draw(graphs) : g_ptr_array_new();
	g_ptr_array_unref(graphs);
	return pictures;
}

void report_html(const struct sites *sites,
		 const struct report_options *options, FILE *out)
{
	struct page page = {
		.sites = sites, .options = options, .out = out,
		.items = report_items(sites, options),
		.ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					     NULL),
	};
	char *title = page_title(&page);

	page.pictures = draw(&page);
	put_head(&page, title);
	put_summary(&page, title);
	put_filter(&page);
	fputs("<div class=\"columns\">\n", out);
	put_navigation(&page);
	put_items(&page);
	fputs("</div>\n<footer>\n"
	      "<p>Pictures: a box is an entry, a round box the lookup; a line is a call by name, dashed through a pointer that was followed, dotted through a member of that name in some struct.</p>\n"
	      "<p id=\"keys\" hidden>Keys: <kbd>/</kbd> search, <kbd>Esc</kbd> clear it, <kbd>j</kbd> <kbd>k</kbd> next and previous place, <kbd>Enter</kbd> open it.</p>\n"
	      "</footer>\n<script>\n", out);
	put_lines(&page, page_js);
	fputs("</script>\n</body>\n</html>\n", out);
	g_free(title);
	g_hash_table_unref(page.ids);
	g_ptr_array_unref(page.pictures);
	g_array_unref(page.items);
}
