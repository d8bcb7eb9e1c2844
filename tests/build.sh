#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Compile what the steps change in a real kernel: a User-mode Linux defconfig
# kernel as a whole, and every touched object under x86 allmodconfig.  A source
# that another one includes is compiled as part of that one.  Prints TAP: an
# object that no configuration here builds is a skip with its reason.
#
#   tests/build.sh VERSION [TREE]
. "$(dirname "$0")/cases/../lib.sh"
top=$(cd "$(dirname "$0")/.." && pwd)
PROGRAM=$top/build/kthread-cocci
. "$top/tests/linux-lib.sh"

tree=$(linux_tree "${1:-}" "${2:-}") || exit 2
echo "# linux $(linux_version "$tree") in $tree"
work=$(mktemp -d "$(dirname "$tree")/.build.XXXXXX") || exit 2
cleanup() { rm -rf "$scratch" "$work"; }
copy=$work/tree
jobs=$(getconf _NPROCESSORS_ONLN)

copy_tree "$tree" "$copy"
"$PROGRAM" -q -C "$tree" patch >"$scratch/diff"
run -q -C "$copy" apply
is "apply: status" "$status" 0
git apply --numstat "$scratch/diff" | cut -f 3- >"$scratch/changed"

# kbuild OUTPUT ARGS...
kbuild()
{
	output=$1
	shift
	make -C "$copy" "O=$output" -j "$jobs" "$@"
}

warnings() { grep -E '(warning|error):' "$1"; }

ok "UML: defconfig" kbuild "$work/um" ARCH=um defconfig
ok "UML: builds" sh -c "make -C '$copy' ARCH=um O='$work/um' -j $jobs \
	>'$scratch/um.log' 2>&1 || { tail -n 30 '$scratch/um.log'; exit 1; }"
is "UML: without a warning" "$(warnings "$scratch/um.log")" ""
rm -rf "$work/um"

# units FILE: the sources that are compiled to compile FILE: itself, or those
# above it that include it.
units()
{
	name=$(basename "$1")
	found=
	for includer in $(cd "$copy" && grep -rlE --include='*.c' \
		"^#[[:space:]]*include \"([^\"]*/)?$name\"" \
		"$(echo "$1" | cut -d/ -f1)"); do
		# Other files may have the same name.
		included=$(sed -n "s|^#[[:space:]]*include \"\(.*$name\)\".*|\1|p" \
			"$copy/$includer" | head -n 1)
		path=$(realpath -m --relative-to="$copy" \
			"$copy/$(dirname "$includer")/$included")
		test "$path" != "$1" || found="$found $includer"
	done
	echo "${found:-$1}"
}

# is_compiled FILE OBJECT: is the source among what the object was made of?
is_compiled()
{
	command=$work/x86/$(dirname "$2")/.$(basename "$2").cmd
	test -f "$work/x86/$2" && grep -qF "$1" "$command"
}

ok "x86: allmodconfig" kbuild "$work/x86" allmodconfig
: >"$scratch/objects"
grep '\.c$' "$scratch/changed" | while read -r file; do
	for unit in $(units "$file"); do
		echo "$file ${unit%.c}.o"
	done
done >"$scratch/objects"
# shellcheck disable=SC2046 # one word per object
kbuild "$work/x86" -k $(cut -d' ' -f2 "$scratch/objects" | sort -u) \
	>"$scratch/x86.log" 2>&1
compiled=0
while read -r file object; do
	if is_compiled "$file" "$object"; then
		compiled=$((compiled + 1))
		echo "ok $((number += 1)) - x86: $file is compiled in $object"
	elif test -f "$work/x86/$object"; then
		skip "x86: $file" "$object does not have it in x86 allmodconfig"
	elif grep -qE "(No rule to make target|Nothing to be done for).*$object" \
		"$scratch/x86.log"; then
		skip "x86: $file" "not built by x86 allmodconfig"
	else
		failed=$((failed + 1))
		echo "not ok $((number += 1)) - x86: $object"
		grep -F "${object%.o}" "$scratch/x86.log" | head -n 5 |
			sed 's/^/# /'
	fi
done <"$scratch/objects"
is "x86: without a warning" "$(warnings "$scratch/x86.log")" ""
echo "# x86: $compiled of $(wc -l <"$scratch/objects") objects compiled"

done_testing
