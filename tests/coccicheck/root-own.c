// SPDX-License-Identifier: GPL-2.0-only
/* A thread that makes a root of its own wants to look up there. */

static int server(void *data)
{
	ksys_unshare(CLONE_NEWNS);
	init_chroot(".");
	return kern_path(data, 0, &path);
}

int start_server(void)
{
	return PTR_ERR_OR_ZERO(kthread_run(server, NULL, "server"));
}
