/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SCHED_H
#define _LINUX_SCHED_H

#include <linux/types.h>

#define TASK_COMM_LEN	16

struct task_struct {
	void *worker_private;
	char comm[TASK_COMM_LEN];
	int pref_node_fork;
};

/* Somebody waits on his stack until another one is done. */
struct completion {
	unsigned int done;
};

#define DECLARE_COMPLETION_ONSTACK(name)	struct completion name = { 0 }

extern struct task_struct *current;

void complete(struct completion *done);
void wait_for_completion(struct completion *done);
int wait_for_completion_killable(struct completion *done);
void *xchg_pointer(void *where, void *value);
#define xchg(where, value)	((typeof(*(where)))xchg_pointer(where, value))

void schedule(void);
void wake_up_process(struct task_struct *task);
void set_task_comm(struct task_struct *task, const char *name);
void set_freezable(void);
void do_exit(long code) __noreturn;
int cpu_to_node(int cpu);

typedef struct { int slock; } spinlock_t;
#define DEFINE_SPINLOCK(name)	spinlock_t name = { 0 }
void spin_lock(spinlock_t *lock);
void spin_unlock(spinlock_t *lock);

#define LIST_HEAD(name)		struct list_head name = { &name, &name }
void list_add_tail(struct list_head *entry, struct list_head *head);
void list_del_init(struct list_head *entry);
#define list_entry(ptr, type, member) \
	((type *)((char *)(ptr) - __builtin_offsetof(type, member)))

static inline int list_empty(const struct list_head *head)
{
	return head->next == head;
}

#endif
