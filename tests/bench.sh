#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The standing measurement: the program and its peers on the same tree in the
# same run, several rounds one after the other, medians and ratios.  A
# benchmark, not a test.
#
#   tests/bench.sh VERSION [TREE]
#
#   ROUNDS=5         of the program and of the peers that take seconds
#   PEER_ROUNDS=1    of those that take minutes
#   JOBS=2           for everything that can work in parallel
#   COMPARE=FILE     the table of an earlier run: print old, new and their ratio
#   PARTS="..."      only some of: scan rewrite growth
#
# Results go to build/bench-VERSION.tsv: lines that begin with # tell the
# conditions, "ratio:" lines relate two medians, all others are one measurement.
# A run on a busy machine is told by its load; the column "cpu" (user and system
# time, median) suffers less from it than the seconds.
. "$(dirname "$0")/cases/../lib.sh"
top=$(cd "$(dirname "$0")/.." && pwd)
PROGRAM=$top/build/kthread-cocci
. "$top/tests/linux-lib.sh"

tree=$(linux_tree "${1:-}" "${2:-}") || exit 2
version=$(linux_version "$tree")
rounds=${ROUNDS:-5}
peer_rounds=${PEER_ROUNDS:-1}
jobs=${JOBS:-2}
parts=${PARTS:-scan rewrite growth}
times=$scratch/times
result=$top/build/bench-$version.tsv
: >"$times"
if test -n "${COMPARE:-}"; then
	case $COMPARE in
	/*) ;;
	*) COMPARE=$PWD/$COMPARE ;;
	esac
	# It may be the file that is written at the end.
	cp "$COMPARE" "$scratch/earlier" || exit 2
fi

# Copies have to be on the file system of the tree to share its files.
copy=$(mktemp -d "$(dirname "$tree")/.bench.XXXXXX") || exit 2
cleanup() { rm -rf "$scratch" "$copy"; }

fail()
{
	echo "bench.sh: $*" >&2
	exit 2
}

has_part() { case " $parts " in *" $1 "*) ;; *) return 1 ;; esac; }

# measure NAME COMMAND...: append "NAME seconds cpu kB" to the times.  What does
# not work must not count as fast.
measure()
{
	what=$1
	shift
	status=0
	/usr/bin/time -f '%e %U %S %M' -o "$scratch/time" "$@" \
		>"$scratch/out" 2>"$scratch/err" || status=$?
	if test "$status" -gt 1; then
		tail -n 5 "$scratch/err" >&2
		fail "$what: exit status $status"
	fi
	tail -n 1 "$scratch/time" | awk -v w="$what" '{
		print w, $1, $2 + $3, $4 }' >>"$times"
	echo "# $what: $(tail -n 1 "$times" | cut -d' ' -f2-)" >&2
}

cold() { rm -rf "$XDG_CACHE_HOME"; }

# ours NAME TREE ARGS...
ours()
{
	what=$1
	where=$2
	shift 2
	measure "$what" "$PROGRAM" -q -j "$jobs" -C "$where" "$@"
}

# column NAME FIELD: the median of a measurement.
column()
{
	awk -v w="$1" -v f="$2" '$1 == w { print $f }' "$times" | sort -n |
		awk '{ v[NR] = $1 }
		     END {
			lo = int((NR + 1) / 2)
			hi = int(NR / 2) + 1
			if (NR) print (v[lo] + v[hi]) / 2
		     }'
}

# A maintainer's own rule for the callers: what "spatch --dir" is asked to do.
# It does less than the step, which converts the API itself and its comments.
cat >"$scratch/02.cocci" <<'RULE'
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

# spatch_dir NAME TREE COCCI: as somebody would call it who has only spatch.
spatch_dir()
{
	measure "$1" spatch -j "$jobs" --cocci-file "$3" -D patch \
		--no-includes --include-headers --very-quiet --dir "$2"
	grep -q '^+++' "$scratch/out" || fail "$1: no diff"
}

# The kernel's own way: it has to be asked from within the tree, whose files git grep
# finds only where it takes no repository around it for its own.
coccicheck()
{
	measure "$1" env GIT_CEILING_DIRECTORIES="$(dirname "$2")" make -s -C "$2" \
		coccicheck COCCI="$3" MODE=patch J="$jobs"
	grep -q '^+++' "$scratch/out" || fail "$1: no diff"
}

# One source file changes, back and forth, in a copy that shares the others.
change_file()
{
	file=$copy/tree/fs/namei.c
	if test -f "$scratch/saved"; then
		cp "$scratch/saved" "$file.new"
		rm "$scratch/saved"
	else
		cp "$file" "$scratch/saved"
		{
			cat "$file"
			echo 'static int changed_by_bench(void) { return 0; }'
		} >"$file.new"
	fi
	mv "$file.new" "$file"
}

scan_round()
{
	cold
	ours contexts-cold "$copy/tree" contexts
	ours contexts-warm "$copy/tree" contexts
	change_file
	ours contexts-changed "$copy/tree" contexts
	# The floor: all bytes are read, and nothing is found.
	measure read-ripgrep rg -j "$jobs" -uu -c -g '*.[ch]' \
		nosuchwordanywhere "$copy/tree"
	# The list has relative names, so it runs in the tree and writes here.
	# shellcheck disable=SC2016
	measure cscope sh -c 'cd "$1" && exec cscope -b -q -k -i "$2" -f "$3"' \
		sh "$copy/tree" "$scratch/files" "$scratch/cscope.out"
	rm -f "$scratch"/cscope.out*
	# .h as C, too; otherwise ctags takes it for C++.
	# shellcheck disable=SC2016
	measure ctags sh -c 'cd "$1" && exec ctags --langmap=C:.c.h \
		--languages=C -L "$2" -f "$3"' \
		sh "$copy/tree" "$scratch/files" "$scratch/tags"
	rm -f "$scratch/tags"
	# shellcheck disable=SC2016
	measure mkid sh -c 'cd "$1" && exec mkid -i C -o "$2"' \
		sh "$copy/tree" "$scratch/ID"
	rm -f "$scratch/ID"
}

rewrite_round()
{
	cold
	ours all-cold "$copy/tree" patch
	ours all-warm "$copy/tree" patch
	cold
	ours 02-cold "$copy/tree" patch 02
	ours 02-warm "$copy/tree" patch 02
	ours 02-whole-files "$copy/tree" patch --no-cache --no-slice 02
	cold
	ours 03b-cold "$copy/converted" patch 03b
	ours 03b-warm "$copy/converted" patch 03b
	test "$1" -le "$peer_rounds" || return 0
	spatch_dir 02-spatch-dir "$copy/tree" "$scratch/02.cocci"
	coccicheck 02-coccicheck "$copy/tree" \
		"$top/cocci/02-kthread-worker-flags.cocci"
	spatch_dir 03b-spatch-dir "$copy/converted" \
		"$top/cocci/03b-kthread-args-callers.cocci"
}

# Parts of a tree, one, and two side by side: does twice the size take twice
# the time?
growth_round()
{
	for part in fs drivers; do
		ours "growth-$part" "$copy/tree/$part" contexts --no-cache
	done
	ours growth-tree "$copy/tree" contexts --no-cache
	ours growth-two "$copy/two" contexts --no-cache
}

bytes()
{
	find "$1" -name '*.[ch]' -type f -printf '%s\n' |
		awk '{ n += $1 } END { printf "%d\n", n }'
}

# measurement NAME: its line of the table.
measurement()
{
	awk -v w="$1" -v m="$(column "$1" 2)" -v c="$(column "$1" 3)" '
		$1 == w {
			if (!n++ || $2 < lo) lo = $2
			if ($2 > hi) hi = $2
			if ($4 > peak) peak = $4
		}
		END {
			if (n) printf "%s\t%.2f\t%.2f\t%.2f\t%.2f\t%.0f\t%d\n",
				w, m, lo, hi, c, peak / 1024, n
		}' "$times"
}

# ratio A B WANTED: how many times longer A takes than B.
ratio()
{
	awk -v a="$(column "$1" 2)" -v b="$(column "$2" 2)" -v w="$3" \
		-v ca="$(column "$1" 3)" -v cb="$(column "$2" 3)" \
		-v n="ratio:$1/$2" 'BEGIN {
		if (a && b > 0)
			printf "%s\t%.1f\t\t\t%.1f\t\t\t%s\n", n, a / b,
				(cb > 0 ? ca / cb : 0), w }'
}

# limit NAME SECONDS: what it may take at most.
limit()
{
	awk -v a="$(column "$1" 2)" -v n="limit:$1" -v w="$2" 'BEGIN {
		if (a) printf "%s\t%.2f\t\t\t\t\t\tat most %s s\n", n, a, w }'
}

# exponent NAME FROM SIZE TO SIZE: time grows with this power of the size.
exponent()
{
	awk -v a="$(column "growth-$2" 2)" -v b="$(column "growth-$4" 2)" \
		-v s="$3" -v t="$5" -v n="exponent:$1" \
		-v ca="$(column "growth-$2" 3)" -v cb="$(column "growth-$4" 3)" '
		BEGIN {
			if (a && b) printf "%s\t%.2f\t\t\t%.2f\t\t\t%s\n", n,
				log(b / a) / log(t / s),
				log(cb / ca) / log(t / s),
				(n == "exponent:fs-two" ? "at most 1.05" : "")
		}'
}

versions()
{
	for peer in "cscope -V" "ctags --version" "mkid --version" \
		"rg --version" "spatch --version"; do
		# shellcheck disable=SC2086 # a command and its option
		echo "# $(command -v ${peer%% *} >/dev/null 2>&1 &&
			$peer 2>&1 | head -n 1 | cut -c 1-70)"
	done
}

export XDG_CACHE_HOME="$scratch/cache"
copy_tree "$tree" "$copy/tree"
(cd "$copy/tree" && find . -name '*.[ch]' -type f | sort) >"$scratch/files"
if has_part rewrite; then
	copy_tree "$copy/tree" "$copy/converted"
	"$PROGRAM" -q -j "$jobs" -C "$copy/converted" apply 01 02 03 \
		>/dev/null || fail "steps 01 to 03 do not apply"
fi
if has_part growth; then
	mkdir "$copy/two"
	copy_tree "$copy/tree" "$copy/two/a"
	copy_tree "$copy/tree" "$copy/two/b"
fi
# Everything into the page cache first.
find "$copy/tree" -type f -name '*.[chS]' -exec cat {} + >/dev/null

load=$(cut -d' ' -f1-3 /proc/loadavg)
round=0
while test "$round" -lt "$rounds"; do
	round=$((round + 1))
	echo "# round $round of $rounds" >&2
	if has_part scan; then scan_round; fi
	if has_part rewrite; then rewrite_round "$round"; fi
	if has_part growth; then growth_round; fi
done

{
	echo "# linux $version, $(date -u +%Y-%m-%d), -j $jobs, $rounds rounds, $peer_rounds of spatch-dir and coccicheck"
	echo "# $(nproc) processors, load before $load, behind $(cut -d' ' -f1-3 /proc/loadavg)"
	versions
	printf '# what\tmedian s\tmin\tmax\tcpu s\tpeak MiB\trounds\twanted\n'
	cut -d' ' -f1 "$times" | awk '!seen[$0]++' >"$scratch/names"
	while read -r name; do
		measurement "$name"
	done <"$scratch/names"
	ratio cscope contexts-cold 'at least 40'
	ratio ctags contexts-cold 'at least 8'
	ratio mkid contexts-cold ''
	ratio contexts-cold read-ripgrep ''
	ratio 02-spatch-dir 02-cold 'at least 15'
	ratio 02-coccicheck 02-cold ''
	ratio 03b-spatch-dir 03b-cold 'at least 8'
	ratio 02-whole-files 02-cold ''
	limit contexts-warm 0.5
	limit contexts-changed 0.6
	limit all-cold 15
	limit all-warm 3
	if has_part growth; then
		fs=$(bytes "$copy/tree/fs")
		drivers=$(bytes "$copy/tree/drivers")
		whole=$(bytes "$copy/tree")
		two=$((2 * whole))
		for part in "fs $fs" "drivers $drivers" "tree $whole" "two $two"; do
			echo "# $part bytes"
		done
		exponent fs-drivers fs "$fs" drivers "$drivers"
		exponent drivers-tree drivers "$drivers" tree "$whole"
		exponent tree-two tree "$whole" two "$two"
		exponent fs-two fs "$fs" two "$two"
	fi
} >"$scratch/result"
cp "$scratch/result" "$result"
tab=$(printf '\t')
column_table() { command column -t -s "$tab" -o '  '; }

grep '^# ' "$result" | grep -v "$tab"
{
	grep "^# what" "$result"
	grep -v '^#' "$result"
} | sed "s/$tab$tab/$tab-$tab/g; s/$tab$tab/$tab-$tab/g" | column_table
echo "# kept in ${result#"$top/"}"

# Lines with the same name, side by side.
if test -f "$scratch/earlier"; then
	echo
	grep '^# linux' "$scratch/earlier" | sed 's/^# /# old: /'
	{
		printf '# what\told\tnew\tnew/old\n'
		awk -F '\t' '
			/^#/ { next }
			NR == FNR { old[$1] = $2; next }
			$1 in old && old[$1] > 0 {
				printf "%s\t%s\t%s\t%.2f\n", $1, old[$1], $2,
					$2 / old[$1]
			}' "$scratch/earlier" "$result"
	} | column_table
fi
