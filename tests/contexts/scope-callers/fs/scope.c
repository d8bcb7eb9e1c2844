// SPDX-License-Identifier: GPL-2.0-only
static int in_every_caller(void)
{
	return kern_path("/every", 0, NULL);	/* safe */
}

static int in_some_callers(void)
{
	return kern_path("/some", 0, NULL);	/* kthread */
}

static int deep(void)
{
	return in_every_caller();
}

static int by_pointer(void)
{
	return kern_path("/pointer", 0, NULL);	/* safe */
}

static int call(int (*function)(void))
{
	return function();
}

/* A process gets there without a scope, which it does not need. */
static int by_process(void)
{
	return kern_path("/process", 0, NULL);	/* user */
}

/* What is started in a scope does not run in it. */
static int started(void *data)
{
	return kern_path("/started", 0, NULL);	/* kthread */
}

static int overridden(void)
{
	struct fs_struct *old;

	kern_path("/before", 0, NULL);		/* kthread */
	old = __override_init_fs();
	kern_path("/override", 0, NULL);	/* safe */
	in_every_caller();
	__revert_init_fs(old);
	return kern_path("/revert", 0, NULL);	/* kthread */
}

static int in_one_branch(void *data)
{
	struct fs_struct *old;

	if (data)
		kern_path("/neither", 0, NULL);	/* kthread */
	else {
		old = __override_init_fs();
		kern_path("/branch", 0, NULL);	/* safe */
		__revert_init_fs(old);
	}
	return kern_path("/both", 0, NULL);	/* kthread */
}

static int scope_thread(void *data)
{
	scoped_with_init_fs() {
		deep();
		in_some_callers();
		call(by_pointer);
		by_process();
		kthread_run(started, NULL, "started");
	}
	overridden();
	in_one_branch(data);
	return in_some_callers();
}

SYSCALL_DEFINE0(scope)
{
	kthread_run(scope_thread, NULL, "scope");
	return by_process();
}
