// SPDX-License-Identifier: GPL-2.0-only
/* Messages and the status line of a terminal; see message.h. */
#include "message.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "findings.h"

int verbosity;

static GMutex lock;
static bool shown;		/* a status line is on the terminal */
static bool stopped;		/* there will be no other one */

static void wipe(void)
{
	if (shown) {
		fputs("\r\033[K", stderr);
		fflush(stderr);
	}
	shown = false;
}

char *printable(const char *text)
{
	GString *out = g_string_new(NULL);

	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (c == '\n')
			g_string_append(out, "\\n");
		else if (c == '\t')
			g_string_append(out, "\\t");
		else if (c < ' ' || c == 0x7f)
			g_string_append_printf(out, "\\%03o", c);
		else
			g_string_append_c(out, *text);
	}
	return g_string_free(out, FALSE);
}

static G_GNUC_PRINTF(1, 0) void print(const char *fmt, va_list args)
{
	char *raw = g_strdup_vprintf(fmt, args);
	char *text = printable(raw);

	g_mutex_lock(&lock);
	wipe();
	fprintf(stderr, "kthread-cocci: %s\n", text);
	g_mutex_unlock(&lock);
	g_free(text);
	g_free(raw);
}

void finish_output(void)
{
	if (!fflush(stdout) && !ferror(stdout))
		return;
	if (errno == EPIPE)
		exit(128 + SIGPIPE);
	die("cannot write to stdout: %s", g_strerror(errno));
}

void die(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	end_status();
	print(fmt, args);
	va_end(args);
	exit(STATUS_ERROR);
}

void say(const char *fmt, ...)
{
	va_list args;

	if (verbosity < 0)
		return;
	va_start(args, fmt);
	print(fmt, args);
	va_end(args);
}

void say_verbose(const char *fmt, ...)
{
	va_list args;

	if (verbosity < 1)
		return;
	va_start(args, fmt);
	print(fmt, args);
	va_end(args);
}

bool can_show_status(void)
{
	const char *term = g_getenv("TERM");

	return verbosity >= 0 && isatty(STDERR_FILENO) && term && *term &&
	       strcmp(term, "dumb");
}

/* What fits on one line: a longer one could not be wiped. */
static int columns(void)
{
	struct winsize size;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) || !size.ws_col)
		return 79;
	return size.ws_col - 1;
}

void show_status(const char *text)
{
	g_mutex_lock(&lock);
	if (!stopped) {
		fprintf(stderr, "\r\033[K%.*s", columns(), text);
		fflush(stderr);
		shown = true;
	}
	g_mutex_unlock(&lock);
}

void wipe_status(void)
{
	g_mutex_lock(&lock);
	wipe();
	g_mutex_unlock(&lock);
}

void end_status(void)
{
	g_mutex_lock(&lock);
	wipe();
	stopped = true;
	g_mutex_unlock(&lock);
}
