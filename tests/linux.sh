#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The steps over a real kernel: not what the diff looks like, but what must be
# true of it.  Prints TAP.
#
#   tests/linux.sh VERSION [TREE]
. "$(dirname "$0")/cases/../lib.sh"
top=$(cd "$(dirname "$0")/.." && pwd)
PROGRAM=$top/build/kthread-cocci
. "$top/tests/linux-lib.sh"

tree=$(linux_tree "${1:-}" "${2:-}") || exit 2
version=$(linux_version "$tree")
step=02-kthread-worker-flags
echo "# linux $version in $tree"

# The copy has to be on the file system of the tree to share its files.
copy=$(mktemp -d "$(dirname "$tree")/.converted.XXXXXX") || exit 2
cleanup() { rm -rf "$scratch" "$copy"; }
stamp=$scratch/stamp
: >"$stamp"

# The same questions asked with grep, which knows nothing of our scanner.
api='kthread_(create|run)_worker(_on_cpu|_on_node)?'
old_calls()
{
	(cd "$1" && grep -rnE --include='*.[ch]' \
		"(^|[^_[:alnum:]])$api\((0|[a-z_]+, 0)," .)
}
named_files()
{
	(cd "$1" && grep -rlE --include='*.[ch]' \
		"(^|[^_[:alnum:]])$api\(|KTW_FREEZABLE" . | sed 's|^\./||' | sort)
}

run -C "$tree" steps
like "the step applies" "$scratch/stdout" "^$step +applies "

run -j 1 -C "$tree" patch $step
is "patch: status" "$status" 0
is "patch: nothing is left" "$(cat "$scratch/stderr")" ""
mv "$scratch/stdout" "$scratch/diff"
run -j 2 -C "$tree" patch $step
same "patch: the same bytes for -j 1 and -j 2" "$scratch/stdout" "$scratch/diff"
run -C "$tree" patch --no-slice $step
same "patch: the same bytes from whole files" "$scratch/stdout" "$scratch/diff"
status=0
LC_ALL=C.UTF-8 TZ=Asia/Tokyo "$PROGRAM" -C "$tree" patch $step \
	>"$scratch/stdout" 2>"$scratch/stderr" || status=$?
same "patch: the same bytes in another locale" "$scratch/stdout" "$scratch/diff"
is "patch: the tree is untouched" "$(find "$tree" -newer "$stamp" | head)" ""

git apply --numstat "$scratch/diff" | cut -f 3- >"$scratch/changed"
changed=$(wc -l <"$scratch/changed")
named_files "$tree" >"$scratch/named"
# A file that names the API may have nothing to convert: then it has no call.
is "every file that calls or defines the API is changed" \
	"$(LC_ALL=C sort "$scratch/changed" | comm -13 - "$scratch/named")" ""
ok "the diff applies with git apply" \
	sh -c "cd '$tree' && git apply --check '$scratch/diff'"
ok "the diff applies with patch -p1" \
	sh -c "cd '$tree' && patch -s -f -p1 --dry-run <'$scratch/diff'"

copy_tree "$tree" "$copy/tree"
run -C "$copy/tree" apply $step
is "apply: status" "$status" 0
like "apply: as many files as in the diff" "$scratch/stderr" \
	"^kthread-cocci: $changed files written\$"

mkdir "$scratch/a"
(cd "$tree" && tar -cf - -T "$scratch/changed") | tar -xf - -C "$scratch/a"
(cd "$scratch/a" && patch -s -f -p1 <"$scratch/diff")
while read -r file; do
	cmp "$scratch/a/$file" "$copy/tree/$file"
done <"$scratch/changed" >"$scratch/differ" 2>&1
is "apply: the same as the diff" "$(cat "$scratch/differ")" ""

is "grep: no call passes 0" "$(old_calls "$copy/tree")" ""
is "grep: no KTW_FREEZABLE" \
	"$(grep -rn --include='*.[ch]' KTW_FREEZABLE "$copy/tree")" ""
is "grep: no @flags: of a worker" "$(grep -nE 'flags modifying' \
	"$copy/tree/include/linux/kthread.h" "$copy/tree/kernel/kthread.c")" ""
is "grep: no flags in struct kthread_worker" "$(sed -n \
	'/^struct kthread_worker {/,/^}/p' "$copy/tree/include/linux/kthread.h" |
	grep flags)" ""

run -C "$copy/tree" audit $step
is "audit: status" "$status" 0
is "audit: nothing is left" "$(cat "$scratch/stdout" "$scratch/stderr")" ""
run -C "$copy/tree" steps
like "steps: already there" "$scratch/stdout" "^$step +already there "
run -C "$copy/tree" patch $step
is "a second patch is empty" "$(cat "$scratch/stdout" "$scratch/stderr")" ""
: >"$stamp.2"
run -q -C "$copy/tree" apply $step
is "a second apply changes nothing" \
	"$status $(find "$copy/tree" -newer "$stamp.2" | head)" "0 "

mkdir "$scratch/b"
(cd "$copy/tree" && tar -cf - -T "$scratch/changed") |
	tar -xf - -C "$scratch/b"
(cd "$tree" && tar -cf - -T "$scratch/changed") |
	tar -xf - -C "$scratch/a" --overwrite
mv "$scratch/diff" "$scratch/$step.diff"
linux_checkpatch "$tree" "$scratch" "$step"

# Facts that were recorded for exactly this kernel.
facts=$top/expected/linux-$version.tsv
if test -f "$facts"; then
	calls=$(old_calls "$tree" | wc -l)
	is "facts of $version: files changed and calls converted" \
		"$changed $calls" \
		"$(awk -F '\t' -v s=$step '$1 == s { print $2, $3 }' "$facts")"
else
	skip "facts" "none are recorded for $version (changed $changed, calls $(old_calls "$tree" | wc -l))"
fi

done_testing
