// SPDX-License-Identifier: GPL-2.0-only
/// block: add bdev_file_open_init()
///
/// bdev_file_open_by_path() finds the block device by a lookup that begins
/// in the root or working directory of the current task.  Kernel threads
/// will not find any device there.
///
/// Add bdev_file_open_init(), which takes the same arguments and makes the
/// same checks, the empty path and the write access to a read-only device
/// among them, but starts from init's root or working directory.  Both
/// share their code: lookup_bdev() and bdev_file_open_by_path() become
/// wrappers of functions that take lookup flags.
///
/// No functional change, nobody calls the new function yet.
//# lookup_bdev() has to resolve its path with kern_path() and the literal flag
//# LOOKUP_FOLLOW, bdev_file_open_by_path() has to call lookup_bdev(); where one
//# of them does not, neither is touched.
//
// Confidence: High
// Copyright: (C) 2026 The kthread-cocci authors
// URL: https://coccinelle.gitlabpages.inria.fr/website/
// Options: --no-includes --include-headers
// Keywords: bdev_file_open_init, bdev_file_open_by_path, lookup_bdev
// Comments: needs spatch 1.1.1
//
//% beside: bdev_file_open_init bdev_file_open_by_path
//% needs: nullfs_fs_type lookup_bdev may_open_dev
//% unless: scoped_with_init_fs
//
//> declaration
//| static int __lookup_bdev(const char *pathname, unsigned int lookup_flags,
//| 			 dev_t *dev);
//|
//
//> lookup_bdev
//| 	return __lookup_bdev(pathname, LOOKUP_FOLLOW, dev);
//| }
//| EXPORT_SYMBOL(lookup_bdev);
//|
//| static int __lookup_bdev(const char *pathname, unsigned int lookup_flags,
//| 			 dev_t *dev)
//| {
//
//> by_path
//|
//| struct file *bdev_file_open_by_path(const char *path, blk_mode_t mode,
//| 				    void *holder,
//| 				    const struct blk_holder_ops *hops)
//| {
//| 	return __bdev_file_open_by_path(path, LOOKUP_FOLLOW, mode, holder, hops);
//| }
//
//> init
//|
//| /**
//|  * bdev_file_open_init - open a block device by its path in the running system
//|  * @path: path of the device node
//|  * @mode: BLK_OPEN_* flags
//|  * @holder: who claims the device, or NULL
//|  * @hops: callbacks of the holder, or NULL
//|  *
//|  * For kernel threads: what bdev_file_open_by_path() does, but the lookup starts
//|  * from init's root or working directory, not from those of the calling task.
//|  *
//|  * Context: May sleep.
//|  * Return: The open file of the block device, or an ERR_PTR().
//|  */
//| struct file *bdev_file_open_init(const char *path, blk_mode_t mode,
//| 				 void *holder,
//| 				 const struct blk_holder_ops *hops)
//| {
//| 	return __bdev_file_open_by_path(path, LOOKUP_FOLLOW | LOOKUP_IN_INIT,
//| 					mode, holder, hops);
//| }

virtual patch
virtual harness

@defined depends on patch && harness@
@@
 bdev_file_open_init(...) { ... }

// Both functions have to work the way that is expected of them.
@finds depends on patch && harness && !defined@
identifier fn = {lookup_bdev};
typedef dev_t;
symbol pathname, dev;
expression E;
@@
 fn(const char *pathname, dev_t *dev)
 {
 <+...
 kern_path(pathname, LOOKUP_FOLLOW, E)
 ...+>
 }

@opens depends on finds@
identifier fn = {bdev_file_open_by_path};
identifier path, mode, holder, hops;
expression E;
@@
 fn(const char *path, blk_mode_t mode, void *holder,
    const struct blk_holder_ops *hops)
 {
 <+...
 lookup_bdev(path, E)
 ...+>
 }

// What finds the device takes lookup flags from here on.  The text block ends the
// old function, below its kernel-doc, and begins the new one, which goes on with
// the old body.
@depends on opens@
declarer name EXPORT_SYMBOL;
symbol lookup_bdev;
@@
-EXPORT_SYMBOL(lookup_bdev);

@depends on opens@
identifier fn = {lookup_bdev};
symbol pathname, dev;
@@
 fn(const char *pathname, dev_t *dev)
 {
+int TEXT_lookup_bdev;
 <+...
 kern_path(pathname,
-	  LOOKUP_FOLLOW,
+	  lookup_flags,
	  ...)
 ...+>
 }

// So does what opens it, and the new function is made from that.
@depends on opens@
identifier fn = {bdev_file_open_by_path};
identifier opens.path, opens.mode, opens.holder, opens.hops;
expression E;
@@
+int TEXT_declaration;
-struct file *fn(const char *path, blk_mode_t mode, void *holder,
-		const struct blk_holder_ops *hops)
+static struct file *__bdev_file_open_by_path(const char *path, unsigned int lookup_flags, blk_mode_t mode, void *holder, const struct blk_holder_ops *hops)
 {
 <+...
-lookup_bdev(path, E)
+__lookup_bdev(path, lookup_flags, E)
 ...+>
 }

@depends on opens@
declarer export =~ "^EXPORT_SYMBOL";
symbol bdev_file_open_by_path, bdev_file_open_init;
@@
+int TEXT_by_path;
 export(bdev_file_open_by_path);
+int TEXT_init;
+export(bdev_file_open_init);

@declared depends on patch && harness@
type T;
symbol bdev_file_open_init;
@@
 T bdev_file_open_init(...);

@depends on patch && harness && !declared@
type T;
symbol bdev_file_open_by_path;
@@
 T bdev_file_open_by_path(...);
+struct file *bdev_file_open_init(const char *path, blk_mode_t mode, void *holder, const struct blk_holder_ops *hops);
