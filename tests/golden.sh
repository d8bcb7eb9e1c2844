#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Write what one step gives on one fixture tree into a folder: what the golden
# tests compare and "make update-expected" accepts.  TREE is what the
# steps before it leave.  MODES=no leaves out coccicheck's modes.
#
#   tests/golden.sh TREE STEP FOLDER

set -eu

top=$(cd "$(dirname "$0")/.." && pwd)
program=${PROGRAM:-$top/build/kthread-cocci}
tree=$1
step=$2
mkdir -p "$3"
out=$(cd "$3" && pwd)
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cp -a "$tree" "$copy/tree"
cp -a "$tree" "$copy/before"

# run FILE ARGS...: stdout, then stderr and the exit status, into FILE.
run()
{
	file=$1
	shift
	status=0
	"$program" -C "$copy/tree" "$@" >"$out/$file" 2>"$copy/stderr" ||
		status=$?
	sed 's/^/stderr: /' "$copy/stderr" >>"$out/$file"
	echo "status: $status" >>"$out/$file"
}

# The diff alone, for "git apply" and for reading.
"$program" -C "$copy/tree" patch "$step" >"$out/diff" 2>/dev/null || :
run 1-steps steps
run 2-audit audit "$step"
run 3-apply apply "$step"
run 4-steps steps
run 5-audit audit "$step"
run 6-patch patch "$step"

test "${MODES:-yes}" = yes || exit 0

# What a maintainer sees who runs the rule through coccicheck on the files that
# it changes.
for mode in report org context; do
	(
		cd "$copy/before"
		git -c core.quotePath=false apply --numstat "$out/diff" |
			cut -f 3- | grep '\.c$' | grep -v nasty |
		while read -r file; do
			spatch --very-quiet --no-includes --include-headers \
				-D "$mode" --macro-file-builtins \
				"$top/cocci/macros.h" \
				--sp-file "$top/cocci/$step.cocci" "$file"
		done
	) 2>&1 | sed 's|^+++ /.*|+++|' >"$out/mode-$mode"
done
