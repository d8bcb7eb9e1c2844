// SPDX-License-Identifier: GPL-2.0-only
/*
 * Counts, rate and time left; see progress.h.
 *
 * The line is rewritten when files are done, but not more than ten times a
 * second over all phases: a terminal may be slow, and nobody reads faster.
 */
#include "progress.h"

#include "message.h"

#define INTERVAL (G_USEC_PER_SEC / 10)

static GMutex lock;
static char *what;		/* of the phase that runs, or NULL */
static unsigned int done, total;
static gint64 began, painted;

char *progress_text(const char *what, unsigned int done, unsigned int total,
		    gint64 elapsed)
{
	GString *text = g_string_new(NULL);

	g_string_printf(text, "%s: %u/%u files", what, done, total);
	if (done && done < total) {
		/* Rounded up: there is always something left. */
		gint64 left = elapsed * (total - done) / done /
			G_USEC_PER_SEC + 1;

		if (left < 100)
			g_string_append_printf(text, ", %d s left", (int)left);
		else
			g_string_append_printf(text, ", %d min left",
					       (int)((left + 59) / 60));
	}
	return g_string_free(text, FALSE);
}

/* With the lock held. */
static void paint(void)
{
	gint64 now = g_get_monotonic_time();
	char *text;

	if (painted && now - painted < INTERVAL)
		return;
	painted = now;
	text = progress_text(what, done, total, now - began);
	show_status(text);
	g_free(text);
}

void progress_begin(const char *name, unsigned int files)
{
	if (!files || !can_show_status())
		return;
	g_mutex_lock(&lock);
	g_free(what);
	what = g_strdup(name);
	done = 0;
	total = files;
	began = g_get_monotonic_time();
	paint();
	g_mutex_unlock(&lock);
}

void progress_step(unsigned int files)
{
	g_mutex_lock(&lock);
	if (what) {
		done = MIN(done + files, total);
		paint();
	}
	g_mutex_unlock(&lock);
}

void progress_end(void)
{
	g_mutex_lock(&lock);
	g_clear_pointer(&what, g_free);
	wipe_status();
	g_mutex_unlock(&lock);
}
