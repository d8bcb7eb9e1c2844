// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs_context.h>

static int tiny_fill(void *sb, struct fs_context *fc)
{
	return lookup_bdev("/dev/tiny", NULL);	/* user */
}

static int tiny_get_tree(struct fs_context *fc)
{
	return get_tree_bdev(fc, tiny_fill);
}

static int tiny_parse_param(struct fs_context *fc, void *param)
{
	return kern_path("/param", 0, NULL);	/* user */
}

static const struct fs_context_operations tiny_context_ops = {
	.parse_param = tiny_parse_param,
	.get_tree = tiny_get_tree,
};

static int tiny_init_fs_context(struct fs_context *fc)
{
	fc->ops = &tiny_context_ops;
	return kern_path("/context", 0, NULL);	/* user */
}

static int tiny_show_options(void *m, void *root)
{
	return kern_path("/options", 0, NULL);	/* user */
}

/* Who puts the last reference is not said anywhere here. */
static void tiny_put_super(void *sb)
{
	kern_path("/put", 0, NULL);		/* unreached */
}

static struct file_system_type tiny_type = {
	.name = "tiny",
	.init_fs_context = tiny_init_fs_context,
};

static const struct super_operations tiny_super_ops = {
	.put_super = tiny_put_super,
	.show_options = tiny_show_options,
};
