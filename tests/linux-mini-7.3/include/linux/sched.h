/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SCHED_H
#define _LINUX_SCHED_H

#include <linux/types.h>

#define PF_KTHREAD 0x00200000

struct task_struct {
	unsigned int		flags;
	struct fs_struct	*fs;
};

struct task_struct *get_current(void);
#define current get_current()

#endif
