// SPDX-License-Identifier: GPL-2.0-only
/* The write-back: what it writes, what it refuses, and recovery. */
#include "writeback.h"

#include <errno.h>
#include <sys/stat.h>

#include "unit.h"

#define FOLDER ".kthread-cocci-apply"

struct fixture {
	char *folder;
	struct findings *findings;
	struct tree *tree;
	struct workspace *workspace;
};

static void open_fixture(struct fixture *fixture)
{
	char *error = NULL;

	fixture->folder = unit_folder();
	unit_put(fixture->folder, "a.c", "old a");
	unit_put(fixture->folder, "b/c.c", "old c");
	unit_put(fixture->folder, "b/d e\n\xc3\xa4.c", "old d");
	fixture->findings = findings_new();
	fixture->tree = tree_open(fixture->folder, fixture->findings, &error);
	g_assert_cmpstr(error, ==, NULL);
	fixture->workspace = workspace_new(fixture->tree);
}

static void set_up(struct fixture *fixture, gconstpointer data)
{
	(void)data;
	open_fixture(fixture);
}

static void tear_down(struct fixture *fixture, gconstpointer data)
{
	(void)data;
	workspace_free(fixture->workspace);
	tree_free(fixture->tree);
	findings_free(fixture->findings);
	unit_remove(fixture->folder);
}

static void change(struct fixture *fixture, const char *path, const char *text)
{
	GBytes *before = workspace_read(fixture->workspace, path);
	GBytes *after = unit_bytes(text);

	workspace_write(fixture->workspace, path, before, after);
	g_bytes_unref(before);
	g_bytes_unref(after);
}

static void assert_finding(struct fixture *fixture, guint i, const char *path,
			   const char *part)
{
	const struct finding *finding;

	g_assert_cmpuint(fixture->findings->list->len, >, i);
	if (fixture->findings->list->len <= i)
		return;
	finding = fixture->findings->list->pdata[i];
	g_assert_cmpint(finding->kind, ==, FINDING_FAILED);
	g_assert_cmpstr(finding->path, ==, path);
	if (!strstr(finding->message, part))
		g_test_fail_printf("'%s' without '%s'", finding->message,
				   part);
}

static void assert_no_litter(struct fixture *fixture)
{
	g_assert_false(unit_exists(fixture->folder, FOLDER));
	g_assert_false(writeback_is_pending(fixture->tree));
}

static void test_nothing(struct fixture *fixture, gconstpointer data)
{
	(void)data;
	g_assert_cmpuint(writeback(fixture->workspace, fixture->findings), ==,
			 0);
	change(fixture, "a.c", "old a");
	g_assert_cmpuint(writeback(fixture->workspace, fixture->findings), ==,
			 0);
	assert_no_litter(fixture);
	unit_assert_file(fixture->folder, "a.c", "old a");
}

static void test_write(struct fixture *fixture, gconstpointer data)
{
	(void)data;
	change(fixture, "a.c", "new a\n");
	change(fixture, "b/d e\n\xc3\xa4.c", "");
	g_assert_cmpuint(writeback(fixture->workspace, fixture->findings), ==,
			 2);
	unit_assert_file(fixture->folder, "a.c", "new a\n");
	unit_assert_file(fixture->folder, "b/d e\n\xc3\xa4.c", "");
	unit_assert_file(fixture->folder, "b/c.c", "old c");
	g_assert_cmpuint(fixture->findings->list->len, ==, 0);
	assert_no_litter(fixture);
}

static void set_mode(struct fixture *fixture, const char *path, mode_t mode)
{
	char *file = g_build_filename(fixture->folder, path, NULL);

	g_assert_cmpint(chmod(file, mode), ==, 0);
	g_free(file);
}

static void assert_mode(struct fixture *fixture, const char *path, mode_t mode)
{
	struct stat st = { 0 };

	g_assert_cmpint(tree_stat(fixture->tree, path, &st), ==, 0);
	g_assert_cmphex(st.st_mode & 07777, ==, mode);
}

static void test_mode(struct fixture *fixture, gconstpointer data)
{
	mode_t mask = umask(077);

	(void)data;
	set_mode(fixture, "a.c", 0755);
	set_mode(fixture, "b/c.c", 0664);
	change(fixture, "a.c", "new a");
	change(fixture, "b/c.c", "new c");
	g_assert_cmpuint(writeback(fixture->workspace, fixture->findings), ==,
			 2);
	assert_mode(fixture, "a.c", 0755);
	assert_mode(fixture, "b/c.c", 0664);
	umask(mask);
}

static void test_owner(struct fixture *fixture, gconstpointer data)
{
	char *file = g_build_filename(fixture->folder, "a.c", NULL);
	struct stat st = { 0 };

	(void)data;
	if (chown(file, 1234, 1235)) {
		g_test_skip("only root has files of others");
	} else {
		change(fixture, "a.c", "new a");
		g_assert_cmpuint(writeback(fixture->workspace,
					   fixture->findings), ==, 1);
		g_assert_cmpint(tree_stat(fixture->tree, "a.c", &st), ==, 0);
		g_assert_cmpuint(st.st_uid, ==, 1234);
		g_assert_cmpuint(st.st_gid, ==, 1235);
	}
	g_free(file);
}

static void test_read_only(struct fixture *fixture, gconstpointer data)
{
	(void)data;
	change(fixture, "a.c", "new a");
	change(fixture, "b/c.c", "new c");
	set_mode(fixture, "a.c", 0444);
	g_assert_cmpuint(writeback(fixture->workspace, fixture->findings), ==,
			 1);
	unit_assert_file(fixture->folder, "a.c", "old a");
	unit_assert_file(fixture->folder, "b/c.c", "new c");
	assert_mode(fixture, "a.c", 0444);
	g_assert_cmpuint(fixture->findings->list->len, ==, 1);
	assert_finding(fixture, 0, "a.c", "read-only");
	assert_no_litter(fixture);
}

static void test_read_only_folder(void)
{
	struct fixture fixture;

	unit_set_user(true);
	open_fixture(&fixture);
	change(&fixture, "a.c", "new a");
	change(&fixture, "b/c.c", "new c");
	set_mode(&fixture, "b", 0555);
	g_assert_cmpuint(writeback(fixture.workspace, fixture.findings), ==,
			 1);
	unit_assert_file(fixture.folder, "a.c", "new a");
	unit_assert_file(fixture.folder, "b/c.c", "old c");
	assert_finding(&fixture, 0, "b/c.c", "folder is read-only");
	assert_no_litter(&fixture);
	set_mode(&fixture, "b", 0755);
	tear_down(&fixture, NULL);
	unit_set_user(false);
}

static void test_gone(struct fixture *fixture, gconstpointer data)
{
	char *file = g_build_filename(fixture->folder, "a.c", NULL);

	(void)data;
	change(fixture, "a.c", "new a");
	g_assert_cmpint(unlink(file), ==, 0);
	g_assert_cmpuint(writeback(fixture->workspace, fixture->findings), ==,
			 0);
	g_assert_false(unit_exists(fixture->folder, "a.c"));
	assert_finding(fixture, 0, "a.c", g_strerror(ENOENT));
	assert_no_litter(fixture);
	g_free(file);
}

static void test_changed_in_between(struct fixture *fixture,
				    gconstpointer data)
{
	(void)data;
	change(fixture, "a.c", "new a");
	change(fixture, "b/c.c", "new c");
	unit_put(fixture->folder, "a.c", "user's a");
	g_assert_cmpuint(writeback(fixture->workspace, fixture->findings), ==,
			 1);
	unit_assert_file(fixture->folder, "a.c", "user's a");
	unit_assert_file(fixture->folder, "b/c.c", "new c");
	g_assert_cmpuint(fixture->findings->list->len, ==, 1);
	assert_finding(fixture, 0, "a.c", "changed by somebody else");
	assert_no_litter(fixture);
}

/* A file that became a link: neither the link nor its target is touched. */
static void test_became_link(struct fixture *fixture, gconstpointer data)
{
	char *file = g_build_filename(fixture->folder, "a.c", NULL);

	(void)data;
	change(fixture, "a.c", "new a");
	g_assert_cmpint(unlink(file), ==, 0);
	unit_put(fixture->folder, "target", "old a");
	unit_link(fixture->folder, "a.c", "target");
	g_assert_cmpuint(writeback(fixture->workspace, fixture->findings), ==,
			 0);
	unit_assert_file(fixture->folder, "target", "old a");
	g_assert_true(g_file_test(file, G_FILE_TEST_IS_SYMLINK));
	g_assert_cmpuint(fixture->findings->list->len, ==, 1);
	assert_no_litter(fixture);
	g_free(file);
}

/* Somebody made the file what it was to become. */
static void test_same_already(struct fixture *fixture, gconstpointer data)
{
	(void)data;
	change(fixture, "a.c", "new a");
	unit_put(fixture->folder, "a.c", "new a");
	writeback(fixture->workspace, fixture->findings);
	unit_assert_file(fixture->folder, "a.c", "new a");
	g_assert_cmpuint(fixture->findings->list->len, ==, 0);
	assert_no_litter(fixture);
}

static char *journal_line(unsigned int number, const char *before,
			  const char *after, const char *path)
{
	char *old_hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256,
						       before, -1);
	char *new_hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256,
						       after, -1);
	char *line = g_strdup_printf("%u %s %s %s\n", number, old_hash,
				     new_hash, path);

	g_free(old_hash);
	g_free(new_hash);
	return line;
}

/* Killed behind the journal: a.c is in place, b/c.c and the third are not. */
static void put_journal(struct fixture *fixture, const char *name)
{
	char *a = journal_line(0, "old a", "new a", "a.c");
	char *c = journal_line(1, "old c", "new c", "b/c.c");
	char *d = journal_line(2, "old d", "new d",
			       "b/d e\\n\\303\\244.c");
	char *all = g_strconcat(a, c, d, NULL);

	unit_put(fixture->folder, "a.c", "new a");
	unit_put(fixture->folder, FOLDER "/1", "new c");
	unit_put(fixture->folder, FOLDER "/2", "new d");
	unit_put(fixture->folder, name, all);
	g_free(all);
	g_free(d);
	g_free(c);
	g_free(a);
}

static void test_recover_committed(struct fixture *fixture, gconstpointer data)
{
	(void)data;
	put_journal(fixture, FOLDER "/journal");
	g_assert_true(writeback_is_pending(fixture->tree));
	g_assert_cmpuint(writeback_recover(fixture->tree, fixture->findings),
			 ==, 2);
	unit_assert_file(fixture->folder, "a.c", "new a");
	unit_assert_file(fixture->folder, "b/c.c", "new c");
	unit_assert_file(fixture->folder, "b/d e\n\xc3\xa4.c", "new d");
	g_assert_cmpuint(fixture->findings->list->len, ==, 0);
	assert_no_litter(fixture);
	/* There is nothing more to recover. */
	g_assert_cmpuint(writeback_recover(fixture->tree, fixture->findings),
			 ==, 0);
}

static void test_recover_changed(struct fixture *fixture, gconstpointer data)
{
	(void)data;
	put_journal(fixture, FOLDER "/journal");
	unit_put(fixture->folder, "a.c", "user's a");
	unit_put(fixture->folder, "b/c.c", "user's c");
	g_assert_cmpuint(writeback_recover(fixture->tree, fixture->findings),
			 ==, 1);
	unit_assert_file(fixture->folder, "a.c", "user's a");
	unit_assert_file(fixture->folder, "b/c.c", "user's c");
	unit_assert_file(fixture->folder, "b/d e\n\xc3\xa4.c", "new d");
	/* Nothing is lost: this run converts the file as it is now. */
	g_assert_cmpuint(fixture->findings->list->len, ==, 0);
	assert_no_litter(fixture);
}

static void test_recover_uncommitted(struct fixture *fixture,
				     gconstpointer data)
{
	(void)data;
	put_journal(fixture, FOLDER "/journal.new");
	unit_put(fixture->folder, "a.c", "old a");
	g_assert_false(writeback_is_pending(fixture->tree));
	g_assert_cmpuint(writeback_recover(fixture->tree, fixture->findings),
			 ==, 0);
	unit_assert_file(fixture->folder, "a.c", "old a");
	unit_assert_file(fixture->folder, "b/c.c", "old c");
	unit_assert_file(fixture->folder, "b/d e\n\xc3\xa4.c", "old d");
	g_assert_cmpuint(fixture->findings->list->len, ==, 0);
	assert_no_litter(fixture);
}

static void test_recover_nothing(struct fixture *fixture, gconstpointer data)
{
	(void)data;
	g_assert_false(writeback_is_pending(fixture->tree));
	g_assert_cmpuint(writeback_recover(fixture->tree, fixture->findings),
			 ==, 0);
	g_assert_cmpuint(fixture->findings->list->len, ==, 0);
}

/* Not a folder of ours: a file, or a link to somewhere else. */
static void test_recover_foreign(struct fixture *fixture, gconstpointer data)
{
	char *outside = unit_folder();
	char *file = g_build_filename(fixture->folder, FOLDER, NULL);

	(void)data;
	unit_put(fixture->folder, FOLDER, "mine");
	g_assert_cmpuint(writeback_recover(fixture->tree, fixture->findings),
			 ==, 0);
	unit_assert_file(fixture->folder, FOLDER, "mine");
	g_assert_cmpint(unlink(file), ==, 0);
	unit_put(outside, "0", "mine");
	unit_link(fixture->folder, FOLDER, outside);
	g_assert_cmpuint(writeback_recover(fixture->tree, fixture->findings),
			 ==, 0);
	unit_assert_file(outside, "0", "mine");
	g_free(file);
	unit_remove(outside);
}

/* Lines that are no journal's do no harm. */
static void test_recover_nonsense(struct fixture *fixture, gconstpointer data)
{
	(void)data;
	unit_put(fixture->folder, FOLDER "/journal", "nonsense\n0 1 2\n");
	g_assert_cmpuint(writeback_recover(fixture->tree, fixture->findings),
			 ==, 0);
	unit_assert_file(fixture->folder, "a.c", "old a");
	assert_no_litter(fixture);
}

/*
 * Once a bug: a journal that came with a foreign tree may name files
 * outside of it, and they are replaced.
 */
static void test_recover_outside(struct fixture *fixture, gconstpointer data)
{
	char *outside = unit_folder();
	char *base = g_path_get_basename(outside);
	char *path = g_strdup_printf("../%s/x.c", base);
	char *line = journal_line(0, "old x", "new x", path);

	(void)data;
	unit_put(outside, "x.c", "old x");
	unit_put(fixture->folder, FOLDER "/0", "new x");
	unit_put(fixture->folder, FOLDER "/journal", line);
	writeback_recover(fixture->tree, fixture->findings);
	unit_assert_file(outside, "x.c", "old x");
	g_free(line);
	g_free(path);
	g_free(base);
	unit_remove(outside);
}

/*
 * Where the program dies a subprocess does it: what it shall do stands in the
 * test, the tree's folder in the environment.
 */
#define FOLDER_VARIABLE "KTHREAD_COCCI_UNIT_FOLDER"

static void assert_dies(const char *folder, const char *message)
{
	g_setenv(FOLDER_VARIABLE, folder, TRUE);
	g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
	g_test_trap_assert_failed();
	g_test_trap_assert_stderr(message);
	g_unsetenv(FOLDER_VARIABLE);
}

static void change_in_subprocess(void)
{
	struct fixture fixture = { .findings = findings_new() };
	char *error = NULL;

	fixture.tree = tree_open(g_getenv(FOLDER_VARIABLE), fixture.findings,
				 &error);
	fixture.workspace = workspace_new(fixture.tree);
	change(&fixture, "a.c", "new a");
	writeback(fixture.workspace, fixture.findings);
}

static void test_folder_in_the_way(void)
{
	char *folder;

	if (g_test_subprocess()) {
		change_in_subprocess();
		return;
	}
	folder = unit_folder();
	unit_put(folder, "a.c", "old a");
	unit_put(folder, FOLDER "/journal.new", "");
	assert_dies(folder, "kthread-cocci: *not writable*");
	unit_assert_file(folder, "a.c", "old a");
	g_assert_true(unit_exists(folder, FOLDER "/journal.new"));
	unit_remove(folder);
}

static void test_read_only_tree(void)
{
	char *folder;

	if (g_test_subprocess()) {
		unit_set_user(true);
		change_in_subprocess();
		return;
	}
	unit_set_user(true);
	folder = unit_folder();
	unit_put(folder, "a.c", "old a");
	g_assert_cmpint(chmod(folder, 0555), ==, 0);
	unit_set_user(false);
	assert_dies(folder, "kthread-cocci: *not writable*");
	unit_set_user(true);
	unit_assert_file(folder, "a.c", "old a");
	g_assert_cmpint(chmod(folder, 0755), ==, 0);
	unit_remove(folder);
	unit_set_user(false);
}

static struct tree *open_and_lock(const char *folder)
{
	struct findings *findings = findings_new();
	char *error = NULL;
	struct tree *tree = tree_open(folder, findings, &error);

	g_assert_cmpstr(error, ==, NULL);
	findings_free(findings);
	writeback_lock(tree);
	return tree;
}

static void test_lock(void)
{
	struct tree *tree;
	char *folder;

	if (g_test_subprocess()) {
		tree_free(open_and_lock(g_getenv(FOLDER_VARIABLE)));
		return;
	}
	folder = unit_folder();
	unit_put(folder, "a.c", "");
	tree = open_and_lock(folder);
	assert_dies(folder, "kthread-cocci: *another kthread-cocci*");
	/* Its own lock may be taken again, and ends with the tree. */
	writeback_lock(tree);
	tree_free(tree);
	tree_free(open_and_lock(folder));
	unit_remove(folder);
}

#define ADD(name, function)						\
	g_test_add("/writeback/" name, struct fixture, NULL, set_up,	\
		   function, tear_down)

static void add_recover_tests(void)
{
	ADD("recover-committed", test_recover_committed);
	ADD("recover-changed", test_recover_changed);
	ADD("recover-uncommitted", test_recover_uncommitted);
	ADD("recover-nothing", test_recover_nothing);
	ADD("recover-foreign", test_recover_foreign);
	ADD("recover-nonsense", test_recover_nonsense);
	ADD("recover-outside", test_recover_outside);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	ADD("nothing", test_nothing);
	ADD("write", test_write);
	ADD("mode", test_mode);
	ADD("owner", test_owner);
	ADD("read-only", test_read_only);
	g_test_add_func("/writeback/read-only-folder", test_read_only_folder);
	ADD("gone", test_gone);
	ADD("changed-in-between", test_changed_in_between);
	ADD("became-link", test_became_link);
	ADD("same-already", test_same_already);
	add_recover_tests();
	g_test_add_func("/writeback/folder-in-the-way",
			test_folder_in_the_way);
	g_test_add_func("/writeback/read-only-tree", test_read_only_tree);
	g_test_add_func("/writeback/lock", test_lock);
	return g_test_run();
}
