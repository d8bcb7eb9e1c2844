#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The series of a real kernel: as a branch and as mails, then again after
# changes of the kinds that a rebase brings.  With BUILD=yes every commit of
# both is built as User-mode Linux by git rebase --exec; KCC is the compiler,
# e.g. KCC='ccache gcc'.  Prints TAP.
#
#   tests/series.sh VERSION [TREE]
# shellcheck disable=SC2016 # the programs of awk expand their own
. "$(dirname "$0")/cases/../lib.sh"
top=$(cd "$(dirname "$0")/.." && pwd)
PROGRAM=$top/build/kthread-cocci
. "$top/tests/linux-lib.sh"

tree=$(linux_tree "${1:-}" "${2:-}") || exit 2
version=$(linux_version "$tree")
echo "# linux $version in $tree: the series"

copy=$(mktemp -d "$(dirname "$tree")/.series.XXXXXX") || exit 2
# shellcheck disable=SC2154 # lib.sh sets scratch
cleanup() { rm -rf "$scratch" "$copy"; }
repo=$copy/repo
mkdir "$repo"
copy_tree "$tree" "$repo"

in_repo() { git -C "$repo" "$@"; }

# commit MESSAGE: all changes of the work tree.
commit() { in_repo commit -q -a -m "$1"; }

in_repo init -q -b main .
in_repo config user.name 'A. Developer'
in_repo config user.email dev@example.org
in_repo config gc.auto 0
in_repo add -A -f
in_repo commit -q -m "Linux $version"

# build BRANCH BASE: every commit, in a work tree of its own.
build()
{
	in_repo worktree add -q --detach "$copy/build" "$1"
	mkdir "$copy/um"
	make="make -s -C $copy/build ARCH=um O=$copy/um"
	$make allnoconfig >/dev/null
	"$copy/build/scripts/config" --file "$copy/um/.config" -e 64BIT -e PRINTK \
		-e BLOCK -e BLK_DEV_INITRD -e NET -e UNIX -e INET -e NFS_FS \
		-e BTRFS_FS -e KUNIT -e INITRAMFS_TEST -e TEST_MISC_MINOR \
		-e COREDUMP -e ELF_CORE -e BINFMT_ELF -e SYSFS -e PROC_FS \
		-e FW_LOADER -e IO_URING -e TMPFS -e SECURITY -e MULTIUSER
	$make olddefconfig >/dev/null
	cat >"$copy/build-one" <<-SCRIPT
		#!/bin/sh
		$make -j $(nproc) CC='${KCC:-gcc}' >"$copy/log" 2>&1 || exit 1
		! grep 'warning:' "$copy/log"
	SCRIPT
	chmod +x "$copy/build-one"
	ok "every commit of $1 builds, without a warning" \
		git -C "$copy/build" rebase --exec "$copy/build-one" "$2"
	test "$tap_failed" -eq 0 || diag "$copy/log"
	in_repo worktree remove --force "$copy/build"
	rm -rf "$copy/um"
}

# --- a branch

start=$(date +%s)
run -q -C "$repo" series --branch series
echo "# series --branch: $(($(date +%s) - start)) s"
is "series --branch: status" "$status" 0
wc -l <"$scratch/stdout" | sed 's/^/# commits: /'
in_repo log --format=%B main..series >"$scratch/messages"
is "no line of a message has more than 75 columns" \
	"$(awk 'length > 75' "$scratch/messages")" ""
run -q -C "$tree" patch
grep -v '^index ' "$scratch/stdout" >"$scratch/patch"
in_repo -c diff.algorithm=myers diff --no-renames main series |
	grep -v '^index ' >"$scratch/diff"
same "the commits together are what patch prints" "$scratch/diff" "$scratch/patch"

# --- mails

run -q -C "$repo" series -o "$copy/mails"
is "series -o: status" "$status" 0
in_repo worktree add -q --detach "$copy/am" main
find "$copy/mails" -name '[0-9]*.patch' ! -name '0000-*' | sort |
	xargs cat >"$scratch/box"
ok "git am applies the mails" git -C "$copy/am" am -q "$scratch/box"
is "to the same tree" "$(git -C "$copy/am" rev-parse 'HEAD^{tree}')" \
	"$(in_repo rev-parse 'series^{tree}')"
in_repo worktree remove --force "$copy/am"
for mail in "$copy"/mails/[0-9]*.patch; do
	checkpatch "$tree" "$mail"
done >"$scratch/checkpatch"
sed 's/^/# checkpatch: /' "$scratch/checkpatch"

# --- what a rebase brings

# edit FILE COMMAND...: COMMAND makes the new text of the old.
edit()
{
	file=$repo/$1
	shift
	"$@" <"$file" >"$scratch/edited" || return
	rm "$file"
	cp "$scratch/edited" "$file"
}

# function NAME FILE: its text.
function_text()
{
	awk -v start="^static void $1\\\\(" '
		$0 ~ start { inside = 1 }
		inside { print }
		inside && /^}/ { exit }' "$repo/$2"
}

in_repo checkout -q -b next main
: >"$scratch/expected"

# A function with a lookup moves to another file.
function_text update_dev_time fs/btrfs/volumes.c >"$scratch/moved"
if test -s "$scratch/moved"; then
	edit fs/btrfs/volumes.c awk '
		/^static void update_dev_time\(/ { inside = 1 }
		!inside { print }
		inside && /^}/ { inside = 0 }'
	edit fs/btrfs/volumes.h awk '
		/^#endif/ { end = NR }
		{ line[NR] = $0 }
		END { for (i = 1; i <= NR; i++) {
			if (i == end) print "void update_dev_time(const char *device_path);\n"
			print line[i] } }'
	{
		echo
		sed 's/^static void/void/' "$scratch/moved"
	} >>"$scratch/moved.new"
	edit fs/btrfs/dev-replace.c awk -v more="$scratch/moved.new" '
		/^#include <linux\// && !done {
			print "#include <linux/namei.h>"; done = 1 }
		{ print }
		END { while ((getline text <more) > 0) print text }'
	commit 'btrfs: move update_dev_time()'
	echo btrfs >>"$scratch/expected"
else
	skip 'a function moves' 'the tree has no update_dev_time()'
fi

# A lookup gets a caller in a kernel thread.
edit init/do_mounts.c awk '{ print } END {
	print "\nstatic void __init root_work_fn(struct work_struct *work)"
	print "{\n\tinit_chdir(\"/root\");\n}\n"
	print "static __initdata DECLARE_WORK(root_work, root_work_fn);\n"
	print "static int __init root_work_init(void)"
	print "{\n\tschedule_work(&root_work);\n\treturn 0;\n}"
	print "late_initcall(root_work_init);" }'
edit init/do_mounts.c awk '/^#include/ && !done {
	print "#include <linux/workqueue.h>"; done = 1 } { print }'
commit 'init: change the directory in a worker'
echo fs >>"$scratch/expected"

# A variable in a converted statement gets another name.
edit net/unix/af_unix.c sed 's/\<sunaddr\>/sun_address/g'
commit 'af_unix: rename a variable'
echo net >>"$scratch/expected"

# A new work function opens a file.
edit drivers/char/misc.c awk '/^#include <linux\// && !done {
	print "#include <linux/workqueue.h>"; done = 1 } { print } END {
	print "\nstatic void misc_work_fn(struct work_struct *work)\n{"
	print "\tstruct file *file = filp_open(\"/etc/misc\", O_RDONLY, 0);\n"
	print "\tif (!IS_ERR(file))\n\t\tfilp_close(file, NULL);\n}\n"
	print "static DECLARE_WORK(misc_work, misc_work_fn);\n"
	print "static int __init misc_work_init(void)"
	print "{\n\tschedule_work(&misc_work);\n\treturn 0;\n}"
	print "late_initcall(misc_work_init);" }'
commit 'char: misc: read a file in a worker'
echo char >>"$scratch/expected"

run -q -C "$repo" series --branch series-v2 --compare-to series
is "again, after these: status" "$status" 0
grep -E '^ *([0-9]+|-): ' "$scratch/stdout" | grep -v ' = ' >"$scratch/range"
sed 's/^/# /' "$scratch/range"
sed 's/^[^!<>]*[!<>] *[0-9-]*: *[0-9a-f-]* *//; s/:.*//' "$scratch/range" |
	sort >"$scratch/changed"
sort "$scratch/expected" >"$scratch/expected.sorted"
same "range-diff shows the patches of these changes and no other" \
	"$scratch/changed" "$scratch/expected.sorted"
in_repo show series-v2:fs/btrfs/dev-replace.c >"$scratch/dev-replace"
like "the lookup that moved is converted where it is now" \
	"$scratch/dev-replace" 'kern_path.*LOOKUP_FOLLOW|LOOKUP_IN_INIT'
in_repo show series-v2:drivers/char/misc.c >"$scratch/misc"
like "the new work function opens its file in init's root" "$scratch/misc" \
	'file_open_init\("/etc/misc"'

if test -n "${BUILD:-}"; then
	build series main
	build series-v2 next
fi

done_testing
