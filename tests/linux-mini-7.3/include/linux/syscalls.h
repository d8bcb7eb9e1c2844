/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SYSCALLS_H
#define _LINUX_SYSCALLS_H

#include <linux/types.h>

#define SYSCALL_DEFINE0(name) \
	long sys_##name(void); \
	long sys_##name(void)

#endif
