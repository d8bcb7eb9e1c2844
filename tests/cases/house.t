#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The state of the house: licences, shell scripts, compilers, file sizes.
. "$(dirname "$0")/../lib.sh"

cd "$top" || exit 1

# What git would hold, also before the first commit.
git ls-files --cached --others --exclude-standard >"$scratch/files" 2>/dev/null ||
	find . -type f -not -path './build/*' -not -path './.git/*' |
		sed 's|^\./||' >"$scratch/files"

while read -r file; do
	case $file in
	COPYING|expected/*|*/.gitattributes) continue ;;
	esac
	head -n 3 "$file" | grep -q 'SPDX-License-Identifier: GPL-2.0-only' ||
		echo "$file"
done <"$scratch/files" >"$scratch/unlicensed"
is "an SPDX line in every file" "$(cat "$scratch/unlicensed")" ""

grep -E '\.(sh|t)$|^\.ci/run$' "$scratch/files" | grep -v linux-mini \
	>"$scratch/scripts"
while read -r file; do
	ok "shellcheck $file" shellcheck -x -P SCRIPTDIR -s sh "$file"
	like "$file is POSIX sh" "$file" '^#!/bin/sh$|^# shellcheck shell=sh$'
	not_ok "$file has no 'local' and no 'which'" grep -nE \
		'^[[:space:]]*(local|which) ' "$file"
done <"$scratch/scripts"

for compiler in gcc clang; do
	if ! command -v "$compiler" >/dev/null 2>&1; then
		skip "$compiler takes it" "$compiler is not installed"
		continue
	fi
	for file in scripts/kthread-cocci/*.c scripts/kthread-cocci/*/*.c; do
		# shellcheck disable=SC2046 # words of pkg-config
		ok "$compiler takes $file" "$compiler" -std=c11 -D_GNU_SOURCE \
			-Wall -Wextra -Wpedantic -Werror -fsyntax-only \
			-Iscripts/kthread-cocci \
			$(pkg-config --cflags glib-2.0 jansson) "$file"
	done
done

is "every case can be run" "$(find tests/cases -name '*.t' ! -perm -100)" ""
is "no C file above 800 lines" "$(find scripts -name '*.c' -exec wc -l {} + |
	awk '$2 != "total" && $1 > 800 { print $2 }')" ""
is "no Python" "$(grep -E '\.py$' "$scratch/files")" ""
is "no file above 1 MiB" "$(while read -r file; do
	find "$file" -size +1024k; done <"$scratch/files")" ""

done_testing
