// SPDX-License-Identifier: GPL-2.0-only
/// kthread: add extensible kthread_create()/kthread_run() pattern
///
/// Let kthread_create() and kthread_run() take either their old arguments or a
/// pointer to a struct kthread_args in front of the format, as
/// kmem_cache_create() does with struct kmem_cache_args.  _Generic() picks
/// the function by the type of the first argument: kthread_create_on_info()
/// for the struct, __kthread_create() for anything else.  Callers of the old
/// form compile as before, and the compiler checks the format in both.
///
/// A new property of a thread then is a new member and no new function.
///
/// The request that goes to kthreadd is renamed to struct kthread_create_req,
/// so that it is not taken for the arguments.
///
/// No functional change.
//# The two macros and their kernel-doc are replaced as a whole by the harness:
//# spatch neither sees comments nor can it give a macro other parameters where
//# they are named variadic ones.
//
// Confidence: High
// Copyright: (C) 2026 The kthread-cocci authors
// URL: https://coccinelle.gitlabpages.inria.fr/website/
// Options: --no-includes --include-headers
// Keywords: kthread_create, kthread_run, kthread_args, _Generic
// Comments: needs spatch 1.1.1 with OCaml scripting (ocaml-nox)
//
//% needs: kthread_create_release
//% beside: kthread_args kthread_create_on_node
//% macro-text: create_macro kthread_create
//% macro-text: run_macro kthread_run
//% beside: kthread_create_req create_kthread
//% removed-name: kthread_create_info
//
//> create_macro
//| /**
//|  * struct kthread_args - what a new kernel thread is to be like
//|  * @threadfn: the function that the thread runs
//|  * @data: what @threadfn() is passed
//|  * @node: the memory node for the thread's structures; 0 is node 0, who does
//|  *	not care says NUMA_NO_NODE
//|  * @kthread_worker: allocate a &struct kthread_worker and run it, in place of
//|  *	@threadfn and @data; kthread_data() returns it
//|  */
//| struct kthread_args {
//| 	int (*threadfn)(void *data);
//| 	void *data;
//| 	int node;
//| 	u32 kthread_worker:1;
//| };
//| 
//| __printf(3, 4)
//| struct task_struct *__kthread_create(int (*threadfn)(void *data), void *data,
//| 				     const char namefmt[], ...);
//| 
//| __printf(2, 3)
//| struct task_struct *kthread_create_on_info(struct kthread_args *kargs,
//| 					   const char namefmt[], ...);
//| 
//| /**
//|  * kthread_create - create a kernel thread, which does not run yet
//|  * @first: a pointer to a &struct kthread_args, or the thread function
//|  * @...: behind a struct, the printf-style format of the thread's name and its
//|  *	arguments; behind a thread function, first the pointer that it is passed
//|  *
//|  * kthread_create(&args, "name/%d", id) creates the thread as the struct says;
//|  * kthread_create(threadfn, data, "name/%d", id) is the short form for a thread
//|  * on any node.  See kthread_create_on_node() for what a thread function may do.
//|  *
//|  * Return: the new task, or an ERR_PTR().
//|  */
//| #define kthread_create(first, ...)					\
//| 	_Generic((first),						\
//| 		struct kthread_args *: kthread_create_on_info,		\
//| 		default: __kthread_create)(first, __VA_ARGS__)
//
//> run_macro
//| /**
//|  * kthread_run - create a kernel thread and wake it
//|  * @first: as for kthread_create()
//|  * @...: as for kthread_create()
//|  *
//|  * Return: the running task, or what kthread_create() failed with.
//|  */
//| #define kthread_run(first, ...)						\
//| ({									\
//| 	struct task_struct *__k						\
//| 		= kthread_create(first, __VA_ARGS__);			\
//| 	if (!IS_ERR(__k))						\
//| 		wake_up_process(__k);					\
//| 	__k;								\
//| })
//
//> create_functions
//| 
//| /* The old form of kthread_create(). */
//| struct task_struct *__kthread_create(int (*threadfn)(void *data), void *data,
//| 				     const char namefmt[], ...)
//| {
//| 	struct kthread_create_req req = {
//| 		.threadfn = threadfn,
//| 		.data = data,
//| 		.node = NUMA_NO_NODE,
//| 	};
//| 	struct task_struct *task;
//| 	va_list args;
//| 
//| 	va_start(args, namefmt);
//| 	task = __kthread_create_on_node(&req, namefmt, args);
//| 	va_end(args);
//| 
//| 	return task;
//| }
//| EXPORT_SYMBOL(__kthread_create);
//| 
//| /**
//|  * kthread_create_on_info - the form of kthread_create() that takes a struct
//|  * @kargs: what the thread is to be like; copied, so it may be on the stack
//|  * @namefmt: printf-style format of the thread's name
//|  *
//|  * Return: the new task, or an ERR_PTR().
//|  */
//| struct task_struct *kthread_create_on_info(struct kthread_args *kargs,
//| 					   const char namefmt[], ...)
//| {
//| 	struct kthread_create_req req = {
//| 		.threadfn = kargs->threadfn,
//| 		.data = kargs->data,
//| 		.node = kargs->node,
//| 		.kthread_worker = kargs->kthread_worker,
//| 	};
//| 	struct task_struct *task;
//| 	va_list args;
//| 
//| 	va_start(args, namefmt);
//| 	task = __kthread_create_on_node(&req, namefmt, args);
//| 	va_end(args);
//| 	if (!IS_ERR(task) && kargs->kthread_worker) {
//| 		struct kthread_worker *worker = kthread_data(task);
//| 
//| 		worker->task = task;
//| 	}
//| 
//| 	return task;
//| }
//| EXPORT_SYMBOL(kthread_create_on_info);

virtual patch
virtual harness

// The request's new name: first its uses, then its definition.
@depends on patch && harness@
@@
-struct kthread_create_info
+struct kthread_create_req

@depends on patch && harness@
@@
-struct kthread_create_info {
+struct kthread_create_req {
...
};

// The two functions between which _Generic() chooses.
@depends on patch && harness@
declarer name EXPORT_SYMBOL;
symbol kthread_create_on_node;
@@
EXPORT_SYMBOL(kthread_create_on_node);
+int TEXT_create_functions;
