// SPDX-License-Identifier: GPL-2.0-only
/// fs: notice when init abandons fs sharing
///
/// Kernel threads and usermode helpers work with the root and the working
/// directory in init_fs, because PID 1 shares them.  PID 1 may unshare its
/// filesystem state.  From then on the kernel goes on with what init_fs
/// held last, while PID 1 moves somewhere else, and keeps mounts pinned
/// that nobody expects to be in use.
///
/// No sane init does that.  Say so in the log if one does: a change to come
/// will take the old state away from the kernel's helpers.
///
/// Factor switch_fs_struct() out of ksys_unshare() as the one place where a
/// user process exchanges its fs_struct.  It takes task_lock() itself, and
/// returns without it, so that it may sleep later on.
//# unshare_fs_struct() is left alone: only kernel threads call it.
//# An fs_struct that is exchanged by other means than "current->fs = new_fs"
//# in ksys_unshare(), in the order of 7.2, is not found; the audit says so.
//
// Confidence: High
// Copyright: (C) 2026 The kthread-cocci authors
// URL: https://coccinelle.gitlabpages.inria.fr/website/
// Options: --no-includes --include-headers
// Keywords: switch_fs_struct, ksys_unshare, init_fs
// Comments: needs spatch 1.1.1
//
//% inside: switch_fs_struct ksys_unshare
//% beside: switch_fs_struct unshare_fs_struct
//% needs: nullfs_fs_type unshare_fs
//% unless: scoped_with_init_fs
//
//> switch_fs_struct
//|
//| /*
//|  * What the kernel does for init, in kernel threads and usermode helpers, begins
//|  * in the fs_struct that PID 1 shares with it.  Only PID 1 itself matters: which
//|  * fs_struct its threads and children have is up to them.
//|  */
//| static void notice_init_leaving(const struct fs_struct *old_fs)
//| {
//| 	/* Nobody dereferences @old_fs, it may be somebody else's or gone. */
//| 	if (likely(current->pid != 1) || old_fs != &init_fs)
//| 		return;
//| 	pr_warn("VFS: init no longer shares its root and working directory with the kernel\n");
//| }
//|
//| /**
//|  * switch_fs_struct - exchange the fs_struct of the current task
//|  * @new_fs: what current is to use, along with the caller's reference to it
//|  *
//|  * Context: Process context without task_lock(), may sleep.
//|  * Return: The previous fs_struct, if current was its last user and the caller
//|  *         has to free it, or NULL.
//|  */
//| struct fs_struct *switch_fs_struct(struct fs_struct *new_fs)
//| {
//| 	struct fs_struct *old_fs = current->fs;
//| 	bool last_user;
//|
//| 	might_sleep();
//|
//| 	task_lock(current);
//| 	read_seqlock_excl(&old_fs->seq);
//| 	current->fs = new_fs;
//| 	last_user = !--old_fs->users;
//| 	read_sequnlock_excl(&old_fs->seq);
//| 	task_unlock(current);
//|
//| 	notice_init_leaving(old_fs);
//| 	return last_user ? old_fs : NULL;
//| }
//
//> blank
//|

virtual patch
virtual harness

// Who exchanges current->fs openly hands that over.  task_lock() then protects
// what is left below it, the exchange of the files.
@exchange depends on patch && harness@
identifier fs, new_fs, fn;
symbol current;
@@
 fn(...)
 {
 <+...
+if (new_fs)
+	new_fs = switch_fs_struct(new_fs);
+int TEXT_blank;
 task_lock(current);
-if (new_fs) {
-	fs = current->fs;
-	read_seqlock_excl(&fs->seq);
-	current->fs = new_fs;
(
-	if (--fs->users)
-		new_fs = NULL;
-	else
-		new_fs = fs;
|
-	new_fs = --fs->users ? NULL : fs;
)
-	read_sequnlock_excl(&fs->seq);
-}
 ...+>
 }

// Its variable has nothing left to do.
@depends on exchange@
identifier exchange.fs, exchange.fn;
@@
 fn(...)
 {
 ... when any
-struct fs_struct *fs;
 ... when != fs
 }

// The function, behind its sister for kernel threads, and its prototype.
@defined depends on patch && harness@
@@
 switch_fs_struct(...) { ... }

@depends on patch && harness && !defined@
declarer name EXPORT_SYMBOL_GPL;
symbol unshare_fs_struct;
@@
 EXPORT_SYMBOL_GPL(unshare_fs_struct);
+int TEXT_switch_fs_struct;

@declared depends on patch && harness@
type T;
@@
 T switch_fs_struct(...);

@depends on patch && harness && !declared@
type T;
symbol unshare_fs_struct;
@@
 T unshare_fs_struct(...);
+struct fs_struct *switch_fs_struct(struct fs_struct *new_fs);
