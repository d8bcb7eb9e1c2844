// SPDX-License-Identifier: GPL-2.0-only
/* Local sockets which have a name in the file system. */
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/namei.h>
#include <linux/sched/task.h>

#define SOCK_COREDUMP	0x100000

struct sock {
	int sk_type;
	struct inode *sk_inode;
};

struct socket {
	struct sock *sk;
	const struct proto_ops *ops;
};

struct sockaddr_un {
	unsigned short sun_family;
	char sun_path[108];
};

struct proto_ops {
	int (*bind)(struct socket *sock, struct sockaddr_un *addr, int addr_len);
	int (*connect)(struct socket *sock, struct sockaddr_un *addr,
		       int addr_len, int flags);
};

struct sock *unix_find_socket_byinode(struct inode *i);

static struct sock *unix_find_bsd(struct sockaddr_un *sunaddr, int addr_len,
				  int type, int flags)
{
	struct path path;
	struct sock *sk;
	int err;

	if (flags & SOCK_COREDUMP) {
		struct path root;

		task_lock(&init_task);
		get_fs_root(init_task.fs, &root);
		task_unlock(&init_task);

		err = vfs_path_lookup(root.dentry, root.mnt, sunaddr->sun_path,
				      LOOKUP_BENEATH | LOOKUP_NO_SYMLINKS |
				      LOOKUP_NO_MAGICLINKS, &path);
		path_put(&root);
	} else {
		err = kern_path(sunaddr->sun_path, LOOKUP_FOLLOW, &path);
	}
	if (err)
		return ERR_PTR(err);

	sk = NULL;
	if (S_ISSOCK(d_backing_inode(path.dentry)->i_mode))
		sk = unix_find_socket_byinode(d_backing_inode(path.dentry));
	path_put(&path);
	return sk ?: ERR_PTR(-ECONNREFUSED);
}

static int unix_bind_bsd(struct sock *sk, struct sockaddr_un *sunaddr,
			 int addr_len)
{
	struct dentry *dentry;
	struct path parent;

	dentry = start_creating_path(AT_FDCWD, sunaddr->sun_path, &parent, 0);
	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	sk->sk_inode = d_backing_inode(dentry);
	end_creating_path(&parent, dentry);
	return 0;
}

static int unix_bind(struct socket *sock, struct sockaddr_un *uaddr, int addr_len)
{
	return unix_bind_bsd(sock->sk, uaddr, addr_len);
}

static int unix_stream_connect(struct socket *sock, struct sockaddr_un *uaddr,
			       int addr_len, int flags)
{
	return PTR_ERR_OR_ZERO(unix_find_bsd(uaddr, addr_len,
					     sock->sk->sk_type, flags));
}

const struct proto_ops unix_stream_ops = {
	.bind =		unix_bind,
	.connect =	unix_stream_connect,
};
