// SPDX-License-Identifier: GPL-2.0-only
/* Kernel threads, directly and through a member; twice in one function. */
#include <linux/thing.h>

static int open_twice(struct thing *thing)
{
	kern_path("/first", 0, NULL);
	return kern_path("/second", 0, NULL);
}

static int scan(struct thing *thing)
{
	return kern_path("/a", 0, NULL) || kern_path("/b", 0, NULL);
}

static const struct thing_ops ops = {
	.open = open_twice,
	.scan = scan,
};

static void thing_work(struct work_struct *work)
{
	struct thing *thing = container_of(work, struct thing, work);

	thing->ops->open(thing);
}

static int thing_thread(void *data)
{
	struct thing *thing = data;

	INIT_WORK(&thing->work, thing_work);
	return scan(thing);
}

int thing_start(struct thing *thing)
{
	thing->ops = &ops;
	kthread_run(thing_thread, thing, "thing");
	return 0;
}
