// SPDX-License-Identifier: GPL-2.0-only
/*
 * Listing the files of a tree; see tree.h.
 *
 * The list holds what the rewrites and the audit can have an opinion on: C
 * sources and headers, assembler, Rust and text documentation.  Other files
 * (device trees, build files, binaries) are not looked at.  Folders whose name
 * begins with a dot belong to tools (.git, quilt's .pc) and are skipped.
 *
 * A folder is opened once and its files are identified from there: one look at
 * each file, by its short name.  The folders of one depth are read in parallel.
 * Where names are sorted with a slash behind those of folders, the files come
 * out sorted by their paths.
 */
#include "tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "parallel.h"

static const struct {
	const char *suffix;
	enum file_kind kind;
} kinds[] = {
	{ ".c", FILE_SOURCE },
	{ ".h", FILE_SOURCE },
	{ ".S", FILE_OTHER_CODE },
	{ ".rs", FILE_OTHER_CODE },
	{ ".rst", FILE_DOCUMENTATION },
	{ ".txt", FILE_DOCUMENTATION },
};

bool tree_kind(const char *name, enum file_kind *kind)
{
	const char *dot = strrchr(name, '.');

	if (!dot)
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
		if (!strcmp(dot, kinds[i].suffix)) {
			*kind = kinds[i].kind;
			return true;
		}
	}
	return false;
}

void identify(const struct stat *st, struct identity *identity)
{
	*identity = (struct identity){
		.size = (uint64_t)st->st_size, .inode = st->st_ino,
		.modified = st->st_mtim.tv_sec * INT64_C(1000000000) +
			    st->st_mtim.tv_nsec,
		.changed = st->st_ctim.tv_sec * INT64_C(1000000000) +
			   st->st_ctim.tv_nsec,
	};
}

struct walk {
	struct tree *tree;
	struct findings *findings;
};

static void walk_failed(struct walk *walk, const char *path, int error)
{
	findings_add(walk->findings, FINDING_FAILED, *path ? path : ".", 0,
		     "%s", g_strerror(error));
}

static struct tree_file *add_file(struct walk *walk, const char *path,
				  enum file_kind kind)
{
	struct tree_file *file = g_new0(struct tree_file, 1);

	file->path = g_strdup(path);
	file->kind = kind;
	g_ptr_array_add(walk->tree->files, file);
	return file;
}

static bool is_inside(const struct tree *tree, const char *absolute)
{
	size_t len = strlen(tree->root);

	return len == 1 || (!strncmp(absolute, tree->root, len) &&
	       (absolute[len] == '/' || absolute[len] == '\0'));
}

/*
 * A link whose target is in the tree stands for a file that is listed on its
 * own.  One that leads out is listed with its target, so that the index can
 * tell whether it matters; a folder behind a link cannot be told and is named.
 */
static void add_link(struct walk *walk, const char *path)
{
	char *absolute = g_build_filename(walk->tree->root, path, NULL);
	char *target = realpath(absolute, NULL);
	int error = errno;
	enum file_kind kind;
	struct stat st;

	g_free(absolute);
	if (!target) {
		/* A dangling link holds nothing; others may. */
		if (error != ENOENT && error != ENOTDIR && tree_kind(path, &kind))
			findings_add(walk->findings, FINDING_FAILED, path, 0,
				     error == ELOOP ?
				     "symbolic link loop, cannot be read" :
				     "symbolic link, cannot be followed: %s",
				     g_strerror(error));
		return;
	}
	if (!is_inside(walk->tree, target) && !stat(target, &st)) {
		if (S_ISDIR(st.st_mode))
			findings_add(walk->findings, FINDING_FAILED, path, 0,
				     "symbolic link to a folder out of the tree, not followed");
		else if (S_ISREG(st.st_mode) && tree_kind(path, &kind))
			add_file(walk, path, kind)->link_target =
				g_strdup(target);
	}
	free(target);
}

/* "" or a path that ends in a slash, and what was found in it. */
struct folder {
	char *path;
	GArray *names;		/* struct name, sorted */
};

/* A name in a folder; a folder's ends in a slash. */
struct name {
	char *text;
	struct folder *folder;
	enum { NAME_FILE, NAME_FOLDER, NAME_LINK } type;
	enum file_kind kind;
	struct identity identity;
};

static void name_clear(gpointer data)
{
	struct name *name = data;

	g_free(name->text);
}

static int compare_names(gconstpointer a, gconstpointer b)
{
	const struct name *x = a, *y = b;

	return strcmp(x->text, y->text);
}

/* Look at what readdir() returned; false where it does not matter. */
static bool look_at(struct walk *walk, const char *folder, int fd,
		    const struct dirent *entry, struct name *name)
{
	unsigned char type = entry->d_type;
	bool wanted = tree_kind(entry->d_name, &name->kind);
	struct stat st;

	if (type == DT_UNKNOWN || (type == DT_REG && wanted)) {
		if (fstatat(fd, entry->d_name, &st, AT_SYMLINK_NOFOLLOW)) {
			char *path = g_strconcat(folder, entry->d_name, NULL);

			walk_failed(walk, path, errno);
			g_free(path);
			return false;
		}
		type = IFTODT(st.st_mode);
	}
	if (type == DT_DIR && entry->d_name[0] != '.') {
		name->type = NAME_FOLDER;
		name->text = g_strconcat(entry->d_name, "/", NULL);
		return true;
	}
	if (type != DT_LNK && (type != DT_REG || !wanted))
		return false;
	name->type = type == DT_LNK ? NAME_LINK : NAME_FILE;
	if (type == DT_REG)
		identify(&st, &name->identity);
	name->text = g_strdup(entry->d_name);
	return true;
}

/* The names in @folder ("" or a path that ends in a slash) that matter. */
static GArray *read_folder(struct walk *walk, const char *folder)
{
	GArray *names = g_array_new(FALSE, TRUE, sizeof(struct name));
	int fd = tree_openat(walk->tree, *folder ? folder : ".",
			     O_RDONLY | O_DIRECTORY | O_NONBLOCK);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	const struct dirent *entry;

	g_array_set_clear_func(names, name_clear);
	if (!dir) {
		char *path = g_strndup(folder, strlen(folder) -
					       (*folder != '\0'));

		walk_failed(walk, path, errno);
		g_free(path);
		if (fd >= 0)
			close(fd);
		return names;
	}
	while (errno = 0, (entry = readdir(dir))) {
		struct name name = { 0 };

		if (look_at(walk, folder, fd, entry, &name))
			g_array_append_val(names, name);
	}
	if (errno)
		walk_failed(walk, folder, errno);
	closedir(dir);
	g_array_sort(names, compare_names);
	return names;
}

static struct folder *folder_new(char *path)
{
	struct folder *folder = g_new0(struct folder, 1);

	folder->path = path;
	return folder;
}

/* The folders of one depth. */
struct level {
	struct walk *walk;
	GPtrArray *folders;	/* struct folder, not owned */
};

static void read_one(void *context, size_t i)
{
	struct level *level = context;
	struct folder *folder = level->folders->pdata[i];

	folder->names = read_folder(level->walk, folder->path);
}

/* What is in the folders of @level, as the next level. */
static void descend(struct level *level)
{
	GPtrArray *next = g_ptr_array_new();

	for (guint i = 0; i < level->folders->len; i++) {
		const struct folder *folder = level->folders->pdata[i];

		for (guint k = 0; k < folder->names->len; k++) {
			struct name *name = &g_array_index(folder->names,
							   struct name, k);

			if (name->type != NAME_FOLDER)
				continue;
			name->folder = folder_new(g_strconcat(folder->path,
							      name->text,
							      NULL));
			g_ptr_array_add(next, name->folder);
		}
	}
	g_ptr_array_unref(level->folders);
	level->folders = next;
}

/* Hand the files of @folder to the tree, in order, and release it. */
static void hand_over(struct walk *walk, struct folder *folder)
{
	for (guint i = 0; i < folder->names->len; i++) {
		const struct name *name = &g_array_index(folder->names,
							 struct name, i);
		char *path;

		if (name->type == NAME_FOLDER) {
			hand_over(walk, name->folder);
			continue;
		}
		path = g_strconcat(folder->path, name->text, NULL);
		if (name->type == NAME_LINK)
			add_link(walk, path);
		else
			add_file(walk, path, name->kind)->identity =
				name->identity;
		g_free(path);
	}
	g_array_unref(folder->names);
	g_free(folder->path);
	g_free(folder);
}

void tree_list(struct tree *tree, unsigned int jobs, struct findings *findings)
{
	struct walk walk = { tree, findings };
	struct folder *root = folder_new(g_strdup(""));
	struct level level = { &walk, g_ptr_array_new() };

	g_ptr_array_add(level.folders, root);
	while (level.folders->len) {
		parallel_for(level.folders->len, jobs, read_one, &level);
		descend(&level);
	}
	g_ptr_array_unref(level.folders);
	hand_over(&walk, root);
}
