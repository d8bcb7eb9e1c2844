// SPDX-License-Identifier: GPL-2.0-only
/* Callers of filename_mkdirat() and its like. */

static int make(struct filename *name, struct filename *other, umode_t mode)
{
	int error = filename_mkdirat(AT_FDCWD, name, mode);

	if (!error)
		error = filename_mknodat(AT_FDCWD, name, mode, 0);
	if (!error)
		error = filename_linkat(AT_FDCWD, name, AT_FDCWD, other, 0);
	return error ? filename_unlinkat(AT_FDCWD, name) : 0;
}

static int converted(struct filename *name, umode_t mode)
{
	return filename_mkdirat(AT_FDCWD, name, mode, 0);
}
