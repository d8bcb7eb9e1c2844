#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Feed mutated C to what reads the tree (scan/ and context/), with clang's
# libFuzzer, address and undefined behaviour sanitizers.  What crashes, leaks,
# hangs or breaks a promise of the headers stays behind in build/fuzz/found and
# is named.  Prints TAP.  The corpus stays in build/fuzz/corpus and grows.
#
#   tests/fuzz.sh [RUNS]       inputs to try (1000000)
#
# SECONDS_MAX=N ends it after N seconds; SEED=N repeats the inputs of a run
# that began with the same corpus.  build/fuzz/scan FILE repeats one input.

set -eu

cd "$(dirname "$0")/.."
runs=${1:-1000000}
out=build/fuzz
mkdir -p "$out/corpus" "$out/found"

if ! command -v clang >/dev/null 2>&1; then
	echo "ok 1 - fuzz # SKIP clang is not installed"
	echo "1..1"
	exit 0
fi

# The program's objects come from the Makefile, into a folder of their own.
build()
{
	sanitize=address,undefined
	flags="-O1 -g -fno-omit-frame-pointer -fno-sanitize-recover=all"
	make -s B="$out" CC=clang \
		CFLAGS="$flags -fsanitize=fuzzer-no-link,$sanitize" all || return
	find "$out/obj" -name '*.o' ! -name main.o >"$out/objects" || return
	# shellcheck disable=SC2046,SC2086 # words
	clang -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror $flags \
		-fsanitize="fuzzer,$sanitize" -Iscripts/kthread-cocci \
		-Wl,--wrap=tree_load,--wrap=tree_stat,--wrap=tree_read \
		-o "$out/scan" tests/fuzz/scan.c $(cat "$out/objects") \
		$(pkg-config --cflags --libs glib-2.0 jansson)
}

if ! build >"$out/build.log" 2>&1; then
	sed 's/^/# /' "$out/build.log"
	echo "not ok 1 - fuzz: the target is built"
	echo "1..1"
	exit 1
fi
echo "ok 1 - fuzz: the target is built"

# Seeds: the files of the small trees.
rm -rf "$out/seeds"
mkdir "$out/seeds"
for folder in tests/linux-mini tests/linux-mini-6.1 tests/contexts; do
	test -d "$folder" && find "$folder" -type f -name '*.[ch]'
done | LC_ALL=C sort >"$out/list"
number=0
while read -r file; do
	number=$((number + 1))
	cp "$file" "$out/seeds/$number.c"
done <"$out/list"

# GLib's own allocator would hide reads behind the end.
status=0
G_SLICE=always-malloc KTHREAD_COCCI_DIR=$PWD/cocci nice \
	"$out/scan" "$out/corpus" "$out/seeds" -dict=tests/fuzz/scan.dict \
	-runs="$runs" ${SECONDS_MAX:+-max_total_time="$SECONDS_MAX"} \
	${SEED:+-seed="$SEED"} -rss_limit_mb=2048 -timeout=10 -max_len=4096 \
	-reload=0 -print_final_stats=1 -artifact_prefix="$out/found/" \
	>"$out/log" 2>&1 || status=$?
sed -n 's/^stat::number_of_executed_units: */# inputs tried: /p' "$out/log"
if test "$status" -eq 0; then
	echo "ok 2 - fuzz: no crash, no leak, no hang, no broken promise"
else
	grep -aE 'ERROR|SUMMARY|runtime error|^ *#[0-9]+ 0x' "$out/log" |
		head -n 30 | sed 's/^/# /'
	sed -n 's/.*Test unit written to /# input: /p' "$out/log"
	echo "not ok 2 - fuzz: no crash, no leak, no hang, no broken promise"
fi
echo "1..2"
test "$status" -eq 0
