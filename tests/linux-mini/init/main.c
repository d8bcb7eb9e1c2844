// SPDX-License-Identifier: GPL-2.0-only
/* From the boot CPU's first task to PID 1 and its program. */
#include <linux/async.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/init_syscalls.h>
#include <linux/init_task.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/sched/task.h>

static int kernel_init(void *);

static __initdata DECLARE_COMPLETION(kthreadd_done);

static char *ramdisk_execute_command = "/init";
static int ramdisk_command_access;

void driver_init(void);
void do_initcalls(void);
int kernel_execve(const char *filename);
void cpu_startup_entry(void) __noreturn;

static noinline void __ref __noreturn rest_init(void)
{
	struct task_struct *tsk;
	int pid;

	/* Whoever comes first is PID 1. */
	pid = user_mode_thread(kernel_init, NULL, CLONE_FS);
	rcu_read_lock();
	tsk = find_task_by_vpid(pid);
	tsk->flags |= PF_NO_SETAFFINITY;
	rcu_read_unlock();

	pid = kernel_thread(kthreadd, NULL, NULL, CLONE_FS | CLONE_FILES);
	rcu_read_lock();
	kthreadd_task = find_task_by_vpid(pid);
	rcu_read_unlock();

	complete(&kthreadd_done);

	schedule_preempt_disabled();
	cpu_startup_entry();
}

void start_kernel(void)
{
	rest_init();
}

void __init console_on_rootfs(void)
{
	struct file *file = filp_open("/dev/console", O_RDWR, 0);

	if (IS_ERR(file)) {
		pr_err("Warning: no console for init\n");
		return;
	}
	fput(file);
}

static void __init do_basic_setup(void)
{
	driver_init();
	do_initcalls();
}

static noinline void __init kernel_init_freeable(void)
{
	do_basic_setup();

	console_on_rootfs();

	ramdisk_command_access = init_eaccess(ramdisk_execute_command);
	if (ramdisk_command_access != 0)
		ramdisk_execute_command = NULL;
}

static int __ref kernel_init(void *unused)
{
	wait_for_completion(&kthreadd_done);

	kernel_init_freeable();
	async_synchronize_full();

	if (ramdisk_execute_command && !kernel_execve(ramdisk_execute_command))
		return 0;
	if (!kernel_execve("/sbin/init"))
		return 0;

	panic("No program for PID 1");
}
