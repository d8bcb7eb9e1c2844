// SPDX-License-Identifier: GPL-2.0-only
static int direct(int depth)
{
	kern_path("/direct", 0, NULL);		/* kthread */
	return depth ? direct(depth - 1) : 0;
}

static int even(int depth);

static int odd(int depth)
{
	kern_path("/odd", 0, NULL);		/* user */
	return depth ? even(depth - 1) : 1;
}

static int even(int depth)
{
	kern_path("/even", 0, NULL);		/* user */
	return depth ? odd(depth - 1) : 0;
}

/* Nobody gets into this ring. */
static int ring_b(int depth);

static int ring_a(int depth)
{
	return kern_path("/ring", 0, NULL) + ring_b(depth);	/* unreached */
}

static int ring_c(int depth)
{
	return ring_a(depth);
}

static int ring_b(int depth)
{
	return ring_c(depth);
}

/* The callback is passed on to the function itself. */
static int walk(int (*fn)(int), int depth)
{
	if (depth)
		return walk(fn, depth - 1);
	return fn(depth);
}

static int leaf(int depth)
{
	return kern_path("/leaf", 0, NULL);	/* kthread */
}

/* Two functions pass it to each other, whichever of them is asked first. */
static int pong(int (*fn)(int), int depth);

static int ping(int (*fn)(int), int depth)
{
	return pong(fn, depth);
}

static int pong(int (*fn)(int), int depth)
{
	return depth ? ping(fn, depth - 1) : fn(depth);
}

static int first_ball(int depth)
{
	return kern_path("/first_ball", 0, NULL);	/* kthread */
}

static int second_ball(int depth)
{
	return kern_path("/second_ball", 0, NULL);	/* user */
}

/* A member that is stored from itself. */
struct knot {
	struct knot *next;
	int (*tie)(struct knot *knot);
};

static int tie(struct knot *knot)
{
	knot->tie = knot->next->tie;
	return kern_path("/knot", 0, NULL) +	/* kthread */
		knot->next->tie(knot->next);
}

static struct knot first_knot = { .tie = tie };

static int thread(void *data)
{
	direct(3);
	walk(leaf, 3);
	pong(first_ball, 2);
	return first_knot.tie(&first_knot);
}

SYSCALL_DEFINE1(recursion, int, depth)
{
	kthread_run(thread, NULL, "recursion");
	ping(second_ball, depth);
	return even(depth);
}
