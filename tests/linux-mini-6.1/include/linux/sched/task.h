/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SCHED_TASK_H
#define _LINUX_SCHED_TASK_H

#include <linux/sched.h>

#define CLONE_VM	0x00000100
#define CLONE_FS	0x00000200
#define CLONE_FILES	0x00000400
#define CLONE_UNTRACED	0x00800000
#define SIGCHLD		17

/* A thread has no name here yet. */
struct kernel_clone_args {
	u64 flags;
	int exit_signal;
	int io_thread;
	int kthread;
	int (*fn)(void *);
	void *fn_arg;
};

extern pid_t kernel_clone(struct kernel_clone_args *kargs);
extern pid_t kernel_thread(int (*fn)(void *), void *arg, unsigned long flags);

#endif
