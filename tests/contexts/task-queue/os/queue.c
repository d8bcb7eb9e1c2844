// SPDX-License-Identifier: GPL-2.0-only
#include <os/queue.h>

static struct task_struct *
os_kthread(int (*func)(void *), void *data, const char *format, ...)
{
	struct task_struct *task;

	do {
		task = kthread_create(func, data, "%s", format);
	} while (IS_ERR(task));
	return (task);
}

static job_t *
queue_next(queue_t *q)
{
	job_t *job = q->q_first;

	if (job != NULL)
		q->q_first = job->j_next;
	return (job);
}

static int
queue_thread(void *arg)
{
	queue_t *q = arg;
	job_t *job;

	while ((job = queue_next(q)) != NULL)
		job->j_func(job->j_arg);
	return (0);
}

void
queue_start(queue_t *q)
{
	q->q_thread = os_kthread(queue_thread, q, "queue");
}

int
queue_add(queue_t *q, job_func_t func, void *arg, uint_t flags)
{
	job_t *job;

	if ((job = job_alloc(flags)) == NULL)
		return (-1);
	job->j_func = func;
	job->j_arg = arg;
	job->j_next = q->q_first;
	q->q_first = job;
	return (0);
}

typedef struct start {
	run_func_t s_func;
	void *s_arg;
} start_t;

static int
os_thread_main(void *arg)
{
	start_t *start = (start_t *)arg;
	void (*func)(void *);

	func = start->s_func;
	if (func != NULL)
		func(start->s_arg);
	return (0);
}

void *
os_thread(void *stack, uint_t size, run_func_t func, const char *name,
    void *arg)
{
	start_t *start = os_alloc(sizeof (start_t));

	start->s_func = func;
	start->s_arg = arg;
	return (os_kthread(os_thread_main, (void *)start, name));
}
