#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The kernel's own coccicheck with our rules, over folders of a real kernel: all
# modes report where there is something, none has an error or a warning, the
# diffs apply.  Prints TAP.
#
#   tests/coccicheck.sh VERSION [TREE]
. "$(dirname "$0")/cases/../lib.sh"
top=$(cd "$(dirname "$0")/.." && pwd)
. "$top/tests/linux-lib.sh"

tree=$(linux_tree "${1:-}" "${2:-}") || exit 2
echo "# linux $(linux_version "$tree") in $tree"

# make writes into the tree; the copy has to be on its file system to share its
# files.
copy=$(mktemp -d "$(dirname "$tree")/.coccicheck.XXXXXX") || exit 2
cleanup() { rm -rf "$scratch" "$copy"; }
copy_tree "$tree" "$copy/tree"

# Kernels before 6.13 choose the files by git grep, which must not take the
# repository around the copy for its own: it ignores the copy.
GIT_CEILING_DIRECTORIES=$copy
export GIT_CEILING_DIRECTORIES

modes="report org context patch"

# coccicheck RULE MODE FOLDER VARIABLES...: what it prints without its banner
# into $scratch/out, what spatch says on stderr into $scratch/err.
coccicheck()
{
	rule=$top/cocci/$1.cocci
	mode=$2
	folder=$3
	shift 3
	rm -f "$scratch/debug"
	status=0
	make -s -C "$copy/tree" coccicheck COCCI="$rule" MODE="$mode" \
		${folder:+M="$folder"} DEBUG_FILE="$scratch/debug" "$@" \
		>"$scratch/said" 2>"$scratch/err" || status=$?
	# The debug file begins with each command.  Kernels before 6.13 want git grep
	# to choose the files, which says so where the tree is no git tree.
	grep -v -e "^[^ ]*spatch -D " -e "^fatal: not a git repository" \
		-e "^[0-9]* files match$" "$scratch/debug" >>"$scratch/err"
	grep -v -e '^$' -e '^Please check for false' -e '^When using "patch"' \
		-e '^You have selected the "chain"' -e '^All available modes' \
		"$scratch/said" >"$scratch/out"
}

# What a place looks like in the output of a mode, as "LINE" of the old file.
places()
{
	case $1 in
	report)	grep -cE '^[^ ]+:[0-9]+:[0-9]+-[0-9]+: WARNING: ' "$2" ;;
	org)	grep -cE '^\* TODO \[\[view:.*::linb=[0-9]+' "$2" ;;
	*)	grep -cE '^-[^-]' "$2" ;;
	esac
}

# try RULE FOLDER: all modes; they have something to say, or none has.
try()
{
	name="$1 on $2"
	found=
	for mode in $modes; do
		coccicheck "$1" "$mode" "$2" J=2
		is "$name: $mode: status" "$status" 0
		is "$name: $mode: no error, no warning" \
			"$(cat "$scratch/err")" ""
		count=$(places "$mode" "$scratch/out")
		test "$count" -eq 0 || count=some
		found="$found $count"
		case $mode in
		report)	reported=$(places "$mode" "$scratch/out")
			cp "$scratch/out" "$scratch/report" ;;
		org)	is "$name: org: as many places as report" \
				"$(places org "$scratch/out")" "$reported" ;;
		patch)	cp "$scratch/out" "$scratch/diff" ;;
		esac
	done
	echo "# $name: $reported places"
	coccicheck "$1" report "$2" J=1
	LC_ALL=C sort "$scratch/out" >"$scratch/one"
	LC_ALL=C sort "$scratch/report" >"$scratch/two"
	same "$name: report: the same with J=1" "$scratch/one" "$scratch/two"
	test -s "$scratch/diff" || return 0
	ok "$name: the diff applies with git apply" sh -c \
		"cd '$copy/tree' && git apply --check '$scratch/diff'"
	ok "$name: the diff applies with patch -p1" sh -c \
		"cd '$copy/tree' && patch -s -f -p1 --dry-run <'$scratch/diff'"
}

# must RULE FOLDER: the same, where the kernel is known to have such places.
must()
{
	try "$1" "$2"
	is "$1 on $2: every mode finds something" "$found" \
		" some some some some"
}

must 02-kthread-worker-flags drivers/spi
must 03b-kthread-args-callers fs/smb
must 03b-kthread-args-callers drivers/target
for folder in drivers/spi fs/smb drivers/target; do
	try 08-filename-lookup-flags "$folder"
	try 10-path-lookups "$folder"
done
# What is there depends on the version.
if grep -q 'filename_mkdirat(' "$copy/tree/fs/namei.c" &&
		! grep -q 'filename_mkdirat(.*lookup_flags' "$copy/tree/fs/namei.c"
then
	must 08-filename-lookup-flags io_uring
else
	skip "08 on io_uring" "this kernel has no filename_mkdirat()"
fi
if grep -q "[^_]filp_open(" "$copy/tree/init/initramfs.c" &&
		! grep -q scoped_with_init_fs "$copy/tree/init/initramfs.c"; then
	must 10-path-lookups init
	like "10 on init: the chain of the initrd" "$scratch/report" \
		'initramfs\.c:.*\(do_populate_rootfs>populate_initrd_image\)'
else
	skip "10 on init" "init/initramfs.c opens nothing, or in a scope"
fi

# The other ways to call it.
for mode in chain rep+ctxt; do
	coccicheck 02-kthread-worker-flags $mode drivers/spi
	is "$mode: status, no error" "$status $(cat "$scratch/err")" "0 "
	ok "$mode: something is found" test -s "$scratch/out"
done
coccicheck 02-kthread-worker-flags report drivers/spi J=2 \
	SPFLAGS="--jobs 1 --timeout 60"
is "SPFLAGS: status, no error" "$status $(cat "$scratch/err")" "0 "
is "SPFLAGS: as many places" "$(places report "$scratch/out")" 1
if grep -q "get_fs_root(init_task" "$copy/tree/net/unix/af_unix.c"; then
	coccicheck 10-path-lookups report net/unix J=2 \
		SPFLAGS="--macro-file-builtins $top/cocci/macros.h"
	is "our macros: status, no error" "$status $(cat "$scratch/err")" "0 "
	like "our macros: a function that spatch cannot parse without them" \
		"$scratch/out" 'af_unix\.c:.*use init_root\(\)'
else
	skip "our macros" "net/unix/af_unix.c does not take init's root"
fi
coccicheck 02-kthread-worker-flags report drivers/spi V=1
is "V=1: status, no error" "$status $(cat "$scratch/err")" "0 "
like "V=1: the proposed message" "$scratch/out" \
	'^ kthread: remove unused flags argument from kthread worker'
like "V=1: what it does not see" "$scratch/out" '^ Calls whose flags argument'

# Installed, with no COCCI, it is one of coccicheck's own.
make -s -C "$top" install-coccicheck TREE="$copy/tree" >"$scratch/installed"
is "installed: all" "$(wc -l <"$scratch/installed")" \
	"$(grep -l '^virtual report$' "$top"/cocci/*.cocci | wc -l)"
rm -rf "$copy/others"
mkdir "$copy/others"
for file in "$copy"/tree/scripts/coccinelle/*; do
	test "${file##*/}" = kthread || mv "$file" "$copy/others"
done
status=0
make -s -C "$copy/tree" coccicheck MODE=report M=drivers/spi \
	DEBUG_FILE="$scratch/debug-all" >"$scratch/out" 2>"$scratch/err" ||
	status=$?
is "installed: status, no error" "$status $(cat "$scratch/err")" "0 "
is "installed: it runs with the others" "$(places report "$scratch/out")" 1
mv "$copy"/others/* "$copy/tree/scripts/coccinelle"
make -s -C "$top" uninstall-coccicheck TREE="$copy/tree" >/dev/null
is "uninstalled: scripts/ is as before" \
	"$(cd "$copy/tree" && find scripts/coccinelle | LC_ALL=C sort)" \
	"$(cd "$tree" && find scripts/coccinelle | LC_ALL=C sort)"

done_testing
