#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Trees that mean harm or are broken: file names that a shell or a terminal
# would misread, bytes that are no text, links out of the tree, files that may
# not be read or written, hostile settings of git and spatch, a forged journal.
# Nothing of it may be executed, change anything outside of the tree, hang, or
# go unmentioned; all that can be converted is.
. "$(dirname "$0")/../lib.sh"

chmod 755 "$scratch"
KTHREAD_COCCI_DIR=$top/cocci
export KTHREAD_COCCI_DIR
trap_dir=$scratch/trap
mkdir "$trap_dir" "$scratch/outside" "$scratch/home" "$scratch/tmp"

# Whoever runs one of these leaves a mark.
for tool in touch mark; do
	# shellcheck disable=SC2016 # for the script to expand
	printf '#!/bin/sh\necho "$0 $*" >>"%s"\n' "$scratch/executed" \
		>"$trap_dir/$tool"
	chmod 755 "$trap_dir/$tool"
done

# --- building trees -------------------------------------------------------

api()
{
	cat <<'API'
/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_KTHREAD_H
#define _LINUX_KTHREAD_H

struct kthread_worker;

struct kthread_worker *kthread_create_worker_on_node(unsigned int flags, int node, const char namefmt[], ...);

#define kthread_create_worker(flags, namefmt, ...) \
	kthread_create_worker_on_node(flags, -1, namefmt, ## __VA_ARGS__)

struct kthread_worker *kthread_create_worker_on_cpu(int cpu, unsigned int flags, const char namefmt[]);

#endif
API
}

# old_caller FUNCTION: a function that any parser can take, with one old call.
old_caller()
{
	printf 'struct kthread_worker *%s(int cpu)\n{\n' "$1"
	printf '\treturn kthread_create_worker(0, "w%%d", cpu);\n}\n'
}

# new_text: what the step makes of the texts above.
new_text()
{
	sed -e 's/_worker(0, /_worker(/g' -e 's/unsigned int flags, //' \
		-e 's/(flags, /(/'
}

# repeat COUNT TEXT
repeat() { awk -v n="$1" -v t="$2" 'BEGIN { while (n--) printf "%s", t }'; }

# noise: 4000 bytes with a fixed seed, all values but NUL.
noise()
{
	awk 'BEGIN {
		x = 1
		for (i = 0; i < 4000; i++) {
			x = (x * 16807) % 2147483647
			printf "%c", x % 255 + 1
		}
	}'
}

crlf() { sed 's/$/\r/'; }

mini_tree()
{
	mkdir -p "$1/include/linux"
	api >"$1/include/linux/kthread.h"
}

# --- looking at trees -----------------------------------------------------

# contents FOLDER: every entry with its type, mode, target and checksum.
contents()
{
	(
		cd "$1" || exit 1
		find . -path ./.git -prune -o -printf '%p %y %m %l\n'
		find . -path ./.git -prune -o -type f -exec sha256sum {} +
	) | sort
}

# everything FOLDER: and the times at which anything was changed, .git as well.
everything()
{
	(
		cd "$1" || exit 1
		find . -printf '%p %y %m %U %G %s %T@ %C@ %l\n'
		find . -type f -exec sha256sum {} +
	) | sort
}

# old_calls TREE: files that still hold an old call, NUL between them.
old_calls()
{
	(
		cd "$1" || exit 1
		find . -path ./.git -prune -o -type f -name '*.[ch]' -exec \
			grep -alZE '_worker\(0, |unsigned int flags' {} +
	)
}

# all_named TREE: each of them is named on stderr, with a reason.
all_named()
{
	old_calls "$1" >"$scratch/left"
	# Names with a newline are never among those that are left.
	tr '\0' '\n' <"$scratch/left" | sed 's|^\./||' >"$scratch/left.lines"
	while IFS= read -r path; do
		awk -v path="$path" 'index($0, path ":") == 1 &&
			/: [a-z]/ { found = 1 } END { exit !found }' \
			"$scratch/stderr" || { echo "not named: $path"; return 1; }
	done <"$scratch/left.lines"
}

# Every line of stderr is "path: reason", "path:line: reason" or the program's.
contract_lines()
{
	! grep -vE '^([^:]+(:[0-9]+)?|kthread-cocci): [^ ]' "$scratch/stderr"
}

nothing_executed()
{
	test ! -e "$scratch/executed" || { cat "$scratch/executed"; return 1; }
	found=$(find "$scratch" -name 'X*' -print)
	test -z "$found" || { echo "$found"; return 1; }
}

# --- running the program in a hostile place --------------------------------

# Sets status; leaves stdout and stderr.  The pid tells the scratch folder.
hostile_run()
{
	status=0
	(
		cd "$tree" || exit 99
		# shellcheck disable=SC2030 # meant to be
		PATH=$trap_dir:$PATH
		HOME=$scratch/home
		XDG_CONFIG_HOME=$scratch/home
		TMPDIR=$hostile_tmp
		GIT_EXTERNAL_DIFF=mark
		GIT_PAGER=mark
		PAGER=mark
		GIT_DIFF_OPTS=-U0
		GIT_CONFIG_COUNT=1
		GIT_CONFIG_KEY_0=diff.external
		GIT_CONFIG_VALUE_0=mark
		GIT_DIR=$tree/.git
		COCCINELLE_HOME=$scratch/home
		export PATH HOME XDG_CONFIG_HOME TMPDIR GIT_EXTERNAL_DIFF \
			GIT_PAGER PAGER GIT_DIFF_OPTS GIT_CONFIG_COUNT \
			GIT_CONFIG_KEY_0 GIT_CONFIG_VALUE_0 GIT_DIR \
			COCCINELLE_HOME
		exec "$PROGRAM" -C "$tree" "$@"
	) >"$scratch/stdout" 2>"$scratch/stderr" &
	echo $! >>"$scratch/pids"
	wait $! || status=$?
}

# Nothing of our runs is left in the temporary folders.
no_litter()
{
	while read -r pid; do
		ls -d /tmp/kthread-cocci.*."$pid".* \
			/dev/shm/kthread-cocci.*."$pid".* 2>/dev/null
	done <"$scratch/pids" >"$scratch/litter"
	find "$scratch/tmp" "$hostile_tmp" -mindepth 1 >>"$scratch/litter"
	find "$scratch" -name "*kthread-cocci*" \
		! -path "$XDG_CACHE_HOME/*" >>"$scratch/litter"
	! grep . "$scratch/litter"
}

plain_git()
{
	env -u GIT_DIR GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 \
		GIT_CEILING_DIRECTORIES="$scratch" git "$@"
}

# --- names, bytes, links ----------------------------------------------------

tree="$scratch/it's a \"tree\" \$HOME"
hostile_tmp="$scratch/t;touch X;\`touch X\` \$(touch X)'\""
mini_tree "$tree"
mkdir -p "$hostile_tmp" "$tree/folder with space/and'quote"

# All of these can be converted.
newline_name=$(printf 'new\nline\tand tab.c')
utf8_name=$(printf 'gr\303\274n-\346\274\242.c')
long_name=$(repeat 253 n).c
# shellcheck disable=SC2016 # names, not expansions
set -- plain.c 'a;touch X;.c' '$(touch X).c' '`touch X`.c' 'with space.c' \
	"with'quote.c" 'with"dquote.c' '-n.c' '--in-place.c' '*.c' '%s%n.c' \
	'back\slash.c' '.hidden.c' '#hash.c' '|pipe.c' '>out.c' ' lead.c' \
	"folder with space/and'quote/deep.c" "$newline_name" "$utf8_name" \
	"$long_name"
for path; do
	old_caller by_name >"$tree/$path"
done

mkdir "$tree/bytes"
{ printf '\357\273\277'; old_caller bom; } >"$tree/bytes/bom.c"
old_caller crlf | crlf >"$tree/bytes/crlf.c"
{ printf '\357\273\277'; old_caller both; } | crlf >"$tree/bytes/bom-crlf.c"
{ printf '/* \344\366\374 \377 */\n'; old_caller latin; } >"$tree/bytes/latin1.c"
printf '%s' "$(old_caller no_newline)" >"$tree/bytes/no-newline.c"
{ printf '\f\n\v\n'; old_caller feed; } >"$tree/bytes/form-feed.c"
{
	printf 'int parens(void)\n{\n\treturn '
	repeat 10000 '('
	printf 1
	repeat 10000 ')'
	printf ';\n}\n\n'
	old_caller below_parens
} >"$tree/bytes/parens.c"
old_caller executable >"$tree/bytes/executable.c"
chmod 755 "$tree/bytes/executable.c"
old_caller narrow >"$tree/bytes/narrow.c"
chmod 640 "$tree/bytes/narrow.c"
old_caller linked >"$scratch/outside/hard-link.c"
ln "$scratch/outside/hard-link.c" "$tree/bytes/hard-link.c"

expected=$scratch/expected-tree
cp -a "$tree" "$expected"
find "$expected" -type f -exec sh -c 'for file; do
	sed -e "s/_worker(0, /_worker(/g" -e "s/unsigned int flags, //" \
		-e "s/(flags, /(/" "$file" >"$0/new" && cat "$0/new" >"$file"
	done; rm -f "$0/new"' "$scratch" {} +

# None of these can: each one has to be named with the reason behind it.
# with_and_without NAME: the same bytes with the API's name in them and without.
with_and_without()
{
	cat >"$tree/bytes/$1-without.c"
	{ cat "$tree/bytes/$1-without.c"; old_caller with; } \
		>"$tree/bytes/$1-with.c"
}
printf 'int a;\r\nint b;\n' | with_and_without mixed
printf 'int a;\n\0\0int b;\n' | with_and_without nul

# And these may go either way: converted, or named.
noise | with_and_without noise
{ noise; printf '\n\n'; old_caller apart; noise; } >"$tree/bytes/noise-around.c"
repeat 1000000 a >"$scratch/million"
{
	printf 'static const char text[] = "'
	cat "$scratch/million"
	printf '";\n\n'
	old_caller below_long_line
} >"$tree/bytes/long-line.c"
{
	printf '/* '
	cat "$scratch/million"
	printf ' */\n\n'
	old_caller below_long_comment
} >"$tree/bytes/long-comment.c"
{
	old_caller above
	printf '\nint unbalanced(int a)\n{\n\tif (a) {\n\t\ta++;\n'
	printf '\tkthread_create_worker(0, "unbalanced");\n\treturn a;\n}\n\n'
	old_caller below
} >"$tree/bytes/unclosed.c"
{
	old_caller above
	printf '\nint unbalanced(int a)\n{\n\tif (a)\n\t\ta++;\n\t}\n'
	printf '\treturn a;\n}\n}\n\n'
	old_caller below
} >"$tree/bytes/unopened.c"
{ old_caller above; printf '\nint unbalanced(int a)\n{\n\treturn ((a;\n}\n\n'
	old_caller below; } >"$tree/bytes/parenthesis.c"
{ old_caller above; printf '\n/* no end\n\n'; old_caller below; } >"$tree/bytes/comment.c"
{ old_caller above; printf '\nchar *s = "no end;\n\n'; old_caller below; } \
	>"$tree/bytes/string.c"
{ old_caller above; printf '\n#if 1\n#else\n#else\n\n'; old_caller below; } \
	>"$tree/bytes/endif.c"
{
	repeat 5000 "$(printf '#ifdef A\n.')" | tr . ' '
	old_caller below_ifdefs
	repeat 5000 "$(printf '#endif\n.')" | tr . ' '
} >"$tree/bytes/ifdefs.c"
: >"$tree/bytes/empty.c"
printf '\357\273\277' >"$tree/bytes/only-bom.c"
printf 'kthread_create_worker' >"$tree/bytes/only-name.c"
printf 'kthread_create_worker(0,' >"$tree/bytes/cut-off.c"
mkfifo "$tree/bytes/pipe.c"

old_caller outside >"$scratch/outside/old.c"
mkdir "$scratch/outside/folder"
old_caller outside >"$scratch/outside/folder/old.c"
mkdir "$tree/links"
ln -s "$scratch/outside/old.c" "$tree/links/out.c"
ln -s "$scratch/outside/folder" "$tree/links/folder"
ln -s ../plain.c "$tree/links/inside.c"
ln -s loop.c "$tree/links/loop.c"
ln -s pong.c "$tree/links/ping.c"
ln -s ping.c "$tree/links/pong.c"
ln -s .. "$tree/links/up"
ln -s . "$tree/links/here"
ln -s missing.c "$tree/links/dangling.c"
ln -s /dev/zero "$tree/links/device.c"

# --- settings that must not matter -------------------------------------------

plain_git -C "$tree" init -q
cat >"$tree/.git/config" <<CONFIG
[core]
	repositoryformatversion = 0
	pager = $trap_dir/mark
	fsmonitor = $trap_dir/mark
	hooksPath = $trap_dir
	attributesFile = $scratch/home/attributes
[diff]
	external = $trap_dir/mark
	noprefix = true
	context = 0
	renames = copies
	mnemonicPrefix = true
	algorithm = histogram
[diff "evil"]
	command = $trap_dir/mark
	textconv = $trap_dir/mark
[color]
	ui = always
[pager]
	diff = $trap_dir/mark
CONFIG
cp "$tree/.git/config" "$scratch/home/.gitconfig"
mkdir "$scratch/home/git"
cp "$tree/.git/config" "$scratch/home/git/config"
echo '* diff=evil' >"$tree/.gitattributes"
echo '* diff=evil' >"$scratch/home/attributes"
printf '[spatch]\n\toptions = --no-such-option\n' >"$tree/.cocciconfig"
cp "$tree/.cocciconfig" "$scratch/home/.cocciconfig"
for own in .gitattributes .cocciconfig; do
	cp -a "$tree/$own" "$expected/$own"
done

# --- patch ------------------------------------------------------------------

everything "$tree" >"$scratch/tree.before"
everything "$scratch/outside" >"$scratch/outside.before"
everything "$scratch/home" >"$scratch/home.before"

hostile_run -j2 patch
is "patch: exit status" "$status" 3
cp "$scratch/stdout" "$scratch/patch.diff"
cp "$scratch/stderr" "$scratch/patch.err"
ok "patch: stderr is made of findings" contract_lines
everything "$tree" >"$scratch/tree.after"
same "patch: the tree is untouched" "$scratch/tree.after" "$scratch/tree.before"
like "patch: plain prefixes" "$scratch/patch.diff" \
	'^diff --git a/plain\.c b/plain\.c$'
unlike "patch: no colour" "$scratch/patch.diff" "$(printf '^\033')"
like "patch: with context" "$scratch/patch.diff" '^@@ -1,4 \+1,4 @@'

hostile_run -j1 patch
same "patch -j1: the same diff as with -j2" "$scratch/stdout" \
	"$scratch/patch.diff"
same "patch -j1: the same findings as with -j2" "$scratch/stderr" \
	"$scratch/patch.err"
ok "patch: nothing is executed" nothing_executed
ok "patch: no temporary files stay" no_litter

hostile_run steps
is "steps: exit status" "$status" 3
hostile_run audit
is "audit: exit status" "$status" 3
everything "$tree" >"$scratch/tree.after"
same "steps, audit: the tree is untouched" "$scratch/tree.after" \
	"$scratch/tree.before"

# --- apply ------------------------------------------------------------------

by_git=$scratch/by-git
by_patch=$scratch/by-patch
cp -a "$tree" "$by_git"
cp -a "$tree" "$by_patch"

hostile_run -j2 apply
is "apply: exit status" "$status" 3
ok "apply: stderr is made of findings" contract_lines
ok "apply: what is left is named with a reason" all_named "$tree"
for reason in 'bytes/mixed-with.c: mixes ' 'bytes/nul-with.c: .*NUL' \
	'links/out.c: symbolic link out of the tree' \
	'links/folder: symbolic link to a folder' \
	'links/loop.c: symbolic link loop' 'links/ping.c: symbolic link loop' \
	'links/pong.c: symbolic link loop'; do
	like "apply: ${reason%%:*} is named" "$scratch/stderr" "^$reason"
done
unlike "apply: files without an old call go unmentioned" "$scratch/stderr" \
	'without\.c|empty\.c|only-bom\.c|dangling\.c|inside\.c|links/(up|here)'
for path in mixed-with mixed-without nul-with nul-without noise-without; do
	same "apply: $path.c is as before" "$tree/bytes/$path.c" \
		"$by_git/bytes/$path.c"
done
# Where some calls stay, nothing but calls has changed.
for file in "$tree"/bytes/*.c; do
	test -p "$file" && continue
	new_text <"$file" >"$scratch/now"
	new_text <"$by_git/bytes/${file##*/}" >"$scratch/then"
	cmp -s "$scratch/now" "$scratch/then" || echo "$file"
done >"$scratch/spoiled"
is "apply: nothing but old calls changes" "$(cat "$scratch/spoiled")" ""
for path in above below; do
	ok "apply: the function $path the unclosed one is converted" \
		grep -qz "\*$path(int cpu).{..return kthread_create_worker(\"w" \
		"$tree/bytes/unclosed.c"
done

# Whatever is in the expected tree, byte for byte, with its mode.
contents "$expected" >"$scratch/expected.list"
contents "$tree" >"$scratch/tree.list"
grep -vxF -f "$scratch/tree.list" "$scratch/expected.list" >"$scratch/missing"
is "apply: all others are converted, modes stay" "$(cat "$scratch/missing")" ""
ok "apply: links are still links" test -h "$tree/links/inside.c"
everything "$scratch/outside" | sed 's/ [0-9.]* [0-9.]* $/ /' \
	>"$scratch/outside.after"
# A hard link that was cut off changes the time of the inode, nothing else.
sed 's/ [0-9.]* [0-9.]* $/ /' "$scratch/outside.before" \
	>"$scratch/outside.expected"
same "apply: nothing outside of the tree changes" "$scratch/outside.after" \
	"$scratch/outside.expected"
everything "$scratch/home" >"$scratch/home.after"
same "apply: nothing in the home folder changes" "$scratch/home.after" \
	"$scratch/home.before"
ok "apply: nothing is executed" nothing_executed
ok "apply: no temporary files stay" no_litter

# --- the diff is what apply does ----------------------------------------------

contents "$tree" >"$scratch/applied.list"
(cd "$by_git" && plain_git apply --whitespace=nowarn "$scratch/patch.diff") \
	>"$scratch/said" 2>&1
is "git apply takes the diff" "$? $(cat "$scratch/said")" "0 "
chmod 640 "$by_git/bytes/narrow.c"	# git knows no such mode
contents "$by_git" >"$scratch/by-git.list"
same "git apply: the same tree as by apply" "$scratch/by-git.list" \
	"$scratch/applied.list"

# GNU patch takes no name with a newline and none that fills NAME_MAX.
awk '/^diff --git / { skip = /\\n/ || length() > 500 } !skip' \
	"$scratch/patch.diff" 	>"$scratch/for-patch.diff"
(cd "$by_patch" && patch -s -p1 --no-backup-if-mismatch \
	<"$scratch/for-patch.diff") >"$scratch/said" 2>&1
is "patch -p1 takes the diff" "$? $(cat "$scratch/said")" "0 "
for path in "$newline_name" "$long_name"; do
	cp "$tree/$path" "$by_patch/$path"
done
contents "$by_patch" >"$scratch/by-patch.list"
same "patch -p1: the same tree as by apply" "$scratch/by-patch.list" \
	"$scratch/applied.list"

hostile_run -q patch
is "a second run has nothing to do" "$(cat "$scratch/stdout")" ""

# --- the scratch folder inside of a repository --------------------------------

tree=$scratch/small
mini_tree "$tree"
old_caller plain >"$tree/plain.c"
run -C "$tree" patch
cp "$scratch/stdout" "$scratch/reference.diff"
mkdir -p "$scratch/repo/tmp"
plain_git -C "$scratch/repo" init -q
{
	cat "$scratch/home/.gitconfig"
	printf '[diff]\n\torderFile = %s\n' "$scratch/order"
} >"$scratch/repo/.git/config"
printf '*.c\n*.h\n' >"$scratch/order"
TMPDIR=$scratch/repo/tmp run -C "$tree" patch
is "TMPDIR inside of a repository: exit status" "$status" 0
same "TMPDIR inside of a repository: its settings do not matter" \
	"$scratch/stdout" "$scratch/reference.diff"
TMPDIR=$scratch/repo/tmp run -C "$tree" patch
is "TMPDIR inside of a repository: nothing stays" \
	"$(ls -A "$scratch/repo/tmp")" ""
TMPDIR=relative run -C "$tree" patch
same "a relative TMPDIR" "$scratch/stdout" "$scratch/reference.diff"
TMPDIR=$scratch/missing-folder run -C "$tree" patch
same "a TMPDIR that is not there" "$scratch/stdout" "$scratch/reference.diff"

# --- semantic patches in a folder with such a name --------------------------------

cp -r "$top/cocci" "$scratch/c;touch X;\`touch X\` \$(touch X)'\""
# shellcheck disable=SC2031 # meant to be
PATH=$trap_dir:$PATH TMPDIR=$scratch/tmp \
	KTHREAD_COCCI_DIR="$scratch/c;touch X;\`touch X\` \$(touch X)'\"" \
	run -C "$tree" patch
same "a hostile path to the semantic patches" "$scratch/stdout" \
	"$scratch/reference.diff"
ok "a hostile path to the semantic patches: nothing is executed" \
	nothing_executed

# --- names that would forge lines or talk to the terminal ---------------------

tree=$scratch/forged
mini_tree "$tree"
printf 'kthread_create_worker\0' \
	>"$tree/$(printf 'a\nplain.c:1: all is well.c')"
printf 'kthread_create_worker\0' >"$tree/$(printf 'b\033[31mred\007.c')"
printf 'void f(void)\n{\n\tkthread_create_worker(1 + \033, "x");\n}\n' \
	>"$tree/c.c"
TMPDIR=$scratch/tmp run -C "$tree" patch
unlike "findings: no control characters from names or files" \
	"$scratch/stderr" '[[:cntrl:]]'
unlike "findings: a newline in a name does not forge a line" \
	"$scratch/stderr" '^plain\.c:1:'
TMPDIR=$scratch/tmp run -C "$tree" audit
unlike "audit: no control characters from names or files" \
	"$scratch/stdout" '[[:cntrl:]]'

# --- nesting that spatch cannot take in time -----------------------------------

tree=$scratch/nested
mini_tree "$tree"
old_caller plain >"$tree/plain.c"
{
	printf 'void braces(void)\n{\n'
	repeat 10000 '{'
	repeat 10000 '}'
	printf '\n}\n\n'
	old_caller below_braces
} >"$tree/braces.c"
TMPDIR=$scratch/tmp run -C "$tree" apply --limit 2
ok "10000 braces: converted or named" all_named "$tree"
is "10000 braces: the other files are converted" \
	"$(old_calls "$tree" | tr '\0' ' ')" \
	"$(test "$status" -eq 0 || echo './braces.c ')"

# --- what an unprivileged user may not touch ------------------------------------

if test "$(id -u)" -ne 0; then
	as_user() { "$@"; }
	can_drop=yes
else
	as_user()
	{
		setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
	}
	as_user true 2>/dev/null && can_drop=yes || can_drop=
fi

if test -z "$can_drop"; then
	skip "files that may not be read or written" "setpriv does not work here"
else
	# The user may not be allowed into the project's folder.
	mkdir "$scratch/bin" "$scratch/user-tmp"
	cp "$PROGRAM" "$scratch/bin/kthread-cocci"
	cp -r "$top/cocci" "$scratch/cocci"
	chmod -R a+rX "$scratch/bin" "$scratch/cocci"
	tree=$scratch/closed
	mini_tree "$tree"
	mkdir "$tree/open" "$tree/unreadable" "$tree/read-only" \
		"$tree/unsearchable" "$scratch/outside/closed"
	for path in open/good.c open/unreadable.c open/read-only.c \
		unreadable/hidden.c read-only/file.c unsearchable/file.c; do
		old_caller closed >"$tree/$path"
	done
	old_caller outside >"$scratch/outside/closed/old.c"
	old_caller outside >"$scratch/outside/closed.c"
	ln -s "$scratch/outside/closed.c" "$tree/open/to-unreadable.c"
	ln -s "$scratch/outside/closed/old.c" "$tree/open/to-hidden.c"
	chmod 000 "$tree/open/unreadable.c" "$tree/unreadable" \
		"$scratch/outside/closed.c" "$scratch/outside/closed"
	chmod 444 "$tree/open/read-only.c"
	chmod 555 "$tree/read-only"
	chmod 644 "$tree/unsearchable"
	if test "$(id -u)" -eq 0; then
		chown -R -h 65534:65534 "$tree" "$scratch/user-tmp"
		chmod 755 "$scratch/outside"
	fi
	cp -a "$tree" "$scratch/closed.before"

	user_run()
	{
		status=0
		as_user env TMPDIR="$scratch/user-tmp" HOME="$scratch/home" \
			KTHREAD_COCCI_DIR="$scratch/cocci" \
			"$scratch/bin/kthread-cocci" -C "$tree" "$@" \
			>"$scratch/stdout" 2>"$scratch/stderr" || status=$?
	}
	everything "$tree" >"$scratch/tree.before"
	user_run patch
	is "closed: patch: exit status" "$status" 3
	like "closed: patch: a read-only file is in the diff" \
		"$scratch/stdout" '^\+\+\+ b/open/read-only\.c$'
	everything "$tree" >"$scratch/tree.after"
	same "closed: patch: the tree is untouched" "$scratch/tree.after" \
		"$scratch/tree.before"

	user_run apply
	is "closed: apply: exit status" "$status" 3
	like "closed: an unreadable file is named" "$scratch/stderr" \
		'^open/unreadable\.c: cannot be read: Permission denied$'
	like "closed: an unreadable folder is named" "$scratch/stderr" \
		'^unreadable: .*Permission denied$'
	like "closed: a folder that may not be entered, or its file, is named" \
		"$scratch/stderr" '^unsearchable(/file\.c)?: .*Permission denied$'
	like "closed: a read-only file is named" "$scratch/stderr" \
		'^open/read-only\.c: read-only'
	like "closed: a file in a read-only folder is named" \
		"$scratch/stderr" '^read-only/file\.c: its folder is read-only'
	like "closed: a link to an unreadable file is named" \
		"$scratch/stderr" '^open/to-unreadable\.c: '
	like "closed: a link into an unreadable folder is named" \
		"$scratch/stderr" '^open/to-hidden\.c: '
	ok "closed: stderr is made of findings" contract_lines
	for path in open/unreadable.c open/read-only.c unreadable/hidden.c \
		read-only/file.c; do
		same "closed: $path is as before" "$tree/$path" \
			"$scratch/closed.before/$path"
	done
	old_caller closed | new_text >"$scratch/good.c"
	same "closed: the others are converted" "$tree/open/good.c" \
		"$scratch/good.c"
	is "closed: no temporary files stay" \
		"$(find "$scratch/user-tmp" -mindepth 1
		find "$tree" -name ".kthread-cocci*")" ""

	chmod 555 "$tree"
	chmod 644 "$tree/open/read-only.c"
	user_run apply
	is "closed: a read-only tree: exit status" "$status" 2
	is "closed: a read-only tree: one line" \
		"$(wc -l <"$scratch/stderr")" 1
	chmod 755 "$tree"
fi

# --- a forged journal ------------------------------------------------------------

sum() { sha256sum <"$1" | cut -d ' ' -f 1; }

# forge PATH NUMBER: a journal that would put "evil" into PATH of the tree.
forge()
{
	rm -rf "$tree/.kthread-cocci-apply"
	mkdir "$tree/.kthread-cocci-apply"
	echo evil >"$tree/.kthread-cocci-apply/0"
	printf '%s %s %s %s\n' "$2" "$(sum "$scratch/outside/victim")" \
		"$(sum "$tree/.kthread-cocci-apply/0")" "$1" \
		>"$tree/.kthread-cocci-apply/journal"
}

tree=$scratch/journal
mini_tree "$tree"
old_caller plain >"$tree/plain.c"
echo victim >"$scratch/outside/victim"
echo victim >"$tree/own.c"
ln -s ../outside "$tree/link"
contents "$scratch/outside" >"$scratch/outside.before"

# apply_forged NAME: nothing outside may change, nothing may hang.
apply_forged()
{
	status=0
	TMPDIR=$scratch/tmp timeout 20 "$PROGRAM" -C "$tree" apply \
		>"$scratch/stdout" 2>"$scratch/stderr" || status=$?
	contents "$scratch/outside" >"$scratch/outside.after"
	same "forged journal: $1: nothing outside changes" \
		"$scratch/outside.after" "$scratch/outside.before"
	not_ok "forged journal: $1: no hang and no crash" \
		test "$status" -gt 3
	echo victim >"$scratch/outside/victim"
}

forge ../outside/victim 0
apply_forged "a path with .."
forge "$scratch/outside/victim" 0
apply_forged "an absolute path"
forge link/victim 0
apply_forged "a path through a link"
forge own.c ../../outside/victim
apply_forged "a staged file from elsewhere"
forge own.c 0
ln -sf "$scratch/outside/victim" "$tree/.kthread-cocci-apply/0"
apply_forged "a staged file that is a link"
rm -rf "$tree/.kthread-cocci-apply"
ln -s ../outside "$tree/.kthread-cocci-apply"
apply_forged "the folder is a link"
rm -f "$tree/.kthread-cocci-apply"
mkdir "$tree/.kthread-cocci-apply"
mkfifo "$tree/.kthread-cocci-apply/journal"
apply_forged "the journal is a pipe"
rm -rf "$tree/.kthread-cocci-apply"
mkdir "$tree/.kthread-cocci-apply"
noise >"$tree/.kthread-cocci-apply/journal"
apply_forged "the journal is noise"
rm -rf "$tree/.kthread-cocci-apply"
: >"$tree/.kthread-cocci-apply"
apply_forged "the folder is a file"
rm -f "$tree/.kthread-cocci-apply"

ok "nothing is executed in all of this" nothing_executed
done_testing
