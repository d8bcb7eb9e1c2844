/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_TYPES_H
#define _LINUX_TYPES_H

typedef _Bool bool;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef __SIZE_TYPE__ size_t;
typedef int pid_t;
typedef __builtin_va_list va_list;
#define va_start(ap, last)	__builtin_va_start(ap, last)
#define va_copy(to, from)	__builtin_va_copy(to, from)
#define va_end(ap)		__builtin_va_end(ap)

#define NULL			((void *)0)
#define NUMA_NO_NODE		(-1)
#define EINTR			4
#define ENOMEM			12
#define __printf(a, b)		__attribute__((format(printf, a, b)))
#define __noreturn		__attribute__((__noreturn__))
#define EXPORT_SYMBOL(name)	extern typeof(name) name

struct list_head {
	struct list_head *next, *prev;
};

static inline void *ERR_PTR(long error) { return (void *)error; }
static inline void *ERR_CAST(const void *ptr) { return (void *)ptr; }
static inline long PTR_ERR(const void *ptr) { return (long)ptr; }
static inline bool IS_ERR(const void *ptr)
{
	return (unsigned long)ptr >= (unsigned long)-4095;
}

#endif
