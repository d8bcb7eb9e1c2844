/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_NAMEI_H
#define _LINUX_NAMEI_H

#include <linux/fs.h>

#define LOOKUP_FOLLOW		0x0001
#define LOOKUP_DIRECTORY	0x0002

int kern_path(const char *name, unsigned int flags, struct path *path);
struct dentry *start_creating_path(int dfd, const char *name,
				   struct path *path, unsigned int flags);

#endif
