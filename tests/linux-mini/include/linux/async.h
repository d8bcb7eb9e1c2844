/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_ASYNC_H
#define _LINUX_ASYNC_H

#include <linux/list.h>

typedef u64 async_cookie_t;
typedef void (*async_func_t) (void *data, async_cookie_t cookie);

struct async_domain {
	struct list_head pending;
	unsigned registered:1;
};

#define ASYNC_DOMAIN_EXCLUSIVE(_name)					\
	struct async_domain _name = {					\
		.pending = LIST_HEAD_INIT(_name.pending),		\
		.registered = 0,					\
	}

async_cookie_t async_schedule_node_domain(async_func_t func, void *data,
					  int node, struct async_domain *domain);
void async_synchronize_full(void);
void async_synchronize_cookie_domain(async_cookie_t cookie,
				     struct async_domain *domain);

static inline async_cookie_t
async_schedule_domain(async_func_t func, void *data,
		      struct async_domain *domain)
{
	return async_schedule_node_domain(func, data, -1, domain);
}

#endif /* _LINUX_ASYNC_H */
