// SPDX-License-Identifier: GPL-2.0-only
/*
 * Keeping spatch's results; see spatch-cache.h.
 *
 * A cache file holds only the bytes between the first and the last that spatch
 * changed: the rest is in the text that the key stands for.
 */
#include "spatch-cache.h"

#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>

#include "cache.h"
#include "edit.h"
#include "message.h"

/* Raised where the keys or the files are no longer what they were. */
#define FORMAT "kthread-cocci spatch 1"

#define DIGEST 32

struct spatch_cache {
	const struct spatch *spatch;
	const char *const *options;
	char *folder;
	char *base;		/* what all keys of the semantic patch share */
	bool wrote;
	bool failed;		/* to write; said once */
};

/* The result: @prefix bytes of the text, these bytes, @suffix bytes of it. */
struct header {
	uint8_t digest[DIGEST];	/* of the key and of what follows here */
	uint64_t prefix;
	uint64_t suffix;
};

/* Each part with its length, so that no two lists of parts look the same. */
static void add(GChecksum *sum, const void *data, size_t length)
{
	uint64_t size = length;

	g_checksum_update(sum, (const void *)&size, sizeof(size));
	g_checksum_update(sum, data, (gssize)length);
}

static void add_text(GChecksum *sum, const char *text)
{
	add(sum, text, strlen(text));
}

static bool add_file(GChecksum *sum, const char *path)
{
	char *data;
	gsize length;

	if (!g_file_get_contents(path, &data, &length, NULL))
		return false;
	add(sum, data, length);
	g_free(data);
	return true;
}

/* Another spatch has another place, size or time. */
static bool add_program(GChecksum *sum, const char *program)
{
	char *path = g_find_program_in_path(program);
	char *what = NULL;
	struct stat st;

	if (path && !stat(path, &st)) {
		what = g_strdup_printf("%s %" PRIu64 " %" PRId64 ".%09ld", path,
				       (uint64_t)st.st_size,
				       (int64_t)st.st_mtim.tv_sec,
				       st.st_mtim.tv_nsec);
		add_text(sum, what);
	}
	g_free(path);
	g_free(what);
	return what;
}

/* NULL where one of the files cannot be read. */
static char *base_key(const struct spatch *spatch, const char *const *options)
{
	GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
	char *base = NULL;

	add_text(sum, FORMAT);
	add_text(sum, spatch->version ? spatch->version : "");
	for (; *options; options++)
		add_text(sum, *options);
	if (add_program(sum, "spatch") &&
	    add_file(sum, spatch->semantic_patch) &&
	    add_file(sum, spatch->macros))
		base = g_strdup(g_checksum_get_string(sum));
	g_checksum_free(sum);
	return base;
}

struct spatch_cache *spatch_cache_open(const struct spatch *spatch,
				       const char *const *options)
{
	char *folder = spatch->no_cache ? NULL : cache_path("spatch");
	char *base = folder ? base_key(spatch, options) : NULL;
	struct spatch_cache *cache;

	if (!base) {
		g_free(folder);
		return NULL;
	}
	cache = g_new0(struct spatch_cache, 1);
	cache->spatch = spatch;
	cache->options = options;
	cache->folder = folder;
	cache->base = base;
	return cache;
}

char *spatch_cache_key(const struct spatch_cache *cache,
		       const struct spatch_file *file)
{
	GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
	gsize length;
	const void *data = g_bytes_get_data(file->text, &length);
	char *key;

	add_text(sum, cache->base);
	add_text(sum, g_str_has_suffix(file->path, ".h") ? ".h" : ".c");
	add_text(sum, file->sites ? file->sites : "");
	add(sum, data, length);
	key = g_strdup(g_checksum_get_string(sum));
	g_checksum_free(sum);
	return key;
}

static void digest(const char *key, const struct header *header,
		   const char *middle, size_t length, uint8_t *out)
{
	GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
	gsize size = DIGEST;

	add_text(sum, key);
	add(sum, &header->prefix, sizeof(header->prefix));
	add(sum, &header->suffix, sizeof(header->suffix));
	add(sum, middle, length);
	g_checksum_get_digest(sum, out, &size);
	g_checksum_free(sum);
}

static char *path_of(const struct spatch_cache *cache, const char *key)
{
	return g_build_filename(cache->folder, key, NULL);
}

/* The result that the bytes of a cache file stand for, or NULL. */
static GBytes *rebuild(const char *key, GBytes *text, const char *data,
		       size_t length)
{
	const char *middle = data + sizeof(struct header);
	uint8_t wanted[DIGEST];
	struct header header;
	const char *old;
	GString *out;
	gsize size;

	if (length < sizeof(header))
		return NULL;
	length -= sizeof(header);
	memcpy(&header, data, sizeof(header));
	digest(key, &header, middle, length, wanted);
	old = g_bytes_get_data(text, &size);
	if (memcmp(wanted, header.digest, DIGEST) || header.prefix > size ||
	    header.suffix > size - header.prefix)
		return NULL;
	out = g_string_sized_new(header.prefix + length + header.suffix + 1);
	g_string_append_len(out, old, (gssize)header.prefix);
	g_string_append_len(out, middle, (gssize)length);
	g_string_append_len(out, old + (size - header.suffix),
			    (gssize)header.suffix);
	return bytes_from_string(out);
}

bool spatch_cache_get(const struct spatch_cache *cache, const char *key,
		      struct spatch_file *file)
{
	char *path = path_of(cache, key);
	GBytes *result = NULL;
	size_t length;
	char *data = cache_read(path, &length);

	if (data) {
		result = rebuild(key, file->text, data, length);
		if (!result)
			say("%s: not used, it is damaged", path);
	}
	if (result) {
		file->changed = !g_bytes_equal(result, file->text);
		g_bytes_unref(file->text);
		file->text = result;
	}
	g_free(data);
	g_free(path);
	return result;
}

void spatch_cache_put(struct spatch_cache *cache, const char *key,
		      GBytes *before, const struct spatch_file *file)
{
	gsize old_size, size, most;
	const char *old = g_bytes_get_data(before, &old_size);
	const char *now = g_bytes_get_data(file->text, &size);
	char *path = path_of(cache, key);
	struct header header = { 0 };
	const struct cache_chunk chunks[] = {
		{ &header, sizeof(header) },
		{ now, 0 },
	};
	struct cache_chunk list[G_N_ELEMENTS(chunks)];
	int error;

	most = MIN(old_size, size);
	while (header.prefix < most && old[header.prefix] == now[header.prefix])
		header.prefix++;
	most -= header.prefix;
	while (header.suffix < most && old[old_size - 1 - header.suffix] ==
				       now[size - 1 - header.suffix])
		header.suffix++;
	memcpy(list, chunks, sizeof(list));
	list[1].data = now + header.prefix;
	list[1].length = size - header.prefix - header.suffix;
	digest(key, &header, list[1].data, list[1].length, header.digest);
	error = cache_write(path, list, G_N_ELEMENTS(list));
	if (error && !cache->failed)
		say_verbose("%s: no results of spatch are kept: %s", cache->folder,
		    g_strerror(error));
	cache->failed |= error != 0;
	cache->wrote |= !error;
	g_free(path);
}

bool spatch_cache_is_stale(const struct spatch_cache *cache)
{
	char *base = base_key(cache->spatch, cache->options);
	bool stale = g_strcmp0(base, cache->base);

	g_free(base);
	return stale;
}

void spatch_cache_close(struct spatch_cache *cache)
{
	if (cache->wrote)
		cache_trim(cache->folder, SPATCH_CACHE_LIMIT);
	g_free(cache->folder);
	g_free(cache->base);
	g_free(cache);
}
