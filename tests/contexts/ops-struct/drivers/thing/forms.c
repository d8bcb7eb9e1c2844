// SPDX-License-Identifier: GPL-2.0-only
#include <linux/thing.h>

static int designated_thread(struct thing *thing)
{
	return kern_path("/1", 0, NULL);	/* kthread */
}

static int designated_syscall(struct thing *thing)
{
	return kern_path("/2", 0, NULL);	/* user */
}

static int designated_both(struct thing *thing)
{
	return kern_path("/3", 0, NULL);	/* mixed */
}

static int designated_nowhere(struct thing *thing)
{
	return kern_path("/4", 0, NULL);	/* unreached */
}

static const struct thing_ops designated = {
	.in_thread	= designated_thread,
	.in_syscall	= &designated_syscall,
	.in_both	= designated_both,
	.nowhere	= designated_nowhere,
};

static int positional_thread(struct thing *thing)
{
	return kern_path("/5", 0, NULL);	/* kthread */
}

static int positional_syscall(struct thing *thing)
{
	return kern_path("/6", 0, NULL);	/* user */
}

static int positional_nowhere(struct thing *thing)
{
	return kern_path("/7", 0, NULL);	/* unreached */
}

static struct thing_ops positional = {
	positional_thread, positional_syscall, NULL, positional_nowhere,
};

static int nested_thread(struct thing *thing)
{
	return kern_path("/8", 0, NULL);	/* kthread */
}

static int nested_syscall(struct thing *thing)
{
	return kern_path("/9", 0, NULL);	/* user */
}

static int dotted_thread(struct thing *thing)
{
	return kern_path("/10", 0, NULL);	/* kthread */
}

static int inner_positional_syscall(struct thing *thing)
{
	return kern_path("/11", 0, NULL);	/* user */
}

static int inner_literal_thread(struct thing *thing)
{
	return kern_path("/12", 0, NULL);	/* kthread */
}

static struct thing_type types[] = {
	{
		.name = "nested",
		.ops = {
			.in_thread = nested_thread,
			.in_syscall = nested_syscall,
		},
	}, {
		.ops.in_thread = dotted_thread,
	}, {
		"positional", { NULL, inner_positional_syscall },
		&(const struct thing_ops){ .in_thread = inner_literal_thread },
	},
};

static int array_thread(struct thing *thing)
{
	return kern_path("/13", 0, NULL);	/* kthread */
}

static int array_syscall(struct thing *thing)
{
	return kern_path("/14", 0, NULL);	/* user */
}

static int index_thread(struct thing *thing)
{
	return kern_path("/15", 0, NULL);	/* kthread */
}

enum { THING_A, THING_B, THING_C };

static const struct thing_ops list[] = {
	{ .in_thread = array_thread },
	{ NULL, array_syscall },
	[THING_C] = { .in_thread = index_thread },
};

static int literal_thread(struct thing *thing)
{
	return kern_path("/16", 0, NULL);	/* kthread */
}

static int literal_syscall(struct thing *thing)
{
	return kern_path("/17", 0, NULL);	/* user */
}

static int assigned_thread(struct thing *thing)
{
	return kern_path("/18", 0, NULL);	/* kthread */
}

static int copied_syscall(struct thing *thing)
{
	return kern_path("/19", 0, NULL);	/* user */
}

static int stranger(struct thing *thing)
{
	return kern_path("/20", 0, NULL);	/* unreached */
}

static struct other_ops other = { .in_thread = stranger };

void thing_setup(struct thing *thing, struct thing_ops *ops)
{
	thing->ops = &(struct thing_ops){
		.in_thread = literal_thread,
		.in_syscall = literal_syscall,
	};
	thing->type = &types[0];
	ops->in_thread = assigned_thread;
	*ops = (struct thing_ops) { .in_syscall = copied_syscall };
	thing->ops = ops ? &designated : &positional;
	use(&other, list);
}
