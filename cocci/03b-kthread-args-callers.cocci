// SPDX-License-Identifier: GPL-2.0-only
/// treewide: kthread: convert the callers to struct kthread_args
///
/// Convert every call of kthread_create(), kthread_run() and
/// kthread_create_on_node() to the form that takes a struct kthread_args.
/// KTHREAD_ARGS(threadfn, data) and, for a thread on a given memory node,
/// KTHREAD_ARGS_ON_NODE(threadfn, data, node) make the struct in place, so
/// each call stays one expression: it works in conditions, initialisers and
/// returns, twice in one function, and its arguments are evaluated at the
/// same point as before.
///
/// No functional change.
//# The form was chosen by the compiler.  A compound literal cannot be written
//# out in a call: kthread_run() is a macro and splits it at its commas.  A local
//# variable needs a statement in front of the call, which is another evaluation
//# order in conditions and not possible in initialisers, and two names where a
//# function has two calls.  In parentheses the literal survives, with gcc and
//# clang, and the two macros are those parentheses with a name; designators
//# stay in one place, and the format is still checked.
//# Calls in macros that spatch does not parse, below #if 0 and with #if in their
//# arguments are left and listed.
//
// Confidence: High
// Copyright: (C) 2026 The kthread-cocci authors
// URL: https://coccinelle.gitlabpages.inria.fr/website/
// Options: --no-includes --include-headers
// Keywords: kthread_create, kthread_run, kthread_create_on_node, kthread_args
// Comments: needs spatch 1.1.1 with OCaml scripting (ocaml-nox)
//
//% optional: yes
//% local: yes
//% split: create kernel threads with struct kthread_args
//% needs: kthread_args
//% beside: KTHREAD_ARGS kthread_args
//% struct-argument: KTHREAD_ARGS|KTHREAD_ARGS_ON_NODE kthread_create kthread_run
//%     kthread_create_on_node
//
//> args_macros
//| 
//| /*
//|  * The arguments of kthread_create() and kthread_run() made in place, for a
//|  * thread on any memory node or on the given one.
//|  */
//| #define KTHREAD_ARGS(_threadfn, _data)					\
//| 	KTHREAD_ARGS_ON_NODE(_threadfn, _data, NUMA_NO_NODE)
//| 
//| #define KTHREAD_ARGS_ON_NODE(_threadfn, _data, _node)			\
//| 	(&(struct kthread_args){					\
//| 		.threadfn = (_threadfn),				\
//| 		.data = (_data),					\
//| 		.node = (_node),					\
//| 	})

virtual patch
virtual context
virtual org
virtual report
virtual harness

@initialize:ocaml@
@@
let report p message =
  let at = List.hd p in
  Printf.printf "%s:%d:%d-%d: %s\n%!" at.Coccilib.file at.Coccilib.line
    at.Coccilib.col at.Coccilib.col_end message

// Old calls have the format as their third argument.  In a converted one it is
// the second; where neither is a string, three arguments are the old form.
@old@
expression fn, data, other;
char [] string;
char [] name;
position p;
@@
(
\(kthread_create\|kthread_run\)(KTHREAD_ARGS(...), ...)
|
\(kthread_create\|kthread_run\)(KTHREAD_ARGS_ON_NODE(...), ...)
|
\(kthread_create@p\|kthread_run@p\)(fn, data, name, ...)
|
\(kthread_create\|kthread_run\)(fn, string, ...)
|
\(kthread_create@p\|kthread_run@p\)(fn, data, other, ...)
)

// This function has no other form.
@old_node@
expression fn, data, node;
position p;
@@
kthread_create_on_node@p(fn, data, node, ...)

@depends on patch@
identifier create;
expression fn, data;
position old.p;
@@
create@p(
-	fn, data
+	KTHREAD_ARGS(fn, data)
 , ...)

@depends on patch@
expression fn, data, node;
@@
-kthread_create_on_node
+kthread_create
 (
-	fn, data, node
+	KTHREAD_ARGS_ON_NODE(fn, data, node)
 , ...)

@depends on context@
identifier create;
position old.p;
@@
* create@p(...)

@depends on context@
position old_node.p;
@@
* kthread_create_on_node@p(...)

@script:ocaml depends on org@
p << old.p;
@@
Coccilib.print_main "kthread: the call does not use struct kthread_args" p

@script:ocaml depends on org@
p << old_node.p;
@@
Coccilib.print_main "kthread: the call does not use struct kthread_args" p

@script:ocaml depends on report@
p << old.p;
@@
report p "WARNING: kthread_create() and kthread_run() take a struct kthread_args, use KTHREAD_ARGS()"

@script:ocaml depends on report@
p << old_node.p;
@@
report p "WARNING: use kthread_create() with KTHREAD_ARGS_ON_NODE()"

// The macros that make the struct in place.
@depends on patch && harness@
@@
struct kthread_args { ... };
+int TEXT_args_macros;
