// SPDX-License-Identifier: GPL-2.0-only
/* The archive behind the kernel image, unpacked into the rootfs. */
#include <linux/async.h>
#include <linux/fs.h>
#include <linux/init_syscalls.h>
#include <linux/module.h>
#include <linux/slab.h>

static __initdata char *collected;
static __initdata umode_t mode;
static __initdata uid_t uid;
static __initdata gid_t gid;
static __initdata time64_t mtime;
static __initdata struct file *wfile;

static __initdata enum state {
	Start,
	GotName,
	CopyFile,
	GotSymlink,
	Reset
} state;

char *find_link(umode_t mode, char *name);

static void __init do_utime(char *filename, time64_t mtime)
{
	struct timespec64 t = { .tv_sec = mtime };

	init_utimes(filename, &t);
}

static void __init clean_path(char *path, umode_t fmode)
{
	struct kstat st;

	if (init_stat(path, &st, AT_SYMLINK_NOFOLLOW))
		return;
	if (!((st.mode ^ fmode) & S_IFMT))
		return;
	if (S_ISDIR(st.mode))
		init_rmdir(path);
	else
		init_unlink(path);
}

static int __init maybe_link(void)
{
	char *old = find_link(mode, collected);

	if (!old)
		return 0;
	clean_path(collected, 0);
	return (init_link(old, collected) < 0) ? -1 : 1;
}

static int __init do_start(void)
{
	state = collected ? GotName : Reset;
	return !collected;
}

static int __init do_name(void)
{
	state = Reset;
	clean_path(collected, mode);
	if (S_ISREG(mode) && maybe_link() >= 0) {
		wfile = filp_open(collected, O_WRONLY | O_CREAT, mode);
		if (IS_ERR(wfile))
			return 0;
		state = CopyFile;
	} else if (S_ISDIR(mode)) {
		init_mkdir(collected, mode);
		init_chown(collected, uid, gid, 0);
		init_chmod(collected, mode);
	} else {
		init_mknod(collected, mode, 0);
		do_utime(collected, mtime);
	}
	return 0;
}

static int __init do_copy(void)
{
	fput(wfile);
	state = Reset;
	return 0;
}

static int __init do_symlink(void)
{
	clean_path(collected, 0);
	init_symlink(collected + strlen(collected) + 1, collected);
	init_chown(collected, uid, gid, AT_SYMLINK_NOFOLLOW);
	do_utime(collected, mtime);
	state = Reset;
	return 0;
}

static int __init do_reset(void)
{
	return 1;
}

static __initdata int (*actions[])(void) = {
	[Start]		= do_start,
	[GotName]	= do_name,
	[CopyFile]	= do_copy,
	[GotSymlink]	= do_symlink,
	[Reset]		= do_reset,
};

static char * __init unpack_to_rootfs(char *buf, unsigned long len)
{
	collected = len ? buf : NULL;
	state = Start;
	while (!actions[state]())
		;
	return NULL;
}

#ifdef CONFIG_BLK_DEV_RAM
static void __init populate_initrd_image(char *err)
{
	struct file *file;
	loff_t pos = 0;

	file = filp_open("/initrd.image", O_WRONLY|O_CREAT|O_LARGEFILE, 0700);
	if (IS_ERR(file))
		return;
	kernel_write(file, err, strlen(err), &pos);
	fput(file);
}
#endif

static void __init do_populate_rootfs(void *unused, async_cookie_t cookie)
{
	char *err = unpack_to_rootfs(NULL, 0);

	if (!err)
		return;
#ifdef CONFIG_BLK_DEV_RAM
	populate_initrd_image(err);
#else
	pr_err("initramfs: %s\n", err);
#endif
}

static ASYNC_DOMAIN_EXCLUSIVE(initramfs_domain);
static async_cookie_t initramfs_cookie;

static int __init populate_rootfs(void)
{
	initramfs_cookie = async_schedule_domain(do_populate_rootfs, NULL,
						 &initramfs_domain);
	return 0;
}
rootfs_initcall(populate_rootfs);
