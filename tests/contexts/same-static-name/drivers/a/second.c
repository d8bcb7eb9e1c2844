// SPDX-License-Identifier: GPL-2.0-only
/* The same folder, and nobody calls this one. */
static int load(void *data)
{
	return kern_path("/second", 0, NULL);	/* unreached */
}
