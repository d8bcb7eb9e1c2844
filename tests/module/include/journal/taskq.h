/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _JOURNAL_TASKQ_H
#define _JOURNAL_TASKQ_H

#include <linux/list.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

/* A queue of tasks that threads of its own work on. */
typedef void (task_func_t)(void *arg);

struct taskq_ent {
	struct list_head list;
	task_func_t *func;
	void *arg;
};

struct taskq {
	spinlock_t lock;
	wait_queue_head_t wait;
	struct list_head pending;
	struct task_struct *thread;
};

struct taskq *taskq_create(const char *name);
void taskq_destroy(struct taskq *tq);
int taskq_dispatch(struct taskq *tq, task_func_t *func, void *arg, gfp_t flags);

/* The caller owns the entry. */
void taskq_prepare(struct taskq_ent *ent, task_func_t *func, void *arg);
void taskq_enqueue(struct taskq *tq, struct taskq_ent *ent);

#endif /* _JOURNAL_TASKQ_H */
