// SPDX-License-Identifier: GPL-2.0-only
/* Functions which a parser has to know the macros of. */
#include <linux/kthread.h>
#include <linux/module.h>

struct nasty_chip {
	struct mutex lock;
	struct list_head node;
	struct kthread_worker *worker;
	struct kthread_worker *second;
	int id;
};

static LIST_HEAD(nasty_chips);
static DEFINE_MUTEX(nasty_lock);

#define __nasty_held(lock)

#define nasty_for_each_chip(chip)					\
	list_for_each_entry(chip, &nasty_chips, node)

/* Opens a block here and closes it over there. */
#define NASTY_TRY(err, expr)	do { (err) = (expr); if (!(err)) {
#define NASTY_OTHERWISE		} else {
#define NASTY_END		} } while (0)

/* Takes a type, an operator and a statement. */
#define NASTY_WHEN(type, var, op, num, stmt...)				\
	do { type __v = (var); if (__v op (num)) { stmt } } while (0)

/* Goes in front of a statement. */
#define NASTY_LOCKED		for (bool __l = (mutex_lock(&nasty_lock), true); \
				     __l; __l = (mutex_unlock(&nasty_lock), false))

int nasty_cond_guard(struct nasty_chip *chip)
{
	scoped_cond_guard(mutex_intr, return -EINTR, &chip->lock) {
		chip->worker = kthread_run_worker(0, "nasty%d", chip->id);
		if (IS_ERR(chip->worker))
			return PTR_ERR(chip->worker);
	}
	return 0;
}

int nasty_blocks(struct nasty_chip *chip)
{
	int err;

	NASTY_TRY(err, chip->id ? 0 : -EINVAL)
		chip->worker = kthread_run_worker(0, "nasty%d", chip->id);
	NASTY_OTHERWISE
		chip->worker = kthread_create_worker(0, "nasty-new");
	NASTY_END;

	return err;
}

int nasty_operators(struct nasty_chip *chip)
{
	int err = 0;

	NASTY_WHEN(int, chip->id, >=, 0,
		   chip->worker = kthread_run_worker(0, "nasty%d", chip->id);
		   err = PTR_ERR_OR_ZERO(chip->worker););

	NASTY_LOCKED
		chip->second = kthread_run_worker(0, "nasty%d-b", chip->id);

	return err;
}

int nasty_held(struct nasty_chip *chip) __nasty_held(&chip->lock)
{
	chip->worker = kthread_run_worker(0, "nasty%d", chip->id);
	return PTR_ERR_OR_ZERO(chip->worker);
}

/* And one that anything can parse, behind all of them. */
int nasty_plain(void)
{
	struct nasty_chip *chip;

	nasty_for_each_chip(chip) {
		chip->worker = kthread_run_worker(0, "nasty%d-p", chip->id);
		if (IS_ERR(chip->worker))
			return PTR_ERR(chip->worker);
	}
	return 0;
}
