// SPDX-License-Identifier: GPL-2.0-only
/*
 * The identifier search; see words.h.
 *
 * Reading the tree dominates: 1.4 GB have to pass through words_match().  It
 * looks at samples only.  Every name has a window, its first bytes, as many as
 * the shortest name has.  A window of W bytes, wherever it stands, holds a
 * block of BLOCK bytes that begins at a multiple of W - BLOCK + 1; so it is
 * enough to look there, and to know all blocks of all windows.  Where one of
 * them stands, the identifier around it is looked up.  No sample waits for the
 * one before it, other than in a search that jumps (S. Wu, U. Manber, "A Fast
 * Algorithm for Multi-Pattern Searching", 1994), which makes this one twice as
 * fast although it looks at as many bytes.
 */
#include "words.h"

#include <errno.h>
#include <string.h>

#include "parallel.h"

#define BLOCK 4			/* bytes of a sample */
#define FILTER_BITS 16

/* An identifier in a text. */
struct word {
	const char *text;
	size_t length;
};

struct words {
	GPtrArray *spellings;
	GHashTable *names;		/* struct word, of a spelling */
	size_t window;
	/* A bit per hash value of a block: may it stand in a window? */
	unsigned char filter[(1 << FILTER_BITS) / 8];
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

static guint word_hash(gconstpointer data)
{
	const struct word *word = data;
	guint hash = (guint)word->length;

	for (size_t i = 0; i < word->length; i++)
		hash = hash * 31 + (unsigned char)word->text[i];
	return hash;
}

static gboolean word_equal(gconstpointer a, gconstpointer b)
{
	const struct word *x = a, *y = b;

	return x->length == y->length && !memcmp(x->text, y->text, x->length);
}

/* A number below 2^FILTER_BITS for the block at @p. */
static inline uint32_t block_hash(const char *p)
{
	uint32_t block;

	memcpy(&block, p, BLOCK);
	return block * UINT32_C(0x9e3779b1) >> (32 - FILTER_BITS);
}

static inline bool may_match(const struct words *words, const char *p)
{
	uint32_t hash = block_hash(p);

	return words->filter[hash / 8] & 1u << hash % 8;
}

struct words *words_new(GPtrArray *names)
{
	struct words *words = g_new0(struct words, 1);

	init_table();
	words->spellings = g_ptr_array_new_with_free_func(g_free);
	words->names = g_hash_table_new_full(word_hash, word_equal, g_free,
					     NULL);
	words->window = SIZE_MAX;
	for (guint i = 0; i < names->len; i++) {
		struct word *word = g_new(struct word, 1);

		word->text = g_strdup(names->pdata[i]);
		word->length = strlen(word->text);
		words->window = MIN(words->window, word->length);
		g_ptr_array_add(words->spellings, (gpointer)word->text);
		g_hash_table_add(words->names, word);
	}
	/* Too short for a block: every identifier is looked up. */
	if (words->window < BLOCK)
		return words;
	for (guint i = 0; i < names->len; i++) {
		const char *name = names->pdata[i];

		for (size_t at = 0; at + BLOCK <= words->window; at++) {
			uint32_t hash = block_hash(name + at);

			words->filter[hash / 8] |=
				(unsigned char)(1u << hash % 8);
		}
	}
	return words;
}

void words_free(struct words *words)
{
	if (!words)
		return;
	g_hash_table_unref(words->names);
	g_ptr_array_unref(words->spellings);
	g_free(words);
}

/*
 * Is the identifier around @p one of the names?  The text is at @start.  @end is
 * set to what follows the identifier.
 */
static bool is_name(const struct words *words, const char *start,
		    const char *p, const char **end)
{
	struct word word;

	*end = p;
	while (p > start && is_word[(unsigned char)p[-1]])
		p--;
	while (is_word[(unsigned char)**end])
		(*end)++;
	word = (struct word){ p, (size_t)(*end - p) };
	return word.length >= words->window &&
	       g_hash_table_contains(words->names, &word);
}

static bool match_each(const struct words *words, const char *data, size_t len)
{
	const char *end;

	for (const char *p = data; p < data + len; p = end + 1)
		if (is_name(words, data, p, &end))
			return true;
	return false;
}

bool words_match(const struct words *words, const char *data, size_t len)
{
	size_t stride = words->window - BLOCK + 1;
	const char *end;

	if (!g_hash_table_size(words->names))
		return false;
	if (words->window < BLOCK)
		return match_each(words, data, len);
	for (size_t at = 0; at + BLOCK <= len; at += stride)
		if (G_UNLIKELY(may_match(words, data + at)) &&
		    is_word[(unsigned char)data[at]] &&
		    is_name(words, data, data + at, &end))
			return true;
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

static void free_buffer(gpointer buffer)
{
	g_byte_array_unref(buffer);
}

/* What a thread reads its files into: memory that is new costs more than that. */
static GByteArray *read_buffer(void)
{
	static GPrivate own = G_PRIVATE_INIT(free_buffer);
	GByteArray *buffer = g_private_get(&own);

	if (!buffer) {
		buffer = g_byte_array_new();
		g_private_set(&own, buffer);
	}
	return buffer;
}

static void search_file(void *context, size_t i)
{
	struct search *search = context;
	const struct tree_file *file = search->files->pdata[i];
	GByteArray *buffer;

	if (file->link_target) {
		search->states[i] = WORD_UNREAD;
		search_link(search, file);
		return;
	}
	buffer = read_buffer();
	if (!tree_load(search->tree, file->path, buffer)) {
		search->states[i] = WORD_UNREAD;
		findings_add(search->findings, FINDING_FAILED, file->path, 0,
			     "cannot be read: %s", g_strerror(errno));
		return;
	}
	search->states[i] = words_match(search->words, (char *)buffer->data,
					buffer->len - TREE_PADDING) ?
		WORD_HIT : WORD_MISSING;
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
