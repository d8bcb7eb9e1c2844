/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SCHED_TASK_H
#define _LINUX_SCHED_TASK_H

#include <linux/sched.h>

struct css_set;

struct kernel_clone_args {
	u64 flags;
	int __user *pidfd;
	const char *name;
	int exit_signal;
	u32 kthread:1;
	u32 io_thread:1;
	u32 user_worker:1;
	u32 no_files:1;
	unsigned long stack;
	unsigned long stack_size;
	int (*fn)(void *);
	void *fn_arg;
	struct css_set *cset;
};

extern struct task_struct init_task;

extern pid_t kernel_clone(struct kernel_clone_args *kargs);
extern pid_t kernel_thread(int (*fn)(void *), void *arg, const char *name,
			    unsigned long flags);
extern pid_t user_mode_thread(int (*fn)(void *), void *arg, unsigned long flags);
struct task_struct *copy_process(struct kernel_clone_args *args);
struct task_struct *find_task_by_vpid(pid_t nr);
int ksys_unshare(unsigned long unshare_flags);

#endif /* _LINUX_SCHED_TASK_H */
