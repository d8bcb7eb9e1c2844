// SPDX-License-Identifier: GPL-2.0-only
/// treewide: do the remaining kthread path lookups in scoped_with_init_fs()
///
/// Kernel threads are isolated in nullfs, where no path resolves.  A lookup
/// that runs in a kernel thread, a kworker, an async worker, a threaded
/// interrupt handler or a KUnit case therefore has to borrow init's root and
/// working directory with scoped_with_init_fs().
///
/// Where user processes get to the same lookup, it depends on
/// tsk_is_kthread(current): what they see does not change.
//# The sites and their contexts come from the context engine of the harness,
//# which hands them over in a file: spatch sees one file at a time and not who
//# calls a function.  Without that file nothing is converted.
//# A scope takes a whole statement, and what SmPL adds around one it prints anew,
//# without its comments.  So the rules say which calls can be converted and what
//# of the statement has to move: they put a mark in front of the lookup's name,
//# and the harness does the rest.
//# Not converted are lookups in the condition of a loop or a switch, behind && or
//# ?: or in arguments, in initialisers of const, static and __free() variables,
//# and calls in macros; the harness lists them with their chains.
//
// Confidence: Moderate
// Copyright: (C) 2026 The kthread-cocci authors
// URL: https://coccinelle.gitlabpages.inria.fr/website/
// Options: --no-includes --include-headers
// Keywords: scoped_with_init_fs, tsk_is_kthread
// Comments: needs spatch 1.1.1 with OCaml scripting (ocaml-nox)
//
//% needs: scoped_with_init_fs tsk_is_kthread
//% beside: scoped_with_init_fs scoped_with_init_fs
//% sites: scoped_with_init_fs
//%     kern_path kern_path_parent kern_path_create
//%     vfs_path_lookup vfs_path_parent_lookup filename_lookup lookup_bdev
//%     filp_open file_open_name
//%     bdev_file_open_by_path start_creating_path start_removing_path
//%     filename_rmdir filename_unlinkat filename_mkdirat filename_mknodat
//%     filename_symlinkat filename_linkat filename_renameat2
//% scope: scoped_with_init_fs
//% dialect: scoped
//% split: look up paths of kernel threads in init's root
//% include: linux/fs_struct.h scoped_with_init_fs
//% include: linux/kthread.h tsk_is_kthread
//% split: look up paths of kernel threads in init's filesystem state

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

let is_site fn p =
  let at = List.hd p in
  Hashtbl.mem sites
    (Filename.basename at.Coccilib.file, at.Coccilib.line, fn)

(* A condition with one of these asks for an error, an int. *)
let errors = [
  "kern_path"; "vfs_path_lookup"; "vfs_path_parent_lookup"; "filename_lookup";
  "lookup_bdev"; "filename_rmdir"; "filename_unlinkat"; "filename_mkdirat";
  "filename_mknodat"; "filename_symlinkat"; "filename_linkat";
  "filename_renameat2" ]

let condition fn =
  (if List.mem fn errors then "scoped_value__" else "scoped_condition__") ^ fn

// The calls that the harness names.  All that is done to them is done by one rule:
// once a function has changed, its positions are others.
@site depends on patch && harness@
identifier fn;
position p : script:ocaml(fn) { is_site fn p };
@@
fn@p(...)

// A statement by itself, a return, an initialiser, which is split from its
// declaration, and what a condition asks for, which is done in front of the if.
@depends on patch@
identifier site.fn, x, error = {PTR_ERR, PTR_ERR_OR_ZERO, ERR_CAST};
position site.p;
expression E;
type T;
statement S1, S2;
fresh identifier as_statement = "scoped_statement__" ## fn;
fresh identifier as_return = "scoped_return__" ## fn;
fresh identifier as_declaration = "scoped_declaration__" ## fn;
fresh identifier _as_condition = script:ocaml(fn) { condition fn };
@@
(
-fn@p
+as_statement
 (...);
|
 E =
-fn@p
+as_statement
 (...);
|
 E = error(
-fn@p
+as_statement
 (...));
|
 return
-fn@p
+as_return
 (...);
|
 return (
-fn@p
+as_return
 (...));
|
 return error(
-fn@p
+as_return
 (...));
|
 T x =
-fn@p
+as_declaration
 (...);
|
 if (<+...
-fn@p
+_as_condition
 (...)
 ...+>) S1 else S2
)
