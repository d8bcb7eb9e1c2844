/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_MUTEX_H
#define _LINUX_MUTEX_H

#include <linux/spinlock.h>

struct mutex {
	spinlock_t wait_lock;
	void *owner;
};

#define DEFINE_MUTEX(name)	struct mutex name = { .owner = NULL }

void mutex_init(struct mutex *lock);
void mutex_lock(struct mutex *lock);
int mutex_lock_interruptible(struct mutex *lock);
void mutex_unlock(struct mutex *lock);

DEFINE_GUARD(mutex, struct mutex *, mutex_lock(_T), mutex_unlock(_T))
DEFINE_GUARD_COND(mutex, _intr, struct mutex *,
		  mutex_lock_interruptible(_T) == 0, mutex_unlock(_T))

struct completion {
	unsigned int done;
};

#define DECLARE_COMPLETION(work)	struct completion work = { 0 }
#define DECLARE_COMPLETION_ONSTACK(work) DECLARE_COMPLETION(work)

void init_completion(struct completion *x);
void complete(struct completion *x);
void wait_for_completion(struct completion *x);
int wait_for_completion_killable(struct completion *x);

#endif /* _LINUX_MUTEX_H */
