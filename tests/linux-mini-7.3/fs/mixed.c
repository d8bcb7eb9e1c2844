// SPDX-License-Identifier: GPL-2.0-only
/* Kernel threads and processes get here: it depends on who calls. */
#include <linux/namei.h>
#include <linux/syscalls.h>
#include <linux/workqueue.h>

static struct path mixed_path;

static int mixed_statement(const char *name, bool twice)
{
	int err;

	err = kern_path(name, LOOKUP_FOLLOW | LOOKUP_DIRECTORY, &mixed_path);
	if (twice)
		err = kern_path(name, LOOKUP_FOLLOW, &mixed_path);
	return err;
}

static int mixed_return(const char *name)
{
	if (!*name)
		return kern_path("/", LOOKUP_FOLLOW, &mixed_path);
	else
		return kern_path(name, LOOKUP_FOLLOW, &mixed_path);
}

static struct file *mixed_declaration(const char *name)
{
	struct file *file = filp_open(name, O_RDWR /* both */, 0600);

	if (IS_ERR(file))
		return NULL;
	return file;
}

static int mixed_condition(const char *name)
{
	struct file *file;
	int err;

	if ((err = kern_path(name, LOOKUP_FOLLOW, &mixed_path)) != 0)
		return err;
	if (IS_ERR(file = filp_open(name, O_RDWR, 0)))
		return PTR_ERR(file);
	return 0;
}

/* Its width makes it break its line, once there is a scope around it. */
static struct dentry *mixed_width(const char *name_of_volume)
{
	struct dentry *dentry;

	dentry = start_creating_path(-100, name_of_volume, &mixed_path, 0);
	return dentry;
}

static long mixed(void)
{
	mixed_declaration("/a");
	mixed_width("/b");
	return mixed_statement("/c", true) + mixed_return("/d") +
	       mixed_condition("/e");
}

static void mixed_work_function(struct work_struct *work)
{
	mixed();
}

static DECLARE_WORK(mixed_work, mixed_work_function);

SYSCALL_DEFINE0(mixed)
{
	schedule_work(&mixed_work);
	return mixed();
}
