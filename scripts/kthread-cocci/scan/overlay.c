// SPDX-License-Identifier: GPL-2.0-only
/* Changed files over an index; see overlay.h. */
#include "scan/overlay.h"

#include <string.h>

struct overlay {
	uint32_t count;			/* files that changed */
	uint32_t file[OVERLAY_MAX_FILES];	/* their numbers, sorted */
	/* The regions of file[i]: region[first[i]] to region[first[i + 1]]. */
	uint32_t first[OVERLAY_MAX_FILES + 1];
	struct region *region;
	struct entry *entries;		/* their places, sorted by name */
	uint32_t entry_count;
	GHashTable *merged;		/* name -> struct run, once asked for */
};

struct run {
	uint32_t count;
	struct place place[];
};

/* Does the index know the files of @build, and no others? */
static bool same_files(const struct build *build, const struct index *index)
{
	if (build->file_count != index->file_count)
		return false;
	for (uint32_t f = 0; f < build->file_count; f++)
		if (strcmp(build->paths[f], index->paths[f]))
			return false;
	return true;
}

static bool list_files(struct overlay *overlay, const struct build *build)
{
	for (uint32_t f = 0; f < build->file_count; f++) {
		if (!build->wanted[f])
			continue;
		if (overlay->count == OVERLAY_MAX_FILES)
			return false;
		overlay->file[overlay->count++] = f;
	}
	return true;
}

static void take_regions(struct overlay *overlay, const struct build *build)
{
	uint32_t total = 0;

	for (uint32_t i = 0; i < overlay->count; i++) {
		overlay->first[i] = total;
		total += build->facts[overlay->file[i]].region_count;
	}
	overlay->first[overlay->count] = total;
	overlay->region = g_new(struct region, total + 1);
	for (uint32_t i = 0; i < overlay->count; i++) {
		const struct facts *facts = &build->facts[overlay->file[i]];

		if (facts->region_count)
			memcpy(overlay->region + overlay->first[i],
			       facts->regions,
			       facts->region_count * sizeof(struct region));
	}
}

struct overlay *overlay_new(struct build *build, const struct index *index)
{
	struct overlay *overlay = g_new0(struct overlay, 1);
	struct index sets = { 0 };
	bool fits;

	overlay->merged = g_hash_table_new_full(g_int64_hash, g_int64_equal,
						g_free, g_free);
	if (!same_files(build, index) || !list_files(overlay, build)) {
		overlay_free(overlay);
		return NULL;
	}
	build_scan(build);
	build_names(build, index, &sets);
	fits = !build_brings_names(&sets, index);
	if (fits) {
		take_regions(overlay, build);
		overlay->entries = build_places(build, &sets,
						&overlay->entry_count);
	}
	g_free(sets.name_set);
	g_free(sets.types);
	g_free(sets.typed);
	g_free(sets.members);
	if (!fits) {
		overlay_free(overlay);
		return NULL;
	}
	return overlay;
}

void overlay_free(struct overlay *overlay)
{
	if (!overlay)
		return;
	g_hash_table_unref(overlay->merged);
	g_free(overlay->entries);
	g_free(overlay->region);
	g_free(overlay);
}

/* The first of the entries of a name. */
static uint32_t first_entry(const struct overlay *overlay, name_t name)
{
	uint32_t low = 0, high = overlay->entry_count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (overlay->entries[middle].name < name)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool has_entry(const struct overlay *overlay, uint32_t i, name_t name)
{
	return i < overlay->entry_count && overlay->entries[i].name == name;
}

/* Does the index have places in a file that changed? */
static bool is_stale(const struct overlay *overlay, const struct places *places)
{
	uint32_t at = 0;

	for (uint32_t i = 0; i < overlay->count; i++) {
		at = places_skip(places, at, overlay->file[i]);
		if (at < places->count &&
		    places->place[at].file == overlay->file[i])
			return true;
	}
	return false;
}

static struct run *merge(const struct overlay *overlay, name_t name,
			 const struct places *places, uint32_t entry)
{
	uint32_t fresh = 0, at = 0, kept;
	struct run *run;

	while (has_entry(overlay, entry + fresh, name))
		fresh++;
	run = g_malloc(sizeof(*run) +
		       (places->count + fresh) * sizeof(struct place));
	run->count = 0;
	for (uint32_t i = 0; i < overlay->count; i++) {
		uint32_t file = overlay->file[i];

		kept = places_skip(places, at, file) - at;
		if (kept)
			memcpy(run->place + run->count, places->place + at,
			       kept * sizeof(struct place));
		run->count += kept;
		at = places_skip(places, at, file + 1);
		for (; has_entry(overlay, entry, name) &&
		     overlay->entries[entry].place.file == file; entry++)
			run->place[run->count++] =
				overlay->entries[entry].place;
	}
	kept = places->count - at;
	if (kept)
		memcpy(run->place + run->count, places->place + at,
		       kept * sizeof(struct place));
	run->count += kept;
	return run;
}

struct places overlay_places(const struct overlay *overlay, name_t name,
			     struct places places)
{
	gint64 key = (gint64)name;
	struct run *run = g_hash_table_lookup(overlay->merged, &key);

	if (!run) {
		uint32_t entry = first_entry(overlay, name);

		if (!has_entry(overlay, entry, name) &&
		    !is_stale(overlay, &places))
			return places;
		run = merge(overlay, name, &places, entry);
		g_hash_table_insert(overlay->merged,
				    g_memdup2(&key, sizeof(key)), run);
	}
	if (!run->count)
		return (struct places){ NULL, 0 };
	return (struct places){ .place = run->place, .count = run->count };
}

bool overlay_regions(const struct overlay *overlay, uint32_t file,
		     const struct region **first, const struct region **end)
{
	for (uint32_t i = 0; i < overlay->count; i++) {
		if (overlay->file[i] != file)
			continue;
		*first = overlay->region + overlay->first[i];
		*end = overlay->region + overlay->first[i + 1];
		return true;
	}
	return false;
}
