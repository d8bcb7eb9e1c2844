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

# Everything into the page cache first.
find "$tree" -type f -name '*.[chS]' -exec cat {} + >/dev/null

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
done

{
	echo "# linux $(linux_version "$tree"), -j $jobs, $rounds rounds, $(spatch --version | head -n 1 | cut -d' ' -f1-3)"
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
			split("patch patch-no-slice audit spatch-dir grep", order, " ")
			for (i = 1; i <= 5; i++) {
				x = median(order[i])
				printf "%s\t%.2f\t%.2f\t%.2f\t%.0f\t%.2f\n",
					order[i], x, lo, hi, m[order[i]] / 1024, x / base
			}
		}'
} | tee "$top/build/bench-$(linux_version "$tree").tsv" | column -t -s "$(printf '\t')"
