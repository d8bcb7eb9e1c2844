/* SPDX-License-Identifier: GPL-2.0-only */
struct fs_context;

struct fs_context_operations {
	void (*free)(struct fs_context *fc);
	int (*parse_param)(struct fs_context *fc, void *param);
	int (*get_tree)(struct fs_context *fc);
};

struct fs_context {
	const struct fs_context_operations *ops;
};

struct file_system_type {
	const char *name;
	int (*init_fs_context)(struct fs_context *fc);
	void (*kill_sb)(void *sb);
};

struct super_operations {
	void (*put_super)(void *sb);
	int (*show_options)(void *m, void *root);
};
