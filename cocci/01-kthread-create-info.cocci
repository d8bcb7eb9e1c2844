// SPDX-License-Identifier: GPL-2.0-only
/// kthread: refactor __kthread_create_on_node() to take a struct argument
///
/// Each new property of a kernel thread has brought a new parameter or one
/// more function around __kthread_create_on_node().  Hand it the request
/// instead: a const struct kthread_create_info that the caller fills on its
/// stack.
///
/// A bit in the request asks for a kthread worker, which is then allocated
/// together with the request.  That makes __kthread_create_worker_on_node()
/// superfluous; kthread_create_worker_on_node() gets the worker back through
/// kthread_data().
///
/// A creator that is killed while it waits leaves the request to kthreadd or
/// to the new thread.  The worker now belongs to the request, so it is freed
/// with it, by whoever of the three lets go of it last.
///
/// create_kthread() fills a struct kernel_clone_args itself, so that the
/// properties of a thread need not go through kernel_thread()'s arguments
/// either.
///
/// No functional change.
//# The worker API has two shapes.  Where a worker has a memory node,
//# __kthread_create_worker_on_node() does nothing that the request cannot say,
//# and goes away.  In the older shape __kthread_create_worker() also binds and
//# wakes the thread: it stays, and asks for the worker in its request.
//# Written for the one definition of each function in kernel/kthread.c.  SmPL
//# cannot match the __printf() attributes: the harness counts them anew, and
//# takes the attribute of the function that goes away with it.
//
// Confidence: High
// Copyright: (C) 2026 The kthread-cocci authors
// URL: https://coccinelle.gitlabpages.inria.fr/website/
// Options: --no-includes --include-headers
// Keywords: __kthread_create_on_node, kthread_create_info, create_kthread
// Comments: needs spatch 1.1.1 with OCaml scripting (ocaml-nox)
//
//% needs: __kthread_create_worker_on_node|__kthread_create_worker|kthread_create_release
//% needs: kernel_clone_args(fn_arg)
//% inside: info __kthread_create_on_node kthread_create_on_node
//%     kthread_create_worker_on_node __kthread_create_worker
//% inside: kthread_worker kthread_create_info
//% inside: kernel_clone create_kthread
//% inside: kthread_create_release kthread(_create) create_kthread
//%     __kthread_create_on_node
//% inside: kthread_init_worker __kthread_create_on_node
//% inside: kthread_data kthread_create_worker_on_node __kthread_create_worker
//% outside: kthread_init_worker __kthread_create_worker
//% outside: kfree __kthread_create_worker
//% removed-name: __kthread_create_worker_on_node
//% format: __kthread_create_on_node
//
//> release
//| 
//| /*
//|  * Free a request whose thread never came to be, or whose creator was killed
//|  * while it waited.  A worker that was asked for is part of the request until
//|  * a thread runs it.
//|  */
//| static void kthread_create_release(struct kthread_create_info *create)
//| {
//| 	if (create->kthread_worker)
//| 		kfree(create->data);
//| 	kfree(create);
//| }

virtual patch
virtual harness

// The request says whether a worker is wanted.
@depends on patch && harness@
@@
struct kthread_create_info {
...
int node;
+ u32 kthread_worker:1;
...
};

// The helper stands where its only type is known: behind struct kthread.
@depends on patch && harness@
@@
struct kthread_create_info { ... };
+ int TEXT_release;

// How this tree allocates a worker, in either shape of the worker API.
@old_worker depends on patch && harness@
identifier fn = {__kthread_create_worker_on_node, __kthread_create_worker};
identifier worker;
expression allocation;
@@
fn(...)
{
...
worker = allocation;
if (!worker)
	return ERR_PTR(-ENOMEM);
...
}

// The function itself: the caller's request is copied, a worker comes with it.
@depends on patch && harness@
identifier old_worker.worker;
expression old_worker.allocation;
symbol data;
identifier create, fn, arg, nid, fmt, ap;
expression completion;
@@
__kthread_create_on_node(
-	int (*fn)(void *data), void *arg, int nid,
+	const struct kthread_create_info *info,
	const char fmt[], va_list ap)
{
...
if (!create)
	return ERR_PTR(-ENOMEM);
-create->threadfn = fn;
-create->data = arg;
-create->node = nid;
+create->threadfn = info->threadfn;
+create->data = info->data;
+create->node = info->node;
+create->kthread_worker = info->kthread_worker;
create->done = completion;
+if (create->kthread_worker) {
+	struct kthread_worker *worker = allocation;
+
+	if (!worker) {
+		kfree(create);
+		return ERR_PTR(-ENOMEM);
+	}
+	kthread_init_worker(worker);
+	create->threadfn = kthread_worker_fn;
+	create->data = worker;
+}
(
+
create->full_name = kvasprintf(GFP_KERNEL, fmt, ap);
|
spin_lock(...);
)
... when any
}

// Where no thread came to be, the worker is the creator's to free.
@depends on patch && harness@
identifier create, made;
@@
__kthread_create_on_node(...)
{
<...
-kfree(create);
+if (IS_ERR(made))
+	kthread_create_release(create);
+else
+	kfree(create);
return made;
...>
}

// Whoever finds that the creator was killed frees the request.
@depends on patch && harness@
identifier create, done;
@@
kthread(...)
{
...
if (!done) {
...
-kfree(create);
+kthread_create_release(create);
...
}
...
}

@depends on patch && harness@
identifier create, pid, done;
@@
create_kthread(struct kthread_create_info *create)
{
...
if (pid < 0) {
...
if (!done) {
-kfree(create);
+kthread_create_release(create);
return;
}
...
}
}

// The thread gets its name from kernel_clone() ...
@depends on patch && harness@
identifier create, pid;
symbol kthread;
@@
create_kthread(struct kthread_create_info *create)
{
+struct kernel_clone_args args = {
+	.flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_UNTRACED,
+	.exit_signal = SIGCHLD,
+	.fn = kthread,
+	.fn_arg = create,
+	.name = create->full_name,
+	.kthread = 1,
+};
int pid;
...
pid =
-kernel_thread(kthread, create, create->full_name, CLONE_FS | CLONE_FILES | SIGCHLD)
+kernel_clone(&args)
;
...
}

// ... or, in older trees, from its creator.
@depends on patch && harness@
identifier create, pid;
symbol kthread;
@@
create_kthread(struct kthread_create_info *create)
{
+struct kernel_clone_args args = {
+	.flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_UNTRACED,
+	.exit_signal = SIGCHLD,
+	.fn = kthread,
+	.fn_arg = create,
+	.kthread = 1,
+};
int pid;
...
pid =
-kernel_thread(kthread, create, CLONE_FS | CLONE_FILES | SIGCHLD)
+kernel_clone(&args)
;
...
}

// The callers.
@depends on patch && harness@
symbol data;
identifier fn, arg, nid, fmt, made, ap;
@@
kthread_create_on_node(int (*fn)(void *data), void *arg, int nid, const char fmt[], ...)
{
+struct kthread_create_info info = {
+	.threadfn = fn,
+	.data = arg,
+	.node = nid,
+};
struct task_struct *made;
...
made = __kthread_create_on_node(
-	fn, arg, nid,
+	&info,
	fmt, ap);
...
}

@depends on patch && harness@
identifier bits, nid, fmt, worker, ap;
@@
kthread_create_worker_on_node(unsigned int bits, int nid, const char fmt[], ...)
{
+struct kthread_create_info info = {
+	.node = nid,
+	.kthread_worker = 1,
+};
struct kthread_worker *worker;
+struct task_struct *task;
va_list ap;
...
-worker = __kthread_create_worker_on_node(bits, nid, fmt, ap);
+task = __kthread_create_on_node(&info, fmt, ap);
va_end(ap);
+if (IS_ERR(task))
+	return ERR_CAST(task);
+worker = kthread_data(task);
+worker->flags = bits;
+worker->task = task;
...
}

// The same where step 02 came first.
@depends on patch && harness@
identifier nid, fmt, worker, ap;
@@
kthread_create_worker_on_node(int nid, const char fmt[], ...)
{
+struct kthread_create_info info = {
+	.node = nid,
+	.kthread_worker = 1,
+};
struct kthread_worker *worker;
+struct task_struct *task;
va_list ap;
...
-worker = __kthread_create_worker_on_node(nid, fmt, ap);
+task = __kthread_create_on_node(&info, fmt, ap);
va_end(ap);
+if (IS_ERR(task))
+	return ERR_CAST(task);
+worker = kthread_data(task);
+worker->task = task;
...
}

@depends on patch && harness@
@@
-__kthread_create_worker_on_node(...)
-{
-...
-}

// The older shape: the worker comes with the request and is freed with it, so
// a failure has nothing to undo.
@unwind depends on patch && harness exists@
identifier worker, made, fail;
@@
__kthread_create_worker(...)
{
...
fail:
kfree(worker);
return ERR_CAST(made);
}

@depends on patch && harness@
identifier unwind.fail, unwind.made;
@@
__kthread_create_worker(...)
{
<...
if (IS_ERR(made))
-	goto fail;
+	return ERR_CAST(made);
...>
}

@depends on patch && harness@
identifier unwind.fail, unwind.worker, unwind.made;
@@
-fail:
-kfree(worker);
-return ERR_CAST(made);

@depends on patch && harness@
identifier cpu, worker, made, nid, bits, fmt, ap;
expression no_node, allocation;
symbol kthread_worker_fn;
@@
__kthread_create_worker(int cpu, ...)
{
+struct kthread_create_info info = {
+	.node = no_node,
+	.kthread_worker = 1,
+};
struct kthread_worker *worker;
struct task_struct *made;
-int nid = no_node;
-worker = allocation;
-if (!worker)
-	return ERR_PTR(-ENOMEM);
-kthread_init_worker(worker);
if (cpu >= 0)
-	nid
+	info.node
	= cpu_to_node(cpu);
made = __kthread_create_on_node(
-	kthread_worker_fn, worker, nid,
+	&info,
	fmt, ap);
if (IS_ERR(made))
	return ERR_CAST(made);
if (cpu >= 0)
	kthread_bind(made, cpu);
(
+worker = kthread_data(made);
worker->flags = bits;
worker->task = made;
|
+worker = kthread_data(made);
worker->task = made;
)
...
}
