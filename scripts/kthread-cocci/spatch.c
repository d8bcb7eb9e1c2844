// SPDX-License-Identifier: GPL-2.0-only
/*
 * The spatch runner; see spatch.h.
 *
 * Files go to spatch in file groups of one, several groups per process: that
 * keeps one bad file from spoiling others and saves start-ups (spatch compiles
 * the OCaml of the semantic patch each time).  The processes get about equal
 * shares of the work, the longest first.  Where a process fails as a
 * whole, its files are tried again one by one, so that only the culprit fails.
 *
 * Files whose results an earlier run has kept (spatch-cache.h) are not run.
 */
#include "spatch.h"

#include <errno.h>
#include <string.h>
#include <sys/wait.h>

#include "edit.h"
#include "message.h"
#include "parallel.h"
#include "process.h"
#include "progress.h"
#include "scratch.h"
#include "spatch-cache.h"

/* More files than this in a process and a failure costs too much again. */
#define BATCH_FILES 60

/*
 * Below this weight, in bytes, nothing is left for whoever is done first: what
 * another start of spatch takes is more than it evens out.
 */
#define WORTH_EVENING (4 << 20)

struct batch {
	unsigned int id;
	gsize weight;
	gsize share;		/* of the weight that it is to get */
	GPtrArray *files;	/* struct spatch_file, not owned */
};

/* What spatch is called with, apart from files, time limit and macros. */
static const char *const rewrite_options[] = {
	"-D", "patch", "-D", "harness", "--in-place", "--no-show-diff",
	"--very-quiet", "--no-includes", NULL,
};

struct run {
	const struct spatch *spatch;
	GPtrArray *batches;
	gint next_id;
};

/*
 * How long spatch will take, in bytes: comments cost it next to nothing, and
 * what a slice leaves out is comments.  A file costs about as much as a few kB,
 * however small.
 */
static gsize weight_of(GBytes *text)
{
	gsize length, weight = 4096;
	const char *at = g_bytes_get_data(text, &length);
	const char *end = at + length;

	while (at < end) {
		const char *open = memmem(at, (size_t)(end - at), "/*", 2);
		const char *close = open ? memmem(open + 2, (size_t)(end - open)
						  - 2, "*/", 2) : NULL;

		weight += (gsize)((open ? open : end) - at);
		at = close ? close + 2 : end;
	}
	return weight;
}

static char *staged_name(unsigned int batch, guint index, const char *path)
{
	const char *dot = strrchr(path, '.');

	return g_strdup_printf("%u.%u%s", batch, index,
			       dot && !strcmp(dot, ".h") ? ".h" : ".c");
}

static void stage(const char *folder, const char *name, GBytes *text)
{
	char *path = g_build_filename(folder, name, NULL);
	GError *error = NULL;
	gsize len;
	const char *data = g_bytes_get_data(text, &len);

	if (!g_file_set_contents_full(path, data, (gssize)len,
				      G_FILE_SET_CONTENTS_NONE, 0600, &error))
		die("cannot write to the scratch folder: %s", error->message);
	g_free(path);
}

/* Nothing of the user's settings may change what spatch does. */
static const char *const *spatch_environment(void)
{
	static const char *environment[6];
	static gsize done;

	if (g_once_init_enter(&done)) {
		char *folder = scratch_folder("tmp");

		environment[0] = process_path();
		environment[1] = g_strdup_printf("HOME=%s", folder);
		environment[2] = g_strdup_printf("TMPDIR=%s", folder);
		environment[3] = "LC_ALL=C";
		g_free(folder);
		g_once_init_leave(&done, 1);
	}
	return environment;
}

static void add_sites(const char *name, const struct spatch_file *file,
		      GString *sites)
{
	char **lines = g_strsplit(file->sites ? file->sites : "", "\n", -1);

	for (char **line = lines; *line; line++)
		if (**line)
			g_string_append_printf(sites, "%s %s\n", name, *line);
	g_strfreev(lines);
}

static struct process_result run_spatch(const char *const *argv,
					const char *folder, const char *output,
					const char *errors, unsigned int limit)
{
	struct process process = {
		.argv = argv, .directory = folder,
		.environment = spatch_environment(),
		.output = output, .errors = errors, .limit = limit,
	};
	struct process_result result = process_run(&process);

	if (result.error)
		die("cannot run spatch: %s (install the package coccinelle)",
		    g_strerror(result.error));
	return result;
}

static const char *macro_option(const struct spatch *spatch)
{
	return spatch->own_macros_only ? "--macro-file" :
					 "--macro-file-builtins";
}

/* Lines on stderr that say nothing about a file. */
static bool is_chatter(const char *line)
{
	return !*line || g_str_has_prefix(line, "init_defs") ||
	       g_str_has_prefix(line, "warning:");
}

/* The first line of @errors that is one. */
static char *first_error(const char *errors)
{
	char **lines = g_strsplit(errors, "\n", -1);
	char *found = NULL;

	for (guint i = 0; lines[i] && !found; i++)
		if (!is_chatter(lines[i]))
			found = g_strdup(lines[i]);
	g_strfreev(lines);
	return found ? found : g_strdup("no message");
}

/* Does all that stands on stderr belong to files that failed? */
static bool is_quiet(const char *errors)
{
	char **lines = g_strsplit(errors, "\n", -1);
	bool quiet = true;

	for (char **line = lines; *line; line++)
		quiet &= is_chatter(*line) || g_str_has_prefix(*line, "EXN:");
	g_strfreev(lines);
	return quiet;
}

/* spatch's own words for an exception, without its file names. */
static char *explain_exception(const char *line, gsize length)
{
	char *text = g_strndup(line, length);
	char *cut;

	if (strstr(text, "Timeout")) {
		g_free(text);
		return g_strdup("spatch ran out of time");
	}
	/* " in FILE" at the end names the staged file, which says nothing. */
	cut = g_strrstr(text, " in ");
	if (cut)
		*cut = '\0';
	cut = strstr(text, "\\n");
	if (cut)
		*cut = '\0';
	cut = g_strdup_printf("spatch failed: %s", text + strlen("EXN: "));
	g_free(text);
	return cut;
}

/* "EXN: what in FILE" on stderr: that file failed. */
static void note_exceptions(const struct batch *batch, const char *errors)
{
	const char *line = errors;

	while (line && *line) {
		const char *end = strchr(line, '\n');
		gsize length = end ? (gsize)(end - line) : strlen(line);

		for (guint i = 0; g_str_has_prefix(line, "EXN:") &&
				  i < batch->files->len; i++) {
			struct spatch_file *file = batch->files->pdata[i];
			char *name = staged_name(batch->id, i, file->path);
			char *tail = g_strdup_printf(" in %s", name);

			if (!file->failure && length > strlen(tail) &&
			    !strncmp(line + length - strlen(tail), tail,
				     strlen(tail)))
				file->failure = explain_exception(line, length);
			g_free(tail);
			g_free(name);
		}
		line = end ? end + 1 : NULL;
	}
}

static void collect(const char *folder, const struct batch *batch, bool quiet)
{
	for (guint i = 0; i < batch->files->len; i++) {
		struct spatch_file *file = batch->files->pdata[i];
		char *name = staged_name(batch->id, i, file->path);
		char *path = g_build_filename(folder, name, NULL);
		GError *error = NULL;
		GBytes *result;
		char *data;
		gsize len;

		if (file->failure) {
			;
		} else if (!g_file_get_contents(path, &data, &len, &error)) {
			file->failure = g_strdup_printf("its result is lost: %s",
							error->message);
			g_error_free(error);
		} else {
			result = g_bytes_new_take(data, len);
			file->changed = !g_bytes_equal(result, file->text);
			g_bytes_unref(file->text);
			file->text = result;
			file->quiet = quiet;
		}
		g_free(path);
		g_free(name);
	}
}

/* Is it the semantic patch that spatch cannot read?  No file is to blame. */
static void check_semantic_patch(const struct spatch *spatch, const char *said)
{
	char *name = g_strdup_printf("File \"%s\", line ",
				     spatch->semantic_patch);
	const char *at = strstr(said, name);

	if (at) {
		char *what = first_error(said);

		die("%s:%u: spatch cannot read the semantic patch: %s",
		    spatch->semantic_patch,
		    (unsigned int)g_ascii_strtoull(at + strlen(name), NULL, 10),
		    what);
	}
	g_free(name);
}

/* Run one batch.  Returns false where the process failed as a whole. */
static bool run_batch(struct run *run, struct batch *batch)
{
	const struct spatch *spatch = run->spatch;
	char *number = g_strdup_printf("batch-%u", batch->id);
	char *folder = scratch_folder(number);
	char *output = g_build_filename(folder, "stdout", NULL);
	char *errors = g_build_filename(folder, "stderr", NULL);
	char *limit = g_strdup_printf("%u", spatch->limit);
	const char *const own[] = {
		"spatch", "--sp-file", spatch->semantic_patch, "--timeout",
		limit, macro_option(spatch), spatch->macros, "--file-groups",
		"groups",
	};
	const char *argv[G_N_ELEMENTS(own) + G_N_ELEMENTS(rewrite_options)];
	GString *groups = g_string_new(NULL);
	GString *sites = g_string_new(NULL);
	struct process_result result;
	GBytes *list;
	char *said = NULL;
	bool good;

	memcpy(argv, own, sizeof(own));
	memcpy(argv + G_N_ELEMENTS(own), rewrite_options,
	       sizeof(rewrite_options));
	for (guint i = 0; i < batch->files->len; i++) {
		struct spatch_file *file = batch->files->pdata[i];
		char *name = staged_name(batch->id, i, file->path);

		stage(folder, name, file->text);
		g_string_append_printf(groups, "%s\n\n", name);
		add_sites(name, file, sites);
		g_free(name);
	}
	list = bytes_from_string(groups);
	stage(folder, "groups", list);
	g_bytes_unref(list);
	list = bytes_from_string(sites);
	stage(folder, SPATCH_SITES, list);
	g_bytes_unref(list);

	/* spatch's own limit is per file; this one is for when it hangs. */
	result = run_spatch(argv, folder, output, errors,
			    (spatch->limit + 5) * batch->files->len + 30);
	if (!g_file_get_contents(errors, &said, NULL, NULL))
		said = g_strdup("");
	good = !result.timed_out && WIFEXITED(result.status) &&
	       !WEXITSTATUS(result.status);
	if (!good)
		check_semantic_patch(spatch, said);
	if (good) {
		note_exceptions(batch, said);
		collect(folder, batch, is_quiet(said));
	} else if (batch->files->len == 1) {
		struct spatch_file *file = batch->files->pdata[0];
		char *error = first_error(said);

		file->failure = result.timed_out ?
			g_strdup("spatch ran out of time") :
			g_strdup_printf("spatch failed: %s", error);
		g_free(error);
	}
	remove_folder(folder);
	g_free(said);
	g_free(limit);
	g_free(errors);
	g_free(output);
	g_free(folder);
	g_free(number);
	return good;
}

static void run_one(void *context, size_t i)
{
	struct run *run = context;
	struct batch *batch = run->batches->pdata[i];

	if (!run_batch(run, batch) && batch->files->len > 1) {
		for (guint k = 0; k < batch->files->len; k++) {
			struct batch single = {
				.id = (unsigned int)
					g_atomic_int_add(&run->next_id, 1),
				.files = g_ptr_array_new(),
			};

			g_ptr_array_add(single.files, batch->files->pdata[k]);
			run_batch(run, &single);
			g_ptr_array_unref(single.files);
		}
	}
	progress_step(batch->files->len);
}

/* A file and what it will cost. */
struct load {
	struct spatch_file *file;
	gsize weight;
};

static int larger_first(gconstpointer a, gconstpointer b)
{
	gsize x = ((const struct load *)a)->weight;
	gsize y = ((const struct load *)b)->weight;

	return (x < y) - (x > y);
}

static GArray *weigh(GPtrArray *files)
{
	GArray *loads = g_array_new(FALSE, FALSE, sizeof(struct load));

	for (guint i = 0; i < files->len; i++) {
		struct load load = { .file = files->pdata[i] };

		load.weight = weight_of(load.file->text);
		g_array_append_val(loads, load);
	}
	g_array_sort(loads, larger_first);
	return loads;
}

static void batch_free(gpointer data)
{
	struct batch *batch = data;

	g_ptr_array_unref(batch->files);
	g_free(batch);
}

static void add_batches(struct run *run, guint count, gsize share)
{
	for (guint i = 0; i < count; i++) {
		struct batch *batch = g_new0(struct batch, 1);

		batch->id = (unsigned int)run->next_id++;
		batch->share = share;
		batch->files = g_ptr_array_new();
		g_ptr_array_add(run->batches, batch);
	}
}

/* The batch that lacks most of its share. */
static struct batch *emptiest(const struct run *run)
{
	struct batch *found = run->batches->pdata[0];

	for (guint i = 1; i < run->batches->len; i++) {
		struct batch *batch = run->batches->pdata[i];

		if (batch->weight * found->share < found->weight * batch->share)
			found = batch;
	}
	return found;
}

/*
 * Deal the files out, the heaviest first.  A weight is only a guess; so each
 * job first gets one large batch, and small ones are left for whoever is done.
 */
static void make_batches(struct run *run, GPtrArray *files)
{
	unsigned int jobs = run->spatch->jobs;
	guint per_round = jobs * BATCH_FILES;
	guint rounds = (files->len + per_round - 1) / per_round;
	GArray *loads = weigh(files);
	gsize total = 0;

	run->batches = g_ptr_array_new_with_free_func(batch_free);
	add_batches(run, MIN(rounds * jobs, files->len), 4);
	for (guint i = 0; i < loads->len; i++)
		total += g_array_index(loads, struct load, i).weight;
	if (jobs > 1 && files->len > 4 * jobs && total > WORTH_EVENING)
		add_batches(run, jobs, 1);
	for (guint i = 0; i < loads->len; i++) {
		const struct load *load = &g_array_index(loads, struct load, i);
		struct batch *batch = emptiest(run);

		g_ptr_array_add(batch->files, load->file);
		batch->weight += load->weight;
	}
	g_array_unref(loads);
}

/* "NN-name" of the semantic patch. */
static char *step_title(const struct spatch *spatch)
{
	char *title = g_path_get_basename(spatch->semantic_patch);
	char *dot = strrchr(title, '.');

	if (dot)
		*dot = '\0';
	return title;
}

/* Send all @files through spatch. */
static void run_all(const struct spatch *spatch, GPtrArray *files)
{
	static gint next_id;
	struct run run = { .spatch = spatch };
	char *name;

	if (!files->len)
		return;
	/* Staged names are never used twice in one run of the program. */
	run.next_id = next_id;
	make_batches(&run, files);
	name = step_title(spatch);
	progress_begin(name, files->len);
	parallel_for(run.batches->len, spatch->jobs, run_one, &run);
	progress_end();
	g_free(name);
	next_id = run.next_id;
	g_ptr_array_unref(run.batches);
}

/* A file that has no kept result, to keep the one that it gets. */
struct asked {
	struct spatch_file *file;
	GBytes *before;
	char *key;
};

static void asked_clear(gpointer data)
{
	struct asked *asked = data;

	g_bytes_unref(asked->before);
	g_free(asked->key);
}

/* The files of @files whose results are not in the cache: struct asked. */
static GArray *not_kept(const struct spatch_cache *cache, GPtrArray *files)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct asked));

	g_array_set_clear_func(list, asked_clear);
	for (guint i = 0; i < files->len; i++) {
		struct asked asked = { .file = files->pdata[i] };

		asked.key = spatch_cache_key(cache, asked.file);
		if (spatch_cache_get(cache, asked.key, asked.file)) {
			g_free(asked.key);
			continue;
		}
		asked.before = g_bytes_ref(asked.file->text);
		g_array_append_val(list, asked);
	}
	return list;
}

static void keep_results(struct spatch_cache *cache, const GArray *list)
{
	/* An edit while spatch ran: which one of the two did it read? */
	if (!list->len || spatch_cache_is_stale(cache))
		return;
	for (guint i = 0; i < list->len; i++) {
		struct asked *asked = &g_array_index(list, struct asked, i);

		if (asked->file->quiet && !asked->file->failure)
			spatch_cache_put(cache, asked->key, asked->before,
					 asked->file);
	}
}

static const char **key_options(const struct spatch *spatch)
{
	const char **options = g_new0(const char *,
				      G_N_ELEMENTS(rewrite_options) + 1);

	memcpy(options, rewrite_options, sizeof(rewrite_options));
	options[G_N_ELEMENTS(rewrite_options) - 1] = macro_option(spatch);
	return options;
}

void spatch_run(const struct spatch *spatch, GPtrArray *files)
{
	const char **options = key_options(spatch);
	struct spatch_cache *cache = files->len ?
		spatch_cache_open(spatch, options) : NULL;
	GPtrArray *left = g_ptr_array_new();
	GArray *list;

	if (!cache) {
		run_all(spatch, files);
	} else {
		list = not_kept(cache, files);
		for (guint i = 0; i < list->len; i++)
			g_ptr_array_add(left, g_array_index(list, struct asked,
							    i).file);
		say_verbose("spatch: %u of %u results are of an earlier run",
			    files->len - left->len, files->len);
		run_all(spatch, left);
		keep_results(cache, list);
		spatch_cache_close(cache);
		g_array_unref(list);
	}
	g_ptr_array_unref(left);
	g_free(options);
}

/* "File "NAME", line N, column ..." behind a parse error. */
static void add_error_lines(GArray *lines, const char *text)
{
	const char *at = text;

	while ((at = strstr(at, "parse error"))) {
		const char *number = strstr(at, "line ");
		unsigned int line;

		at += strlen("parse error");
		if (!number)
			break;
		line = (unsigned int)g_ascii_strtoull(number + strlen("line "),
						      NULL, 10);
		if (line)
			g_array_append_val(lines, line);
	}
}

GArray *spatch_parse_errors(const struct spatch *spatch, const char *path,
			    GBytes *text)
{
	GArray *lines = g_array_new(FALSE, FALSE, sizeof(unsigned int));
	char *folder = scratch_folder("parse");
	char *name = staged_name(0, 0, path);
	char *output = g_build_filename(folder, "stdout", NULL);
	char *errors = g_build_filename(folder, "stderr", NULL);
	const char *const argv[] = {
		"spatch", "--parse-c", name, macro_option(spatch),
		spatch->macros, NULL,
	};
	const char *const places[] = { output, errors };

	stage(folder, name, text);
	run_spatch(argv, folder, output, errors, spatch->limit + 30);
	for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
		char *said;

		if (g_file_get_contents(places[i], &said, NULL, NULL)) {
			add_error_lines(lines, said);
			g_free(said);
		}
	}
	remove_folder(folder);
	g_free(errors);
	g_free(output);
	g_free(name);
	g_free(folder);
	return lines;
}

char *spatch_version(void)
{
	char *folder, *output, *said = NULL, *version = NULL;
	const char *const argv[] = { "spatch", "--version", NULL };

	if (!process_exists("spatch"))
		return NULL;
	folder = scratch_folder("version");
	output = g_build_filename(folder, "stdout", NULL);
	run_spatch(argv, folder, output, NULL, 30);
	if (g_file_get_contents(output, &said, NULL, NULL) &&
	    g_str_has_prefix(said, "spatch version ")) {
		char **words = g_strsplit(said, " ", 4);

		version = g_strdup(words[2]);
		g_strfreev(words);
	}
	remove_folder(folder);
	g_free(said);
	g_free(output);
	g_free(folder);
	return version;
}

const char *spatch_version_once(void)
{
	static char *version;
	static gsize done;

	if (g_once_init_enter(&done)) {
		version = spatch_version();
		g_once_init_leave(&done, 1);
	}
	return version;
}
