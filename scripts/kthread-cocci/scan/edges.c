// SPDX-License-Identifier: GPL-2.0-only
/* Printing the calls of an index; see edges.h. */
#include "scan/edges.h"

#include <stdlib.h>

/* The index is sorted by name; here the calls are wanted by file. */
struct call {
	uint32_t file;
	uint32_t offset;
};

static int compare_calls(const void *a, const void *b)
{
	const struct call *x = a, *y = b;

	if (x->file != y->file)
		return x->file < y->file ? -1 : 1;
	return x->offset < y->offset ? -1 : x->offset > y->offset;
}

static size_t word_length(const char *text)
{
	size_t length = 0;

	while (g_ascii_isalnum(text[length]) || text[length] == '_' ||
	       text[length] == '$')
		length++;
	return length;
}

static const char *prefix(const struct region *region)
{
	if (region->kind == REGION_MACRO)
		return "#";
	if (region->flags & REGION_SYSCALL)
		return "sys_";
	return region->flags & REGION_COMPAT_SYSCALL ? "compat_sys_" : "";
}

static void print_call(const struct index *index, const struct call *call,
		       const char *text, unsigned int line, FILE *out)
{
	const struct region *region = index_region(index, call->file,
						   call->offset);

	fprintf(out, "%s\t%u\t", index->paths[call->file], line);
	if (region && region->name && region->kind != REGION_STATEMENT)
		fprintf(out, "%s%.*s", prefix(region), region->name_length,
			text + region->name_offset);
	else
		fputc('-', out);
	fprintf(out, "\t%.*s\n", (int)word_length(text + call->offset),
		text + call->offset);
}

static void print_file(const struct index *index, const struct call *calls,
		       size_t count, const char *text, size_t length, FILE *out)
{
	unsigned int line = 1;
	size_t at = 0;

	for (size_t i = 0; i < count && calls[i].offset < length; i++) {
		for (; at < calls[i].offset; at++)
			line += text[at] == '\n';
		print_call(index, &calls[i], text, line, out);
	}
}

void edges_print(const struct index *index, FILE *out)
{
	GArray *calls = g_array_new(FALSE, FALSE, sizeof(struct call));
	GByteArray *text = g_byte_array_new();
	const struct call *all;

	for (uint32_t i = 0; i < index->start[index->name_count]; i++) {
		const struct place *place = &index->place[i];
		struct call call = { place->file, place->offset };

		if (place->kind == REF_CALL)
			g_array_append_val(calls, call);
	}
	if (calls->len)
		qsort(calls->data, calls->len, sizeof(struct call),
		      compare_calls);
	all = (const struct call *)(void *)calls->data;
	for (guint i = 0, next; i < calls->len; i = next) {
		for (next = i; next < calls->len &&
		     all[next].file == all[i].file; next++)
			;
		if (tree_load(index->tree, index->paths[all[i].file], text))
			print_file(index, all + i, next - i,
				   (char *)text->data,
				   text->len - TREE_PADDING, out);
	}
	g_byte_array_unref(text);
	g_array_unref(calls);
}
