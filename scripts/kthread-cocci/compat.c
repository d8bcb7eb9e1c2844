// SPDX-License-Identifier: GPL-2.0-only
/*
 * The fallback header of a module; see compat.h.
 *
 * It stands beside the header of the module that has "compat" in its name, else
 * in the folder with most headers.  Where that folder is in the include path, as
 * the module's own #include lines tell, it is included like its neighbours, else
 * by its way from the file.
 */
#include "compat.h"

#include <string.h>

#include "headerstyle.h"
#include "includes.h"

#define NAME_PARTS { "kthread", "cocci", "compat.h", NULL }

struct compat {
	const struct tree *tree;
	struct header_style *style;
	char *path;		/* of the header */
	char *include;		/* <FOLDER/ or "FOLDER/, or NULL: by the way */
	bool is_there;
	gint is_scoped;		/* the dialect of the files that got it */
};

/* What each dialect gives to a file, and what older kernels have of it. */
static const struct dialect {
	const char *names[7];
	const char *headers[7];
	const char *other;	/* the other dialect's mark */
	const char *why;
	struct {
		const char *left, *right;
	} macros[7];
} dialects[] = {
	{
		.names = { "LOOKUP_IN_INIT", "file_open_init",
			   "bdev_file_open_init", "init_root",
			   "tsk_is_kthread" },
		.headers = { "blkdev.h", "fs.h", "fs_struct.h", "kthread.h",
			     "namei.h", "sched/task.h" },
		.other = "scoped_with_init_fs",
		.why = "There a lookup starts in init's root anyway.",
		.macros = {
			{ "LOOKUP_IN_INIT", "0" },
			{ "file_open_init(name, flags, mode)",
			  "filp_open(name, flags, mode)" },
			{ "bdev_file_open_init(path, mode, holder, ops)",
			  "bdev_file_open_by_path(path, mode, holder, ops)" },
			{ "init_root(path)", "get_fs_root(init_task.fs, path)" },
			{ "tsk_is_kthread(task)",
			  "((task)->flags & PF_KTHREAD)" },
		},
	}, {
		.names = { "scoped_with_init_fs", "tsk_is_kthread" },
		.headers = { "fs_struct.h", "kthread.h", "namei.h", "sched.h" },
		.other = "LOOKUP_IN_INIT",
		.why = "There the scope is nothing; it takes one statement.",
		.macros = {
			{ "scoped_with_init_fs()", "switch (0) default:" },
			{ "tsk_is_kthread(task)",
			  "((task)->flags & PF_KTHREAD)" },
		},
	},
};

static bool is_scoped(const struct step *step)
{
	return step_rule(step, RULE_SCOPE);
}

bool compat_covers(const struct step *step)
{
	return step_rule(step, RULE_SITES);
}

static bool is_header(const struct tree_file *file)
{
	return file->kind == FILE_SOURCE && !file->link_target &&
	       g_str_has_suffix(file->path, ".h");
}

static char *basename_of(const struct tree_file *file)
{
	return g_path_get_basename(file->path);
}

/* An earlier run's header, whichever way it joins its words. */
static bool is_ours(const char *name)
{
	return !strcmp(name, "kthread_cocci_compat.h") ||
	       !strcmp(name, "kthread-cocci-compat.h");
}

/* The folder with most headers, the first of several; "." without any. */
static char *main_folder(const struct tree *tree)
{
	char *best = g_strdup("."), *folder = NULL;
	unsigned int most = 0, count = 0;

	for (guint i = 0; i < tree->files->len; i++) {
		const struct tree_file *file = tree->files->pdata[i];
		char *now;

		if (!is_header(file))
			continue;
		now = g_path_get_dirname(file->path);
		count = 0;
		for (guint k = 0; k < tree->files->len; k++) {
			const struct tree_file *other = tree->files->pdata[k];

			folder = g_path_get_dirname(other->path);
			count += is_header(other) && !strcmp(folder, now);
			g_free(folder);
		}
		if (count > most) {
			g_free(best);
			best = g_strdup(now);
			most = count;
		}
		g_free(now);
	}
	return best;
}

/* The header that ours is to look like; NULL where the module has none. */
static const struct tree_file *find_sample(const struct tree *tree,
					   const char *folder)
{
	const struct tree_file *sample = NULL;

	for (guint i = 0; i < tree->files->len; i++) {
		const struct tree_file *file = tree->files->pdata[i];
		char *name = basename_of(file);
		char *parent = g_path_get_dirname(file->path);
		bool fits = is_header(file) && !is_ours(name) &&
			(folder ? !strcmp(parent, folder) :
			 strstr(name, "compat") != NULL);

		g_free(parent);
		g_free(name);
		if (fits && !sample)
			sample = file;
	}
	return sample;
}

static char *join(const char *folder, const char *name)
{
	return !strcmp(folder, ".") ? g_strdup(name) :
				      g_strconcat(folder, "/", name, NULL);
}

/*
 * Does "#include <TEXT>" or "TEXT" in @path mean a file of @folder, and is it
 * found by the include path?  Then how it begins: '<' or '"' and the folders.
 */
static char *way_of(const struct tree *tree, const char *folder,
		    const char *path, const char *line)
{
	size_t length = strcspn(line + 1, ">\"\n");
	char *text = g_strndup(line + 1, length);
	char *name = g_path_get_basename(text);
	char *target = join(folder, name);
	char *parent = g_path_get_dirname(path);
	char *beside = join(parent, text);
	size_t rest = strlen(target) - MIN(strlen(target), length);
	char *way = NULL;

	if (tree_find(tree, target) && g_str_has_suffix(target, text) &&
	    (!rest || target[rest - 1] == '/') &&
	    (*line == '<' || !tree_find(tree, beside)))
		way = g_strndup(line, 1 + length - strlen(name));
	g_free(beside);
	g_free(parent);
	g_free(target);
	g_free(name);
	g_free(text);
	return way;
}

/* How the files of the module include those of @folder, or NULL. */
static char *find_way(const struct tree *tree, const char *folder)
{
	char *way = NULL;

	for (guint i = 0; i < tree->files->len && !way; i++) {
		const struct tree_file *file = tree->files->pdata[i];
		GBytes *bytes = file->kind == FILE_SOURCE &&
			!file->link_target ? tree_read(tree, file->path) : NULL;
		char **lines = bytes ? g_strsplit(g_bytes_get_data(bytes, NULL),
						  "\n", -1) : NULL;

		for (char **line = lines; line && *line && !way; line++) {
			const char *at = *line + strspn(*line, " \t");

			if (*at != '#')
				continue;
			at += 1 + strspn(at + 1, " \t");
			if (!g_str_has_prefix(at, "include"))
				continue;
			at += strlen("include");
			at += strspn(at, " \t");
			if (*at == '<' || *at == '"')
				way = way_of(tree, folder, file->path, at);
		}
		g_strfreev(lines);
		if (bytes)
			g_bytes_unref(bytes);
	}
	return way;
}

static void find_ours(struct compat *compat)
{
	for (guint i = 0; i < compat->tree->files->len; i++) {
		const struct tree_file *file = compat->tree->files->pdata[i];
		char *name = basename_of(file);

		if (!compat->is_there && is_ours(name)) {
			compat->is_there = true;
			compat->path = g_strdup(file->path);
		}
		g_free(name);
	}
}

struct compat *compat_new(const struct tree *tree)
{
	static const char *const parts[] = NAME_PARTS;
	struct compat *compat = g_new0(struct compat, 1);
	const struct tree_file *sample = find_sample(tree, NULL);
	char *folder, *name;

	compat->tree = tree;
	find_ours(compat);
	folder = compat->path ? g_path_get_dirname(compat->path) :
		 sample ? g_path_get_dirname(sample->path) : main_folder(tree);
	if (!sample)
		sample = find_sample(tree, folder);
	compat->style = header_style_new(tree, sample ? sample->path : NULL);
	if (!compat->path) {
		name = header_style_join(compat->style, parts);
		compat->path = join(folder, name);
		g_free(name);
	}
	compat->include = find_way(tree, folder);
	g_free(folder);
	return compat;
}

void compat_free(struct compat *compat)
{
	if (!compat)
		return;
	header_style_free(compat->style);
	g_free(compat->path);
	g_free(compat->include);
	g_free(compat);
}

/* From the folder of the file @from to the file @to: "../include/x.h". */
static char *relative(const char *from, const char *to)
{
	GString *way = g_string_new(NULL);
	size_t shared = 0;

	for (size_t i = 0; from[i] && from[i] == to[i]; i++)
		if (from[i] == '/')
			shared = i + 1;
	for (const char *rest = from + shared; *rest; rest++)
		if (*rest == '/')
			g_string_append(way, "../");
	g_string_append(way, to + shared);
	return g_string_free(way, FALSE);
}

static char *include_text(const struct compat *compat, const char *path)
{
	char *name = g_path_get_basename(compat->path);
	char *way, *text;

	if (compat->include) {
		text = g_strdup_printf("%s%s%c", compat->include, name,
				       *compat->include == '<' ? '>' : '"');
	} else {
		way = relative(path, compat->path);
		text = g_strdup_printf("\"%s\"", way);
		g_free(way);
	}
	g_free(name);
	return text;
}

void compat_include(struct compat *compat, const struct step *step,
		    const char *path, const struct source *source,
		    const struct alignment *map, struct edits *edits)
{
	const struct dialect *dialect = &dialects[is_scoped(step)];
	bool needs = false;
	char *text;

	for (uint32_t i = 0; i < source->lexed.count; i++)
		for (const char *const *name = dialect->names; *name; name++)
			needs |= map->to_old[i] == NO_TOKEN &&
				 token_is(&source->lexed, i, *name);
	if (!needs)
		return;
	if (is_scoped(step))
		g_atomic_int_set(&compat->is_scoped, TRUE);
	text = include_text(compat, path);
	includes_add_line(source, text, edits);
	g_free(text);
}

static char *header_text(const struct compat *compat)
{
	const struct dialect *dialect = &dialects[compat->is_scoped ? 1 : 0];
	const char *mark = dialect->names[0];
	GString *text = g_string_new("/*\n"
		" * Kernels in which kernel threads share the filesystem state of init.\n");

	g_string_append_printf(text, " * %s\n */\n", dialect->why);
	for (const char *const *header = dialect->headers; *header; header++)
		g_string_append_printf(text, "#include <linux/%s>\n", *header);
	g_string_append_printf(text, "\n#ifndef %s\n#ifdef %s\n"
		"#error \"this kernel wants another form: kthread-cocci converts to %s\"\n#endif\n",
		mark, dialect->other, dialect->other);
	for (size_t i = 0; dialect->macros[i].left; i++)
		g_string_append_printf(text, "#define %s%s%s\n",
				       dialect->macros[i].left,
				       strlen(dialect->macros[i].left) +
				       strlen(dialect->macros[i].right) > 64 ?
				       " \\\n\t" : " ",
				       dialect->macros[i].right);
	g_string_append(text, "#endif\n");
	return g_string_free(text, FALSE);
}

void compat_finish(const struct compat *compat, struct workspace *workspace)
{
	GPtrArray *changes = workspace_changes(workspace);
	char *name = g_path_get_basename(compat->path);
	bool wanted = false;
	GBytes *header;
	char *text;

	for (guint i = 0; i < changes->len; i++) {
		const struct change *change = changes->pdata[i];
		gsize length;
		const char *data = g_bytes_get_data(change->after, &length);

		wanted |= g_strstr_len(data, (gssize)length, name) != NULL;
	}
	if (wanted && !compat->is_there) {
		text = header_text(compat);
		header = header_style_apply(compat->style, name, text);
		workspace_create(workspace, compat->path, header);
		g_bytes_unref(header);
		g_free(text);
	}
	g_ptr_array_unref(changes);
	g_free(name);
}
