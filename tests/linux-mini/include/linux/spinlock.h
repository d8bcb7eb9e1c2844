/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SPINLOCK_H
#define _LINUX_SPINLOCK_H

#include <linux/cleanup.h>

typedef struct raw_spinlock {
	unsigned int val;
} raw_spinlock_t;

typedef struct spinlock {
	raw_spinlock_t rlock;
} spinlock_t;

typedef struct {
	unsigned int sequence;
	spinlock_t lock;
} seqlock_t;

struct lock_class_key {
	int unused;
};

#define DEFINE_SPINLOCK(name)		spinlock_t name = { { 0 } }
#define __SEQLOCK_UNLOCKED(name)	{ 0, { { 0 } } }

void raw_spin_lock_init(raw_spinlock_t *lock);
void raw_spin_lock_irq(raw_spinlock_t *lock);
void raw_spin_unlock_irq(raw_spinlock_t *lock);
void spin_lock_init(spinlock_t *lock);
void spin_lock(spinlock_t *lock);
void spin_unlock(spinlock_t *lock);
unsigned long __spin_lock_irqsave(spinlock_t *lock);
#define spin_lock_irqsave(lock, flags)	((flags) = __spin_lock_irqsave(lock))
void spin_unlock_irqrestore(spinlock_t *lock, unsigned long flags);

void seqlock_init(seqlock_t *sl);
unsigned int read_seqbegin(const seqlock_t *sl);
unsigned int read_seqretry(const seqlock_t *sl, unsigned int start);
void read_seqlock_excl(seqlock_t *sl);
void read_sequnlock_excl(seqlock_t *sl);
void write_seqlock(seqlock_t *sl);
void write_sequnlock(seqlock_t *sl);

void rcu_read_lock(void);
void rcu_read_unlock(void);

DEFINE_GUARD(spinlock, spinlock_t *, spin_lock(_T), spin_unlock(_T))
DEFINE_CLASS(rcu, int, if (_T) rcu_read_unlock(), ({ rcu_read_lock(); 1; }),
	     void)

#endif /* _LINUX_SPINLOCK_H */
