// SPDX-License-Identifier: GPL-2.0-only
/* The kthread worker API as it was before it had macros. */
#include <linux/kthread.h>

struct task_struct *spawn(int (*fn)(void *data), void *data, int node,
			  const char *namefmt, va_list args);
void kthread_bind(struct task_struct *task, int cpu);
int cpu_to_node(int cpu);
void *kzalloc_worker(void);
void kfree(void *ptr);

int kthread_worker_fn(void *worker_ptr)
{
	struct kthread_worker *worker = worker_ptr;

	if (worker->flags & KTW_FREEZABLE)
		set_freezable();

	worker->task = NULL;
	return 0;
}

static __printf(3, 0) struct kthread_worker *
__kthread_create_worker(int cpu, unsigned int flags,
			const char namefmt[], va_list args)
{
	struct kthread_worker *worker = kzalloc_worker();
	struct task_struct *task;
	int node = cpu < 0 ? NUMA_NO_NODE : cpu_to_node(cpu);

	if (!worker)
		return ERR_PTR(-ENOMEM);

	task = spawn(kthread_worker_fn, worker, node, namefmt, args);
	if (IS_ERR(task)) {
		kfree(worker);
		return ERR_PTR(PTR_ERR(task));
	}
	if (cpu >= 0)
		kthread_bind(task, cpu);

	worker->flags = flags;
	worker->task = task;
	wake_up_process(task);
	return worker;
}

/**
 * kthread_create_worker - make a worker and start it
 * @flags: what is special about the worker
 * @namefmt: name of the thread, in printf style
 *
 * Return: the worker or an error pointer.
 */
struct kthread_worker *
kthread_create_worker(unsigned int flags, const char namefmt[], ...)
{
	struct kthread_worker *worker;
	va_list args;

	va_start(args, namefmt);
	worker = __kthread_create_worker(-1, flags, namefmt, args);
	va_end(args);

	return worker;
}
EXPORT_SYMBOL(kthread_create_worker);

/**
 * kthread_create_worker_on_cpu - make a worker that stays on one CPU
 * @cpu: the CPU
 * @flags: what is special about the worker
 * @namefmt: name of the thread, in printf style
 */
struct kthread_worker *
kthread_create_worker_on_cpu(int cpu, unsigned int flags,
			     const char namefmt[], ...)
{
	struct kthread_worker *worker;
	va_list args;

	va_start(args, namefmt);
	worker = __kthread_create_worker(cpu, flags, namefmt, args);
	va_end(args);

	return worker;
}
EXPORT_SYMBOL(kthread_create_worker_on_cpu);
