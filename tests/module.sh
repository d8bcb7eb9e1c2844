#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# tests/module against a real kernel: reported, converted and built with the
# kernel's headers.
#
#   tests/module.sh VERSION [TREE]
#
# Where the kernel isolates its threads the module is converted for it; where it
# can (7.2), all steps are applied to a copy of it first.  A kernel that cannot
# (6.1, 6.12) gets what was converted for a newer one with --compat, in both
# dialects.
#
# Prints TAP.  build/module/VERSION keeps the prepared headers.
. "$(dirname "$0")/cases/../lib.sh"
top=$(cd "$(dirname "$0")/.." && pwd)
PROGRAM=$top/build/kthread-cocci
. "$top/tests/linux-lib.sh"

tree=$(linux_tree "${1:-}" "${2:-}") || exit 2
version=$(linux_version "$tree")
work=$top/build/module/${1:-$version}
mkdir -p "$work"
cd "$scratch" || exit 2
echo "# linux $version in $tree"

# User-mode Linux needs no tools of the kernel's build but a compiler.
prepare()
{
	kernel=$1
	headers=$2
	# What is kept may be of another folder, which is gone.
	grep -qsxF "include $(cd "$kernel" && pwd -P)/Makefile" "$headers/Makefile" &&
		test -e "$headers/scripts/module.lds" && return
	rm -rf "$headers"
	mkdir -p "$headers"
	printf 'CONFIG_%s=y\n' 64BIT MODULES PROC_FS BLOCK PRINTK >config
	for target in allnoconfig modules_prepare; do
		make -s -C "$kernel" ARCH=um SUBARCH=x86_64 O="$headers" \
			KCONFIG_ALLCONFIG="$scratch/config" $target || return
	done
}

# build NAME FOLDER: all of the module, and the symbols that it wants.
build()
{
	make -s -C "$headers" ARCH=um SUBARCH=x86_64 M="$scratch/$2" \
		KBUILD_MODPOST_WARN=1 KCFLAGS=-Werror modules >"$2.log" 2>&1 &&
		nm -u "$2"/*.ko | awk '$1 == "U" { print $2 }' | sort -u \
			>"$2.symbols" &&
		test -s "$2.symbols"
	ok "$1" test $? -eq 0
	test -s "$2.symbols" || diag "$2.log"
}

# convert FOLDER KERNEL ARGS...: a copy of the module, converted for KERNEL.
convert()
{
	folder=$1
	shift
	rm -rf "$folder"
	cp -a "$top/tests/module" "$folder"
	kernel=$1
	shift
	run -q -C "$folder" --kernel "$kernel" apply "$@"
	is "$folder: apply: status" "$status$(cat stderr)" 0
	run -q -C "$folder" --kernel "$kernel" patch "$@"
	is "$folder: nothing is left to do" "$status$(cat stdout stderr)" 0
	run -q -C "$folder" --kernel "$kernel" check
	is "$folder: check" "$status$(cat stdout stderr)" 0
}

# Two small kernels, with the scope and with LOOKUP_IN_INIT.
cp -a "$top/tests/linux-mini-7.3" scoped
cp -a "$top/tests/linux-mini" init
cp -a "$top/tests/module-kernel/." scoped
cp -a "$top/tests/module-kernel/." init
"$PROGRAM" -q -C init apply 2>/dev/null

review()
{
	start=$(date +%s.%N)
	run -C "$top/tests/module" --kernel "$1" contexts --format=tsv
	awk -v "start=$start" -v "end=$(date +%s.%N)" -v "what=$2" \
		'BEGIN { printf "# contexts: %.1f s %s\n", end - start, what }'
	sed '/^status: /d' "$top/expected/module/$3.contexts" >review
	same "contexts, $2: as on the small kernel" stdout review
}

# same_as_small FOLDER DIALECT ARGS...: the small kernel leads to the same files.
same_as_small()
{
	ours=$1
	dialect=$2
	shift 2
	convert "small-$ours" "$scratch/$dialect" "$@"
	(cd "small-$ours" && find . -name '*.[ch]') >names
	while read -r file; do
		cmp "$ours/$file" "small-$ours/$file"
	done <names >differ 2>&1
	is "$ours: as for the small kernel" \
		"$(wc -l <names) files$(cat differ)" \
		"$(wc -l <names) files"
	ok "$ours: and there are some" grep -q plain/plain.c names
}

# exported FOLDER KERNEL: the symbols that the conversion brought can be had.
exported()
{
	comm -13 untouched.symbols "$1.symbols" >new
	while read -r symbol; do
		ok "$1: the kernel exports $symbol" grep -rqE \
			"EXPORT_SYMBOL(_GPL)?\\($symbol\\)" "$2/fs" \
			"$2/kernel" "$2/init" "$2/block" "$2/arch/um"
	done <new
}

# isolating KERNEL DIALECT: convert for this kernel, and build with its headers.
isolating()
{
	convert converted "$1"
	build "converted: builds" converted
	exported converted "$1"
	same_as_small converted "$2"
	convert compat "$1" --compat
	build "converted with --compat: builds" compat
	exported compat "$1"
	same_as_small compat "$2" --compat
}

if grep -q scoped_with_init_fs "$tree/include/linux/fs_struct.h"; then
	dialect=scoped
	newer=$tree
elif test -e "$tree/fs/nullfs.c"; then
	dialect=init
	newer=$scratch/newer
	copy_tree "$tree" newer
	run -q -C newer apply
	is "the kernel's own conversion: status" "$status" 0
else
	dialect=
	newer=$tree
fi

prepare "$newer" "$work/headers" >prepare.log 2>&1
ok "the headers of $version are prepared" \
	test -e "$work/headers/scripts/module.lds"
diag prepare.log
cp -a "$top/tests/module" untouched
build "the untouched module builds" untouched
review "$newer" "no cache" scoped
review "$newer" "the kernel's index is cached" scoped

if test -n "$dialect"; then
	isolating "$newer" $dialect
else
	for dialect in scoped init; do
		convert $dialect-compat "$scratch/$dialect" --compat
		build "$dialect with --compat: builds on $version" $dialect-compat
		convert $dialect-only "$scratch/$dialect"
		make -s -C "$headers" ARCH=um SUBARCH=x86_64 \
			M="$scratch/$dialect-only" KBUILD_MODPOST_WARN=1 \
			modules >log 2>&1
		not_ok "$dialect without it: does not" test $? -eq 0
		like "$dialect without it: for the names that are not there" log \
			'(scoped_with_init_fs|LOOKUP_IN_INIT|file_open_init).*undeclared|implicit declaration of function .*(scoped_with_init_fs|file_open_init|tsk_is_kthread)'
		is "$dialect: --compat wants nothing new of $version" \
			"$(comm -13 untouched.symbols $dialect-compat.symbols)" ""
	done
fi

# A kernel's folder without its sources: what its headers tell is enough.
if test "$dialect" = scoped && test "$newer" = "$tree"; then
	mkdir headers-only
	cp -a "$tree/include" headers-only/
	cp -a "$top/tests/module" bare
	run -q -C bare --kernel headers-only apply
	is "headers alone: apply: status" "$status" 0
	ok "headers alone: the same conversion" \
		diff -r -x '*.mod' -x '*.mod.c' -x '*.o' -x '*.ko' -x '.*' \
		-x 'modules.order' -x Module.symvers bare converted
fi

done_testing
