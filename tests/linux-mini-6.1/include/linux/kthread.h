/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_KTHREAD_H
#define _LINUX_KTHREAD_H

#include <linux/sched.h>

__printf(4, 5)
struct task_struct *kthread_create_on_node(int (*threadfn)(void *data),
					   void *data,
					   int node,
					   const char namefmt[], ...);

/**
 * kthread_create - make a sleeping kthread, memory from any node
 * @threadfn: what the thread executes
 * @data: argument of @threadfn
 * @namefmt: name, in printf style
 * @arg: what @namefmt asks for
 */
#define kthread_create(threadfn, data, namefmt, arg...) \
	kthread_create_on_node(threadfn, data, NUMA_NO_NODE, namefmt, ##arg)

/**
 * kthread_run - make a kthread and let it go at once
 * @threadfn: what the thread executes
 * @data: argument of @threadfn
 * @namefmt: name, in printf style
 */
#define kthread_run(threadfn, data, namefmt, ...)			   \
({									   \
	struct task_struct *__new					   \
		= kthread_create(threadfn, data, namefmt, ## __VA_ARGS__); \
	if (!IS_ERR(__new))						   \
		wake_up_process(__new);					   \
	__new;								   \
})

void kthread_bind(struct task_struct *task, int cpu);
int kthread_stop(struct task_struct *task);
void *kthread_data(struct task_struct *task);
#define kthread_exit(result) do_exit(result)

enum {
	KTW_FREEZABLE		= 1 << 0,	/* sleeps when the system does */
};

struct kthread_worker {
	unsigned int		flags;
	struct task_struct	*task;
};

void __kthread_init_worker(struct kthread_worker *worker, const char *name);

#define kthread_init_worker(worker) \
	__kthread_init_worker(worker, #worker)

int kthread_worker_fn(void *worker_ptr);

__printf(2, 3)
struct kthread_worker *
kthread_create_worker(unsigned int flags, const char namefmt[], ...);

__printf(3, 4) struct kthread_worker *
kthread_create_worker_on_cpu(int cpu, unsigned int flags,
			     const char namefmt[], ...);

void kthread_destroy_worker(struct kthread_worker *worker);

#endif
