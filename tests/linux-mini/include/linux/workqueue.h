/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_WORKQUEUE_H
#define _LINUX_WORKQUEUE_H

#include <linux/list.h>

struct workqueue_struct;
struct work_struct;

typedef void (*work_func_t)(struct work_struct *work);

struct work_struct {
	unsigned long data;
	struct list_head entry;
	work_func_t func;
};

struct delayed_work {
	struct work_struct work;
	unsigned long expires;
};

enum wq_flags {
	WQ_UNBOUND	= 1 << 1,
	WQ_MEM_RECLAIM	= 1 << 3,
	WQ_HIGHPRI	= 1 << 4,
};

#define __WORK_INITIALIZER(n, f) {					\
	.entry = LIST_HEAD_INIT((n).entry),				\
	.func = (f),							\
}
#define DECLARE_WORK(n, f)						\
	struct work_struct n = __WORK_INITIALIZER(n, f)

#define INIT_WORK(_work, _func)						\
	do {								\
		(_work)->data = 0;					\
		INIT_LIST_HEAD(&(_work)->entry);			\
		(_work)->func = (_func);				\
	} while (0)
#define INIT_DELAYED_WORK(_work, _func)					\
	INIT_WORK(&(_work)->work, _func)

extern struct workqueue_struct *system_wq;

__printf(1, 4) struct workqueue_struct *
alloc_workqueue(const char *fmt, unsigned int flags, int max_active, ...);
void destroy_workqueue(struct workqueue_struct *wq);
bool queue_work(struct workqueue_struct *wq, struct work_struct *work);
bool queue_delayed_work(struct workqueue_struct *wq, struct delayed_work *dwork,
			unsigned long delay);
bool flush_work(struct work_struct *work);

static inline bool schedule_work(struct work_struct *work)
{
	return queue_work(system_wq, work);
}

#endif /* _LINUX_WORKQUEUE_H */
