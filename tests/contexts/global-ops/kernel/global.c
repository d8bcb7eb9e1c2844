// SPDX-License-Identifier: GPL-2.0-only
struct global_ops {
	int (*run)(void);
	int (*call)(void);
};

const struct global_ops *active;
static int (*hook)(void);
int (*exported_hook)(void);

static int global_thread(void *data)
{
	hook();
	return active->run();
}

int set_hook(int (*fn)(void))
{
	hook = fn;
	return 0;
}

SYSCALL_DEFINE0(global)
{
	kthread_run(global_thread, NULL, "global");
	if (exported_hook)
		exported_hook();
	return active->call();
}
