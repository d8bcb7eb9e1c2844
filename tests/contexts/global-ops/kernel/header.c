// SPDX-License-Identifier: GPL-2.0-only
#include <linux/global.h>

/* Declared in a header, for those who set them. */
global_fn header_hook;
const struct backend_ops *header_ops;

static int header_thread(void *data)
{
	return header_hook();
}

SYSCALL_DEFINE0(header)
{
	kthread_run(header_thread, NULL, "header");
	return header_ops->call();
}
