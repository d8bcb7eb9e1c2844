/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_MNT_NAMESPACE_H
#define _LINUX_MNT_NAMESPACE_H

struct mnt_namespace;

extern struct mnt_namespace init_mnt_ns;

#endif /* _LINUX_MNT_NAMESPACE_H */
