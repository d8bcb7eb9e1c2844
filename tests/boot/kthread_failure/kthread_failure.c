// SPDX-License-Identifier: GPL-2.0-only
/*
 * Make the creation of kernel threads and of kthread workers fail on purpose.
 *
 * Each file in debugfs/kthread_failure is one way to fail.  Writing a number N
 * to it does N rounds in the process that writes; each round asks for a worker
 * and for a plain thread, and removes what it got.
 *
 *   plain             nothing fails
 *   killed            the process has a SIGKILL pending: it does not wait for
 *                     kthreadd, which finds the request abandoned
 *   raced             rounds until somebody kills the process, at a random
 *                     moment of the request
 *   caller            each memory allocation of the caller fails in turn
 *   kthreadd          each memory allocation of kthreadd fails in turn
 *   killed_kthreadd   both: kthreadd fails to make a thread that nobody wants
 *
 * counts tells how the requests ended.  Leaks are looked for from outside, with
 * kmemleak and in /proc/slabinfo; a use after free is KASAN's to find.
 */

#include <linux/atomic.h>
#include <linux/debugfs.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/pid.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/seq_file.h>
#include <linux/uaccess.h>

/* No creation has more allocations than this. */
#define MAX_ALLOCATIONS	500

/* Let kthreadd catch up with the abandoned requests that often. */
#define BATCH		16

#if WORKER_FLAGS
#define create_worker(...)	kthread_create_worker(0, __VA_ARGS__)
#else
#define create_worker(...)	kthread_create_worker(__VA_ARGS__)
#endif

enum kind { WORKER, THREAD };

struct mode {
	const char *name;
	bool killed;	/* the process that asks has a SIGKILL pending */
	bool raced;	/* it may get one at any moment */
	bool caller;	/* its memory allocations fail */
	bool kthreadd;	/* those of kthreadd fail */
};

static const struct mode modes[] = {
	{ .name = "plain" },
	{ .name = "killed", .killed = true },
	{ .name = "raced", .raced = true },
	{ .name = "caller", .caller = true },
	{ .name = "kthreadd", .kthreadd = true },
	{ .name = "killed_kthreadd", .killed = true, .kthreadd = true },
};

static struct {
	atomic_t created;
	atomic_t interrupted;
	atomic_t no_memory;
	atomic_t other;
	atomic_t allocations;	/* that were made to fail */
} counts;

static struct dentry *folder;
static struct task_struct *kthreadd_thread;

static int thread(void *unused)
{
	return 0;
}

/* Ask for one worker or thread, and remove it again. */
static int create_and_remove(enum kind kind, int round)
{
	struct kthread_worker *worker;
	struct task_struct *task;

	if (kind == WORKER) {
		worker = create_worker("failing_worker/%d", round);
		if (IS_ERR(worker))
			return PTR_ERR(worker);
		kthread_destroy_worker(worker);
	} else {
		task = kthread_create(thread, NULL, "failing_thread/%d", round);
		if (IS_ERR(task))
			return PTR_ERR(task);
		kthread_stop(task);
	}
	return 0;
}

static void count(int error)
{
	switch (error) {
	case 0:
		atomic_inc(&counts.created);
		break;
	case -EINTR:
		atomic_inc(&counts.interrupted);
		break;
	case -ENOMEM:
	case -EAGAIN:	/* copy_process() says so for some of them */
		atomic_inc(&counts.no_memory);
		break;
	default:
		atomic_inc(&counts.other);
	}
}

/* The allocation number NTH of the task from now on fails; 0 for none. */
static void set_failing(struct task_struct *task, unsigned int nth)
{
#ifdef CONFIG_FAULT_INJECTION
	WRITE_ONCE(task->fail_nth, nth);
#endif
}

/* How many allocations the task had left before the one that fails. */
static unsigned int left_to_fail(struct task_struct *task)
{
#ifdef CONFIG_FAULT_INJECTION
	return READ_ONCE(task->fail_nth);
#else
	return 1;
#endif
}

/*
 * Fail the first allocation, then the second, and so on, until all of them were
 * tried.  Nobody waits for a request that is abandoned, so there the number of
 * allocations cannot be told, and kthreadd gets some time for each.
 */
static void fail_in_turn(enum kind kind, const struct mode *mode)
{
	struct task_struct *task = mode->caller ? current : kthreadd_thread;
	unsigned int left;
	unsigned int nth;

	for (nth = 1; nth <= MAX_ALLOCATIONS; nth++) {
		set_failing(task, nth);
		count(create_and_remove(kind, nth));
		if (mode->killed)
			msleep(20);
		left = left_to_fail(task);
		set_failing(task, 0);
		if (left)
			break;
		atomic_inc(&counts.allocations);
	}
}

static void one_round(const struct mode *mode, int round)
{
	if (mode->caller || mode->kthreadd) {
		fail_in_turn(WORKER, mode);
		fail_in_turn(THREAD, mode);
		return;
	}
	count(create_and_remove(WORKER, round));
	count(create_and_remove(THREAD, round));
	if (round % BATCH == 0)
		msleep(20);
}

static ssize_t mode_write(struct file *file, const char __user *buf,
			  size_t size, loff_t *pos)
{
	const struct mode *mode = file_inode(file)->i_private;
	unsigned int rounds;
	unsigned int round;
	int error;

	error = kstrtouint_from_user(buf, size, 0, &rounds);
	if (error)
		return error;
	if (mode->killed)
		send_sig(SIGKILL, current, 1);
	for (round = 0; round < rounds; round++) {
		if (mode->raced && fatal_signal_pending(current))
			break;
		one_round(mode, round);
	}
	return size;
}

static const struct file_operations mode_fops = {
	.owner = THIS_MODULE,
	.open = simple_open,
	.write = mode_write,
	.llseek = noop_llseek,
};

static int counts_show(struct seq_file *seq, void *unused)
{
	seq_printf(seq, "created %d\ninterrupted %d\nno_memory %d\nother %d\nallocations %d\n",
		   atomic_read(&counts.created),
		   atomic_read(&counts.interrupted),
		   atomic_read(&counts.no_memory),
		   atomic_read(&counts.other),
		   atomic_read(&counts.allocations));
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(counts);

static int __init kthread_failure_init(void)
{
	struct pid *pid = find_get_pid(2);
	size_t i;

	kthreadd_thread = get_pid_task(pid, PIDTYPE_PID);
	put_pid(pid);
	if (!kthreadd_thread)
		return -ESRCH;
	folder = debugfs_create_dir("kthread_failure", NULL);
	for (i = 0; i < ARRAY_SIZE(modes); i++)
		debugfs_create_file(modes[i].name, 0200, folder,
				    (void *)&modes[i], &mode_fops);
	debugfs_create_file("counts", 0400, folder, NULL, &counts_fops);
	return 0;
}
module_init(kthread_failure_init);

static void __exit kthread_failure_exit(void)
{
	debugfs_remove(folder);
	put_task_struct(kthreadd_thread);
}
module_exit(kthread_failure_exit);

MODULE_DESCRIPTION("Failing creation of kernel threads and kthread workers");
MODULE_LICENSE("GPL");
