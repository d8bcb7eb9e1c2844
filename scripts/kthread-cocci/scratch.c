// SPDX-License-Identifier: GPL-2.0-only
/* The scratch folder and its end; see scratch.h. */
#include "scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <glib.h>
#include <linux/magic.h>

#include "message.h"
#include "process.h"

#define PREFIX "kthread-cocci"

/* Memory that every Linux has, with room for what a run writes many times over. */
#define MEMORY "/dev/shm"
#define ROOM ((uint64_t)1 << 30)	/* bytes */

static GMutex lock;
static char *folder;		/* of this run, once it exists */

static int remove_entry(const char *path, const struct stat *st, int type,
			struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	remove(path);		/* what is left is tried again */
	return 0;
}

void remove_folder(const char *path)
{
	struct stat st;

	/* Killed processes may take a moment to stop writing. */
	for (int tries = 0; tries < 100 && !lstat(path, &st); tries++) {
		if (tries)
			g_usleep(10000);
		nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
	}
}

/*
 * Hundreds of small files come and go in a run, which costs more than a second
 * where each has to be noted on a disk.  spatch loads code from there.
 */
static bool is_fast(const char *path)
{
	struct statvfs room;
	struct statfs type;

	return !statfs(path, &type) && type.f_type == TMPFS_MAGIC &&
	       !statvfs(path, &room) && !(room.f_flag & ST_NOEXEC) &&
	       (uint64_t)room.f_bavail * room.f_frsize >= ROOM &&
	       !access(path, W_OK | X_OK);
}

/*
 * spatch hands its temporary files' names to a shell, so the folder must have
 * a name that no shell can misread.
 */
static const char *base_folder(void)
{
	static const char safe[] = "abcdefghijklmnopqrstuvwxyz"
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._+-";
	const char *tmp = g_getenv("TMPDIR");

	if (tmp && *tmp == '/' && strspn(tmp, safe) == strlen(tmp) &&
	    !access(tmp, W_OK))
		return tmp;
	return is_fast(MEMORY) ? MEMORY : "/tmp";
}

/* The start time of a process (field 22 of proc(5)'s stat), 0: no such one. */
static unsigned long long start_time(long pid)
{
	char *path = g_strdup_printf("/proc/%ld/stat", pid);
	unsigned long long start = 0;
	char *text;

	if (g_file_get_contents(path, &text, NULL, NULL)) {
		char *rest = strrchr(text, ')');
		char **fields = g_strsplit(rest ? rest + 1 : "", " ", -1);

		/* Field 3 is fields[1] here. */
		if (g_strv_length(fields) > 20)
			start = g_ascii_strtoull(fields[20], NULL, 10);
		g_strfreev(fields);
		g_free(text);
	}
	g_free(path);
	return start;
}

/* Did the process that made folder @name (PREFIX.UID.PID.START) end? */
static bool is_stale(const char *base, const char *name)
{
	unsigned long long start;
	unsigned long uid;
	struct stat st;
	char *path;
	bool stale = false;
	long pid;
	int fd;

	if (sscanf(name, PREFIX ".%lu.%ld.%llu", &uid, &pid, &start) != 3 ||
	    uid != geteuid() || start_time(pid) == start)
		return false;
	path = g_build_filename(base, name, NULL);
	fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd >= 0) {
		stale = !fstat(fd, &st) && st.st_uid == geteuid() &&
			!flock(fd, LOCK_EX | LOCK_NB);
		close(fd);
	}
	g_free(path);
	return stale;
}

static void remove_stale(const char *base)
{
	GDir *dir = g_dir_open(base, 0, NULL);
	const char *name;

	while (dir && (name = g_dir_read_name(dir))) {
		if (g_str_has_prefix(name, PREFIX ".") && is_stale(base, name)) {
			char *path = g_build_filename(base, name, NULL);

			remove_folder(path);
			g_free(path);
		}
	}
	if (dir)
		g_dir_close(dir);
}

static void create(void)
{
	const char *base = base_folder();
	int fd;

	remove_stale(base);
	if (!strcmp(base, MEMORY))
		remove_stale("/tmp");
	folder = g_strdup_printf("%s/" PREFIX ".%lu.%ld.%llu", base,
				 (unsigned long)geteuid(), (long)getpid(),
				 start_time(getpid()));
	if (mkdir(folder, 0700)) {
		int error = errno;
		char *name = folder;

		folder = NULL;
		die("cannot create the scratch folder %s: %s (set TMPDIR to a folder with room)",
		    name, g_strerror(error));
	}
	/* The lock lives as long as the process; nobody else holds the fd. */
	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0)
		flock(fd, LOCK_EX | LOCK_NB);
	atexit(scratch_remove);
}

char *scratch_path(const char *name)
{
	g_mutex_lock(&lock);
	if (!folder)
		create();
	g_mutex_unlock(&lock);
	return g_build_filename(folder, name, NULL);
}

char *scratch_folder(const char *name)
{
	char *path = scratch_path(name);

	if (g_mkdir_with_parents(path, 0700))
		die("cannot create %s: %s", path, g_strerror(errno));
	return path;
}

void scratch_remove(void)
{
	char *path;

	g_mutex_lock(&lock);
	path = folder;
	g_mutex_unlock(&lock);
	if (path)
		remove_folder(path);
}

static gpointer wait_for_signal(gpointer data)
{
	sigset_t *set = data;
	int number;

	sigwait(set, &number);
	end_status();
	process_kill_all();
	scratch_remove();
	signal(number, SIG_DFL);
	pthread_sigmask(SIG_UNBLOCK, set, NULL);
	raise(number);
	return NULL;
}

void scratch_handle_signals(void)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
	static sigset_t set;
	struct sigaction action;

	sigemptyset(&set);
	for (size_t i = 0; i < G_N_ELEMENTS(signals); i++) {
		/* What our parent ignores (nohup) stays ignored. */
		if (!sigaction(signals[i], NULL, &action) &&
		    action.sa_handler != SIG_IGN)
			sigaddset(&set, signals[i]);
	}
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	/* A reader that goes away is an error of write(): finish_output(). */
	signal(SIGPIPE, SIG_IGN);
	g_thread_unref(g_thread_new("signals", wait_for_signal, &set));
}
