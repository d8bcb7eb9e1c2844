// SPDX-License-Identifier: GPL-2.0-only
/*
 * Child processes; see process.h.
 *
 * Between us and the program stands a guard, a fork of ours that leads the
 * program's process group.  When we die it kills the group: the signal that the
 * kernel sends at a parent's death reaches the guard only, not the helpers that
 * spatch starts to compile its OCaml rules.
 */
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib.h>

static GMutex lock;
static GArray *running;		/* pid_t of the guards */
static gint stopping;		/* the program is about to end */

static void remember(pid_t pid)
{
	g_mutex_lock(&lock);
	if (!running)
		running = g_array_new(FALSE, FALSE, sizeof(pid_t));
	g_array_append_val(running, pid);
	g_mutex_unlock(&lock);
}

static void forget(pid_t pid)
{
	g_mutex_lock(&lock);
	for (guint i = 0; i < running->len; i++) {
		if (g_array_index(running, pid_t, i) == pid) {
			g_array_remove_index_fast(running, i);
			break;
		}
	}
	g_mutex_unlock(&lock);
}

void process_kill_all(void)
{
	g_atomic_int_set(&stopping, 1);
	g_mutex_lock(&lock);
	for (guint i = 0; running && i < running->len; i++)
		kill(-g_array_index(running, pid_t, i), SIGKILL);
	g_mutex_unlock(&lock);
}

/* In the child: only calls that are safe between fork and exec. */
static void redirect(const char *path, int fd)
{
	int file = open(path ? path : "/dev/null",
			O_WRONLY | O_CREAT | O_TRUNC, 0600);

	if (file < 0 || dup2(file, fd) < 0)
		_exit(126);
	if (file != fd)
		close(file);
}

/* The guard's handler: we are gone, or so it was told. */
static void kill_group(int number)
{
	(void)number;
	kill(0, SIGKILL);
}

static void run_program(const struct process *process, const char *program)
{
	int input = open(process->input ? process->input : "/dev/null",
			 O_RDONLY);

	signal(SIGPIPE, SIG_DFL);
	if (input < 0 || dup2(input, STDIN_FILENO) < 0)
		_exit(126);
	redirect(process->output, STDOUT_FILENO);
	redirect(process->errors, STDERR_FILENO);
	if (process->directory && chdir(process->directory))
		_exit(126);
	execve(program, (char *const *)process->argv,
	       (char *const *)process->environment);
	_exit(127);
}

/* The guard: run the program and end as it does. */
static void guard(const struct process *process, const char *program,
		  pid_t parent)
{
	struct sigaction action = { .sa_handler = kill_group };
	sigset_t none;
	int status;
	pid_t pid;

	setpgid(0, 0);
	sigemptyset(&none);
	sigaction(SIGTERM, &action, NULL);
	sigprocmask(SIG_SETMASK, &none, NULL);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(126);
	pid = fork();
	if (pid < 0)
		_exit(126);
	if (!pid) {
		signal(SIGTERM, SIG_DFL);
		run_program(process, program);
	}
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (WIFSIGNALED(status)) {
		signal(WTERMSIG(status), SIG_DFL);
		raise(WTERMSIG(status));
	}
	_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 126);
}

static void wait_for(pid_t pid, const struct process *process,
		     struct process_result *result)
{
	int fd = pidfd_open(pid, 0);
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };
	gint64 end = g_get_monotonic_time() +
		     (gint64)process->limit * G_USEC_PER_SEC;

	while (fd >= 0 && process->limit) {
		gint64 left = (end - g_get_monotonic_time()) / 1000;
		int ready;

		if (left <= 0) {
			result->timed_out = true;
			kill(-pid, SIGKILL);
			break;
		}
		ready = poll(&poll_fd, 1, (int)MIN(left, 60000));
		if (ready > 0 || (ready < 0 && errno != EINTR))
			break;
	}
	if (fd >= 0)
		close(fd);
	while (waitpid(pid, &result->status, 0) < 0 && errno == EINTR)
		;
	/* Whatever it left behind in its group. */
	kill(-pid, SIGKILL);
}

char *process_path(void)
{
	const char *path = g_getenv("PATH");

	return g_strdup_printf("PATH=%s", path ? path : "/usr/bin:/bin");
}

bool process_exists(const char *program)
{
	char *path = g_find_program_in_path(program);

	g_free(path);
	return path != NULL;
}

/* At the end of the program nothing new is begun, nor is a result judged. */
static void park_if_stopping(void)
{
	while (g_atomic_int_get(&stopping))
		pause();
}

struct process_result process_run(const struct process *process)
{
	struct process_result result = { 0 };
	char *program = g_find_program_in_path(process->argv[0]);
	pid_t parent = getpid();
	pid_t pid;

	if (!program) {
		result.error = ENOENT;
		return result;
	}
	park_if_stopping();
	pid = fork();
	if (pid < 0) {
		result.error = errno;
	} else if (!pid) {
		guard(process, program, parent);
	} else {
		setpgid(pid, pid);
		remember(pid);
		wait_for(pid, process, &result);
		forget(pid);
		park_if_stopping();
	}
	g_free(program);
	return result;
}
