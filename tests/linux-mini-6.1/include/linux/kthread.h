/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_KTHREAD_H
#define _LINUX_KTHREAD_H

#include <linux/types.h>

struct task_struct;

enum {
	KTW_FREEZABLE		= 1 << 0,	/* sleeps when the system does */
};

struct kthread_worker {
	unsigned int		flags;
	struct task_struct	*task;
};

int kthread_worker_fn(void *worker_ptr);
void wake_up_process(struct task_struct *task);
void set_freezable(void);

__printf(2, 3)
struct kthread_worker *
kthread_create_worker(unsigned int flags, const char namefmt[], ...);

__printf(3, 4) struct kthread_worker *
kthread_create_worker_on_cpu(int cpu, unsigned int flags,
			     const char namefmt[], ...);

void kthread_destroy_worker(struct kthread_worker *worker);

#endif
