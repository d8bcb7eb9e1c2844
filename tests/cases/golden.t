#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The steps over the fixture trees, byte for byte: the diff, what is left, the
# audit before and after, and what coccicheck's modes say.
. "$(dirname "$0")/../lib.sh"

expected=$top/expected

# coccicheck's modes are spatch's alone: once is enough.
MODES=yes
test -z "${SANITIZED:-}" || MODES=no
export MODES
modes() { if test $MODES = yes; then cat; else grep -v '^mode-'; fi; }

for mini in "$top"/tests/linux-mini*; do
	tree=$(basename "$mini")
	"$PROGRAM" -C "$mini" steps >"$scratch/states"
	awk '! / not for this tree / { print $1 }' "$scratch/states" \
		>"$scratch/steps"
	cp -a "$mini" "$scratch/now"
	while read -r step; do
		"$top/tests/golden.sh" "$scratch/now" "$step" \
			"$scratch/$tree/$step"
		for file in "$expected/$tree/$step"/*; do
			kind=$(basename "$file")
			case $MODES$kind in nomode-*) continue ;; esac
			same "$tree: $step: $kind" \
				"$scratch/$tree/$step/$kind" "$file"
		done
		is "$tree: $step: nothing else comes out" \
			"$(ls "$scratch/$tree/$step")" \
			"$(cd "$expected/$tree/$step" && printf '%s\n' * | modes)"
		# The next step runs on what this one leaves.
		grep -q "^$step .*(optional)\$" "$scratch/states" ||
			run -q -C "$scratch/now" apply "$step"
	done <"$scratch/steps"
	rm -rf "$scratch/now"
done

done_testing
