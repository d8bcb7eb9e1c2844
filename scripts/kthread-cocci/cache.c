// SPDX-License-Identifier: GPL-2.0-only
/* Reading, writing and trimming cache files; see cache.h. */
#include "cache.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib.h>

/* What the name of a cache file ends in as long as it is written. */
#define TEMPORARY ".XXXXXX"

#define LEFTOVER_AGE 3600		/* seconds: nothing is written that long */

char *cache_path(const char *name)
{
	const char *home = g_getenv("XDG_CACHE_HOME");

	if (home && g_path_is_absolute(home))
		return g_build_filename(home, "kthread-cocci", name, NULL);
	home = g_getenv("HOME");
	if (!home || !g_path_is_absolute(home))
		return NULL;
	return g_build_filename(home, ".cache", "kthread-cocci", name, NULL);
}

static bool write_all(int fd, const char *data, size_t length)
{
	while (length) {
		ssize_t n = write(fd, data, MIN(length, (size_t)1 << 30));

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		data += n;
		length -= (size_t)n;
	}
	return true;
}

int cache_write(const char *path, const struct cache_chunk *chunks,
		size_t count)
{
	char *folder = g_path_get_dirname(path);
	char *temporary = g_strconcat(path, TEMPORARY, NULL);
	bool good = true;
	int error = 0;
	int fd = -1;

	if (!g_mkdir_with_parents(folder, 0700))
		fd = g_mkstemp_full(temporary, O_WRONLY | O_CLOEXEC, 0600);
	if (fd < 0) {
		error = errno;
	} else {
		for (size_t i = 0; i < count && good; i++)
			good = write_all(fd, chunks[i].data, chunks[i].length);
		if (!good || rename(temporary, path)) {
			error = errno;
			unlink(temporary);
		}
		close(fd);
	}
	g_free(temporary);
	g_free(folder);
	return error;
}

void cache_remove_leftovers(const char *path)
{
	char *folder = g_path_get_dirname(path);
	char *prefix = g_path_get_basename(path);
	size_t length = strlen(prefix);
	GDir *dir = g_dir_open(folder, 0, NULL);
	gint64 now = g_get_real_time() / G_USEC_PER_SEC;
	const char *name;

	while (dir && (name = g_dir_read_name(dir))) {
		char *leftover = g_build_filename(folder, name, NULL);
		struct stat st;

		if (!strncmp(name, prefix, length) && name[length] == '.' &&
		    strlen(name + length) == strlen(TEMPORARY) &&
		    !lstat(leftover, &st) && S_ISREG(st.st_mode) &&
		    now - st.st_mtim.tv_sec > LEFTOVER_AGE)
			unlink(leftover);
		g_free(leftover);
	}
	g_clear_pointer(&dir, g_dir_close);
	g_free(prefix);
	g_free(folder);
}

int cache_open(const char *path, size_t *length)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	struct stat st;

	if (fd < 0)
		return -1;
	if (fstat(fd, &st) || !S_ISREG(st.st_mode) || !st.st_size ||
	    st.st_uid != geteuid()) {
		close(fd);
		errno = EINVAL;
		return -1;
	}
	*length = (size_t)st.st_size;
	return fd;
}

static bool read_all(int fd, char *data, size_t length)
{
	while (length) {
		ssize_t n = read(fd, data, MIN(length, (size_t)1 << 30));

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		data += n;
		length -= (size_t)n;
	}
	return true;
}

char *cache_read(const char *path, size_t *length)
{
	int fd = cache_open(path, length);
	char *data;

	if (fd < 0)
		return NULL;
	data = g_malloc(*length);
	if (!read_all(fd, data, *length))
		g_clear_pointer(&data, g_free);
	/* It was used: cache_trim() goes by this time. */
	if (data)
		futimens(fd, NULL);
	close(fd);
	return data;
}

struct cached {
	char *path;
	uint64_t size;
	struct timespec used;
};

static void cached_free(gpointer data)
{
	struct cached *cached = data;

	g_free(cached->path);
	g_free(cached);
}

static int older_first(gconstpointer a, gconstpointer b)
{
	const struct cached *x = *(struct cached *const *)a;
	const struct cached *y = *(struct cached *const *)b;

	if (x->used.tv_sec != y->used.tv_sec)
		return x->used.tv_sec < y->used.tv_sec ? -1 : 1;
	if (x->used.tv_nsec != y->used.tv_nsec)
		return x->used.tv_nsec < y->used.tv_nsec ? -1 : 1;
	return strcmp(x->path, y->path);
}

void cache_trim(const char *folder, uint64_t limit)
{
	GPtrArray *list = g_ptr_array_new_with_free_func(cached_free);
	GDir *dir = g_dir_open(folder, 0, NULL);
	const char *name;
	uint64_t total = 0;

	while (dir && (name = g_dir_read_name(dir))) {
		char *path = g_build_filename(folder, name, NULL);
		struct cached *cached;
		struct stat st;

		if (lstat(path, &st) || !S_ISREG(st.st_mode)) {
			g_free(path);
			continue;
		}
		cached = g_new(struct cached, 1);
		*cached = (struct cached){
			.path = path, .size = (uint64_t)st.st_size,
			.used = st.st_mtim,
		};
		g_ptr_array_add(list, cached);
		total += cached->size;
	}
	g_clear_pointer(&dir, g_dir_close);
	g_ptr_array_sort(list, older_first);
	for (guint i = 0; i < list->len && total > limit; i++) {
		const struct cached *cached = list->pdata[i];

		/* Another run may have been faster. */
		if (!unlink(cached->path) || errno == ENOENT)
			total -= cached->size;
	}
	g_ptr_array_unref(list);
}
