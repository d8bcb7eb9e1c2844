// SPDX-License-Identifier: GPL-2.0-only
/// fs: allow to pass lookup flags to filename_*()
///
/// The functions behind mknod(), mkdir(), rmdir(), unlink(), symlink() and
/// link() decide alone how they look up their paths.  Callers in the kernel
/// that run in a kernel thread will want to add LOOKUP_IN_INIT.
///
/// Add lookup flags as the last parameter of filename_rmdir(),
/// filename_unlinkat(), filename_mkdirat(), filename_mknodat(),
/// filename_symlinkat() and filename_linkat().  They go into the walk to
/// the parent, and in filename_linkat() into that to the existing file as
/// well; a retry with LOOKUP_REVAL keeps them.  The lookup of the last
/// component, in a parent that is known by then, gets LOOKUP_REVAL and
/// nothing else of them.
///
/// All callers pass 0.  No functional change.
//# Calls in macros that paste the name together are not seen.  Where one of
//# the functions keeps its flags in a variable of another name, it is left and
//# the harness says so.  As a coccicheck rule it converts the callers and not
//# the functions themselves.
//
// Confidence: High
// Copyright: (C) 2026 The kthread-cocci authors
// URL: https://coccinelle.gitlabpages.inria.fr/website/
// Options: --no-includes --include-headers
// Keywords: filename_rmdir, filename_unlinkat, filename_mkdirat
// Keywords: filename_mknodat, filename_symlinkat, filename_linkat
// Comments: needs spatch 1.1.1 with OCaml scripting (ocaml-nox)
//
//% added-argument: lookup_flags 3 filename_rmdir filename_unlinkat
//% added-argument: lookup_flags 4 filename_mkdirat filename_symlinkat
//% added-argument: lookup_flags 5 filename_mknodat
//% added-argument: lookup_flags 6 filename_linkat
//% needs: nullfs_fs_type filename_create start_dirop
//% unless: scoped_with_init_fs

virtual patch
virtual context
virtual org
virtual report
virtual harness

// Callers.  All modes share this match; what is already converted has one
// argument more.
@old@
expression dfd, name, a, b, c;
position p;
@@
(
\(filename_rmdir@p\|filename_unlinkat@p\)(dfd, name)
|
\(filename_mkdirat@p\|filename_symlinkat@p\)(dfd, name, a)
|
filename_mknodat@p(dfd, name, a, b)
|
filename_linkat@p(dfd, name, a, b, c)
)

@depends on patch@
identifier fn;
expression list args;
position old.p;
@@
 fn@p(args
+	, 0
 )

@depends on context@
identifier fn;
position old.p;
@@
* fn@p(...)

@script:ocaml depends on org@
p << old.p;
@@
Coccilib.print_main "filename_*() take lookup flags, pass 0" p

@script:ocaml depends on report@
p << old.p;
@@
let at = List.hd p in
Printf.printf "%s:%d:%d-%d: WARNING: filename_*() take lookup flags as the last argument, pass 0\n%!"
  at.Coccilib.file at.Coccilib.line at.Coccilib.col at.Coccilib.col_end

// From here on it is the API itself, in patch mode and by the harness only:
// these rules have sets of names, for which spatch would have to parse the
// whole tree.

// What removes a name: the flags were a variable, which the last component got,
// too.
@depends on patch && harness@
identifier fn = {filename_rmdir, filename_unlinkat};
identifier F;
parameter P1, P2;
@@
 fn(P1, P2
+   , unsigned int F
   )
 {
 ...
-unsigned int F = 0;
 <+...
 start_dirop(...,
-	F
+	F & LOOKUP_REVAL
 	)
 ...+>
 }

// What creates a name: the flags were a variable for filename_create().
@depends on patch && harness@
identifier fn = {filename_mknodat, filename_symlinkat};
identifier F;
parameter list params;
@@
 fn(params
+   , unsigned int F
   )
 {
 ...
-unsigned int F = 0;
 <+...
 filename_create(..., F)
 ...+>
 }

// A directory always says that it will be one.
@depends on patch && harness@
identifier fn = {filename_mkdirat};
identifier F;
parameter list params;
@@
 fn(params
+   , unsigned int F
   )
 {
 ...
-unsigned int F = LOOKUP_DIRECTORY;
 <+...
 filename_create(...,
-	F
+	F | LOOKUP_DIRECTORY
 	)
 ...+>
 }

// The two names of a link: how the existing one is looked up stands in a
// variable, which also knows whether this is the retry.
@depends on patch && harness@
identifier fn = {filename_linkat};
identifier how;
type T;
parameter list params;
@@
 fn(params
+   , unsigned int lookup_flags
   )
 {
 ...
-T how = 0;
+unsigned int how = lookup_flags;
 <+...
 filename_create(...,
-	\((how & LOOKUP_REVAL)\|how & LOOKUP_REVAL\)
+	lookup_flags | (how & LOOKUP_REVAL)
 	)
 ...+>
 }

// Prototypes.
@depends on patch && harness@
identifier fn = {filename_rmdir, filename_unlinkat};
type T;
parameter P1, P2;
@@
 T fn(P1, P2
+     , unsigned int lookup_flags
     );

@depends on patch && harness@
identifier fn = {filename_mkdirat, filename_symlinkat};
type T;
parameter P1, P2, P3;
@@
 T fn(P1, P2, P3
+     , unsigned int lookup_flags
     );

@depends on patch && harness@
identifier fn = {filename_mknodat};
type T;
parameter P1, P2, P3, P4;
@@
 T fn(P1, P2, P3, P4
+     , unsigned int lookup_flags
     );

@depends on patch && harness@
identifier fn = {filename_linkat};
type T;
parameter P1, P2, P3, P4, P5;
@@
 T fn(P1, P2, P3, P4, P5
+     , unsigned int lookup_flags
     );
