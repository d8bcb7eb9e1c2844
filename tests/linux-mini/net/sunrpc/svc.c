// SPDX-License-Identifier: GPL-2.0-only
/* Threads of RPC services. */
#include <linux/kthread.h>
#include <linux/module.h>

struct svc_serv {
	const char *sv_name;
	int (*sv_threadfn)(void *data);
	struct list_head sv_threads;
};

struct svc_pool {
	unsigned int sp_id;
};

struct svc_rqst {
	struct list_head rq_all;
	struct svc_serv *rq_server;
	struct task_struct *rq_task;
};

struct svc_serv *svc_create_pooled(const char *name, int (*threadfn)(void *data))
{
	struct svc_serv *serv = kzalloc_obj(*serv);

	if (!serv)
		return NULL;
	serv->sv_name = name;
	serv->sv_threadfn = threadfn;
	INIT_LIST_HEAD(&serv->sv_threads);
	return serv;
}
EXPORT_SYMBOL_GPL(svc_create_pooled);

int svc_new_thread(struct svc_serv *serv, struct svc_pool *pool, int node)
{
	struct svc_rqst *rqstp __free(kfree) = kzalloc_obj(*rqstp);
	struct task_struct *task;

	if (!rqstp)
		return -ENOMEM;

	rqstp->rq_server = serv;
	task = kthread_create_on_node(serv->sv_threadfn, rqstp,
				      node, "%s", serv->sv_name);
	if (IS_ERR(task))
		return PTR_ERR(task);

	rqstp->rq_task = task;
	list_add_tail(&no_free_ptr(rqstp)->rq_all, &serv->sv_threads);
	wake_up_process(task);
	return 0;
}
EXPORT_SYMBOL_GPL(svc_new_thread);
