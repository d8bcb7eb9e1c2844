// SPDX-License-Identifier: GPL-2.0-only
#include <linux/open.h>

static int open_thread(void *data)
{
	open_config("/thread");
	open_by_thread("/really");
	return open_checked("/checked");
}

SYSCALL_DEFINE0(open)
{
	kthread_run(open_thread, NULL, "open");
	open_config("/syscall");
	return OPEN_DEFAULT;
}
