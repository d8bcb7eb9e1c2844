// SPDX-License-Identifier: GPL-2.0-only
/* Texts, lines and names of the code model; see model.h. */
#include "context/model.h"

#include <string.h>

#include "context/body.h"
#include "context/flow.h"
#include "context/types.h"

static void array_free(gpointer data)
{
	g_array_unref(data);
}

static void free_body(gpointer data)
{
	body_free(data);
}

static void free_record(gpointer data)
{
	record_free(data);
}

/*
 * The bytes of a file, which lie in the arena.  Of a large file only some pages
 * are read: most is never asked for, and new memory is what takes longest.
 */
struct text {
	char *data;
	uint32_t length;
	bool *pages;		/* which of them are there; NULL: all */
};

#define PAGE 4096u

static void text_free(gpointer data)
{
	struct text *text = data;

	g_free(text->pages);
	g_free(text);
}

struct model *model_new(const struct index *index)
{
	struct model *model = g_new0(struct model, 1);

	model->index = index;
	model->texts = g_hash_table_new_full(NULL, NULL, NULL, text_free);
	model->arena = arena_new();
	model->bodies = g_hash_table_new_full(NULL, NULL, NULL, free_body);
	model->structs = g_hash_table_new_full(g_int64_hash, g_int64_equal,
					       g_free, free_record);
	model->resolved = g_hash_table_new_full(g_int64_hash, g_int64_equal,
						g_free, array_free);
	model->defining = g_hash_table_new_full(g_int64_hash, g_int64_equal,
						g_free, array_free);
	model->flows = g_hash_table_new_full(g_int64_hash, g_int64_equal,
					     g_free, array_free);
	model->own_flows = g_hash_table_new_full(g_int64_hash, g_int64_equal,
						 g_free, own_flows_free);
	model->variables = g_hash_table_new_full(g_int64_hash, g_int64_equal,
						 g_free, g_free);
	model->returns = g_hash_table_new_full(NULL, NULL, NULL, g_free);
	return model;
}

void model_free(struct model *model)
{
	g_hash_table_unref(model->bodies);
	g_hash_table_unref(model->structs);
	g_hash_table_unref(model->resolved);
	g_hash_table_unref(model->defining);
	g_hash_table_unref(model->flows);
	g_hash_table_unref(model->own_flows);
	g_hash_table_unref(model->variables);
	g_hash_table_unref(model->returns);
	g_hash_table_unref(model->texts);
	arena_free(model->arena);
	toks_clear(&model->scratch);
	g_free(model->worlds);
	g_free(model);
}

/* Room for a file.  One that is gone since the index read it is empty. */
static struct text *text_new(struct model *model, uint32_t file)
{
	struct text *text = g_new0(struct text, 1);
	struct stat st = { 0 };

	if (!tree_stat(model->index->tree, model->index->paths[file], &st))
		text->length = (uint32_t)MIN(st.st_size, UINT32_MAX / 2);
	text->data = arena_take(model->arena, &model->rest,
				text->length + TREE_PADDING);
	memset(text->data + text->length, 0, TREE_PADDING);
	text->pages = g_new0(bool, text->length / PAGE + 1);
	return text;
}

static struct text *text_of(struct model *model, uint32_t file)
{
	struct text *text = g_hash_table_lookup(model->texts,
						GUINT_TO_POINTER(file));

	if (!text) {
		text = text_new(model, file);
		g_hash_table_insert(model->texts, GUINT_TO_POINTER(file), text);
	}
	return text;
}

/* Read what is not there yet of the bytes from @start to @end. */
static void read_pages(struct model *model, uint32_t file, struct text *text,
		       uint32_t start, uint32_t end)
{
	uint32_t first = start / PAGE;
	uint32_t last = (end + PAGE - 1) / PAGE;

	while (first < last && text->pages[first])
		first++;
	while (first < last && text->pages[last - 1])
		last--;
	if (first == last)
		return;
	start = first * PAGE;
	tree_part(model->index->tree, model->index->paths[file],
		  text->data + start, start,
		  MIN(last * PAGE, text->length) - start);
	memset(text->pages + first, true, last - first);
	if (!first && end == text->length)
		g_clear_pointer(&text->pages, g_free);
}

const char *model_part(struct model *model, uint32_t file, uint32_t start,
		       uint32_t end)
{
	struct text *text = text_of(model, file);

	end = MIN(end, text->length);
	if (text->pages && start < end)
		read_pages(model, file, text, start, end);
	return text->data;
}

const char *model_text(struct model *model, uint32_t file, uint32_t *length)
{
	const struct text *text = text_of(model, file);

	if (length)
		*length = text->length;
	return model_part(model, file, 0, text->length);
}

uint32_t model_length(struct model *model, uint32_t file)
{
	return text_of(model, file)->length;
}
static bool is_bracket(uint8_t kind)
{
	return kind && kind < 128 && strchr("()[]{}", kind);
}

/* All branches count as one text: the lines of conditionals go. */
static void drop_conditionals(struct toks *toks)
{
	uint32_t *now = NULL;
	uint32_t kept = 0;

	for (uint32_t i = 0; i <= toks->count; i++) {
		if (toks->tok[i].kind >= TOK_IF && !now)
			now = g_new(uint32_t, toks->count + 1);
	}
	if (!now)
		return;
	for (uint32_t i = 0; i <= toks->count; i++) {
		now[i] = kept;
		kept += toks->tok[i].kind < TOK_IF;
	}
	for (uint32_t i = 0; i <= toks->count; i++) {
		struct tok tok = toks->tok[i];

		if (tok.kind >= TOK_IF)
			continue;
		if (is_bracket(tok.kind) && tok.match != NO_MATCH)
			tok.match = now[tok.match];
		toks->tok[now[i]] = tok;
	}
	toks->count = kept - 1;
	g_free(now);
}

void model_tokens(struct model *model, uint32_t file, uint32_t start,
		  uint32_t length, struct toks *toks)
{
	const char *text = model_part(model, file, start,
				      start + length + TREE_PADDING);

	toks_read(&model->scratch, text + start, length);
	toks->count = model->scratch.count;
	toks->allocated = toks->count + 1;
	toks->tok = g_memdup2(model->scratch.tok,
			      toks->allocated * sizeof(struct tok));
	for (uint32_t i = 0; i <= toks->count; i++)
		toks->tok[i].offset += start;
	drop_conditionals(toks);
}

void model_forget(struct model *model)
{
	g_hash_table_remove_all(model->bodies);
	g_hash_table_remove_all(model->resolved);
	g_hash_table_remove_all(model->texts);
	arena_clear(model->arena, &model->rest);
	model->last.line = 0;
}

unsigned int model_line(struct model *model, uint32_t file, uint32_t offset)
{
	unsigned int line = 1;
	uint32_t length;
	const char *text = model_text(model, file, &length);
	const char *end = text + MIN(offset, length);

	/* Most are asked in order. */
	if (model->last.line && model->last.file == file &&
	    model->last.offset <= MIN(offset, length)) {
		line = model->last.line;
		text += model->last.offset;
	}
	while ((text = memchr(text, '\n', (size_t)(end - text)))) {
		line++;
		text++;
	}
	model->last.file = file;
	model->last.offset = MIN(offset, length);
	model->last.line = line;
	return line;
}

static bool is_part(char c)
{
	return g_ascii_isalnum(c) || c == '_' || c == '$';
}

char *model_word(struct model *model, uint32_t file, uint32_t offset)
{
	uint32_t length = model_length(model, file);
	uint32_t end = MIN(offset, length);
	const char *text = model_part(model, file, end, end + PAGE);

	while (end < length && end - offset < PAGE && is_part(text[end]))
		end++;
	return g_strndup(text + MIN(offset, length),
			 end - MIN(offset, length));
}

char *model_region_name(struct model *model, uint32_t file,
			const struct region *region)
{
	char *word = model_word(model, file, region->name_offset);
	char *name;

	if (!(region->flags & (REGION_SYSCALL | REGION_COMPAT_SYSCALL)))
		return word;
	name = g_strconcat(region->flags & REGION_SYSCALL ? "sys_" :
			   "compat_sys_", word, NULL);
	g_free(word);
	return name;
}
