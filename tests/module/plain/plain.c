// SPDX-License-Identifier: GPL-2.0-only
/* The first style: work and delayed work of the kernel's queues. */
#include <linux/blkdev.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

static char *journal = "/var/lib/journal";
module_param(journal, charp, 0644);

struct flush {
	struct work_struct work;
	struct file *file;
};

static struct workqueue_struct *queue;
static struct delayed_work probe;
static struct flush flush;

/* Opens the journal anew, after a log rotation. */
static void plain_flush(struct work_struct *work)
{
	struct flush *f = container_of(work, struct flush, work);
	struct file *file = filp_open(journal, O_WRONLY | O_APPEND, 0600);

	if (IS_ERR(file)) {
		pr_warn("journal: %ld\n", PTR_ERR(file));
		return;
	}
	swap(f->file, file);
	if (file)
		filp_close(file, NULL);
}

static int plain_is_there(const char *name)
{
	struct path path;
	int error;

	error = kern_path(name, LOOKUP_FOLLOW, &path);
	if (error)
		return error;
	path_put(&path);
	return 0;
}

static void plain_probe(struct work_struct *work)
{
	if (plain_is_there(journal))
		queue_delayed_work(queue, &probe, HZ);
	else
		queue_work(queue, &flush.work);
}

/* Written by a process, so that it is looked up in the process's root. */
static int plain_set_name(const char *value, const struct kernel_param *param)
{
	struct path path;
	int error = kern_path(value, LOOKUP_FOLLOW, &path);

	if (error)
		return error;
	path_put(&path);
	return 0;
}

static const struct kernel_param_ops name_ops = {
	.set = plain_set_name,
};
module_param_cb(name, &name_ops, NULL, 0200);

static int __init plain_init(void)
{
	queue = alloc_workqueue("journal", WQ_UNBOUND, 1);
	if (!queue)
		return -ENOMEM;
	INIT_WORK(&flush.work, plain_flush);
	INIT_DELAYED_WORK(&probe, plain_probe);
	queue_delayed_work(queue, &probe, HZ);
	return 0;
}

static void __exit plain_exit(void)
{
	cancel_delayed_work_sync(&probe);
	destroy_workqueue(queue);
	if (flush.file)
		filp_close(flush.file, NULL);
}

module_init(plain_init);
module_exit(plain_exit);
MODULE_DESCRIPTION("a journal that a work function opens");
MODULE_LICENSE("GPL");
