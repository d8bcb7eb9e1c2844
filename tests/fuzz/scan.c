// SPDX-License-Identifier: GPL-2.0-only
/*
 * libFuzzer's target for what reads the tree: scan/ and context/.
 *
 * The input is a tree of up to three files, with a NUL between them.  There is
 * no disk below it: the linker puts the functions here in the place of those
 * of tree.c (--wrap, see tests/fuzz.sh).  The texts have no byte more behind
 * them than they are said to have, so that the sanitizer sees every read too
 * far.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "context/edges.h"
#include "context/flow.h"
#include "context/guard.h"
#include "context/report.h"
#include "context/sink.h"
#include "context/sites.h"
#include "scan/index.h"
#include "tree.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
bool __wrap_tree_load(const struct tree *tree, const char *path,
		      GByteArray *buffer);
int __wrap_tree_stat(const struct tree *tree, const char *path,
		     struct stat *st);
GBytes *__wrap_tree_read(const struct tree *tree, const char *path);

/* Tokens of a region that are asked about each; of more, every n-th. */
#define MAX_QUESTIONS 60

#define FILES 3

static const char *const paths[FILES] = {
	"drivers/a.c", "drivers/b.c", "include/linux/c.h",
};

static struct {
	const uint8_t *data;
	size_t length;
} texts[FILES];

static struct tables *tables;
static FILE *nowhere;

static size_t number_of(const char *path)
{
	size_t i = 0;

	while (strcmp(paths[i], path))
		i++;
	return i;
}

bool __wrap_tree_load(const struct tree *tree, const char *path,
		      GByteArray *buffer)
{
	static const guint8 padding[TREE_PADDING];
	size_t i = number_of(path);

	(void)tree;
	g_byte_array_set_size(buffer, 0);
	g_byte_array_append(buffer, texts[i].data, (guint)texts[i].length);
	g_byte_array_append(buffer, padding, TREE_PADDING);
	return true;
}

int __wrap_tree_stat(const struct tree *tree, const char *path, struct stat *st)
{
	(void)tree;
	memset(st, 0, sizeof(*st));
	st->st_size = (off_t)texts[number_of(path)].length;
	return 0;
}

/* Only MAINTAINERS is read like this; there is none. */
GBytes *__wrap_tree_read(const struct tree *tree, const char *path)
{
	(void)tree;
	(void)path;
	errno = ENOENT;
	return NULL;
}

static void split(const uint8_t *data, size_t size)
{
	for (size_t i = 0; i < FILES; i++) {
		const uint8_t *end = i + 1 < FILES && size ?
			memchr(data, 0, size) : NULL;

		texts[i].data = data;
		texts[i].length = end ? (size_t)(end - data) : size;
		data += texts[i].length + (end != NULL);
		size -= texts[i].length + (end != NULL);
	}
}

static struct tree *make_tree(void)
{
	struct tree *tree = g_new0(struct tree, 1);

	tree->files = g_ptr_array_new_with_free_func(g_free);
	for (size_t i = 0; i < FILES; i++) {
		struct tree_file *file = g_new0(struct tree_file, 1);

		file->path = (char *)(uintptr_t)paths[i];
		file->kind = FILE_SOURCE;
		g_ptr_array_add(tree->files, file);
	}
	return tree;
}

static void free_tree(struct tree *tree)
{
	g_ptr_array_unref(tree->files);
	g_free(tree);
}

/* A copy with just the zero bytes behind it that its readers may rely on. */
static guint8 *exact(size_t i)
{
	guint8 *copy = g_malloc0(texts[i].length + TREE_PADDING);

	if (texts[i].length)
		memcpy(copy, texts[i].data, texts[i].length);
	return copy;
}

static bool is_pair(uint8_t open, uint8_t close)
{
	return (open == '(' && close == ')') || (open == '[' && close == ']') ||
	       (open == '{' && close == '}');
}

/*
 * Closing brackets of several branches of a conditional share the opening one,
 * whose partner is the last of them.
 */
static void check_brackets(const struct toks *toks, uint32_t i)
{
	const struct tok *tok = &toks->tok[i];
	const struct tok *other;

	switch (tok->kind) {
	case '(': case '[': case '{':
		if (tok->match == NO_MATCH)
			break;
		g_assert_cmpuint(tok->match, >, i);
		g_assert_cmpuint(tok->match, <, toks->count);
		other = &toks->tok[tok->match];
		g_assert_true(is_pair(tok->kind, other->kind));
		g_assert_cmpuint(other->match, ==, i);
		break;
	case ')': case ']': case '}':
		if (tok->match == NO_MATCH)
			break;
		g_assert_cmpuint(tok->match, <, i);
		other = &toks->tok[tok->match];
		g_assert_true(is_pair(other->kind, tok->kind));
		g_assert_cmpuint(other->match, !=, NO_MATCH);
		g_assert_cmpuint(other->match, >=, i);
		break;
	default:
		break;
	}
}

static void check_tokens(const struct toks *toks, size_t length)
{
	for (uint32_t i = 0; i < toks->count; i++) {
		const struct tok *tok = &toks->tok[i];

		g_assert_cmpuint(tok->offset + tok->length, <=, length);
		if (i)
			g_assert_cmpuint(tok[-1].offset, <=, tok->offset);
		check_brackets(toks, i);
	}
	g_assert_cmpuint(toks->tok[toks->count].kind, ==, TOK_END);
}

static void check_region(const struct region *region, size_t length)
{
	g_assert_cmpuint(region->start, <=, region->end);
	g_assert_cmpuint(region->end, <=, length);
	if (region->name) {
		g_assert_cmpuint(region->name_offset, >=, region->start);
		g_assert_cmpuint(region->name_offset + region->name_length, <=,
				 region->end);
	}
}

static void check_scan(const struct scan *scan, size_t length)
{
	for (guint i = 0; i < scan->refs->len; i++) {
		const struct ref *ref = &g_array_index(scan->refs, struct ref,
						       i);

		g_assert_cmpuint(ref->offset, <, length);
		g_assert_cmpuint(ref->kind, <, REF_KINDS);
		g_assert_cmpuint(ref->name, !=, 0);
	}
	for (guint i = 0; i < scan->regions->len; i++) {
		const struct region *region =
			&g_array_index(scan->regions, struct region, i);

		check_region(region, length);
		if (i)
			g_assert_cmpuint(region[-1].start, <=, region->start);
	}
}

static void scan_files(void)
{
	struct scan *scan = scan_new();
	struct toks toks = { 0 };

	for (size_t i = 0; i < FILES; i++) {
		guint8 *text = exact(i);

		toks_read(&toks, (char *)text, (uint32_t)texts[i].length);
		check_tokens(&toks, texts[i].length);
		scan_text(scan, &toks, (char *)text,
			  (uint32_t)texts[i].length);
		check_scan(scan, texts[i].length);
		g_free(text);
	}
	toks_clear(&toks);
	scan_free(scan);
}

/* Whatever can be asked about a name. */
static void ask_token(struct model *model, struct body *body, uint32_t i)
{
	struct guard guard = guard_of(body, i);
	struct sink sink = sink_of(model, body, i);
	struct slot slot = chain_slot(model, body, i);
	struct type type;
	uint32_t start;

	guard_lets(body, i, &guard);
	if (sink.kind == SINK_SLOT)
		g_free(slot_text(model, &sink.slot));
	if (sink.kind == SINK_ARGUMENT)
		g_assert_true(body_is_name(body, sink.token));
	sink_of_call(model, body, i);
	g_free(slot_text(model, &slot));
	slot = slot_at_use(model, body, i, &slot);
	g_free(slot_text(model, &slot));
	type = expression_type(model, body, i, &start);
	g_assert_cmpuint(start, <=, i);
	type_record(model, &type, body->file);
	body_is_called(body, i);
	body_enclosing(body, i);
	body_variable(body, body->toks.tok[i].name);
}

static void ask_region(struct graph *graph, uint32_t file,
		       const struct region *region)
{
	struct definition definition = { file, region };
	struct model *model = graph->model;
	struct body *body = body_of(model, file, region);
	uint32_t step = 1 + body->toks.count / MAX_QUESTIONS;
	struct chain_query query = {
		.graph = graph, .limit = STRENGTH_NAME, .all = true,
	};

	for (uint32_t i = 0; i < body->toks.count; i += step)
		if (body_is_name(body, i))
			ask_token(model, body, i);
	for (guint p = 0; p < body->parameters->len && p < 4; p++)
		parameter_flows(model, tables, &definition, (int)p);
	g_free(model_region_name(model, file, region));
	if (region->kind == REGION_STATEMENT)
		return;
	query.node = graph_function(graph, file, region);
	for (int context = 0; context < CONTEXTS; context++) {
		GArray *cuts = g_array_new(FALSE, FALSE, sizeof(struct cut));

		query.context = (enum context)context;
		g_ptr_array_unref(chains_find(&query, cuts));
		g_array_unref(cuts);
	}
}

static void check_index(const struct index *index)
{
	for (uint32_t n = 0; n < index->name_count; n++) {
		struct places places = index_places(index, index->names[n]);

		g_assert_cmpuint(places.count, >, 0);
		for (uint32_t i = 0; i < places.count; i++)
			g_assert_cmpuint(places.place[i].file, <,
					 index->file_count);
	}
}

static void ask_everything(struct model *model)
{
	const struct report_options options = {
		.verdicts = (1u << VERDICTS) - 1, .all_chains = true,
	};
	const struct index *index = model->index;
	struct sites *sites = sites_new(model, tables, STRENGTH_NAME);

	for (uint32_t f = 0; f < index->file_count; f++)
		for (uint32_t r = index->first_region[f];
		     r < index->first_region[f + 1]; r++)
			ask_region(sites->graph, f, &index->region[r]);
	report_tsv(sites, &options, nowhere);
	report_json(sites, &options, nowhere);
	sites_free(sites);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	const char *folder = g_getenv("KTHREAD_COCCI_DIR");
	char *error = NULL;

	(void)argc;
	(void)argv;
	tables = tables_read(folder ? folder : "cocci", &error);
	if (!tables)
		g_error("%s", error);
	nowhere = fopen("/dev/null", "w");
	if (!nowhere)
		g_error("cannot open /dev/null");
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct index_options options = { .jobs = 1, .no_cache = true };
	struct findings *findings;
	struct index *index;
	struct model *model;
	struct tree *tree;

	split(data, size);
	scan_files();
	tree = make_tree();
	findings = findings_new();
	index = index_open(tree, &options, findings);
	check_index(index);
	model = model_new(index);
	edges_print(model, nowhere);
	ask_everything(model);
	model_free(model);
	index_free(index);
	findings_free(findings);
	free_tree(tree);
	return 0;
}
