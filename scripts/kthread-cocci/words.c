// SPDX-License-Identifier: GPL-2.0-only
/*
 * The identifier search; see words.h.
 *
 * Reading the tree dominates: 1.4 GB have to pass through the loop in
 * words_match().  It skips identifiers that begin with another letter than all
 * names, computes a hash while it runs over the others and looks the hash up in
 * a small bit field first, so that nearly all identifiers cost no table look-up,
 * however many names are in the set.
 */
#include "words.h"

#include <errno.h>
#include <string.h>

#include "parallel.h"

#define FILTER_BITS 14
#define FILTER_MASK ((1u << FILTER_BITS) - 1)

struct words {
	GHashTable *names;
	bool first[256];		/* first letters of the names */
	unsigned char filter[1 << FILTER_BITS];
};

/* Nonzero for the bytes of an identifier; a NUL ends every run. */
static unsigned char is_word[256];

static void init_table(void)
{
	static gsize done;

	if (!g_once_init_enter(&done))
		return;
	for (int c = 0; c < 256; c++)
		is_word[c] = g_ascii_isalnum((char)c) || c == '_';
	g_once_init_leave(&done, 1);
}

static inline unsigned int mix(unsigned int hash, unsigned char c)
{
	return hash * 31 + c;
}

struct words *words_new(GPtrArray *names)
{
	struct words *words = g_new0(struct words, 1);

	init_table();
	words->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					     NULL);
	for (guint i = 0; i < names->len; i++) {
		const char *name = names->pdata[i];
		unsigned int hash = 0;

		for (const char *p = name; *p; p++)
			hash = mix(hash, (unsigned char)*p);
		words->first[(unsigned char)*name] = true;
		words->filter[hash & FILTER_MASK] = 1;
		g_hash_table_add(words->names, g_strdup(name));
	}
	return words;
}

void words_free(struct words *words)
{
	if (!words)
		return;
	g_hash_table_unref(words->names);
	g_free(words);
}

static bool is_name(const struct words *words, const unsigned char *start,
		    size_t len)
{
	char *name = g_strndup((const char *)start, len);
	bool found = g_hash_table_contains(words->names, name);

	g_free(name);
	return found;
}

bool words_match(const struct words *words, const char *data, size_t len)
{
	const unsigned char *p = (const unsigned char *)data;
	const unsigned char *end = p + len;

	while (p < end) {
		const unsigned char *start;
		unsigned int hash = 0;

		if (!is_word[*p]) {
			p++;
			continue;
		}
		if (!words->first[*p]) {
			do
				p++;
			while (is_word[*p]);
			continue;
		}
		start = p;
		do
			hash = mix(hash, *p++);
		while (is_word[*p]);
		if (words->filter[hash & FILTER_MASK] &&
		    is_name(words, start, (size_t)(p - start)))
			return true;
	}
	return false;
}

struct search {
	const struct words *words;
	const struct tree *tree;
	struct findings *findings;
	bool *hit;		/* per file of the tree */
};

static void search_link(struct search *search, const struct tree_file *file)
{
	char *data;
	gsize len;

	if (!g_file_get_contents(file->link_target, &data, &len, NULL))
		return;
	if (words_match(search->words, data, len))
		findings_add(search->findings, FINDING_FAILED, file->path, 0,
			     "symbolic link out of the tree, left alone");
	g_free(data);
}

static void search_file(void *context, size_t i)
{
	struct search *search = context;
	const struct tree_file *file = search->tree->files->pdata[i];
	GBytes *bytes;
	gsize len;
	const char *data;

	if (file->link_target) {
		search_link(search, file);
		return;
	}
	bytes = tree_read(search->tree, file->path);
	if (!bytes) {
		findings_add(search->findings, FINDING_FAILED, file->path, 0,
			     "cannot be read: %s", g_strerror(errno));
		return;
	}
	data = g_bytes_get_data(bytes, &len);
	search->hit[i] = words_match(search->words, data, len);
	g_bytes_unref(bytes);
}

GPtrArray *words_find(const struct words *words, const struct tree *tree,
		      unsigned int jobs, struct findings *findings)
{
	struct search search = {
		.words = words, .tree = tree, .findings = findings,
		.hit = g_new0(bool, tree->files->len),
	};
	GPtrArray *found = g_ptr_array_new();

	parallel_for(tree->files->len, jobs, search_file, &search);
	for (guint i = 0; i < tree->files->len; i++)
		if (search.hit[i])
			g_ptr_array_add(found, tree->files->pdata[i]);
	g_free(search.hit);
	return found;
}
