// SPDX-License-Identifier: GPL-2.0-only
/* Grace periods: the threads that drive them. */
#include <linux/kthread.h>
#include <linux/module.h>

struct rcu_node {
	struct mutex kthread_mutex;
	struct task_struct *boost_kthread_task;
	struct kthread_worker *exp_kworker;
	int grplo;
	int grphi;
};

static struct rcu_node rcu_nodes[4];
static struct kthread_worker *rcu_exp_gp_kworker;
static int kthread_prio = 1;

#define rcu_for_each_leaf_node(rnp)					\
	for ((rnp) = rcu_nodes; (rnp) < rcu_nodes + ARRAY_SIZE(rcu_nodes); (rnp)++)

static int rcu_gp_kthread(void *unused)
{
	while (!kthread_should_stop())
		schedule_timeout_interruptible(10);
	return 0;
}

static int rcu_boost_kthread(void *arg)
{
	struct rcu_node *rnp = arg;

	sched_set_fifo(rnp->boost_kthread_task);
	return 0;
}

static void rcu_spawn_exp_par_gp_kworker(struct rcu_node *rnp)
{
	struct kthread_worker *kworker;
	const char *name = "rcu_exp_par_gp_kthread_worker/%d";
	int rnp_index = rnp - rcu_nodes;

	if (rnp->exp_kworker)
		return;

	kworker = kthread_create_worker(0, name, rnp_index);
	if (IS_ERR_OR_NULL(kworker)) {
		pr_err("no parallel gp worker for CPUs %d-%d\n",
		       rnp->grplo, rnp->grphi);
		return;
	}
	WRITE_ONCE(rnp->exp_kworker, kworker);

	if (kthread_prio)
		sched_set_fifo(kworker->task);
	wake_up_process(kworker->task);
}

static void __init rcu_start_exp_gp_kworker(void)
{
	const char *name = "rcu_exp_gp_kthread_worker";

	rcu_exp_gp_kworker = kthread_run_worker(0, name);
	if (IS_ERR_OR_NULL(rcu_exp_gp_kworker)) {
		pr_err("no %s\n", name);
		rcu_exp_gp_kworker = NULL;
		return;
	}
	sched_set_fifo(rcu_exp_gp_kworker->task);
}

static void rcu_spawn_one_boost_kthread(struct rcu_node *rnp)
{
	int rnp_index = rnp - rcu_nodes;
	struct task_struct *t;

	t = kthread_create(rcu_boost_kthread, (void *)rnp,
			   "rcub/%d", rnp_index);
	if (WARN_ON_ONCE(IS_ERR(t)))
		return;
	rnp->boost_kthread_task = t;
	wake_up_process(t);
}

static int __init rcu_spawn_gp_kthread(void)
{
	struct rcu_node *rnp;
	struct task_struct *t;

	t = kthread_create(rcu_gp_kthread, NULL, "%s", "rcu_sched");
	if (IS_ERR(t))
		return PTR_ERR(t);
	wake_up_process(t);

	rcu_for_each_leaf_node(rnp) {
		guard(mutex)(&rnp->kthread_mutex);
		rcu_spawn_exp_par_gp_kworker(rnp);
#ifdef CONFIG_RCU_BOOST
		rcu_spawn_one_boost_kthread(rnp);
#endif
	}
	rcu_start_exp_gp_kworker();
	return 0;
}
core_initcall(rcu_spawn_gp_kthread);
