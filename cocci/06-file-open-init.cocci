// SPDX-License-Identifier: GPL-2.0-only
/// fs: add file_open_init()
///
/// filp_open() resolves the path from the root or working directory of the
/// current task.  A kernel thread will have nothing there but an empty
/// directory.
///
/// Add file_open_init() for those that have to open a file of the running
/// system from such a context.  It takes the arguments of filp_open() and
/// starts from init's root or working directory, by LOOKUP_IN_INIT.
///
/// No functional change, nobody calls it yet.
//# It is made the way that filp_open() and file_open_name() of 7.2 work:
//# build_open_flags() prepares what do_file_open() carries out.  Where they
//# work in another way nothing is added.
//
// Confidence: High
// Copyright: (C) 2026 The kthread-cocci authors
// URL: https://coccinelle.gitlabpages.inria.fr/website/
// Options: --no-includes --include-headers
// Keywords: file_open_init, filp_open
// Comments: needs spatch 1.1.1
//
//% beside: file_open_init|filp_open_init filp_open
//% needs: nullfs_fs_type build_open_flags
//% unless: scoped_with_init_fs
//
//> file_open_init
//|
//| /**
//|  * file_open_init - open a file of the running system
//|  * @filename: path of the file
//|  * @flags: O_* flags
//|  * @mode: permissions of the file, if it has to be created
//|  *
//|  * For kernel threads: what filp_open() does, but an absolute path starts from
//|  * the root of init and a relative one from its working directory, not from
//|  * those of the calling task.
//|  *
//|  * Return: The open file, or an ERR_PTR().
//|  */
//| struct file *file_open_init(const char *filename, int flags, umode_t mode)
//| {
//| 	CLASS(filename_kernel, name)(filename);
//| 	struct open_how how = build_open_how(flags, mode);
//| 	struct open_flags op;
//| 	int ret;
//|
//| 	ret = build_open_flags(&how, &op);
//| 	if (ret)
//| 		return ERR_PTR(ret);
//| 	op.lookup_flags |= LOOKUP_IN_INIT;
//| 	return do_file_open(AT_FDCWD, name, &op);
//| }

virtual patch
virtual harness

@defined depends on patch && harness@
identifier fn = {file_open_init, filp_open_init};
@@
 fn(...) { ... }

// What the new function is made of.
@usual depends on patch && harness && !defined@
identifier fn = {file_open_name};
identifier how, op, name, flags, mode;
@@
 fn(struct filename *name, int flags, umode_t mode)
 {
 <+...
 build_open_flags(&how, &op)
 ...
 do_file_open(AT_FDCWD, name, &op)
 ...+>
 }

// Behind filp_open(), exported to the same modules.
@depends on usual@
declarer export =~ "^EXPORT_SYMBOL";
symbol filp_open, file_open_init;
@@
 export(filp_open);
+int TEXT_file_open_init;
+export(file_open_init);

@declared depends on patch && harness@
type T;
symbol file_open_init;
@@
 T file_open_init(...);

@declared_once depends on patch && harness@
type T;
symbol filp_open_init;
@@
 T filp_open_init(...);

@depends on patch && harness && !declared && !declared_once@
type T;
symbol filp_open;
@@
 T filp_open(...);
+struct file *file_open_init(const char *filename, int flags, umode_t mode);
