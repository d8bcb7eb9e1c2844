// SPDX-License-Identifier: GPL-2.0-only
/* Process accounting: a system call names the file. */
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/syscalls.h>

static DEFINE_MUTEX(acct_on_mutex);
static struct file *acct_file;

static int acct_on(const char __user *name)
{
	const int open_flags = O_WRONLY|O_LARGEFILE;

	CLASS(filename, pathname)(name);
	struct file *file = file_open_name(pathname, open_flags, 0);

	if (IS_ERR(file))
		return PTR_ERR(file);
	acct_file = file;
	return 0;
}

SYSCALL_DEFINE1(acct, const char __user *, name)
{
	guard(mutex)(&acct_on_mutex);

	if (name)
		return acct_on(name);
	if (acct_file)
		fput(acct_file);
	acct_file = NULL;
	return 0;
}
