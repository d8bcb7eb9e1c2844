// SPDX-License-Identifier: GPL-2.0-only
/// fs: isolate all kthreads in nullfs
///
/// Kernel threads share the root and the working directory of PID 1.
/// Whatever path they look up by mistake, or on behalf of somebody who
/// could trick them into it, they resolve in the filesystem that userspace
/// has made.
///
/// Leave them in nullfs, the empty and immutable root of the initial mount
/// namespace.  PID 1 moves into the root filesystem on its own, with
/// userspace_init_fs, an fs_struct that no kernel thread shares.  It is
/// there that LOOKUP_IN_INIT and init_root() start from now.  A lookup in a
/// kernel thread without them finds nothing, and creates nothing.
///
/// Usermode helpers are children of kernel threads and have to run in
/// userspace's filesystem: a bit in struct kernel_clone_args gives the
/// tasks of user_mode_thread() a copy of userspace_init_fs.  They may
/// neither share it nor begin in another mount namespace than the initial
/// one.
///
/// If PID 1 gives up userspace_init_fs, by unshare() for example, the
/// kernel does not go on with what that held last, which may be unmounted
/// and forgotten by everybody else: it falls back to nullfs.  Kernel
/// threads and usermode helpers then find nothing any more, and the log
/// tells why.
///
/// What can be seen of it: /proc/PID/root and cwd of a kernel thread show
/// nullfs, and kernel threads have the umask of init_fs, 0022, and no longer
/// that of PID 1.
//# Lookups in kernel threads that are not converted fail with -ENOENT after this
//# step: 10-path-lookups comes first.
//# Tasks that share userspace_init_fs with PID 1 are in nullfs, too, when PID 1
//# leaves it.  Comments elsewhere that speak of init_fs stay as they are.
//# It builds on the functions that 04, 05 and 09 have added.
//
// Confidence: High
// Copyright: (C) 2026 The kthread-cocci authors
// URL: https://coccinelle.gitlabpages.inria.fr/website/
// Options: --no-includes --include-headers
// Keywords: nullfs, userspace_init_fs, init_userspace_fs, kernel_clone_args
// Comments: needs spatch 1.1.1 with OCaml scripting (ocaml-nox)
//
//% unless: scoped_with_init_fs
//% needs: nullfs_fs_type switch_fs_struct LOOKUP_IN_INIT init_root
//%     copy_fs_struct kthreadd_done
//% beside: userspace_init_fs init_fs
//% beside: init_userspace_fs init_root
//% outside: init_fs init_root lookup_fs set_root(nameidata)
//%     path_init(nameidata)
//% inside: init_fs init_mount_tree
//% inside: init_userspace_fs kernel_init
//% inside: kernel_clone_args rest_init
//% inside: umh kernel_clone_args copy_fs copy_process user_mode_thread
//
//> revert
//| 	set_fs_root(&userspace_init_fs, &init_fs.root);
//| 	set_fs_pwd(&userspace_init_fs, &init_fs.root);
//
//> userspace_init_fs
//|
//| /*
//|  * The filesystem state of PID 1, where kernel threads and usermode helpers look
//|  * up what they cannot find in nullfs.  One reference belongs to the kernel and
//|  * is never dropped.
//|  */
//| struct fs_struct userspace_init_fs = {
//| 	.users		= 1,
//| 	.seq		= __SEQLOCK_UNLOCKED(userspace_init_fs.seq),
//| 	.umask		= 0022,
//| };
//|
//| /*
//|  * PID 1 begins in nullfs, as every kernel thread does.  Take it to what is
//|  * mounted there, and out of the fs_struct that it shares with them.
//|  */
//| void __init init_userspace_fs(void)
//| {
//| 	struct mount *m = topmost_overmount(current->nsproxy->mnt_ns->root);
//| 	struct path root = {
//| 		.mnt	= &m->mnt,
//| 		.dentry	= m->mnt.mnt_root,
//| 	};
//|
//| 	VFS_WARN_ON_ONCE(current->pid != 1);
//| 	VFS_WARN_ON_ONCE(current->fs != &init_fs);
//|
//| 	set_fs_root(&userspace_init_fs, &root);
//| 	set_fs_pwd(&userspace_init_fs, &root);
//|
//| 	read_seqlock_excl(&userspace_init_fs.seq);
//| 	userspace_init_fs.users++;
//| 	read_sequnlock_excl(&userspace_init_fs.seq);
//| 	switch_fs_struct(&userspace_init_fs);
//| }
//
//> stay
//|
//| 	/* Kernel threads stay in nullfs, PID 1 will move to rootfs. */
//
//> move
//| 	/* From nullfs to rootfs, which kernel threads will not do. */
//| 	init_userspace_fs();
//
//> blank
//|
//
//> init_args
//| 	struct kernel_clone_args init_args = {
//| 		.flags	= CLONE_FS | CLONE_VM | CLONE_UNTRACED,
//| 		.fn	= kernel_init,
//| 	};
//
//> umh
//|
//| 	/*
//| 	 * A usermode helper gets a copy of init's filesystem state, and only
//| 	 * in init's mount namespace.
//| 	 */
//| 	if (umh && ((clone_flags & (CLONE_NEWNS | CLONE_FS)) ||
//| 		    current->nsproxy->mnt_ns != &init_mnt_ns))
//| 		return -EINVAL;

virtual patch
virtual harness

// fs/fs_struct.c: PID 1's own fs_struct, and what becomes of it.
@defined depends on patch && harness@
@@
 init_userspace_fs(...) { ... }

@leaving depends on patch && harness && !defined@
symbol init_fs;
@@
 notice_init_leaving(...)
 {
 ...
-init_fs
+userspace_init_fs
 ...
 pr_warn(...);
+int TEXT_revert;
 }

@depends on leaving@
initializer I;
symbol init_fs;
@@
 struct fs_struct init_fs = I;
+int TEXT_userspace_init_fs;

@mount_h depends on leaving@
@@
 #include "mount.h"

@depends on leaving && !mount_h@
@@
 #include "internal.h"
+#include "mount.h"

// Whoever started from init's filesystem state by name.
@depends on patch && harness@
identifier fn = {init_root, lookup_fs, set_root, path_init};
symbol init_fs, userspace_init_fs;
@@
 fn(...)
 {
 <...
-init_fs
+userspace_init_fs
 ...>
 }

// fs/namespace.c: init_fs stays in the root of the mount namespace.  What is
// removed takes the comment inside along, if there is one.
@stay depends on patch && harness@
identifier fn = {init_mount_tree};
identifier root, mnt;
expression E;
symbol current, init_fs;
@@
 fn(...)
 {
 <+...
-E;
-root.mnt = mnt;
-root.dentry = mnt->mnt_root;
+E;
+int TEXT_stay;
-set_fs_pwd(current->fs, &root);
-set_fs_root(current->fs, &root);
+set_fs_pwd(&init_fs, &root);
+set_fs_root(&init_fs, &root);
 ...+>
 }

@init_task_h depends on stay@
@@
 #include <linux/init_task.h>

@depends on stay && !init_task_h@
@@
 #include <linux/sched/task.h>
+#include <linux/init_task.h>

// init/main.c: PID 1 is no usermode helper, and leaves nullfs first of all:
// behind one variable, two, or none.
@rest depends on patch && harness@
identifier fn = {rest_init};
symbol kernel_init, user_mode_thread, kernel_clone, init_args;
@@
 fn(...)
 {
+int TEXT_init_args;
 <+...
-user_mode_thread(kernel_init, NULL, CLONE_FS)
+kernel_clone(&init_args)
 ...+>
 }

@moves depends on patch && harness@
identifier fn = {kernel_init};
@@
 fn(...)
 {
 <+...
 init_userspace_fs();
 ...+>
 }

@one depends on patch && harness && !moves@
identifier fn = {kernel_init};
identifier a;
type A;
statement S;
@@
 fn(...)
 {
 A a;
+int TEXT_blank;
+int TEXT_move;
 S
 ...
 }

@two depends on patch && harness && !moves && !one@
identifier fn = {kernel_init};
identifier a, b;
type A, B;
statement S;
@@
 fn(...)
 {
 A a;
 B b;
+int TEXT_blank;
+int TEXT_move;
 S
 ...
 }

@depends on patch && harness && !moves && !one && !two@
identifier fn = {kernel_init};
statement S;
@@
 fn(...)
 {
+int TEXT_move;
+int TEXT_blank;
 S
 ...
 }

@fs_struct_h depends on rest@
@@
 #include <linux/fs_struct.h>

@depends on rest && !fs_struct_h@
@@
 #include <linux/init_syscalls.h>
+#include <linux/fs_struct.h>

// kernel/fork.c: what a usermode helper gets.
@script:ocaml aligned@
umh;
@@
umh := Coccilib.make_ident ".umh\t\t= 1"

@helper depends on patch && harness@
identifier fn = {copy_fs};
parameter list params;
identifier fs;
symbol current, clone_flags;
@@
 fn(params
+   , bool umh
   )
 {
 struct fs_struct *fs =
-	current->fs
+	umh ? &userspace_init_fs : current->fs
 ;
+int TEXT_umh;
 <+...
 clone_flags & CLONE_FS
 ...+>
 }

@depends on helper@
identifier fn = {copy_process};
identifier args;
expression E1, E2;
@@
 fn(..., struct kernel_clone_args *args)
 {
 <+...
 copy_fs(E1, E2
+	, args->umh
 	)
 ...+>
 }

@depends on helper@
identifier fn = {user_mode_thread};
identifier args, aligned.umh;
expression E;
@@
 fn(...)
 {
 ...
 struct kernel_clone_args args = {
 	.fn_arg = E,
+	umh,
 };
 ...
 }

// Headers.
@bit depends on patch && harness@
@@
 struct kernel_clone_args {
 ...
 u32 umh:1;
 ...
 };

@depends on patch && harness && !bit@
@@
 struct kernel_clone_args {
 ...
 u32 no_files:1;
+u32 umh:1;
 ...
 };

@named depends on patch && harness@
symbol userspace_init_fs;
@@
 extern struct fs_struct userspace_init_fs;

@depends on patch && harness && !named@
symbol init_fs, userspace_init_fs;
@@
 extern struct fs_struct init_fs;
+extern struct fs_struct userspace_init_fs;

@declared depends on patch && harness@
type T;
symbol init_userspace_fs;
@@
 T init_userspace_fs(...);

@depends on patch && harness && !declared@
type T;
symbol init_root;
@@
 T init_root(...);
+void init_userspace_fs(void);
