// SPDX-License-Identifier: GPL-2.0-only
/* A parallel loop over an index range; see parallel.h. */
#include "parallel.h"

#include <glib.h>

/* However many jobs somebody asks for. */
#define MAX_THREADS 128

struct loop {
	size_t count;
	gint next;
	void (*work)(void *context, size_t i);
	void *context;
};

static gpointer loop_thread(gpointer data)
{
	struct loop *loop = data;

	for (;;) {
		size_t i = (size_t)g_atomic_int_add(&loop->next, 1);

		if (i >= loop->count)
			return NULL;
		loop->work(loop->context, i);
	}
}

void parallel_for(size_t count, unsigned int jobs,
		  void (*work)(void *context, size_t i), void *context)
{
	struct loop loop = {
		.count = count, .work = work, .context = context,
	};
	GThread **threads;

	if (jobs > MAX_THREADS)
		jobs = MAX_THREADS;
	if (jobs > count)
		jobs = (unsigned int)count;
	if (jobs <= 1) {
		loop_thread(&loop);
		return;
	}
	threads = g_new(GThread *, jobs);
	for (unsigned int i = 0; i < jobs; i++)
		threads[i] = g_thread_new("worker", loop_thread, &loop);
	for (unsigned int i = 0; i < jobs; i++)
		g_thread_join(threads[i]);
	g_free(threads);
}
