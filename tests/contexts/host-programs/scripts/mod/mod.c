// SPDX-License-Identifier: GPL-2.0-only
static int read_symbols(void)
{
	return filp_open("/symbols", 0, 0);		/* no site */
}

SYSCALL_DEFINE0(mod)
{
	return parse_kernel_file("/y") + read_symbols();
}
