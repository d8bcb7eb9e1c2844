// SPDX-License-Identifier: GPL-2.0-only
/* Whole files into the kernel's memory: firmware and the like. */
#include <linux/fs_struct.h>
#include <linux/init_task.h>
#include <linux/module.h>
#include <linux/slab.h>

ssize_t kernel_read_file(struct file *file, loff_t offset, void **buf,
			 size_t buf_size, size_t *file_size,
			 enum kernel_read_file_id id)
{
	ssize_t copied;

	if (!*buf)
		*buf = kmalloc(buf_size, GFP_KERNEL);
	if (!*buf)
		return -ENOMEM;
	copied = kernel_read(file, *buf, buf_size, &offset);
	if (copied >= 0 && file_size)
		*file_size = copied;
	return copied;
}

ssize_t kernel_read_file_from_path(const char *path, loff_t offset, void **buf,
				   size_t buf_size, size_t *file_size,
				   enum kernel_read_file_id id)
{
	ssize_t ret = -EINVAL;
	struct file *file;

	if (!path || !*path)
		return ret;
	file = filp_open(path, O_RDONLY, 0);
	ret = PTR_ERR_OR_ZERO(file);
	if (!ret) {
		ret = kernel_read_file(file, offset, buf, buf_size, file_size,
				       id);
		fput(file);
	}
	return ret;
}
EXPORT_SYMBOL_GPL(kernel_read_file_from_path);

ssize_t kernel_read_file_from_path_initns(const char *path, loff_t offset,
					  void **buf, size_t buf_size,
					  size_t *file_size,
					  enum kernel_read_file_id id)
{
	ssize_t ret = -EINVAL;
	struct path root;
	struct file *file;

	if (!path || !*path)
		return ret;
	task_lock(&init_task);
	get_fs_root(init_task.fs, &root);
	task_unlock(&init_task);

	file = file_open_root(&root, path, O_RDONLY | O_LARGEFILE, 0);
	path_put(&root);
	ret = PTR_ERR_OR_ZERO(file);
	if (!ret) {
		ret = kernel_read_file(file, offset, buf, buf_size, file_size,
				       id);
		fput(file);
	}
	return ret;
}
EXPORT_SYMBOL_GPL(kernel_read_file_from_path_initns);
