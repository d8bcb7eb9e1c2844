// SPDX-License-Identifier: GPL-2.0-only
/*
 * Bringing an index up to date; see build.h.
 *
 * The places and regions of files that did not change are taken over, those of
 * the others are merged in.  What was dropped from the unchanged files is lost
 * (see build.c); so the update gives up when a changed file brings such a name.
 */
#include "scan/build.h"

#include <string.h>

/* For each file of @old its number now, or UINT32_MAX. */
static uint32_t *renumber(const struct build *build, const struct index *old,
			  uint32_t **back)
{
	uint32_t *now = g_new(uint32_t, old->file_count + 1);
	uint32_t f = 0;

	*back = g_new(uint32_t, build->file_count + 1);
	memset(*back, 0xff, build->file_count * sizeof(**back));
	for (uint32_t o = 0; o < old->file_count; o++) {
		while (f < build->file_count &&
		       strcmp(build->paths[f], old->paths[o]) < 0)
			f++;
		now[o] = UINT32_MAX;
		if (f < build->file_count && !build->wanted[f] &&
		    !strcmp(build->paths[f], old->paths[o])) {
			now[o] = f;
			(*back)[f] = o;
		}
	}
	return now;
}

/* Places as they come, in the order of names, files and offsets. */
struct output {
	struct index *index;
	uint32_t count;
};

static void put(struct output *output, name_t name, struct place place)
{
	struct index *index = output->index;

	if (!index->name_count || index->names[index->name_count - 1] != name) {
		index->names[index->name_count] = name;
		index->start[index->name_count++] = output->count;
	}
	index->place[output->count++] = place;
}

/* Old places and @fresh entries, both sorted, into @index. */
static void merge(const struct index *old, const uint32_t *now,
		  const struct entry *fresh, uint32_t fresh_count,
		  struct index *index)
{
	uint32_t most = old->start[old->name_count] + fresh_count;
	struct output output = { .index = index };
	uint32_t f = 0;

	index->names = g_new(name_t, old->name_count + fresh_count + 1);
	index->start = g_new(uint32_t, old->name_count + fresh_count + 1);
	index->place = g_new(struct place, most + 1);
	for (uint32_t n = 0; n < old->name_count; n++) {
		name_t name = old->names[n];

		for (; f < fresh_count && fresh[f].name < name; f++)
			put(&output, fresh[f].name, fresh[f].place);
		for (uint32_t i = old->start[n]; i < old->start[n + 1]; i++) {
			struct place place = old->place[i];

			place.file = now[place.file];
			if (place.file == UINT32_MAX)
				continue;
			for (; f < fresh_count && fresh[f].name == name &&
			     fresh[f].place.file < place.file; f++)
				put(&output, name, fresh[f].place);
			put(&output, name, place);
		}
		for (; f < fresh_count && fresh[f].name == name; f++)
			put(&output, name, fresh[f].place);
	}
	for (; f < fresh_count; f++)
		put(&output, fresh[f].name, fresh[f].place);
	index->start[index->name_count] = output.count;
}

static void merge_regions(const struct build *build, const struct index *old,
			  const uint32_t *back, struct index *index)
{
	GArray *regions = g_array_new(FALSE, FALSE, sizeof(struct region));

	index->first_region = g_new(uint32_t, build->file_count + 1);
	for (uint32_t f = 0; f < build->file_count; f++) {
		uint32_t o = back[f];

		index->first_region[f] = regions->len;
		if (o == UINT32_MAX)
			g_array_append_vals(regions, build->facts[f].regions,
					    build->facts[f].region_count);
		else
			g_array_append_vals(regions, old->region +
					    old->first_region[o],
					    old->first_region[o + 1] -
					    old->first_region[o]);
	}
	index->first_region[build->file_count] = regions->len;
	index->region = (struct region *)(void *)g_array_free(regions, FALSE);
}

struct index *build_update(struct build *build, const struct index *old)
{
	struct index *index = g_new0(struct index, 1);
	struct entry *fresh;
	uint32_t *now, *back;
	uint32_t count;

	build_scan(build);
	index->tree = build->tree;
	build_names(build, old, index);
	if (!build->tree->kernel && build_brings_names(index, old)) {
		index_free(index);
		return NULL;
	}
	now = renumber(build, old, &back);
	merge_regions(build, old, back, index);
	fresh = build_places(build, index, &count);
	merge(old, now, fresh, count, index);
	g_free(fresh);
	g_free(now);
	g_free(back);
	build_files(build, index);
	build_typed(index);
	index->dropped = g_memdup2(build->dropped, NAME_SET_BYTES);
	for (size_t i = 0; i < NAME_SET_BYTES / 8; i++)
		index->dropped[i] |= old->dropped[i];
	index->scanned = build_wanted(build);
	return index;
}
