#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The gate: what check reports of a tree before, after and half-way through the
# series, and with --diff what the commits since a revision brought.
. "$(dirname "$0")/../lib.sh"

KTHREAD_COCCI_DIR=$top/cocci
export KTHREAD_COCCI_DIR

# The repositories of this test, whatever the user's git is like.
GIT_CONFIG_GLOBAL=$scratch/gitconfig
GIT_CONFIG_NOSYSTEM=1
export GIT_CONFIG_GLOBAL GIT_CONFIG_NOSYSTEM
printf '[user]\n\tname = A Tester\n\temail = tester@example.org\n' \
	>"$GIT_CONFIG_GLOBAL"

formats='text tsv json org sarif dot html'

# verdict NAME STATUS: the exit status, and that stderr is silent.
verdict()
{
	is "$1: exit status" "$status" "$2"
	is "$1: nothing on stderr" "$(cat "$scratch/stderr")" ""
}

# clean NAME: nothing is reported.
clean()
{
	verdict "$1" 0
	is "$1: nothing on stdout" "$(cat "$scratch/stdout")" ""
}

# found NAME LINES: just that is reported; chains are left out.
found()
{
	verdict "$1" 1
	is "$1" "$(sed 's/ in kernel-thread context (\([a-z]*\)):.*/ \1/' \
		"$scratch/stdout")" "$2"
}

# refused NAME PATTERN: exit status 2, one line that says why.
refused()
{
	is "$1: exit status" "$status" 2
	is "$1: nothing on stdout" "$(cat "$scratch/stdout")" ""
	is "$1: one line on stderr" "$(wc -l <"$scratch/stderr")" 1
	like "$1: it says why" "$scratch/stderr" "^kthread-cocci: .*$2"
}

# put FILE: stdin becomes the file, which may be a hard link.
put()
{
	mkdir -p "$(dirname "$1")"
	cat >"$1.new"
	mv "$1.new" "$1"
}

# edit FILE SED-SCRIPT
edit()
{
	sed "$2" "$1" >"$1.new"
	if cmp -s "$1" "$1.new"; then
		echo "Bail out! sed '$2' changes nothing in $1"
		exit 1
	fi
	mv "$1.new" "$1"
}

# commit TREE: all that is there, as a commit.
commit()
{
	git -C "$1" add -A
	git -C "$1" commit -q --allow-empty -m "a commit"
}

# A function with one old use.
new_use()
{
	put "$1" <<-'END'
	// SPDX-License-Identifier: GPL-2.0-only
	#include <linux/kthread.h>

	struct kthread_worker *use_worker(void)
	{
		return kthread_run_worker(0, "used");
	}
	END
}
use_line=":6: use_worker(): kthread_run_worker() still passes 0 for flags"

# --- a tree before and after the series ----------------------------------------------

# The fixture without what is left for a human on purpose.
old=$scratch/old
cp -a "$top/tests/linux-mini" "$old"
(
	cd "$old" || exit
	rm -r Documentation drivers/gpu/drm/msm drivers/media drivers/misc \
		drivers/spi/spi.c drivers/usb/typec
) || exit
edit "$old/kernel/kthread.c" 's/_on_cpu(cpu, 0, /_on_cpu(cpu, /'
edit "$old/fs/smb/server/smb2pdu.c" \
	's/vfs_path_lookup(share->vfs_path.dentry, share->vfs_path.mnt,/may_look_up(share,/'

run -C "$old" check
verdict "before" 1
cp "$scratch/stdout" "$scratch/before"
sort -u "$scratch/before" | sort -t: -k1,1 -k2,2n -s >"$scratch/sorted"
same "before: sorted, and each line once" "$scratch/before" "$scratch/sorted"
unlike "before: each line has the form file:line: message" "$scratch/before" \
	-v '^[^:]+:[0-9]+: .'
like "before: a call of the old API" "$scratch/before" \
	': kthread_run_worker\(\) still passes 0 for flags$'
like "before: what a later step takes away" "$scratch/before" \
	'^init/main.c:[0-9]+: kernel_init does not name init_userspace_fs$'
like "before: a site" "$scratch/before" \
	'^fs/btrfs/volumes.c:12: update_dev_time|use.c\(\): kern_path\(\) in kernel-thread context \(mixed\): btrfs_dev_replace_kthread>'
run -C "$old" audit
sort -u "$scratch/stdout" >"$scratch/audit"
sort "$scratch/before" >"$scratch/check"
is "before: all that audit prints" \
	"$(comm -23 "$scratch/audit" "$scratch/check")" ""
run -j 1 -C "$old" check --no-cache
same "before: the same with -j 1" "$scratch/stdout" "$scratch/before"
run -j 4 -C "$old" check --rebuild
same "before: the same with -j 4" "$scratch/stdout" "$scratch/before"

for only in fs/btrfs/ fs/btrfs/volumes.c; do
	run -C "$old" check "$only"
	found "only $only" \
		"fs/btrfs/volumes.c:12: update_dev_time(): kern_path() mixed"
done
run -C "$old" check init/ fs/btrfs/
grep -E '^(init|fs/btrfs)/' "$scratch/before" >"$scratch/wanted"
same "only two folders" "$scratch/stdout" "$scratch/wanted"
run -C "$old" check fs/btrfs/volumes.h
clean "only a file with nothing in it"
for name in fs/nothing.c nothing/ fs update_dev_time; do
	run -C "$old" check "$name"
	refused "no such name: $name" 'neither a file nor a folder'
done
run -C "$old" check --format=nonsense
refused "no such format" "there is no 'nonsense'"

# The steps before the conversion: its own audit says the same of the sites.
half=$scratch/half
cp -a "$old" "$half"
run -C "$half" apply 01 02 03 04 05 06 07 08 09
run -C "$half" audit 10
sort "$scratch/stdout" >"$scratch/sites"
run -C "$half" check
verdict "half-way" 1
is "half-way: no line twice" "$(sort "$scratch/stdout" | uniq -d)" ""
is "half-way: all that step 10 would do" \
	"$(sort "$scratch/stdout" | comm -13 - "$scratch/sites")" ""
is "half-way: no other site" \
	"$(grep "in kernel-thread context" "$scratch/stdout" | sort |
	   comm -23 - "$scratch/sites")" ""

new=$scratch/new
cp -a "$half" "$new"
run -C "$new" apply
is "after: apply leaves nothing" "$status" 0
run -C "$new" check
clean "after"
for format in $formats; do
	run -C "$new" check --format="$format"
	verdict "after, $format" 0
	unlike "after, $format: no site" "$scratch/stdout" 'kern_path|filp_open'
done

# One conversion taken back.
one=$scratch/one
cp -a "$new" "$one"
cp -a "$old/fs/btrfs/volumes.c" "$one/fs/btrfs/volumes.c"
run -C "$one" check
found "one site" "fs/btrfs/volumes.c:12: update_dev_time(): kern_path() mixed"
for format in $formats; do
	run -C "$one" check --format="$format"
	verdict "one site, $format" 1
	like "one site, $format: it is there" "$scratch/stdout" update_dev_time
	unlike "one site, $format: no other" "$scratch/stdout" \
		'fs/(init|nfs|smb)'
done
new_use "$one/crypto/use.c"
run -C "$one" check crypto/
found "one use" "crypto/use.c$use_line"
for format in $formats; do
	run -C "$one" check --format="$format" crypto/
	verdict "one use, $format" 1
	like "one use, $format: it is there" "$scratch/stdout" 'use.c'
	unlike "one use, $format: no other" "$scratch/stdout" update_dev_time
done

# A tree that cannot isolate its threads has no site to convert.
run -C "$top/tests/linux-mini-6.1" check
is "no nullfs: exit status" "$status" 1
is "no nullfs: one line on stderr" "$(wc -l <"$scratch/stderr")" 1
like "no nullfs: it is said" "$scratch/stderr" 'has no nullfs'
unlike "no nullfs: no site" "$scratch/stdout" 'kernel-thread context'

# A file that cannot be read outranks what is found.
cp -a "$new" "$scratch/unreadable"
ln -s "$old/fs/btrfs/volumes.c" "$scratch/unreadable/fs/btrfs/out.c"
run -C "$scratch/unreadable" check
is "unreadable: exit status" "$status" 3
like "unreadable: the file is named" "$scratch/stderr" '^fs/btrfs/out.c: '

# --- check --diff ----------------------------------------------------------------------

# One old finding is in the repository from the start.
repo=$scratch/repo
cp -a "$new" "$repo"
cp -a "$old/fs/btrfs/volumes.c" "$repo/fs/btrfs/volumes.c"
new_use "$repo/crypto/use.c"
git -C "$repo" init -q
echo '*.mod.c' >"$repo/.gitignore"
commit "$repo"
git -C "$repo" tag base

# back: the repository as it was at first.
back()
{
	git -C "$repo" reset -q --hard base
	git -C "$repo" clean -qfdx
}

since()
{
	run -C "$repo" check --diff "$@"
}

run -C "$repo" check
is "base: there is something" "$(wc -l <"$scratch/stdout")" 2
since base
clean "nothing changed"
commit "$repo"
since HEAD~1
clean "an empty commit"

# A new work function that opens a file.
new_work()
{
	put "$1" <<-'END'
	// SPDX-License-Identifier: GPL-2.0-only
	#include <linux/fs.h>
	#include <linux/workqueue.h>

	static void new_work_fn(struct work_struct *work)
	{
		struct file *file = filp_open("/etc/new", O_RDONLY, 0);

		if (!IS_ERR(file))
			fput(file);
	}

	static DECLARE_WORK(new_work, new_work_fn);
	END
}
new_line=":7: new_work_fn(): filp_open() kthread"

new_work "$repo/drivers/new.c"
since base
found "an untracked file" "drivers/new.c$new_line"
git -C "$repo" add -A
since base
found "a file in the index" "drivers/new.c$new_line"
commit "$repo"
since base
found "a new work function" "drivers/new.c$new_line"
for format in $formats; do
	since base --format="$format"
	verdict "a new work function, $format" 1
	like "a new work function, $format: it is there" "$scratch/stdout" \
		new_work_fn
	unlike "a new work function, $format: nothing else" "$scratch/stdout" \
		'update_dev_time|crypto_engine'
done
since base fs/
clean "a new work function elsewhere"
since HEAD
clean "it is not new to its own commit"
git -C "$repo" rm -q drivers/new.c
since base
clean "a new work function that is gone again"
commit "$repo"
since HEAD~1
clean "a commit that takes something away"
back

new_work "$repo/drivers/new.mod.c"
since base
clean "a file that git ignores"
back

for name in 'a file.c' "it's \"odd\".c" '-c.c' 'ä.c'; do
	new_work "$repo/drivers/$name"
	commit "$repo"
	since base
	found "a file named $name" "drivers/$name$new_line"
	edit "$repo/drivers/$name" 's/filp_open("/filp_open ("/'
	since HEAD
	clean "a file named $name, touched"
	back
done
name=$(printf 'a\nb.c')
new_work "$repo/drivers/$name"
commit "$repo"
since base
found "a name with a newline" "drivers/a\\nb.c$new_line"
since HEAD
clean "a name with a newline, nothing new"
back

# A lookup that user processes alone reached, in a file that nobody touches.
put "$repo/fs/btrfs/new.c" <<'END'
// SPDX-License-Identifier: GPL-2.0-only
#include <linux/workqueue.h>
#include "volumes.h"

static void new_device_fn(struct work_struct *work)
{
	btrfs_init_new_device(NULL, "/dev/new");
}

static DECLARE_WORK(new_device, new_device_fn);
END
since base
found "a new caller" \
	"fs/btrfs/volumes.c:33: btrfs_init_new_device(): bdev_file_open_by_path() mixed
fs/btrfs/volumes.c:38: btrfs_init_new_device(): lookup_bdev() mixed"
commit "$repo"
edit "$repo/fs/btrfs/new.c" 's/btrfs_init_new_device/(void)&/'
since HEAD
clean "an old caller, touched"
back

# The same finding somewhere else.
moved=$repo/fs/btrfs/moved.c
sed '/^static void update_dev_time/,/^}/s/^static //
	/^void btrfs_scratch/,$d' "$repo/fs/btrfs/volumes.c" >"$moved"
sed '/^static void update_dev_time/,/^}/d' "$repo/fs/btrfs/volumes.c" |
	put "$repo/fs/btrfs/volumes.c"
commit "$repo"
run -C "$repo" check fs/btrfs/
found "a function moved: it is there" \
	"fs/btrfs/moved.c:12: update_dev_time(): kern_path() mixed"
since base
clean "a function moved to another file"
git -C "$repo" mv crypto/use.c crypto/other.c
commit "$repo"
since base
clean "a file renamed"
back

edit "$repo/fs/btrfs/volumes.c" 's/device_path/where/g'
since base
clean "a variable renamed"
edit "$repo/fs/btrfs/volumes.c" '1a\
\
'
since base
clean "lines moved"
back

# Only kernel threads reach it now: worse, but not new.
edit "$repo/fs/btrfs/volumes.c" 's/	update_dev_time(device_path);/	;/'
edit "$repo/fs/btrfs/dev-replace.c" 's/return btrfs_dev_replace_finishing(.*/return 0;/'
run -C "$repo" check fs/btrfs/
found "worse: the verdict" \
	"fs/btrfs/volumes.c:12: update_dev_time(): kern_path() kthread"
since base
clean "worse: not new"
back

# A second one in the same function, in front of the first.
edit "$repo/fs/btrfs/volumes.c" '11a\
	if (kern_path("/dev", 0, \&path))\
		return;'
since base
found "a second lookup" \
	"fs/btrfs/volumes.c:12: update_dev_time(): kern_path() mixed"
back
edit "$repo/fs/btrfs/volumes.c" '12,15{
p
}'
since base
is "the same lookup once more: exit status" "$status" 1
is "the same lookup once more" "$(wc -l <"$scratch/stdout")" 1
back

# Old uses of the API.
edit "$repo/crypto/use.c" '/kthread_run_worker(0/{
p
}'
since base
found "a use once more" "crypto/use.c:7: ${use_line#:6: }"
back
new_use "$repo/drivers/use.c"
since base
found "a use in another file" "drivers/use.c$use_line"
back

# Files that were no files, and that are none any more.
ln -s volumes.c "$repo/fs/btrfs/link.c"
commit "$repo"
git -C "$repo" tag linked
rm "$repo/fs/btrfs/link.c"
new_work "$repo/fs/btrfs/link.c"
since linked
found "a link becomes a file" "fs/btrfs/link.c$new_line"
commit "$repo"
rm "$repo/fs/btrfs/link.c"
ln -s volumes.c "$repo/fs/btrfs/link.c"
since HEAD
clean "a file becomes a link"
back
rm -r "$repo/fs/btrfs"
since base
clean "a folder is gone"
back

# A submodule that changed cannot be told.
git init -q "$scratch/sub"
new_work "$scratch/sub/old.c"
commit "$scratch/sub"
git -C "$repo" -c protocol.file.allow=always submodule --quiet add \
	"$scratch/sub" drivers/sub
since base
found "a new submodule" "drivers/sub/old.c$new_line"
commit "$repo"
since HEAD
clean "a submodule as it was"
new_work "$repo/drivers/sub/new.c"
commit "$repo/drivers/sub"
since HEAD
is "a submodule that changed: exit status" "$status" 3
like "a submodule that changed" "$scratch/stderr" '^drivers/sub: a submodule '
git -C "$repo" submodule --quiet deinit -f drivers/sub
back
rm -rf "$repo/.git/modules"

# A repository in the work tree.
git init -q "$repo/drivers/inner"
new_work "$repo/drivers/inner/new.c"
since base
found "an untracked repository" "drivers/inner/new.c$new_line"
rm -rf "$repo/drivers/inner"
back

# Against a commit that is no ancestor.
git -C "$repo" checkout -q -b side
new_work "$repo/drivers/side.c"
commit "$repo"
git -C "$repo" checkout -q -B main base
new_work "$repo/drivers/main.c"
edit "$repo/drivers/main.c" 's/new_work_fn/main_work_fn/'
commit "$repo"
since side
found "a commit of another branch" \
	"drivers/main.c:7: main_work_fn(): filp_open() kthread"
back

# While a merge is unfinished.
git -C "$repo" checkout -q side
echo "/* side */" >>"$repo/fs/btrfs/volumes.c"
commit "$repo"
git -C "$repo" checkout -q main
echo "/* main */" >>"$repo/fs/btrfs/volumes.c"
commit "$repo"
git -C "$repo" merge -q side >/dev/null 2>&1
since base
is "a conflict: what the other side brought" \
	"$(grep -c work_fn "$scratch/stdout")" 1
unlike "a conflict: the old finding is old" "$scratch/stdout" update_dev_time
git -C "$repo" merge --abort
git -C "$repo" checkout -q --detach base
back

# Before the series: what is carried out is no news, nor is what is left.
plain=$scratch/plain
cp -a "$old" "$plain"
git -C "$plain" init -q
commit "$plain"
run -C "$plain" apply 01 02 03 04 05
run -C "$plain" check --diff HEAD
clean "half of the series"
run -C "$plain" apply
run -C "$plain" check --diff HEAD
clean "the whole series"
new_work "$plain/drivers/new.c"
run -C "$plain" check --diff HEAD
found "the series and a work function" "drivers/new.c$new_line"

# --- nothing is written ----------------------------------------------------------------

new_work "$repo/drivers/new.c"
edit "$repo/fs/btrfs/volumes.c" 's/device_path/where/g'
run -C "$repo" check
sum() { find "$XDG_CACHE_HOME" "$repo/.git" -type f -exec cksum {} + | sort; }
sum >"$scratch/sums"
since base
found "beside the cache" "drivers/new.c$new_line"
sum >"$scratch/sums-now"
same "neither the cache nor the repository changes" "$scratch/sums-now" \
	"$scratch/sums"
since base --no-cache
found "without the cache" "drivers/new.c$new_line"
back

# --- where git is not what one thinks --------------------------------------------------

run -C "$new" check --diff HEAD
refused "no repository" 'not a git repository'
for revision in nothing base:fs '' 'base..HEAD' --help -h 'HEAD^{tree}'; do
	since "$revision"
	refused "no commit: '$revision'" 'is no commit of this repository$'
done
git clone -q --depth 1 "file://$repo" "$scratch/shallow" 2>/dev/null
run -C "$scratch/shallow" check --diff HEAD~5
refused "a shallow clone" 'is no commit of this repository \(the clone is shallow\)$'
run -C "$repo/.git" check --diff base
refused "the repository itself" ''

# A folder of a larger repository, with a change beside it.
large=$scratch/large
mkdir -p "$large/a b"
cp -a "$repo/." "$large/a b/linux"
rm -rf "$large/a b/linux/.git"
git -C "$large" init -q
commit "$large"
new_work "$large/other/new.c"
new_work "$large/a b/linux/drivers/new.c"
run -C "$large/a b/linux" check --diff HEAD
found "a folder of a repository, untracked" "drivers/new.c$new_line"
commit "$large"
run -C "$large/a b/linux" check --diff HEAD~1
found "a folder of a repository" "drivers/new.c$new_line"
edit "$large/a b/linux/drivers/new.c" 's/file/f/g'
run -C "$large/a b/linux" check --diff HEAD
clean "a folder of a repository, nothing new"
cp -a "$new" "$large/ignored"
echo /ignored >"$large/.gitignore"
run -C "$large/ignored" check --diff HEAD
refused "a folder that git ignores" 'git looks after no file of this folder$'

# What a hook's environment says of another repository does not matter.
new_work "$repo/drivers/new.c"
status=0
GIT_DIR=$large/.git GIT_WORK_TREE=$large GIT_INDEX_FILE=$large/.git/index \
	GIT_EXTERNAL_DIFF=false GIT_PAGER=false \
	"$PROGRAM" -C "$repo" check --diff base \
	>"$scratch/stdout" 2>"$scratch/stderr" || status=$?
found "the environment of a hook" "drivers/new.c$new_line"
# Nor do settings that change what git prints.
for setting in diff.noprefix=true diff.renames=copies color.ui=always \
	core.quotePath=false diff.relative=true diff.external=false \
	diff.mnemonicPrefix=true status.showUntrackedFiles=no \
	core.abbrev=4; do
	git -C "$repo" config "${setting%%=*}" "${setting#*=}"
	since base
	found "with $setting" "drivers/new.c$new_line"
	git -C "$repo" config --unset "${setting%%=*}"
done
back

# --- make check --------------------------------------------------------------------------

if test -z "${SANITIZED:-}"; then
	status=0
	make -s -C "$top" check TREE="$new" >"$scratch/stdout" \
		2>"$scratch/stderr" || status=$?
	clean "make check"
	status=0
	make -s -C "$top" check TREE="$one" >"$scratch/stdout" \
		2>"$scratch/stderr" || status=$?
	is "make check: it fails" "$status" 2
	like "make check: it prints" "$scratch/stdout" '^fs/btrfs/volumes.c:12: '
	status=0
	make -s -C "$top" check TREE="$repo" DIFF=base >"$scratch/stdout" \
		2>"$scratch/stderr" || status=$?
	clean "make check DIFF="
fi

done_testing
