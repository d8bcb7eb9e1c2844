// SPDX-License-Identifier: GPL-2.0-only
#include <linux/global.h>

static int backend_run(void)
{
	return kern_path("/run", 0, NULL);	/* kthread */
}

static int backend_call(void)
{
	return kern_path("/call", 0, NULL);	/* user */
}

static const struct backend_ops backend = {
	.run = backend_run,
	.call = backend_call,
};

/* Set from outside; called in here only. */
static const struct backend_ops *current_backend;

static int backend_thread(void *data)
{
	return current_backend->run();
}

SYSCALL_DEFINE0(backend)
{
	current_backend = &backend;
	kthread_run(backend_thread, NULL, "backend");
	return current_backend->call();
}
