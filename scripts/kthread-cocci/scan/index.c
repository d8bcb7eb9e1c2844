// SPDX-License-Identifier: GPL-2.0-only
/* Opening an index and asking it; see index.h. */
#include "scan/index.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "message.h"
#include "scan/build.h"
#include "scan/overlay.h"
#include "scan/store.h"

/* Mark what differs from the cached index; is anything different at all? */
static bool find_changes(struct build *build, const struct index *old)
{
	uint32_t o = 0;
	bool any = false;

	for (uint32_t f = 0; f < build->file_count; f++) {
		int order = -1;

		while (o < old->file_count &&
		       (order = strcmp(old->paths[o], build->paths[f])) < 0) {
			any = true;	/* a file that is gone */
			o++;
		}
		build->wanted[f] = o >= old->file_count || order ||
			memcmp(&old->files[o], &build->identity[f],
			       sizeof(struct identity));
		if (o < old->file_count && !order)
			o++;
		any |= build->wanted[f];
	}
	return any || o < old->file_count;
}

/*
 * Where most files differ, as in a copy that was linked to the tree, nothing is
 * gained by an update, and both indexes would be in memory.
 */
static bool is_mostly_new(struct build *build, const struct index *old)
{
	uint32_t changed = 0;

	find_changes(build, old);
	for (uint32_t f = 0; f < build->file_count; f++)
		changed += build->wanted[f];
	return changed > build->file_count / 2;
}

/* The cache file is written while the index is in use already. */
struct writing {
	const struct index *index;
	char *path;
};

static gpointer write_index(gpointer data)
{
	struct writing *writing = data;

	store_write(writing->index, writing->path);
	g_free(writing->path);
	g_free(writing);
	return NULL;
}

/* The thread that writes, for an end of the program in between. */
static GThread *writer;

static void wait_for_writer(void)
{
	if (writer)
		g_thread_join(writer);
	writer = NULL;
}

static void start_writing(struct index *index, const char *path,
			  unsigned int jobs)
{
	static bool registered;
	struct writing *writing = g_new(struct writing, 1);

	*writing = (struct writing){ index, g_strdup(path) };
	wait_for_writer();
	if (jobs < 2) {
		write_index(writing);
		return;
	}
	if (!registered)
		atexit(wait_for_writer);
	registered = true;
	index->is_written = true;
	writer = g_thread_new("writer", write_index, writing);
}

struct index *index_open(const struct tree *tree,
			 const struct index_options *options,
			 struct findings *findings)
{
	bool cached = !options->no_cache && !options->base && !tree->contents;
	guint failed = findings->list->len;
	struct index *old, *index = NULL;
	struct build *build;
	char *path;

	if (tree->kernel)
		return index_open_module(tree, options, findings);
	build = build_new(tree, options->jobs, findings);
	path = cached ? store_path(tree) : NULL;
	old = path && !options->rebuild ? store_read(path, tree) : NULL;

	if (old && is_mostly_new(build, old)) {
		index_free(old);
		old = NULL;
	}
	if (options->base) {
		find_changes(build, options->base);
		index = build_update(build, options->base);
	} else if (old && !find_changes(build, old)) {
		index = old;
		old = NULL;
		say_verbose("index: nothing changed");
	} else if (old) {
		if (!options->whole)
			old->overlay = overlay_new(build, old);
		if (old->overlay) {
			index = old;
			old = NULL;
			index->scanned = build_wanted(build);
		} else {
			index = build_update(build, old);
		}
	}
	if (!index) {
		if (old || options->base)
			say_verbose("index: new names, built anew");
		index = build_anew(build);
	}
	/* What could not be read is tried again the next time. */
	if (path && !index->mapped && findings->list->len == failed)
		start_writing(index, path, options->jobs);
	if (index->scanned)
		say_verbose("index: %u files scanned", index->scanned);
	if (old)
		index_free(old);
	build_free(build);
	g_free(path);
	return index;
}

void index_free(struct index *index)
{
	if (!index)
		return;
	if (index->is_written)
		wait_for_writer();
	overlay_free(index->overlay);
	if (index->mapped) {
		munmap(index->mapped, index->mapped_length);
	} else {
		g_free(index->path_text);
		g_free(index->files);
		g_free(index->names);
		g_free(index->start);
		g_free(index->place);
		g_free(index->first_region);
		g_free(index->region);
		g_free(index->members);
		g_free(index->types);
		g_free(index->name_set);
		g_free(index->dropped);
		g_free(index->typed);
	}
	g_free(index->paths);
	g_free(index);
}

static uint32_t find(const name_t *names, uint32_t count, name_t name)
{
	uint32_t low = 0, high = count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (names[middle] == name)
			return middle;
		if (names[middle] < name)
			low = middle + 1;
		else
			high = middle;
	}
	return UINT32_MAX;
}

struct places index_places(const struct index *index, name_t name)
{
	uint32_t i = find(index->names, index->name_count, name);
	struct places places = { NULL, 0 };

	if (i != UINT32_MAX)
		places = (struct places){
			.place = index->place + index->start[i],
			.count = index->start[i + 1] - index->start[i],
		};
	return index->overlay ?
		overlay_places(index->overlay, name, places) : places;
}

uint32_t places_skip(const struct places *places, uint32_t low, uint32_t file)
{
	uint32_t high = places->count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (places->place[middle].file < file)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct places index_places_in(const struct index *index, name_t name,
			      uint32_t file)
{
	struct places places = index_places(index, name);
	uint32_t first = places_skip(&places, 0, file);
	uint32_t end = places_skip(&places, first, file + 1);

	if (first == end)
		return (struct places){ NULL, 0 };
	return (struct places){
		.place = places.place + first, .count = end - first,
	};
}

bool index_is_function_type(const struct index *index, name_t name)
{
	struct places places = index_places(index, name);

	/* index->types may have more, of files that changed since. */
	for (uint32_t i = 0; i < places.count; i++)
		if (places.place[i].kind == REF_FUNCTION_TYPE)
			return true;
	return false;
}

const struct region *index_region(const struct index *index, uint32_t file,
				  uint32_t offset)
{
	const struct region *first = index->region + index->first_region[file];
	const struct region *end = index->region +
				   index->first_region[file + 1];
	size_t low = 0, high;

	if (index->overlay)
		overlay_regions(index->overlay, file, &first, &end);
	high = (size_t)(end - first);
	/* The last region that starts at or before the offset ... */
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (first[middle].start <= offset)
			low = middle + 1;
		else
			high = middle;
	}
	/* ... or one around it, behind the macros that are defined inside. */
	while (low-- > 0) {
		const struct region *region = &first[low];

		if (region->end > offset)
			return region;
		if (region->kind != REGION_MACRO)
			return NULL;
	}
	return NULL;
}

uint32_t index_file(const struct index *index, const char *path)
{
	uint32_t low = 0, high = index->file_count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		int order = strcmp(path, index->paths[middle]);

		if (!order)
			return middle;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return UINT32_MAX;
}
