// SPDX-License-Identifier: GPL-2.0-only
/* The cover letter; see cover.h. */
#include "series/cover.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "context/report.h"
#include "message.h"
#include "series/text.h"
#include "version.h"

#define CONVERTED (1u << VERDICT_KTHREAD | 1u << VERDICT_MIXED)

static bool has_step(const GPtrArray *patches, const char *name)
{
	for (guint i = 0; i < patches->len; i++) {
		const struct patch *patch = patches->pdata[i];

		if (!strcmp(patch->step->name, name))
			return true;
	}
	return false;
}

static GString *choose_section(char **lines, const GPtrArray *patches)
{
	GString *text = g_string_new(NULL);
	bool wanted = true;

	for (; *lines; lines++) {
		const char *line = *lines;

		if (*line == '%') {
			const char *name = line + 1 + strspn(line + 1, " ");

			if (text->len)
				break;
			wanted = !*name || has_step(patches, name);
		} else if (wanted && *line != '#' && (text->len || *line)) {
			g_string_append_printf(text, "%s\n", line);
		}
	}
	return text;
}

char *cover_read(const char *path, const GPtrArray *patches)
{
	GError *error = NULL;
	GString *text;
	char **lines;
	char *all;

	if (!g_file_get_contents(path, &all, NULL, &error))
		die("%s", error->message);
	lines = g_strsplit(all, "\n", -1);
	text = choose_section(lines, patches);
	if (!strstr(text->str, "\n\n"))
		die("%s: the letter must be a subject, a blank line and text",
		    path);
	g_strfreev(lines);
	g_free(all);
	return g_string_free(text, FALSE);
}

static void append_counts(GString *text, const struct sites *sites)
{
	unsigned int count[VERDICTS] = { 0 };

	for (guint i = 0; i < sites->list->len; i++)
		count[g_array_index(sites->list, struct site, i).verdict]++;
	g_string_append_printf(text, "\nThe review: %u path lookups\n\n",
			       sites->list->len);
	for (int i = 0; i < VERDICTS; i++)
		g_string_append_printf(text, "  %-10s %4u\n", verdict_words[i],
				       count[i]);
}

/* The chains of what is converted, as contexts prints them. */
static void append_chains(GString *text, const struct sites *sites)
{
	const struct report_options options = { .verdicts = CONVERTED };
	char *report = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&report, &size);

	if (!out)
		die("out of memory");
	report_text(sites, &options, out);
	fclose(out);
	g_string_append(text, "\nIn kernel-thread context are ");
	g_string_append(text, report);
	free(report);
}

/* All others, a line each: nothing is missed in silence. */
static void append_others(GString *text, const struct sites *sites)
{
	g_string_append(text, "\nThe others, which stay as they are:\n\n");
	for (guint i = 0; i < sites->list->len; i++) {
		const struct site *site = &g_array_index(sites->list,
							 struct site, i);
		char *function;

		if (CONVERTED >> site->verdict & 1)
			continue;
		function = report_node(sites, site->owner);
		g_string_append_printf(text, "  %s:%u: %s() calls %s(): %s\n",
			sites->model->index->paths[site->file], site->line,
			function, site->lookup->spelling,
			verdict_words[site->verdict]);
		g_free(function);
	}
}

static void append_findings(GString *text, const struct findings *findings)
{
	if (!findings->list->len)
		return;
	g_string_append(text, "\nLeft for a human:\n\n");
	for (guint i = 0; i < findings->list->len; i++) {
		const struct finding *finding = findings->list->pdata[i];
		char *line = g_strdup_printf("%s: %s", finding->path,
					     finding->message);
		char *clean = printable(line);

		text_wrap(text, "  ", "    ", clean);
		g_free(clean);
		g_free(line);
	}
}

char *cover_letter(const struct cover_source *source)
{
	GString *text = g_string_new(source->text);
	char *made;

	while (text->len && text->str[text->len - 1] == '\n')
		g_string_truncate(text, text->len - 1);
	g_string_append_c(text, '\n');
	append_findings(text, source->findings);
	if (source->sites) {
		append_counts(text, source->sites);
		append_chains(text, source->sites);
		append_others(text, source->sites);
	}
	made = g_strdup_printf("Made by kthread-cocci " VERSION " with spatch %s:",
			       source->spatch);
	g_string_append_c(text, '\n');
	text_wrap(text, "", "", made);
	g_string_append_printf(text, "\n  $ %s\n", source->command);
	g_free(made);
	return g_string_free(text, FALSE);
}

/* "fs,kthread: isolate all kthreads" is "fs-kthread-isolate-all-kthreads". */
static char *slug(const char *subject)
{
	GString *text = g_string_new(NULL);

	for (const char *c = subject; *c && *c != '\n' && text->len < 40; c++) {
		if (g_ascii_isalnum(*c))
			g_string_append_c(text, g_ascii_tolower(*c));
		else if (text->len && text->str[text->len - 1] != '-')
			g_string_append_c(text, '-');
	}
	while (text->len && text->str[text->len - 1] == '-')
		g_string_truncate(text, text->len - 1);
	return g_string_free(text, FALSE);
}

char *cover_change_id(const char *subject, const char *identity,
		      const char *base)
{
	char *seed = g_strdup_printf("%s\n%s\n%s", subject, identity,
				     base ? base : "");
	char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, seed,
						   -1);
	const char *end = strrchr(identity, '>');
	gint64 seconds = end ? g_ascii_strtoll(end + 1, NULL, 10) : 0;
	GDateTime *time = g_date_time_new_from_unix_utc(seconds);
	char *date = g_date_time_format(time, "%Y%m%d");
	char *name = slug(subject);
	char *id = g_strdup_printf("%s-%s-%.12s", date, name, hash);

	g_free(name);
	g_free(date);
	g_date_time_unref(time);
	g_free(hash);
	g_free(seed);
	return id;
}
