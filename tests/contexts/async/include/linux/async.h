/* SPDX-License-Identifier: GPL-2.0-only */
typedef void (*async_func_t)(void *data, unsigned long long cookie);

static inline unsigned long long async_schedule_both(async_func_t func,
						     void *data)
{
	return async_schedule_node(func, data, -1);
}
