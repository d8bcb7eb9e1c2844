#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Time the program against its peers on the same tree in the same run: several
# rounds, one after the other, medians and ratios.  A benchmark, not a test.
#
#   tests/bench.sh VERSION [TREE]        ROUNDS=5 JOBS=2
#
# The table is printed and kept in build/bench-VERSION.tsv.
. "$(dirname "$0")/cases/../lib.sh"
top=$(cd "$(dirname "$0")/.." && pwd)
PROGRAM=$top/build/kthread-cocci
. "$top/tests/linux-lib.sh"

tree=$(linux_tree "${1:-}" "${2:-}") || exit 2
rounds=${ROUNDS:-5}
jobs=${JOBS:-2}
times=$scratch/times
cd "$scratch" || exit 2

# A maintainer's own rule for the callers: what "spatch --dir" is asked to do.
# It does less than the step, which converts the API itself and its comments.
cat >"$scratch/callers.cocci" <<'RULE'
virtual patch
@depends on patch@
expression cpu;
@@
(
\(kthread_create_worker\|kthread_run_worker\|kthread_create_worker_on_node\)(
- 0,
 ...)
|
\(kthread_create_worker_on_cpu\|kthread_run_worker_on_cpu\)(cpu,
- 0,
 ...)
)
RULE

# measure NAME COMMAND...: append "NAME seconds kB" to the times.
measure()
{
	what=$1
	shift
	/usr/bin/time -f "%e %M" -o "$scratch/time" "$@" >/dev/null 2>&1
	echo "$what $(tail -n 1 "$scratch/time")" >>"$times"
}

# What a maintainer would build to ask who calls whom: the peer of the index.
(cd "$tree" && find . -name '*.[ch]' | sort) >"$scratch/files"
export XDG_CACHE_HOME="$scratch/cache"

# Everything into the page cache first.
find "$tree" -type f -name '*.[chS]' -exec cat {} + >/dev/null

# median NAME, ratio NAME NAME
median()
{
	awk -v w="$1" '$1 == w { print $2 }' "$times" | sort -n |
		awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}
ratio()
{
	awk -v a="$(median "$1")" -v b="$(median "$2")" 'BEGIN { printf "%.1f", a / b }'
}

round=0
while test "$round" -lt "$rounds"; do
	round=$((round + 1))
	measure patch "$PROGRAM" -j "$jobs" -C "$tree" patch
	measure patch-no-slice "$PROGRAM" -j "$jobs" -C "$tree" patch --no-slice
	measure audit "$PROGRAM" -j "$jobs" -C "$tree" audit
	measure spatch-dir spatch -j "$jobs" --sp-file "$scratch/callers.cocci" \
		-D patch --no-includes --include-headers --very-quiet \
		--dir "$tree"
	measure grep grep -rlE --include='*.[ch]' \
		'kthread_(create|run)_worker' "$tree"
	rm -rf "$XDG_CACHE_HOME"
	measure contexts-cold "$PROGRAM" -j "$jobs" -C "$tree" contexts
	measure contexts-warm "$PROGRAM" -j "$jobs" -C "$tree" contexts
	# The list has relative names, so it runs in the tree and writes here.
	# shellcheck disable=SC2016
	measure cscope sh -c 'cd "$1" && exec cscope -b -q -k -i "$2" -f "$3"' \
		sh "$tree" "$scratch/files" "$scratch/cscope.out"
	for part in fs drivers .; do
		measure "index-$part" "$PROGRAM" -j "$jobs" -q \
			-C "$tree/$part" index --no-cache
	done
done

{
	echo "# linux $(linux_version "$tree"), -j $jobs, $rounds rounds, $(cscope -V 2>&1), $(spatch --version | head -n 1 | cut -d' ' -f1-3)"
	echo "# what	median s	min	max	peak MB	times patch"
	sort "$times" | awk '
		{ n[$1]++; t[$1, n[$1]] = $2; if ($3 > m[$1]) m[$1] = $3 }
		function median(w,   i, j, k, v) {
			for (i = 1; i <= n[w]; i++) v[i] = t[w, i]
			for (i = 1; i <= n[w]; i++)
				for (j = i + 1; j <= n[w]; j++)
					if (v[j] < v[i]) { k = v[i]; v[i] = v[j]; v[j] = k }
			lo = v[1]; hi = v[n[w]]
			return v[int((n[w] + 1) / 2)]
		}
		END {
			base = median("patch")
			count = split("patch patch-no-slice audit spatch-dir grep contexts-cold contexts-warm cscope index-fs index-drivers index-.", order, " ")
			for (i = 1; i <= count; i++) {
				x = median(order[i])
				printf "%s\t%.2f\t%.2f\t%.2f\t%.0f\t%.2f\n",
					order[i], x, lo, hi, m[order[i]] / 1024, x / base
			}
		}'
	echo "# contexts, cold: cscope takes $(ratio cscope contexts-cold) times as long; cold takes $(ratio contexts-cold contexts-warm) times as long as warm"
	echo "# index: what	MB	ms per MB"
	for part in fs drivers .; do
		bytes=$(find "$tree/$part" -name '*.[ch]' -printf '%s\n' |
			awk '{ n += $1 } END { print n }')
		awk -v b="$bytes" -v t="$(median "index-$part")" -v p="$part" 'BEGIN {
			printf "# index-%s\t%.0f\t%.2f\n", p, b / 1e6, t * 1e9 / b }'
	done
} | tee "$top/build/bench-$(linux_version "$tree").tsv" | column -t -s "$(printf '\t')"
