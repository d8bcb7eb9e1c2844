/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _JOURNAL_PORT_H
#define _JOURNAL_PORT_H

#include <linux/types.h>

/* What the rest of the module knows of the system that it runs on. */
struct vnode {
	void *handle;
};

int vn_open(const char *name, int mode, umode_t access, struct vnode *vn);
int vn_rename_target(const char *name);
int vn_append(struct vnode *vn, const void *data, size_t len);
void vn_close(struct vnode *vn);

typedef void (*proc_t)(void *);

/* A system thread that runs @proc until it returns. */
#define thread_create(proc, arg) __thread_create((proc), (arg), #proc)
int __thread_create(proc_t proc, void *arg, const char *name);

#endif /* _JOURNAL_PORT_H */
