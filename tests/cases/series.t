#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The series: commits on a branch, mails, a quilt series; what the commit
# messages say, and that nothing else of the user's repository changes.
# shellcheck disable=SC2016 # the scripts of sh -c expand their own
. "$(dirname "$0")/../lib.sh"

KTHREAD_COCCI_DIR=$top/cocci
HOME=$scratch/home
GIT_AUTHOR_DATE='1700000000 +0100'
GIT_COMMITTER_DATE='1700000000 +0100'
export KTHREAD_COCCI_DIR HOME GIT_AUTHOR_DATE GIT_COMMITTER_DATE
unset XDG_CONFIG_HOME EMAIL GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL \
	GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL
mkdir "$HOME"
PATH=$(dirname "$PROGRAM"):$PATH
mini=$top/tests/linux-mini

# new_repository FOLDER: the small tree, committed.
new_repository()
{
	cp -a "$mini" "$1"
	git -C "$1" init -q -b main .
	git -C "$1" config user.name 'A. Developer'
	git -C "$1" config user.email dev@example.org
	git -C "$1" add -A -f
	git -C "$1" commit -q -m 'the tree'
}

# Everything of a repository but its objects, and the work tree.
state()
{
	(
		cd "$1" && git status --porcelain
		git for-each-ref && cat .git/HEAD
		find . -path ./.git/objects -prune -o -type f -print |
			sort | xargs -d '\n' cksum
	)
}

repo=$scratch/repo
new_repository "$repo"
state "$repo" >"$scratch/before"
cp "$repo/.git/config" "$scratch/config.before"

# --- a branch

run -C "$repo" series --branch nullfs
is 'a branch: something is left for a human' "$status" 3
cp "$scratch/stdout" "$scratch/log"
cp "$scratch/stderr" "$scratch/left"
git -C "$repo" log --reverse --format='%h %s' main..nullfs >"$scratch/git-log"
same 'stdout lists the commits' "$scratch/log" "$scratch/git-log"
sed '/^\[branch "nullfs"\]/,$d' "$repo/.git/config" >"$scratch/config"
same 'the configuration has gained the section of the branch, no more' \
	"$scratch/config" "$scratch/config.before"
state "$repo" >"$scratch/after"
for when in before after; do
	sed '/nullfs$/d; /\.git\/config$/d' \
		"$scratch/$when" >"$scratch/$when.filtered"
done
same 'the work tree, the index, HEAD and the other branches are as before' \
	"$scratch/after.filtered" "$scratch/before.filtered"
not_ok 'no FETCH_HEAD is left' test -e "$repo/.git/FETCH_HEAD"

is 'one commit for each step that is not split' "$(
	git -C "$repo" log --format=%s main..nullfs |
		grep -c '^kthread: \|^block: add\|^fs: add\|^fs: notice\|^fs: allow\|^fs: isolate')" 10
is 'the isolation comes last' "$(git -C "$repo" log -1 --format=%s nullfs)" \
	'fs: isolate all kthreads in nullfs'
git -C "$repo" log --reverse --format='%s' main..nullfs |
	grep "from init's root" >"$scratch/parts"
ok 'step 10 is split by subsystem' test "$(wc -l <"$scratch/parts")" -ge 3
is 'the part that lets the flag through comes first' \
	"$(head -n 1 "$scratch/parts" | cut -d: -f1)" fs
is 'nobody has two parts' "$(sort "$scratch/parts" | uniq -d)" ''

git -C "$repo" log --format=%B main..nullfs >"$scratch/messages"
is 'no line of a message has more than 75 columns' \
	"$(awk 'length > 75' "$scratch/messages")" ''
is 'each message is signed off once' \
	"$(grep -c '^Signed-off-by: A. Developer <dev@example.org>$' "$scratch/messages")" \
	"$(wc -l <"$scratch/git-log")"
is 'the author is the one of git' \
	"$(git -C "$repo" log --format='%an <%ae> %ad' --date=raw main..nullfs | sort -u)" \
	'A. Developer <dev@example.org> 1700000000 +0100'
git -C "$repo" log --format=%B nullfs -- drivers/block/rnbd >"$scratch/rnbd"
like 'a part names the lookup' "$scratch/rnbd" \
	'^drivers/block/rnbd/.*: .*\(\) calls'
like 'and the chain that leads to it' "$scratch/rnbd" '^    -> .*\(\)'
like 'what is left for a human is named' "$scratch/messages" \
	'^  drivers/usb/typec/tcpm/tcpm.c: '
unlike 'without lines, which age' "$scratch/messages" '\.[ch]:[0-9]'

# The result is that of apply.
cp -a "$mini" "$scratch/applied"
run -C "$scratch/applied" apply
git -C "$repo" worktree add -q --detach "$scratch/tip" nullfs
rm -f "$scratch/tip/.git"
ok 'the last commit is what apply gives' \
	diff -r "$scratch/tip" "$scratch/applied"
git -C "$repo" worktree prune

# Each commit can be made again by the command in its message.
git clone -q "$repo" "$scratch/again"
bad=
for commit in $(git -C "$repo" rev-list --reverse main..nullfs); do
	git -C "$scratch/again" checkout -q "$commit^" || bad="$bad $commit"
	git -C "$repo" log -1 --format=%B "$commit" |
		sed -n '/^  \$ kthread-cocci/,/[^\\]$/p' |
		sed 's/^  \$ //' >"$scratch/command"
	(cd "$scratch/again" && sh "$scratch/command") >"$scratch/said" 2>&1
	test -s "$scratch/command" &&
		git -C "$scratch/again" diff --quiet "$commit" || bad="$bad $commit"
	git -C "$scratch/again" checkout -q -f
done
is 'the command in each message makes the commit again' "$bad" ''
git -C "$repo" log -1 --format=%B nullfs >"$scratch/message"
is 'the hash is that of the rules' \
	"$(grep -xE '  [0-9a-f]{64}' "$scratch/message")" \
	"  $(cd "$top/cocci" && cat 11-nullfs.cocci macros.h | sha256sum | cut -d' ' -f1)"

run -C "$repo" series --branch nullfs
is 'an existing branch is refused' "$status" 2
like 'in one line' "$scratch/stderr" "^kthread-cocci: there is a branch 'nullfs' already"
run -C "$repo" series --branch 'no..name'
is 'so is what is no name of a branch' "$status" 2
run -C "$repo" series --branch whole --split=none 02 10
is '--split=none: one commit for each step' \
	"$(git -C "$repo" log --format=%s main..whole | wc -l)" 1
run -C "$repo" series --split=files -n
is 'another split is refused' "$status" 2

# --- b4

is 'b4 finds the change-id' \
	"$(git -C "$repo" config branch.nullfs.b4-prep-cover-strategy)" \
	branch-description
git -C "$repo" config branch.nullfs.b4-tracking >"$scratch/tracking"
like 'in its own form' "$scratch/tracking" \
	'"revision": 1, "change-id": "20231114-fs-kthread-[a-z0-9-]*-[0-9a-f]{12}"'

# --- a new version after a change in the tree

git -C "$repo" checkout -q -b next main
sed 's/rnbd_srv/rnbd_server/g' "$repo/drivers/block/rnbd/rnbd-srv.c" >"$scratch/new"
cp "$scratch/new" "$repo/drivers/block/rnbd/rnbd-srv.c"
git -C "$repo" commit -q -a -m 'rnbd: rename'
run -C "$repo" series --branch nullfs-v2 --compare-to nullfs
sed -n '/^ *[0-9-]*: /p' "$scratch/stdout" >"$scratch/range"
is 'range-diff: only the patch of the changed file differs' \
	"$(grep -vc ' = ' "$scratch/range")" 1
like 'namely this' "$scratch/range" ' ! .* (block: )?rnbd.*: look up'
is 'the change-id is kept' \
	"$(git -C "$repo" config branch.nullfs-v2.b4-tracking | grep -o '"change-id": "[^"]*"')" \
	"$(grep -o '"change-id": "[^"]*"' "$scratch/tracking")"
ok 'the version is the next one' \
	grep -q '"revision": 2' <<-TRACKING
	$(git -C "$repo" config branch.nullfs-v2.b4-tracking)
	TRACKING
run -C "$repo" series -n --compare-to nothing
is 'a version that is not there is refused' "$status" 2
git -C "$repo" checkout -q main

# --- mails

state "$repo" >"$scratch/before"
run -C "$repo" series -o "$scratch/mails"
state "$repo" >"$scratch/after"
same 'mails: nothing of the repository changes' "$scratch/after" "$scratch/before"
find "$scratch/mails" -type f | sort >"$scratch/names"
same 'stdout lists the files' "$scratch/stdout" "$scratch/names"
cover=$scratch/mails/0000-cover-letter.patch
like 'the cover letter has a subject' "$cover" \
	'^Subject: \[PATCH 00/[0-9]+\] fs,kthread: isolate all kernel threads in nullfs$'
like 'a sender' "$cover" '^From: .*A\. Developer.* <dev@example.org>$'
like 'the review' "$cover" '^  mixed +[0-9]+$'
like 'with its chains' "$cover" '^      -> '
like 'what is left' "$cover" '^  drivers/usb/typec/tcpm/tcpm.c: '
like 'the command' "$cover" '^  \$ kthread-cocci series -o '
like 'the diffstat' "$cover" '^ [0-9]+ files changed, '
like 'the base' "$cover" "^base-commit: $(git -C "$repo" rev-parse main)\$"
like 'and the change-id' "$cover" '^change-id: 20231114-'
unlike 'nothing of git is left to fill in' "$cover" '\*\*\*'
git clone -q "$repo" "$scratch/am"
git -C "$scratch/am" config user.name 'Somebody Else'
git -C "$scratch/am" config user.email else@example.org
git -C "$scratch/am" checkout -q --detach "$(git -C "$repo" rev-parse main)"
rm -f "$scratch/box"
find "$scratch/mails" -name '*.patch' ! -name '0000-*' | sort |
	xargs cat >"$scratch/box"
ok 'git am applies them' git -C "$scratch/am" am -q --keep-cr "$scratch/box"
is 'to the same tree as that of the branch' \
	"$(git -C "$scratch/am" rev-parse 'HEAD^{tree}')" \
	"$(git -C "$repo" rev-parse 'nullfs^{tree}')"

run -C "$repo" series -o "$scratch/mails"
is 'mails are not overwritten' "$status" 2
run -C "$repo" series -o "$scratch/mails" -v3 --change-id 20200101-x-0123456789ab
ok 'another version stands beside them' \
	test -e "$scratch/mails/v3-0000-cover-letter.patch"
like 'with its number' "$scratch/mails/v3-0000-cover-letter.patch" \
	'^Subject: \[PATCH v3 00/'
like 'and its change-id' "$scratch/mails/v3-0000-cover-letter.patch" \
	'^change-id: 20200101-x-0123456789ab$'
run -C "$repo" series -o "$scratch/mails2"
ok 'the same tree gives the same mails' sh -c '
	for mail in "$1"/0*; do
		sed "/^  \$ kthread-cocci series/d" "$mail" >"$3/x"
		sed "/^  \$ kthread-cocci series/d" "$2/${mail##*/}" >"$3/y"
		cmp "$3/x" "$3/y" || exit 1
	done' sh "$scratch/mails" "$scratch/mails2" "$scratch"

printf 'fs: my subject\n\nMy words.\n' >"$scratch/my"
run -C "$repo" series -o "$scratch/mails3" --cover "$scratch/my" 05
like 'the letter can be the user'"'"'s' \
	"$scratch/mails3/0000-cover-letter.patch" '^My words\.$'
run -C "$repo" series -o "$scratch/mails4" 02
like "the letter is that of the steps" \
	"$scratch/mails4/0000-cover-letter.patch" '^Subject: .* kthread: clean up'
unlike 'without lookups there is no review' \
	"$scratch/mails3/0000-cover-letter.patch" 'The review'

# --- only looking

state "$repo" >"$scratch/before"
run -C "$repo" series --dry-run --branch dry -o "$scratch/dry"
state "$repo" >"$scratch/after"
same '--dry-run: nothing changes' "$scratch/after" "$scratch/before"
not_ok 'and nothing is written' test -e "$scratch/dry"
like 'it shows the commits' "$scratch/stdout" '^fs: add LOOKUP_IN_INIT$'
like 'with their files' "$scratch/stdout" '^ include/linux/namei.h *\| '

# --- a tree without git

quilt=$scratch/quilt
cp -a "$mini" "$quilt"
git config --global user.name 'A. Developer'
git config --global user.email dev@example.org
run -C "$quilt" series --branch x
is 'no branch without git' "$status" 2
run -C "$quilt" series -o "$quilt/patches"
is 'a quilt series' "$status" 3
ok 'its file names the patches' test -s "$quilt/patches/series"
unlike 'but not the cover letter' "$quilt/patches/series" cover
unlike 'nor a base that nobody has' "$quilt/patches/0000-cover-letter.patch" \
	'^base-commit'
like 'the change-id stands there all the same' \
	"$quilt/patches/0000-cover-letter.patch" '^change-id: '
ok 'the patches apply one after the other' sh -c '
	cd "$1" && while read -r name; do
		patch -s -p1 <"patches/$name" || exit 1
	done <patches/series' sh "$quilt"
rm -rf "$quilt/patches"
ok 'and give what apply gives' diff -r "$quilt" "$scratch/applied"
rm -f "$HOME/.gitconfig"

# --- refusals, with nothing done

run -C "$mini" series -o "$scratch/nobody"
is 'nobody to sign' "$status" 2
like 'says what to do' "$scratch/stderr" 'set user\.name and user\.email'
not_ok 'nothing is written' test -e "$scratch/nobody"
cp -a "$mini" "$scratch/unborn"
git -C "$scratch/unborn" init -q
git -C "$scratch/unborn" config user.name x
git -C "$scratch/unborn" config user.email x@example.org
run -C "$scratch/unborn" series --branch x
is 'no commit yet' "$status" 2
like 'says so' "$scratch/stderr" 'no commit that the series could be based on'
echo >>"$repo/kernel/fork.c"
run -C "$repo" series --branch dirty
is 'a dirty tree' "$status" 2
like 'names a file' "$scratch/stderr" 'kernel/fork\.c has changes that are not committed'
not_ok 'no branch is made' git -C "$repo" show-ref -q --verify refs/heads/dirty
git -C "$repo" checkout -q -f
run -C "$repo" series
is 'where to must be said' "$status" 2

# --- other repositories

# A file that git does not track.
cp "$repo/drivers/block/rnbd/rnbd-srv.c" "$repo/drivers/block/rnbd/copy.c"
run -C "$repo" series --branch untracked
like 'an untracked file is left out and named' "$scratch/stderr" \
	'rnbd/copy\.c: is not tracked by git'
is 'the commits are the same' \
	"$(git -C "$repo" rev-parse 'untracked^{tree}')" \
	"$(git -C "$repo" rev-parse 'nullfs^{tree}')"
rm "$repo/drivers/block/rnbd/copy.c"

# The tree as a folder of a repository, odd names in it.
mkdir "$scratch/outer"
new_repository "$scratch/outer/the linux"
rm -rf "$scratch/outer/the linux/.git"
mv "$scratch/outer/the linux/drivers/block/rnbd/rnbd-srv.c" \
	"$scratch/outer/the linux/drivers/block/rnbd/rnbd \"srv\" 'x'.c"
git -C "$scratch/outer" init -q -b main .
git -C "$scratch/outer" config user.name x
git -C "$scratch/outer" config user.email x@example.org
git -C "$scratch/outer" add -A -f
git -C "$scratch/outer" commit -q -m outer
run -C "$scratch/outer/the linux" series --branch inner
git -C "$scratch/outer" diff --name-only main inner >"$scratch/names"
unlike 'a tree in a folder: its files only' "$scratch/names" '^"?[^t"]'
like 'odd names as well' "$scratch/names" 'rnbd \\"srv\\" '
git -C "$scratch/outer" worktree add -q --detach "$scratch/inner" inner
mv "$scratch/applied/drivers/block/rnbd/rnbd-srv.c" \
	"$scratch/applied/drivers/block/rnbd/rnbd \"srv\" 'x'.c"
ok 'the result is that of apply' \
	diff -r "$scratch/inner/the linux" "$scratch/applied"

# In a linked worktree, and without history.
git -C "$repo" worktree add -q --detach "$scratch/linked" main
run -C "$scratch/linked" series --branch linked
is 'a linked worktree' "$(git -C "$repo" rev-parse 'linked^{tree}')" \
	"$(git -C "$repo" rev-parse 'nullfs^{tree}')"
git clone -q --depth 1 -b next "file://$repo" "$scratch/shallow"
git -C "$scratch/shallow" config user.name x
git -C "$scratch/shallow" config user.email x@example.org
run -C "$scratch/shallow" series --branch thin
is 'a shallow clone' "$(git -C "$scratch/shallow" rev-parse 'thin^{tree}')" \
	"$(git -C "$repo" rev-parse 'nullfs-v2^{tree}')"

# A second run finds nothing.
git -C "$scratch/shallow" checkout -q thin
run -C "$scratch/shallow" series --branch more
is 'a converted tree has no series' \
	"$(git -C "$scratch/shallow" show-ref --verify refs/heads/more 2>/dev/null)" ''
like 'which is said' "$scratch/stderr" 'nothing is to be done'

done_testing
