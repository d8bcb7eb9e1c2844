/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_TYPES_H
#define _LINUX_TYPES_H

/* Basic types and compiler attributes: only what this small tree needs. */

typedef _Bool bool;
typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef int s32;
typedef long long s64;
typedef __SIZE_TYPE__ size_t;
typedef long ssize_t;
typedef long long loff_t;
typedef int pid_t;
typedef u32 uid_t;
typedef u32 gid_t;
typedef u32 dev_t;
typedef unsigned short umode_t;
typedef unsigned int gfp_t;
typedef unsigned int fmode_t;
typedef s64 time64_t;
typedef __builtin_va_list va_list;

#define true	1
#define false	0
#define NULL	((void *)0)

struct list_head {
	struct list_head *next, *prev;
};

struct timespec64 {
	time64_t tv_sec;
	long tv_nsec;
};

#define va_start(ap, last)	__builtin_va_start(ap, last)
#define va_end(ap)		__builtin_va_end(ap)

#define __printf(a, b)		__attribute__((__format__(printf, a, b)))
#define __must_check		__attribute__((__warn_unused_result__))
#define __maybe_unused		__attribute__((__unused__))
#define __noreturn		__attribute__((__noreturn__))
#define __packed		__attribute__((__packed__))
#define noinline		__attribute__((__noinline__))
#define __randomize_layout
#define __user
#define __init
#define __exit
#define __ref
#define __initdata
#define __read_mostly

#define likely(x)		__builtin_expect(!!(x), 1)
#define unlikely(x)		__builtin_expect(!!(x), 0)
#define READ_ONCE(x)		(*(const volatile typeof(x) *)&(x))
#define WRITE_ONCE(x, val)	(*(volatile typeof(x) *)&(x) = (val))
#define xchg(ptr, val)		__atomic_exchange_n(ptr, val, __ATOMIC_SEQ_CST)

#define offsetof(type, member)	__builtin_offsetof(type, member)
#define container_of(ptr, type, member)					\
	((type *)((char *)(ptr) - offsetof(type, member)))

#define BIT(nr)			(1UL << (nr))
#define ARRAY_SIZE(arr)		(sizeof(arr) / sizeof((arr)[0]))

#define BUG_ON(cond)							\
	do {								\
		if (unlikely(cond))					\
			__builtin_trap();				\
	} while (0)
#define WARN_ON(cond)		unlikely(!!(cond))
#define WARN_ON_ONCE(cond)	unlikely(!!(cond))

#endif /* _LINUX_TYPES_H */
