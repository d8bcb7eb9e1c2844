#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# What a run keeps for the next one: spatch's results and the search for the
# words of the steps.  The same bytes come out whatever is kept, nothing is used
# after a change of anything that it depends on, and a damaged or unwritable
# cache does no harm.
. "$(dirname "$0")/../lib.sh"

KTHREAD_COCCI_DIR=$scratch/cocci
XDG_CACHE_HOME=$scratch/cache
export KTHREAD_COCCI_DIR XDG_CACHE_HOME
cp -a "$top/cocci" "$KTHREAD_COCCI_DIR"
kept=$XDG_CACHE_HOME/kthread-cocci/spatch
tree=$scratch/tree
mkdir -p "$tree/include/linux" "$tree/drivers" "$scratch/bin"
cp "$top/tests/linux-mini/include/linux/kthread.h" "$tree/include/linux/"
for name in one two three; do
	cat >"$tree/drivers/$name.c" <<CALLER
struct kthread_worker *make_$name(int cpu)
{
	return kthread_create_worker(0, "$name/%d", cpu);
}

int other_$name(int x)
{
	x += 1;
	return x;
}
CALLER
done

# Every call of spatch that rewrites is counted.
real=$(command -v spatch)
fake_spatch()
{
	cat >"$scratch/bin/spatch" <<WRAPPER
#!/bin/sh
case "\$*" in
*--in-place*) echo "\$*" >>'$scratch/calls' ;;
esac
$1
exec '$real' "\$@"
WRAPPER
	chmod +x "$scratch/bin/spatch"
}
fake_spatch ''
PATH=$scratch/bin:$PATH
export PATH

# patch [OPTIONS...]: step 02; the results that were reused into $reused.
patch()
{
	: >"$scratch/calls"
	run -v -C "$tree" patch "$@" 02
	reused=$(sed -n 's/^kthread-cocci: spatch: \([0-9]* of [0-9]*\) results.*/\1/p' \
		"$scratch/stderr" | head -n 1)
	grep -v '^kthread-cocci: ' "$scratch/stderr" >"$scratch/findings"
}

# The truth, without any cache.
patch --no-cache
is "--no-cache: exit status" "$status" 0
like "--no-cache: there is a diff" "$scratch/stdout" '^\+\+\+ b/drivers/one.c'
not_ok "--no-cache: nothing is written" test -e "$XDG_CACHE_HOME"
mv "$scratch/stdout" "$scratch/truth"
mv "$scratch/findings" "$scratch/truth.findings"

# true_again NAME REUSED: the same bytes, with so many results of earlier runs.
true_again()
{
	same "$1: the same diff" "$scratch/stdout" "$scratch/truth"
	same "$1: the same findings" "$scratch/findings" \
		"$scratch/truth.findings"
	is "$1: results of an earlier run" "$reused" "$2"
}

patch
true_again "the first run" "0 of 4"
is "the first run: what is kept" "$(find "$kept" -type f | wc -l)" 4
patch
true_again "the second run" "4 of 4"
is "the second run: spatch does not run" "$(cat "$scratch/calls")" ""
patch --no-cache
true_again "--no-cache beside a cache" ""
ok "--no-cache beside a cache: spatch runs" test -s "$scratch/calls"
run -v -j 1 -C "$tree" patch 02
same "-j 1: the same diff" "$scratch/stdout" "$scratch/truth"
like "-j 1: results of another number of jobs" "$scratch/stderr" \
	'spatch: 4 of 4 results'

# --- whatever a result depends on -------------------------------------------

# Another tree with the same files: the results are of files, not of paths.
cp -a "$tree" "$scratch/elsewhere"
run -v -C "$scratch/elsewhere" patch 02
same "a copy of the tree: the same diff" "$scratch/stdout" "$scratch/truth"
like "a copy of the tree: the same results" "$scratch/stderr" \
	'spatch: 4 of 4 results'

# A body that the slice leaves out may change.
sed -i 's/x += 1;/x += 2;/' "$tree/drivers/one.c"
patch
is "a change outside of the slice: exit status" "$status" 0
is "a change outside of the slice" "$reused" "4 of 4"
sed -i 's/x += 2;/x += 1;/' "$tree/drivers/one.c"

sed -i 's/"one/"ONE/' "$tree/drivers/one.c"
patch
is "a changed file" "$reused" "3 of 4"
like "a changed file: its result is its own" "$scratch/stdout" \
	'^\+	return kthread_create_worker\("ONE'
sed -i 's/"ONE/"one/' "$tree/drivers/one.c"
patch
true_again "the file as it was" "4 of 4"

echo '// a comment' >>"$KTHREAD_COCCI_DIR/02-kthread-worker-flags.cocci"
patch
true_again "a changed semantic patch" "0 of 4"
cp "$top/cocci/02-kthread-worker-flags.cocci" "$KTHREAD_COCCI_DIR"
patch
true_again "the semantic patch as it was" "4 of 4"

echo '#define nothing_else' >>"$KTHREAD_COCCI_DIR/macros.h"
patch
true_again "a changed macro file" "0 of 4"
cp "$top/cocci/macros.h" "$KTHREAD_COCCI_DIR"

fake_spatch ': another spatch'
patch
true_again "another spatch" "0 of 4"
# shellcheck disable=SC2016 # for the wrapper
sed 's/^exec/test "$1" = --version \&\& { echo "spatch version 9.9 x"; exit; }\nexec/' \
	"$scratch/bin/spatch" >"$scratch/other"
touch -r "$scratch/bin/spatch" "$scratch/other"
cat "$scratch/other" >"$scratch/bin/spatch"
patch
true_again "another version" "0 of 4"
fake_spatch ''

patch --no-slice
true_again "--no-slice: whole files are other texts" "0 of 4"
patch --no-slice
true_again "--no-slice again" "4 of 4"

# --- a result must not be believed ------------------------------------------

# Each way to spoil all files of the cache; the next run repairs it.
rm -rf "$XDG_CACHE_HOME"
patch
spoil()
{
	find "$kept" -type f | sort >"$scratch/entries"
	# shellcheck disable=SC2034 # the words of $2 use it
	while read -r entry; do
		eval "$2"
	done <"$scratch/entries"
	patch
	true_again "$1" "0 of 4"
	patch
	true_again "$1: repaired" "4 of 4"
}
# shellcheck disable=SC2016 # for eval
{
	spoil "empty" ': >"$entry"'
	spoil "cut off" 'head -c 20 "$entry" >"$entry.x"; mv "$entry.x" "$entry"'
	spoil "one byte more" 'echo x >>"$entry"'
	spoil "another byte at the end" \
		'n=$(wc -c <"$entry"); head -c $((n - 1)) "$entry" >"$entry.x"
		printf "\001" >>"$entry.x"; mv "$entry.x" "$entry"'
	spoil "another byte at the beginning" \
		'{ printf "\001"; tail -c +2 "$entry"; } >"$entry.x"
		mv "$entry.x" "$entry"'
	spoil "zeros" 'head -c 200 /dev/zero >"$entry"'
	spoil "that of another file" 'cat "$(head -n 1 "$scratch/entries")" \
		"$entry" >"$entry.x"; mv "$entry.x" "$entry"'
	spoil "a link" 'mv "$entry" "$scratch/aside"
		ln -s "$scratch/aside" "$entry"'
}
first=$(head -n 1 "$scratch/entries")
second=$(sed -n 2p "$scratch/entries")
cp "$first" "$scratch/swap"
cp "$second" "$first"
cp "$scratch/swap" "$second"
patch
true_again "two results that were exchanged" "2 of 4"

# What spatch gave up on, or had to say something about, is not kept.
rm -rf "$XDG_CACHE_HOME"
fake_spatch 'case "$*" in *--in-place*) echo "something is odd" >&2 ;; esac'
patch
true_again "a spatch that says something" "0 of 4"
patch
true_again "a spatch that says something: nothing was kept" "0 of 4"
fake_spatch 'case "$*" in *--in-place*) exit 1 ;; esac'
patch
is "a spatch that fails: exit status" "$status" 3
patch
is "a spatch that fails: it is asked again" "$status $reused" "3 0 of 4"
ok "a spatch that fails: nothing is kept" test ! -e "$kept"
fake_spatch ''

# --- the folder ---------------------------------------------------------------

: >"$scratch/file"
for home in "$scratch/file" /proc/none; do
	XDG_CACHE_HOME=$home patch
	is "XDG_CACHE_HOME=${home#"$scratch/"}: exit status" "$status" 0
	true_again "XDG_CACHE_HOME=${home#"$scratch/"}" "0 of 4"
done
: >"$scratch/calls"
env -u HOME -u XDG_CACHE_HOME "$PROGRAM" -C "$tree" patch 02 \
	>"$scratch/stdout" 2>"$scratch/stderr"
same "no home at all: the same diff" "$scratch/stdout" "$scratch/truth"

# As root every folder can be written.
as_user()
{
	if test "$(id -u)" -eq 0; then
		setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
	else
		"$@"
	fi
}
if as_user test -x "$PROGRAM" && as_user test -r "$KTHREAD_COCCI_DIR/macros.h"
then
	mkdir "$scratch/closed"
	chmod 755 "$scratch"
	chmod 555 "$scratch/closed"
	XDG_CACHE_HOME=$scratch/closed TMPDIR=/tmp as_user "$PROGRAM" -C "$tree" \
		patch 02 >"$scratch/stdout" 2>"$scratch/stderr"
	same "a read-only folder: the same diff" "$scratch/stdout" \
		"$scratch/truth"
	same "a read-only folder: no word about it" "$scratch/stderr" \
		"$scratch/truth.findings"
else
	skip "a read-only folder" "another user cannot reach the program here"
fi

# Filled before, read-only now: what is there is used.
patch
chmod -R a-w "$XDG_CACHE_HOME"
patch
true_again "a cache that became read-only" "4 of 4"
chmod -R u+w "$XDG_CACHE_HOME"

# Several runs at once, into one empty folder.
rm -rf "$XDG_CACHE_HOME"
pids=
for i in 1 2 3 4 5 6; do
	"$PROGRAM" -C "$tree" patch 02 >"$scratch/diff.$i" 2>/dev/null &
	pids="$pids $!"
done
for pid in $pids; do
	wait "$pid"
done
for i in 1 2 3 4 5 6; do
	same "six runs at once: $i" "$scratch/diff.$i" "$scratch/truth"
done
patch
true_again "behind six runs at once" "4 of 4"
is "behind six runs at once: no temporary file" \
	"$(find "$XDG_CACHE_HOME" -name '*.??????' ! -name '*.index')" ""

# --- which files hold a word -------------------------------------------------

# searched: how many files the last run read for it.
searched()
{
	sed -n 's/^kthread-cocci: words: \([0-9]* of [0-9]*\) .*/\1/p' \
		"$scratch/stderr"
}
run -v -C "$tree" audit
is "words: nothing changed" "$(searched)" "0 of 4"
echo 'int nothing;' >"$tree/drivers/four.c"
run -v -C "$tree" audit 02
is "words: a new file" "$(searched)" "1 of 5"
run -v -C "$tree" audit 02
is "words: it is known then" "$(searched)" "0 of 5"
cp "$scratch/stdout" "$scratch/audit"
echo 'void *f(void) { return kthread_create_worker(0, "four"); }' \
	>"$tree/drivers/four.c"
run -v -C "$tree" audit 02
is "words: a changed file" "$(searched)" "1 of 5"
like "words: a changed file: it is seen" "$scratch/stdout" '^drivers/four.c:1: '
rm "$tree/drivers/four.c"
run -v -C "$tree" audit 02
is "words: a file is gone" "$(searched)" "0 of 4"
same "words: a file is gone: the same audit" "$scratch/stdout" "$scratch/audit"
words=$(echo "$XDG_CACHE_HOME"/kthread-cocci/*.words)
ok "words: one file" test -f "$words"
cp "$words" "$scratch/words"
for spoiled in 0 8 60 100; do
	{
		head -c "$spoiled" "$scratch/words"
		printf '\001'
		tail -c +$((spoiled + 2)) "$scratch/words"
	} >"$words"
	run -v -C "$tree" audit 02
	is "words: damaged at $spoiled" "$(searched)" "4 of 4"
	same "words: damaged at $spoiled: the same audit" "$scratch/stdout" \
		"$scratch/audit"
done
head -c 40 "$scratch/words" >"$words"
run -v -C "$tree" audit 02
is "words: cut off" "$(searched)" "4 of 4"
sed -i 's/kthread_create_worker_on_cpu/kthread_create_worker_somewhere/' \
	"$KTHREAD_COCCI_DIR/02-kthread-worker-flags.cocci"
run -v -C "$tree" audit 01
is "words: other words" "$(searched)" "4 of 4"
cp "$top/cocci/02-kthread-worker-flags.cocci" "$KTHREAD_COCCI_DIR"

# --- apply -------------------------------------------------------------------

# What apply writes is what patch shows, with results of either.
run -v -C "$scratch/elsewhere" apply 02
like "apply: results of patch" "$scratch/stderr" 'spatch: 4 of 4 results'
(cd "$tree" && git apply "$scratch/truth") >"$scratch/said" 2>&1
ok "apply: what patch says" diff -r "$tree" "$scratch/elsewhere"
run -v -C "$tree" patch 02
is "apply: a second patch is empty" "$(cat "$scratch/stdout")" ""

done_testing
