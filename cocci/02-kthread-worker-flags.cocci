// SPDX-License-Identifier: GPL-2.0-only
/// kthread: remove unused flags argument from kthread worker creation API
///
/// The functions that create a kthread worker take a flags argument whose only
/// flag is KTW_FREEZABLE.  Every caller passes 0, so no worker was ever made
/// freezable this way, and the branch in kthread_worker_fn() that looks at the
/// flag is dead.
///
/// Drop the argument from the whole family and from all callers, and with it
/// KTW_FREEZABLE, the flags member of struct kthread_worker and the dead
/// branch.
///
/// No functional change.
//# Calls whose flags argument is anything but a literal 0 are left alone: the
//# caller wants something that the API no longer gives, a human has to decide.
//# SmPL does not see comments and attributes: the harness drops the @flags:
//# lines of kernel-doc and counts the arguments of __printf() anew.  As a
//# coccicheck rule it therefore converts the callers and not the API itself.
//# Calls below #if 0, in functions that spatch cannot parse, and argument lists
//# with #if inside are not converted; the harness lists them.
//
// Confidence: High
// Copyright: (C) 2026 The kthread-cocci authors
// URL: https://coccinelle.gitlabpages.inria.fr/website/
// Options: --no-includes --include-headers
// Keywords: kthread_create_worker, kthread_run_worker, KTW_FREEZABLE
// Comments: needs spatch 1.1.1 with OCaml scripting (ocaml-nox)
//
//% removed-argument: flags 1 0 1 kthread_create_worker kthread_run_worker
//% removed-argument: flags 1 0 2 kthread_create_worker_on_node
//%     __kthread_create_worker_on_node
//% removed-argument: flags 2 0 2 kthread_create_worker_on_cpu
//%     kthread_run_worker_on_cpu __kthread_create_worker
//% removed-name: KTW_FREEZABLE
//% removed-member: kthread_worker flags

virtual patch
virtual context
virtual org
virtual report
virtual harness

@initialize:ocaml@
@@
(* The functions that take the flags and pass them on to each other. *)
let family = [
  "kthread_create_worker"; "kthread_create_worker_on_node";
  "__kthread_create_worker_on_node"; "__kthread_create_worker";
  "kthread_create_worker_on_cpu"; "kthread_run_worker_on_cpu" ]

let in_family p =
  List.mem (List.hd p).Coccilib.current_element family

(* What spatch calls the body of a macro. *)
let in_macro p =
  (List.hd p).Coccilib.current_element = "something_else"

let report p message =
  let at = List.hd p in
  Printf.printf "%s:%d:%d-%d: %s\n%!" at.Coccilib.file at.Coccilib.line
    at.Coccilib.col at.Coccilib.col_end message

// Callers: the flags are a literal 0.  All modes share this match.  What is
// already converted may have a 0 in that place as well, node 0, but then the
// format follows.
@old@
expression cpu, node, fmt;
char *name;
char [] string;
position p;
@@
(
\(kthread_create_worker@p\|kthread_run_worker@p\)(0, ...)
|
\(kthread_create_worker_on_node\|__kthread_create_worker_on_node\)(0,
  \(name\|string\), ...)
|
\(kthread_create_worker_on_node@p\|__kthread_create_worker_on_node@p\)(0, node,
  fmt, ...)
|
\(kthread_create_worker_on_cpu@p\|kthread_run_worker_on_cpu@p\|__kthread_create_worker@p\)(cpu,
  0, ...)
)

@depends on patch@
identifier fn;
expression cpu;
position old.p;
@@
(
fn@p(
- 0,
 ...)
|
fn@p(cpu,
- 0,
 ...)
)

@depends on context@
identifier fn;
position old.p;
@@
* fn@p(...)

@script:ocaml depends on org@
p << old.p;
@@
Coccilib.print_main "kthread worker: the flags argument goes away" p

@script:ocaml depends on report@
p << old.p;
@@
report p "WARNING: the flags argument of the kthread worker API goes away, drop the 0"

// Callers: the flags are certainly no 0.  These are for a human.
@other depends on !patch@
idexpression {int, unsigned int} value;
expression cpu;
position p : script:ocaml() { not (in_family p) };
@@
(
\(kthread_create_worker@p\|kthread_run_worker@p\|kthread_create_worker_on_node@p\)(
  \(<+... KTW_FREEZABLE ...+>\|value\), ...)
|
\(kthread_create_worker_on_cpu@p\|kthread_run_worker_on_cpu@p\)(cpu,
  \(<+... KTW_FREEZABLE ...+>\|value\), ...)
)

@depends on context@
identifier fn;
position other.p;
@@
* fn@p(...)

@script:ocaml depends on org@
p << other.p;
@@
Coccilib.print_main "kthread worker: flags that are no 0, decide by hand" p

@script:ocaml depends on report@
p << other.p;
@@
report p "WARNING: the flags argument of the kthread worker API goes away, but this one is no 0: decide by hand"

// From here on it is the API itself, in patch mode and by the harness only:
// these rules have sets of names, for which spatch would have to parse the
// whole tree, and they need the harness's helpers to be complete.

// Inside of the family the functions pass their own flags on.
@depends on patch && harness@
identifier F;
expression cpu;
position p : script:ocaml() { in_family p };
@@
(
\(kthread_create_worker@p\|kthread_create_worker_on_node@p\|__kthread_create_worker_on_node@p\)(
- F,
 ...)
|
\(kthread_create_worker_on_cpu@p\|__kthread_create_worker@p\)(cpu,
- F,
 ...)
)

// The innermost one keeps them in the worker.
@depends on patch && harness@
struct kthread_worker *worker;
identifier F;
position p : script:ocaml() { in_family p };
@@
- worker@p->flags = F;

// Definitions with the flags in front.
@depends on patch && harness@
identifier fn = {kthread_create_worker, kthread_create_worker_on_node,
  __kthread_create_worker_on_node};
identifier F;
@@
fn(
- unsigned int F,
 ...)
{ ... }

// Definitions with the flags behind the CPU.
@depends on patch && harness@
identifier fn = {kthread_create_worker_on_cpu, kthread_run_worker_on_cpu,
  __kthread_create_worker};
identifier F;
parameter cpu;
@@
fn(cpu,
- unsigned int F,
 ...)
{ ... }

// Prototypes: a variadic one is only seen with ......, others only without.
@depends on patch && harness@
identifier fn = {kthread_create_worker, kthread_create_worker_on_node};
identifier F;
type T;
parameter list rest;
@@
T fn(
- unsigned int F,
 rest, ......);

@depends on patch && harness@
identifier fn = {kthread_create_worker_on_cpu};
identifier F;
type T;
parameter cpu;
parameter list rest;
@@
T fn(cpu,
- unsigned int F,
 rest, ......);

@depends on patch && harness@
identifier fn = {kthread_create_worker_on_cpu};
identifier F;
type T;
parameter cpu;
parameter list rest;
@@
T fn(cpu,
- unsigned int F,
 rest);

// The macros of the family: first what they pass on, then their parameter.
@macro depends on patch && harness@
identifier fn = {kthread_create_worker, kthread_run_worker};
identifier F;
@@
#define fn(F, namefmt, ...) ...

@depends on patch && harness@
identifier macro.F;
position p : script:ocaml() { in_macro p };
@@
\(kthread_create_worker@p\|kthread_create_worker_on_node@p\)(
- F,
 ...)

@depends on patch && harness@
identifier fn = {kthread_create_worker, kthread_run_worker};
identifier F;
@@
#define fn( \
- F, \
 namefmt, ...) ...

// Nothing sets the only flag.
@depends on patch && harness@
expression E;
@@
- enum { KTW_FREEZABLE = E, };

@depends on patch && harness@
@@
struct kthread_worker {
- unsigned int flags;
...
};

@depends on patch && harness@
struct kthread_worker *worker;
@@
- if (worker->flags & KTW_FREEZABLE)
- 	set_freezable();
