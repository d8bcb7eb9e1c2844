/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_TYPES_H
#define _LINUX_TYPES_H

#define NULL ((void *)0)
#define __init
#define ENOENT 2
#define EINVAL 22

typedef _Bool bool;
typedef unsigned short umode_t;

#define true 1
#define false 0

#define container_of(ptr, type, member) \
	((type *)((char *)(ptr) - __builtin_offsetof(type, member)))

#define IS_ERR(ptr) ((unsigned long)(void *)(ptr) >= (unsigned long)-4095)
#define PTR_ERR(ptr) ((long)(ptr))
#define PTR_ERR_OR_ZERO(ptr) (IS_ERR(ptr) ? (int)PTR_ERR(ptr) : 0)
#define ERR_PTR(error) ((void *)(long)(error))
#define ERR_CAST(ptr) ((void *)(ptr))
#define unlikely(x) __builtin_expect(!!(x), 0)

int printk(const char *fmt, ...);
void kfree(void *p);

#endif
