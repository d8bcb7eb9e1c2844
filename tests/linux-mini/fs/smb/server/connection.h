/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef __KSMBD_CONNECTION_H__
#define __KSMBD_CONNECTION_H__

#include <linux/fs.h>
#include <linux/workqueue.h>

#define SMB2_CREATE_HE		0x0005
#define SMB2_QUERY_INFO_HE	0x0010
#define SMB2_ECHO_HE		0x000D

struct ksmbd_share_config {
	char *path;
	struct path vfs_path;
};

struct ksmbd_conn {
	const struct smb_version_cmds *cmds;
	unsigned int max_cmds;
	struct ksmbd_share_config *share;
	bool exiting;
};

struct ksmbd_work {
	struct ksmbd_conn *conn;
	const char *name;
	u16 command;
	struct work_struct work;
};

struct smb_version_cmds {
	int (*proc)(struct ksmbd_work *swork);
};

struct ksmbd_conn_ops {
	int	(*process_fn)(struct ksmbd_conn *conn);
	int	(*terminate_fn)(struct ksmbd_conn *conn);
};

void ksmbd_conn_init_server_callbacks(struct ksmbd_conn_ops *ops);
int ksmbd_conn_handler_loop(void *p);
struct ksmbd_work *ksmbd_alloc_work_struct(void);
void ksmbd_free_work_struct(struct ksmbd_work *work);
int init_smb2_0_server(struct ksmbd_conn *conn);

#endif /* __KSMBD_CONNECTION_H__ */
