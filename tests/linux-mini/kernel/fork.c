// SPDX-License-Identifier: GPL-2.0-only
/* New tasks, and tasks that stop sharing. */
#include <linux/err.h>
#include <linux/fs_struct.h>
#include <linux/init_task.h>
#include <linux/mnt_namespace.h>
#include <linux/module.h>
#include <linux/sched/task.h>
#include <linux/syscalls.h>

struct files_struct;

struct task_struct *dup_task_struct(struct task_struct *orig);
void free_task(struct task_struct *tsk);
void wake_up_new_task(struct task_struct *tsk);
struct files_struct *dup_fd(struct files_struct *old);
struct files_struct *exchange_files(struct files_struct *files);
void put_files_struct(struct files_struct *files);
struct nsproxy *copy_namespaces(unsigned long flags, struct fs_struct *fs);
void switch_task_namespaces(struct task_struct *tsk, struct nsproxy *new);

static int copy_fs(u64 clone_flags, struct task_struct *tsk)
{
	struct fs_struct *fs = current->fs;

	if (!(clone_flags & CLONE_FS)) {
		tsk->fs = copy_fs_struct(fs);
		return tsk->fs ? 0 : -ENOMEM;
	}

	guard(spinlock)(&fs->seq.lock);
	/* Nobody joins while a program is being loaded. */
	if (fs->in_exec)
		return -EAGAIN;
	tsk->fs = fs;
	fs->users++;
	return 0;
}

struct task_struct *copy_process(struct kernel_clone_args *args)
{
	const u64 clone_flags = args->flags;
	struct task_struct *p = dup_task_struct(current);
	int retval;

	if (!p)
		return ERR_PTR(-ENOMEM);
	if (args->kthread)
		p->flags |= PF_KTHREAD;

	retval = copy_fs(clone_flags, p);
	if (retval) {
		free_task(p);
		return ERR_PTR(retval);
	}
	return p;
}

pid_t kernel_clone(struct kernel_clone_args *args)
{
	struct task_struct *p = copy_process(args);

	if (IS_ERR(p))
		return PTR_ERR(p);
	wake_up_new_task(p);
	return p->pid;
}

pid_t kernel_thread(int (*fn)(void *), void *arg, const char *name,
		    unsigned long flags)
{
	struct kernel_clone_args kargs = {
		.flags		= (flags & ~CSIGNAL) | CLONE_VM | CLONE_UNTRACED,
		.exit_signal	= flags & CSIGNAL,
		.name		= name,
		.fn		= fn,
		.fn_arg		= arg,
		.kthread	= 1,
	};

	return kernel_clone(&kargs);
}

/* It runs in the kernel until it executes a program. */
pid_t user_mode_thread(int (*fn)(void *), void *arg, unsigned long flags)
{
	struct kernel_clone_args kargs = {
		.flags		= (flags & ~CSIGNAL) | CLONE_VM | CLONE_UNTRACED,
		.exit_signal	= flags & CSIGNAL,
		.fn		= fn,
		.fn_arg		= arg,
	};

	return kernel_clone(&kargs);
}

static int unshare_fs(unsigned long unshare_flags, struct fs_struct **new_fsp)
{
	if (!(unshare_flags & CLONE_FS))
		return 0;
	*new_fsp = copy_fs_struct(current->fs);
	return *new_fsp ? 0 : -ENOMEM;
}

int ksys_unshare(unsigned long unshare_flags)
{
	struct fs_struct *fs, *new_fs = NULL;
	struct files_struct *new_fd = NULL;
	struct nsproxy *new_nsproxy = NULL;
	int err;

	if (unshare_flags & CLONE_NEWNS)
		unshare_flags |= CLONE_FS;

	err = unshare_fs(unshare_flags, &new_fs);
	if (err)
		return err;

	if (unshare_flags & CLONE_FILES)
		new_fd = dup_fd(NULL);
	if (unshare_flags & CLONE_NEWNS) {
		new_nsproxy = copy_namespaces(unshare_flags, new_fs);
		switch_task_namespaces(current, new_nsproxy);
	}

	task_lock(current);

	if (new_fs) {
		/* Whoever shares the old one keeps it. */
		fs = current->fs;
		read_seqlock_excl(&fs->seq);
		current->fs = new_fs;
		new_fs = --fs->users ? NULL : fs;
		read_sequnlock_excl(&fs->seq);
	}

	if (new_fd)
		new_fd = exchange_files(new_fd);

	task_unlock(current);

	if (new_fd)
		put_files_struct(new_fd);
	if (new_fs)
		free_fs_struct(new_fs);
	return 0;
}

SYSCALL_DEFINE1(unshare, unsigned long, unshare_flags)
{
	return ksys_unshare(unshare_flags);
}
