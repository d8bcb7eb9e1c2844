// SPDX-License-Identifier: GPL-2.0-only
/*
 * The identifier search; see words.h.
 *
 * Reading the tree dominates: 1.4 GB have to pass through words_match().  It is
 * the algorithm of S. Wu and U. Manber, "A Fast Algorithm for Multi-Pattern
 * Searching" (1994): a window as long as the shortest name moves over the text,
 * and the three bytes at its end say how far it may jump without missing a
 * name.  Most bytes are never looked at.  Where it cannot jump, the identifier
 * around is looked up.
 */
#include "words.h"

#include <errno.h>
#include <string.h>

#include "parallel.h"

#define BLOCK 3			/* bytes that decide on a jump */
#define BLOCK_BITS 15

struct words {
	GHashTable *names;
	size_t window;			/* the length of the shortest name */
	unsigned char jump[1 << BLOCK_BITS];
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

/* A number for the three bytes that end at @p. */
static inline unsigned int block(const unsigned char *p)
{
	return ((unsigned int)p[-2] << 10 ^ (unsigned int)p[-1] << 5 ^ *p) &
	       ((1u << BLOCK_BITS) - 1);
}

struct words *words_new(GPtrArray *names)
{
	struct words *words = g_new0(struct words, 1);

	init_table();
	words->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					     NULL);
	words->window = 255;
	for (guint i = 0; i < names->len; i++) {
		g_hash_table_add(words->names, g_strdup(names->pdata[i]));
		words->window = MIN(words->window, strlen(names->pdata[i]));
	}
	/* Too short for a block: every position is looked at. */
	if (words->window < BLOCK)
		return words;
	memset(words->jump, (int)(words->window - BLOCK + 1),
	       sizeof(words->jump));
	for (guint i = 0; i < names->len; i++) {
		const unsigned char *name = names->pdata[i];

		for (size_t end = BLOCK - 1; end < words->window; end++) {
			unsigned char *jump = &words->jump[block(name + end)];

			*jump = (unsigned char)MIN(*jump,
						   words->window - 1 - end);
		}
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

/* Is the identifier around @p one of the names?  The text is at @start. */
static bool is_name(const struct words *words, const unsigned char *start,
		    const unsigned char *p)
{
	const unsigned char *end = p;
	bool found;
	char *name;

	while (p > start && is_word[p[-1]])
		p--;
	while (is_word[*end])
		end++;
	name = g_strndup((const char *)p, (gsize)(end - p));
	found = g_hash_table_contains(words->names, name);
	g_free(name);
	return found;
}

bool words_match(const struct words *words, const char *data, size_t len)
{
	const unsigned char *start = (const unsigned char *)data;
	const unsigned char *end = start + len;
	size_t before = MAX(words->window, BLOCK) - 1;
	const unsigned char *p = start + before;

	if (words->window < BLOCK) {
		for (p = start; p < end; p++)
			if (is_word[*p] && is_name(words, start, p))
				return true;
		return false;
	}
	while (len > before && p < end) {
		unsigned int jump = words->jump[block(p)];

		if (!jump) {
			if (is_word[*p] && is_name(words, start, p))
				return true;
			jump = 1;
		}
		p += jump;
	}
	return false;
}

struct search {
	const struct words *words;
	const struct tree *tree;
	const GPtrArray *files;	/* struct tree_file */
	struct findings *findings;
	enum word_state *states;	/* per file */
};

static void search_link(struct search *search, const struct tree_file *file)
{
	char *data;
	gsize len;

	if (!g_file_get_contents(file->link_target, &data, &len, NULL)) {
		findings_add(search->findings, FINDING_FAILED, file->path, 0,
			     "symbolic link out of the tree, cannot be read");
		return;
	}
	if (words_match(search->words, data, len))
		findings_add(search->findings, FINDING_FAILED, file->path, 0,
			     "symbolic link out of the tree, left alone");
	g_free(data);
}

static void search_file(void *context, size_t i)
{
	struct search *search = context;
	const struct tree_file *file = search->files->pdata[i];
	GBytes *bytes;
	gsize len;
	const char *data;

	if (file->link_target) {
		search->states[i] = WORD_UNREAD;
		search_link(search, file);
		return;
	}
	bytes = tree_read(search->tree, file->path);
	if (!bytes) {
		search->states[i] = WORD_UNREAD;
		findings_add(search->findings, FINDING_FAILED, file->path, 0,
			     "cannot be read: %s", g_strerror(errno));
		return;
	}
	data = g_bytes_get_data(bytes, &len);
	search->states[i] = words_match(search->words, data, len) ?
		WORD_HIT : WORD_MISSING;
	g_bytes_unref(bytes);
}

void words_search(const struct words *words, const struct tree *tree,
		  const GPtrArray *files, unsigned int jobs,
		  enum word_state *states, struct findings *findings)
{
	struct search search = {
		.words = words, .tree = tree, .findings = findings,
		.files = files, .states = states,
	};

	parallel_for(files->len, jobs, search_file, &search);
}

GPtrArray *words_find(const struct words *words, const struct tree *tree,
		      const GPtrArray *files, unsigned int jobs,
		      struct findings *findings)
{
	GPtrArray *found = g_ptr_array_new();
	enum word_state *states;

	if (!files)
		files = tree->files;
	states = g_new0(enum word_state, files->len + 1);
	words_search(words, tree, files, jobs, states, findings);
	for (guint i = 0; i < files->len; i++)
		if (states[i] == WORD_HIT)
			g_ptr_array_add(found, files->pdata[i]);
	g_free(states);
	return found;
}
