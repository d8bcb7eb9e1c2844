#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Accept what the program gives now on the fixture trees as the expected
# result.  Look at "git diff expected/" before you commit it.

set -eu

cd "$(dirname "$0")/.."
for mini in tests/linux-mini*; do
	tree=$(basename "$mini")
	rm -rf "expected/$tree"
	now=$(mktemp -d)
	cp -a "$mini" "$now/tree"
	build/kthread-cocci -C "$mini" steps |
	awk '! / not for this tree / { print $1, $NF }' |
	while read -r step last; do
		tests/golden.sh "$now/tree" "$step" "expected/$tree/$step"
		test "$last" = "(optional)" ||
			build/kthread-cocci -q -C "$now/tree" apply "$step" \
				2>"$now/said" || :
	done
	rm -rf "$now"
done
rm -rf expected/contexts
mkdir -p expected/contexts
for tree in tests/contexts/*; do
	build/kthread-cocci -C "$tree" contexts --no-cache --format=tsv \
		>"expected/contexts/$(basename "$tree").tsv"
done
rm -rf expected/reports
mkdir -p expected/reports
for format in org sarif dot html; do
	build/kthread-cocci -C tests/reports contexts --no-cache \
		--format="$format" | tests/plain-report.sh "$format" \
		>"expected/reports/report.$format"
done
rm -rf expected/coccicheck
tests/modes.sh expected/coccicheck
rm -rf expected/module
tests/module-golden.sh expected/module
git status --short expected
