/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX__INIT_TASK_H
#define _LINUX__INIT_TASK_H

#include <linux/fs_struct.h>
#include <linux/sched/task.h>

extern struct files_struct init_files;
extern struct fs_struct init_fs;
extern struct nsproxy init_nsproxy;

#define INIT_TASK_COMM "swapper"

#endif /* _LINUX__INIT_TASK_H */
