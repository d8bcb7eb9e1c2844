// SPDX-License-Identifier: GPL-2.0-only
/// fs: add LOOKUP_IN_INIT
///
/// Kernel threads are about to lose the filesystem state that they share
/// with PID 1: their root and working directory will be an empty directory.
/// Those that have to look up a path of the running system need a way to
/// say so.
///
/// Add the lookup flag LOOKUP_IN_INIT.  An absolute path then starts from
/// init's root and a relative one from init's working directory, whatever
/// current->fs holds, in RCU and in reference walk.  Nobody sets the flag
/// yet, and as long as kernel threads share init_fs it makes no difference
/// to them.
//# The comment behind the scoping flags of linux/namei.h that counts the spare
//# bits is one too high afterwards: SmPL does not see comments.
//# The table of flags in trace/misc/fs.h is not extended, spatch cannot parse it:
//# a trace shows the flag as a number.
//# The first of the bits 29, 30 and 31 that no macro is defined as is taken; a
//# bit that is in use under another spelling than BIT(n) is not noticed.
//
// Confidence: High
// Copyright: (C) 2026 The kthread-cocci authors
// URL: https://coccinelle.gitlabpages.inria.fr/website/
// Options: --no-includes --include-headers
// Keywords: LOOKUP_IN_INIT, set_root, path_init
// Comments: needs spatch 1.1.1
//
//% beside: LOOKUP_IN_INIT LOOKUP_IN_ROOT
//% inside: LOOKUP_IN_INIT|lookup_fs set_root(nameidata)
//%     path_init(nameidata)
//% needs: nullfs_fs_type get_fs_root
//% unless: scoped_with_init_fs
//
//> bit_29
//| #define LOOKUP_IN_INIT		BIT(29) /* Start from init's root and pwd. */
//
//> bit_30
//| #define LOOKUP_IN_INIT		BIT(30) /* Start from init's root and pwd. */
//
//> bit_31
//| #define LOOKUP_IN_INIT		BIT(31) /* Start from init's root and pwd. */
//
//> lookup_fs
//| /* The filesystem state that a lookup with these flags starts from. */
//| static inline struct fs_struct *lookup_fs(unsigned int flags)
//| {
//| 	if (unlikely(flags & LOOKUP_IN_INIT))
//| 		return &init_fs;
//| 	return current->fs;
//| }
//|

virtual patch
virtual harness

// The flag, in the first free bit behind the other scoping flags.
@flag depends on patch && harness@
expression E;
@@
#define LOOKUP_IN_INIT E

@used_29 depends on patch && harness@
identifier x;
@@
#define x BIT(29)

@used_30 depends on patch && harness@
identifier x;
@@
#define x BIT(30)

@depends on patch && harness && !flag && !used_29@
expression E;
@@
#define LOOKUP_IS_SCOPED E
+int TEXT_bit_29;

@depends on patch && harness && !flag && used_29 && !used_30@
expression E;
@@
#define LOOKUP_IS_SCOPED E
+int TEXT_bit_30;

@depends on patch && harness && !flag && used_29 && used_30@
expression E;
@@
#define LOOKUP_IS_SCOPED E
+int TEXT_bit_31;

// One function that knows where a walk starts, in front of its first user.
@defined depends on patch && harness@
@@
 lookup_fs(...) { ... }

@helper depends on patch && harness && !defined@
identifier fn = {set_root};
symbol current;
@@
+int TEXT_lookup_fs;
 fn(...)
 {
 <+...
 current->fs
 ...+>
 }

// Its users.  The flags are a parameter, or else those of the nameidata.
@depends on defined || helper@
identifier fn = {set_root, path_init};
identifier flags;
symbol current;
@@
 fn(..., unsigned flags)
 {
 <+...
-current->fs
+lookup_fs(flags)
 ...+>
 }

@depends on defined || helper@
identifier fn = {set_root, path_init};
identifier nd;
symbol current;
@@
 fn(..., struct nameidata *nd, ...)
 {
 <+...
-current->fs
+lookup_fs(nd->flags)
 ...+>
 }

// Where init_fs is declared.
@init_task_h depends on helper@
@@
 #include <linux/init_task.h>

@depends on helper && !init_task_h@
@@
 #include <linux/fs_struct.h>
+#include <linux/init_task.h>
