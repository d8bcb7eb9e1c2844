// SPDX-License-Identifier: GPL-2.0-only
/* Reading and writing the cache file of an index; see store.h. */
#include "scan/store.h"

#include <errno.h>
#include <inttypes.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cache.h"
#include "message.h"

static const char magic[8] = "kthcocci";

enum section {
	SECTION_ROOT, SECTION_PATHS, SECTION_FILES, SECTION_NAMES,
	SECTION_START, SECTION_PLACES, SECTION_FIRST_REGION, SECTION_REGIONS,
	SECTION_MEMBERS, SECTION_TYPES, SECTION_NAME_SET, SECTION_DROPPED,
	SECTION_TYPED,
	SECTIONS
};

struct header {
	char magic[8];
	uint32_t version;
	uint32_t file_count;
	uint32_t name_count;
	uint32_t member_count;
	uint32_t type_count;
	uint32_t typed_count;
	uint64_t checksum;		/* of everything behind the header */
	uint64_t length[SECTIONS];	/* bytes; each starts at a multiple of 8 */
};

static uint64_t padded(uint64_t length)
{
	return (length + 7) & ~UINT64_C(7);
}

/* The checksum of a section, in a chain with that of those before it. */
static uint64_t add_checksum(uint64_t before, const char *data, size_t length)
{
	uint64_t sum[4] = { 1, 2, 3, 4 };
	size_t i = 0;
	char rest[8] = { 0 };

	for (; i + 32 <= length; i += 32)
		for (unsigned int lane = 0; lane < 4; lane++)
			sum[lane] = name_mix(sum[lane],
					     name_load(data + i + 8 * lane));
	for (; i + 8 <= length; i += 8)
		sum[0] = name_mix(sum[0], name_load(data + i));
	if (i < length)
		memcpy(rest, data + i, length - i);
	sum[1] = name_mix(sum[1], name_load(rest));
	return name_mix(before, name_mix(name_mix(sum[0], sum[1]),
					 name_mix(sum[2], sum[3])) + length);
}

/* That of all sections behind the header. */
static uint64_t checksum(const struct header *header, const char *data)
{
	uint64_t sum = 0;

	for (int i = 0; i < SECTIONS; i++) {
		sum = add_checksum(sum, data, header->length[i]);
		data += padded(header->length[i]);
	}
	return sum;
}

char *store_path(const struct tree *tree)
{
	char name[32];

	g_snprintf(name, sizeof(name), "%016" PRIx64 ".index",
		   name_of(tree->root));
	return cache_path(name);
}

static bool sections_fit(const struct header *header, size_t length)
{
	uint64_t total = sizeof(*header);

	for (int i = 0; i < SECTIONS; i++) {
		if (header->length[i] > length)
			return false;
		total += padded(header->length[i]);
	}
	return total == length &&
	       header->length[SECTION_FILES] ==
	       header->file_count * sizeof(struct identity) &&
	       header->length[SECTION_NAMES] ==
	       header->name_count * sizeof(name_t) &&
	       header->length[SECTION_START] ==
	       (header->name_count + UINT64_C(1)) * sizeof(uint32_t) &&
	       header->length[SECTION_FIRST_REGION] ==
	       (header->file_count + UINT64_C(1)) * sizeof(uint32_t) &&
	       header->length[SECTION_MEMBERS] ==
	       header->member_count * sizeof(name_t) &&
	       header->length[SECTION_TYPES] ==
	       header->type_count * sizeof(name_t) &&
	       header->length[SECTION_TYPED] ==
	       header->typed_count * sizeof(struct typed_member) &&
	       header->length[SECTION_NAME_SET] ==
	       NAME_SET_BYTES &&
	       header->length[SECTION_DROPPED] ==
	       NAME_SET_BYTES;
}

/* Why the @length bytes at @data are no index of @tree, or NULL. */
static const char *reject(const char *data, size_t length,
			  const struct tree *tree)
{
	const struct header *header = (const struct header *)(const void *)data;

	if (length < sizeof(*header) ||
	    memcmp(header->magic, magic, sizeof(magic)))
		return "it is no index";
	if (header->version != STORE_VERSION)
		return "it is of another version";
	if (!sections_fit(header, length) ||
	    header->checksum != checksum(header, data + sizeof(*header)))
		return "it is damaged";
	if (header->length[SECTION_ROOT] != strlen(tree->root) + 1 ||
	    memcmp(data + sizeof(*header), tree->root,
		   header->length[SECTION_ROOT]))
		return "it is of another tree";
	return NULL;
}

static struct index *attach(char *data, size_t length, const struct tree *tree)
{
	const struct header *header = (const struct header *)(void *)data;
	struct index *index = g_new0(struct index, 1);
	void *section[SECTIONS];
	char *at = data + sizeof(*header);

	for (int i = 0; i < SECTIONS; i++) {
		section[i] = at;
		at += padded(header->length[i]);
	}
	index->tree = tree;
	index->mapped = data;
	index->mapped_length = length;
	index->file_count = header->file_count;
	index->name_count = header->name_count;
	index->member_count = header->member_count;
	index->type_count = header->type_count;
	index->typed_count = header->typed_count;
	index->files = section[SECTION_FILES];
	index->names = section[SECTION_NAMES];
	index->start = section[SECTION_START];
	index->place = section[SECTION_PLACES];
	index->first_region = section[SECTION_FIRST_REGION];
	index->region = section[SECTION_REGIONS];
	index->members = section[SECTION_MEMBERS];
	index->types = section[SECTION_TYPES];
	index->name_set = section[SECTION_NAME_SET];
	index->dropped = section[SECTION_DROPPED];
	index->typed = section[SECTION_TYPED];
	index->path_text = section[SECTION_PATHS];
	index->paths = g_new(const char *, header->file_count + 1);
	at = index->path_text;
	for (uint32_t i = 0; i < header->file_count; i++) {
		index->paths[i] = at;
		at += strlen(at) + 1;
	}
	return index;
}

struct index *store_read(const char *path, const struct tree *tree)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	const char *reason;
	struct stat st;
	void *data;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) || !S_ISREG(st.st_mode) || !st.st_size) {
		say("%s: not used, it is empty or no file; the index is built anew",
		    path);
		close(fd);
		return NULL;
	}
	data = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0);
	close(fd);
	if (data == MAP_FAILED)
		return NULL;
	reason = st.st_uid != geteuid() ? "it is somebody else's" :
		 reject(data, (size_t)st.st_size, tree);
	if (reason) {
		say("%s: not used, %s; the index is built anew", path, reason);
		munmap(data, (size_t)st.st_size);
		return NULL;
	}
	return attach(data, (size_t)st.st_size, tree);
}

static uint64_t path_length(const struct index *index)
{
	uint64_t length = 0;

	for (uint32_t i = 0; i < index->file_count; i++)
		length += strlen(index->paths[i]) + 1;
	return length;
}

/* The sections' bytes, in the order of the file. */
static void list_chunks(const struct index *index, struct cache_chunk *chunks)
{
	const struct cache_chunk list[SECTIONS] = {
		[SECTION_ROOT] = { index->tree->root,
				   strlen(index->tree->root) + 1 },
		[SECTION_PATHS] = { index->path_text, path_length(index) },
		[SECTION_FILES] = { index->files, index->file_count *
				    sizeof(*index->files) },
		[SECTION_NAMES] = { index->names, index->name_count *
				    sizeof(*index->names) },
		[SECTION_START] = { index->start, (index->name_count +
				    UINT64_C(1)) * sizeof(*index->start) },
		[SECTION_PLACES] = { index->place,
				     index->start[index->name_count] *
				     sizeof(*index->place) },
		[SECTION_FIRST_REGION] = { index->first_region,
					   (index->file_count + UINT64_C(1)) *
					   sizeof(*index->first_region) },
		[SECTION_REGIONS] = { index->region,
				      index->first_region[index->file_count] *
				      sizeof(*index->region) },
		[SECTION_MEMBERS] = { index->members, index->member_count *
				      sizeof(*index->members) },
		[SECTION_TYPES] = { index->types, index->type_count *
				    sizeof(*index->types) },
		[SECTION_NAME_SET] = { index->name_set,
				       NAME_SET_BYTES },
		[SECTION_DROPPED] = { index->dropped, NAME_SET_BYTES },
		[SECTION_TYPED] = { index->typed, index->typed_count *
				    sizeof(*index->typed) },
	};

	memcpy(chunks, list, sizeof(list));
}

/* Header and sections; a section is filled up to a multiple of 8 bytes. */
void store_write(const struct index *index, const char *path)
{
	static const char zeros[8];
	struct header header = {
		.version = STORE_VERSION, .file_count = index->file_count,
		.name_count = index->name_count,
		.member_count = index->member_count,
		.type_count = index->type_count,
		.typed_count = index->typed_count,
	};
	struct cache_chunk section[SECTIONS], chunks[1 + 2 * SECTIONS];
	int error;

	list_chunks(index, section);
	memcpy(header.magic, magic, sizeof(magic));
	chunks[0] = (struct cache_chunk){ &header, sizeof(header) };
	for (int i = 0; i < SECTIONS; i++) {
		uint64_t length = section[i].length;

		header.length[i] = length;
		header.checksum = add_checksum(header.checksum,
					       section[i].data, length);
		chunks[1 + 2 * i] = section[i];
		chunks[2 + 2 * i] = (struct cache_chunk){
			zeros, padded(length) - length,
		};
	}
	cache_remove_leftovers(path);
	error = cache_write(path, chunks, G_N_ELEMENTS(chunks));
	if (error)
		say("%s: no cache is written: %s", path, g_strerror(error));
}
