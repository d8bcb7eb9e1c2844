/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef	_OS_QUEUE_H
#define	_OS_QUEUE_H

#include <linux/fs.h>

/* The style of another system: typedefs, casts, macros around functions. */
typedef unsigned int uint_t;
typedef void (job_func_t)(void *);
typedef void (*run_func_t)(void *);

typedef struct job {
	struct job	*j_next;
	job_func_t	*j_func;
	void		*j_arg;
} job_t;

typedef struct queue {
	job_t			*q_first;
	struct task_struct	*q_thread;
} queue_t;

extern int queue_add(queue_t *, job_func_t, void *, uint_t);
extern void *os_thread(void *, uint_t, run_func_t, const char *, void *);

#define	thread_make(stack, size, func, arg)	\
	os_thread(stack, size, (run_func_t)func, #func, arg)

#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 0, 0)
#define	os_open(name, flags)	filp_open(name, flags, 0) /* kthread */
#else
#define	os_open(name, flags)	old_open(name, flags)
#endif

static inline struct file *
os_create(const char *name, int mode)
{
	return (filp_open(name, O_CREAT, mode)); /* kthread */
}

#endif
