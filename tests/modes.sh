#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Run the coccicheck rules over tests/coccicheck as coccicheck runs them, in
# each mode, into files RULE.MODE of a folder; what spatch says on stderr comes
# there as well.
#
#   tests/modes.sh FOLDER

set -eu

export LC_ALL=C
cd "$(dirname "$0")/.."
top=$(pwd)
mkdir -p "$1"
out=$(cd "$1" && pwd)
list=$(mktemp)
trap 'rm -f "$list"' EXIT
cd tests/coccicheck
printf '%s\n\n' *.[ch] >"$list"
grep -l '^virtual report$' "$top"/cocci/*.cocci | while read -r cocci; do
	rule=$(basename "$cocci" .cocci)
	options=$(grep "Options:" "$cocci" | cut -d ':' -f 2)
	for mode in report org context patch; do
		diff=
		case $mode in report|org) diff=--no-show-diff ;; esac
		# One file after the other, for the order of the output.
		# shellcheck disable=SC2086 # options are words
		spatch -D "$mode" $diff --very-quiet --cocci-file "$cocci" \
			$options --patch "$PWD" --file-groups "$list" \
			>"$out/$rule.$mode" 2>&1
	done
done
