// SPDX-License-Identifier: GPL-2.0-only
/*
 * Keeping the answers of the identifier search; see words-cache.h.
 *
 * The file is a header, the root of the tree, then per file a struct record,
 * then the paths, each with its NUL.  Files and paths are in the tree's order.
 */
#include "words-cache.h"

#include <inttypes.h>
#include <string.h>

#include "cache.h"
#include "message.h"
#include "scan/name.h"

/* Raised with every change of the format or of what a name is. */
#define FORMAT "kthcocci words 1"
#define DIGEST 32

struct header {
	char format[16];
	uint8_t names[DIGEST];		/* SHA-256 of the names */
	uint64_t checksum;		/* of all that follows */
	uint64_t root_length;		/* with its NUL, filled up to 8 */
	uint64_t count;
};

struct record {
	struct identity identity;
	uint64_t hit;			/* 0 or 1 */
};

/* A cache file in memory. */
struct answers {
	char *data;
	uint64_t count;
	const struct record *records;
	const char *paths;
};

static int compare(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void digest_names(GPtrArray *names, uint8_t *digest)
{
	GPtrArray *sorted = g_ptr_array_copy(names, NULL, NULL);
	GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
	gsize size = DIGEST;

	g_ptr_array_set_free_func(sorted, NULL);
	g_ptr_array_sort(sorted, compare);
	for (guint i = 0; i < sorted->len; i++)
		g_checksum_update(sum, sorted->pdata[i],
				  (gssize)strlen(sorted->pdata[i]) + 1);
	g_checksum_get_digest(sum, digest, &size);
	g_checksum_free(sum);
	g_ptr_array_unref(sorted);
}

static uint64_t checksum(const char *data, size_t length)
{
	uint64_t sum = length;
	char rest[8] = { 0 };

	for (; length >= 8; length -= 8, data += 8)
		sum = name_mix(sum, name_load(data));
	memcpy(rest, data, length);
	return name_mix(sum, name_load(rest));
}

static char *path_of(const struct tree *tree)
{
	char name[32];

	g_snprintf(name, sizeof(name), "%016" PRIx64 ".words",
		   name_of(tree->root));
	return cache_path(name);
}

static uint64_t root_length(const struct tree *tree)
{
	return (strlen(tree->root) + 1 + 7) & ~UINT64_C(7);
}

/* Are these @length bytes answers for these names and this tree? */
static bool parse(struct answers *answers, size_t length,
		  const uint8_t *digest, const struct tree *tree)
{
	const struct header *header = (const void *)answers->data;
	const char *at = answers->data + sizeof(*header);
	size_t left = length - sizeof(*header);

	if (length < sizeof(*header) ||
	    memcmp(header->format, FORMAT, sizeof(header->format)) ||
	    memcmp(header->names, digest, DIGEST) ||
	    header->root_length != root_length(tree) ||
	    left < header->root_length || strcmp(at, tree->root) ||
	    header->checksum != checksum(at, left))
		return false;
	left -= header->root_length;
	at += header->root_length;
	if (header->count > left / sizeof(struct record))
		return false;
	answers->count = header->count;
	answers->records = (const void *)at;
	answers->paths = at + header->count * sizeof(struct record);
	return true;
}

static void answers_read(struct answers *answers, const char *path,
			 const uint8_t *digest, const struct tree *tree)
{
	size_t length;

	memset(answers, 0, sizeof(*answers));
	answers->data = path ? cache_read(path, &length) : NULL;
	if (answers->data && !parse(answers, length, digest, tree)) {
		say_verbose("%s: not used, the tree is searched anew", path);
		g_clear_pointer(&answers->data, g_free);
	}
}

/*
 * What is known of each file of the tree into @states; the others into the
 * list that is returned.  *@gone is set where the cache has files that are not
 * there any more.
 */
static GPtrArray *look_up(const struct answers *answers,
			  const struct tree *tree, enum word_state *states,
			  bool *gone)
{
	GPtrArray *unknown = g_ptr_array_new();
	const char *path = answers->paths;
	uint64_t known = 0;

	*gone = false;
	for (guint i = 0; i < tree->files->len; i++) {
		struct tree_file *file = tree->files->pdata[i];
		const struct record *record = NULL;
		int order = -1;

		for (; known < answers->count &&
		       (order = strcmp(path, file->path)) < 0; known++) {
			*gone = true;
			path += strlen(path) + 1;
		}
		if (known < answers->count && !order) {
			record = &answers->records[known++];
			path += strlen(path) + 1;
		}
		if (file->link_target)
			states[i] = WORD_UNREAD;
		else if (record && !memcmp(&record->identity, &file->identity,
					   sizeof(file->identity)))
			states[i] = record->hit ? WORD_HIT : WORD_MISSING;
		else
			g_ptr_array_add(unknown, file);
	}
	*gone |= known < answers->count;
	return unknown;
}

/* What is not known for sure is not written: it is looked at the next time. */
static void answers_write(const char *path, const uint8_t *digest,
			  const struct tree *tree,
			  const enum word_state *states)
{
	GByteArray *data = g_byte_array_new();
	GString *paths = g_string_new(NULL);
	char *root = g_malloc0(root_length(tree));
	struct header header = { .root_length = root_length(tree) };
	struct cache_chunk chunks[2] = { { &header, sizeof(header) } };
	int error;

	memcpy(header.format, FORMAT, sizeof(header.format));
	memcpy(header.names, digest, DIGEST);
	strcpy(root, tree->root);
	g_byte_array_append(data, (const void *)root, (guint)root_length(tree));
	for (guint i = 0; i < tree->files->len; i++) {
		const struct tree_file *file = tree->files->pdata[i];
		struct record record = {
			file->identity, states[i] == WORD_HIT,
		};

		if (states[i] == WORD_UNREAD)
			continue;
		g_byte_array_append(data, (const void *)&record,
				    sizeof(record));
		g_string_append_len(paths, file->path,
				    (gssize)strlen(file->path) + 1);
		header.count++;
	}
	g_byte_array_append(data, (const void *)paths->str, (guint)paths->len);
	header.checksum = checksum((const char *)data->data, data->len);
	chunks[1] = (struct cache_chunk){ data->data, data->len };
	cache_remove_leftovers(path);
	error = cache_write(path, chunks, G_N_ELEMENTS(chunks));
	if (error)
		say_verbose("%s: not written: %s", path, g_strerror(error));
	g_byte_array_unref(data);
	g_string_free(paths, TRUE);
	g_free(root);
}

/* The states of the files that were searched, in among all. */
static void fill_in(const struct tree *tree, const GPtrArray *unknown,
		    const enum word_state *found, enum word_state *states)
{
	guint next = 0;

	for (guint i = 0; i < tree->files->len && next < unknown->len; i++)
		if (tree->files->pdata[i] == unknown->pdata[next])
			states[i] = found[next++];
}

GPtrArray *words_cache_find(GPtrArray *names, const struct tree *tree,
			    unsigned int jobs, bool no_cache,
			    struct findings *findings)
{
	enum word_state *states = g_new0(enum word_state, tree->files->len);
	char *path = no_cache || tree->contents ?
		NULL : path_of(tree);
	GPtrArray *files = g_ptr_array_new();
	struct words *words = words_new(names);
	enum word_state *found;
	struct answers answers;
	uint8_t digest[DIGEST];
	GPtrArray *unknown;
	bool gone;

	digest_names(names, digest);
	answers_read(&answers, path, digest, tree);
	unknown = look_up(&answers, tree, states, &gone);
	found = g_new0(enum word_state, unknown->len + 1);
	words_search(words, tree, unknown, jobs, found, findings);
	fill_in(tree, unknown, found, states);
	say_verbose("words: %u of %u files searched", unknown->len,
		    tree->files->len);
	if (path && (unknown->len || gone))
		answers_write(path, digest, tree, states);
	for (guint i = 0; i < tree->files->len; i++)
		if (states[i] == WORD_HIT)
			g_ptr_array_add(files, tree->files->pdata[i]);
	g_ptr_array_unref(unknown);
	g_free(answers.data);
	g_free(found);
	g_free(states);
	g_free(path);
	words_free(words);
	return files;
}
