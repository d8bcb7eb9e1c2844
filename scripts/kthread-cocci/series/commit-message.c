// SPDX-License-Identifier: GPL-2.0-only
/* Commit messages; see commit-message.h. */
#include "series/commit-message.h"

#include <string.h>

#include "message.h"
#include "series/prefix.h"
#include "series/text.h"
#include "siteuse.h"
#include "version.h"

/* A subject is no longer than this. */
#define SUBJECT_WIDTH 75

/* Where the places of hops stand. */
#define PLACE_COLUMN 38

static bool is_word_byte(char c)
{
	return g_ascii_isalnum(c) || c == '_';
}

/* The sites that the patch converts. */
static GPtrArray *sites_of(const struct patch *patch, const GPtrArray *sites)
{
	GPtrArray *list = g_ptr_array_new();

	if (!sites || !step_rule(patch->step, RULE_SITES))
		return list;
	for (guint i = 0; i < sites->len; i++) {
		const struct lookup_site *site = sites->pdata[i];

		if (siteuse_wants(patch->step, site) &&
		    patch_has_file(patch, site->path))
			g_ptr_array_add(list, sites->pdata[i]);
	}
	return list;
}

static char *make_subject(const struct patch *patch, const struct git *git)
{
	const char *rest = step_rule(patch->step, RULE_SPLIT) ?
		step_rule(patch->step, RULE_SPLIT)->parameter : NULL;
	GPtrArray *paths;
	char *prefix, *subject;

	if (!patch->subsystem)
		return g_strdup(patch->step->subject);
	paths = g_ptr_array_new();
	for (guint i = 0; i < patch->files->len; i++) {
		const struct patch_file *file = patch->files->pdata[i];

		g_ptr_array_add(paths, file->path);
	}
	prefix = prefix_find(git, paths);
	/* The second tag is the first to go. */
	if (strlen(prefix) + strlen(rest) > SUBJECT_WIDTH) {
		char *colon = strchr(prefix, ':');

		if (colon && colon[1] == ' ')
			colon[2] = '\0';
	}
	subject = g_strconcat(prefix, rest, NULL);
	g_free(prefix);
	g_ptr_array_unref(paths);
	return subject;
}

/* Does @text hold the word of @length bytes at @word? */
static bool has_word(const char *text, const char *word, gsize length)
{
	const char *at = text;

	while ((at = g_strstr_len(at, -1, word))) {
		bool whole = (at == text || !is_word_byte(at[-1])) &&
			     !is_word_byte(at[length]);

		if (whole)
			return true;
		at += length;
	}
	return false;
}

/* Does a file of the patch hold the word? */
static bool patch_has_word(const struct patch *patch, const char *word)
{
	for (guint i = 0; i < patch->files->len; i++) {
		const struct patch_file *file = patch->files->pdata[i];
		gsize size;
		const char *data = g_bytes_get_data(file->after, &size);
		char *text = g_strndup(data, size);
		bool has = has_word(text, word, strlen(word));

		g_free(text);
		if (has)
			return true;
	}
	return false;
}

/* Does the patch hold a function that the paragraph names, "f()"? */
static bool is_about(const char *paragraph, const struct patch *patch)
{
	for (const char *open = strchr(paragraph, '('); open;
	     open = strchr(open + 1, '(')) {
		const char *start = open;
		char *word;
		bool has;

		while (start > paragraph && is_word_byte(start[-1]))
			start--;
		word = g_strndup(start, (gsize)(open - start));
		has = *word && patch_has_word(patch, word);
		g_free(word);
		if (has)
			return true;
	}
	return false;
}

/*
 * Of the description of a split step each part gets the first paragraph, and
 * those that name a function of its files.
 */
static void append_description(GString *text, const struct patch *patch)
{
	char **paragraphs = g_strsplit(patch->step->description, "\n\n", -1);

	for (guint i = 0; paragraphs[i]; i++) {
		g_strchomp(paragraphs[i]);
		if (*paragraphs[i] && (!i || !patch->subsystem ||
				       is_about(paragraphs[i], patch)))
			g_string_append_printf(text, "%s%s\n", i ? "\n" : "",
					       paragraphs[i]);
	}
	g_strfreev(paragraphs);
}

/*
 * A hop with the file of the call, where that is another one than @last's; the
 * entry is followed by what makes it one.
 */
static void append_hop(GString *text, const struct lookup_hop *hop,
		       const struct lookup_hop *last)
{
	gsize start = text->len;
	const char *name;

	g_string_append_printf(text, "    -> %s", hop->what);
	if (text->len - start > TEXT_WIDTH && (name = strstr(text->str + start, " = "))) {
		/* "struct.member = f()" goes on below the member. */
		gssize at = name + 2 - text->str;

		g_string_erase(text, at, 1);
		g_string_insert(text, at, "\n       ");
		start = (gsize)at + 1;
	}
	if (last && !strcmp(hop->where, last->where)) {
		g_string_append_c(text, '\n');
		return;
	}
	if (text->len - start + 3 + strlen(hop->where) > TEXT_WIDTH) {
		g_string_append_c(text, '\n');
		start = text->len;
	}
	while (text->len - start < PLACE_COLUMN &&
	       text->len - start + 3 + strlen(hop->where) < TEXT_WIDTH)
		g_string_append_c(text, ' ');
	g_string_append_printf(text, " # %s\n", hop->where);
}

static void append_proof(GString *text, const GPtrArray *proof)
{
	const struct lookup_hop *entry = proof->pdata[0];
	char *head = g_strdup_printf("%s, %s", entry->what, entry->where);

	text_wrap(text, "  ", "      ", head);
	for (guint i = 1; i < proof->len; i++)
		append_hop(text, proof->pdata[i],
			   i > 1 ? proof->pdata[i - 1] : NULL);
	g_free(head);
}

static bool is_same_proof(const GPtrArray *a, const GPtrArray *b)
{
	if (!a || !b)
		return a == b;
	if (a->len != b->len)
		return false;
	for (guint i = 0; i < a->len; i++) {
		const struct lookup_hop *x = a->pdata[i], *y = b->pdata[i];

		if (strcmp(x->what, y->what) || strcmp(x->where, y->where))
			return false;
	}
	return true;
}

/* Is it told together with @other: the same function, reached the same way? */
static bool is_same_place(const struct lookup_site *site,
			  const struct lookup_site *other)
{
	return !strcmp(site->path, other->path) &&
	       !strcmp(site->function, other->function) &&
	       site->is_mixed == other->is_mixed &&
	       is_same_proof(site->proof, other->proof);
}

/* "kern_path() and filp_open()" of the sites that are told with the one at @i. */
static char *lookups_at(const GPtrArray *sites, guint i)
{
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	GString *text = g_string_new(NULL);

	for (guint k = i; k < sites->len; k++) {
		const struct lookup_site *site = sites->pdata[k];
		char *name = g_strdup_printf("%s()", site->lookup);

		if (is_same_place(site, sites->pdata[i]) &&
		    !g_ptr_array_find_with_equal_func(names, name, g_str_equal,
						      NULL))
			g_ptr_array_add(names, name);
		else
			g_free(name);
	}
	for (guint k = 0; k < names->len; k++)
		g_string_append_printf(text, "%s%s", !k ? "" :
				       k + 1 == names->len ? " and " : ", ",
				       (char *)names->pdata[k]);
	g_ptr_array_unref(names);
	return g_string_free(text, FALSE);
}

static void append_site(GString *text, const GPtrArray *sites, guint i)
{
	const struct lookup_site *site = sites->pdata[i];
	char *lookups = lookups_at(sites, i);
	char *head = g_strdup_printf("%s: %s() calls %s%s", site->path,
				     site->function, lookups,
				     site->proof ? ":" : ", in any context.");

	g_string_append_c(text, '\n');
	text_wrap(text, "", "  ", head);
	if (site->proof) {
		g_string_append_c(text, '\n');
		append_proof(text, site->proof);
	}
	if (site->user_proof) {
		g_string_append(text, "\nUser processes get there as well, and see no change:\n\n");
		append_proof(text, site->user_proof);
	}
	g_free(head);
	g_free(lookups);
}

static void append_sites(GString *text, const GPtrArray *sites)
{
	for (guint i = 0; i < sites->len; i++) {
		bool told = false;

		for (guint k = 0; k < i && !told; k++)
			told = is_same_place(sites->pdata[k], sites->pdata[i]);
		if (!told)
			append_site(text, sites, i);
	}
}

static void append_left(GString *text, const struct patch *patch)
{
	if (!patch->left->len)
		return;
	g_string_append(text, "\nLeft for a human:\n\n");
	for (guint i = 0; i < patch->left->len; i++) {
		char *line = printable(patch->left->pdata[i]);

		text_wrap(text, "  ", "    ", line);
		g_free(line);
	}
}

static int by_name(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names of the files that a step reads, in the order of the shell. */
static GPtrArray *rule_files(const struct patch *patch, const char *folder)
{
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	GPtrArray *tables = g_ptr_array_new();
	GDir *dir = g_dir_open(folder, 0, NULL);
	const char *name;

	g_ptr_array_add(names, g_path_get_basename(patch->step->path));
	g_ptr_array_add(names, g_strdup("macros.h"));
	while (dir && step_rule(patch->step, RULE_SITES) &&
	       (name = g_dir_read_name(dir)))
		if (g_str_has_suffix(name, ".tab"))
			g_ptr_array_add(tables, g_strdup(name));
	g_ptr_array_sort(tables, by_name);
	g_ptr_array_extend_and_steal(names, tables);
	if (dir)
		g_dir_close(dir);
	return names;
}

/* What sha256sum says of all these files behind each other. */
static char *hash_of(const GPtrArray *names, const char *folder)
{
	GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
	char *hash;

	for (guint i = 0; i < names->len; i++) {
		char *path = g_build_filename(folder, names->pdata[i], NULL);
		GError *error = NULL;
		char *data;
		gsize len;

		if (!g_file_get_contents(path, &data, &len, &error))
			die("%s", error->message);
		g_checksum_update(sum, (const guchar *)data, (gssize)len);
		g_free(data);
		g_free(path);
	}
	hash = g_strdup(g_checksum_get_string(sum));
	g_checksum_free(sum);
	return hash;
}

/* The files of a part: git apply leaves the others alone. */
static void append_includes(GString *text, const struct patch *patch)
{
	for (guint i = 0; patch->subsystem && i < patch->files->len; i++) {
		const struct patch_file *file = patch->files->pdata[i];
		char *quoted = g_shell_quote(file->path);
		bool plain = !strpbrk(file->path, " '\"\\$`*?[!&;|<>()#~\n");

		g_string_append_printf(text, " \\\n      --include=%s",
				       plain ? file->path : quoted);
		g_free(quoted);
	}
}

static void append_origin(GString *text, const struct patch *patch,
			  const struct message_source *source)
{
	GPtrArray *names = rule_files(patch, source->folder);
	char *hash = hash_of(names, source->folder);
	char *line;

	line = g_strdup_printf("Made by kthread-cocci " VERSION " with spatch %s. To make it again, and to compare the rules:",
			       source->spatch);
	g_string_append_c(text, '\n');
	text_wrap(text, "", "", line);
	g_string_append_printf(text, "\n  $ kthread-cocci patch%s%s %s | git apply",
			       source->dialect ? " --dialect=" : "",
			       source->dialect ? source->dialect : "",
			       patch->step->name);
	append_includes(text, patch);
	g_string_append(text, "\n  $ cat");
	for (guint i = 0; i < names->len; i++)
		if (!g_str_has_suffix(names->pdata[i], ".tab"))
			g_string_append_printf(text, " %s",
					       (char *)names->pdata[i]);
	g_string_append_printf(text, "%s | sha256sum\n  %s\n",
			       names->len > 2 ? " *.tab" : "", hash);
	g_free(line);
	g_free(hash);
	g_ptr_array_unref(names);
}

static void append_people(GString *text, const struct patch *patch,
			  struct subsystems *people)
{
	GPtrArray *told = g_ptr_array_new();

	for (guint i = 0; people && i < patch->files->len; i++) {
		const struct patch_file *file = patch->files->pdata[i];
		const GPtrArray *some = subsystems_people(people, file->path);

		for (guint k = 0; k < some->len; k++) {
			if (g_ptr_array_find_with_equal_func(told,
							     some->pdata[k],
							     g_str_equal, NULL))
				continue;
			g_ptr_array_add(told, some->pdata[k]);
			g_string_append_printf(text, "Cc: %s\n",
					       (char *)some->pdata[k]);
		}
	}
	g_ptr_array_unref(told);
}

void commit_message(struct patch *patch, const struct message_source *source)
{
	GPtrArray *sites = sites_of(patch, source->sites);
	GString *text;

	patch->subject = make_subject(patch, source->git);
	text = g_string_new(patch->subject);
	g_string_append(text, "\n\n");
	append_description(text, patch);
	append_sites(text, sites);
	append_left(text, patch);
	append_origin(text, patch, source);
	g_string_append_c(text, '\n');
	append_people(text, patch, source->people);
	if (source->sign_off)
		g_string_append_printf(text, "Signed-off-by: %s\n",
				       source->sign_off);
	patch->message = g_string_free(text, FALSE);
	g_ptr_array_unref(sites);
}
