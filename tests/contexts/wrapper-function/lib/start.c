// SPDX-License-Identifier: GPL-2.0-only
typedef int (*threadfn_t)(void *);

struct task_struct *start_thread(int (*fn)(void *), void *data)
{
	return kthread_run(fn, data, "wrapped");
}

/* Two levels; the second function is called at once. */
struct task_struct *start_prepared(threadfn_t fn, int (*prepare)(void),
				   void *data)
{
	prepare();
	return start_thread(fn, data);
}

struct task_struct *start_cast(void *fn)
{
	return kthread_create((int (*)(void *))fn, NULL, "cast");
}

/* It looks like the others, but starts nothing. */
int no_thread(int (*fn)(void *), void *data)
{
	return !fn;
}
