// SPDX-License-Identifier: GPL-2.0-only
#include <linux/seq_file.h>

static int status_show(struct seq_file *m, void *v)
{
	return kern_path("/status", 0, NULL);	/* user */
}
DEFINE_SHOW_ATTRIBUTE(status);

static int single_it(struct seq_file *m, void *v)
{
	return kern_path("/single", 0, NULL);	/* user */
}

static int single_it_open(void *inode, void *file)
{
	return single_open(file, single_it, NULL);
}

static void *list_start(struct seq_file *m, long *pos)
{
	kern_path("/start", 0, NULL);		/* user */
	return NULL;
}

static int list_show(struct seq_file *m, void *v)
{
	return kern_path("/list", 0, NULL);	/* user */
}

static const struct seq_operations list_sops = {
	.start = list_start,
	.show = list_show,
};

static int debug_get(void *data, unsigned long long *value)
{
	return kern_path("/get", 0, NULL);	/* user */
}

static int debug_set(void *data, unsigned long long value)
{
	return kern_path("/set", 0, NULL);	/* user */
}
DEFINE_SIMPLE_ATTRIBUTE(debug_fops, debug_get, debug_set, "%llu\n");

/* No macro names it. */
static int lonely_show(struct seq_file *m, void *v)
{
	return kern_path("/lonely", 0, NULL);	/* unreached */
}
