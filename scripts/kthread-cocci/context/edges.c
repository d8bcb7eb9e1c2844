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
	GHashTable *leads;	/* region of a macro -> is it a call? */
	unsigned int depth;	/* of macros in macros */
	GPtrArray *names;	/* what a call pastes */
	GHashTable *seen;	/* what was printed of the line */
	unsigned int line;
	FILE *out;
};

/* ------------------------------------------ macros that stand for calls */

static bool is_macro(const struct definition *definition, bool has_parameters)
{
	return definition->region->kind == REGION_MACRO &&
	       !!(definition->region->flags & REGION_PARAMETERS) ==
	       has_parameters;
}

/* Is token @i an argument of a macro? */
static bool is_handed_to_macro(struct model *model, const struct body *body,
			       uint32_t i)
{
	uint32_t open = body_enclosing(body, i);
	const GArray *all;

	if (open == NO_MATCH || !open || body_kind(body, open) != '(' ||
	    !body_is_name(body, open - 1) || body_is_member(body, open - 1))
		return false;
	all = resolve(model, body->file, body->toks.tok[open - 1].name);
	for (guint d = 0; d < all->len; d++)
		if (is_macro(&g_array_index(all, struct definition, d), true))
			return true;
	return false;
}

static bool leads(struct printer *printer, const struct definition *definition);

/* Does token @i of a macro's replacement list call something? */
static bool token_leads(struct printer *printer, const struct body *body,
			uint32_t i)
{
	name_t name = body->toks.tok[i].name;
	bool is_called = body_kind(body, i + 1) == '(';
	const GArray *all;

	if (body_is_member(body, i) || body_variable(body, name))
		return false;
	if (is_called && pastes_has(printer->pastes, name) &&
	    pastes_any(printer->pastes, body, i))
		return true;
	all = resolve(printer->model, body->file, name);
	for (guint d = 0; d < all->len; d++)
		if (leads(printer, &g_array_index(all, struct definition, d)))
			return is_called || body->toks.count == body->first + 1 ||
			       is_macro(&g_array_index(all, struct definition,
						       d), false) ||
			       is_handed_to_macro(printer->model, body, i);
	return false;
}

static bool macro_leads(struct printer *printer,
			const struct definition *definition)
{
	const struct body *body = body_of(printer->model, definition->file,
					  definition->region);
	bool found = false;

	if (printer->depth >= MODEL_MAX_DEPTH)
		return false;
	printer->depth++;
	for (uint32_t i = body->first; i < body->toks.count && !found; i++)
		found = body_is_name(body, i) && token_leads(printer, body, i);
	printer->depth--;
	return found;
}

/* Is this a function, or a macro on the way to one? */
static bool leads(struct printer *printer, const struct definition *definition)
{
	gpointer key = (gpointer)(uintptr_t)definition->region;
	gpointer known;
	bool found;

	if (definition->region->kind != REGION_MACRO)
		return true;
	if (g_hash_table_lookup_extended(printer->leads, key, NULL, &known))
		return known;
	/* It does not by itself, where macros go in a circle. */
	g_hash_table_insert(printer->leads, key, NULL);
	found = macro_leads(printer, definition);
	if (found)
		g_hash_table_insert(printer->leads, key, key);
	return found;
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

static bool is_defined(const struct index *index, uint32_t name)
{
	for (uint32_t i = index->start[name]; i < index->start[name + 1]; i++)
		if (index->place[i].kind == REF_FUNCTION ||
		    index->place[i].kind == REF_MACRO)
			return true;
	return false;
}

static void find_calls(struct printer *printer)
{
	const struct index *index = printer->model->index;

	for (uint32_t n = 0; n < index->name_count; n++) {
		bool defined = is_defined(index, n);
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
			    (place->kind == REF_VALUE && defined))
				g_array_append_val(printer->calls, call);
		}
	}
	if (printer->calls->len)
		qsort(printer->calls->data, printer->calls->len,
		      sizeof(struct call), compare_calls);
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

/* Is there a variable of this name at the file's scope, not a function? */
static bool is_variable(const struct index *index, uint32_t file, name_t name)
{
	struct places places = index_places_in(index, name, file);
	bool found = false;

	for (uint32_t i = 0; i < places.count; i++) {
		if (places.place[i].kind == REF_FUNCTION ||
		    places.place[i].kind == REF_MACRO)
			return false;
		found |= places.place[i].kind == REF_VARIABLE;
	}
	return found;
}

/* Does the name alone stand for a call there? */
static bool is_call(struct printer *printer, const struct call *call,
		    const struct region *region, const char *text,
		    uint32_t length)
{
	struct model *model = printer->model;
	name_t name = name_hash(text + call->offset, length);
	bool whole = false, found = false;
	const struct body *body;
	const GArray *all;
	uint32_t i;

	if (!region)
		return false;
	all = resolve(model, call->file, name);
	for (guint d = 0; d < all->len; d++) {
		const struct definition *definition =
			&g_array_index(all, struct definition, d);

		if (leads(printer, definition)) {
			found = true;
			whole |= region->kind == REGION_MACRO ||
				 is_macro(definition, false);
		}
	}
	if (!found || (!whole && !looks_like_argument(text, call->offset,
						      length)))
		return false;
	body = body_of(model, call->file, region);
	i = body_token(body, call->offset);
	if (i == NO_MATCH || body_variable(body, name) ||
	    is_variable(model->index, call->file, name))
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
		       const struct region *region, const char *spelling,
		       size_t length, name_t name)
{
	const char *path = printer->model->index->paths[file];
	const char *text = model_text(printer->model, file, NULL);
	uint64_t key;

	if (region && (!region->name || region->kind == REGION_STATEMENT))
		region = NULL;
	key = name ^ (uintptr_t)region;
	if (!g_hash_table_add(printer->seen, (gpointer)(uintptr_t)key))
		return;
	if (region)
		fprintf(printer->out, "%s\t%u\t%s%.*s\t%.*s\n", path,
			printer->line, prefix(region), region->name_length,
			text + region->name_offset, (int)length, spelling);
	else
		fprintf(printer->out, "%s\t%u\t-\t%.*s\n", path, printer->line,
			(int)length, spelling);
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
			   strlen(names->pdata[n]), name_of(names->pdata[n]));
}

static void print_place(struct printer *printer, const struct call *call,
			const char *text)
{
	const struct region *region = index_region(printer->model->index,
						   call->file, call->offset);
	size_t length = word_length(text + call->offset);

	if (!length)	/* the file has just changed */
		return;
	if (!call->is_value ||
	    is_call(printer, call, region, text, (uint32_t)length))
		print_call(printer, call->file, region, text + call->offset,
			   length, name_hash(text + call->offset, length));
	if (call->pastes && region)
		print_pasted(printer, call, region);
}

static void print_file(struct printer *printer, const struct call *calls,
		       guint count)
{
	uint32_t file = calls->file, length;
	const char *text;
	uint32_t at = 0;

	if (printer->model->index->tree->kernel &&
	    tree_kernel_path(printer->model->index->tree,
			     printer->model->index->paths[file]))
		return;
	text = model_text(printer->model, file, &length);

	printer->line = 1;
	for (guint i = 0; i < count && calls[i].offset < length; i++) {
		bool next = !i;

		for (; at < calls[i].offset; at++) {
			printer->line += text[at] == '\n';
			next |= text[at] == '\n';
		}
		if (next && g_hash_table_size(printer->seen))
			g_hash_table_remove_all(printer->seen);
		print_place(printer, &calls[i], text);
	}
	model_forget(printer->model);
}

void edges_print(struct model *model, FILE *out)
{
	struct printer printer = {
		.model = model, .out = out,
		.pastes = pastes_new(model),
		.leads = g_hash_table_new(NULL, NULL),
		.calls = g_array_new(FALSE, FALSE, sizeof(struct call)),
		.names = g_ptr_array_new(),
		.seen = g_hash_table_new(NULL, NULL),
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
	g_hash_table_unref(printer.leads);
	pastes_free(printer.pastes);
}
