#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The progress line: on a terminal, rewritten in place, gone in the end and by
# a signal; nothing of it anywhere else.
. "$(dirname "$0")/../lib.sh"

if ! script -qec true /dev/null >/dev/null 2>&1; then
	skip "progress" "script does not work here"
	done_testing
	exit
fi

export TERM=xterm
escape=$(printf '\033')

# A tree with so many files that the phases take a while.
tree=$scratch/tree
cp -a "$top/tests/linux-mini" "$tree"
rm -rf "$tree/drivers/misc"
mkdir "$tree/drivers/many"
i=0
while test $i -lt 60; do
	i=$((i + 1))
	printf 'void f%s(void)\n{\n\tkthread_run_worker(0, "%s");\n}\n' $i $i \
		>"$tree/drivers/many/$i.c"
done

# on_terminal COMMAND: all output goes to a terminal, and what came there into
# $scratch/terminal.
on_terminal()
{
	echo "$*" >"$scratch/command"
	script -qec "sh '$scratch/command'" "$scratch/typescript" </dev/null \
		>"$scratch/terminal" 2>&1 || :
}

# What is on the screen in the end: each line as it was rewritten last.
screen()
{
	tr -d '\r' <"$scratch/terminal" | sed "s/.*$escape\[K//"
}

on_terminal "'$PROGRAM' -j 1 -C '$tree' patch 02"
like "patch: the files of the step" "$scratch/terminal" \
	"02-kthread-worker-flags: 0/[0-9]+ files"
screen >"$scratch/screen"
unlike "patch: nothing of it stays" "$scratch/screen" '[0-9]/[0-9]+ files'
"$PROGRAM" -j 1 -C "$tree" patch 02 >"$scratch/piped" 2>"$scratch/errors"
cat "$scratch/piped" "$scratch/errors" >"$scratch/expected"
same "patch: the diff comes on the terminal as it is" "$scratch/screen" \
	"$scratch/expected"
unlike "patch: no progress in a pipe" "$scratch/errors" 'files'

on_terminal "'$PROGRAM' -C '$tree' index --no-cache"
like "index: the files of the tree" "$scratch/terminal" 'index: 0/[0-9]+ files'
screen >"$scratch/screen"
like "index: the message stands alone" "$scratch/screen" \
	'^kthread-cocci: [0-9]+ files, '
for quiet in "TERM=dumb $PROGRAM" "TERM= $PROGRAM" "$PROGRAM -q"; do
	on_terminal "$quiet -C '$tree' index --no-cache"
	unlike "$quiet: nothing" "$scratch/terminal" "$escape|[0-9]/[0-9]+ files"
done

# fake_spatch SECONDS: a spatch that does nothing, slowly.
mkdir "$scratch/bin"
# shellcheck disable=SC2016 # for the script to expand
fake_spatch()
{
	printf '#!/bin/sh\n' >"$scratch/bin/spatch"
	printf 'if test "$1" = --version; then\n\techo "spatch version 1.1.1"\n' \
		>>"$scratch/bin/spatch"
	printf 'else\n\techo $$ >>"%s"\n\tsleep %s\nfi\n' "$scratch/started" \
		"$1" >>"$scratch/bin/spatch"
	chmod +x "$scratch/bin/spatch"
	rm -f "$scratch/started"
}

# More files than go into one process: after the first the rate is known.
fake_spatch 0.3
on_terminal "PATH='$scratch/bin:$PATH' '$PROGRAM' -j 1 -C '$tree' patch 02"
like "the time left" "$scratch/terminal" \
	'02-kthread-worker-flags: [1-9][0-9]*/[0-9]+ files, [0-9]+ s left'

# A signal: the line goes, then the program.
fake_spatch 60
cat >"$scratch/signal" <<EOF
PATH='$scratch/bin:$PATH' '$PROGRAM' -j 1 -C '$tree' patch 02 &
pid=\$!
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	test -s '$scratch/started' && break
	sleep 0.5
done
sleep 0.2
kill -TERM \$pid
wait \$pid
echo "ended \$?"
EOF
on_terminal ". '$scratch/signal'"
screen >"$scratch/screen"
like "a signal: it was there" "$scratch/terminal" '[0-9]/[0-9]+ files'
is "a signal: nothing of it stays, the program ended by it" \
	"$(grep -v 'Terminated' "$scratch/screen")" "ended 143"

# Many files a second: not more than ten lines a second, and one per phase.
mkdir "$scratch/large"
cp "$tree/Makefile" "$tree/Kconfig" "$scratch/large"
mkdir "$scratch/large/kernel" "$scratch/large/include"
i=0
while test $i -lt 2000; do
	i=$((i + 1))
	echo "int x$i;" >"$scratch/large/kernel/$i.c"
done
before=$(date +%s)
on_terminal "'$PROGRAM' -C '$scratch/large' index --no-cache"
elapsed=$(($(date +%s) - before + 1))
like "2000 files: shown" "$scratch/terminal" 'index: 0/2000 files'
lines=$(tr '\r' '\n' <"$scratch/terminal" | grep -c '/2000 files')
ok "2000 files: $lines lines in about $elapsed s" \
	test "$lines" -le $((elapsed * 10 + 1))

done_testing
