// SPDX-License-Identifier: GPL-2.0-only
/* What was converted by hand, or needs nothing: it stays as it is. */
#include <linux/fs_struct.h>
#include <linux/kthread.h>
#include <linux/namei.h>
#include <linux/syscalls.h>
#include <linux/workqueue.h>

static struct path done_path;

/* The scope is around the call of this. */
static int called_in_scope(const char *name)
{
	return kern_path(name, LOOKUP_FOLLOW, &done_path);
}

static int deeper(const char *name)
{
	return called_in_scope(name + 1);
}

static int in_scope(const char *name)
{
	int err = 0;

	scoped_with_init_fs() {
		err = kern_path(name, LOOKUP_FOLLOW, &done_path);
		do {
			if (kern_path("/done", LOOKUP_FOLLOW, &done_path))
				break;
		} while (!err++);
		deeper(name);
	}
	scoped_with_init_fs()
		return kern_path(name, LOOKUP_DIRECTORY, &done_path);
}

static int either(const char *name)
{
	int err;

	if (tsk_is_kthread(current)) {
		scoped_with_init_fs()
			err = kern_path(name, LOOKUP_FOLLOW, &done_path);
	} else {
		err = kern_path(name, LOOKUP_FOLLOW, &done_path);
	}
	return err;
}

static int processes_only(const char *name)
{
	return kern_path(name, LOOKUP_FOLLOW, &done_path);
}

static int not_in_threads(const char *name)
{
	if (tsk_is_kthread(current))
		return -EINVAL;
	return processes_only(name);
}

static void done_work_function(struct work_struct *work)
{
	in_scope("/a");
	either("/b");
	not_in_threads("/c");
}

static DECLARE_WORK(done_work, done_work_function);

SYSCALL_DEFINE0(done)
{
	schedule_work(&done_work);
	return either("/d") + not_in_threads("/e");
}
