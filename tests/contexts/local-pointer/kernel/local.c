// SPDX-License-Identifier: GPL-2.0-only
struct local_ops {
	int (*run)(void);
	int (*stop)(void);
};

static int initialised(void)
{
	return kern_path("/1", 0, NULL);	/* kthread */
}

static int assigned(void)
{
	return kern_path("/2", 0, NULL);	/* kthread */
}

static int chosen_a(void)
{
	return kern_path("/3", 0, NULL);	/* user */
}

static int chosen_b(void)
{
	return kern_path("/4", 0, NULL);	/* user */
}

static int from_member(void)
{
	return kern_path("/5", 0, NULL);	/* kthread */
}

static int not_from_member(void)
{
	return kern_path("/6", 0, NULL);	/* unreached */
}

static int passed_on(void *data)
{
	return kern_path("/7", 0, NULL);	/* kthread */
}

static int compared(void)
{
	return kern_path("/8", 0, NULL);	/* unreached */
}

static int never_called(void)
{
	return kern_path("/9", 0, NULL);	/* unreached */
}

static int returned(void)
{
	return kern_path("/10", 0, NULL);	/* user */
}

static int returned_typed(void)
{
	return kern_path("/11", 0, NULL);	/* user */
}

static int returned_and_called(void)
{
	return kern_path("/12", 0, NULL);	/* user */
}

static const struct local_ops local_ops = {
	.run = from_member,
	.stop = not_from_member,
};

static int (*choose(int how))(void)
{
	return how ? returned : NULL;
}

typedef int (*choice_t)(void);

static choice_t choose_typed(int how)
{
	switch (how) {
	case 1:
		return returned_typed;
	default:
		return NULL;
	}
}

static choice_t choose_called(int how)
{
	return how ? returned_and_called : NULL;
}

static int local_thread(void *data)
{
	const struct local_ops *ops = data;
	int (*fn)(void) = initialised;
	int (*run)(void);

	fn();
	run = assigned;
	run();
	run = ops->run;
	return run ? run() : 0;
}

SYSCALL_DEFINE1(local, int, how)
{
	int (*pick)(void) = how ? chosen_a : chosen_b;
	int (*thread)(void *) = passed_on;
	int (*never)(void) = never_called;
	choice_t choice = choose(how), typed;

	kthread_run(local_thread, (void *)&local_ops, "local");
	kthread_run(thread, NULL, "thread");
	if (pick == compared || never)
		return 0;
	choose_called(how)();
	typed = choose_typed(how);
	typed();
	choice();
	return pick();
}
