#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Compile what the steps change in a real kernel: scripts/build-check.sh on a
# converted copy, compared with the tree as it was, and a whole User-mode Linux.
# Prints TAP: a file that no configuration here builds is a skip with its
# reason, a line that no compiler saw a comment.
#
#   tests/build.sh VERSION [TREE [OPTIONS]]
#
# OPTIONS are those of build-check.sh, e.g. --cc=clang.  Copy and objects stay
# in build/check/VERSION; the next run compiles only what has changed.
. "$(dirname "$0")/cases/../lib.sh"
top=$(cd "$(dirname "$0")/.." && pwd)
PROGRAM=$top/build/kthread-cocci
. "$top/tests/linux-lib.sh"

tree=$(linux_tree "${1:-}" "${2:-}") || exit 2
test $# -lt 2 && set -- "${1:-}" ""
shift 2
work=$top/build/check/$(linux_version "$tree")
jobs=$(getconf _NPROCESSORS_ONLN)
echo "# linux $(linux_version "$tree") in $tree"

mkdir -p "$work"
rm -rf "$work/tree"
copy_tree "$tree" "$work/tree"
"$PROGRAM" -q -C "$work/tree" patch >"$scratch/diff"
run -q -C "$work/tree" apply
is "apply: status" "$status" 0

status=0
"$top/scripts/build-check.sh" --config=all -d "$scratch/diff" -o "$work" \
	--before "$tree" "$@" "$work/tree" >"$scratch/report" || status=$?
if test "$status" -gt 1; then
	cat "$scratch/report"
	echo "Bail out! build-check.sh: status $status"
	exit 2
fi
while IFS= read -r line; do
	file=${line%%: *}
	case $line in
	*": compiled ("*) ok "$file: compiled ${line#*: compiled }" true ;;
	*": not buildable here: "*) skip "$file" "${line#*: not buildable here: }" ;;
	*": FAILED "*|*": FAILED: "*) not_ok "$line" true ;;
	*) echo "# $line" ;;
	esac
done <"$scratch/report"
is "build-check.sh: status" "$status" 0

# Single objects do not show that the kernel links.
kernel=$work/gcc/um
if test -d "$kernel"; then
	status=0
	make -C "$work/tree" ARCH=um "O=$kernel" CC=gcc KCFLAGS=-Wno-error \
		-j "$jobs" </dev/null >"$scratch/log" 2>&1 || status=$?
	test "$status" -eq 0 || diag "$(tail -n 30 "$scratch/log")"
	is "User-mode Linux: builds as a whole" "$status" 0
	is "User-mode Linux: without a warning" \
		"$(grep -E '(warning|error):' "$scratch/log")" ""
else
	skip "User-mode Linux" "it was not built with gcc"
fi

done_testing
