// SPDX-License-Identifier: GPL-2.0-only
/* A thread per connection reads requests, a workqueue answers them. */
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/workqueue.h>

#include "connection.h"

static struct ksmbd_conn_ops default_conn_ops;
static struct workqueue_struct *ksmbd_wq;

static int __process_request(struct ksmbd_work *work, struct ksmbd_conn *conn,
			     u16 *cmd)
{
	const struct smb_version_cmds *cmds;

	*cmd = work->command;
	if (*cmd >= conn->max_cmds)
		return -EINVAL;

	cmds = &conn->cmds[*cmd];
	if (!cmds->proc)
		return -EOPNOTSUPP;
	return cmds->proc(work);
}

static void __handle_ksmbd_work(struct ksmbd_work *work,
				struct ksmbd_conn *conn)
{
	u16 command = 0;
	int rc;

	rc = __process_request(work, conn, &command);
	if (rc)
		pr_err("ksmbd: command %u: %d\n", command, rc);
}

static void handle_ksmbd_work(struct work_struct *wk)
{
	struct ksmbd_work *work = container_of(wk, struct ksmbd_work, work);

	__handle_ksmbd_work(work, work->conn);
	ksmbd_free_work_struct(work);
}

static int queue_ksmbd_work(struct ksmbd_conn *conn)
{
	struct ksmbd_work *work = ksmbd_alloc_work_struct();

	if (!work)
		return -ENOMEM;
	work->conn = conn;
	INIT_WORK(&work->work, handle_ksmbd_work);
	queue_work(ksmbd_wq, &work->work);
	return 0;
}

static int ksmbd_server_process_request(struct ksmbd_conn *conn)
{
	return queue_ksmbd_work(conn);
}

static int ksmbd_server_terminate_conn(struct ksmbd_conn *conn)
{
	conn->exiting = true;
	return 0;
}

void ksmbd_conn_init_server_callbacks(struct ksmbd_conn_ops *ops)
{
	default_conn_ops.process_fn = ops->process_fn;
	default_conn_ops.terminate_fn = ops->terminate_fn;
}

int ksmbd_conn_handler_loop(void *p)
{
	struct ksmbd_conn *conn = p;

	init_smb2_0_server(conn);
	while (!conn->exiting)
		if (default_conn_ops.process_fn(conn))
			break;
	default_conn_ops.terminate_fn(conn);
	return 0;
}

int ksmbd_tcp_new_connection(struct ksmbd_conn *conn, int port)
{
	struct task_struct *handler;

	handler = kthread_run(ksmbd_conn_handler_loop,
			      conn,
			      "ksmbd:%u", port);
	if (IS_ERR(handler)) {
		pr_err("ksmbd: no thread for the connection\n");
		return PTR_ERR(handler);
	}
	return 0;
}

static int __init ksmbd_server_init(void)
{
	struct ksmbd_conn_ops ops;

	ops.process_fn = ksmbd_server_process_request;
	ops.terminate_fn = ksmbd_server_terminate_conn;
	ksmbd_conn_init_server_callbacks(&ops);

	ksmbd_wq = alloc_workqueue("ksmbd-io", WQ_UNBOUND, 0);
	return ksmbd_wq ? 0 : -ENOMEM;
}
module_init(ksmbd_server_init);
