/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_MODULE_H
#define _LINUX_MODULE_H

#include <linux/printk.h>

struct module;

#define THIS_MODULE		((struct module *)0)
#define MODULE_LICENSE(license)						\
	static const char __module_license[] __maybe_unused = license
#define EXPORT_SYMBOL(sym)						\
	extern typeof(sym) sym
#define EXPORT_SYMBOL_GPL(sym)	EXPORT_SYMBOL(sym)

#define __define_initcall(fn)						\
	static int (*const __initcall_##fn)(void) __maybe_unused = fn
#define core_initcall(fn)	__define_initcall(fn)
#define rootfs_initcall(fn)	__define_initcall(fn)
#define late_initcall(fn)	__define_initcall(fn)
#define module_init(fn)		__define_initcall(fn)
#define module_exit(fn)							\
	static void (*const __exitcall_##fn)(void) __maybe_unused = fn

#endif /* _LINUX_MODULE_H */
