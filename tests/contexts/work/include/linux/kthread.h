/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_KTHREAD_H
#define _LINUX_KTHREAD_H

struct kthread_work;
typedef void (*kthread_work_func_t)(struct kthread_work *work);

struct kthread_work {
	int canceling;
	kthread_work_func_t func;
};

#define kthread_init_work(work, fn)		\
	do {					\
		(work)->func = (fn);		\
	} while (0)

#endif
