// SPDX-License-Identifier: GPL-2.0-only
SYSCALL_DEFINE0(x86_lonely)
{
	return arch_lonely();
}
