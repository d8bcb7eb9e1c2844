/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_CLEANUP_H
#define _LINUX_CLEANUP_H

#define __cleanup(function) __attribute__((__cleanup__(function)))
#define __free(name) __cleanup(__free_##name)

#define DEFINE_FREE(name, type, free) \
	static inline void __free_##name(void *p) { type _T = *(type *)p; free; }

#define __PASTE(a, b) a##b
#define PASTE(a, b) __PASTE(a, b)
#define __UNIQUE_ID(name) PASTE(__unique_##name, __COUNTER__)

#endif
