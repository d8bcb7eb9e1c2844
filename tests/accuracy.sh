#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Hold the direct calls that our scanner finds against those that gcc finds: a
# User-mode Linux defconfig kernel and its modules are compiled with
# -fcallgraph-info, and each call gcc has seen must be among our records.
#
#   tests/accuracy.sh VERSION [TREE [PERCENT]]     JOBS=2 EDGES=FILE
#
# Prints TAP, and fails below PERCENT (99.5).  EDGES is used in place of what
# "kthread-cocci index --edges" prints.  build/accuracy/VERSION keeps
#   um           the objects, with gcc's calls beside them; used again
#   facts        file, line, callee, columns, object, where it is declared
#   edges        our records: file, line, caller, callee; a macro as "#name"
#   misses       what we have not, by reason, with examples
#   misses.tsv   all of it, one a line
. "$(dirname "$0")/cases/../lib.sh"
top=$(cd "$(dirname "$0")/.." && pwd)
PROGRAM=$top/build/kthread-cocci
. "$top/tests/linux-lib.sh"

tree=$(linux_tree "${1:-}" "${2:-}") || exit 2
tree=$(cd "$tree" && pwd -P)
version=$(linux_version "$tree")
percent=${3:-99.5}
jobs=${JOBS:-$(getconf _NPROCESSORS_ONLN)}
build=$top/build/accuracy/${1:-$version}
echo "# linux $version in $tree"

# What makes gcc show the calls of the source: nothing is inlined that need not
# be, no call is dropped because of what another function is known to do or to
# return, and none is merged with its like.  Without __OPTIMIZE__ the kernel's
# assertions that rely on inlining do not break the build.  The link does, which
# we do not need.
flags="-fcallgraph-info -fno-inline -fno-partial-inlining \
-fno-optimize-sibling-calls -fno-builtin \
-fno-ipa-cp -fno-ipa-bit-cp -fno-ipa-icf -fno-ipa-modref -fno-ipa-pure-const \
-fno-ipa-reference -fno-ipa-sra -fno-ipa-vrp \
-fno-code-hoisting -fno-thread-jumps -fno-tree-pre \
-fno-tree-switch-conversion -fno-tree-tail-merge -fno-tree-vrp \
-U__OPTIMIZE__ -g0 -w -Wno-error=return-type"

# kbuild ARGS...: the output goes to the log.
kbuild()
{
	nice make -C "$tree" ARCH=um "O=$build/um" -j "$jobs" "KCFLAGS=$flags" \
		"$@" >"$build/make.log" 2>&1 || {
		grep -E '(error:|\*\*\*)' "$build/make.log" || cat "$build/make.log"
		return 1
	}
}

# The facts from the .ci files, and what was dropped on the way.
facts()
{
	(cd "$build/um" && find . -name '*.ci') | sort >"$scratch/ci"
	perl "$top/tests/accuracy.pl" facts "$tree" "$build/um" \
		<"$scratch/ci" >"$build/facts.new" 2>"$scratch/counts" || {
		cat "$scratch/counts"
		return 1
	}
	mv "$build/facts.new" "$build/facts" && test -s "$build/facts"
}

mkdir -p "$build"
{
	echo "$tree"
	echo "$flags"
	gcc --version | head -n 1
} >"$scratch/made-of"
cmp -s "$scratch/made-of" "$build/made-of" ||
	rm -rf "$build/um" "$build/complete"
cp "$scratch/made-of" "$build/made-of"
if test -e "$build/complete"; then
	echo "accuracy.sh: $build/um is complete and used again" >&2
else
	echo "accuracy.sh: building $build/um, which takes minutes" >&2
fi
mkdir -p "$build/um"
test -f "$build/um/.config" || ok "UML: defconfig" kbuild defconfig
# Where all is there, this only compiles what has changed in the tree.
ok "UML: every object compiles" kbuild ./
if test "$tap_failed" -ne 0; then
	done_testing
	exit 1
fi
: >"$build/complete"

ok "gcc's calls" facts

if test -n "${EDGES:-}"; then
	edges=$EDGES
	echo "# our calls are those of $edges"
else
	edges=$build/edges
	# Status 1 says that something is left for a human, not a failure.
	status=0
	"$PROGRAM" -q -C "$tree" index --edges >"$edges" 2>"$scratch/stderr" ||
		status=$?
	ok "index --edges: status $status" test "$status" -le 1
	test "$status" -le 1 || diag "$scratch/stderr"
fi
ok "our calls" test -s "$edges"

if test "$tap_failed" -eq 0; then
	perl "$top/tests/accuracy.pl" compare "$tree" "$build/um" \
		"$build/facts" "$edges" "$build/misses" "$scratch/counts" \
		>"$scratch/table"
	is "compare: status" $? 0
	sed 's/^/# /' "$scratch/table"
	got=$(awk '/^percent/ { print $NF }' "$scratch/table")
	ok "$got% of gcc's direct calls are found, at least $percent%" \
		awk "BEGIN { exit !(${got:-0} >= $percent) }"
	echo "# the misses: $build/misses"
fi

done_testing
