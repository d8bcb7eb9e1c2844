// SPDX-License-Identifier: GPL-2.0-only
static int only_processes(void)
{
	return kern_path("/processes", 0, NULL);	/* user */
}

static int only_threads(void)
{
	return kern_path("/threads", 0, NULL);		/* kthread */
}

static int either(void)
{
	int err;

	if (tsk_is_kthread(current)) {
		scoped_with_init_fs()
			err = kern_path("/scope", 0, NULL);	/* safe */
	} else {
		err = kern_path("/else", 0, NULL);	/* user */
	}
	if (!tsk_is_kthread(current))
		kern_path("/not", 0, NULL);		/* user */
	if (current->flags & PF_KTHREAD)
		kern_path("/flag", 0, NULL);		/* kthread */
	else
		kern_path("/no-flag", 0, NULL);		/* user */
	if (err && !(current->flags & PF_KTHREAD))
		only_processes();
	if (tsk_is_kthread(current) || err)
		kern_path("/or", 0, NULL);		/* mixed */
	if (tsk_is_kthread(current) && err)
		only_threads();
	return err;
}

static int behind(void)
{
	kern_path("/in-front", 0, NULL);		/* mixed */
	if (tsk_is_kthread(current))
		return -1;
	return kern_path("/behind", 0, NULL);		/* user */
}

static int split(void)
{
	if (tsk_is_kthread(current)) {
		scoped_with_init_fs()
			return kern_path("/split", 0, NULL);	/* safe */
	}
	return kern_path("/split", 0, NULL);		/* user */
}

/* It is about another task. */
static int of_another(struct task_struct *task)
{
	if (tsk_is_kthread(task))
		return 0;
	return kern_path("/another", 0, NULL);		/* mixed */
}

static int no_process(void)
{
	if (tsk_is_kthread(current))
		return 0;
	return kern_path("/nobody", 0, NULL);		/* safe */
}

static int all(void)
{
	return either() + behind() + split() + of_another(NULL);
}

static int branch_thread(void *data)
{
	return all() + no_process();
}

SYSCALL_DEFINE0(branch)
{
	kthread_run(branch_thread, NULL, "branch");
	return all();
}
