// SPDX-License-Identifier: GPL-2.0-only
/*
 * The journalled write-back; see writeback.h.
 *
 * A line of the journal is "NUMBER OLD NEW PATH": the file's new text is in
 * the file NUMBER beside the journal, OLD and NEW are the SHA-256 of the text
 * before and after, OLD is - for a new file, PATH is relative to the tree with C escapes.  Once a file
 * is in place its NUMBER is gone, so completing is the same as beginning.
 */
#include "writeback.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "edit.h"
#include "message.h"
#include "scratch.h"

#define FOLDER ".kthread-cocci-apply"
#define JOURNAL FOLDER "/journal"
#define NEW_FILE "-"

void writeback_lock(const struct tree *tree)
{
	if (flock(tree->fd, LOCK_EX | LOCK_NB))
		die("%s: another kthread-cocci is writing to this tree",
		    tree->root);
}

bool writeback_is_pending(const struct tree *tree)
{
	return !faccessat(tree->fd, JOURNAL, F_OK, AT_SYMLINK_NOFOLLOW);
}

static void remove_journal(const struct tree *tree)
{
	char *folder = g_build_filename(tree->root, FOLDER, NULL);

	/* The journal goes first: without it the rest is only litter. */
	unlinkat(tree->fd, JOURNAL, 0);
	remove_folder(folder);
	g_free(folder);
}

static char *hash(GBytes *text)
{
	return g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, text);
}

/* Rename @staged to @path, which no link may lead out of the tree. */
static int rename_into(const struct tree *tree, const char *staged,
		       const char *path)
{
	char *parent = g_path_get_dirname(path);
	char *name = g_path_get_basename(path);
	int fd = tree_openat(tree, parent, O_PATH | O_DIRECTORY);
	int status = fd < 0 ? -1 : renameat(tree->fd, staged, fd, name);
	int error = errno;

	if (fd >= 0)
		close(fd);
	g_free(name);
	g_free(parent);
	errno = error;
	return status;
}

/*
 * Somebody changed the file since its new text was made.  In a recovery that
 * text is dropped, and this run makes a new one.
 */
static void note_change(const char *path, bool recovering,
			struct findings *findings)
{
	if (recovering)
		say("%s was changed since the interrupted apply, starting over with it",
		    path);
	else
		findings_add(findings, FINDING_FAILED, path, 0,
			     "changed by somebody else in the meantime, left alone");
}

/* What stands for the hash of a file that is not there; "" where it is. */
static const char *missing(const struct tree *tree, const char *path)
{
	struct stat st;

	return tree_stat(tree, path, &st) && errno == ENOENT ? NEW_FILE : "";
}

/* Put one file of the journal in place.  Returns true if it was. */
static bool replace(const struct tree *tree, const char *number,
		    const char *old_hash, const char *new_hash,
		    const char *path, bool recovering,
		    struct findings *findings)
{
	char *staged = g_strdup_printf(FOLDER "/%s", number);
	GBytes *now;
	char *now_hash;
	bool done = false;

	if (faccessat(tree->fd, staged, F_OK, AT_SYMLINK_NOFOLLOW)) {
		g_free(staged);		/* it is in place already */
		return false;
	}
	now = tree_read(tree, path);
	now_hash = now ? hash(now) : NULL;
	if (now && !strcmp(now_hash, new_hash))
		unlinkat(tree->fd, staged, 0);
	else if (strcmp(now ? now_hash : missing(tree, path), old_hash))
		note_change(path, recovering, findings);
	else if (rename_into(tree, staged, path))
		findings_add(findings, FINDING_FAILED, path, 0,
			     "cannot be replaced: %s", g_strerror(errno));
	else
		done = true;
	if (now)
		g_bytes_unref(now);
	g_free(now_hash);
	g_free(staged);
	return done;
}

/* The names of staged files are numbers; a journal may come from anywhere. */
static bool is_number(const char *word)
{
	return *word && strspn(word, "0123456789") == strlen(word);
}

static unsigned int play_journal(const struct tree *tree, bool recovering,
				 struct findings *findings)
{
	GBytes *bytes = tree_read(tree, JOURNAL);
	unsigned int done = 0;
	char **lines;

	if (!bytes)
		return 0;
	lines = g_strsplit(g_bytes_get_data(bytes, NULL), "\n", -1);
	for (guint i = 0; lines[i] && *lines[i]; i++) {
		char **words = g_strsplit(lines[i], " ", 4);

		if (g_strv_length(words) == 4 && is_number(words[0])) {
			char *path = g_strcompress(words[3]);

			done += replace(tree, words[0], words[1], words[2],
					path, recovering, findings);
			g_free(path);
		}
		g_strfreev(words);
	}
	g_strfreev(lines);
	g_bytes_unref(bytes);
	remove_journal(tree);
	return done;
}

unsigned int writeback_recover(const struct tree *tree,
			       struct findings *findings)
{
	struct stat st;

	if (tree_stat(tree, FOLDER, &st) || !S_ISDIR(st.st_mode))
		return 0;
	if (writeback_is_pending(tree))
		return play_journal(tree, true, findings);
	remove_journal(tree);
	return 0;
}

/*
 * Why a file must not be replaced, or made, or NULL.  @st is to be that of the
 * new one; a new file belongs to who makes it.
 */
static const char *refusal(const struct tree *tree, const struct change *change,
			   struct stat *st)
{
	const char *path = change->path;
	char *parent = g_path_get_dirname(path);
	bool is_there = !tree_stat(tree, path, st);
	const char *why = NULL;

	if (!change->before && !is_there)
		*st = (struct stat){ .st_mode = 0644, .st_uid = geteuid(),
				     .st_gid = getegid() };
	else if (!is_there)
		why = g_strerror(errno);
	else if (!change->before)
		why = "is there already, left alone";
	else if (!(st->st_mode & 0222) ||
		 faccessat(tree->fd, path, W_OK, AT_EACCESS))
		why = "read-only, left alone";
	if (!why && faccessat(tree->fd, parent, W_OK, AT_EACCESS))
		why = "its folder is read-only, left alone";
	g_free(parent);
	return why;
}

static bool write_all(int fd, GBytes *text)
{
	gsize left;
	const char *data = g_bytes_get_data(text, &left);

	while (left) {
		ssize_t n = write(fd, data, left);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		data += n;
		left -= (size_t)n;
	}
	return !fdatasync(fd);
}

static void stage_file(const struct tree *tree, const char *name, GBytes *text,
		       const struct stat *st)
{
	int fd = openat(tree->fd, name,
			O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
			0600);
	bool good = fd >= 0 && write_all(fd, text);

	if (good && st) {
		/* Only root can keep a foreign owner; others own it already. */
		if (fchown(fd, st->st_uid, st->st_gid) && errno != EPERM)
			good = false;
		good = good && !fchmod(fd, st->st_mode & 07777);
	}
	if (fd >= 0 && close(fd))
		good = false;
	if (!good) {
		int error = errno;

		remove_journal(tree);
		die("%s: cannot write: %s; the tree is as before", tree->root,
		    g_strerror(error));
	}
}

/* Stage the files that may be written; returns the journal, or NULL. */
static GString *stage_all(struct workspace *workspace, GPtrArray *changes,
			  struct findings *findings)
{
	const struct tree *tree = workspace->tree;
	GString *journal = g_string_new(NULL);

	for (guint i = 0; i < changes->len; i++) {
		const struct change *change = changes->pdata[i];
		struct stat st;
		const char *why = refusal(tree, change, &st);
		char *name, *before, *after, *path;

		if (why) {
			findings_add(findings, FINDING_FAILED, change->path, 0,
				     "%s", why);
			continue;
		}
		name = g_strdup_printf(FOLDER "/%u", i);
		stage_file(tree, name, change->after, &st);
		before = change->before ? hash(change->before) :
					  g_strdup(NEW_FILE);
		after = hash(change->after);
		path = g_strescape(change->path, NULL);
		g_string_append_printf(journal, "%u %s %s %s\n", i, before,
				       after, path);
		g_free(path);
		g_free(after);
		g_free(before);
		g_free(name);
	}
	return journal;
}

unsigned int writeback(struct workspace *workspace, struct findings *findings)
{
	const struct tree *tree = workspace->tree;
	GPtrArray *changes = workspace_changes(workspace);
	unsigned int done = 0;
	GString *journal;
	GBytes *bytes;

	if (!changes->len)
		goto out;
	if (mkdirat(tree->fd, FOLDER, 0700))
		die("%s: not writable: %s", tree->root, g_strerror(errno));
	journal = stage_all(workspace, changes, findings);
	bytes = bytes_from_string(journal);
	stage_file(tree, JOURNAL ".new", bytes, NULL);
	g_bytes_unref(bytes);
	if (renameat(tree->fd, JOURNAL ".new", tree->fd, JOURNAL)) {
		remove_journal(tree);
		die("%s: cannot write: %s; the tree is as before", tree->root,
		    g_strerror(errno));
	}
	fsync(tree->fd);
	done = play_journal(tree, false, findings);
out:
	g_ptr_array_unref(changes);
	return done;
}
