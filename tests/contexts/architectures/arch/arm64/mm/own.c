// SPDX-License-Identifier: GPL-2.0-only
SYSCALL_DEFINE0(arm64_own)
{
	return arch_own();
}
