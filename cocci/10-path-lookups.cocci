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
//# calls a function.
//# As a coccicheck rule it judges by a single file.  What is handed there to
//# INIT_WORK(), kthread_run() and their like is an entry; a lookup is converted
//# where only entries reach it: through static functions that are called by
//# entries and by nothing else, and never used as a value.  Where something
//# else uses one of them, the lookup is reported and left.  Not reported are
//# lookups whose way from the thread goes through another file or a function
//# pointer, and files that give a thread a root of its own or scope it with
//# scoped_with_init_fs().  What it writes needs the steps before this one.
//# spatch sees more functions with SPFLAGS="--macro-file-builtins macros.h".
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
virtual context
virtual org
virtual report
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

(* Without the harness: the calls that only kernel threads make. *)
let certain = Hashtbl.create 64

let place p =
  let at = List.hd p in
  (at.Coccilib.file, at.Coccilib.line, at.Coccilib.col)

let kthread fn p = is "kthread" fn p || Hashtbl.mem certain (place p)
let mixed fn p = is "mixed" fn p

(* Without the harness: what the file itself tells.  These are APIs that call
   the function which is their Nth argument in a kernel thread. *)
let entry_apis = [
  1, [ "KTHREAD_ARGS"; "KTHREAD_ARGS_ON_NODE"; "kthread_create_on_node";
    "kthread_create"; "kthread_run"; "kthread_create_on_cpu";
    "kthread_run_on_cpu"; "kthread_create_on_info"; "kthread_create_info";
    "__kthread_create_on_node"; "kernel_thread"; "schedule_on_each_cpu";
    "async_schedule"; "async_schedule_domain"; "async_schedule_dev";
    "async_schedule_dev_domain"; "async_schedule_dev_nocall";
    "async_schedule_node"; "async_schedule_node_domain";
    "__async_schedule_node_domain"; "KUNIT_CASE"; "KUNIT_CASE_ATTR";
    "KUNIT_CASE_SLOW"; "KUNIT_CASE_PARAM"; "KUNIT_CASE_PARAM_ATTR";
    "KUNIT_CASE_PARAM_WITH_INIT" ];
  2, [ "svc_create_pooled"; "INIT_WORK"; "INIT_WORK_ONSTACK"; "INIT_WORK_KEY";
    "INIT_WORK_ONSTACK_KEY"; "__INIT_WORK"; "__INIT_WORK_KEY";
    "INIT_DELAYED_WORK"; "INIT_DELAYED_WORK_ONSTACK"; "INIT_DEFERRABLE_WORK";
    "INIT_DEFERRABLE_WORK_ONSTACK"; "__INIT_DELAYED_WORK";
    "__INIT_DELAYED_WORK_ONSTACK"; "INIT_RCU_WORK"; "INIT_RCU_WORK_ONSTACK";
    "DECLARE_WORK"; "DECLARE_DELAYED_WORK"; "DECLARE_DEFERRABLE_WORK";
    "__WORK_INITIALIZER"; "__DELAYED_WORK_INITIALIZER"; "PREPARE_WORK";
    "work_on_cpu"; "work_on_cpu_key"; "work_on_cpu_safe";
    "work_on_cpu_safe_key"; "kthread_init_work"; "kthread_init_delayed_work";
    "DEFINE_KTHREAD_WORK"; "DEFINE_KTHREAD_DELAYED_WORK"; "KTHREAD_WORK_INIT";
    "KTHREAD_DELAYED_WORK_INIT"; "request_any_context_irq"; "kunit_add_action";
    "kunit_add_action_or_reset"; "call_rcu_tasks"; "call_rcu_tasks_trace" ];
  3, [ "devm_work_autocancel"; "devm_delayed_work_autocancel";
    "request_threaded_irq"; "devm_request_any_context_irq"; "call_srcu";
    "rpc_sleep_on" ];
  4, [ "devm_request_threaded_irq"; "pci_request_irq" ];
  5, [ "firmware_request_nowait_nowarn" ];
  7, [ "request_firmware_nowait" ] ]

let is_entry_api n api = List.mem api (List.assoc n entry_apis)

(* One file at a time: its name, whether it gives a thread a root of its own,
   its static functions, its entries, who calls whom, every mention of a
   function that is understood, and every mention of a name there is. *)
let file = ref ""
let own_root = ref false
let statics = Hashtbl.create 64
let entries = Hashtbl.create 64
let callers = Hashtbl.create 64
let understood = Hashtbl.create 64
let mentions = Hashtbl.create 64

let begin_file p =
  let (name, _, _) = place p in
  if name <> !file then begin
    file := name;
    own_root := false;
    Hashtbl.reset statics;
    Hashtbl.reset entries;
    Hashtbl.reset callers;
    Hashtbl.reset understood;
    Hashtbl.reset mentions
  end

let function_of p = (List.hd p).Coccilib.current_element

let understand fn p =
  let (_, line, column) = place p in
  Hashtbl.replace understood (fn, line, column) ()

let add_static fn p = Hashtbl.replace statics fn (); understand fn p
let add_entry fn p = Hashtbl.replace entries fn (); understand fn p
let add_call fn p = Hashtbl.add callers fn (function_of p); understand fn p

(* Every name in a text outside of comments and strings, be it in code that
   spatch sees or not, but for those of members: add NAME LINE COLUMN. *)
let scan_names text add =
  let length = String.length text in
  let line = ref 1 and start = ref 0 and dot = ref false in
  let is i c = i >= 0 && i < length && text.[i] = c in
  let is_part = function
    | 'a'..'z' | 'A'..'Z' | '0'..'9' | '_' -> true
    | _ -> false in
  let step i = if is i '\n' then (incr line; start := i + 1); i + 1 in
  let rec until stop i =
    if i >= length || stop i then i else until stop (step i) in
  let rec behind quote i =
    if is i '\092' && i + 1 < length then behind quote (step (step i))
    else if i >= length || is i quote then i + 1
    else behind quote (step i) in
  let rec scan i =
    if i >= length then ()
    else if is i '/' && is (i + 1) '/' then scan (until (fun i -> is i '\n') i)
    else if is i '/' && is (i + 1) '*' then
      scan (2 + until (fun i -> is i '*' && is (i + 1) '/') (i + 2))
    else if is i '\034' || is i '\039' then scan (behind text.[i] (i + 1))
    else if is_part text.[i] then begin
      let stop = until (fun i -> not (is_part text.[i])) i in
      if not !dot then add (String.sub text i (stop - i)) !line (i - !start);
      dot := false;
      scan stop
    end
    else begin
      if text.[i] > ' ' then
        dot := text.[i] = '.' || (text.[i] = '>' && is (i - 1) '-');
      scan (step i)
    end in
  scan 0

let read_mentions () =
  if Hashtbl.length mentions = 0 then begin
    let input = open_in_bin !file in
    let text = really_input_string input (in_channel_length input) in
    close_in input;
    scan_names text
      (fun name line column -> Hashtbl.add mentions name (line, column))
  end

(* The function and all that call it, in the file. *)
let with_callers fn =
  let found = Hashtbl.create 16 in
  let rec add fn =
    if not (Hashtbl.mem found fn) then begin
      Hashtbl.replace found fn ();
      List.iter add (Hashtbl.find_all callers fn)
    end in
  add fn;
  Hashtbl.fold (fun fn () list -> fn :: list) found []

(* Do kernel threads alone run the function?  It and all that call it are
   static, and every mention of them is their definition, a call, or an API
   that takes an entry. *)
let only_threads fn =
  let is_closed fn =
    Hashtbl.mem statics fn &&
    List.for_all (fun (line, column) -> Hashtbl.mem understood (fn, line, column))
      (Hashtbl.find_all mentions fn) in
  Filename.check_suffix !file ".c" && List.for_all is_closed (with_callers fn)

(* The shortest way from an entry to the function, [] where there is none.  A
   file with scoped_with_init_fs() does it in another way, here or for what it
   calls. *)
let chain fn =
  let seen = Hashtbl.create 16 in
  let rec search = function
    | (fn :: _ as way) :: _ when Hashtbl.mem entries fn -> way
    | (fn :: _) :: rest when Hashtbl.mem seen fn -> search rest
    | (fn :: _ as way) :: rest ->
      let next = List.sort_uniq compare (Hashtbl.find_all callers fn) in
      Hashtbl.replace seen fn ();
      search (List.append rest (List.map (fun caller -> caller :: way) next))
    | _ -> [] in
  let way = if !own_root then [] else search [ [ fn ] ] in
  if way <> [] then read_mentions ();
  if Hashtbl.mem mentions "scoped_with_init_fs" then [] else way

let is_reached p = chain (function_of p) <> []

let decide p =
  if is_reached p && only_threads (function_of p) then
    Hashtbl.replace certain (place p) ()

let advice = function
  | "filp_open" -> "use file_open_init()"
  | "bdev_file_open_by_path" -> "use bdev_file_open_init()"
  | "lookup_bdev" | "kern_path_parent" | "kern_path_locked"
  | "start_removing_path" | "kernel_read_file_from_path" ->
    "there is no form of it that starts in init's root"
  | _ -> "use LOOKUP_IN_INIT"

let explain fn p =
  Printf.sprintf "path lookup in kernel-thread context (%s)%s, %s"
    (String.concat ">" (chain (function_of p)))
    (if kthread fn p then "" else ", but perhaps not only there") (advice fn)

let by_hand = "init's root is taken by hand, use init_root()"

let report p message =
  let at = List.hd p in
  Printf.printf "%s:%d:%d-%d: WARNING: %s\n%!" at.Coccilib.file
    at.Coccilib.line at.Coccilib.col at.Coccilib.col_end message

// Without the harness: lookups that do not start in init's root or in an
// explicit one.
@lookup depends on !harness@
expression E1, E2, E3, E4, E5;
position p;
@@
(
\(kern_path\|vfs_path_parent_lookup\)(E1, <+... LOOKUP_IN_INIT ...+>, ...)
|
\(start_creating_path\|kern_path_create\)(E1, E2, E3,
  <+... LOOKUP_IN_INIT ...+>)
|
vfs_path_parent_lookup@p(E1, E2, E3, E4, E5, NULL)
|
\(kern_path@p\|kern_path_parent@p\|kern_path_locked@p\|kern_path_create@p\|start_creating_path@p\|start_removing_path@p\|filp_open@p\|bdev_file_open_by_path@p\|lookup_bdev@p\|kernel_read_file_from_path@p\)(...)
)

@script:ocaml@
p << lookup.p;
@@
begin_file p

// A thread with a root of its own wants to look up there.
@root depends on lookup@
position p;
@@
\(ksys_unshare@p\|init_chroot@p\|set_fs_root@p\)(...)

@script:ocaml@
p << root.p;
@@
ignore p; own_root := true

// Functions that are handed to an API that calls them in a thread.
@entry_1 depends on lookup@
identifier api : script:ocaml() { is_entry_api 1 api };
identifier fn;
position p;
@@
api(fn@p, ...)

@script:ocaml@
fn << entry_1.fn;
p << entry_1.p;
@@
add_entry fn p

@entry_2 depends on lookup@
identifier api : script:ocaml() { is_entry_api 2 api };
expression E1;
identifier fn;
position p;
@@
api(E1, fn@p, ...)

@script:ocaml@
fn << entry_2.fn;
p << entry_2.p;
@@
add_entry fn p

@entry_3 depends on lookup@
identifier api : script:ocaml() { is_entry_api 3 api };
expression E1, E2;
identifier fn;
position p;
@@
api(E1, E2, fn@p, ...)

@script:ocaml@
fn << entry_3.fn;
p << entry_3.p;
@@
add_entry fn p

@entry_4 depends on lookup@
identifier api : script:ocaml() { is_entry_api 4 api };
expression E1, E2, E3;
identifier fn;
position p;
@@
api(E1, E2, E3, fn@p, ...)

@script:ocaml@
fn << entry_4.fn;
p << entry_4.p;
@@
add_entry fn p

@entry_5 depends on lookup@
identifier api : script:ocaml() { is_entry_api 5 api };
expression E1, E2, E3, E4;
identifier fn;
position p;
@@
api(E1, E2, E3, E4, fn@p, ...)

@script:ocaml@
fn << entry_5.fn;
p << entry_5.p;
@@
add_entry fn p

@entry_7 depends on lookup@
identifier api : script:ocaml() { is_entry_api 7 api };
expression E1, E2, E3, E4, E5, E6;
identifier fn;
position p;
@@
api(E1, E2, E3, E4, E5, E6, fn@p, ...)

@script:ocaml@
fn << entry_7.fn;
p << entry_7.p;
@@
add_entry fn p

// Work that is declared at file scope.
@declared depends on lookup@
declarer api : script:ocaml() { is_entry_api 2 api };
identifier name, fn;
position p;
@@
api(name, fn@p);

@script:ocaml@
fn << declared.fn;
p << declared.p;
@@
add_entry fn p

// Structs whose functions all run in a thread, and the struct of the arguments.
@stored depends on lookup@
identifier type_name = {smp_hotplug_thread, kunit_suite, kthread_args};
identifier name, member, fn;
position p;
@@
struct type_name name = { .member = fn@p, };

@script:ocaml@
fn << stored.fn;
p << stored.p;
@@
add_entry fn p

@in_place depends on lookup@
identifier fn;
position p;
@@
 (struct kthread_args){ .threadfn = fn@p, }

@script:ocaml@
fn << in_place.fn;
p << in_place.p;
@@
add_entry fn p

@assigned depends on lookup@
struct kthread_args args;
identifier fn;
position p;
@@
 args.threadfn = fn@p

@script:ocaml@
fn << assigned.fn;
p << assigned.p;
@@
add_entry fn p

// The functions of the file, and who calls them.
@static_function depends on lookup@
identifier fn;
type T;
position p;
@@
 static T fn@p(...) { ... }

@script:ocaml@
fn << static_function.fn;
p << static_function.p;
@@
add_static fn p

@prototype depends on lookup@
identifier fn;
type T;
position p;
@@
 static T fn@p(...);

@script:ocaml@
fn << prototype.fn;
p << prototype.p;
@@
understand fn p

@call depends on lookup@
identifier fn;
position p;
@@
 fn@p(...)

@script:ocaml@
fn << call.fn;
p << call.p;
@@
add_call fn p

@script:ocaml@
p << lookup.p;
@@
decide p

// What threads reach, with certainty or perhaps.
@reached depends on lookup@
identifier fn;
position lookup.p;
position q : script:ocaml() { is_reached q };
@@
 fn@p@q(...)

@depends on context@
identifier fn;
position reached.q;
@@
* fn@q(...)

@script:ocaml depends on org@
fn << reached.fn;
p << reached.q;
@@
Coccilib.print_main (explain fn p) p

@script:ocaml depends on report@
fn << reached.fn;
p << reached.q;
@@
report p (explain fn p)

// Kernel threads only: the flags are argument 2.
@kthread_second depends on patch && (harness || lookup)@
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
@kthread_last depends on patch && (harness || lookup)@
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
@mixed_second depends on patch && harness@
identifier fn = {kern_path, vfs_path_parent_lookup};
position p : script:ocaml(fn) { mixed fn p };
@@
fn@p(...)

@depends on patch && harness@
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

@mixed_last depends on patch && harness@
identifier fn = {filename_rmdir, filename_unlinkat, filename_mkdirat,
  filename_mknodat, filename_symlinkat, filename_linkat, start_creating_path,
  kern_path_create};
position p : script:ocaml(fn) { mixed fn p };
@@
fn@p(...)

@depends on patch && harness@
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

@depends on patch && harness@
position p : script:ocaml() { mixed "filp_open" p };
expression list es;
expression E;
@@
E =
-filp_open@p(es)
+tsk_is_kthread(current) ? file_open_init(es) : filp_open(es)

@depends on patch && harness@
position p : script:ocaml() { mixed "filp_open" p };
expression list es;
identifier x;
type T;
@@
T x =
-filp_open@p(es)
+tsk_is_kthread(current) ? file_open_init(es) : filp_open(es)
;

@depends on patch && harness@
position p : script:ocaml() { mixed "filp_open" p };
expression list es;
@@
return
-filp_open@p(es)
+tsk_is_kthread(current) ? file_open_init(es) : filp_open(es)
;

@depends on patch && harness@
position p : script:ocaml() { mixed "bdev_file_open_by_path" p };
expression list es;
expression E;
@@
E =
-bdev_file_open_by_path@p(es)
+tsk_is_kthread(current) ? bdev_file_open_init(es) : bdev_file_open_by_path(es)

@depends on patch && harness@
position p : script:ocaml() { mixed "bdev_file_open_by_path" p };
expression list es;
identifier x;
type T;
@@
T x =
-bdev_file_open_by_path@p(es)
+tsk_is_kthread(current) ? bdev_file_open_init(es) : bdev_file_open_by_path(es)
;

@depends on patch && harness@
position p : script:ocaml() { mixed "bdev_file_open_by_path" p };
expression list es;
@@
return
-bdev_file_open_by_path@p(es)
+tsk_is_kthread(current) ? bdev_file_open_init(es) : bdev_file_open_by_path(es)
;

// Init's root taken by hand, in whatever context.
@by_hand@
expression E;
symbol init_task;
position p;
@@
task_lock(&init_task);
get_fs_root@p(init_task.fs, E);
task_unlock(&init_task);

@depends on patch@
expression E;
symbol init_task;
position by_hand.p;
@@
-task_lock(&init_task);
-get_fs_root@p(init_task.fs, E);
-task_unlock(&init_task);
+init_root(E);

@depends on context@
position by_hand.p;
@@
* get_fs_root@p(...)

@script:ocaml depends on org@
p << by_hand.p;
@@
Coccilib.print_main by_hand p

@script:ocaml depends on report@
p << by_hand.p;
@@
report p by_hand

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
