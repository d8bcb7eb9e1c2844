// SPDX-License-Identifier: GPL-2.0-only
#include <linux/async.h>

static void scheduled(void *data, unsigned long long cookie)
{
	kern_path("/scheduled", 0, NULL);	/* kthread */
}

static void in_domain(void *data, unsigned long long cookie)
{
	kern_path("/domain", 0, NULL);		/* kthread */
}

static void by_wrapper(void *data, unsigned long long cookie)
{
	kern_path("/wrapper", 0, NULL);		/* kthread */
}

/* Also called at once. */
static void at_once(void *data, unsigned long long cookie)
{
	kern_path("/at_once", 0, NULL);		/* mixed */
}

static void never(void *data, unsigned long long cookie)
{
	kern_path("/never", 0, NULL);		/* unreached */
}

SYSCALL_DEFINE0(async)
{
	async_schedule(scheduled, NULL);
	async_schedule_domain(in_domain, never, NULL);
	async_schedule_both(by_wrapper, NULL);
	async_schedule(at_once, NULL);
	at_once(NULL, 0);
	return 0;
}
