// SPDX-License-Identifier: GPL-2.0-only
/* Child processes: output, environment, time limit, no orphans. */
#include "process.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>

#include "unit.h"

/* Run a shell command; @process may hold more than the command. */
static struct process_result run_shell(struct process *process,
				       const char *command)
{
	const char *const argv[] = { "/bin/sh", "-c", command, NULL };
	static const char *const environment[] = {
		"PATH=/usr/bin:/bin", NULL,
	};

	process->argv = argv;
	if (!process->environment)
		process->environment = environment;
	return process_run(process);
}

static void assert_exit(struct process_result result, int status)
{
	g_assert_cmpint(result.error, ==, 0);
	g_assert_false(result.timed_out);
	g_assert_true(WIFEXITED(result.status));
	g_assert_cmpint(WEXITSTATUS(result.status), ==, status);
}

static void test_status(void)
{
	struct process process = { 0 };

	assert_exit(run_shell(&process, "exit 0"), 0);
	assert_exit(run_shell(&process, "exit 3"), 3);
	process.limit = 60;
	assert_exit(run_shell(&process, "exit 4"), 4);
}

static void test_signal(void)
{
	struct process process = { 0 };
	struct process_result result = run_shell(&process, "kill -TERM $$");

	g_assert_cmpint(result.error, ==, 0);
	g_assert_true(WIFSIGNALED(result.status));
	g_assert_cmpint(WTERMSIG(result.status), ==, SIGTERM);
}

static void test_missing(void)
{
	const char *const argv[] = { "kthread-cocci-no-such-program", NULL };
	const char *const path[] = { "/nonexistent/program", NULL };
	struct process process = { .argv = argv };

	g_assert_cmpint(process_run(&process).error, ==, ENOENT);
	process.argv = path;
	g_assert_cmpint(process_run(&process).error, ==, ENOENT);
}

static void test_find(void)
{
	g_assert_true(process_exists("sh"));
	g_assert_false(process_exists("kthread-cocci-no-such-program"));
}

static void test_output(void)
{
	char *folder = unit_folder();
	char *output = g_build_filename(folder, "output", NULL);
	char *errors = g_build_filename(folder, "errors", NULL);
	struct process process = { .output = output, .errors = errors };

	/* What is there before goes. */
	unit_put(folder, "output", "something that is much longer\n");
	assert_exit(run_shell(&process, "echo out; echo err >&2"), 0);
	unit_assert_file(folder, "output", "out\n");
	unit_assert_file(folder, "errors", "err\n");
	g_free(output);
	g_free(errors);
	unit_remove(folder);
}

/* Where no file is given the three are /dev/null. */
static void test_no_output(void)
{
	char *folder = unit_folder();
	char *output = g_build_filename(folder, "output", NULL);
	struct process process = { .output = output };

	assert_exit(run_shell(&process, "readlink /proc/self/fd/0; "
			      "readlink /proc/$$/fd/2; cat"), 0);
	unit_assert_file(folder, "output", "/dev/null\n/dev/null\n");
	process.output = NULL;
	process.errors = output;
	assert_exit(run_shell(&process, "exec 3>&1; readlink /proc/$$/fd/3 >&2"), 0);
	unit_assert_file(folder, "output", "/dev/null\n");
	g_free(output);
	unit_remove(folder);
}

static void test_bad_output(void)
{
	struct process process = { .output = "/nonexistent/folder/file" };

	assert_exit(run_shell(&process, "exit 0"), 126);
}

static void test_surroundings(void)
{
	static const char *const environment[] = { "A=x y", "B=", NULL };
	char *folder = unit_folder();
	char *output = g_build_filename(folder, "output", NULL);
	char *expected = g_strdup_printf("%s\nx y--\n", folder);
	struct process process = {
		.directory = folder, .output = output,
		.environment = environment,
	};

	g_setenv("KTHREAD_COCCI_UNIT", "set", TRUE);
	assert_exit(run_shell(&process,
			      "pwd; echo \"$A-$B-$KTHREAD_COCCI_UNIT\""), 0);
	unit_assert_file(folder, "output", expected);
	g_unsetenv("KTHREAD_COCCI_UNIT");
	g_free(expected);
	g_free(output);
	unit_remove(folder);
}

static void test_bad_directory(void)
{
	struct process process = { .directory = "/nonexistent/folder" };

	assert_exit(run_shell(&process, "exit 0"), 126);
}

/* No shell in between: words reach the program as they are. */
static void test_arguments(void)
{
	char *folder = unit_folder();
	char *output = g_build_filename(folder, "output", NULL);
	const char *const argv[] = {
		"/bin/sh", "-c", "printf '[%s]' \"$@\"", "sh", "a b", "$HOME",
		"", "';\n", NULL,
	};
	const char *const environment[] = { "HOME=/x", NULL };
	struct process process = {
		.argv = argv, .output = output, .environment = environment,
	};

	assert_exit(process_run(&process), 0);
	unit_assert_file(folder, "output", "[a b][$HOME][][';\n]");
	g_free(output);
	unit_remove(folder);
}

/* Is the process gone, or only waiting for its parent to notice? */
static bool is_dead(const char *pid)
{
	char *path = g_strdup_printf("/proc/%s/stat", pid);
	char *text = NULL;
	bool dead = !g_file_get_contents(path, &text, NULL, NULL);

	if (!dead) {
		const char *state = strrchr(text, ')');

		dead = state && (state[2] == 'Z' || state[2] == 'X');
	}
	g_free(text);
	g_free(path);
	return dead;
}

static void assert_dies_soon(const char *folder, const char *file)
{
	char *pid = unit_get(folder, file);
	int tries = 500;

	g_assert_nonnull(pid);
	if (!pid)
		return;
	g_strchomp(pid);
	g_assert_cmpint(atoi(pid), >, 1);
	while (!is_dead(pid) && tries--)
		g_usleep(10000);
	g_assert_true(is_dead(pid));
	g_free(pid);
}

static void test_limit(void)
{
	char *folder = unit_folder();
	struct process process = { .directory = folder, .limit = 1 };
	gint64 start = g_get_monotonic_time();
	struct process_result result = run_shell(&process,
		"trap '' TERM INT HUP; sleep 300 & echo $! >pid; sleep 300");

	g_assert_cmpint(result.error, ==, 0);
	g_assert_true(result.timed_out);
	g_assert_true(WIFSIGNALED(result.status));
	/* poll() counts in milliseconds */
	g_assert_cmpint(g_get_monotonic_time() - start, >=,
			G_USEC_PER_SEC - 2000);
	g_assert_cmpint(g_get_monotonic_time() - start, <,
			60 * G_USEC_PER_SEC);
	/* Its child goes with it. */
	assert_dies_soon(folder, "pid");
	unit_remove(folder);
}

static void test_orphans(void)
{
	char *folder = unit_folder();
	struct process process = { .directory = folder };

	assert_exit(run_shell(&process, "sleep 300 & echo $! >pid"), 0);
	assert_dies_soon(folder, "pid");
	unit_remove(folder);
}

struct sleeper {
	const char *folder;
	gint done;
};

static gpointer sleep_long(gpointer data)
{
	struct sleeper *sleeper = data;
	struct process process = { .directory = sleeper->folder };

	run_shell(&process, "sleep 300 & echo $! >pid; wait");
	g_atomic_int_set(&sleeper->done, 1);
	return NULL;
}

/* From then on process_run() does not return, so this is a program of its own. */
static void test_kill_all(void)
{
	char *folder;
	struct sleeper sleeper = { 0 };

	if (!g_test_subprocess()) {
		g_test_trap_subprocess(NULL, 20 * G_USEC_PER_SEC, 0);
		g_test_trap_assert_passed();
		return;
	}
	folder = unit_folder();
	sleeper.folder = folder;
	g_thread_unref(g_thread_new("sleeper", sleep_long, &sleeper));
	for (int tries = 0; tries < 2000; tries++) {
		char *pid = unit_get(folder, "pid");
		bool there = pid && strchr(pid, '\n');

		g_free(pid);
		if (there)
			break;
		g_usleep(5000);
	}
	process_kill_all();
	assert_dies_soon(folder, "pid");
	g_assert_cmpint(g_atomic_int_get(&sleeper.done), ==, 0);
	unit_remove(folder);
	_exit(g_test_failed());
}

static gpointer run_one(gpointer data)
{
	struct process process = { 0 };
	char *command = g_strdup_printf("exit %d", GPOINTER_TO_INT(data));

	assert_exit(run_shell(&process, command), GPOINTER_TO_INT(data));
	g_free(command);
	return NULL;
}

static void test_threads(void)
{
	GThread *threads[16];

	for (int i = 0; i < 16; i++)
		threads[i] = g_thread_new("run", run_one, GINT_TO_POINTER(i));
	for (int i = 0; i < 16; i++)
		g_thread_join(threads[i]);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_set_nonfatal_assertions();
	g_test_add_func("/process/status", test_status);
	g_test_add_func("/process/signal", test_signal);
	g_test_add_func("/process/missing", test_missing);
	g_test_add_func("/process/find", test_find);
	g_test_add_func("/process/output", test_output);
	g_test_add_func("/process/no-output", test_no_output);
	g_test_add_func("/process/bad-output", test_bad_output);
	g_test_add_func("/process/surroundings", test_surroundings);
	g_test_add_func("/process/bad-directory", test_bad_directory);
	g_test_add_func("/process/arguments", test_arguments);
	g_test_add_func("/process/limit", test_limit);
	g_test_add_func("/process/orphans", test_orphans);
	g_test_add_func("/process/kill-all", test_kill_all);
	g_test_add_func("/process/threads", test_threads);
	return g_test_run();
}
