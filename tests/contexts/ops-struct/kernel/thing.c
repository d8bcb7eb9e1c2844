// SPDX-License-Identifier: GPL-2.0-only
#include <linux/thing.h>

static int thing_thread(void *data)
{
	struct thing *thing = data;

	thing->ops->in_thread(thing);
	thing->type->ops.in_thread(thing);
	thing->type->more->in_thread(thing);
	return (*thing->ops->in_both)(thing);
}

void thing_start(struct thing *thing)
{
	kthread_run(thing_thread, thing, "thing");
}

SYSCALL_DEFINE1(thing, struct thing *, thing)
{
	if (thing->ops->in_both)
		thing->ops->in_both(thing);
	return thing->ops->in_syscall ? thing->ops->in_syscall(thing) : 0;
}
