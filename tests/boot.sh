#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Boot a real kernel as User-mode Linux: untouched, with all steps applied, and
# with all but step 10, where the test cases that look up paths must fail.
# Where the tree has no nullfs, or isolates its threads already, the steps change
# nothing that can be seen: the same is expected before and after them.
# What an untouched tree complains of is told, and no failure of the steps.
#
#   tests/boot.sh VERSION [TREE]     JOBS=2
#
# Prints TAP.  build/boot/VERSION keeps the trees and what was built of them;
# they are used again while the steps give the same trees (three times 0.4 GB).
. "$(dirname "$0")/cases/../lib.sh"
top=$(cd "$(dirname "$0")/.." && pwd)
PROGRAM=$top/build/kthread-cocci
. "$top/tests/linux-lib.sh"

tree=$(linux_tree "${1:-}" "${2:-}") || exit 2
version=$(linux_version "$tree")
work=$top/build/boot/${1:-$version}
jobs=${JOBS:-$(getconf _NPROCESSORS_ONLN)}
mkdir -p "$work"
echo "# linux $version in $tree"

# same_tree TREE TREE: copies share most files, which makes this quick.
same_tree() { diff -qr --no-dereference "$1" "$2" >/dev/null 2>&1; }

# converted NAME STEP...: a copy of the tree with these steps in $work/NAME/tree.
# The one that is there stays if it is the same, so that nothing is built again.
converted()
{
	name=$1
	shift
	mkdir -p "$work/$name"
	rm -rf "$work/$name/new"
	copy_tree "$tree" "$work/$name/new"
	run -q -C "$work/$name/new" apply "$@"
	is "$name: apply: status" "$status" 0
	test "$status" -eq 0 || diag "$scratch/stderr"
	if same_tree "$work/$name/new" "$work/$name/tree"; then
		rm -rf "$work/$name/new"
	else
		rm -rf "$work/$name/tree" "${work:?}/$name/boot"
		mv "$work/$name/new" "$work/$name/tree"
	fi
}

# boot NAME TREE ARGS...: leaves TAP, the compiler's warnings and the status.
boot()
{
	name=$1
	shift
	mkdir -p "$work/$name"
	status=0
	"$top/scripts/boot-test.sh" -o "$work/$name/boot" -j "$jobs" \
		--warnings "$work/$name/warnings" "$@" >"$work/$name/tap" ||
		status=$?
}

# relay NAME: the results of a boot as ours.
relay()
{
	while IFS= read -r line; do
		case $line in
		'ok '*)	tap_pass "$1: ${line#*- }" ;;
		'not ok '*) tap_fail "$1: ${line#*- }" ;;
		'#'*)	echo "# $1:${line#\#}" ;;
		esac
	done <"$work/$1/tap"
	is "$1: status of boot-test.sh" "$status" 0
}

# baseline NAME: the same of an untouched tree: that it complains is told, no more.
baseline()
{
	sed 's/^not \(ok .* has nothing to complain of\)$/\1 # SKIP it does untouched/' \
		"$work/$1/tap" >"$work/$1/tap.baseline"
	grep -q '^not ok' "$work/$1/tap.baseline" || test "$status" -ne 1 ||
		status=0
	mv "$work/$1/tap.baseline" "$work/$1/tap"
	relay "$1"
}

isolates=before
! grep -q userspace_init_fs "$tree/include/linux/init_task.h" ||
	isolates=after
run -C "$tree" steps
expected=$isolates
! grep -q '^11-nullfs .* \(applies\|needs\) ' "$scratch/stdout" || expected=after

complaints=$work/untouched/complaints
boot untouched --expect=$isolates --complaints "$complaints" "$tree"
baseline untouched
converted after
boot after --expect=$expected --known "$complaints" "$work/after/tree"
relay after
comm -13 "$work/untouched/warnings" "$work/after/warnings" >"$scratch/new"
is "after: new warnings of the compiler" "$(cat "$scratch/new")" ""

if test $isolates = "$expected"; then
	skip "without step 10" "the steps do not change where threads live in $version"
	done_testing
	exit
fi

# A kernel thread that does not ask for init's filesystem state must find nothing:
# else the checks above would pass whatever step 10 does.
run -C "$tree" steps
awk '!/\(optional\)/ && !/^10-/ { print $1 }' "$scratch/stdout" >"$scratch/steps"
# shellcheck disable=SC2046 # one word per step
converted without-10 $(cat "$scratch/steps")
boot without-10 --expect=after --time 120 --rounds 0 "$work/without-10/tree"
is "without-10: status of boot-test.sh" "$status" 1
like "without-10: it builds" "$work/without-10/tap" '^ok .* the kernel builds'
for suite in initramfs miscdev; do
	like "without-10: KUnit $suite fails" "$work/without-10/tap" \
		"^not ok .* KUnit ${suite}[a-z_]*:"
done
grep '^# KUnit' "$work/without-10/tap"

done_testing
