#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The semantic patches as rules of the kernel's coccicheck: what they say in
# each mode, byte for byte, and how they get into a kernel tree and out of it.
# The kernel's own coccicheck runs them in tests/coccicheck.sh.
. "$(dirname "$0")/../lib.sh"

if test -n "${SANITIZED:-}"; then
	skip "coccicheck rules" "the program has no part in them"
	done_testing
	exit
fi

expected=$top/expected/coccicheck
"$top/tests/modes.sh" "$scratch/modes"
for file in "$expected"/*; do
	name=$(basename "$file")
	same "modes: $name" "$scratch/modes/$name" "$file"
	unlike "modes: $name: spatch has no complaint" "$file" \
		'^(warning|File |EXN|Fatal|init_defs|Warning|ERROR)'
done
is "modes: nothing else comes out" "$(ls "$scratch/modes")" "$(ls "$expected")"
# Each rule finds something in each mode, else nothing is tested here.
is "modes: none is empty" "$(find "$expected" -size 0)" ""

# A folder, in several processes, is how coccicheck itself does it.
cp -r "$top/tests/coccicheck" "$scratch/tree"
grep -l "^virtual report\$" "$top"/cocci/*.cocci >"$scratch/rules"
while read -r cocci; do
	name=$(basename "$cocci" .cocci)
	for jobs in "" "--jobs 2 --chunksize 1"; do
		# shellcheck disable=SC2086 # options are words
		(cd "$scratch/tree" && spatch -D report --no-show-diff \
			--very-quiet --cocci-file "$cocci" --no-includes \
			--include-headers --patch "$scratch/tree" --dir . \
			$jobs 2>&1 </dev/null) | sed 's|^\./||' | LC_ALL=C sort \
			>"$scratch/sorted"
		LC_ALL=C sort "$expected/$name.report" >"$scratch/wanted"
		same "$name: a folder${jobs:+, two jobs}" "$scratch/sorted" \
			"$scratch/wanted"
	done
	# In patch mode, what is printed can be applied and is idempotent.
	rm -rf "$scratch/patched"
	cp -r "$top/tests/coccicheck" "$scratch/patched"
	ok "$name: the diff applies with patch -p1" sh -c \
		"cd '$scratch/patched' && patch -s -f -p1 <'$expected/$name.patch'"
	spatch -D patch --very-quiet --cocci-file "$cocci" --no-includes \
		--include-headers --dir "$scratch/patched" >"$scratch/again" 2>&1 \
		</dev/null
	is "$name: a second run changes nothing" "$(cat "$scratch/again")" ""
done <"$scratch/rules"

# Step 10 knows the APIs of entries.tab.  A coccicheck user has only the rule, so
# it has a copy of them.  The macros of step 03b are not in the table, they are
# found; execute_in_process_context() may call its function at once.
awk '/^let entry_apis/ { on = 1 }
	on && match($0, /^  [0-9]+, \[/) { n = substr($0, 3) + 0 }
	on { rest = $0
	     while (match(rest, /"[^"]+"/)) {
		print substr(rest, RSTART + 1, RLENGTH - 2) ":" n
		rest = substr(rest, RSTART + RLENGTH)
	     } }
	on && /\] \]$/ { exit }' "$top/cocci/10-path-lookups.cocci" |
	grep -v '^KTHREAD_ARGS' | sort >"$scratch/rule"
awk '$1 == "kthread" && $2 == "argument" { print $3 }' \
	"$top/cocci/entries.tab" | grep -v '^execute_in_process_context:' |
	sort >"$scratch/table"
same "step 10 has the entries of entries.tab" "$scratch/rule" "$scratch/table"
ok "step 10 has many of them" test "$(wc -l <"$scratch/rule")" -ge 60

# Into a kernel tree and out of it.
linux=$scratch/linux
folder=$linux/scripts/coccinelle/kthread
mkdir -p "$linux/scripts/coccinelle/api"
: >"$linux/scripts/coccicheck"
echo "// theirs" >"$linux/scripts/coccinelle/api/path_lookups.cocci"
(cd "$linux" && find . | sort) >"$scratch/before"

coccicheck()
{
	status=0
	make -s -C "$top" "$1-coccicheck" TREE="$2" >"$scratch/stdout" \
		2>"$scratch/stderr" || status=$?
}
coccicheck install "$linux"
is "install: status" "$status $(cat "$scratch/stderr")" "0 "
is "install: the files" "$(cd "$linux" && find scripts/coccinelle/kthread -type f |
	LC_ALL=C sort)" "$(LC_ALL=C sort "$scratch/stdout")"
is "install: the rules" "$(cd "$folder" && echo ./*)" \
	"./filename_lookup_flags.cocci ./kthread_args_callers.cocci ./kthread_worker_flags.cocci ./path_lookups.cocci"
md5sum "$top"/cocci/*.cocci >"$scratch/sums"
for file in "$folder"/*; do
	name=$(basename "$file")
	like "install: $name: SPDX first" "$file" \
		'^// SPDX-License-Identifier: GPL-2.0-only$'
	for mode in patch context org report; do
		# How coccicheck itself looks for it.
		like "install: $name: mode $mode" "$file" \
			"virtual[[:space:]]+$mode"
	done
	grep -v "^// Installed-by:" "$file" >"$scratch/bare"
	like "install: $name: nothing else differs from the rule" \
		"$scratch/sums" "^$(md5sum <"$scratch/bare" | cut -c 1-32) "
	is "install: $name: the mode" "$(stat -c %a "$file")" 644
done
coccicheck install "$linux"
is "install again: status" "$status" 0
echo "// somebody else's" >"$folder/other.cocci"
coccicheck uninstall "$linux"
is "uninstall: somebody else's file stays" "$status $(ls "$folder")" \
	"0 other.cocci"
rm "$folder/other.cocci"
coccicheck install "$linux"
coccicheck uninstall "$linux"
(cd "$linux" && find . | sort) >"$scratch/after"
same "uninstall: the tree is as before" "$scratch/after" "$scratch/before"
coccicheck uninstall "$linux"
is "uninstall: nothing to do is no error" "$status" 0

mkdir "$folder"
echo "// theirs" >"$folder/path_lookups.cocci"
coccicheck install "$linux"
is "install: a file of theirs: status" "$status" 2
like "install: a file of theirs: said" "$scratch/stderr" \
	"path_lookups.cocci is not ours"
is "install: a file of theirs: nothing is changed" \
	"$(ls -A "$folder") $(cat "$folder/path_lookups.cocci")" \
	"path_lookups.cocci // theirs"
coccicheck uninstall "$linux"
is "uninstall: a file of theirs stays" "$(cat "$folder/path_lookups.cocci")" \
	"// theirs"
rm -r "$folder"
mkdir "$scratch/elsewhere"
ln -s "$scratch/elsewhere" "$folder"
coccicheck install "$linux"
is "install: a link is refused" "$status $(ls -A "$scratch/elsewhere")" "2 "
rm "$folder"

coccicheck install "$scratch/elsewhere"
is "install: no kernel tree" "$status" 2
like "install: no kernel tree: said" "$scratch/stderr" "is no kernel tree"
coccicheck install ""
is "install: no TREE" "$status" 2
like "install: no TREE: said" "$scratch/stderr" "usage: make install"

done_testing
