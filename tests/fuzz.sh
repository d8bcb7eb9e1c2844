#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Feed mutated C to what reads the tree (scan/ and context/), with clang's
# libFuzzer, address and undefined behaviour sanitizers.  What crashes, leaks,
# hangs or breaks a promise of the headers stays behind in build/fuzz/found and
# is named.  Prints TAP.  A corpus that grew stays in build/fuzz/corpus.
#
#   tests/fuzz.sh [RUNS]       inputs to try (1000000)
#
# SECONDS_MAX=N ends it after N seconds; SEED=N repeats the inputs of a run
# that began with the same corpus.

set -eu

cd "$(dirname "$0")/.."
runs=${1:-1000000}
out=${FUZZ_OUT:-build/fuzz}
mkdir -p "$out/corpus" "$out/seeds" "$out/found"

if ! command -v clang >/dev/null 2>&1; then
	echo "ok 1 - fuzz # SKIP clang is not installed"
	echo "1..1"
	exit 0
fi

# The objects are made by the Makefile, in a folder of their own.
if ! make -s B="$out" CC=clang CFLAGS='-O1 -g -fno-omit-frame-pointer
	-fsanitize=fuzzer-no-link,address,undefined
	-fno-sanitize-recover=all' "$out/fuzz-scan" >"$out/build.log" 2>&1
then
	sed 's/^/# /' "$out/build.log"
	echo "not ok 1 - fuzz: the target is built"
	echo "1..1"
	exit 1
fi
echo "ok 1 - fuzz: the target is built"

# Seeds: the small trees' files.
number=0
for folder in tests/linux-mini tests/linux-mini-6.1 tests/contexts \
	tests/fuzz/seeds; do
	test -d "$folder" || continue
	find "$folder" -type f -name '*.[ch]' -print | sort >"$out/list"
	while read -r file; do
		number=$((number + 1))
		cp "$file" "$out/seeds/$number.c"
	done <"$out/list"
done
: >"$out/list"

# GLib's own allocator would hide a read too far.
status=0
G_SLICE=always-malloc KTHREAD_COCCI_DIR=$PWD/cocci \
ASAN_OPTIONS=detect_stack_use_after_return=0 \
	"$out/fuzz-scan" "$out/corpus" "$out/seeds" \
	-dict=tests/fuzz/scan.dict -runs="$runs" \
	${SECONDS_MAX:+-max_total_time="$SECONDS_MAX"} ${SEED:+-seed="$SEED"} \
	-rss_limit_mb=2048 -timeout=10 -max_len=4096 -reload=0 \
	-print_final_stats=1 -artifact_prefix="$out/found/" \
	>"$out/log" 2>&1 || status=$?
sed -n 's/^stat::number_of_executed_units: */# inputs tried: /p' "$out/log"
if test "$status" -eq 0; then
	echo "ok 2 - fuzz: no crash, no leak, no hang"
else
	grep -aE 'ERROR|SUMMARY|runtime error|^ *#[0-9]+ ' "$out/log" |
		head -n 30 | sed 's/^/# /'
	sed -n 's/.*Test unit written to /# input: /p' "$out/log"
	echo "not ok 2 - fuzz: no crash, no leak, no hang"
fi
echo "1..2"
test "$status" -eq 0
