// SPDX-License-Identifier: GPL-2.0-only
int load(void *data);

static int load_all(void)
{
	return load(NULL);
}
late_initcall(load_all);
