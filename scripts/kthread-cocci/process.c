// SPDX-License-Identifier: GPL-2.0-only
/*
 * Child processes; see process.h.
 *
 * Each child leads a process group of its own, so that the helpers that spatch
 * starts (it compiles its OCaml rules) end with it.
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
static GArray *running;		/* pid_t of the group leaders */

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

static void child(const struct process *process, const char *program,
		  pid_t parent)
{
	int input = open("/dev/null", O_RDONLY);
	sigset_t none;

	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(126);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
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

char *process_find(const char *program)
{
	return g_find_program_in_path(program);
}

struct process_result process_run(const struct process *process)
{
	struct process_result result = { 0 };
	char *program = process_find(process->argv[0]);
	pid_t parent = getpid();
	pid_t pid;

	if (!program) {
		result.error = ENOENT;
		return result;
	}
	pid = fork();
	if (pid < 0) {
		result.error = errno;
	} else if (!pid) {
		child(process, program, parent);
	} else {
		setpgid(pid, pid);
		remember(pid);
		wait_for(pid, process, &result);
		forget(pid);
	}
	g_free(program);
	return result;
}
