// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs_context.h>

/* The callback belongs to the file system that passed it. */
int get_tree_bdev(struct fs_context *fc,
		  int (*fill_super)(void *sb, struct fs_context *fc))
{
	return fill_super(NULL, fc);
}
