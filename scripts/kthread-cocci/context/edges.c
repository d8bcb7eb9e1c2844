// SPDX-License-Identifier: GPL-2.0-only
/* Printing the calls of a tree; see edges.h. */
#include "context/edges.h"

#include <stdlib.h>
#include <string.h>

#include "context/body.h"
#include "context/paste.h"
#include "context/resolve.h"

/* A place that is a call, or may turn out to be one. */
struct call {
	uint32_t file;
	uint32_t offset : SCAN_MAX_BITS;
	uint32_t is_value : 1;	/* the name alone, of a function or macro */
	uint32_t pastes : 1;	/* a call of a macro that pastes */
};

struct printer {
	struct model *model;
	struct pastes *pastes;
	GArray *calls;		/* struct call */
	bool *leads;		/* by name: it is a call, or stands for one */
	GPtrArray *names;	/* what a call pastes */
	GHashTable *seen;	/* what was printed of the line */
	unsigned int line;
	FILE *out;
};

/* ------------------------------------------ macros that stand for calls */

/* Name @user's replacement list holds name @used; both count index->names. */
struct link {
	uint32_t used;
	uint32_t user;
};

static uint32_t find_name(const struct index *index, name_t name)
{
	uint32_t low = 0, high = index->name_count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (index->names[middle] < name)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool has_kind(const struct index *index, uint32_t name,
		     enum ref_kind kind)
{
	for (uint32_t i = index->start[name]; i < index->start[name + 1]; i++)
		if (index->place[i].kind == kind)
			return true;
	return false;
}

/* Parameters look like values, so those of function-like macros must be calls. */
static bool is_link(const struct region *region, const struct place *place)
{
	if (!region || region->kind != REGION_MACRO)
		return false;
	return place->kind == REF_CALL ||
	       (place->kind == REF_VALUE &&
		!(region->flags & REGION_PARAMETERS));
}

static void add_links(const struct index *index, uint32_t name, GArray *links)
{
	for (uint32_t i = index->start[name]; i < index->start[name + 1]; i++) {
		const struct place *place = &index->place[i];
		struct link link = { .used = name };
		const struct region *region;

		if (place->kind != REF_CALL && place->kind != REF_VALUE)
			continue;
		region = index_region(index, place->file, place->offset);
		if (!is_link(region, place))
			continue;
		link.user = find_name(index, region->name);
		g_array_append_val(links, link);
	}
}

/* The first link of a name; they are sorted by it. */
static guint first_link(const GArray *links, uint32_t used)
{
	guint low = 0, high = links->len;

	while (low < high) {
		guint middle = low + (high - low) / 2;

		if (g_array_index(links, struct link, middle).used < used)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* All functions, and the macros on the way to them. */
static bool *find_leads(const struct index *index)
{
	bool *leads = g_new0(bool, index->name_count + 1);
	GArray *links = g_array_new(FALSE, FALSE, sizeof(struct link));
	GArray *queue = g_array_new(FALSE, FALSE, sizeof(uint32_t));

	for (uint32_t i = 0; i < index->name_count; i++) {
		leads[i] = has_kind(index, i, REF_FUNCTION);
		if (leads[i])
			g_array_append_val(queue, i);
		if (leads[i] || has_kind(index, i, REF_MACRO))
			add_links(index, i, links);
	}
	while (queue->len) {
		uint32_t name = g_array_index(queue, uint32_t, queue->len - 1);

		g_array_set_size(queue, queue->len - 1);
		for (guint i = first_link(links, name); i < links->len; i++) {
			struct link link = g_array_index(links, struct link, i);

			if (link.used != name)
				break;
			if (!leads[link.user])
				g_array_append_val(queue, link.user);
			leads[link.user] = true;
		}
	}
	g_array_unref(queue);
	g_array_unref(links);
	return leads;
}

/* -------------------------------------------------- the places of calls */

/* The index is sorted by name; here the calls are wanted by file. */
static int compare_calls(const void *a, const void *b)
{
	const struct call *x = a, *y = b;

	if (x->file != y->file)
		return x->file < y->file ? -1 : 1;
	return x->offset < y->offset ? -1 : x->offset > y->offset;
}

static void find_calls(struct printer *printer)
{
	const struct index *index = printer->model->index;

	for (uint32_t n = 0; n < index->name_count; n++) {
		bool leads = printer->leads[n];
		bool pastes = pastes_has(printer->pastes, index->names[n]);

		for (uint32_t i = index->start[n]; i < index->start[n + 1];
		     i++) {
			const struct place *place = &index->place[i];
			struct call call = {
				.file = place->file, .offset = place->offset,
				.is_value = place->kind == REF_VALUE,
				.pastes = place->kind == REF_CALL && pastes,
			};

			if (place->kind == REF_CALL ||
			    (place->kind == REF_VALUE && leads))
				g_array_append_val(printer->calls, call);
		}
	}
	qsort(printer->calls->data, printer->calls->len, sizeof(struct call),
	      compare_calls);
}

static bool is_macro(const struct definition *definition, bool has_parameters)
{
	return definition->region->kind == REGION_MACRO &&
	       !!(definition->region->flags & REGION_PARAMETERS) ==
	       has_parameters;
}

/* Can the name mean a macro, with or without parameters, in the file? */
static bool can_be_macro(struct model *model, uint32_t file, name_t name,
			 bool has_parameters)
{
	const GArray *all = resolve(model, file, name);

	for (guint i = 0; i < all->len; i++)
		if (is_macro(&g_array_index(all, struct definition, i),
			     has_parameters))
			return true;
	return false;
}

/* Is token @i an argument of a macro? */
static bool is_handed_to_macro(struct model *model, const struct body *body,
			       uint32_t i)
{
	uint32_t open = body_enclosing(body, i);

	return open != NO_MATCH && open && body_kind(body, open) == '(' &&
	       body_is_name(body, open - 1) && !body_is_member(body, open - 1) &&
	       can_be_macro(model, body->file, body->toks.tok[open - 1].name,
			    true);
}

/* Can what stands at the byte be an argument, by its neighbours? */
static bool looks_like_argument(const char *text, uint32_t offset,
				uint32_t length)
{
	uint32_t i = offset;

	while (i && (g_ascii_isspace(text[i - 1]) || text[i - 1] == '&'))
		i--;
	if (!i || (text[i - 1] != '(' && text[i - 1] != ','))
		return false;
	for (i = offset + length; g_ascii_isspace(text[i]); i++)
		;
	return text[i] == ',' || text[i] == ')';
}

/* Does the name alone stand for a call there? */
static bool is_call(struct printer *printer, const struct call *call,
		    const struct region *region, const char *text,
		    uint32_t length)
{
	struct model *model = printer->model;
	name_t name = name_hash(text + call->offset, length);
	const struct body *body;
	bool whole;
	uint32_t i;

	if (!region || !resolve(model, call->file, name)->len)
		return false;
	whole = region->kind == REGION_MACRO ||
		can_be_macro(model, call->file, name, false);
	if (!whole && !looks_like_argument(text, call->offset, length))
		return false;
	body = body_of(model, call->file, region);
	i = body_token(body, call->offset);
	if (i == NO_MATCH || body_variable(body, name))
		return false;
	return whole || is_handed_to_macro(model, body, i);
}

/* ------------------------------------------------------------- printing */

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

static void print_call(struct printer *printer, uint32_t file,
		       const struct region *region, const char *name,
		       size_t length)
{
	const char *text = model_text(printer->model, file, NULL);
	char *pair;

	if (region && region->name && region->kind != REGION_STATEMENT)
		pair = g_strdup_printf("%s%.*s\t%.*s", prefix(region),
				       region->name_length,
				       text + region->name_offset,
				       (int)length, name);
	else
		pair = g_strdup_printf("-\t%.*s", (int)length, name);
	if (g_hash_table_add(printer->seen, pair))
		fprintf(printer->out, "%s\t%u\t%s\n",
			printer->model->index->paths[file], printer->line,
			pair);
}

static void print_pasted(struct printer *printer, const struct call *call,
			 const struct region *region)
{
	const struct body *body = body_of(printer->model, call->file, region);
	uint32_t i = body_token(body, call->offset);
	GPtrArray *names = printer->names;

	if (i == NO_MATCH)
		return;
	pastes_names(printer->pastes, body, i, names);
	for (guint n = 0; n < names->len; n++)
		print_call(printer, call->file, region, names->pdata[n],
			   strlen(names->pdata[n]));
}

static void print_place(struct printer *printer, const struct call *call,
			const char *text)
{
	const struct region *region = index_region(printer->model->index,
						   call->file, call->offset);
	size_t length = word_length(text + call->offset);

	if (!call->is_value ||
	    is_call(printer, call, region, text, (uint32_t)length))
		print_call(printer, call->file, region, text + call->offset,
			   length);
	if (call->pastes && region)
		print_pasted(printer, call, region);
}

static void print_file(struct printer *printer, const struct call *calls,
		       guint count)
{
	uint32_t file = calls->file, length;
	const char *text = model_text(printer->model, file, &length);
	uint32_t at = 0;

	printer->line = 1;
	for (guint i = 0; i < count && calls[i].offset < length; i++) {
		bool next = !i;

		for (; at < calls[i].offset; at++) {
			printer->line += text[at] == '\n';
			next |= text[at] == '\n';
		}
		if (next)
			g_hash_table_remove_all(printer->seen);
		print_place(printer, &calls[i], text);
	}
	model_forget(printer->model, file);
}

void edges_print(struct model *model, FILE *out)
{
	struct printer printer = {
		.model = model, .out = out,
		.pastes = pastes_new(model),
		.leads = find_leads(model->index),
		.calls = g_array_new(FALSE, FALSE, sizeof(struct call)),
		.names = g_ptr_array_new(),
		.seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					      NULL),
	};
	const struct call *all;

	find_calls(&printer);
	all = (const struct call *)(void *)printer.calls->data;
	for (guint i = 0, next; i < printer.calls->len; i = next) {
		for (next = i; next < printer.calls->len &&
		     all[next].file == all[i].file; next++)
			;
		print_file(&printer, all + i, next - i);
	}
	g_hash_table_unref(printer.seen);
	g_ptr_array_unref(printer.names);
	g_array_unref(printer.calls);
	g_free(printer.leads);
	pastes_free(printer.pastes);
}
