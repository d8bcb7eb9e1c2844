#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The steps over the fixture trees, byte for byte: the diff, what is left, the
# audit before and after, and what coccicheck's modes say.
. "$(dirname "$0")/../lib.sh"

expected=$top/expected

for mini in "$top"/tests/linux-mini*; do
	tree=$(basename "$mini")
	"$PROGRAM" -C "$mini" steps |
		awk '! / not for this tree / { print $1 }' >"$scratch/steps"
	while read -r step; do
		"$top/tests/golden.sh" "$mini" "$step" "$scratch/$tree/$step"
		for file in "$expected/$tree/$step"/*; do
			kind=$(basename "$file")
			same "$tree: $step: $kind" \
				"$scratch/$tree/$step/$kind" "$file"
		done
		is "$tree: $step: nothing else comes out" \
			"$(ls "$scratch/$tree/$step")" \
			"$(ls "$expected/$tree/$step")"
	done <"$scratch/steps"
done

done_testing
