/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _JOURNAL_KERNEL_COMPAT_H
#define _JOURNAL_KERNEL_COMPAT_H

#include <linux/fs.h>
#include <linux/version.h>

/* What differs between the kernels that the module is built for. */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 3, 0)
# define journal_idmap(file)	file_mnt_idmap(file)
#else
# define journal_idmap(file)	file_mnt_user_ns(file)
#endif

#if LINUX_VERSION_CODE >= KERNEL_VERSION(4, 14, 0)
# define journal_write(file, data, len, at) kernel_write(file, data, len, at)
#else
# define journal_write(file, data, len, at) \
	kernel_write(file, (const char *)(data), len, *(at))
#endif

#endif /* _JOURNAL_KERNEL_COMPAT_H */
