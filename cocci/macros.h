/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What spatch has to know of the kernel's macros to parse the code that uses
 * them.  spatch reads the bodies as hints, they are not C: YACFE_ITERATOR is a
 * macro that is followed by a statement, an empty body is an annotation.
 *
 * Given as --macro-file-builtins, that is, on top of spatch's own standard.h,
 * and in a second try as --macro-file, without it.
 */

/* name(...) { }: the lock guards of linux/cleanup.h and what builds on them */
#define scoped_guard YACFE_ITERATOR
#define scoped_cond_guard YACFE_ITERATOR

/* name(...) { }: scoped overrides of credentials and of the fs_struct */
#define scoped_with_creds YACFE_ITERATOR
#define scoped_with_kernel_creds YACFE_ITERATOR
#define scoped_with_init_fs YACFE_ITERATOR

/* name(...) { }: linux/seqlock.h, kunit/resource.h, i915 */
#define scoped_seqlock_read YACFE_ITERATOR
#define kunit_warning_suppress YACFE_ITERATOR
#define intel_wedge_on_timeout YACFE_ITERATOR

/* T *x __free(kfree) = ...: cleanup on leaving the scope */
#define __free(x)

/* Declares and cleans up at once: linux/slab.h of net/ */
#define AUTO_KFREE(name) *name

/*
 * Format attributes.  standard.h has it as well, but where it stands in front
 * of a return type ("static __printf(3, 0) struct ...") spatch honours only a
 * definition with this spelling.
 */
#define __printf(a, b)
#define __scanf(a, b)

/* Lock annotations of functions: sparse and Clang's thread safety analysis */
#define __must_hold(x)
#define __must_hold_shared(x)
#define __acquires(x)
#define __acquires_shared(x)
#define __releases(x)
#define __releases_shared(x)
#define __guarded_by(...)

/* Annotations of struct members */
#define __counted_by(x)
#define __counted_by_le(x)
#define __counted_by_be(x)
