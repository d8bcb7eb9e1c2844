// SPDX-License-Identifier: GPL-2.0-only
/* Prefixes of subjects; see prefix.h. */
#include "series/prefix.h"

#include <stdint.h>
#include <string.h>

/* So many commits are asked for. */
#define HISTORY "-n60"

/* Fewer with the same prefix say nothing. */
#define ENOUGH 2

/* Longer ones leave no room for the subject. */
#define LONGEST 30

/* Up to two tags of a prefix tell the subsystem, the rest the commit. */
#define TAGS 2

/* The length of the tag that @text begins with, ": " included, or 0. */
static size_t tag_length(const char *text)
{
	size_t length = strcspn(text, ": \t\n");

	return length && text[length] == ':' && text[length + 1] == ' ' ?
		length + 2 : 0;
}

char *prefix_of_subject(const char *subject)
{
	size_t length = 0;

	for (int i = 0; i < TAGS; i++)
		length += tag_length(subject + length);
	return g_strndup(subject, length);
}

/* These begin subjects and name no subsystem. */
static bool is_general(const char *prefix)
{
	static const char *const words[] = {
		"treewide: ", "Revert ", "tree-wide: ", "kthread: ",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (!g_ascii_strncasecmp(prefix, words[i], strlen(words[i])))
			return true;
	return false;
}

/* The more frequent one, of equals the shorter, of these the first. */
static bool is_better(const char *prefix, guint count, const char *best,
		      guint most)
{
	if (!best || count != most)
		return !best || count > most;
	if (strlen(prefix) != strlen(best))
		return strlen(prefix) < strlen(best);
	return strcmp(prefix, best) < 0;
}

/* The prefix that most of the lines have, or NULL. */
static char *most_frequent(const char *subjects)
{
	GHashTable *counts = g_hash_table_new_full(g_str_hash, g_str_equal,
						   g_free, NULL);
	char **lines = g_strsplit(subjects, "\n", -1);
	GHashTableIter iter;
	gpointer key, value;
	char *best = NULL;
	guint most = 0;

	for (char **line = lines; *line; line++) {
		char *prefix = prefix_of_subject(*line);
		guint count = GPOINTER_TO_UINT(g_hash_table_lookup(counts,
								   prefix));

		if (!*prefix || is_general(prefix) ||
		    strlen(prefix) > LONGEST)
			g_free(prefix);
		else
			g_hash_table_insert(counts, prefix,
					    GUINT_TO_POINTER(count + 1));
	}
	g_hash_table_iter_init(&iter, counts);
	while (g_hash_table_iter_next(&iter, &key, &value))
		if (is_better(key, GPOINTER_TO_UINT(value), best, most)) {
			best = key;
			most = GPOINTER_TO_UINT(value);
		}
	best = most >= ENOUGH ? g_strdup(best) : NULL;
	g_strfreev(lines);
	g_hash_table_unref(counts);
	return best;
}

static char *ask_history(const struct git *git, const GPtrArray *paths)
{
	static const char *const log[] = {
		"log", HISTORY, "--no-merges", "--format=%s", "HEAD", "--",
	};
	GPtrArray *arguments = g_ptr_array_new();
	struct git_result result;
	char *prefix = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(log); i++)
		g_ptr_array_add(arguments, (gpointer)(uintptr_t)log[i]);
	g_ptr_array_extend(arguments, (GPtrArray *)(uintptr_t)paths, NULL,
			   NULL);
	g_ptr_array_add(arguments, NULL);
	result = git_run(git, (const char *const *)arguments->pdata);
	if (!result.status)
		prefix = most_frequent(git_text(&result));
	git_result_clear(&result);
	g_ptr_array_unref(arguments);
	return prefix;
}

/* The folder that most of @paths are in; of equals the first. */
static char *common_folder(const GPtrArray *paths)
{
	char *best = NULL;
	guint most = 0;

	for (guint i = 0; i < paths->len; i++) {
		char *folder = g_path_get_dirname(paths->pdata[i]);
		guint count = 0;

		for (guint k = 0; k < paths->len; k++) {
			char *other = g_path_get_dirname(paths->pdata[k]);

			count += !strcmp(folder, other);
			g_free(other);
		}
		if (count > most) {
			most = count;
			g_free(best);
			best = g_steal_pointer(&folder);
		}
		g_free(folder);
	}
	return best;
}

char *prefix_of_folder(const char *folder)
{
	/* Below these the next folder is the subsystem; the longest first. */
	static const char *const tops[] = {
		"drivers/gpu/", "arch/", "drivers/", "fs/", "include/",
		"kernel/", "security/",
	};
	GString *prefix = g_string_new(NULL);
	char **parts;

	for (size_t i = 0; i < G_N_ELEMENTS(tops); i++)
		if (g_str_has_prefix(folder, tops[i])) {
			folder += strlen(tops[i]);
			break;
		}
	parts = g_strsplit(folder, "/", -1);
	for (guint i = 0; parts[i] && i < TAGS; i++)
		if (*parts[i] && strcmp(parts[i], "."))
			g_string_append_printf(prefix, "%s: ", parts[i]);
	g_strfreev(parts);
	if (!prefix->len)
		g_string_append(prefix, "treewide: ");
	return g_string_free(prefix, FALSE);
}

char *prefix_find(const struct git *git, const GPtrArray *paths)
{
	char *prefix = git ? ask_history(git, paths) : NULL;
	char *folder;

	if (prefix)
		return prefix;
	folder = common_folder(paths);
	prefix = prefix_of_folder(folder ? folder : "");
	g_free(folder);
	return prefix;
}
