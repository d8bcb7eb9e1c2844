// SPDX-License-Identifier: GPL-2.0-only
/* Names and definitions; see resolve.h. */
#include "context/resolve.h"

#include <string.h>

/* What a file is part of: the kernel, the host's programs, an architecture. */
enum world {
	WORLD_KERNEL,
	WORLD_HOST,
	WORLD_ARCH,		/* and up: one number for each */
};

static bool begins_with(const char *path, const char *prefix)
{
	return !strncmp(path, prefix, strlen(prefix));
}

static bool is_host_path(const char *path)
{
	return begins_with(path, "tools/") || begins_with(path, "scripts/") ||
	       begins_with(path, "usr/") ||
	       begins_with(path, "Documentation/");
}

/* The path in the file's own tree, which is the kernel or the module. */
static const char *path_of(const struct model *model, uint32_t file)
{
	const char *path = model->index->paths[file];
	const char *below = tree_kernel_path(model->index->tree, path);

	return below ? below : path;
}

static bool is_in_kernel(const struct model *model, uint32_t file)
{
	return tree_kernel_path(model->index->tree, model->index->paths[file]);
}

/* User-mode Linux is built from parts of x86's folder. */
static unsigned int arch_number(const char *path, GHashTable *numbers)
{
	const char *name = path + strlen("arch/");
	const char *end = strchr(name, '/');
	char *arch = g_strndup(name, end ? (gsize)(end - name) : strlen(name));
	gpointer number;

	if (!strcmp(arch, "um")) {
		g_free(arch);
		arch = g_strdup("x86");
	}
	number = g_hash_table_lookup(numbers, arch);
	if (!number) {
		number = GUINT_TO_POINTER(WORLD_ARCH +
					  g_hash_table_size(numbers));
		g_hash_table_insert(numbers, arch, number);
	} else {
		g_free(arch);
	}
	return GPOINTER_TO_UINT(number);
}

static void fill_worlds(struct model *model)
{
	const struct index *index = model->index;
	GHashTable *numbers = g_hash_table_new_full(g_str_hash, g_str_equal,
						    g_free, NULL);

	model->worlds = g_new0(uint16_t, index->file_count + 1);
	for (uint32_t f = 0; f < index->file_count; f++) {
		const char *path = path_of(model, f);

		if (is_host_path(path))
			model->worlds[f] = WORLD_HOST;
		else if (begins_with(path, "arch/") && is_in_kernel(model, f))
			model->worlds[f] = (uint16_t)arch_number(path, numbers);
	}
	g_hash_table_unref(numbers);
}

static unsigned int world_of(struct model *model, uint32_t file)
{
	if (!model->worlds)
		fill_worlds(model);
	return model->worlds[file];
}

bool is_host_file(struct model *model, uint32_t file)
{
	return world_of(model, file) == WORLD_HOST;
}

/* How many leading folders two files share; a module and its kernel none. */
static unsigned int shared_folders(const struct model *model, uint32_t from,
				   uint32_t to)
{
	const char *a = path_of(model, from);
	const char *b = path_of(model, to);
	unsigned int shared = 0;

	if (is_in_kernel(model, from) != is_in_kernel(model, to))
		return 0;
	for (; *a && *a == *b; a++, b++)
		shared += *a == '/';
	return shared;
}

static bool is_header(const char *path)
{
	size_t length = strlen(path);

	return length > 2 && path[length - 1] == 'h' && path[length - 2] == '.';
}

unsigned int nearness(struct model *model, uint32_t from, uint32_t to)
{
	const char *b = path_of(model, to);
	unsigned int world_a = world_of(model, from);
	unsigned int world_b = world_of(model, to);
	unsigned int score;

	if (from == to)
		return 1000;
	/* The kernel knows nothing of a module. */
	if (is_in_kernel(model, from) && !is_in_kernel(model, to))
		return 0;
	if ((world_a == WORLD_HOST) != (world_b == WORLD_HOST))
		return 0;
	if (world_a >= WORLD_ARCH && world_b >= WORLD_ARCH &&
	    world_a != world_b)
		return 0;
	score = 1 + 4 * shared_folders(model, from, to);
	/* A public header is nearer than a stranger's private file. */
	if (begins_with(b, "include/") || strstr(b, "/include/"))
		score += 2;
	if (is_header(b))
		score += 1;
	return score;
}

const struct place *nearest_place(struct model *model, uint32_t file,
				  name_t name, enum ref_kind kind,
				  bool defined)
{
	struct places places = index_places(model->index, name);
	const struct place *best = NULL;
	unsigned int best_score = 0;

	for (uint32_t i = 0; i < places.count; i++) {
		const struct place *place = &places.place[i];
		unsigned int score;

		if (place->kind != kind)
			continue;
		score = nearness(model, file, place->file);
		if (score && defined &&
		    !is_header(model->index->paths[place->file]))
			score += 500;
		if (score > best_score) {
			best_score = score;
			best = place;
		}
	}
	return best;
}

/* What a module defines itself hides the same of the kernel. */
static void keep_own(struct model *model, uint32_t file, GArray *all)
{
	guint kept = 0;

	for (guint i = 0; !is_in_kernel(model, file) && i < all->len; i++) {
		struct definition d = g_array_index(all, struct definition, i);

		if (!is_in_kernel(model, d.file))
			g_array_index(all, struct definition, kept++) = d;
	}
	if (kept)
		g_array_set_size(all, kept);
}

/* Several global functions of one name: those that are not hidden by others. */
static void keep_nearest(struct model *model, uint32_t file, GArray *all)
{
	unsigned int best = 0;
	guint kept = 0;

	keep_own(model, file, all);
	for (guint i = 0; i < all->len; i++) {
		struct definition *d = &g_array_index(all, struct definition,
						      i);
		unsigned int shared =
			shared_folders(model, file, d->file);

		best = MAX(best, shared);
	}
	for (guint i = 0; i < all->len; i++) {
		struct definition d = g_array_index(all, struct definition, i);
		const char *path = path_of(model, d.file);
		bool is_public = begins_with(path, "include/") ||
			world_of(model, d.file) >= WORLD_ARCH ||
			begins_with(path, "kernel/") ||
			begins_with(path, "lib/") || begins_with(path, "mm/") ||
			begins_with(path, "fs/") || begins_with(path, "init/");

		if (is_public || shared_folders(model, file, d.file) == best)
			g_array_index(all, struct definition, kept++) = d;
	}
	g_array_set_size(all, kept);
}

static void add_definition(GArray *all, uint32_t file,
			   const struct region *region)
{
	struct definition definition = { file, region };

	g_array_append_val(all, definition);
}

/* Static functions of other files: this one may be #included, or include. */
static bool may_include(const struct model *model, uint32_t from, uint32_t to)
{
	const char *a = path_of(model, from);
	const char *b = path_of(model, to);
	unsigned int shared = shared_folders(model, from, to);
	const char *a_rest = strrchr(a, '/');
	const char *b_rest = strrchr(b, '/');

	/* The same folder, or one of the same driver below it. */
	if (is_in_kernel(model, from) != is_in_kernel(model, to))
		return false;
	if (!a_rest || !b_rest)
		return a_rest == b_rest && !is_in_kernel(model, from);
	if (a_rest - a == b_rest - b && !strncmp(a, b, (size_t)(a_rest - a)))
		return true;
	return shared >= 2 &&
	       (!strncmp(a, b, (size_t)(a_rest - a) + 1) ||
		!strncmp(a, b, (size_t)(b_rest - b) + 1));
}

/* "#define f f" tells that there is a function f. */
static bool is_own_name(struct model *model, uint32_t file,
			const struct region *region)
{
	const char *text = model_part(model, file, region->start, region->end);
	uint32_t end = region->name_offset + region->name_length;

	if (region->flags & REGION_PARAMETERS ||
	    region->end > model_length(model, file))
		return false;
	while (end < region->end && (text[end] == ' ' || text[end] == '\t'))
		end++;
	return region->end - end == region->name_length &&
	       !memcmp(text + end, text + region->name_offset,
		       region->name_length);
}

/* Some names stand at a hundred thousand places and are defined at one. */
static const GArray *defining_places(struct model *model, name_t name)
{
	gint64 key = (gint64)name;
	GArray *defining = g_hash_table_lookup(model->defining, &key);
	struct places places;

	if (defining)
		return defining;
	defining = g_array_new(FALSE, FALSE, sizeof(struct place));
	g_hash_table_insert(model->defining, g_memdup2(&key, sizeof(key)),
			    defining);
	places = index_places(model->index, name);
	for (uint32_t i = 0; i < places.count; i++)
		if (places.place[i].kind == REF_FUNCTION ||
		    places.place[i].kind == REF_MACRO)
			g_array_append_val(defining, places.place[i]);
	return defining;
}

static void find_definitions(struct model *model, uint32_t file, name_t name,
			     GArray *all)
{
	const GArray *places = defining_places(model, name);
	bool own = false;
	bool other_static = false;

	for (int pass = 0; pass < 3 && !all->len; pass++) {
		for (guint i = 0; i < places->len; i++) {
			const struct place *place =
				&g_array_index(places, struct place, i);
			const struct region *region;

			if (pass == 0 && place->file != file)
				continue;
			if (!nearness(model, file, place->file))
				continue;
			region = index_region(model->index, place->file,
					      place->offset);
			if (!region || region->name != name)
				continue;
			if (region->kind == REGION_MACRO &&
			    is_own_name(model, place->file, region))
				continue;
			if (pass == 1 && !is_header(
				model->index->paths[place->file]) &&
			    (region->flags & REGION_STATIC ||
			     region->kind == REGION_MACRO)) {
				other_static = true;
				continue;
			}
			if (pass == 2 && !may_include(model, file,
						      place->file))
				continue;
			add_definition(all, place->file, region);
		}
		if (pass == 0)
			own = all->len > 0;
		if (pass == 1 && !other_static)
			break;
	}
	if (!own && all->len > 1)
		keep_nearest(model, file, all);
}

const GArray *resolve(struct model *model, uint32_t file, name_t name)
{
	gint64 key = (gint64)(name ^ (uint64_t)file << 20);
	GArray *all = g_hash_table_lookup(model->resolved, &key);

	if (!all) {
		all = g_array_new(FALSE, FALSE, sizeof(struct definition));
		find_definitions(model, file, name, all);
		g_hash_table_insert(model->resolved,
				    g_memdup2(&key, sizeof(key)), all);
	}
	return all;
}

bool can_mean(struct model *model, uint32_t file, name_t name,
	      const struct region *region)
{
	const GArray *all = resolve(model, file, name);

	for (guint i = 0; i < all->len; i++)
		if (g_array_index(all, struct definition, i).region == region)
			return true;
	return false;
}
