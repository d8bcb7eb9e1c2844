#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# apply that does not get to its end: killed at KILLS random moments (50), ended
# by a signal, met by a second one, stopped by a full disk, with files that the
# user edits before the next one.  Every file is always the old or the new one,
# the next apply completes the tree, and nothing temporary stays behind.  SEED
# repeats the moments of an earlier run.
. "$(dirname "$0")/../lib.sh"

# Without a cache: a result that is kept leaves no spatch to be killed.
unset HOME XDG_CACHE_HOME

KTHREAD_COCCI_DIR=$top/cocci
export KTHREAD_COCCI_DIR
KILLS=${KILLS:-${SANITIZED:+10}}
KILLS=${KILLS:-50}
SEED=${SEED:-$(date +%s)}
echo "# KILLS=$KILLS SEED=$SEED"

TMPDIR=$scratch/tmp
export TMPDIR
mkdir "$TMPDIR"
# One step is enough: how files get written does not depend on it.
step=02
apply_folder=.kthread-cocci-apply

if command -v strace >/dev/null 2>&1 &&
	strace -o "$scratch/strace" true 2>/dev/null; then
	can_trace=yes
else
	can_trace=
fi

# traced WHAT COMMAND...: with strace's fault injection.  The leak checker does
# not work below strace.
traced()
{
	what=$1
	shift
	ASAN_OPTIONS=detect_leaks=0 strace -o "$TMPDIR.strace.$$" \
		-e trace="${what%%:*}" -e inject="$what" "$@"
}

# list TREE: path and checksum of every file but those of a write-back.
list()
{
	(
		cd "$1" || exit 1
		find . -name "$apply_folder" -prune -o -type f \
			-exec sha256sum {} +
	) | sort
}

# metadata TREE: the same files with mode and owner.
metadata()
{
	(
		cd "$1" || exit 1
		find . -name "$apply_folder" -prune -o -printf '%p %y %m %U %G\n'
	) | sort
}

# paths: of the lines of such a list.
paths() { cut -c67- | sed "s|^\./||" | sort; }

# findings FILE: without the program's own lines.
findings() { grep -v '^kthread-cocci: ' "$1"; }

# running FOLDER: processes that work below the folder.
running() { find /proc/[0-9]*/cwd -maxdepth 0 -lname "$1*" 2>/dev/null; }

# none_running FOLDER: wait until there is none, or in vain.
none_running()
{
	patience=50
	while test -n "$(running "$1")"; do
		patience=$((patience - 1))
		test "$patience" -gt 0 || return 1
		sleep 0.1
	done
}

# fresh: $tree is as before any apply.
fresh()
{
	rm -rf "$tree"
	cp -a "$base" "$tree"
}

# --- the undisturbed apply ---------------------------------------------------

# use NAME: work with a tree that was prepared.
use()
{
	base=$scratch/$1
	result=$scratch/$1.result
	lists=$scratch/$1.lists
	expected_status=$(cat "$lists/status")
	duration=$(cat "$lists/duration")
	count=$(wc -l <"$lists/changed")
}

# prepare NAME: find out what an apply makes of the tree $scratch/NAME.
prepare()
{
	base=$scratch/$1
	result=$scratch/$1.result
	lists=$scratch/$1.lists
	mkdir "$lists"
	cp -a "$base" "$result"
	begin=$(date +%s%N)
	run -C "$result" apply "$step"
	end=$(date +%s%N)
	echo $(((end - begin) / 1000000)) >"$lists/duration"
	echo "$status" >"$lists/status"
	findings "$scratch/stderr" >"$lists/findings"
	list "$base" >"$lists/base"
	list "$result" >"$lists/result"
	metadata "$base" >"$lists/base.meta"
	metadata "$result" >"$lists/result.meta"
	sort -u "$lists/base" "$lists/result" >"$lists/either"
	comm -13 "$lists/base" "$lists/result" | paths >"$lists/changed"
	use "$1"
	# A tree that has the new API is judged a bit differently.
	"$PROGRAM" -C "$result" apply "$step" >/dev/null 2>"$scratch/stderr"
	findings "$scratch/stderr" >"$lists/findings.again"
	echo "# $1: an apply takes $duration ms and changes $count files"
	ok "$1: the undisturbed apply changes files" test "$count" -gt 5
	same "$1: the undisturbed apply keeps modes and owners" \
		"$lists/result.meta" "$lists/base.meta"
	list "$result" >"$scratch/again.list"
	same "$1: a second one changes nothing" "$scratch/again.list" \
		"$lists/result"
	is "$1: nothing temporary stays" "$(find "$TMPDIR" -mindepth 1
		find "$result" -name "$apply_folder*")" ""
}

cp -a "$top/tests/linux-mini" "$scratch/large"
mkdir "$scratch/large/more"
for part in crypto drivers/ptp drivers/spi drivers/gpu fs/erofs net/dsa; do
	for copy in 1 2; do
		cp -a "$scratch/large/$part" \
			"$scratch/large/more/$(basename "$part")-$copy"
	done
done
chmod 640 "$scratch/large/more/spi-1/spi.c"
chmod 755 "$scratch/large/more/ptp-1/ptp_clock.c"
prepare large

# check_whole WHAT: no file of $tree is anything but old or new.
check_whole()
{
	list "$tree" >"$mine/now.list"
	comm -23 "$mine/now.list" "$lists/either" | sed "s|^|torn: $1: |"
	test "$(wc -l <"$mine/now.list")" -eq "$(wc -l <"$lists/base")" ||
		echo "torn: $1: files came or went"
	if cmp -s "$mine/now.list" "$lists/base"; then
		state=before
	elif cmp -s "$mine/now.list" "$lists/result"; then
		state=after
	else
		state=between
	fi
	echo "state: $state"
}

# check_completed WHAT: another apply brings $tree to the expected result.
check_completed()
{
	again=0
	"$PROGRAM" -j1 -C "$tree" apply "$step" >"$mine/again.out" 2>"$mine/again.err" ||
		again=$?
	test "$again" -eq "$expected_status" ||
		echo "status: $1: $again: $(head -n 1 "$mine/again.err")"
	list "$tree" >"$mine/now.list"
	comm -23 "$mine/now.list" "$lists/result" |
		sed "s|^|result: $1: |"
	cmp -s "$mine/now.list" "$lists/result" ||
		echo "result: $1: not the expected tree"
	findings "$mine/again.err" >"$mine/again.findings"
	cmp -s "$mine/again.findings" "$lists/findings.again" ||
		diff "$lists/findings" "$mine/again.findings" |
		grep "^[<>]" | sed "s|^|findings: $1: |"
	metadata "$tree" | comm -23 - "$lists/base.meta" |
		sed "s|^|metadata: $1: |"
	find "$mine/tmp" -mindepth 1 | sed "s|^|litter: $1: |"
	test ! -e "$tree/$apply_folder" || echo "litter: $1: $apply_folder"
}

# --- killed at random moments -------------------------------------------------

# MODE DELAY NUMBER per kill: over the whole run, in the staging of the new
# texts, behind the journal, at a certain rename.
awk -v kills="$KILLS" -v seed="$SEED" -v ms="$duration" -v files="$count" \
	-v trace="$can_trace" 'BEGIN {
	srand(seed)
	for (i = 0; i < kills; i++) {
		mode = "moment"
		if (i % 5 == 2)
			mode = "folder"
		else if (i % 5 == 3)
			mode = "journal"
		else if (i % 5 == 4 && trace)
			mode = "rename"
		delay = rand() * (mode == "folder" ? 0.02 : ms * 1.5 / 1000)
		printf "%s %.3f %d\n", mode, delay, 1 + rand() * (files + 1)
	}
}' >"$scratch/moments"

# kill_one MODE DELAY NUMBER: start an apply and kill it.
kill_one()
{
	if test "$1" = rename; then
		traced "renameat:signal=KILL:when=$3" \
			"$PROGRAM" -C "$tree" apply "$step" >/dev/null 2>&1
		return 0
	fi
	"$PROGRAM" -C "$tree" apply "$step" >/dev/null 2>&1 &
	pid=$!
	case $1 in
	moment)
		sleep "$2" ;;
	folder|journal)
		# A process that has ended has no exe any more.
		while test -e "/proc/$pid/exe" &&
			! test -e "$tree/$apply_folder"; do
			sleep 0.002
		done ;;
	esac
	case $1 in
	folder)
		sleep "$2" ;;
	journal)
		while test -e "/proc/$pid/exe" &&
			! test -e "$tree/$apply_folder/journal"; do
			:
		done
		spin=$(($3 * 10))
		while test "$spin" -gt 0; do
			spin=$((spin - 1))
		done ;;
	esac
	kill -9 "$pid" 2>/dev/null
	wait "$pid"
}

# Two workers, each with every second moment, a tree and a TMPDIR of its own.
worker()
{
	mine=$scratch/worker.$1
	mkdir "$mine" "$mine/tmp"
	TMPDIR=$mine/tmp
	tree=$mine/tree
	sed -n "$1~2p" "$scratch/moments" >"$mine/moments"
	while read -r mode delay nth; do
		fresh
		kill_one "$mode" "$delay" "$nth"
		none_running "$mine/tmp" ||
			echo "running: $mode $delay $nth: $(running "$mine/tmp")"
		check_whole "$mode $delay $nth"
		echo "moment: $mode $state"
		check_completed "$mode $delay $nth"
	done <"$mine/moments" >"$mine/report" 2>"$mine/noise"
	echo "end: $1" >>"$mine/report"
}

worker 1 &
first=$!
worker 2 &
second=$!
wait "$first"
wait "$second"
cat "$scratch/worker.1/report" "$scratch/worker.2/report" >"$scratch/report"
grep '^moment: ' "$scratch/report" | sort | uniq -c | sed 's/^/# /'

# none KIND NAME
none() { is "$2" "$(grep "^$1: " "$scratch/report" | head -n 20)" ""; }

is "kill -9: all moments were tried" \
	"$(grep -c '^moment: ' "$scratch/report")" "$KILLS"
none torn "kill -9: every file is the old or the new one"
none result "kill -9: the next apply makes the expected tree"
none status "kill -9: the next apply has the expected exit status"
none findings "kill -9: the next apply has the expected findings"
none metadata "kill -9: modes and owners stay"
none running "kill -9: no child runs on for long"
none litter "kill -9: nothing temporary is left behind the next apply"

# --- states of a write-back, made by hand ---------------------------------------

# Nothing is left to do in this one: the next apply needs no spatch.
cp -a "$scratch/large" "$scratch/small"
rm -rf "$scratch/small/more" "$scratch/small/drivers/"[mu]* \
	"$scratch/small/drivers/gpu/drm/msm" "$scratch/small/drivers/spi" \
	"$scratch/small/Documentation"
prepare small
mine=$scratch/hand
mkdir "$mine"
ln -s "$TMPDIR" "$mine/tmp"
tree=$scratch/tree

sum() { sha256sum <"$1" | cut -d ' ' -f 1; }

# stage FIRST: all new texts from number FIRST on, and the journal for all.
stage()
{
	mkdir "$tree/$apply_folder"
	index=0
	while read -r path; do
		printf '%d %s %s %s\n' "$index" "$(sum "$base/$path")" \
			"$(sum "$result/$path")" "$path"
		if test "$index" -ge "$1"; then
			cp -p "$result/$path" "$tree/$apply_folder/$index"
		else
			cp -p "$result/$path" "$tree/$path"
		fi
		index=$((index + 1))
	done <"$lists/changed" >"$tree/$apply_folder/journal"
}

# completed NAME [RECOVERED]: the next apply completes $tree.
completed()
{
	check_completed hand >"$scratch/report"
	is "$1: the next apply completes it" "$(head -n 20 "$scratch/report")" ""
	test $# -lt 2 || is "$1: and says so" \
		"$(grep -c "completed an interrupted apply: $2 files" \
			"$mine/again.err")" 1
}

fresh
mkdir "$tree/$apply_folder"
completed "an empty folder of a write-back"

fresh
stage 0
mv "$tree/$apply_folder/journal" "$tree/$apply_folder/journal.new"
list "$tree" >"$scratch/before.list"
run -C "$tree" patch
unlike "no journal yet: patch does not call the tree half-written" \
	"$scratch/stderr" 'half-written'
completed "no journal yet"

fresh
stage 0
completed "a journal, no file in place" "$count"

half=$((count / 2))
fresh
stage "$half"
list "$tree" >"$scratch/before.list"
run -C "$tree" patch
like "half in place: patch calls the tree half-written" "$scratch/stderr" \
	'^kthread-cocci: .*half-written'
run -C "$tree" audit
like "half in place: audit calls the tree half-written" "$scratch/stderr" \
	'^kthread-cocci: .*half-written'
run -C "$tree" steps
list "$tree" >"$scratch/after.list"
same "half in place: patch, audit and steps change nothing" \
	"$scratch/after.list" "$scratch/before.list"
ok "half in place: patch, audit and steps keep the journal" \
	test -e "$tree/$apply_folder/journal"
completed "half in place" $((count - half))

fresh
stage "$count"
completed "a journal, all files in place"

fresh
stage 0
while read -r path; do
	cp -p "$result/$path" "$tree/$path"
done <"$lists/changed"
completed "all files in place, all staged as well"

fresh
stage 0
: >"$tree/$apply_folder/journal"
completed "an empty journal"

fresh
stage 0
head -c 300 "$tree/$apply_folder/journal" >"$scratch/cut"
cp "$scratch/cut" "$tree/$apply_folder/journal"
run -C "$tree" apply "$step"
list "$tree" >"$scratch/after.list"
same "a journal that was cut off: the next apply completes it" \
	"$scratch/after.list" "$lists/result"
not_ok "a journal that was cut off: it goes away" \
	test -e "$tree/$apply_folder"

# The name of a file in the journal has C escapes.
fresh
odd=$(printf 'odd\n\303\274 \\name.c')
printf 'int old;\n' >"$tree/$odd"
printf 'int new;\n' >"$scratch/new"
mkdir "$tree/$apply_folder"
printf '0 %s %s %s\n' "$(sum "$tree/$odd")" "$(sum "$scratch/new")" \
	'odd\n\303\274 \\name.c' >"$tree/$apply_folder/journal"
cp "$scratch/new" "$tree/$apply_folder/0"
run -C "$tree" apply "$step"
same "an odd name in the journal" "$tree/$odd" "$scratch/new"

# --- the user was there in between ------------------------------------------------

fresh
stage "$half"
in_place=$(head -n 1 "$lists/changed")
pending=$(sed -n "$((half + 1))p" "$lists/changed")
removed=$(sed -n "$((half + 2))p" "$lists/changed")
replaced=$(sed -n "$((half + 3))p" "$lists/changed")
echo '/* mine */' >>"$tree/$in_place"
echo '/* mine */' >>"$tree/$pending"
rm "$tree/$removed"
echo 'int mine;' >"$scratch/mine.c"
rm "$tree/$replaced"
ln -s "$scratch/mine.c" "$tree/$replaced"
cp "$tree/$in_place" "$scratch/in-place"
run -C "$tree" apply "$step"
same "edited: a file that was in place stays as the user left it" \
	"$tree/$in_place" "$scratch/in-place"
like "edited: a file that was not keeps the edit" "$tree/$pending" \
	'^/\* mine \*/$'
not_ok "edited: a file that was removed does not come back" \
	test -e "$tree/$removed"
ok "edited: a file that became a link stays one" test -h "$tree/$replaced"
is "edited: the target of the link is as before" "$(cat "$scratch/mine.c")" \
	"int mine;"
# Something is left in this tree, as always; nothing failed.
is "edited: exit status" "$status" 1
for path in "$pending" "$removed"; do
	like "edited: $path is named" "$scratch/stderr" \
		"^kthread-cocci: $path was changed since the interrupted apply"
done
# "left alone" has to be true.
{ cat "$base/$pending"; echo '/* mine */'; } >"$scratch/pending"
if cmp -s "$tree/$pending" "$scratch/pending"; then
	ok "edited: what is said of $pending is so" true
else
	unlike "edited: what is said of $pending is so" "$scratch/stderr" \
		"^$pending: .*left alone"
fi
comm -23 "$lists/result" - <<LIST >"$scratch/differ"
$(list "$tree")
LIST
is "edited: all others are completed" \
	"$(paths <"$scratch/differ")" \
	"$(printf '%s\n' "$in_place" "$pending" "$removed" "$replaced" | sort)"
not_ok "edited: no journal stays" test -e "$tree/$apply_folder"

# --- faults in the middle of the write-back ----------------------------------------

# faulty NAME WHAT...
if test -z "$can_trace"; then
	skip "a full disk, a failing rename, a kill in the recovery" \
		"strace does not work here"
else
	for fault in fdatasync:error=ENOSPC:when=3 write:error=ENOSPC:when=4 \
		fchmod:error=EPERM:when=2 mkdirat:error=EROFS \
		renameat:error=EIO:when=1; do
		fresh
		status=0
		traced "$fault" "$PROGRAM" -C "$tree" apply "$step" \
			>"$scratch/stdout" 2>"$scratch/stderr" || status=$?
		list "$tree" >"$scratch/after.list"
		if test "${fault%%:*}" = write &&
			cmp -s "$scratch/after.list" "$lists/result"; then
			skip "$fault: hits nothing that matters" \
				"other writes come first"
			continue
		fi
		is "$fault: exit status" "$status" 2
		is "$fault: one line" "$(wc -l <"$scratch/stderr")" 1
		same "$fault: the tree is as before" "$scratch/after.list" \
			"$lists/base"
		is "$fault: nothing temporary stays" \
			"$(find "$TMPDIR" "$tree/$apply_folder" -mindepth 1 \
				2>/dev/null)" ""
		completed "$fault"
	done
	fresh
	status=0
	traced renameat:error=EIO:when=3 "$PROGRAM" -C "$tree" apply "$step" \
		>"$scratch/stdout" 2>"$scratch/stderr" || status=$?
	is "one rename fails: exit status" "$status" 3
	path=$(sed -n 2p "$lists/changed")
	like "one rename fails: its file is named" "$scratch/stderr" \
		"^$path: .*Input/output error"
	same "one rename fails: its file is as before" "$tree/$path" \
		"$base/$path"
	completed "one rename fails"

	for call in renameat unlinkat; do
		fresh
		stage "$half"
		traced "$call:signal=KILL:when=3" "$PROGRAM" -C "$tree" apply "$step" \
			>/dev/null 2>&1
		check_whole recovery >"$scratch/report"
		is "killed at a $call of the recovery: all files are whole" \
			"$(grep '^torn' "$scratch/report")" ""
		completed "killed at a $call of the recovery"
	done
fi

# --- ended by a signal ---------------------------------------------------------

# A background job of a shell ignores SIGINT; env makes that good.
use large
signals=--default-signal=INT,TERM,HUP,PIPE

if ! env "$signals" true 2>/dev/null; then
	skip "SIGINT, SIGTERM and SIGHUP" "env has no --default-signal"
else
	awk -v seed="$SEED" -v ms="$duration" 'BEGIN {
		srand(seed + 1)
		split("INT TERM HUP INT TERM TERM", signals)
		for (i = 1; i <= 6; i++)
			printf "%s %.3f\n", signals[i],
			       (0.05 + (i - 1 + rand()) / 6 * 0.8) * ms / 1000
	}' >"$scratch/signals"
	while read -r signal delay; do
		fresh
		env "$signals" "$PROGRAM" -C "$tree" apply "$step" >"$scratch/stdout" \
			2>"$scratch/stderr" &
		pid=$!
		sleep "$delay"
		kill -s "$signal" "$pid" 2>/dev/null
		status=0
		wait "$pid" || status=$?
		case $signal in
		HUP) expected=129 ;;
		INT) expected=130 ;;
		TERM) expected=143 ;;
		esac
		# It may have been faster than the signal.
		test "$status" -ne "$expected_status" || status=$expected
		is "SIG$signal after $delay s: exit status" "$status" "$expected"
		is "SIG$signal after $delay s: no scratch folder stays" \
			"$(find "$TMPDIR" -mindepth 1 | head -n 5)" ""
		check_whole signal >"$scratch/report"
		is "SIG$signal after $delay s: all files are whole" \
			"$(grep '^torn' "$scratch/report")" ""
		completed "SIG$signal after $delay s"
	done <"$scratch/signals"
fi

# nohup must do what it says.
(
	trap '' HUP
	exec "$PROGRAM" -C "$base" patch
) >"$scratch/stdout" 2>"$scratch/stderr" &
pid=$!
sleep 0.2
kill -s HUP "$pid" 2>/dev/null
status=0
wait "$pid" || status=$?
is "SIGHUP that is ignored (nohup) does not end it" "$status" \
	"$expected_status"

# The reader of the diff goes away: "patch | head".
env "$signals" "$PROGRAM" -C "$base" patch 2>/dev/null | true
sleep 0.2
is "patch into a closed pipe: no scratch folder stays" \
	"$(find "$TMPDIR" -mindepth 1 | head -n 5)" ""
find "$TMPDIR" -mindepth 1 -delete

# --- two at once -----------------------------------------------------------------

use small

fresh
"$PROGRAM" -C "$tree" apply "$step" >"$scratch/first.out" 2>"$scratch/first.err" &
pid=$!
# It has the lock once it has handed files to spatch.
while test -e "/proc/$pid/exe" &&
	test -z "$(find "$TMPDIR" -name 'batch-*' 2>/dev/null)"; do
	:
done
kill -s STOP "$pid"
run -C "$tree" apply "$step"
is "a second apply is refused: exit status" "$status" 2
is "a second apply is refused: one line" "$(cat "$scratch/stderr")" \
	"kthread-cocci: $tree: another kthread-cocci is writing to this tree"
list "$tree" >"$scratch/after.list"
same "a second apply is refused: it changes nothing" "$scratch/after.list" \
	"$lists/base"
run -C "$tree" patch
is "patch is not refused" "$status" "$expected_status"
ok "the first one's scratch folder is not taken away" \
	test -n "$(find "$TMPDIR" -maxdepth 1 -name 'kthread-cocci.*')"
kill -s CONT "$pid"
status=0
wait "$pid" || status=$?
is "the first apply ends well" "$status" "$expected_status"
list "$tree" >"$scratch/after.list"
same "the first apply makes the expected tree" "$scratch/after.list" \
	"$lists/result"

fresh
# shellcheck disable=SC2094 # both only write
{
	"$PROGRAM" -C "$tree" apply "$step" >/dev/null 2>&1 &
	one=$!
	"$PROGRAM" -C "$tree" apply "$step" >/dev/null 2>&1 &
	two=$!
}
one_status=0
wait "$one" || one_status=$?
two_status=0
wait "$two" || two_status=$?
case "$one_status $two_status" in
"$expected_status 2"|"2 $expected_status"|"$expected_status $expected_status")
	ok "two at the same time: one wins" true ;;
*)
	is "two at the same time: one wins" "$one_status $two_status" \
		"$expected_status 2" ;;
esac
list "$tree" >"$scratch/after.list"
same "two at the same time: the expected tree" "$scratch/after.list" \
	"$lists/result"

# --- nothing runs on ---------------------------------------------------------------

# A compiler that takes its time: spatch starts it, through a shell.
mkdir "$scratch/slow"
cat >"$scratch/slow/ocamlopt.opt" <<SLOW
#!/bin/sh
echo \$\$ >>"$scratch/slow/pids"
exec sleep 20
SLOW
chmod 755 "$scratch/slow/ocamlopt.opt"

for signal in KILL TERM; do
	fresh
	rm -f "$scratch/slow/pids"
	PATH=$scratch/slow:$PATH "$PROGRAM" -C "$tree" apply "$step" >/dev/null 2>&1 &
	pid=$!
	while test -e "/proc/$pid/exe" && ! test -s "$scratch/slow/pids"; do
		sleep 0.05
	done
	if ! test -s "$scratch/slow/pids"; then
		skip "SIG$signal: what spatch has started ends as well" \
			"spatch does not use ocamlopt.opt"
		continue
	fi
	kill -s "$signal" "$pid"
	wait "$pid"
	sleep 0.5
	alive=
	while read -r compiler; do
		# A zombie is dead; who reaps it is not our business.
		grep -q '^State:[[:space:]]*Z' "/proc/$compiler/status" 2>/dev/null &&
			continue
		kill -9 "$compiler" 2>/dev/null && alive="$alive $compiler"
	done <"$scratch/slow/pids"
	is "SIG$signal: what spatch has started ends as well" "$alive" ""
	none_running "$TMPDIR"
	completed "SIG$signal while spatch compiles"
done

ok "no child of a killed apply runs on" none_running "$scratch"
is "no temporary files at the end" "$(find "$TMPDIR" -mindepth 1 | head)" ""

done_testing
