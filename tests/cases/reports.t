#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The formats org, sarif, dot and html: on a tree of their own (tests/reports/)
# byte for byte, on all trees of the review with the same sites as tsv; held
# against the SARIF schema, graphviz and a browser.
. "$(dirname "$0")/../lib.sh"

KTHREAD_COCCI_DIR=$top/cocci
export KTHREAD_COCCI_DIR
expected=$top/expected/reports
tree=$top/tests/reports
tab=$(printf '\t')

# --- byte for byte ------------------------------------------------------------------

for format in org sarif dot html; do
	run -j 1 -C "$tree" contexts --no-cache --format="$format"
	is "$format: exit status" "$status" 0
	is "$format: nothing on stderr" "$(cat "$scratch/stderr")" ""
	cp "$scratch/stdout" "$scratch/now.$format"
	"$top/tests/plain-report.sh" "$format" <"$scratch/stdout" \
		>"$scratch/plain"
	same "$format" "$scratch/plain" "$expected/report.$format"
	run -j 4 -C "$tree" contexts --no-cache --format="$format"
	same "$format: the same with -j 4" "$scratch/stdout" \
		"$scratch/now.$format"
done
is "no expectation without a format" "$(ls "$expected")" \
	"$(printf 'report.%s\n' dot html org sarif)"
run -C "$tree" contexts --format=pdf
is "a format that is not there: exit status" "$status" 2
like "a format that is not there: it is named" "$scratch/stderr" \
	"--format: there is no 'pdf'"

# --- the same sites as tsv, on all trees ---------------------------------------------

# file, line, function, lookup, verdict, as in tsv.
sites_of_org()
{
	sed -nE "s/^\*\* (TODO )?\[\[view:[^]]*\]\[([^]]*)::([0-9]+)\]\] (.*)\(\) calls (.*)\(\): ([a-z]+)\$/\2$tab\3$tab\4$tab\5$tab\6/p"
}

sites_of_sarif()
{
	perl -MJSON::PP -e '
		my $log = decode_json(join("", <STDIN>));
		for my $result (@{$log->{runs}[0]{results}}) {
			my $place = $result->{locations}[0]{physicalLocation};
			my $path = $place->{artifactLocation}{uri};
			$path =~ s/%(..)/chr(hex($1))/ge;
			$result->{message}{text} =~
				/^(.*)\(\) calls (.*?)\(\): (\w+)/ or die;
			print join("\t", $path, $place->{region}{startLine},
				   $1, $2, $3), "\n";
		}'
}

sites_of_html()
{
	sed -nE "s/^.*<summary><span class=\"v [a-z]+\">([a-z]+)<\/span><span class=\"place\">(.*)<b>:([0-9]+)<\/b><\/span><code><b>(.*)\(\)<\/b> calls (.*)\(\)<\/code>.*\$/\2$tab\3$tab\4$tab\5$tab\1/p" |
		sed 's/&amp;/\&/g'
}

for tree in "$top"/tests/contexts/* "$top/tests/linux-mini"; do
	name=$(basename "$tree")
	run -C "$tree" contexts --format=tsv
	sed 1d "$scratch/stdout" | cut -f 1-5 | sort >"$scratch/tsv"
	for format in org sarif html; do
		run -C "$tree" contexts --format="$format"
		"sites_of_$format" <"$scratch/stdout" | sort >"$scratch/sites"
		same "$name: $format has the same sites" "$scratch/sites" \
			"$scratch/tsv"
	done
	run -C "$tree" contexts --format=dot
	is "$name: dot has as many lookups" \
		"$(grep -c 'class="lookup ' "$scratch/stdout")" \
		"$(wc -l <"$scratch/tsv")"
	ok "$name: graphviz takes it" \
		dot -Tsvg -o "$scratch/drawn.svg" "$scratch/stdout"
done
tree=$top/tests/reports
unlike "graphviz draws no empty picture" "$scratch/drawn.svg" 'width="8pt"'

run -C "$tree" contexts --format=html --verdict=unreached fs/
is "without any chain the page is made as well" "$status" 0

# --- SARIF ----------------------------------------------------------------------------

# valid NAME FILE: by the schema, and by what no schema can say.
valid()
{
	status=0
	"$top/tests/sarif.sh" "$2" >"$scratch/wrong" 2>"$scratch/why" || status=$?
	if test "$status" -eq 2; then
		skip "$1" "$(tail -n 1 "$scratch/why")"
	else
		is "$1" "$(cat "$scratch/wrong" "$scratch/why")" ""
	fi
}

valid "SARIF: valid by the schema of 2.1.0" "$scratch/now.sarif"
run -C "$tree" contexts --format=sarif --all-chains
valid "SARIF: valid with all chains" "$scratch/stdout"
run -C "$tree" contexts --format=sarif --verdict=safe lib/
valid "SARIF: valid without a result" "$scratch/stdout"
run -C "$top/tests/linux-mini" contexts --format=sarif
valid "SARIF: valid for linux-mini" "$scratch/stdout"
sed 's/"level": "warning"/"level": "loud"/' "$scratch/now.sarif" \
	>"$scratch/bad.sarif"
status=0
"$top/tests/sarif.sh" "$scratch/bad.sarif" >"$scratch/wrong" 2>&1 || status=$?
if test "$status" -eq 2; then
	skip "SARIF: the check finds a mistake" "$(tail -n 1 "$scratch/wrong")"
else
	like "SARIF: the check finds a mistake" "$scratch/wrong" 'level: should be'
fi

prints() { grep '"place/v1"' | sort; }

prints <"$scratch/now.sarif" >"$scratch/prints"
is "SARIF: each site has a fingerprint of its own" \
	"$(sort -u "$scratch/prints" | wc -l)" \
	"$(grep -c '"ruleId"' "$scratch/now.sarif")"
cp -a "$tree" "$scratch/moved"
sed -i 's/^#include.*/&\n\n\n\nint new_thing;/' "$scratch/moved/drivers/thing/core.c"
run -C "$scratch/moved" contexts --no-cache --format=sarif
prints <"$scratch/stdout" >"$scratch/prints.moved"
not_ok "SARIF: lines have moved" cmp -s "$scratch/stdout" "$scratch/now.sarif"
same "SARIF: fingerprints stay where lines move" "$scratch/prints.moved" \
	"$scratch/prints"
run -C "$tree" contexts --no-cache --format=sarif --verdict=kthread \
	drivers/thing/core.c
prints <"$scratch/stdout" >"$scratch/prints.some"
is "SARIF: a filter changes no fingerprint" \
	"$(comm -23 "$scratch/prints.some" "$scratch/prints")" ""

# --- names that have to be escaped ------------------------------------------------------

odd='<b>"it'\''s" & %20 #?{}|:\.c'
mkdir -p "$scratch/odd/fs"
cp "$tree/fs/odd & [name].c" "$scratch/odd/fs/$odd"
for format in org sarif dot html; do
	run -C "$scratch/odd" contexts --no-cache --format="$format"
	is "an odd name: $format: exit status" "$status" 0
	cp "$scratch/stdout" "$scratch/odd.$format"
done
valid "an odd name: SARIF: valid" "$scratch/odd.sarif"
ok "an odd name: graphviz takes it" \
	dot -Tsvg -o "$scratch/odd.svg" "$scratch/odd.dot"
unlike "an odd name: HTML: it is no element" "$scratch/odd.html" '<b>"it'

# --- the page ---------------------------------------------------------------------------

page=$scratch/now.html
unlike "html: it names no other page" "$page" 'https?:|//[a-z]+\.|src=|url\(|@import'
for part in style:css script:js; do
	element=${part%:*}
	sed "1,/^<$element>\$/d; /^<\\/$element>\$/,\$d" "$page" \
		>"$scratch/part"
	same "html: the $element is our file" "$scratch/part" \
		"$top/scripts/kthread-cocci/html/page.${part#*:}"
done
like "html: its title" "$page" \
	'<title>Path lookups and who reaches them: Linux 9.8.7-rc6</title>'
unlike "html: nothing is hidden without the script" "$page" \
	'<(details|section|main|div|nav)[^>]* hidden'
is "html: an id is there once" "$(grep -oE ' id="[^"]*"' "$page" | sort | uniq -d)" ""

# Without dot there is no page, and it is said which package is wanted.
mkdir "$scratch/bin"
for tool in spatch git; do
	ln -s "$(command -v "$tool")" "$scratch/bin/$tool"
done
real=$(command -v dot)
PATH_BEFORE=$PATH
PATH=$scratch/bin run -C "$tree" contexts --format=html
is "html: without dot: exit status" "$status" 2
is "html: without dot: nothing on stdout" "$(cat "$scratch/stdout")" ""
like "html: without dot: the package is named" "$scratch/stderr" \
	'^kthread-cocci: .*install the package graphviz$'
is "html: without dot: one line" "$(wc -l <"$scratch/stderr")" 1

# fake SCRIPT: stands for dot.
fake()
{
	printf '#!/bin/sh\n%s\n' "$1" >"$scratch/bin/dot"
	chmod +x "$scratch/bin/dot"
	PATH=$scratch/bin:$PATH_BEFORE run -C "$tree" contexts --format=html
}

fake "echo run >>'$scratch/runs'; exec '$real' \"\$@\""
is "html: dot is started" "$status" 0
is "html: dot is started once for all pictures" "$(wc -l <"$scratch/runs")" 1
fake 'echo "it hurts" >&2; exit 3'
is "html: dot fails: exit status" "$status" 2
like "html: dot fails: its reason" "$scratch/stderr" 'dot failed: it hurts$'
is "html: dot fails: nothing on stdout" "$(cat "$scratch/stdout")" ""
fake 'echo "<svg ></svg>"'
is "html: dot draws too little: exit status" "$status" 2
like "html: dot draws too little: it is said" "$scratch/stderr" \
	'dot drew 1 of [0-9]+ graphs'

# --- in a browser -----------------------------------------------------------------------

if test -n "${SANITIZED:-}"; then
	skip "the page in a browser" "it is the same page as without sanitizers"
	done_testing
	exit
elif ! command -v chromium >/dev/null 2>&1; then
	skip "the page in a browser" "chromium is not installed"
	done_testing
	exit
fi

# Its sandbox does not work for root.
sandbox=
test "$(id -u)" -ne 0 || sandbox=--no-sandbox

# browse FILE HASH [FLAGS...]: the page as the browser shows it, in $scratch/dom.
browse()
{
	file=$1
	hash=$2
	shift 2
	# shellcheck disable=SC2086 # no word or one
	timeout 60 chromium --headless $sandbox --disable-gpu \
		--disable-dev-shm-usage --user-data-dir="$scratch/chromium" \
		--virtual-time-budget=3000 --dump-dom "$@" "file://$file$hash" \
		>"$scratch/dom" 2>"$scratch/chromium.log"
}

# rows: the sites that are shown, "file:line", and which of them are open.
rows()
{
	grep -oE '<details [^>]*>' "$scratch/dom" | grep -v ' hidden' |
		sed -E 's/.* id="([^"]*)".*/\1/' | tr '\n' ' '
}

# shows NAME HASH ROWS
shows()
{
	browse "$page" "$2"
	is "the page: $1" "$(rows)" "$3"
}

core=drivers/thing/core.c
other='fs/odd%20%26%20%5Bname%5D.c'
in_core="$core:7 $core:8 $core:13 $core:13-2 "
in_other=$(sed -n 's/.*<details .* id="\(fs\/[^"]*\)">.*/\1/p' "$page" |
	tr '\n' ' ')
shows "all sites" "" "$in_other$in_core"
like "the page: the script runs and counts" "$scratch/dom" \
	'<output id="shown">9 of 9</output>'
like "the page: the filter is there" "$scratch/dom" \
	'<form id="filter" role="search">'
shows "a verdict" "#v=boot,user" "$other:23 $other:29 "
shows "a search for a lookup" "#q=file_open_root" "$other:11 "
shows "a search for an entry" "#q=thing_thread" "$core:13 $core:13-2 "
shows "a search for a member of a chain" "#q=thing_ops.open" "$core:7 $core:8 "
shows "a search for a file" "#q=THING%2Fcore" "$in_core"
shows "a search for two words" "#q=scan+13" "$core:13 $core:13-2 "
shows "a search for what is not there" "#q=nothing%20here" ""
like "the page: it says so" "$scratch/dom" '<p id="none">'
shows "a confidence" "#c=typed" "$other:6 $core:7 $core:8 "
shows "a subsystem" "#sub=ODD+NAMES" "$in_other"
shows "a subsystem with an odd name" \
	"#$(sed -nE 's/.*<section id="(sub=THINGS[^"]*)".*/\1/p' "$page")" \
	"$in_core"
shows "everything together" "#q=scan&v=kthread&c=direct&sub=ODD+NAMES" ""
shows "a verdict that does not exist" "#v=bogus" ""
browse "$page" "#$core:13-2"
is "the page: the address of a site opens it" \
	"$(grep -oE '<details [^>]* open[^>]*>' "$scratch/dom" |
		sed -E 's/.* id="([^"]*)".*/\1/')" "$core:13-2"

# What a user does: SCRIPT runs in the page; it writes its result into #none.
act()
{
	sed "s|</body>|<script>(async () => { const wait = ms => new Promise(done => setTimeout(done, ms)), \$ = id => document.getElementById(id); $2; })()</script></body>|" \
		"$page" >"$scratch/act.html"
	browse "$scratch/act.html" "${4:-}"
	is "the page: $1" "$(sed -nE 's/.*<p id="none"[^>]*>([^<]*)<.*/\1/p' "$scratch/dom" |
		head -n 1)" "$3"
}
key()
{
	echo "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: '$1', bubbles: true, cancelable: true}))"
}

act "typing searches and is kept in the address" \
	"\$('q').value = 'scan 13'; \$('q').dispatchEvent(new Event('input', {bubbles: true})); const n = \$('shown').textContent; await wait(500); \$('none').textContent = n + ' ' + location.hash" \
	"2 of 9 #q=scan+13"
act "open all, close all" \
	"const open = () => document.querySelectorAll('details[open]').length; \$('open').click(); const n = open(); \$('shut').click(); \$('none').textContent = n + ' ' + open()" \
	"2 0" "#q=thing_thread"
act "reset" \
	"\$('reset').click(); await wait(500); \$('none').textContent = \$('shown').textContent + location.hash" \
	"9 of 9" "#q=scan&v=kthread"
act "the key / goes to the search, Escape clears it" \
	"$(key /); const at = document.activeElement.id; $(key Escape); \$('none').textContent = at + ' ' + \$('shown').textContent" \
	"q 9 of 9" "#q=scan"
act "the keys j and k move between the sites that are shown" \
	"const at = () => document.activeElement.parentElement.id; $(key j); $(key j); const a = at(); $(key k); \$('none').textContent = a + ' ' + at()" \
	"$core:8 $core:7" "#q=open_twice"

sed "/^<script>\$/,/^<\\/script>\$/d" "$page" >"$scratch/bare.html"
unlike "the page: no script is left for this" "$scratch/bare.html" "<script"
browse "$scratch/bare.html" "#q=scan"
is "the page: without scripts all sites are there" "$(rows)" \
	"$in_other$in_core"
like "the page: without scripts there is no filter" "$scratch/dom" \
	'<form id="filter" role="search" hidden'

browse "$scratch/odd.html" ""
like "an odd name: the browser shows it as it is" "$scratch/dom" \
	"&lt;b&gt;\"it's\" &amp; %20 #\?\{\}\|:\\\\\.c"
ok "the page: a picture can be taken of it" chromium --headless $sandbox \
	--disable-gpu --disable-dev-shm-usage --hide-scrollbars \
	--user-data-dir="$scratch/chromium" --window-size=1400,2000 \
	--screenshot="$scratch/page.png" "file://$page"
ok "the page: the picture is there" test -s "$scratch/page.png"
done_testing
