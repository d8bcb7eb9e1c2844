// SPDX-License-Identifier: GPL-2.0-only
/* The rest of the module, which knows the portability layer only. */
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/proc_fs.h>

#include <journal/port.h>

static struct vnode log;

static void log_writer(void *arg)
{
	if (vn_open(arg, 3, 0600, &log))
		return;
	vn_append(&log, "begin\n", 6);
	vn_close(&log);
}

static void log_rotater(void *arg)
{
	if (vn_rename_target(arg))
		pr_info("journal: nothing to rotate\n");
}

static ssize_t log_proc_write(struct file *file, const char __user *data,
			      size_t len, loff_t *at)
{
	struct vnode vn;

	if (vn_open("/var/log/journal.request", 1, 0600, &vn))
		return -EIO;
	vn_close(&vn);
	return len;
}

static const struct proc_ops log_proc_ops = {
	.proc_write = log_proc_write,
};

static int __init port_init(void)
{
	if (!proc_create("journal", 0200, NULL, &log_proc_ops))
		return -ENOMEM;
	return -(thread_create(log_writer, "/var/log/journal.port") ?:
		 thread_create(log_rotater, "/var/log/journal.port.0"));
}

static void __exit port_exit(void)
{
	remove_proc_entry("journal", NULL);
}

module_init(port_init);
module_exit(port_exit);
MODULE_DESCRIPTION("a journal behind a portability layer");
MODULE_LICENSE("GPL");
