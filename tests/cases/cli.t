#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The contract of the command line: which words it takes, what goes to stdout
# and what to stderr, in which form, and the exit status.
. "$(dirname "$0")/../lib.sh"

KTHREAD_COCCI_DIR=$top/cocci
export KTHREAD_COCCI_DIR
TMPDIR=$scratch/tmp
export TMPDIR
mkdir "$TMPDIR" "$scratch/empty"
mini=$top/tests/linux-mini
step=02-kthread-worker-flags
cp -a "$mini" "$scratch/mini.before"

# A tree in which nothing is left once it is converted.
clean=$scratch/clean
mkdir -p "$clean/include/linux"
cat >"$clean/include/linux/kthread.h" <<'API'
/* SPDX-License-Identifier: GPL-2.0-only */
struct kthread_worker;

struct kthread_worker *kthread_create_worker_on_node(unsigned int flags, int node, const char namefmt[], ...);

#define kthread_create_worker(flags, namefmt, ...) \
	kthread_create_worker_on_node(flags, -1, namefmt, ## __VA_ARGS__)
API
cat >"$clean/caller.c" <<'CALLER'
struct kthread_worker *make(int cpu)
{
	return kthread_create_worker(0, "w%d", cpu);
}
CALLER
# The same with a call that is for a human.
left=$scratch/left
cp -a "$clean" "$left"
cat >"$left/flags.c" <<'CALLER'
struct kthread_worker *make(unsigned int how)
{
	return kthread_create_worker(how, "w");
}
CALLER
# And one with a file that cannot be read as text.
failing=$scratch/failing
cp -a "$left" "$failing"
printf 'kthread_create_worker\0' >"$failing/nul.c"
converted=$scratch/converted
cp -a "$clean" "$converted"
foreign=$scratch/foreign
mkdir "$foreign"
echo 'int main(void) { return 0; }' >"$foreign/main.c"

# refused NAME: exit status 2, one line that says why, nothing on stdout.
refused()
{
	is "$1: exit status" "$status" 2
	is "$1: nothing on stdout" "$(cat "$scratch/stdout")" ""
	is "$1: one line on stderr" "$(wc -l <"$scratch/stderr")" 1
	like "$1: it says why" "$scratch/stderr" '^kthread-cocci: [^ :].*[^ ]$'
}

# well_formed FILE: all lines are findings or of the program.
well_formed()
{
	! grep -nvE '^([^:]+(:[0-9]+)?|kthread-cocci): [^ ].*$' "$1" || return 1
	! grep -n '[[:cntrl:]]' "$1"
}

# --- words that it does not take ------------------------------------------------

run
refused "no command"
run bogus
refused "unknown command"
like "unknown command: it is named" "$scratch/stderr" "'bogus'"
run ''
refused "an empty command"
run -Z steps
refused "unknown option"
like "unknown option: it is named" "$scratch/stderr" "'-Z'"
run --bogus steps
refused "unknown long option"
like "unknown long option: it is named" "$scratch/stderr" "'--bogus'"
run -Zq steps
refused "unknown option in front of another letter"
like "unknown option in front of another letter: it is named" \
	"$scratch/stderr" "'-Zq?'"
run -qZ steps
refused "unknown option behind another letter"
like "unknown option behind another letter: it is named" "$scratch/stderr" \
	"'-q?Z'"
run --version=1
refused "an option that takes no argument"
run patch --bogus
refused "unknown option of a command"
like "unknown option of a command: it is named" "$scratch/stderr" "'--bogus'"
run -C "$clean" patch 02 --bogus
refused "unknown option behind a step"
run -C "$clean" patch 99
refused "unknown step"
like "unknown step: it is named" "$scratch/stderr" "'99'"
run -C "$clean" patch 02 nothing
refused "one known and one unknown step"
for word in '' 0 2 02- 02-kthread 02-kthread-worker-flags.cocci; do
	run -C "$clean" apply "$word"
	refused "no step: '$word'"
done
run -C "$clean" audit 99
refused "unknown step for audit"
run -C "$clean" steps 02
refused "an argument for steps"

for option in -C -j --jobs --kernel; do
	run "$option"
	refused "$option without its argument"
done
run -C "$clean" patch --limit
refused "--limit without its argument"
for jobs in 0 x -1 1x '' ' 1' 99999999999999999999 0x10 1.5; do
	run -C "$clean" -j "$jobs" steps
	refused "-j '$jobs'"
	like "-j '$jobs': it is named" "$scratch/stderr" "-j"
done
run -C "$clean" patch --limit 0
refused "--limit 0"
for command in steps contexts index check; do
	run -C "$clean" --kernel /lib $command
	refused "--kernel, $command"
done

# --- trees ------------------------------------------------------------------------

for command in steps patch apply audit contexts check index; do
	run -C "$scratch/missing" "$command"
	refused "$command: a tree that is not there"
	like "$command: the missing tree is named" "$scratch/stderr" \
		"$scratch/missing: No such file or directory"
	run -C "$clean/caller.c" "$command"
	refused "$command: a tree that is a file"
	like "$command: the file is named" "$scratch/stderr" \
		"$clean/caller.c: Not a directory"
	run -C "$scratch/empty" "$command"
	refused "$command: an empty tree"
	like "$command: the empty tree is named" "$scratch/stderr" \
		"$scratch/empty: "
	run -C '' "$command"
	is "$command: an empty name for a tree" "$status" 2
done
is "an empty tree stays empty" "$(ls -A "$scratch/empty")" ""

# --- what it prints ----------------------------------------------------------------

run --version
is "--version: exit status" "$status" 0
like "--version: name and number" "$scratch/stdout" '^kthread-cocci [0-9.]+$'
is "--version: one line" "$(wc -l <"$scratch/stdout")" 1
is "--version: nothing on stderr" "$(cat "$scratch/stderr")" ""
for option in --help -h; do
	run "$option"
	is "$option: exit status" "$status" 0
	like "$option: usage" "$scratch/stdout" '^Usage: kthread-cocci '
	is "$option: nothing on stderr" "$(cat "$scratch/stderr")" ""
	for command in steps patch apply audit contexts series check index; do
		like "$option: $command" "$scratch/stdout" "^  $command "
	done
done
for command in steps patch apply audit contexts check index; do
	run "$command" --help
	is "$command --help: exit status" "$status" 0
	like "$command --help: usage" "$scratch/stdout" \
		"^Usage: kthread-cocci .*$command"
	is "$command --help: nothing on stderr" "$(cat "$scratch/stderr")" ""
done

run -C "$clean" steps
is "steps: exit status" "$status" 0
like "steps: a step that applies" "$scratch/stdout" \
	"^$step +applies +1 calls to convert, 2 files to look at$"
is "steps: nothing on stderr" "$(cat "$scratch/stderr")" ""
is "steps: one line per step" "$(wc -l <"$scratch/stdout")" \
	"$(find "$top/cocci" -name '[0-9][0-9]*-*.cocci' | wc -l)"
run -C "$foreign" steps
is "steps: a tree without the API: exit status" "$status" 0
like "steps: a tree without the API" "$scratch/stdout" \
	"^$step +not for this tree "

# What a step needs is asked of the code: the version in the Makefile says nothing.
old=$scratch/old
cp -a "$top/tests/linux-mini-6.1" "$old"
sed -i 's/^VERSION = .*/VERSION = 2/' "$old/Makefile"
run -C "$old" steps
like "steps: the older worker API" "$scratch/stdout" '^01-[a-z-]+ +applies '
sed -i '/fn_arg/d' "$old/include/linux/sched/task.h"
run -C "$old" steps
like "steps: a struct without the member that is needed" "$scratch/stdout" \
	'^01-.* not for this tree  kernel_clone_args has no fn_arg in this tree$'
like "steps: the step behind it has its reason, too" "$scratch/stdout" \
	'^03-kthread-args +needs 01 +the tree has no kthread_create_release$'
sed -i 's/__kthread_create_worker/make_worker/' "$old/kernel/kthread.c"
run -C "$old" steps
like "steps: none of the names that are needed" "$scratch/stdout" \
	'^01-.* not for this tree  the tree has none of __kthread_create_worker_on_node, __kthread_create_worker, kthread_create_release$'

run -C "$mini" patch "$step"
cp "$scratch/stdout" "$scratch/full.diff"
cp "$scratch/stderr" "$scratch/full.err"
is "patch: exit status" "$status" 3
run -C "$mini" patch 02
same "patch 02 is patch $step" "$scratch/stdout" "$scratch/full.diff"
run -C "$mini" patch "$step" 02
same "a step that is named twice is carried out once" "$scratch/stdout" \
	"$scratch/full.diff"
run -C "$mini//" patch 02 -- 02
same "a tree with slashes behind it" "$scratch/stdout" "$scratch/full.diff"
status=0
(cd "$mini/fs" && "$PROGRAM" -C .. -j 1 patch 02) >"$scratch/stdout" \
	2>"$scratch/stderr" || status=$?
same "a relative tree" "$scratch/stdout" "$scratch/full.diff"
same "a relative tree: the same findings" "$scratch/stderr" "$scratch/full.err"
(cd "$mini" && "$PROGRAM" patch 02) >"$scratch/stdout" 2>"$scratch/stderr"
same "without -C it is this folder" "$scratch/stdout" "$scratch/full.diff"
ln -s "$mini" "$scratch/link"
run -C "$scratch/link" patch 02
same "a tree behind a link" "$scratch/stdout" "$scratch/full.diff"
for option in -q --quiet -v --verbose -j1 -j2 -j64 --jobs=2; do
	run "$option" -C "$mini" patch 02
	same "patch $option: the same diff" "$scratch/stdout" \
		"$scratch/full.diff"
	grep -v '^kthread-cocci: ' "$scratch/stderr" >"$scratch/findings"
	same "patch $option: the same findings" "$scratch/findings" \
		"$scratch/full.err"
	ok "patch $option: the form of the messages" well_formed \
		"$scratch/stderr"
done

# --- exit statuses -------------------------------------------------------------------

# statuses TREE NAME PATCH AUDIT: what patch and audit exit with.
statuses()
{
	run -C "$1" patch 02
	is "patch: $2: exit status" "$status" "$3"
	run -C "$1" audit 02
	is "audit: $2: exit status" "$status" "$4"
	ok "audit: $2: the form of the list" well_formed "$scratch/stdout"
	ok "audit: $2: the form of the messages" well_formed "$scratch/stderr"
}

statuses "$clean" "all can be converted" 0 1
statuses "$left" "something is left" 1 1
statuses "$failing" "a file cannot be read" 3 3
statuses "$foreign" "no API" 0 0
run -C "$converted" apply 02
is "apply: exit status" "$status" 0
is "apply: nothing on stdout" "$(cat "$scratch/stdout")" ""
is "apply: it says how many files" "$(cat "$scratch/stderr")" \
	"kthread-cocci: 2 files written"
statuses "$converted" "converted" 0 0
is "audit: converted: nothing to list" "$(cat "$scratch/stdout")" ""
run -C "$converted" steps
like "steps: a step that was carried out" "$scratch/stdout" \
	"^$step +already there "
run -q -C "$converted" apply
is "apply -q: exit status" "$status" 0
is "apply -q: says nothing" "$(cat "$scratch/stdout" "$scratch/stderr")" ""
cp -a "$failing" "$scratch/once"
run -C "$scratch/once" apply
is "apply: a file cannot be read: exit status" "$status" 3

# --- the form of all messages -----------------------------------------------------------

for command in steps audit "patch 02" apply; do
	cp -a "$mini" "$scratch/mini"
	# shellcheck disable=SC2086 # words
	"$PROGRAM" -C "$scratch/mini" $command 2>&1 >"$scratch/stdout" |
		cat >"$scratch/stderr"
	ok "$command: the form of the messages" well_formed "$scratch/stderr"
	unlike "$command: no progress in a pipe" "$scratch/stderr" '[0-9]/[0-9]+ files'
	unlike "$command: no escapes on stdout" "$scratch/stdout" \
		"$(printf '\033')"
	rm -rf "$scratch/mini"
done

if ! script -qec true /dev/null >/dev/null 2>&1; then
	skip "progress on a terminal" "script does not work here"
else
	# on_terminal ARGS...: stderr goes to a terminal, stdout to a file.
	on_terminal()
	{
		echo "'$PROGRAM' -C '$mini' $* >'$scratch/stdout'" \
			>"$scratch/command"
		script -qec "sh '$scratch/command'" /dev/null \
			</dev/null >"$scratch/terminal" 2>&1
	}
	escape=$(printf '\033')
	TERM=xterm on_terminal patch --no-cache 02
	like "a terminal: progress" "$scratch/terminal" '02-kthread-worker-flags: 0/[0-9]+ files'
	same "a terminal: the same diff" "$scratch/stdout" "$scratch/full.diff"
	tr '\r' '\n' <"$scratch/terminal" | sed "s/^$escape\[K//" |
		grep -v '^02-kthread-worker-flags: [0-9]' | grep . >"$scratch/findings"
	same "a terminal: the same findings" "$scratch/findings" \
		"$scratch/full.err"
	NO_COLOR=1 TERM=xterm-256color on_terminal patch --no-cache 02
	unlike "NO_COLOR: no colour" "$scratch/terminal" "$escape\[[0-9;]*m"
	for quiet in 'TERM=dumb patch' 'TERM= patch' 'TERM=xterm -q patch'; do
		(
			TERM=${quiet%% *}
			TERM=${TERM#TERM=}
			export TERM
			on_terminal "${quiet#* } 02"
		)
		unlike "$quiet: no progress" "$scratch/terminal" \
			"$(printf '[\033]')|[0-9]/[0-9]+ files"
	done
fi

# --- stdout that cannot be written ---------------------------------------------------------

for command in --version --help 'patch --help' steps audit 'patch 02'; do
	status=0
	# shellcheck disable=SC2086 # words
	"$PROGRAM" -C "$mini" $command >/dev/full 2>"$scratch/stderr" ||
		status=$?
	is "$command: stdout is full: exit status" "$status" 2
	like "$command: stdout is full: it says so" "$scratch/stderr" \
		'^kthread-cocci: .*: No space left on device$'
	status=0
	# shellcheck disable=SC2086 # words
	"$PROGRAM" -C "$mini" $command >&- 2>"$scratch/stderr" || status=$?
	is "$command: stdout is closed: exit status" "$status" 2
	like "$command: stdout is closed: it says so" "$scratch/stderr" \
		'^kthread-cocci: .*: Bad file descriptor$'
done

# What is written to a closed stderr must not get into a file of the tree.
rm -rf "$scratch/once"
cp -a "$mini" "$scratch/once"
run -C "$scratch/once" apply
cp -a "$mini" "$scratch/closed"
status=0
"$PROGRAM" -v -C "$scratch/closed" apply <&- >&- 2>&- || status=$?
is "apply, all closed: exit status" "$status" 3
ok "apply, all closed: the same tree" diff -r "$scratch/closed" "$scratch/once"
status=0
"$PROGRAM" -v -C "$mini" patch 02 >"$scratch/stdout" <&- 2>&- || status=$?
is "patch, stderr closed: exit status" "$status" 3
same "patch, stderr closed: the same diff" "$scratch/stdout" \
	"$scratch/full.diff"

# --- programs and files that are missing ------------------------------------------------------

# tools WITHOUT: a folder with all programs but those that begin so.
tools()
{
	mkdir "$scratch/tools-$1"
	echo "$PATH" | tr : '\n' | while read -r folder; do
		find "$folder/" -maxdepth 1 ! -type d ! -name "$1*" \
			-exec ln -sf -t "$scratch/tools-$1" {} + 2>/dev/null
	done
}

tools spatch
tools git
tools ocaml
for command in patch apply; do
	cp -a "$clean" "$scratch/tool"
	PATH=$scratch/tools-spatch run -C "$scratch/tool" "$command"
	refused "$command without spatch"
	like "$command without spatch: what to do" "$scratch/stderr" \
		'spatch.*install.*coccinelle'
	ok "$command without spatch: the tree is as before" \
		diff -r "$scratch/tool" "$clean"
	PATH=$scratch/tools-ocaml run -C "$scratch/tool" "$command"
	refused "$command without OCaml"
	like "$command without OCaml: what to do" "$scratch/stderr" \
		'[Oo][Cc]aml'
	ok "$command without OCaml: the tree is as before" \
		diff -r "$scratch/tool" "$clean"
	rm -rf "$scratch/tool"
done
PATH=$scratch/tools-git run -C "$clean" patch
refused "patch without git"
like "patch without git: what to do" "$scratch/stderr" 'git.*install.*git'
cp -a "$clean" "$scratch/tool"
PATH=$scratch/tools-git run -C "$scratch/tool" apply
is "apply needs no git" "$status" 0
for command in steps audit; do
	PATH=$scratch/tools-spatch run -C "$converted" "$command"
	is "$command needs no spatch" "$status" 0
done
status=0
env -u PATH "$PROGRAM" -C "$clean" patch >"$scratch/stdout" \
	2>"$scratch/stderr" || status=$?
case $status in
0|2) ok "no PATH at all: done or refused" true ;;
*) is "no PATH at all: done or refused" \
	"$status: $(cat "$scratch/stderr")" "0 or 2" ;;
esac

KTHREAD_COCCI_DIR=$scratch/missing run -C "$clean" steps
refused "no folder of semantic patches"
KTHREAD_COCCI_DIR=$scratch/empty run -C "$clean" patch
refused "an empty folder of semantic patches"
mkdir "$scratch/broken"
printf '// nothing\n' >"$scratch/broken/02-x.cocci"
KTHREAD_COCCI_DIR=$scratch/broken run -C "$clean" patch
refused "a semantic patch without a header"
printf '/// x: y\n//%% bogus: 1\n' >"$scratch/broken/02-x.cocci"
KTHREAD_COCCI_DIR=$scratch/broken run -C "$clean" patch
refused "a semantic patch with a bad header"

is "no temporary files stay" "$(find "$TMPDIR" -mindepth 1 | head)" ""
ok "the fixture is untouched" diff -r "$mini" "$scratch/mini.before"
done_testing
