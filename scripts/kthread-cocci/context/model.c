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

/* The bytes of a file, which lie in the arena. */
struct text {
	const char *data;
	uint32_t length;
};

struct model *model_new(const struct index *index)
{
	struct model *model = g_new0(struct model, 1);

	model->index = index;
	model->texts = g_hash_table_new_full(NULL, NULL, NULL, g_free);
	model->loaded = g_byte_array_new();
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
	g_byte_array_unref(model->loaded);
	toks_clear(&model->scratch);
	g_free(model->worlds);
	g_free(model);
}

static struct text *load_text(struct model *model, uint32_t file)
{
	struct text *text = g_new(struct text, 1);
	GByteArray *loaded = model->loaded;
	char *data;

	if (!tree_load(model->index->tree, model->index->paths[file], loaded)) {
		/* The index has just read it; now it is gone. */
		g_byte_array_set_size(loaded, TREE_PADDING);
		memset(loaded->data, 0, TREE_PADDING);
	}
	data = arena_take(model->arena, &model->rest, loaded->len);
	memcpy(data, loaded->data, loaded->len);
	*text = (struct text){ data, loaded->len - TREE_PADDING };
	return text;
}

const char *model_text(struct model *model, uint32_t file, uint32_t *length)
{
	struct text *text = g_hash_table_lookup(model->texts,
						GUINT_TO_POINTER(file));

	if (!text) {
		text = load_text(model, file);
		g_hash_table_insert(model->texts, GUINT_TO_POINTER(file), text);
	}
	if (length)
		*length = text->length;
	return text->data;
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
	const char *text = model_text(model, file, NULL);

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
	uint32_t length;
	const char *text = model_text(model, file, &length);
	uint32_t end = MIN(offset, length);

	while (end < length && is_part(text[end]))
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
