/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_FS_H
#define _LINUX_FS_H

#include <linux/err.h>
#include <linux/cleanup.h>

#define AT_FDCWD		-100
#define AT_SYMLINK_NOFOLLOW	0x100
#define AT_REMOVEDIR		0x200
#define AT_SYMLINK_FOLLOW	0x400
#define AT_EMPTY_PATH		0x1000

#define O_RDONLY		00000000
#define O_WRONLY		00000001
#define O_RDWR			00000002
#define O_CREAT			00000100
#define O_EXCL			00000200
#define O_TRUNC			00001000
#define O_LARGEFILE		00100000

#define S_IFMT			00170000
#define S_IFSOCK		0140000
#define S_IFLNK			0120000
#define S_IFREG			0100000
#define S_IFBLK			0060000
#define S_IFDIR			0040000
#define S_IFCHR			0020000
#define S_ISREG(m)		(((m) & S_IFMT) == S_IFREG)
#define S_ISDIR(m)		(((m) & S_IFMT) == S_IFDIR)
#define S_ISBLK(m)		(((m) & S_IFMT) == S_IFBLK)
#define S_ISSOCK(m)		(((m) & S_IFMT) == S_IFSOCK)

#define MAY_EXEC		0x00000001
#define MAY_WRITE		0x00000002
#define MAY_ACCESS		0x00000010
#define MAY_CHDIR		0x00000040

struct inode {
	umode_t i_mode;
	dev_t i_rdev;
	unsigned int i_flags;
	void *i_private;
};

struct dentry {
	struct inode *d_inode;
};

struct vfsmount {
	struct dentry *mnt_root;
	int mnt_flags;
};

struct path {
	struct vfsmount *mnt;
	struct dentry *dentry;
};

struct qstr {
	const unsigned char *name;
	u32 len;
};

struct filename {
	const char *name;
};

struct delayed_filename {
	struct filename *__incomplete_filename;
};

struct kstat {
	umode_t mode;
	loff_t size;
};

struct file {
	unsigned int f_flags;
	fmode_t f_mode;
	struct path f_path;
	void *private_data;
};

struct module;

struct file_operations {
	struct module *owner;
	ssize_t (*write)(struct file *, const char __user *, size_t, loff_t *);
	long (*unlocked_ioctl)(struct file *, unsigned int, unsigned long);
	int (*open)(struct inode *, struct file *);
	int (*release)(struct inode *, struct file *);
};

void path_get(const struct path *path);
void path_put(const struct path *path);

struct filename *getname(const char __user *name);
struct filename *getname_kernel(const char *name);
struct filename *complete_getname(struct delayed_filename *name);
void putname(struct filename *name);

DEFINE_CLASS(filename, struct filename *, putname(_T), getname(p),
	     const char __user *p)
DEFINE_CLASS(filename_kernel, struct filename *, putname(_T),
	     getname_kernel(p), const char *p)
DEFINE_CLASS(filename_complete_delayed, struct filename *, putname(_T),
	     complete_getname(p), struct delayed_filename *p)

extern struct file *file_open_name(struct filename *, int, umode_t);
extern struct file *filp_open(const char *, int, umode_t);
extern struct file *file_open_root(const struct path *,
				   const char *, int, umode_t);
void fput(struct file *file);
ssize_t kernel_write(struct file *, const void *, size_t, loff_t *);
ssize_t kernel_read(struct file *, void *, size_t, loff_t *);

DEFINE_FREE(fput, struct file *, if (!IS_ERR_OR_NULL(_T)) fput(_T))

#define VFS_WARN_ON_ONCE(cond) (void)WARN_ON_ONCE(cond)

int path_permission(const struct path *path, int mask);
int vfs_getattr(const struct path *path, struct kstat *stat, u32 request_mask,
		unsigned int query_flags);
int vfs_utimes(const struct path *path, struct timespec64 *times);
int chmod_common(const struct path *path, umode_t mode);
int chown_common(const struct path *path, uid_t user, gid_t group);
int inode_update_time(struct inode *inode);

static inline struct inode *d_backing_inode(const struct dentry *dentry)
{
	return dentry->d_inode;
}

enum kernel_read_file_id {
	READING_UNKNOWN,
	READING_FIRMWARE,
};

ssize_t kernel_read_file(struct file *file, loff_t offset, void **buf,
			 size_t buf_size, size_t *file_size,
			 enum kernel_read_file_id id);
ssize_t kernel_read_file_from_path(const char *path, loff_t offset, void **buf,
				   size_t buf_size, size_t *file_size,
				   enum kernel_read_file_id id);
ssize_t kernel_read_file_from_path_initns(const char *path, loff_t offset,
					  void **buf, size_t buf_size,
					  size_t *file_size,
					  enum kernel_read_file_id id);

#endif /* _LINUX_FS_H */
