/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SCHED_H
#define _LINUX_SCHED_H

#include <linux/mutex.h>
#include <linux/list.h>

#define CSIGNAL			0x000000ff
#define CLONE_VM		0x00000100
#define CLONE_FS		0x00000200
#define CLONE_FILES		0x00000400
#define CLONE_SIGHAND		0x00000800
#define CLONE_THREAD		0x00010000
#define CLONE_NEWNS		0x00020000
#define CLONE_UNTRACED		0x00800000
#define CLONE_NEWUSER		0x10000000

#define SIGCHLD			17

#define PF_KTHREAD		0x00200000
#define PF_NO_SETAFFINITY	0x04000000

#define TASK_RUNNING		0x00000000
#define TASK_INTERRUPTIBLE	0x00000001
#define TASK_UNINTERRUPTIBLE	0x00000002

#define NUMA_NO_NODE		(-1)
#define TASK_COMM_LEN		16

struct fs_struct;
struct mnt_namespace;

struct nsproxy {
	struct mnt_namespace *mnt_ns;
};

struct task_struct {
	unsigned int flags;
	pid_t pid;
	int pref_node_fork;
	void *worker_private;
	struct fs_struct *fs;
	struct nsproxy *nsproxy;
	char comm[TASK_COMM_LEN];
};

struct task_struct *get_current(void);
#define current get_current()

int wake_up_process(struct task_struct *tsk);
void schedule(void);
void schedule_preempt_disabled(void);
long schedule_timeout_interruptible(long timeout);
void set_current_state(unsigned int state);
#define __set_current_state(state) set_current_state(state)
void do_exit(long code) __noreturn;
void sched_set_fifo(struct task_struct *p);
bool set_freezable(void);
void task_lock(struct task_struct *p);
void task_unlock(struct task_struct *p);
bool signal_pending(struct task_struct *p);
void might_sleep(void);

int cpu_to_node(int cpu);
int smp_processor_id(void);
bool cpu_possible(int cpu);
extern int nr_cpu_ids;

#define for_each_possible_cpu(cpu)					\
	for ((cpu) = 0; (cpu) < nr_cpu_ids; (cpu)++)			\
		if (cpu_possible(cpu))

#endif /* _LINUX_SCHED_H */
