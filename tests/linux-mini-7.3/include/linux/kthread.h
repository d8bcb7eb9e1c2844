/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_KTHREAD_H
#define _LINUX_KTHREAD_H

#include <linux/sched.h>

struct kthread;

struct kthread *to_kthread(struct task_struct *task);

static inline struct kthread *tsk_is_kthread(struct task_struct *task)
{
	return task->flags & PF_KTHREAD ? to_kthread(task) : NULL;
}

#endif
