// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is new in a tree; see check_drop_old() in check.h.
 *
 * Findings of both states are matched in rounds, from the most alike to the
 * least: the same text of the line in the same file, the same file, anywhere.
 * Each is matched once.  What is then left of the present state is new.
 */
#include "check.h"

#include <string.h>

struct item {
	const char *path;
	char *text;		/* of its line */
	char *says;		/* what it is, without the place */
	gpointer what;		/* the use or the site */
	bool matched;
};

enum round { ROUND_TEXT, ROUND_FILE, ROUND_ANYWHERE, ROUNDS };

static void item_free(gpointer data)
{
	struct item *item = data;

	g_free(item->text);
	g_free(item->says);
	g_free(item);
}

/* The lines of the files that differ, read once. */
struct texts {
	const struct check *check;
	GHashTable *changed;	/* paths; not owned */
	GHashTable *lines;	/* path -> char ** */
};

static char **read_lines(const struct texts *texts, const char *path)
{
	char **lines = g_hash_table_lookup(texts->lines, path);
	GBytes *bytes;

	if (lines)
		return lines;
	bytes = workspace_read(texts->check->workspace, path);
	lines = g_strsplit(bytes ? g_bytes_get_data(bytes, NULL) : "", "\n",
			   -1);
	g_hash_table_insert(texts->lines, g_strdup(path), lines);
	if (bytes)
		g_bytes_unref(bytes);
	return lines;
}

/* The text of a line; its number where the file is the same in both states. */
static char *text_of(const struct texts *texts, const char *path,
		     unsigned int line)
{
	char **lines;

	if (!g_hash_table_contains(texts->changed, path))
		return g_strdup_printf("%u", line);
	lines = read_lines(texts, path);
	if (!line || line > g_strv_length(lines))
		return g_strdup("");
	return g_strstrip(g_strdup(lines[line - 1]));
}

static void add_item(GPtrArray *items, const struct texts *texts,
		     const char *path, unsigned int line, char *says,
		     gpointer what)
{
	struct item *item = g_new0(struct item, 1);

	item->path = path;
	item->text = text_of(texts, path, line);
	item->says = says;
	item->what = what;
	g_ptr_array_add(items, item);
}

/* A use of a site's kind has the chain behind its verdict, which may change. */
static char *what_use_says(const struct report_use *use)
{
	static const char verdict[] = " in kernel-thread context (any): ";
	const char *chain = strstr(use->message, verdict);

	return g_strdup_printf("%s %.*s", use->rule,
			       chain ? (int)(chain - use->message) :
			       (int)strlen(use->message), use->message);
}

static GPtrArray *list_items(const struct check *check, GHashTable *changed)
{
	GPtrArray *items = g_ptr_array_new_with_free_func(item_free);
	struct sites *sites = check->engine.sites;
	struct texts texts = {
		.check = check, .changed = changed,
		.lines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					       (GDestroyNotify)g_strfreev),
	};

	for (guint i = 0; i < check->uses->len; i++) {
		struct report_use *use = check->uses->pdata[i];

		add_item(items, &texts, use->path, use->line,
			 what_use_says(use), use);
	}
	for (guint i = 0; i < sites->list->len; i++) {
		struct site *site = &g_array_index(sites->list, struct site, i);
		char *function;

		if (!g_hash_table_contains(check->sites, site))
			continue;
		function = report_node(sites, site->owner);
		add_item(items, &texts, check->engine.index->paths[site->file],
			 site->line,
			 g_strdup_printf("site %s %s", function,
					 site->lookup->spelling), site);
		g_free(function);
	}
	g_hash_table_unref(texts.lines);
	return items;
}

static char *key_of(const struct item *item, enum round round)
{
	return g_strconcat(item->says,
			   round == ROUND_ANYWHERE ? NULL : "\n", item->path,
			   round == ROUND_FILE ? NULL : "\n", item->text, NULL);
}

static void match(GPtrArray *now, GPtrArray *before, enum round round)
{
	GHashTable *waiting = g_hash_table_new_full(g_str_hash, g_str_equal,
		g_free, (GDestroyNotify)g_ptr_array_unref);

	for (guint i = before->len; i-- > 0; ) {
		struct item *item = before->pdata[i];
		char *key = key_of(item, round);
		GPtrArray *same = g_hash_table_lookup(waiting, key);

		if (!item->matched && !same) {
			same = g_ptr_array_new();
			g_hash_table_insert(waiting, g_strdup(key), same);
		}
		if (!item->matched)
			g_ptr_array_add(same, item);
		g_free(key);
	}
	for (guint i = 0; i < now->len; i++) {
		struct item *item = now->pdata[i], *old;
		char *key = key_of(item, round);
		GPtrArray *same = g_hash_table_lookup(waiting, key);

		if (!item->matched && same && same->len) {
			old = g_ptr_array_steal_index(same, same->len - 1);
			old->matched = item->matched = true;
		}
		g_free(key);
	}
	g_hash_table_unref(waiting);
}

static void drop_waiting(struct check *now, const struct check *before)
{
	for (guint i = now->uses->len; i-- > 0; ) {
		const struct report_use *use = now->uses->pdata[i];

		if (g_hash_table_contains(before->waiting, use->rule))
			g_ptr_array_remove_index(now->uses, i);
	}
}

void check_drop_old(struct check *now, const struct check *before)
{
	GHashTable *changed = before->tree->contents;
	GPtrArray *items, *old;

	drop_waiting(now, before);
	items = list_items(now, changed);
	old = list_items(before, changed);

	for (int round = ROUND_TEXT; round < ROUNDS; round++)
		match(items, old, (enum round)round);
	for (guint i = 0; i < items->len; i++) {
		struct item *item = items->pdata[i];

		if (item->matched && !g_hash_table_remove(now->sites,
							  item->what))
			g_ptr_array_remove(now->uses, item->what);
	}
	g_ptr_array_unref(old);
	g_ptr_array_unref(items);
}
