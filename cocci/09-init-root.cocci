// SPDX-License-Identifier: GPL-2.0-only
/// fs: add init_root()
///
/// Some places need init's root directory itself, to walk a path from
/// there.  They reach into init_task for its fs_struct, and take its lock
/// to do so.
///
/// Add init_root(), which hands out a referenced path to that directory.
/// How the kernel knows it then is a matter of fs/fs_struct.c alone.
///
/// No functional change, nobody calls it yet.
//# It stands behind the definition of init_fs, wherever that is.
//
// Confidence: High
// Copyright: (C) 2026 The kthread-cocci authors
// URL: https://coccinelle.gitlabpages.inria.fr/website/
// Options: --no-includes --include-headers
// Keywords: init_root, init_fs, get_fs_root
// Comments: needs spatch 1.1.1
//
//% beside: init_root switch_fs_struct
//% needs: nullfs_fs_type switch_fs_struct
//% unless: scoped_with_init_fs
//
//> init_root
//|
//| /**
//|  * init_root - get the root directory of init
//|  * @root: where the path goes; the caller has to path_put() it
//|  */
//| void init_root(struct path *root)
//| {
//| 	get_fs_root(&init_fs, root);
//| }
//| EXPORT_SYMBOL_GPL(init_root);

virtual patch
virtual harness

@defined depends on patch && harness@
@@
 init_root(...) { ... }

// The function, and its prototype with those of its file.
@depends on patch && harness && !defined@
initializer I;
symbol init_fs;
@@
 struct fs_struct init_fs = I;
+int TEXT_init_root;

@declared depends on patch && harness@
type T;
symbol init_root;
@@
 T init_root(...);

@depends on patch && harness && !declared@
type T;
symbol switch_fs_struct;
@@
 T switch_fs_struct(...);
+void init_root(struct path *root);
