#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Write what the program gives for tests/module on small kernels into a folder:
# what module.t compares and "make update-expected" accepts.  "scoped" is a
# kernel with the scope, "init" one that all steps were applied to.
#
#   tests/module-golden.sh FOLDER

set -eu

top=$(cd "$(dirname "$0")/.." && pwd)
program=${PROGRAM:-$top/build/kthread-cocci}
mkdir -p "$1"
out=$(cd "$1" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
cp -a "$top/tests/linux-mini-7.3" scoped
cp -a "$top/tests/linux-mini" init
for kernel in scoped init; do
	cp -a "$top/tests/module-kernel/." $kernel
done
"$program" -q -C init apply 2>/dev/null || :

# run NAME ARGS...: stdout, then stderr and the exit status, into NAME.
run()
{
	name=$1
	shift
	status=0
	"$program" -C module --kernel "$kernel" "$@" >"$out/$kernel.$name" \
		2>stderr || status=$?
	sed 's/^/stderr: /' stderr >>"$out/$kernel.$name"
	echo "status: $status" >>"$out/$kernel.$name"
}

for kernel in scoped init; do
	rm -rf module
	cp -a "$top/tests/module" module
	run contexts contexts --no-cache --format=tsv
	run steps steps
	run check check --no-cache
	run patch patch
	run compat patch --compat
	run apply apply --compat
	run again apply --compat
	run left check --no-cache
done
