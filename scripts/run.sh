#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The main job on one tree: what applies, the diff, what is left, and the path
# lookups that kernel threads reach.
#
#   scripts/run.sh [TREE]
#
# Without TREE it works on tests/linux-mini, which holds code that no tool can
# convert, on purpose; there, files that could not be processed are no error.
# With TREE the exit status is that of "kthread-cocci patch".

set -eu

top=$(cd "$(dirname "$0")/.." && pwd)
program=${PROGRAM:-$top/build/kthread-cocci}
tree=${1:-$top/tests/linux-mini}
left=$(mktemp)
trap 'rm -f "$left"' EXIT

echo "# steps for $tree"
"$program" -C "$tree" steps
echo "# the diff"
status=0
"$program" -C "$tree" patch 2>"$left" || status=$?
if test -s "$left"; then
	echo "# left for a human, and why"
	cat "$left"
fi

echo "# path lookups in kernel-thread context"
"$program" -C "$tree" contexts --verdict=kthread,mixed

case $status in
0)	echo "# done, nothing is left (status 0)" ;;
1)	echo "# done, the places above are left (status 1)" ;;
3)	echo "# done, but some places could not be processed (status 3)" ;;
*)	exit "$status" ;;
esac
test $# -eq 0 || exit "$status"
