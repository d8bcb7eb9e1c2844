#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The review: every mechanism by which a path lookup is reached or is not, on a
# small tree of its own (tests/contexts/), byte for byte; the three formats; the
# cache; the options; the tables.
. "$(dirname "$0")/../lib.sh"

XDG_CACHE_HOME=$scratch/cache
KTHREAD_COCCI_DIR=$top/cocci
export XDG_CACHE_HOME KTHREAD_COCCI_DIR
expected=$top/expected/contexts
tab=$(printf '\t')

# Another locale, where there is one.
locale=$(locale -a 2>/dev/null | grep -vxE 'C|POSIX' | head -n 1)

# refused NAME: exit status 2, one line that says why, nothing on stdout.
refused()
{
	is "$1: exit status" "$status" 2
	is "$1: nothing on stdout" "$(cat "$scratch/stdout")" ""
	is "$1: one line on stderr" "$(wc -l <"$scratch/stderr")" 1
	like "$1: it says why" "$scratch/stderr" '^kthread-cocci: .*[^ ]$'
}

# --- the mechanisms -----------------------------------------------------------------

# The comment behind each lookup of a tree says its verdict.
claims()
{
	(cd "$1" && grep -rnE \
		'/\* (kthread|mixed|user|boot|safe|unreached) \*/' .) |
		sed -E "s|^\./([^:]*):([0-9]+):.*/\* ([a-z]+) \*/.*|\1$tab\2$tab\3|" |
		sort
}

# All that the three formats have in common, one site a line.
sites_of_json()
{
	perl -MJSON::PP -e '
		my $report = decode_json(join("", <STDIN>));
		for my $site (@{$report->{sites}}) {
			print join("\t", @$site{qw(file line function lookup
						   verdict)}), "\n";
		}'
}

sites_of_text()
{
	sed -nE "s/^  ([^ ]+):([0-9]+): (.*)\(\) calls (.*)\(\): ([a-z]+)\$/\1$tab\2$tab\3$tab\4$tab\5/p"
}

for tree in "$top"/tests/contexts/*; do
	mechanism=$(basename "$tree")
	wanted=$expected/$mechanism.tsv
	run -j 1 -C "$tree" contexts --no-cache --format=tsv
	is "$mechanism: exit status" "$status" 0
	is "$mechanism: nothing on stderr" "$(cat "$scratch/stderr")" ""
	same "$mechanism" "$scratch/stdout" "$wanted"

	claims "$tree" >"$scratch/claims"
	sed 1d "$wanted" | cut -f 1,2,5 | sort >"$scratch/verdicts"
	same "$mechanism: what is expected is what the source claims" \
		"$scratch/verdicts" "$scratch/claims"

	cp "$scratch/stdout" "$scratch/first"
	run -j 4 -C "$tree" contexts --no-cache --format=tsv
	same "$mechanism: the same with -j 4" "$scratch/stdout" \
		"$scratch/first"
	if test -n "$locale"; then
		LC_ALL=$locale run -C "$tree" contexts --no-cache --format=tsv
		same "$mechanism: the same in $locale" "$scratch/stdout" \
			"$scratch/first"
	else
		skip "$mechanism: the same in another locale" "there is none"
	fi

	sed 1d "$scratch/first" | cut -f 1-5 >"$scratch/tsv"
	run -C "$tree" contexts --no-cache --format=json
	is "$mechanism: JSON: exit status" "$status" 0
	sites_of_json <"$scratch/stdout" >"$scratch/json" 2>&1
	same "$mechanism: JSON has the same sites" "$scratch/json" \
		"$scratch/tsv"
	run -C "$tree" contexts --no-cache
	sites_of_text <"$scratch/stdout" >"$scratch/text"
	sort "$scratch/text" >"$scratch/text.sorted"
	sort "$scratch/tsv" >"$scratch/tsv.sorted"
	same "$mechanism: the text has the same sites" "$scratch/text.sorted" \
		"$scratch/tsv.sorted"
done
(cd "$top/tests/contexts" && printf '%s.tsv\n' *) >"$scratch/trees"
is "no expectation without a tree" "$(ls "$expected")" \
	"$(cat "$scratch/trees")"

# A site alone is judged as among all others.
tree=$top/tests/contexts/recursion
sed 1d "$expected/recursion.tsv" | cut -f 3 | sort -u >"$scratch/functions"
while read -r function; do
	run -C "$tree" contexts --no-cache --format=tsv "$function"
	sed 1d "$scratch/stdout" >"$scratch/alone"
	awk -F '\t' -v f="$function" '$3 == f' "$expected/recursion.tsv" \
		>"$scratch/among"
	same "$function alone" "$scratch/alone" "$scratch/among"
done <"$scratch/functions"

# --- what is asked for ----------------------------------------------------------------

tree=$top/tests/contexts/ops-struct
all=$expected/ops-struct.tsv

for verdict in kthread mixed user boot safe unreached; do
	run -C "$tree" contexts --no-cache --format=tsv --verdict="$verdict"
	is "--verdict=$verdict: exit status" "$status" 0
	awk -F '\t' -v v="$verdict" 'NR == 1 || $5 == v' "$all" \
		>"$scratch/some"
	same "--verdict=$verdict" "$scratch/stdout" "$scratch/some"
done
run -C "$tree" contexts --no-cache --format=tsv --verdict=user,mixed
grep -vE "$tab(kthread|unreached)$tab" "$all" >"$scratch/some"
same "two verdicts" "$scratch/stdout" "$scratch/some"

run -C "$tree" contexts --no-cache --format=tsv --min-confidence=direct
is "only direct calls: no pointer is followed" \
	"$(cut -f 5 "$scratch/stdout" | sort -u | tr '\n' ' ')" \
	"unreached verdict "
run -C "$tree" contexts --no-cache --format=tsv drivers/thing/forms.c
same "the sites of a file" "$scratch/stdout" "$all"
run -C "$tree" contexts --no-cache --format=tsv kernel/thing.c
is "a file without a lookup" "$(sed 1d "$scratch/stdout")" ""
is "a file without a lookup: exit status" "$status" 0
run -C "$tree" contexts --no-cache --format=tsv drivers/
same "the sites below a folder" "$scratch/stdout" "$all"
run -C "$tree" contexts --no-cache --format=tsv dotted_thread stranger
grep -E "^file$tab|${tab}dotted_thread$tab|${tab}stranger$tab" "$all" \
	>"$scratch/some"
same "the sites of two functions" "$scratch/stdout" "$scratch/some"
run -C "$tree" contexts --no-cache thing_thread
is "a function without a lookup is explained: exit status" "$status" 0
like "a function without a lookup is explained" "$scratch/stdout" \
	'^kernel/thing\.c:[0-9]+: thing_thread\(\)$'
run -C "$tree" contexts --no-cache --all-chains --format=tsv
is "--all-chains: exit status" "$status" 0
cut -f 1-5 "$scratch/stdout" | uniq >"$scratch/some"
cut -f 1-5 "$all" >"$scratch/tsv"
same "--all-chains: the same sites" "$scratch/some" "$scratch/tsv"
run -C "$top/tests/contexts/barriers" contexts --no-cache notified
like "what a row of barriers.tab cut is named" "$scratch/stdout" \
	'cut at .*notif.*\(barriers\.tab:[0-9]+\)'

run -C "$tree" contexts --no-cache --format=bogus
refused "an unknown format"
like "an unknown format: it is named" "$scratch/stderr" "'bogus'"
for list in bogus kthread,bogus '' 'kthread,' ' kthread'; do
	run -C "$tree" contexts --no-cache --verdict="$list"
	refused "--verdict='$list'"
done
for level in bogus '' typed,name; do
	run -C "$tree" contexts --no-cache --min-confidence="$level"
	refused "--min-confidence='$level'"
done
for format in text tsv json; do
	for name in no_such_name no/such/file.c no/such/folder/ ''; do
		run -C "$tree" contexts --no-cache --format=$format "$name"
		refused "--format=$format '$name'"
	done
	run -C "$tree" contexts --no-cache --format=$format \
		dotted_thread no_such_name
	refused "--format=$format, one name of two"
	status=0
	"$PROGRAM" -C "$tree" contexts --no-cache --format=$format \
		>/dev/full 2>"$scratch/stderr" || status=$?
	is "--format=$format: stdout is full: exit status" "$status" 2
done
mkdir "$scratch/empty"
run -C "$scratch/empty" contexts --no-cache
refused "an empty tree"
mkdir "$scratch/nothing"
echo "int nothing;" >"$scratch/nothing/nothing.c"
for format in text tsv json; do
	run -C "$scratch/nothing" contexts --no-cache --format=$format
	is "a tree without a lookup: $format: exit status" "$status" 0
done
like "a tree without a lookup: JSON" "$scratch/stdout" '"sites": \[\]'

# --- the cache ------------------------------------------------------------------------

tree=$scratch/tree
cp -a "$top/tests/contexts/ops-struct" "$tree"

# A run with the cache gives what one without gives, then and once more, and once
# the cache file has taken in what changed since.
same_as_without()
{
	run -C "$tree" contexts --no-cache --format=tsv
	cp "$scratch/stdout" "$scratch/without"
	for round in first second; do
		run -C "$tree" contexts --format=tsv
		same "cache: $1: $round run" "$scratch/stdout" \
			"$scratch/without"
		is "cache: $1: $round run: exit status" "$status" 0
		is "cache: $1: $round run: nothing is said" \
			"$(cat "$scratch/stderr")" ""
	done
	rm -rf "$scratch/merged"
	cp -a "$XDG_CACHE_HOME" "$scratch/merged"
	XDG_CACHE_HOME=$scratch/merged "$PROGRAM" -q -C "$tree" index
	XDG_CACHE_HOME=$scratch/merged "$PROGRAM" -C "$tree" contexts \
		--format=tsv >"$scratch/from-merged" 2>&1
	same "cache: $1: merged" "$scratch/from-merged" "$scratch/without"
}

run -C "$tree" contexts --no-cache --format=tsv
not_ok "cache: --no-cache writes none" test -e "$XDG_CACHE_HOME"
same_as_without "cold, warm"
is "cache: one file" "$(find "$XDG_CACHE_HOME" -type f | wc -l)" 1
cache=$(echo "$XDG_CACHE_HOME"/kthread-cocci/*.index)
ok "cache: it is where it belongs" test -f "$cache"
run -v -C "$tree" contexts --format=tsv
like "cache: it is used" "$scratch/stderr" 'nothing changed'
run -v -C "$tree" contexts --rebuild --format=tsv
unlike "cache: --rebuild does not use it" "$scratch/stderr" 'nothing changed'

touch "$tree/kernel/thing.c"
same_as_without "a file is touched"
sed 's/in_syscall(thing) : 0/nowhere(thing) : 0/' "$tree/kernel/thing.c" \
	>"$scratch/changed"
cp "$scratch/changed" "$tree/kernel/thing.c"
same_as_without "a call goes to another member"
like "cache: a call goes to another member: it is seen" "$scratch/stdout" \
	"designated_nowhere${tab}kern_path${tab}user"

# The same size, the same time.
cp -p "$tree/drivers/thing/forms.c" "$scratch/stamp"
sed 's|kern_path("/20"|kern_Path("/20"|' "$scratch/stamp" >"$scratch/changed"
cat "$scratch/changed" >"$tree/drivers/thing/forms.c"
touch -r "$scratch/stamp" "$tree/drivers/thing/forms.c"
same_as_without "a change of the same size and time"
unlike "cache: a change of the same size and time: it is seen" \
	"$scratch/stdout" 'stranger'

sed 's/^struct other_ops {/struct thing_ops_too {/
     s/(\*in_both)/(*in_syscall_too)/' "$tree/include/linux/thing.h" \
	>"$scratch/changed"
cp "$scratch/changed" "$tree/include/linux/thing.h"
same_as_without "a header changes"
cp "$top/tests/contexts/ops-struct/include/linux/thing.h" \
	"$tree/include/linux/thing.h"
same_as_without "a header changes back"

printf '#include <linux/thing.h>\nint thing_start_two(struct thing *thing)\n{\n\treturn thing->ops->nowhere(thing) + kern_path("/new", 0, NULL);\n}\n' \
	>"$tree/kernel/added.c"
same_as_without "a file with a new function is added"
printf 'static int thing_caller(void *data)\n{\n\treturn thing_start_two(data);\n}\nint go(void)\n{\n\tkthread_run(thing_caller, NULL, "");\n}\n' \
	>"$tree/drivers/aaa.c"
same_as_without "a file that calls it is added"
like "cache: a file that calls it is added: it is seen" "$scratch/stdout" \
	"thing_start_two${tab}kern_path${tab}kthread"
mv "$tree/drivers/aaa.c" "$tree/drivers/zzz.c"
same_as_without "a file gets another name"
rm "$tree/drivers/zzz.c"
same_as_without "a file is removed"
printf 'typedef int (*new_type_t)(void);\nstruct new_ops { new_type_t new_member; };\n' \
	>"$tree/include/linux/new.h"
printf 'static int fresh(void)\n{\n\treturn kern_path("/fresh", 0, NULL);\n}\nstatic struct new_ops o = { .new_member = fresh };\nSYSCALL_DEFINE0(fresh)\n{\n\treturn o.new_member();\n}\n' \
	>"$tree/kernel/fresh.c"
same_as_without "a new type is added"
printf 'typedef int new_type_t;\nstruct new_ops { new_type_t new_member; };\n' \
	>"$tree/include/linux/new.h"
same_as_without "the type is none of a function any more"
: >"$tree/kernel/fresh.c"
same_as_without "a file becomes empty"
rm -r "$tree/kernel"
same_as_without "a folder is removed"
rm -rf "$tree"
cp -a "$top/tests/contexts/ops-struct" "$tree"
same_as_without "all is back"

# A small change is laid over the cache file, many are merged into it.
"$PROGRAM" -q -C "$tree" index
cp "$cache" "$scratch/before"
printf 'static int just_new(void)\n{\n\treturn kern_path("/just-new", 0, NULL);\n}\nstatic DECLARE_WORK(just_new_work, just_new);\n' \
	>>"$tree/kernel/thing.c"
run -v -C "$tree" contexts --format=tsv
like "overlay: one file is scanned" "$scratch/stderr" 'index: 1 files scanned'
unlike "overlay: nothing is built anew" "$scratch/stderr" 'built anew'
like "overlay: it is seen" "$scratch/stdout" "just_new${tab}kern_path${tab}kthread"
same "overlay: the cache file stays" "$cache" "$scratch/before"
same_as_without "a new work function"
# Its places were not worth keeping as long as it was no function.
printf 'int uses_it(void)\n{\n\ttake(first_used);\n\treturn 0;\n}\n' \
	>"$tree/kernel/user.c"
run -v -C "$tree" contexts --format=tsv
printf 'int first_used(void)\n{\n\treturn kern_path("/first-used", 0, NULL);\n}\n' \
	>>"$tree/kernel/thing.c"
run -v -C "$tree" contexts --format=tsv
like "overlay: a name that was dropped: built anew" "$scratch/stderr" 'built anew'
same_as_without "a name that was dropped"
cp "$cache" "$scratch/before"
for i in 1 2 3 4 5 6 7 8; do
	for j in a b c d e; do
		echo "int many_$i$j;" >"$tree/kernel/many-$i$j.c"
	done
done
same_as_without "forty files are added"
for i in 1 2 3 4 5 6 7 8; do
	for j in a b c d e; do
		echo "int more_$i$j;" >>"$tree/kernel/many-$i$j.c"
	done
done
cp "$cache" "$scratch/before"
same_as_without "forty files change"
not_ok "merge: the cache file is a new one" cmp -s "$cache" "$scratch/before"
rm -rf "$tree"
cp -a "$top/tests/contexts/ops-struct" "$tree"
same_as_without "all is back again"

# A run that was killed as it wrote leaves its file; the next one that writes
# removes it, but not that of a run that may still write.
: >"$cache.abcdef"
: >"$cache.ghijkl"
: >"$cache.longer-than-that"
touch -d "2 hours ago" "$cache.abcdef" "$cache.longer-than-that"
run -C "$tree" contexts --rebuild --format=tsv
not_ok "cache: what a killed run left is gone" test -e "$cache.abcdef"
ok "cache: what another run writes stays" test -e "$cache.ghijkl"
ok "cache: what is none of ours stays" test -e "$cache.longer-than-that"
rm "$cache.ghijkl" "$cache.longer-than-that"

# Another tree has a cache of its own.
cp -a "$top/tests/contexts/work" "$scratch/other"
run -C "$scratch/other" contexts --format=tsv
same "cache: another tree" "$scratch/stdout" "$expected/work.tsv"
is "cache: two files" "$(find "$XDG_CACHE_HOME" -type f | wc -l)" 2
rm -f "$XDG_CACHE_HOME"/kthread-cocci/*.index
run -C "$tree" contexts --format=tsv
cp "$cache" "$scratch/good"
size=$(wc -c <"$scratch/good")

# damage NAME: the cache file was damaged: it is said and it is made anew.
damaged()
{
	run -C "$tree" contexts --format=tsv
	same "cache: $1" "$scratch/stdout" "$all"
	is "cache: $1: exit status" "$status" 0
	is "cache: $1: one line says so" "$(wc -l <"$scratch/stderr")" 1
	like "cache: $1: it names the file" "$scratch/stderr" \
		"kthread-cocci: .*/kthread-cocci/[0-9a-f]+\.index: not used"
	run -v -C "$tree" contexts --format=tsv
	like "cache: $1: the next run has a good one" "$scratch/stderr" \
		'nothing changed'
}

# flip BYTE: change one byte of the cache file.
flip()
{
	perl -e '
		my ($path, $at) = @ARGV;
		open(my $file, "+<:raw", $path) or die;
		seek($file, $at, 0);
		read($file, my $byte, 1);
		seek($file, $at, 0);
		print $file chr(ord($byte) ^ 0x10);' "$cache" "$1"
}

head -c $((size / 2)) "$scratch/good" >"$cache"
damaged "truncated"
head -c $((size - 1)) "$scratch/good" >"$cache"
damaged "the last byte is missing"
head -c 20 "$scratch/good" >"$cache"
damaged "less than a header"
printf 'x' >>"$cache"
damaged "one byte too many"
flip $((size / 2))
damaged "a byte in the middle"
flip $((size - 9))
damaged "a byte near the end"
flip 300
damaged "a byte near the start"
flip 16
damaged "a count"
flip 40
damaged "the checksum"
flip 8
damaged "another version"
like "cache: another version: it says so" "$scratch/stderr" .
: >"$cache"
damaged "empty"
head -c 100000 /dev/zero | tr '\0' 'x' >"$cache"
damaged "garbage"
head -c "$size" /dev/zero >"$cache"
damaged "zeros"
cp "$scratch/good" "$cache"
run -C "$scratch/other" contexts --format=tsv
mv "$(find "$XDG_CACHE_HOME" -type f ! -path "$cache" | head -n 1)" "$cache"
damaged "that of another tree"

# Nothing that the cache's folder may be matters.
rm -f "$cache"
ln -s "$scratch/target" "$cache"
cp "$scratch/good" "$scratch/target"
run -C "$tree" contexts --format=tsv
same "cache: a link" "$scratch/stdout" "$all"
same "cache: a link: what it leads to stays" "$scratch/target" "$scratch/good"
rm -f "$cache"
mkdir "$cache"
run -C "$tree" contexts --format=tsv
same "cache: a folder in its place" "$scratch/stdout" "$all"
is "cache: a folder in its place: exit status" "$status" 0
is "cache: no temporary files stay" \
	"$(find "$XDG_CACHE_HOME" -name '*.index.*')" ""
rmdir "$cache"
: >"$scratch/file"
for home in "$scratch/file" "$scratch/file/below" /proc/none relative ''; do
	(
		cd "$scratch/empty" || exit 1
		HOME=/proc/none XDG_CACHE_HOME=$home \
			run -C "$tree" contexts --format=tsv
		echo "$status" >"$scratch/status"
	)
	same "cache: XDG_CACHE_HOME='$home'" "$scratch/stdout" "$all"
	is "cache: XDG_CACHE_HOME='$home': exit status" \
		"$(cat "$scratch/status")" 0
done
is "cache: nothing is written to the working directory" \
	"$(ls -A "$scratch/empty")" ""
env -u HOME -u XDG_CACHE_HOME "$PROGRAM" -C "$tree" contexts --format=tsv \
	>"$scratch/stdout" 2>"$scratch/stderr"
same "cache: no home at all" "$scratch/stdout" "$all"
mkdir "$scratch/closed"
chmod 000 "$scratch/closed"
XDG_CACHE_HOME=$scratch/closed run -C "$tree" contexts --format=tsv
same "cache: a folder that cannot be read" "$scratch/stdout" "$all"
is "cache: a folder that cannot be read: exit status" "$status" 0
chmod 700 "$scratch/closed"
mkdir "$scratch/full"
ln -s /dev/full "$scratch/full/kthread-cocci"
XDG_CACHE_HOME=$scratch/full run -C "$tree" contexts --format=tsv
same "cache: its folder is no folder" "$scratch/stdout" "$all"

# A file that cannot be read is said each time, not forgotten by the cache.
if test "$(id -u)" -ne 0; then
	chmod 000 "$tree/kernel/thing.c"
	for round in first second; do
		run -C "$tree" contexts --format=tsv
		is "an unreadable file: $round run: exit status" "$status" 3
		like "an unreadable file: $round run: it is named" \
			"$scratch/stderr" '^kernel/thing\.c'
	done
	chmod 644 "$tree/kernel/thing.c"
else
	skip "an unreadable file" "root reads all files"
fi

# --- the tables -------------------------------------------------------------------------

for table in "$top"/cocci/*.tab; do
	awk '
		/^#/ || /^$/ { next }
		/^[ \t]/ { fields += NF; next }
		{ if (row && fields < 4) print row; row = FNR ": " $0
		  fields = NF }
		END { if (row && fields < 4) print row }' \
		"$table" >"$scratch/bare"
	is "$(basename "$table"): every row has a reason" \
		"$(cat "$scratch/bare")" ""
done

# bad_row TABLE ROW...: a table with that row is refused, with its line.
bad_row()
{
	table=$1
	shift
	rm -rf "$scratch/tables"
	cp -a "$top/cocci" "$scratch/tables"
	printf '%s\n' "$@" >>"$scratch/tables/$table"
	line=$(($(wc -l <"$top/cocci/$table") + 1))
	KTHREAD_COCCI_DIR=$scratch/tables run -C "$tree" contexts --no-cache
	refused "$table: '$*'"
	like "$table: '$*': file and line" "$scratch/stderr" \
		"/$table:$line: "
}

for table in entries.tab barriers.tab private-fs.tab; do
	bad_row "$table" 'kthread function name'
	bad_row "$table" 'kthread function name' '# no reason either'
	bad_row "$table" 'bogus function name a reason'
	bad_row "$table" 'kthread bogus name a reason'
	bad_row "$table" 'kthread argument name a reason'
	bad_row "$table" 'kthread argument name:0 a reason'
	bad_row "$table" 'kthread argument name:x a reason'
	bad_row "$table" 'kthread argument name: a reason'
	bad_row "$table" 'kthread argument :1 a reason'
	bad_row "$table" 'kthread member name a reason'
	bad_row "$table" 'kthread member name. a reason'
	bad_row "$table" 'kthread member .name a reason'
	bad_row "$table" 'kthread pasted name a reason'
	bad_row "$table" 'kthread call name a reason'
	bad_row "$table" 'kthread function name:1 a reason'
	bad_row "$table" 'kthread'
done
bad_row lookups.tab 'interface name -'
bad_row lookups.tab 'bogus name - a reason'
bad_row lookups.tab 'interface name bogus a reason'
bad_row lookups.tab 'interface name with: a reason'
bad_row lookups.tab 'interface name root: a reason'
bad_row lookups.tab 'interface'
for row in 'register name:1:2 a.b' 'register name:1 a.b a reason' \
	'register name:0:2 a.b a reason' 'register name:1:x a.b a reason' \
	'run name a.b a reason' 'run name:1:2 a.b a reason' \
	'run name:1 a a reason' 'run name:1 a. a reason' \
	'run :1 a.b a reason' 'bogus name:1 a.b a reason' run; do
	bad_row chains.tab "$row"
done
for table in entries.tab barriers.tab private-fs.tab chains.tab lookups.tab; do
	rm -rf "$scratch/tables"
	cp -a "$top/cocci" "$scratch/tables"
	rm "$scratch/tables/$table"
	KTHREAD_COCCI_DIR=$scratch/tables run -C "$tree" contexts --no-cache
	refused "$table is missing"
	like "$table is missing: it is named" "$scratch/stderr" "$table"
done

done_testing
