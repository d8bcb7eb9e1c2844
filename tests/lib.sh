# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# What the test cases share: TAP output, a scratch folder, the program.
#
# A case is tests/cases/NAME.t.  It sources this file, runs checks with ok, is
# and like, and ends with done_testing.  PROGRAM is the program under test,
# SANITIZED is set where it is the instrumented one.

# shellcheck disable=SC2034 # used by the cases
top=$(cd "$(dirname "$0")/../.." && pwd)
PROGRAM=${PROGRAM:-$top/build/kthread-cocci}
export LC_ALL=C
unset KTHREAD_COCCI_DIR CDPATH TMPDIR

scratch=$(mktemp -d)
cleanup() { chmod -R u+rwX "$scratch" 2>/dev/null; rm -rf "$scratch"; }
trap cleanup EXIT
# No test looks into or writes the user's cache.
export XDG_CACHE_HOME="$scratch/xdg-cache"
trap 'exit 130' INT
trap 'exit 143' TERM HUP

tap_number=0
tap_failed=0

# tap_pass NAME, tap_fail NAME: a line of TAP.
tap_pass()
{
	tap_number=$((tap_number + 1))
	echo "ok $tap_number - $1"
}

tap_fail()
{
	tap_number=$((tap_number + 1))
	tap_failed=$((tap_failed + 1))
	echo "not ok $tap_number - $1"
}

# diag FILE-OR-TEXT: explain a failure.
diag()
{
	if test -f "$1"; then
		head -n 40 "$1" | sed 's/^/# /'
	else
		printf '%s\n' "$1" | head -n 40 | sed 's/^/# /'
	fi
}

# ok NAME COMMAND...: the command must succeed.
ok()
{
	name=$1
	shift
	if "$@" >"$scratch/.ok" 2>&1; then
		tap_pass "$name"
	else
		tap_fail "$name"
		diag "failed: $*"
		diag "$scratch/.ok"
	fi
}

# not_ok NAME COMMAND...: the command must fail.
not_ok()
{
	name=$1
	shift
	ok "$name" fails "$@"
}

fails() { ! "$@"; }

# is NAME GOT EXPECTED
is()
{
	if test "$2" = "$3"; then
		tap_pass "$1"
	else
		tap_fail "$1"
		diag "got:      $2"
		diag "expected: $3"
	fi
}

# same NAME FILE EXPECTED-FILE: the same bytes.
same()
{
	if cmp -s "$2" "$3"; then
		tap_pass "$1"
	else
		tap_fail "$1"
		diff -u "$3" "$2" >"$scratch/.diff" 2>&1 || :
		diag "$scratch/.diff"
	fi
}

# like NAME FILE PATTERN: a line of the file matches the extended pattern.
like()
{
	if grep -qE -- "$3" "$2"; then
		tap_pass "$1"
	else
		tap_fail "$1"
		diag "no line matches: $3"
		diag "$2"
	fi
}

# unlike NAME FILE PATTERN
unlike()
{
	if grep -nE -- "$3" "$2" >"$scratch/.match"; then
		tap_fail "$1"
		diag "$scratch/.match"
	else
		tap_pass "$1"
	fi
}

# skip NAME REASON
skip()
{
	tap_number=$((tap_number + 1))
	echo "ok $tap_number - $1 # SKIP $2"
}

# run ARGS...: run the program; leaves stdout, stderr and status in $scratch.
run()
{
	status=0
	"$PROGRAM" "$@" >"$scratch/stdout" 2>"$scratch/stderr" || status=$?
}

# The exit status tells as well whether all passed.
done_testing()
{
	echo "1..$tap_number"
	test "$tap_failed" -eq 0
}
