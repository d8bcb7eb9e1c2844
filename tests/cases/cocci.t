#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The headers of the semantic patches, and that spatch reads them without a
# warning in every mode.
. "$(dirname "$0")/../lib.sh"

head_of() { sed '/^virtual\|^@/,$d' "$1"; }

for cocci in "$top"/cocci/*.cocci; do
	name=$(basename "$cocci" .cocci)
	head_of "$cocci" >"$scratch/head"
	is "$name: SPDX line" "$(head -n 1 "$cocci")" \
		"// SPDX-License-Identifier: GPL-2.0-only"
	like "$name: subject of the commit message" "$scratch/head" \
		'^/// [a-z0-9_-]+: .{10,65}$'
	ok "$name: a message behind the subject" \
		test "$(grep -c '^/// ' "$scratch/head")" -ge 3
	unlike "$name: the message fits into 76 columns" "$scratch/head" \
		'^/// .{77,}'
	like "$name: what it does not see" "$scratch/head" '^//# '
	like "$name: confidence" "$scratch/head" \
		'^// Confidence: (High|Moderate|Low)$'
	like "$name: copyright" "$scratch/head" '^// Copyright: '
	like "$name: options" "$scratch/head" '^// Options: --'
	like "$name: what the audit knows" "$scratch/head" '^//% [a-z-]+: '
	for mode in patch context org report; do
		# A step that only changes the API has nothing to report.
		test $mode = patch || grep -q "depends on report" "$cocci" ||
			continue
		like "$name: mode $mode" "$cocci" "^virtual $mode\$"
		printf 'int x;\n' >"$scratch/empty.c"
		spatch --very-quiet --no-includes -D "$mode" -D harness \
			--sp-file "$cocci" "$scratch/empty.c" >"$scratch/said" 2>&1
		is "$name: mode $mode: spatch says nothing" \
			"$(cat "$scratch/said")" ""
	done
	# A plain sentence above each rule that matches something.
	is "$name: rules without a comment that begin a group" "$(awk '
		/^\/\/ / { comment = 1 }
		/^$/ { blank = 1; next }
		/^@.*@$/ && !/^@@$/ && !/script|initialize|depends on/ {
			if (!comment) print NR
		}
		!/^\/\/ / && !/^@/ { comment = 0 }' "$cocci")" ""
done

done_testing
