// SPDX-License-Identifier: GPL-2.0-only
/* Opening a tree and reading its files; see tree.h. */
#include "tree.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static void file_free(gpointer data)
{
	struct tree_file *file = data;

	g_free(file->path);
	g_free(file->link_target);
	g_free(file);
}

struct tree *tree_open(const char *root, struct findings *findings,
		       char **error)
{
	return tree_open_parallel(root, 1, findings, error);
}

struct tree *tree_open_parallel(const char *root, unsigned int jobs,
				struct findings *findings, char **error)
{
	struct tree *tree = g_new0(struct tree, 1);
	char *absolute = realpath(root, NULL);

	tree->root = g_strdup(absolute ? absolute : root);
	free(absolute);
	tree->files = g_ptr_array_new_with_free_func(file_free);
	tree->fd = open(tree->root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (tree->fd < 0) {
		*error = g_strdup_printf("%s: %s", root, g_strerror(errno));
		tree_free(tree);
		return NULL;
	}
	tree_list(tree, jobs, findings);
	if (!tree->files->len) {
		*error = g_strdup_printf("%s: there is no source file in it",
					 root);
		tree_free(tree);
		return NULL;
	}
	return tree;
}

void tree_free(struct tree *tree)
{
	if (!tree)
		return;
	if (tree->fd >= 0)
		close(tree->fd);
	g_ptr_array_unref(tree->files);
	g_clear_pointer(&tree->contents, g_hash_table_unref);
	if (tree->owns_kernel)
		tree_free(tree->kernel);
	g_free(tree->kernel_prefix);
	g_free(tree->root);
	g_free(tree);
}

/* Nothing in a folder of a tool is listed, only the names of files may begin so. */
bool tree_lists(const char *path)
{
	const char *slash = strrchr(path, '/');
	enum file_kind kind;

	if (!tree_kind(slash ? slash + 1 : path, &kind))
		return false;
	for (const char *part = path; slash && part <= slash;
	     part = strchr(part, '/') + 1)
		if (*part == '.')
			return false;
	return true;
}

static struct tree_file *add_file(struct tree *tree, const char *path,
				  enum file_kind kind)
{
	struct tree_file *file = g_new0(struct tree_file, 1);

	file->path = g_strdup(path);
	file->kind = kind;
	g_ptr_array_add(tree->files, file);
	return file;
}

static int compare_files(gconstpointer a, gconstpointer b)
{
	const struct tree_file *x = *(struct tree_file *const *)a;
	const struct tree_file *y = *(struct tree_file *const *)b;

	return strcmp(x->path, y->path);
}

struct tree *tree_with(const struct tree *tree, GHashTable *contents)
{
	struct tree *with = g_new0(struct tree, 1);
	gpointer path, bytes;
	GHashTableIter iter;
	enum file_kind kind;

	with->root = g_strdup(tree->root);
	with->fd = fcntl(tree->fd, F_DUPFD_CLOEXEC, 0);
	if (with->fd < 0)
		g_error("fcntl: %s", g_strerror(errno));
	with->contents = contents;
	with->kernel = tree->kernel;
	with->kernel_prefix = g_strdup(tree->kernel_prefix);
	with->files = g_ptr_array_new_with_free_func(file_free);
	for (guint i = 0; i < tree->files->len; i++) {
		const struct tree_file *file = tree->files->pdata[i];
		struct tree_file *copy;

		if (g_hash_table_contains(contents, file->path))
			continue;
		copy = add_file(with, file->path, file->kind);
		copy->link_target = g_strdup(file->link_target);
		copy->identity = file->identity;
	}
	g_hash_table_iter_init(&iter, contents);
	while (g_hash_table_iter_next(&iter, &path, &bytes))
		if (bytes && tree_lists(path) && tree_kind(path, &kind))
			/* No time and no inode: none of the files on the disk. */
			add_file(with, path, kind)->identity.size =
				g_bytes_get_size(bytes);
	g_ptr_array_sort(with->files, compare_files);
	return with;
}

struct tree_file *tree_find(const struct tree *tree, const char *path)
{
	guint low = 0, high = tree->files->len;

	while (low < high) {
		guint middle = low + (high - low) / 2;
		struct tree_file *file = tree->files->pdata[middle];
		int order = strcmp(path, file->path);

		if (!order)
			return file;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

/* How many bytes there were; errno where these are less. */
static size_t read_at(int fd, char *data, size_t offset, size_t length)
{
	size_t got = 0;

	while (got < length) {
		ssize_t n = pread(fd, data + got, length - got,
				  (off_t)(offset + got));

		if (n < 0 && errno == EINTR)
			continue;
		if (!n)
			errno = EAGAIN;	/* it shrank as we read */
		if (n <= 0)
			break;
		got += (size_t)n;
	}
	return got;
}

static bool read_all(int fd, char *data, size_t length)
{
	return read_at(fd, data, 0, length) == length;
}

/* The tree that a path leads into, and the path in it. */
static const char *find_root(const struct tree **tree, const char *path)
{
	const char *below = (*tree)->kernel ? tree_kernel_path(*tree, path) :
					      NULL;

	if (below)
		*tree = (*tree)->kernel;
	return below ? below : path;
}

int tree_openat(const struct tree *tree, const char *path, int flags)
{
	const struct open_how how = {
		.flags = (uint64_t)(flags | O_NOFOLLOW | O_CLOEXEC),
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS,
	};
	const char *below = find_root(&tree, path);
	long fd = syscall(SYS_openat2, tree->fd, below, &how, sizeof(how));

	/* Some containers do not know the call: then the walk has to do. */
	if (fd < 0 && (errno == ENOSYS || errno == EPERM))
		fd = openat(tree->fd, below, (int)how.flags);
	return (int)fd;
}

/* Open a regular file to read; -1 with errno set. */
static int open_regular(const struct tree *tree, const char *path,
			struct stat *st)
{
	int fd = tree_openat(tree, path, O_RDONLY | O_NONBLOCK);
	int saved;

	if (fd < 0)
		return -1;
	if (!fstat(fd, st)) {
		if (S_ISREG(st->st_mode))
			return fd;
		errno = EINVAL;
	}
	saved = errno;
	close(fd);
	errno = saved;
	return -1;
}

static void close_quietly(int fd)
{
	int saved = errno;

	close(fd);
	errno = saved;
}

/* Are the contents of a file given?  Then @bytes is set, with errno if NULL. */
static bool is_given(const struct tree *tree, const char *path, GBytes **bytes)
{
	gpointer value;

	if (!tree->contents ||
	    !g_hash_table_lookup_extended(tree->contents, path, NULL, &value))
		return false;
	*bytes = value;
	if (!value)
		errno = ENOENT;
	return true;
}

GBytes *tree_read(const struct tree *tree, const char *path)
{
	struct stat st;
	GBytes *bytes = NULL;
	char *data;
	int fd;

	if (is_given(tree, path, &bytes))
		return bytes ? g_bytes_ref(bytes) : NULL;
	fd = open_regular(tree, path, &st);
	if (fd < 0)
		return NULL;
	data = g_malloc((size_t)st.st_size + 1);
	if (read_all(fd, data, (size_t)st.st_size)) {
		data[st.st_size] = '\0';
		bytes = g_bytes_new_take(data, (size_t)st.st_size);
	} else {
		g_free(data);
	}
	close_quietly(fd);
	return bytes;
}

static bool load_bytes(GBytes *bytes, GByteArray *buffer)
{
	static const guint8 padding[TREE_PADDING];
	gsize len;
	const guint8 *data = g_bytes_get_data(bytes, &len);

	if (len > UINT32_MAX / 2) {
		errno = EFBIG;
		return false;
	}
	g_byte_array_set_size(buffer, 0);
	g_byte_array_append(buffer, data, (guint)len);
	g_byte_array_append(buffer, padding, TREE_PADDING);
	return true;
}

bool tree_load(const struct tree *tree, const char *path, GByteArray *buffer)
{
	struct stat st;
	GBytes *bytes;
	bool ok;
	int fd;

	if (is_given(tree, path, &bytes))
		return bytes && load_bytes(bytes, buffer);
	fd = open_regular(tree, path, &st);
	if (fd < 0)
		return false;
	if (st.st_size > UINT32_MAX / 2) {
		close(fd);
		errno = EFBIG;
		return false;
	}
	g_byte_array_set_size(buffer, (guint)st.st_size + TREE_PADDING);
	ok = read_all(fd, (char *)buffer->data, (size_t)st.st_size);
	memset(buffer->data + st.st_size, 0, TREE_PADDING);
	close_quietly(fd);
	return ok;
}

bool tree_part(const struct tree *tree, const char *path, char *data,
	       size_t offset, size_t length)
{
	GBytes *bytes = NULL;
	size_t got = 0;
	int fd;

	if (is_given(tree, path, &bytes)) {
		gsize size = 0;
		const char *all = bytes ? g_bytes_get_data(bytes, &size) : NULL;

		if (offset < size) {
			got = MIN(length, size - offset);
			memcpy(data, all + offset, got);
		}
	} else if ((fd = tree_openat(tree, path, O_RDONLY | O_NONBLOCK)) >= 0) {
		got = read_at(fd, data, offset, length);
		close(fd);
	}
	memset(data + got, 0, length - got);
	return got == length;
}

int tree_stat(const struct tree *tree, const char *path, struct stat *st)
{
	GBytes *bytes;

	if (!is_given(tree, path, &bytes)) {
		const char *below = find_root(&tree, path);

		return fstatat(tree->fd, below, st, AT_SYMLINK_NOFOLLOW);
	}
	if (!bytes)
		return -1;
	/* No time and no inode: it is none of the files on the disk. */
	memset(st, 0, sizeof(*st));
	st->st_mode = S_IFREG | 0644;
	st->st_size = (off_t)g_bytes_get_size(bytes);
	return 0;
}

void tree_refresh(struct tree *tree)
{
	for (guint i = 0; i < tree->files->len; i++) {
		struct tree_file *file = tree->files->pdata[i];
		struct stat st = { 0 };

		if (file->link_target)
			continue;
		/* One that is gone is like no file that was ever read. */
		tree_stat(tree, file->path, &st);
		identify(&st, &file->identity);
	}
}
