// SPDX-License-Identifier: GPL-2.0-only
/* SMB2 commands: what the table sends here runs in ksmbd-io. */
#include <linux/module.h>
#include <linux/namei.h>

#include "connection.h"

/* An empty name is the share itself, any other name stays below it. */
static int ksmbd_vfs_path_lookup(struct ksmbd_share_config *share_conf,
				 const char *pathname, unsigned int flags,
				 struct path *path)
{
	const struct path *root_share_path = &share_conf->vfs_path;
	struct qstr last;

	if (pathname[0] == '\0') {
		pathname = share_conf->path;
		root_share_path = NULL;
	} else {
		flags |= LOOKUP_BENEATH;
	}

	CLASS(filename_kernel, filename)(pathname);
	return vfs_path_parent_lookup(filename, flags, path, &last,
				      root_share_path);
}

static int smb2_echo(struct ksmbd_work *work)
{
	return 0;
}

static int smb2_open(struct ksmbd_work *work)
{
	struct path path;
	int rc;

	rc = ksmbd_vfs_path_lookup(work->conn->share, work->name,
				   LOOKUP_NO_SYMLINKS, &path);
	if (!rc)
		path_put(&path);
	return rc;
}

static int smb2_get_info_filesystem(struct ksmbd_work *work,
				    struct ksmbd_share_config *share)
{
	struct kstat stat;
	struct path path;
	int rc;

	rc = kern_path(share->path, LOOKUP_NO_SYMLINKS, &path);
	if (rc) {
		pr_err("ksmbd: no path for the share\n");
		return -EIO;
	}
	rc = vfs_getattr(&path, &stat, 0, 0);
	path_put(&path);
	return rc;
}

static int smb2_query_info(struct ksmbd_work *work)
{
	struct ksmbd_share_config *share = work->conn->share;
	struct path path;

	/* Below the share, and so without a look at anybody's root. */
	if (vfs_path_lookup(share->vfs_path.dentry, share->vfs_path.mnt,
			    work->name, LOOKUP_BENEATH, &path))
		return smb2_get_info_filesystem(work, share);
	path_put(&path);
	return 0;
}

static const struct smb_version_cmds smb2_0_server_cmds[] = {
	[SMB2_CREATE_HE]	=	{ .proc = smb2_open},
	[SMB2_ECHO_HE]		=	{ .proc = smb2_echo},
	[SMB2_QUERY_INFO_HE]	=	{ .proc = smb2_query_info},
};

int init_smb2_0_server(struct ksmbd_conn *conn)
{
	conn->cmds = smb2_0_server_cmds;
	conn->max_cmds = ARRAY_SIZE(smb2_0_server_cmds);
	return 0;
}
