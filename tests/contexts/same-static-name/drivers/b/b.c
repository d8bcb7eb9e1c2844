// SPDX-License-Identifier: GPL-2.0-only
static int load(void *data)
{
	return kern_path("/b", 0, NULL);	/* user */
}

SYSCALL_DEFINE0(b)
{
	return load(NULL);
}
