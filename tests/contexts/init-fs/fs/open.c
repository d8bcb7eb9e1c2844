// SPDX-License-Identifier: GPL-2.0-only
int file_open_root(const struct path *root, const char *filename, int flags,
		   int mode)
{
	return path_openat(filename);
}
