// SPDX-License-Identifier: GPL-2.0-only
/*
 * From the scan of many files to an index; see build.h.
 *
 * Nine values of ten are no functions: a name that stands alone as a value is
 * kept only if some file of the tree defines a function, macro or variable of
 * that name, and a member that is read only if some struct declares it as a
 * function.
 */
#include "scan/build.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "parallel.h"
#include "progress.h"

/* Buffers of one thread. */
struct workplace {
	struct arena_rest rest;
	GByteArray *text;
	struct toks toks;
	struct scan *scan;
};

static void workplace_free(gpointer data)
{
	struct workplace *place = data;

	g_byte_array_unref(place->text);
	toks_clear(&place->toks);
	scan_free(place->scan);
	g_free(place);
}

static GPrivate workplaces = G_PRIVATE_INIT(workplace_free);

static struct workplace *workplace(void)
{
	struct workplace *place = g_private_get(&workplaces);

	if (!place) {
		place = g_new0(struct workplace, 1);
		place->text = g_byte_array_new();
		place->scan = scan_new();
		g_private_set(&workplaces, place);
	}
	return place;
}

static void *copy_of(struct build *build, struct workplace *place,
		     const GArray *array, guint *count)
{
	size_t size = (size_t)array->len *
		g_array_get_element_size((GArray *)(uintptr_t)array);
	void *copy;

	*count = array->len;
	if (!size)
		return NULL;
	copy = arena_take(build->arena, &place->rest, size);
	memcpy(copy, array->data, size);
	return copy;
}

/* Sets of names, of 2^@bits bits: a name's first bits are the number of its bit. */
static bool has_bit(const uint64_t *set, unsigned int bits, name_t name)
{
	uint64_t bit = name >> (64 - bits);

	return set[bit / 64] >> bit % 64 & 1;
}

static void set_bit(uint64_t *set, unsigned int bits, name_t name)
{
	uint64_t bit = name >> (64 - bits);

	set[bit / 64] |= UINT64_C(1) << bit % 64;
}

static bool in_set(const uint64_t *set, name_t name)
{
	return has_bit(set, NAME_SET_BITS, name);
}

/* By several threads at once. */
static void add_to_set(uint64_t *set, name_t name)
{
	uint32_t bit = (uint32_t)(name >> (64 - NAME_SET_BITS));
	uint64_t mask = UINT64_C(1) << bit % 64;

	if (!(__atomic_load_n(&set[bit / 64], __ATOMIC_RELAXED) & mask))
		__atomic_fetch_or(&set[bit / 64], mask, __ATOMIC_RELAXED);
}

static bool is_definition(uint32_t kind)
{
	return kind == REF_FUNCTION || kind == REF_VARIABLE ||
	       kind == REF_MACRO;
}

static void copy_refs(struct build *build, struct workplace *place,
		      struct facts *facts)
{
	const struct ref *refs = (const void *)place->scan->refs->data;
	guint count = place->scan->refs->len;

	facts->ref_count = count;
	if (!count)
		return;
	facts->ref_names = arena_take(build->arena, &place->rest,
				      count * sizeof(*facts->ref_names));
	facts->ref_places = arena_take(build->arena, &place->rest,
				       count * sizeof(*facts->ref_places));
	for (guint i = 0; i < count; i++) {
		facts->ref_names[i] = refs[i].name;
		facts->ref_places[i] = refs[i].offset << KIND_BITS |
				       refs[i].kind;
		if (is_definition(refs[i].kind))
			add_to_set(build->name_set, refs[i].name);
	}
}

static void scan_file(void *context, size_t i)
{
	struct build *build = context;
	const char *path = build->paths[i];
	struct facts *facts = &build->facts[i];
	struct workplace *place;
	guint length;

	place = workplace();
	if (!tree_load(build->tree, path, place->text)) {
		findings_add(build->findings, FINDING_FAILED, path, 0,
			     "cannot be read: %s", g_strerror(errno));
		return;
	}
	length = place->text->len - TREE_PADDING;
	if (length >= SCAN_MAX_SIZE) {
		findings_add(build->findings, FINDING_FAILED, path, 0,
			     "too large to be scanned");
		return;
	}
	scan_text(place->scan, &place->toks, (char *)place->text->data, length);
	copy_refs(build, place, facts);
	facts->regions = copy_of(build, place, place->scan->regions,
				 &facts->region_count);
	facts->function_members = copy_of(build, place,
					  place->scan->function_members,
					  &facts->function_member_count);
	facts->function_types = copy_of(build, place,
					place->scan->function_types,
					&facts->function_type_count);
	facts->typed_members = copy_of(build, place, place->scan->typed_members,
				       &facts->typed_member_count);
}

static int compare_names(const void *a, const void *b)
{
	name_t x = *(const name_t *)a, y = *(const name_t *)b;

	return x < y ? -1 : x > y;
}

static bool has_name(const name_t *names, uint32_t count, name_t name)
{
	return count &&
	       bsearch(&name, names, count, sizeof(name), compare_names);
}

/* Sort and make unique; returns the new count. */
static uint32_t unique_names(name_t *names, uint32_t count)
{
	uint32_t kept = 0;

	if (!count)
		return 0;
	qsort(names, count, sizeof(*names), compare_names);
	for (uint32_t i = 0; i < count; i++)
		if (!kept || names[kept - 1] != names[i])
			names[kept++] = names[i];
	return kept;
}

static int compare_typed(const void *a, const void *b)
{
	const struct typed_member *x = a, *y = b;

	if (x->type != y->type)
		return x->type < y->type ? -1 : 1;
	return x->member < y->member ? -1 : x->member > y->member;
}

/* Most types are told apart by one bit. */
#define TYPE_SET_BITS 14

/* The members that are declared by a typedef of a function. */
static void add_typed_members(const struct index *index, const GArray *typed,
			      GArray *members)
{
	uint64_t set[1 << (TYPE_SET_BITS - 6)] = { 0 };

	for (uint32_t i = 0; i < index->type_count; i++)
		set_bit(set, TYPE_SET_BITS, index->types[i]);
	for (guint i = 0; i < typed->len; i++) {
		const struct typed_member *one =
			&g_array_index(typed, struct typed_member, i);

		if (has_bit(set, TYPE_SET_BITS, one->type) &&
		    has_name(index->types, index->type_count, one->type))
			g_array_append_val(members, one->member);
	}
}

void build_names(const struct build *build, const struct index *old,
		 struct index *index)
{
	GArray *types = g_array_new(FALSE, FALSE, sizeof(name_t));
	GArray *members = g_array_new(FALSE, FALSE, sizeof(name_t));
	GArray *typed = g_array_new(FALSE, FALSE, sizeof(struct typed_member));

	index->name_set = g_memdup2(build->name_set, NAME_SET_BYTES);
	if (old) {
		for (size_t i = 0; i < NAME_SET_BYTES / 8; i++)
			index->name_set[i] |= old->name_set[i];
		g_array_append_vals(types, old->types, old->type_count);
		g_array_append_vals(members, old->members, old->member_count);
		g_array_append_vals(typed, old->typed, old->typed_count);
	}
	for (uint32_t f = 0; f < build->file_count; f++) {
		const struct facts *facts = &build->facts[f];

		g_array_append_vals(types, facts->function_types,
				    facts->function_type_count);
		g_array_append_vals(members, facts->function_members,
				    facts->function_member_count);
		g_array_append_vals(typed, facts->typed_members,
				    facts->typed_member_count);
	}
	index->type_count = unique_names((name_t *)(void *)types->data,
					 types->len);
	index->types = (name_t *)(void *)g_array_free(types, FALSE);
	add_typed_members(index, typed, members);
	index->typed_count = typed->len;
	index->typed = (struct typed_member *)(void *)g_array_free(typed, FALSE);
	index->member_count = unique_names((name_t *)(void *)members->data,
					   members->len);
	index->members = (name_t *)(void *)g_array_free(members, FALSE);
}

void build_typed(struct index *index)
{
	struct typed_member *typed = index->typed;
	uint32_t kept = 0;

	if (!index->typed_count)
		return;
	qsort(typed, index->typed_count, sizeof(*typed), compare_typed);
	for (uint32_t i = 0; i < index->typed_count; i++)
		if (!kept || compare_typed(&typed[kept - 1], &typed[i]))
			typed[kept++] = typed[i];
	index->typed_count = kept;
}

bool build_brings_names(const struct index *now, const struct index *old)
{
	uint32_t o = 0;

	for (size_t i = 0; i < NAME_SET_BYTES / 8; i++)
		if (now->name_set[i] & ~old->name_set[i] & old->dropped[i])
			return true;
	for (uint32_t i = 0; i < now->member_count; i++) {
		name_t member = now->members[i];

		while (o < old->member_count && old->members[o] < member)
			o++;
		if ((o == old->member_count || old->members[o] != member) &&
		    in_set(old->dropped, member))
			return true;
	}
	return false;
}

#define BUCKET_BITS 14
#define BUCKETS (1u << BUCKET_BITS)

static uint32_t bucket_of(name_t name)
{
	return (uint32_t)(name >> (64 - BUCKET_BITS));
}

/* They are placed now, or to be scanned again. */
static void forget_facts(struct build *build)
{
	memset(build->facts, 0, build->file_count * sizeof(*build->facts));
	arena_free(build->arena);
	build->arena = arena_new();
}

/* Most members are told apart by one bit of the index's sorted list. */
#define MEMBER_SET_BITS 18

/*
 * All places sorted by name, file and offset: distributed into buckets by the
 * first bits of the name, then each bucket is sorted.  Files are distributed by
 * stripes, one per thread, so that the order does not depend on their number.
 */
struct sorting {
	struct build *build;
	const struct index *index;
	uint32_t stripes;
	uint32_t *position;		/* [stripe * BUCKETS + bucket] */
	uint32_t first[BUCKETS + 1];
	struct entry *entries;
	uint64_t member_set[1 << (MEMBER_SET_BITS - 6)];
};

static void fill_member_set(struct sorting *sorting)
{
	for (uint32_t i = 0; i < sorting->index->member_count; i++)
		set_bit(sorting->member_set, MEMBER_SET_BITS,
			sorting->index->members[i]);
}

static bool is_member(const struct sorting *sorting, name_t name)
{
	return has_bit(sorting->member_set, MEMBER_SET_BITS, name) &&
	       has_name(sorting->index->members, sorting->index->member_count,
			name);
}

static bool is_kept(const struct sorting *sorting, name_t name, uint32_t kind)
{
	if (kind == REF_VALUE)
		return in_set(sorting->index->name_set, name);
	if (kind == REF_MEMBER_READ)
		return is_member(sorting, name);
	return true;
}

static void stripe_of(const struct sorting *sorting, size_t stripe,
		      uint32_t *first, uint32_t *end)
{
	uint64_t count = sorting->build->file_count;

	*first = (uint32_t)(count * stripe / sorting->stripes);
	*end = (uint32_t)(count * (stripe + 1) / sorting->stripes);
}

/* Drop what is not kept and count the rest per bucket. */
static void count_stripe(void *context, size_t stripe)
{
	struct sorting *sorting = context;
	uint32_t *position = sorting->position + stripe * BUCKETS;
	uint32_t f, end;

	for (stripe_of(sorting, stripe, &f, &end); f < end; f++) {
		struct facts *facts = &sorting->build->facts[f];
		guint kept = 0;

		for (guint i = 0; i < facts->ref_count; i++) {
			name_t name = facts->ref_names[i];
			uint32_t place = facts->ref_places[i];

			if (!is_kept(sorting, name,
				     place & ((1 << KIND_BITS) - 1))) {
				add_to_set(sorting->build->dropped, name);
				continue;
			}
			facts->ref_names[kept] = name;
			facts->ref_places[kept++] = place;
			position[bucket_of(name)]++;
		}
		facts->ref_count = kept;
	}
}

static void place_stripe(void *context, size_t stripe)
{
	struct sorting *sorting = context;
	uint32_t *position = sorting->position + stripe * BUCKETS;
	uint32_t f, end;

	for (stripe_of(sorting, stripe, &f, &end); f < end; f++) {
		struct facts *facts = &sorting->build->facts[f];

		for (guint i = 0; i < facts->ref_count; i++) {
			name_t name = facts->ref_names[i];
			uint32_t place = facts->ref_places[i];
			struct entry *entry = &sorting->entries[
				position[bucket_of(name)]++];

			entry->name = name;
			entry->place.file = f;
			entry->place.offset = place >> KIND_BITS;
			entry->place.kind = place & ((1 << KIND_BITS) - 1);
		}
	}
}

/* A merge sort by name: what is equal keeps the order of files and offsets. */
static void sort_entries(struct entry *entries, struct entry *spare,
			 uint32_t count)
{
	uint32_t half = count / 2, left = 0, right = half;

	if (count <= 12) {
		for (uint32_t i = 1; i < count; i++) {
			struct entry entry = entries[i];
			uint32_t j = i;

			for (; j && entries[j - 1].name > entry.name; j--)
				entries[j] = entries[j - 1];
			entries[j] = entry;
		}
		return;
	}
	sort_entries(entries, spare, half);
	sort_entries(entries + half, spare, count - half);
	if (entries[half - 1].name <= entries[half].name)
		return;
	memcpy(spare, entries, half * sizeof(*entries));
	for (uint32_t to = 0; left < half; to++) {
		if (right < count && entries[right].name < spare[left].name)
			entries[to] = entries[right++];
		else
			entries[to] = spare[left++];
	}
}

#define BUCKET_RUN 64

static void sort_buckets(void *context, size_t run)
{
	struct sorting *sorting = context;
	const uint32_t *first = sorting->first + run * BUCKET_RUN;
	struct entry *spare;
	uint32_t most = 0;

	/* Small enough to stay in the processor's cache. */
	for (uint32_t b = 0; b < BUCKET_RUN; b++)
		most = MAX(most, first[b + 1] - first[b]);
	spare = g_new(struct entry, most / 2 + 1);
	for (uint32_t b = 0; b < BUCKET_RUN; b++)
		sort_entries(sorting->entries + first[b], spare,
			     first[b + 1] - first[b]);
	g_free(spare);
}

static void sort_all(struct sorting *sorting)
{
	unsigned int jobs = sorting->build->jobs;
	uint32_t at = 0;

	sorting->stripes = CLAMP(jobs, 1, 16);
	sorting->position = g_new0(uint32_t,
				   (gsize)sorting->stripes * BUCKETS);
	parallel_for(sorting->stripes, jobs, count_stripe, sorting);
	for (uint32_t b = 0; b < BUCKETS; b++) {
		sorting->first[b] = at;
		for (uint32_t s = 0; s < sorting->stripes; s++) {
			uint32_t *position = &sorting->position[
				(gsize)s * BUCKETS + b];
			uint32_t count = *position;

			*position = at;
			at += count;
		}
	}
	sorting->first[BUCKETS] = at;
	sorting->entries = g_new(struct entry, at + 1);
	parallel_for(sorting->stripes, jobs, place_stripe, sorting);
	forget_facts(sorting->build);
	parallel_for(BUCKETS / BUCKET_RUN, jobs, sort_buckets, sorting);
	g_free(sorting->position);
}

struct entry *build_places(struct build *build, const struct index *index,
			   uint32_t *count)
{
	struct sorting *sorting = g_new0(struct sorting, 1);
	struct entry *entries;

	sorting->build = build;
	sorting->index = index;
	fill_member_set(sorting);
	sort_all(sorting);
	entries = sorting->entries;
	*count = sorting->first[BUCKETS];
	g_free(sorting);
	return entries;
}

/*
 * Sorted entries into @index, grouped by name; takes @entries.
 *
 * The places move to the front of the memory in which the entries are: there
 * are 14 million of them.
 */
static void group(struct index *index, struct entry *entries, uint32_t count)
{
	struct place *place = (struct place *)(void *)entries;
	uint32_t names = 0;

	for (uint32_t i = 0; i < count; i++)
		names += !i || entries[i].name != entries[i - 1].name;
	index->names = g_new(name_t, names + 1);
	index->start = g_new(uint32_t, names + 1);
	index->name_count = names;
	names = 0;
	for (uint32_t i = 0; i < count; i++) {
		struct entry entry = entries[i];

		if (!i || entry.name != index->names[names - 1]) {
			index->names[names] = entry.name;
			index->start[names++] = i;
		}
		memcpy(&place[i], &entry.place, sizeof(*place));
	}
	index->start[names] = count;
	index->place = g_realloc_n(place, count + UINT64_C(1), sizeof(*place));
}

static void join_regions(const struct build *build, struct index *index)
{
	uint32_t at = 0;

	index->first_region = g_new(uint32_t, build->file_count + 1);
	for (uint32_t f = 0; f < build->file_count; f++) {
		index->first_region[f] = at;
		at += build->facts[f].region_count;
	}
	index->first_region[build->file_count] = at;
	index->region = g_new(struct region, at + 1);
	for (uint32_t f = 0; f < build->file_count; f++)
		if (build->facts[f].region_count)
			memcpy(index->region + index->first_region[f],
			       build->facts[f].regions,
			       build->facts[f].region_count *
			       sizeof(struct region));
}

void build_files(const struct build *build, struct index *index)
{
	GString *text = g_string_new(NULL);
	char *at;

	for (uint32_t f = 0; f < build->file_count; f++)
		g_string_append_len(text, build->paths[f],
			(gssize)strlen(build->paths[f]) + 1);
	index->path_text = g_string_free(text, FALSE);
	index->paths = g_new(const char *, build->file_count + 1);
	at = index->path_text;
	for (uint32_t f = 0; f < build->file_count; f++) {
		index->paths[f] = at;
		at += strlen(at) + 1;
	}
	index->file_count = build->file_count;
	index->files = g_memdup2(build->identity, build->file_count *
				 sizeof(*build->identity));
}

static gpointer sort_typed(gpointer index)
{
	build_typed(index);
	return NULL;
}

struct index *build_anew(struct build *build)
{
	struct index *index = g_new0(struct index, 1);
	struct entry *entries;
	GThread *typed = NULL;
	uint32_t count;

	/* An update that gave up has scanned some of them. */
	forget_facts(build);
	for (uint32_t f = 0; f < build->file_count; f++)
		build->wanted[f] = true;
	build_scan(build);
	index->tree = build->tree;
	build_names(build, NULL, index);
	if (build->jobs > 1)
		typed = g_thread_new("typed", sort_typed, index);
	else
		build_typed(index);
	join_regions(build, index);
	entries = build_places(build, index, &count);
	group(index, entries, count);
	if (typed)
		g_thread_join(typed);
	build_files(build, index);
	index->dropped = g_memdup2(build->dropped, NAME_SET_BYTES);
	index->scanned = build->file_count;
	return index;
}

struct build *build_new(const struct tree *tree, unsigned int jobs,
			struct findings *findings)
{
	struct build *build = g_new0(struct build, 1);
	guint total = tree->files->len;

	build->tree = tree;
	build->jobs = jobs;
	build->findings = findings;
	build->paths = g_new(const char *, total + 1);
	for (guint i = 0; i < total; i++) {
		const struct tree_file *file = tree->files->pdata[i];

		if (file->kind == FILE_SOURCE && !file->link_target)
			build->paths[build->file_count++] = file->path;
	}
	build->identity = g_new0(struct identity, build->file_count + 1);
	for (guint i = 0, to = 0; i < total; i++) {
		const struct tree_file *file = tree->files->pdata[i];

		if (to < build->file_count && build->paths[to] == file->path)
			build->identity[to++] = file->identity;
	}
	build->wanted = g_new0(bool, build->file_count + 1);
	build->facts = g_new0(struct facts, build->file_count + 1);
	build->arena = arena_new();
	build->name_set = g_malloc0(NAME_SET_BYTES);
	build->dropped = g_malloc0(NAME_SET_BYTES);
	return build;
}

void build_free(struct build *build)
{
	arena_free(build->arena);
	g_free(build->name_set);
	g_free(build->dropped);
	g_free(build->paths);
	g_free(build->identity);
	g_free(build->wanted);
	g_free(build->facts);
	g_free(build);
}

static void scan_wanted(void *context, size_t i)
{
	const struct build *build = context;

	if (!build->wanted[i])
		return;
	scan_file(context, i);
	progress_step(1);
}

unsigned int build_wanted(const struct build *build)
{
	unsigned int wanted = 0;

	for (uint32_t f = 0; f < build->file_count; f++)
		wanted += build->wanted[f];
	return wanted;
}

void build_scan(struct build *build)
{
	progress_begin("index", build_wanted(build));
	parallel_for(build->file_count, build->jobs, scan_wanted, build);
	progress_end();
}
