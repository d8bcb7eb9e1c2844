#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# All steps over a real kernel, in order, each on what the others left: every
# one applies, leaves nothing, does nothing the second time, and adds nothing
# that checkpatch did not say of the old lines.  Prints TAP.
#
#   tests/linux-steps.sh VERSION [TREE]
. "$(dirname "$0")/cases/../lib.sh"
top=$(cd "$(dirname "$0")/.." && pwd)
PROGRAM=$top/build/kthread-cocci
. "$top/tests/linux-lib.sh"

tree=$(linux_tree "${1:-}" "${2:-}") || exit 2
version=$(linux_version "$tree")
facts=$top/expected/linux-$version.tsv
echo "# linux $version in $tree: all steps"

# The copy has to be on the file system of the tree to share its files.
copy=$(mktemp -d "$(dirname "$tree")/.converted.XXXXXX") || exit 2
cleanup() { rm -rf "$scratch" "$copy"; }
: >"$scratch/stamp"

# changed DIFF: the files of a diff, sorted.
changed() { git apply --numstat "$1" | cut -f 3- | sort; }

# The whole series at once.
run -j 2 -C "$tree" patch
is "patch: status" "$status" 0
is "patch: nothing is left" "$(cat "$scratch/stderr")" ""
mv "$scratch/stdout" "$scratch/series"
run -j 1 -C "$tree" patch
same "patch: the same bytes for -j 1 and -j 2" "$scratch/stdout" \
	"$scratch/series"
run -C "$tree" patch --no-slice
same "patch: the same bytes from whole files" "$scratch/stdout" \
	"$scratch/series"
status=0
LC_ALL=C.UTF-8 TZ=Asia/Tokyo "$PROGRAM" -C "$tree" patch \
	>"$scratch/stdout" 2>"$scratch/stderr" || status=$?
same "patch: the same bytes in another locale" "$scratch/stdout" \
	"$scratch/series"
is "patch: the tree is untouched" \
	"$(find "$tree" -newer "$scratch/stamp" | head)" ""
ok "the diff applies with git apply" \
	sh -c "cd '$tree' && git apply --check '$scratch/series'"
is "no line of nothing but white space is added" \
	"$(grep -nE '^\+[[:blank:]]+$' "$scratch/series")" ""

# Step by step, the optional one last: it converts what the others leave alone.
"$PROGRAM" -C "$tree" steps >"$scratch/all"
awk '!/\(optional\)$/ && !/ not for this tree / { print $1 }' "$scratch/all" \
	>"$scratch/steps"
awk '/\(optional\)$/ { print $1 }' "$scratch/all" >>"$scratch/steps"
copy_tree "$tree" "$copy/tree"
: >"$scratch/facts"
while read -r step; do
	# What a step needs may be of one that is not for this tree.
	state=$("$PROGRAM" -C "$copy/tree" steps | grep "^$step ")
	case $state in
	*" applies "*) ;;
	*)
		echo "# $state"
		continue
		;;
	esac
	run -C "$copy/tree" patch "$step"
	is "$step: patch: status" "$status" 0
	is "$step: patch: nothing is left" "$(cat "$scratch/stderr")" ""
	mv "$scratch/stdout" "$scratch/$step.diff"
	run -C "$copy/tree" patch --no-slice "$step"
	same "$step: patch: the same bytes from whole files" "$scratch/stdout" \
		"$scratch/$step.diff"
	changed "$scratch/$step.diff" >"$scratch/$step.files"
	printf '%s\t%s\n' "$step" "$(wc -l <"$scratch/$step.files")" \
		>>"$scratch/facts"

	# The old lines, for checkpatch.
	mkdir -p "$scratch/a" "$scratch/b"
	(cd "$copy/tree" && tar -cf - -T "$scratch/$step.files") |
		tar -xf - -C "$scratch/a"
	run -C "$copy/tree" apply "$step"
	is "$step: apply: status" "$status" 0
	(cd "$copy/tree" && tar -cf - -T "$scratch/$step.files") |
		tar -xf - -C "$scratch/b"
	(cd "$scratch/a" && patch -s -f -p1 <"$scratch/$step.diff")
	ok "$step: apply does what the diff says" \
		diff -r "$scratch/a" "$scratch/b"
	run -C "$copy/tree" audit "$step"
	is "$step: audit: nothing is left" \
		"$status$(cat "$scratch/stdout" "$scratch/stderr")" 0
	run -C "$copy/tree" patch "$step"
	is "$step: a second patch is empty" \
		"$(cat "$scratch/stdout" "$scratch/stderr")" ""
	(cd "$scratch/a" && patch -s -f -R -p1 <"$scratch/$step.diff")
	linux_checkpatch "$tree" "$scratch" "$step"
	rm -rf "$scratch/a" "$scratch/b"
	like "$step: changes files" "$scratch/facts" "^$step.[1-9]"
done <"$scratch/steps"

# At the end, the series as a whole is there, and a second one is nothing.
run -C "$copy/tree" steps
unlike "steps: nothing applies any more" "$scratch/stdout" ' applies '
unlike "steps: none needs another one" "$scratch/stdout" ' needs [01]'
is "steps: what is not for this tree has its reason in the tree's code" \
	"$(grep ' not for this tree ' "$scratch/stdout" |
		grep -vE ' (the tree (has|does not define)|[a-z_]+ has no) ')" ""
: >"$scratch/stamp.2"
run -q -C "$copy/tree" apply
is "a second apply changes nothing" \
	"$status $(find "$copy/tree" -newer "$scratch/stamp.2" | head)" "0 "
if grep -q '^10b*-' "$scratch/facts"; then
	run -C "$copy/tree" contexts --format=tsv --verdict=kthread,mixed
	is "contexts: no lookup is left in kernel-thread context" \
		"$(sed 1d "$scratch/stdout")" ""
fi

# Facts that were recorded for exactly this kernel.
if test -f "$facts"; then
	is "facts of $version: the steps that are for it" \
		"$(cut -f 1 "$scratch/facts" | sort | paste -sd ' ')" \
		"$(grep -v '^#' "$facts" | cut -f 1 | sort | paste -sd ' ')"
	while IFS='	' read -r step files; do
		is "facts of $version: $step: files changed" "$files" \
			"$(awk -F '\t' -v s="$step" '$1 == s { print $2 }' "$facts")"
	done <"$scratch/facts"
else
	skip "facts" "none are recorded for $version"
	sed 's/^/# /' "$scratch/facts"
fi

done_testing
