// SPDX-License-Identifier: GPL-2.0-only
int arch_load(void)
{
	return kern_path("/arm64", 0, NULL);	/* kthread */
}

int arch_own(void)
{
	return kern_path("/arm64/own", 0, NULL);	/* user */
}

/* x86 has nothing of the kind, and nobody here calls it. */
int arch_lonely(void)
{
	return kern_path("/arm64/lonely", 0, NULL);	/* unreached */
}
