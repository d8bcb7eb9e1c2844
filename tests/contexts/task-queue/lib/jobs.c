// SPDX-License-Identifier: GPL-2.0-only
#include <os/queue.h>

static void
job_creates(void *arg)
{
	struct file *file = os_create(arg, 0600);

	os_close(file);
}

static void
job_opens(void *arg)
{
	os_close(os_open(arg, O_RDONLY));
}

static void
thread_looks(void *arg)
{
	struct path path;

	if (kern_path(arg, LOOKUP_FOLLOW, &path) != 0) /* kthread */
		return;
	path_put(&path);
}

/* Nobody adds it to a queue. */
static void
job_forgotten(void *arg)
{
	os_close(filp_open(arg, O_RDONLY, 0)); /* unreached */
}

void
jobs_start(queue_t *q)
{
	queue_add(q, job_creates, "/new", 0);
	(void) queue_add(q, (job_func_t *)job_opens, "/old", 0);
	(void) thread_make(NULL, 0, thread_looks, "/there");
}
