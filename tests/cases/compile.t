#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# A rewrite that was never compiled is a guess: the fixture tree compiles
# without a warning before the steps, and after them everywhere but in the
# files that the program names as left.
. "$(dirname "$0")/../lib.sh"

# compile TREE FILE [COMPILER]
compile()
{
	(cd "$1" && "${3:-cc}" -std=gnu11 -fsyntax-only -Wall -Werror \
		-Wno-unused -Wno-format-zero-length -Wno-format-security \
		-Iinclude -D__KERNEL__ -ffreestanding -nostdinc "$2")
}

for mini in "$top"/tests/linux-mini*; do
	tree=$(basename "$mini")
	cp -a "$mini" "$scratch/$tree"
	(cd "$mini" && find . -name '*.c' | sed 's|^\./||' | sort) \
		>"$scratch/files"
	while read -r file; do
		ok "$tree: before: $file" compile "$mini" "$file"
	done <"$scratch/files"

	run -q -C "$scratch/$tree" apply
	cut -d: -f1 "$scratch/stderr" | sort -u >"$scratch/named"
	broken=0
	while read -r file; do
		if compile "$scratch/$tree" "$file" >"$scratch/gcc" 2>&1; then
			tap_pass "$tree: after: $file"
		elif grep -qxF "$file" "$scratch/named"; then
			broken=$((broken + 1))
		else
			tap_fail "$tree: after: $file"
			diag "$scratch/gcc"
		fi
	done <"$scratch/files"
	ok "$tree: at most five files are left to a human" test "$broken" -le 5
done

# The form of step 03b, and the old one beside it: both compilers take it wherever
# a call may stand, and both check the format.
tree=$scratch/linux-mini
run -q -C "$tree" apply 03b
ok "03b: it is there" grep -q KTHREAD_ARGS_ON_NODE "$tree/include/linux/kthread.h"

# call NAME STATEMENT
call()
{
	cat >"$tree/$1.c" <<EOC
#include <linux/kthread.h>
#include <linux/module.h>
static int fn(void *data) { return 0; }
static struct task_struct *task, *other;
static struct task_struct *call(void *data, int node, char *name)
{
	struct kthread_args args = { .threadfn = fn, .node = NUMA_NO_NODE };
	$2
	return task;
}
EOC
}
call good '
	struct task_struct *first = kthread_run(KTHREAD_ARGS(fn, data), "a");

	task = kthread_run(fn, data, "b/%d", node);
	task = kthread_create(&args, "c/%s", name);
	other = kthread_create(KTHREAD_ARGS_ON_NODE(fn, (void *)1, node), name);
	if (!data && IS_ERR(task = kthread_run(KTHREAD_ARGS(node ? fn : fn,
			((struct task_struct *[]){ first, other })), "d")))
		return kthread_run(KTHREAD_ARGS(fn, NULL), "%s/%d", name, node);'
call old 'task = kthread_run(fn, data, "%d", name);'
call inplace 'task = kthread_run(KTHREAD_ARGS(fn, data), "%d", name);'
call pointer 'task = kthread_create(&args, "%d", name);'
call node 'task = kthread_create(KTHREAD_ARGS_ON_NODE(fn, data, node), "%s", node);'
call type 'task = kthread_run(KTHREAD_ARGS(call, data), "a");'
for compiler in gcc clang; do
	ok "03b: $compiler takes it everywhere" compile "$tree" good.c $compiler
	for name in old inplace pointer node; do
		not_ok "03b: $compiler checks the format: $name" \
			compile "$tree" $name.c $compiler
	done
	not_ok "03b: $compiler checks the thread function" \
		compile "$tree" type.c $compiler
done

done_testing
