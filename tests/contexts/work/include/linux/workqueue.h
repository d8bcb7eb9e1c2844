/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_WORKQUEUE_H
#define _LINUX_WORKQUEUE_H

struct work_struct;
typedef void (*work_func_t)(struct work_struct *work);

struct work_struct {
	unsigned long data;
	work_func_t func;
};

struct delayed_work {
	struct work_struct work;
	int timer;
};

#define __WORK_INITIALIZER(n, f) {	\
	.data = 0,			\
	.func = (f),			\
}

#define DECLARE_WORK(n, f) \
	struct work_struct n = __WORK_INITIALIZER(n, f)

#define INIT_WORK(_work, _func)			\
	do {					\
		(_work)->data = 0;		\
		(_work)->func = (_func);	\
	} while (0)

#define INIT_DELAYED_WORK(_work, _func) \
	INIT_WORK(&(_work)->work, (_func))

#endif
