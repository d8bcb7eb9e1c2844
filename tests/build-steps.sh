#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Every commit must build: User-mode Linux (defconfig with an initramfs and
# KUnit) is built before the steps and after each of them, in one build folder,
# and no step may bring a warning.  Prints TAP.  KCC is the compiler, e.g.
# KCC='ccache gcc'.
#
#   tests/build-steps.sh VERSION [TREE]
. "$(dirname "$0")/cases/../lib.sh"
top=$(cd "$(dirname "$0")/.." && pwd)
PROGRAM=$top/build/kthread-cocci
. "$top/tests/linux-lib.sh"

tree=$(linux_tree "${1:-}" "${2:-}") || exit 2
version=$(linux_version "$tree")
echo "# linux $version in $tree: User-mode Linux after every step"

# The copy has to be on the file system of the tree to share its files.
copy=$(mktemp -d "$(dirname "$tree")/.converted.XXXXXX") || exit 2
# shellcheck disable=SC2154 # lib.sh sets scratch
cleanup() { rm -rf "$scratch" "$copy"; }
copy_tree "$tree" "$copy/tree"
out=$copy/um
mkdir "$out"

uml() { make -C "$copy/tree" ARCH=um O="$out" CC="${KCC:-gcc}" "$@"; }

# build NAME: the kernel; its warnings go to $scratch/NAME.
build()
{
	status=0
	uml -j "$(nproc)" >"$scratch/log" 2>&1 || status=$?
	grep -E '(warning|error):' "$scratch/log" | sort -u >"$scratch/$1"
	return $status
}

uml defconfig >"$scratch/log" 2>&1
"$copy/tree/scripts/config" --file "$out/.config" -e BLK_DEV_INITRD -e KUNIT \
	-e INITRAMFS_TEST -e TEST_MISC_MINOR
uml olddefconfig >>"$scratch/log" 2>&1
ok "before the steps it builds" build before

"$PROGRAM" -C "$tree" steps |
	awk '!/\(optional\)$/ && !/ not for this tree / { print $1 }
	/^03b/ { last = $1 } END { print last }' >"$scratch/steps"
while read -r step; do
	run -q -C "$copy/tree" apply "$step"
	is "$step: apply: status" "$status" 0
	ok "$step: it builds" build after
	# Lines move, so warnings are compared without their numbers.
	for file in before after; do
		sed 's/:[0-9]*:[0-9]*:/:/' "$scratch/$file" | sort \
			>"$scratch/$file.plain"
	done
	is "$step: no new warning" "$(comm -13 "$scratch/before.plain" \
		"$scratch/after.plain")" ""
done <"$scratch/steps"

done_testing
