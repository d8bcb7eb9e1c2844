// SPDX-License-Identifier: GPL-2.0-only
/// treewide: make all kthread path lookups start in init's filesystem state
///
/// Kernel threads are going to be isolated in nullfs, where no path resolves.
/// A lookup that runs in a kernel thread, a kworker, an async worker, a
/// threaded interrupt handler or a KUnit case therefore has to say that it
/// wants init's root and working directory: with LOOKUP_IN_INIT, with
/// file_open_init() or with bdev_file_open_init().
///
/// Where user processes get to the same lookup, it depends on
/// tsk_is_kthread(current): what they see does not change.
///
/// The places that take the root of init_task by hand use init_root().
///
/// IPE marks the file system of the initramfs from the worker that unpacks it,
/// in ipe_unpack_initramfs().  That is no lookup, but the root which it reads
/// is nullfs there, so it takes init's as well.
///
/// filename_create() lets LOOKUP_IN_INIT through to the walk.
//# The sites and their contexts come from the context engine of the harness,
//# which hands them over in a file: spatch sees one file at a time and not who
//# calls a function.  Without that file nothing is converted.
//# A function that reads current->fs itself is no lookup; the one that runs in a
//# kernel thread, in IPE, has a rule of its own.
//# Not converted are lookups for which there is no form that starts in init's
//# state, calls in macros that spatch does not parse, and, where it depends on
//# the caller, calls of filp_open() and bdev_file_open_by_path() inside of
//# another expression; the harness lists them with their chains.
//
// Confidence: Moderate
// Copyright: (C) 2026 The kthread-cocci authors
// URL: https://coccinelle.gitlabpages.inria.fr/website/
// Options: --no-includes --include-headers
// Keywords: LOOKUP_IN_INIT, file_open_init, bdev_file_open_init, init_root
// Comments: needs spatch 1.1.1 with OCaml scripting (ocaml-nox)
//
//% needs: nullfs_fs_type LOOKUP_IN_INIT file_open_init|filp_open_init
//%     bdev_file_open_init init_root
//% unless: scoped_with_init_fs
//% dialect: lookup-in-init
//% sites: LOOKUP_IN_INIT|file_open_init|filp_open_init|bdev_file_open_init
//%     kern_path vfs_path_parent_lookup filp_open bdev_file_open_by_path
//%     start_creating_path kern_path_create filename_rmdir filename_unlinkat
//%     filename_mkdirat filename_mknodat filename_symlinkat filename_linkat
//% sites-always: get_fs_root
//% inside: LOOKUP_IN_INIT filename_create
//% inside: init_root ipe_unpack_initramfs
//% include: linux/kthread.h tsk_is_kthread
//% split: look up paths of kernel threads from init's root

virtual patch
virtual harness

@initialize:ocaml@
@@
(* "FILE LINE LOOKUP VERDICT" for each site, from the harness. *)
let sites = Hashtbl.create 64

let () =
  if Sys.file_exists "kthread-cocci.sites" then begin
    let input = open_in "kthread-cocci.sites" in
    (try
      while true do
        Scanf.sscanf (input_line input) "%s %d %s %s"
          (fun file line lookup verdict ->
            Hashtbl.add sites (file, line, lookup) verdict)
      done
    with End_of_file -> ());
    close_in input
  end

let is verdict fn p =
  let at = List.hd p in
  List.mem verdict (Hashtbl.find_all sites
    (Filename.basename at.Coccilib.file, at.Coccilib.line, fn))

let kthread fn p = is "kthread" fn p
let mixed fn p = is "mixed" fn p

// Kernel threads only: the flags are argument 2.
@kthread_second depends on patch@
identifier fn = {kern_path, vfs_path_parent_lookup};
position p : script:ocaml(fn) { kthread fn p };
@@
fn@p(...)

@depends on patch@
identifier kthread_second.fn;
position kthread_second.p;
expression name, E, E1, E2, E3;
@@
fn@p(name,
(
 <+... LOOKUP_IN_INIT ...+>
|
-0
+LOOKUP_IN_INIT
|
-E1 ? E2 : E3
+(E1 ? E2 : E3) | LOOKUP_IN_INIT
|
-E
+E | LOOKUP_IN_INIT
)
 , ...)

// The flags are the last argument, of three to six.
@kthread_last depends on patch@
identifier fn = {filename_rmdir, filename_unlinkat, filename_mkdirat,
  filename_mknodat, filename_symlinkat, filename_linkat, start_creating_path,
  kern_path_create};
position p : script:ocaml(fn) { kthread fn p };
@@
fn@p(...)

@depends on patch@
identifier kthread_last.fn;
position kthread_last.p;
expression list[n] es;
expression E;
@@
fn@p(es,
(
 <+... LOOKUP_IN_INIT ...+>
|
-0
+LOOKUP_IN_INIT
|
-E
+E | LOOKUP_IN_INIT
)
 )

// Opening a file or a block device by its path has a form of its own.
@depends on patch@
position p : script:ocaml() { kthread "filp_open" p };
@@
-filp_open@p
+file_open_init
 (...)

@depends on patch@
position p : script:ocaml() { kthread "bdev_file_open_by_path" p };
@@
-bdev_file_open_by_path@p
+bdev_file_open_init
 (...)

// Kernel threads and user processes: it depends on who calls.
@mixed_second depends on patch@
identifier fn = {kern_path, vfs_path_parent_lookup};
position p : script:ocaml(fn) { mixed fn p };
@@
fn@p(...)

@depends on patch@
identifier mixed_second.fn;
position mixed_second.p;
expression name, E, E1, E2, E3;
@@
fn@p(name,
(
 <+... LOOKUP_IN_INIT ...+>
|
-0
+tsk_is_kthread(current) ? LOOKUP_IN_INIT : 0
|
-E1 ? E2 : E3
+(E1 ? E2 : E3) | (tsk_is_kthread(current) ? LOOKUP_IN_INIT : 0)
|
-E
+E | (tsk_is_kthread(current) ? LOOKUP_IN_INIT : 0)
)
 , ...)

@mixed_last depends on patch@
identifier fn = {filename_rmdir, filename_unlinkat, filename_mkdirat,
  filename_mknodat, filename_symlinkat, filename_linkat, start_creating_path,
  kern_path_create};
position p : script:ocaml(fn) { mixed fn p };
@@
fn@p(...)

@depends on patch@
identifier mixed_last.fn;
position mixed_last.p;
expression list[n] es;
expression E;
@@
fn@p(es,
(
 <+... LOOKUP_IN_INIT ...+>
|
-0
+tsk_is_kthread(current) ? LOOKUP_IN_INIT : 0
|
-E
+E | (tsk_is_kthread(current) ? LOOKUP_IN_INIT : 0)
)
 )

@depends on patch@
position p : script:ocaml() { mixed "filp_open" p };
expression list es;
expression E;
@@
E =
-filp_open@p(es)
+tsk_is_kthread(current) ? file_open_init(es) : filp_open(es)

@depends on patch@
position p : script:ocaml() { mixed "filp_open" p };
expression list es;
identifier x;
type T;
@@
T x =
-filp_open@p(es)
+tsk_is_kthread(current) ? file_open_init(es) : filp_open(es)
;

@depends on patch@
position p : script:ocaml() { mixed "filp_open" p };
expression list es;
@@
return
-filp_open@p(es)
+tsk_is_kthread(current) ? file_open_init(es) : filp_open(es)
;

@depends on patch@
position p : script:ocaml() { mixed "bdev_file_open_by_path" p };
expression list es;
expression E;
@@
E =
-bdev_file_open_by_path@p(es)
+tsk_is_kthread(current) ? bdev_file_open_init(es) : bdev_file_open_by_path(es)

@depends on patch@
position p : script:ocaml() { mixed "bdev_file_open_by_path" p };
expression list es;
identifier x;
type T;
@@
T x =
-bdev_file_open_by_path@p(es)
+tsk_is_kthread(current) ? bdev_file_open_init(es) : bdev_file_open_by_path(es)
;

@depends on patch@
position p : script:ocaml() { mixed "bdev_file_open_by_path" p };
expression list es;
@@
return
-bdev_file_open_by_path@p(es)
+tsk_is_kthread(current) ? bdev_file_open_init(es) : bdev_file_open_by_path(es)
;

// Init's root taken by hand, in whatever context.
@depends on patch@
expression E;
symbol init_task;
@@
-task_lock(&init_task);
-get_fs_root(init_task.fs, E);
-task_unlock(&init_task);
+init_root(E);

// What is created looks up its parent with the caller's flags.
@depends on patch && harness@
identifier flags, reval_flag;
@@
filename_create(..., unsigned int flags)
{
...
-unsigned int reval_flag = flags & LOOKUP_REVAL;
+unsigned int reval_flag = flags & LOOKUP_REVAL;
+unsigned int parent_flags = flags & (LOOKUP_REVAL | LOOKUP_IN_INIT);
...
filename_parentat(...,
-	reval_flag
+	parent_flags
	, ...)
...
}

// IPE marks the file system of the initramfs, from the worker that unpacks it.
@depends on patch && harness@
expression E;
symbol current;
@@
ipe_unpack_initramfs(...)
{
+struct path root;
+
+init_root(&root);
-ipe_sb(current->fs->root.mnt->mnt_sb)->initramfs = E;
+ipe_sb(root.mnt->mnt_sb)->initramfs = E;
+path_put(&root);
}
