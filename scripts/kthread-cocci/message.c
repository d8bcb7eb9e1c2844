// SPDX-License-Identifier: GPL-2.0-only
/* Messages and the progress line; see message.h. */
#include "message.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "findings.h"

int verbosity;

static GMutex lock;
static bool shown;		/* a progress line is on the terminal */

static void wipe(void)
{
	if (shown)
		fputs("\r\033[K", stderr);
	shown = false;
}

static G_GNUC_PRINTF(1, 0) void print(const char *fmt, va_list args)
{
	g_mutex_lock(&lock);
	wipe();
	fputs("kthread-cocci: ", stderr);
	vfprintf(stderr, fmt, args);
	fputc('\n', stderr);
	g_mutex_unlock(&lock);
}

void die(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
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

static bool can_show(void)
{
	const char *term = g_getenv("TERM");

	return verbosity >= 0 && isatty(STDERR_FILENO) && term && *term &&
	       strcmp(term, "dumb");
}

void progress(const char *what, unsigned int done, unsigned int total)
{
	if (!can_show())
		return;
	g_mutex_lock(&lock);
	fprintf(stderr, "\r\033[K%s: %u of %u", what, done, total);
	fflush(stderr);
	shown = true;
	g_mutex_unlock(&lock);
}

void progress_end(void)
{
	g_mutex_lock(&lock);
	wipe();
	g_mutex_unlock(&lock);
}
