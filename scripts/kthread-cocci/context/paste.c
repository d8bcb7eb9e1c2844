// SPDX-License-Identifier: GPL-2.0-only
/* Names that macros paste together; see paste.h. */
#include "context/paste.h"

#include <stdlib.h>
#include <string.h>

#include "context/resolve.h"

/*
 * What a macro pastes.  A byte below MAX_PARAMETERS is the number of one of its
 * parameters, from 1; all others are the name's.
 */
struct pattern {
	const char *text;
	bool is_called;		/* a parenthesis follows */
};

#define MAX_PARAMETERS 32

/* So often are parameters handed on from macro to macro. */
#define MAX_ROUNDS 8

struct pastes {
	struct model *model;
	GStringChunk *texts;
	GHashTable *macros;	/* region -> GArray of struct pattern */
	GHashTable *names;	/* the names of these */
	GHashTable *made;	/* names of functions that are made so */
};

static void array_free(gpointer data)
{
	g_array_unref(data);
}

static bool has_parameters(const char *text)
{
	for (; *text; text++)
		if (*text > 0 && *text < MAX_PARAMETERS)
			return true;
	return false;
}

static bool contains(GHashTable *set, name_t name)
{
	return g_hash_table_contains(set, &name);
}

/* Returns whether the set lacked it. */
static bool insert(GHashTable *set, name_t name)
{
	return g_hash_table_add(set, g_memdup2(&name, sizeof(name)));
}

static GHashTable *name_set_new(void)
{
	return g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
}

/* Returns whether the macro lacked it. */
static bool add_pattern(struct pastes *pastes, const struct region *region,
			const char *text, bool is_called)
{
	GArray *all = g_hash_table_lookup(pastes->macros, region);
	struct pattern pattern = {
		g_string_chunk_insert_const(pastes->texts, text), is_called,
	};

	if (!all) {
		all = g_array_new(FALSE, FALSE, sizeof(pattern));
		g_hash_table_insert(pastes->macros,
				    (gpointer)(uintptr_t)region, all);
	}
	for (guint i = 0; i < all->len; i++) {
		const struct pattern *old = &g_array_index(all, struct pattern,
							   i);

		if (old->text == pattern.text &&
		    old->is_called == pattern.is_called)
			return false;
	}
	g_array_append_val(all, pattern);
	return true;
}

/* Token @i as a part of a pattern; false where it cannot be one. */
static bool add_part(const struct body *body, uint32_t i, GString *text)
{
	const struct tok *tok = &body->toks.tok[i];
	int parameter = -1;

	switch (body_kind(body, i)) {
	case TOK_NAME:
		if (body->region->kind == REGION_MACRO)
			parameter = body_parameter(body, tok->name);
		if (parameter + 1 >= MAX_PARAMETERS)
			return false;
		if (parameter < 0)
			break;
		g_string_append_c(text, (char)(parameter + 1));
		return true;
	case TOK_KEYWORD: case TOK_TYPE: case TOK_NUMBER:
		break;
	default:
		return false;
	}
	g_string_append_len(text, body->text + tok->offset, tok->length);
	return true;
}

/* The words from @i on with ## between them; returns the token behind. */
static uint32_t read_run(const struct body *body, uint32_t i, GString *text,
			 bool *valid)
{
	g_string_truncate(text, 0);
	*valid = add_part(body, i, text);
	while (body_kind(body, i + 1) == TOK_PASTE) {
		i += 2;
		*valid = *valid && add_part(body, i, text);
	}
	return MIN(i + 1, body->toks.count);
}

/* What the macro pastes itself. */
static void read_macro(struct pastes *pastes, const struct body *body)
{
	GString *text = g_string_new(NULL);
	uint32_t i = body->first;

	while (i < body->toks.count) {
		uint8_t before = i ? body_kind(body, i - 1) : TOK_END;
		bool valid;

		if (body_kind(body, i + 1) != TOK_PASTE) {
			i++;
			continue;
		}
		i = read_run(body, i, text, &valid);
		/* x->member##_name, struct name##_type */
		if (valid && has_parameters(text->str) && before != '.' &&
		    before != TOK_ARROW && before != TOK_TYPE &&
		    add_pattern(pastes, body->region, text->str,
				body_kind(body, i) == '('))
			insert(pastes->names, body->region->name);
	}
	g_string_free(text, TRUE);
}

static void read_file(struct pastes *pastes, uint32_t file)
{
	struct model *model = pastes->model;
	uint32_t length;
	const char *text = model_text(model, file, &length);
	const char *end = text + length;
	const char *at = text;

	while ((at = memmem(at, (size_t)(end - at), "##", 2))) {
		const struct region *region =
			index_region(model->index, file,
				     (uint32_t)(at - text));

		at += 2;
		if (!region || region->kind != REGION_MACRO)
			continue;
		read_macro(pastes, body_of(model, file, region));
		at = text + MIN(region->end, length);
	}
	model_forget(model);
}

/*
 * The pattern with the arguments of the call at token @i put in; they may be
 * patterns themselves.  False where one is missing or too complicated.
 */
static bool put_in(const struct body *body, uint32_t i, const char *pattern,
		   GString *result)
{
	GString *part = g_string_new(NULL);
	uint32_t first, end;
	bool valid = true;

	g_string_truncate(result, 0);
	for (; *pattern && valid; pattern++) {
		if (*pattern < 0 || *pattern >= MAX_PARAMETERS) {
			g_string_append_c(result, *pattern);
			continue;
		}
		if (!body_argument(body, i + 1, *pattern - 1, &first, &end)) {
			valid = false;
		} else if (first < end) {
			valid = read_run(body, first, part, &valid) == end &&
				valid;
			g_string_append_len(result, part->str,
					    (gssize)part->len);
		}
	}
	g_string_free(part, TRUE);
	return valid;
}

typedef void (*pasted_fn)(struct pastes *pastes, const struct body *body,
			  const char *text, bool is_called, gpointer data);

/* Call @each for all that the call at token @i pastes. */
static void for_each_pasted(struct pastes *pastes, const struct body *body,
			    uint32_t i, pasted_fn each, gpointer data)
{
	const GArray *all = resolve(pastes->model, body->file,
				    body->toks.tok[i].name);
	GString *text;

	if (body_kind(body, i + 1) != '(' ||
	    body_match(body, i + 1) == NO_MATCH)
		return;
	text = g_string_new(NULL);
	for (guint d = 0; d < all->len; d++) {
		const struct region *region =
			g_array_index(all, struct definition, d).region;
		const GArray *patterns = region == body->region ? NULL :
			g_hash_table_lookup(pastes->macros, region);

		for (guint p = 0; patterns && p < patterns->len; p++) {
			struct pattern pattern =
				g_array_index(patterns, struct pattern, p);

			if (put_in(body, i, pattern.text, text))
				each(pastes, body, text->str,
				     pattern.is_called, data);
		}
	}
	g_string_free(text, TRUE);
}

static int compare_places(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->file != y->file)
		return x->file < y->file ? -1 : 1;
	return x->offset < y->offset ? -1 : x->offset > y->offset;
}

/* The calls of the macros @names in regions of a kind, by file and offset. */
static GArray *calls_of(const struct index *index, GHashTable *names,
			enum region_kind kind)
{
	GArray *calls = g_array_new(FALSE, FALSE, sizeof(struct place));
	GHashTableIter iter;
	gpointer key;

	g_hash_table_iter_init(&iter, names);
	while (g_hash_table_iter_next(&iter, &key, NULL)) {
		struct places places = index_places(index, *(name_t *)key);

		for (uint32_t i = 0; i < places.count; i++) {
			struct place place = places.place[i];
			const struct region *region;

			if (place.kind != REF_CALL)
				continue;
			region = index_region(index, place.file, place.offset);
			if (region && region->kind == kind)
				g_array_append_val(calls, place);
		}
	}
	if (calls->len)
		qsort(calls->data, calls->len, sizeof(struct place),
		      compare_places);
	return calls;
}

/* Call @each for all that is pasted at the calls of the macros @names. */
static void for_all_calls(struct pastes *pastes, GHashTable *names,
			  enum region_kind kind, pasted_fn each, gpointer data)
{
	struct model *model = pastes->model;
	GArray *calls = calls_of(model->index, names, kind);

	for (guint i = 0; i < calls->len; i++) {
		struct place place = g_array_index(calls, struct place, i);
		const struct body *body =
			body_of(model, place.file,
				index_region(model->index, place.file,
					     place.offset));
		uint32_t token = body_token(body, place.offset);

		if (token != NO_MATCH)
			for_each_pasted(pastes, body, token, each, data);
		if (i + 1 == calls->len ||
		    g_array_index(calls, struct place, i + 1).file !=
		    place.file)
			model_forget(model);
	}
	g_array_unref(calls);
}

/* A macro calls another one with parameters of its own. */
static void hand_on(struct pastes *pastes, const struct body *body,
		    const char *text, bool is_called, gpointer data)
{
	GHashTable *changed = data;

	if (has_parameters(text) &&
	    add_pattern(pastes, body->region, text, is_called))
		insert(changed, body->region->name);
}

static void add_to_names(struct pastes *pastes, GHashTable *names)
{
	GHashTableIter iter;
	gpointer key;

	g_hash_table_iter_init(&iter, names);
	while (g_hash_table_iter_next(&iter, &key, NULL))
		insert(pastes->names, *(name_t *)key);
}

static void find_handed_on(struct pastes *pastes)
{
	GHashTable *names = g_hash_table_ref(pastes->names);

	for (int i = 0; i < MAX_ROUNDS && g_hash_table_size(names); i++) {
		GHashTable *changed = name_set_new();

		for_all_calls(pastes, names, REGION_MACRO, hand_on, changed);
		g_hash_table_unref(names);
		add_to_names(pastes, changed);
		names = changed;
	}
	g_hash_table_unref(names);
}

/* "DEFINE_CLASS(x, ...)" makes a function class_x_constructor(). */
static void add_made(struct pastes *pastes, const struct body *body,
		     const char *text, bool is_called, gpointer data)
{
	(void)body;
	(void)data;
	if (is_called && *text)
		insert(pastes->made, name_of(text));
}

struct pastes *pastes_new(struct model *model)
{
	struct pastes *pastes = g_new0(struct pastes, 1);

	pastes->model = model;
	pastes->texts = g_string_chunk_new(65536);
	pastes->macros = g_hash_table_new_full(NULL, NULL, NULL, array_free);
	pastes->names = name_set_new();
	pastes->made = name_set_new();
	for (uint32_t f = 0; f < model->index->file_count; f++)
		read_file(pastes, f);
	find_handed_on(pastes);
	for_all_calls(pastes, pastes->names, REGION_STATEMENT, add_made, NULL);
	return pastes;
}

void pastes_free(struct pastes *pastes)
{
	g_hash_table_unref(pastes->macros);
	g_hash_table_unref(pastes->names);
	g_hash_table_unref(pastes->made);
	g_string_chunk_free(pastes->texts);
	g_free(pastes);
}

bool pastes_has(const struct pastes *pastes, name_t name)
{
	return contains(pastes->names, name);
}

/*
 * Is this a function or macro?  Some functions are made by macros in ways that
 * are beyond us, but called by their names elsewhere.  What is made at file
 * scope is not called there.
 */
static bool is_defined(const struct pastes *pastes, const struct body *body,
		       name_t name, bool is_called)
{
	struct places places = index_places(pastes->model->index, name);
	bool in_code = body->region->kind != REGION_STATEMENT;

	for (uint32_t i = 0; i < places.count; i++)
		if (places.place[i].kind == REF_FUNCTION ||
		    places.place[i].kind == REF_MACRO ||
		    (places.place[i].kind == REF_CALL && is_called && in_code))
			return true;
	return in_code && contains(pastes->made, name);
}

static void add_name(struct pastes *pastes, const struct body *body,
		     const char *text, bool is_called, gpointer data)
{
	GPtrArray *names = data;
	char *name;

	if (!*text || has_parameters(text) ||
	    !is_defined(pastes, body, name_of(text), is_called))
		return;
	name = g_string_chunk_insert_const(pastes->texts, text);
	if (!g_ptr_array_find(names, name, NULL))
		g_ptr_array_add(names, name);
}

void pastes_names(struct pastes *pastes, const struct body *body, uint32_t i,
		  GPtrArray *names)
{
	g_ptr_array_set_size(names, 0);
	for_each_pasted(pastes, body, i, add_name, names);
}

bool pastes_any(struct pastes *pastes, const struct body *body, uint32_t i)
{
	GPtrArray *names = g_ptr_array_new();
	bool any;

	pastes_names(pastes, body, i, names);
	any = names->len;
	g_ptr_array_unref(names);
	return any;
}
