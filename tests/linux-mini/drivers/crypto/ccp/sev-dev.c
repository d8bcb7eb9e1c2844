// SPDX-License-Identifier: GPL-2.0-only
/* State of the secure processor, kept in a file. */
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/module.h>
#include <linux/sched/task.h>

static DEFINE_MUTEX(sev_cmd_mutex);
static char *init_ex_path;
static void *sev_init_ex_buffer;

static struct file *open_file_as_root(const char *filename, int flags, umode_t mode)
{
	struct file *fp;
	struct path root;

	task_lock(&init_task);
	get_fs_root(init_task.fs, &root);
	task_unlock(&init_task);

	fp = file_open_root(&root, filename, flags, mode);
	path_put(&root);
	return fp;
}

static int sev_read_init_ex_file(void)
{
	struct file *fp __free(fput) = open_file_as_root(init_ex_path, O_RDONLY, 0);
	loff_t pos = 0;

	if (IS_ERR(fp))
		return PTR_ERR(fp);
	return kernel_read(fp, sev_init_ex_buffer, 4096, &pos) < 0 ? -EIO : 0;
}

int sev_platform_init(void)
{
	guard(mutex)(&sev_cmd_mutex);

	if (!init_ex_path || !sev_init_ex_buffer)
		return -EOPNOTSUPP;
	return sev_read_init_ex_file();
}
EXPORT_SYMBOL_GPL(sev_platform_init);
