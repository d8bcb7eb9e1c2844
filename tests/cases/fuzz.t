#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# A short run of the fuzzer, so that its target stays alive and no new mistake
# of the coarse kind gets in; tests/fuzz.sh alone is the long one.  It has
# sanitizers of its own, so the instrumented program adds nothing.
. "$(dirname "$0")/../lib.sh"

if test -n "${SANITIZED:-}"; then
	skip "fuzz: 20 seconds" "it is the same for the instrumented program"
elif ! command -v clang >/dev/null 2>&1; then
	skip "fuzz: 20 seconds" "clang is not installed"
else
	ok "fuzz: 20 seconds" env SECONDS_MAX=20 "$top/tests/fuzz.sh" 20000
fi
done_testing
