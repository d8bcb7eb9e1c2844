#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Run all tests: the unit tests and the cases, first with the normal program,
# then with the instrumented one.  Prints TAP through prove and a closing line.
# Exit status 0 only if every test passed and at least one ran.
#
#   tests/run.sh [CASE...]     only these, e.g. tests/cases/golden.t

set -eu

cd "$(dirname "$0")/.."
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# prove starts unit tests itself: they are programs, not scripts.
suite()
{
	build=$1
	shift
	if test $# -eq 0; then
		set -- tests/cases/*.t
		for unit in tests/unit/*.c; do
			unit=$(basename "$unit" .c)
			set -- "$@" "$build/unit/$unit"
		done
	fi
	PROGRAM=$PWD/$build/kthread-cocci prove --verbose --timer \
		--source Executable --exec tests/exec.sh "$@"
}

status=0
echo "# the program"
suite build "$@" >>"$log" 2>&1 || status=1
cat "$log"
: >"$log.san"
echo "# the program with the address and undefined behaviour sanitizers"
SANITIZED=1 suite build/sanitize "$@" >"$log.san" 2>&1 || status=1
cat "$log.san"
cat "$log.san" >>"$log"
rm -f "$log.san"

awk '
	/^ok .*# [Ss][Kk][Ii][Pp]/ { skipped++; next }
	/^ok / { passed++ }
	/^not ok / { failed++ }
	END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
	      exit !(passed && !failed) }' "$log" || status=1
test $status -eq 0 || echo "# FAILED: see the summary that prove printed for each suite"
exit $status
