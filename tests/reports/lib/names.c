// SPDX-License-Identifier: GPL-2.0-only
/* Calls what it is passed. */
int for_each_name(int (*fn)(const char *name))
{
	return fn("/each");
}

/* The name of its parameter says that it is given a root. */
struct file *file_open_root(const struct path *root, const char *filename,
			    int flags, umode_t mode)
{
	return NULL;
}
