/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_CLEANUP_H
#define _LINUX_CLEANUP_H

#include <linux/err.h>

/* Scope-bound clean-up on top of the cleanup attribute of the compiler. */

#define __cleanup(fn)	__attribute__((__cleanup__(fn), __unused__))
#define __free(name)	__cleanup(__free_##name)

#define DEFINE_FREE(name, type, release)				\
static inline void __free_##name(void *slot)				\
{									\
	type _T = *(type *)slot;					\
									\
	release;							\
}

#define no_free_ptr(p)							\
({									\
	typeof(p) __taken = (p);					\
									\
	(p) = NULL;							\
	__taken;							\
})
#define return_ptr(p)	return no_free_ptr(p)

#define DEFINE_CLASS(name, type, leave, enter, args...)			\
typedef type class_##name##_t;						\
static inline void class_##name##_destructor(type *slot)		\
{									\
	type _T = *slot;						\
									\
	leave;								\
}									\
static inline type class_##name##_constructor(args)			\
{									\
	return enter;							\
}

#define CLASS(name, var)						\
	class_##name##_t var __cleanup(class_##name##_destructor) =	\
		class_##name##_constructor

#define DEFINE_GUARD(name, type, lock, unlock)				\
	DEFINE_CLASS(name, type, if (_T) { unlock; },			\
		     ({ lock; _T; }), type _T)
#define DEFINE_GUARD_COND(name, suffix, type, trylock, unlock)		\
	DEFINE_CLASS(name##suffix, type, if (_T) { unlock; },		\
		     (trylock) ? _T : NULL, type _T)

#define __guard_paste(a, b)	a##b
#define __guard_name(n)		__guard_paste(__guard_, n)

#define guard(name)		CLASS(name, __guard_name(__COUNTER__))

#define scoped_guard(name, args...)					\
	for (bool __once = true; __once; __once = false)		\
		for (CLASS(name, __scope)(args); __once; __once = false)

#define scoped_cond_guard(name, fail, args...)				\
	for (bool __once = true; __once; __once = false)		\
		for (CLASS(name, __scope)(args); __once; __once = false) \
			if (!__scope) {					\
				fail;					\
			} else

#endif /* _LINUX_CLEANUP_H */
