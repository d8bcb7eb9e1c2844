#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The man page and the completion: they name the commands and options that
# --help prints, all of them and no others, and they work.
. "$(dirname "$0")/../lib.sh"

page=$top/scripts/kthread-cocci.1
completion=$top/scripts/kthread-cocci.bash

# --- what --help prints -------------------------------------------------------------------

"$PROGRAM" --help >"$scratch/help"
sed -n '/^Commands:/,/^$/p' "$scratch/help" | awk '/^  [a-z]/ { print $1 }' |
	sort >"$scratch/commands"
ok "--help lists commands" test "$(wc -l <"$scratch/commands")" -ge 6

# help_options FILE: each form of each option in a help text, on a line.
help_options()
{
	awk '/^  -/ {
		for (i = 1; i <= NF && $i ~ /^-/; i++) {
			sub(/,$/, "", $i)
			sub(/=.*/, "", $i)
			print $i
		}
	}' "$1" | LC_ALL=C sort
}

# page_options NAME: the same from the section or subsection of that name.
page_options()
{
	awk -v name="$1" '
		/^\.S[hs] / { on = $2 == name }
		on && /^\.It Fl / {
			for (i = 2; i < NF; i++)
				if ($i == "Fl" || (i == 2 && $i == "Fl"))
					print "-" $(i + 1)
		}' "$page" | LC_ALL=C sort
}

is "man page: the commands" "$(sed -n 's/^\.Ss \([a-z]*\).*/\1/p' "$page" | sort)" \
	"$(cat "$scratch/commands")"
help_options "$scratch/help" >"$scratch/expected"
page_options OPTIONS >"$scratch/options"
same "man page: the global options" "$scratch/options" "$scratch/expected"
while read -r command; do
	if grep -q "^  $command .*Not there yet" "$scratch/help"; then
		skip "man page: options of $command" "the command is not there yet"
		continue
	fi
	"$PROGRAM" "$command" --help >"$scratch/command"
	# Every command has that; it stands with the global ones.
	help_options "$scratch/command" | grep -vx -e -h -e --help \
		>"$scratch/expected"
	page_options "$command" >"$scratch/options"
	same "man page: the options of $command" "$scratch/options" \
		"$scratch/expected"
	# "[STEP...]" and "[STEP ...]" are the same.
	is "man page: the arguments of $command" \
		"$(sed -n "s/^\.Ss $command *//p" "$page" |
			sed 's/Op \(.*\) \.\.\./[\1...]/; s/ | /|/g
				s/Ar //g; s/Fl \(.\)/-\1/g')" \
		"$(sed -n "1s/.* $command *//p" "$scratch/command")"
done <"$scratch/commands"

if command -v mandoc >/dev/null 2>&1; then
	ok "man page: mandoc has no complaint" mandoc -Tlint -Wwarning "$page"
	mandoc -Tascii "$page" >"$scratch/rendered"
	like "man page: it can be read" "$scratch/rendered" 'isolate the kernel'
else
	skip "man page: mandoc has no complaint" "mandoc is not installed"
fi
for name in KTHREAD_COCCI_DIR XDG_CACHE_HOME TMPDIR NO_COLOR; do
	like "man page: $name" "$page" "^\.It Ev $name\$"
done
for status in 0 1 2 3; do
	like "man page: exit status $status" "$page" "^\.It $status\$"
done

# --- the completion -----------------------------------------------------------------------

if ! command -v bash >/dev/null 2>&1; then
	skip "completion" "bash is not installed"
	done_testing
	exit
fi
ok "completion: shellcheck" shellcheck -s bash "$completion"

# complete_words WORD...: what bash offers for the last word, on lines.
cat >"$scratch/driver" <<'EOF'
set -u
. "$1"
shift
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
COMPREPLY=()
_kthread_cocci
test ${#COMPREPLY[@]} -eq 0 || printf '%s\n' "${COMPREPLY[@]}"
EOF
complete_words()
{
	bash --norc "$scratch/driver" "$completion" "$PROGRAM" "$@" 2>&1
}

# offers NAME EXPECTED WORD...: just these, separated by blanks.
offers()
{
	name=$1
	expected=$2
	shift 2
	is "completion: $name" "$(complete_words "$@" | tr '\n' ' ')" \
		"${expected:+$expected }"
}

is "completion: all commands" "$(complete_words "" | sort)" \
	"$(cat "$scratch/commands")"
help_options "$scratch/help" >"$scratch/expected"
complete_words - | sed 's/=$//' | LC_ALL=C sort >"$scratch/options"
same "completion: all global options" "$scratch/options" "$scratch/expected"
while read -r command; do
	"$PROGRAM" "$command" --help >"$scratch/command" 2>/dev/null || continue
	help_options "$scratch/command" >"$scratch/expected"
	complete_words "$command" - | sed 's/=$//' | LC_ALL=C sort \
		>"$scratch/options"
	same "completion: the options of $command" "$scratch/options" \
		"$scratch/expected"
done <"$scratch/commands"

offers "a command" "contexts" con
offers "a command behind options" "audit" -q -C "$top" -j 2 au
offers "behind --jobs=2, as bash splits it" "audit" --jobs = 2 au
offers "an option that takes something" "--verdict=" contexts --ver
formats=$("$PROGRAM" contexts --help | sed -n 's/.*--format=FORMAT *//p' |
	sed 's/ (.*//; s/,//g; s/ or / /')
offers "formats" "$formats" contexts --format =
offers "a format" "json" contexts --format = js
verdicts="kthread mixed user boot safe unreached"
offers "verdicts" "$verdicts" contexts --verdict =
offers "a list of verdicts" "user,boot,safe" contexts --verdict = user,boot,s
offers "levels" "direct typed name" contexts --min-confidence =
if grep -qx series "$scratch/commands"; then
	offers "split" "subsystem none" series --split = ""
	offers "folders for the mails" "$top/scripts" series -o "$top/scr"
	offers "a file for the cover letter" "$top/Makefile" \
		series --cover = "$top/Makef"
	is "completion: a branch" "$(cd "$top" && complete_words \
		series --compare-to = "$(git for-each-ref --count=1 \
		--format='%(refname:short)')" | head -n 1)" \
		"$(cd "$top" && git for-each-ref --count=1 \
		--format='%(refname:short)')"
fi
offers "dialects" "lookup-in-init scoped" patch --dialect =
offers "levels, the option with a blank" "direct typed name" contexts \
	--min-confidence ""
is "completion: all steps" "$(complete_words patch "")" \
	"$(cd "$top/cocci" && printf '%s\n' [0-9]*.cocci | sed 's/\.cocci$//')"
offers "steps" "03-kthread-args 03b-kthread-args-callers" audit 03
offers "a second step" "04-init-fs-notice" apply 01 04
offers "nothing for a number" "" patch --limit = ""
offers "behind the number, a step" "09-init-root" patch --limit = 60 09
offers "nothing for a command that is none" "" nonsense ""
mkdir "$scratch/folder" "$scratch/folder/sub dir"
: >"$scratch/folder/file.c"
offers "-C: folders" "$scratch/folder/sub dir" -C "$scratch/folder/"
offers "files of the tree" "sub dir/ file.c" -C "$scratch/folder" contexts ""
offers "a file of the tree" "file.c" -C "$scratch/folder" contexts "fi"
is "completion: nothing is run by a strange name" \
	"$(cd "$scratch" && mkdir -p "x\$(touch hacked)" &&
		complete_words -C x >/dev/null; ls -d hacked 2>/dev/null)" ""
# As bash loads it.
is "completion: it is the program's" "$(bash --norc -c \
	". '$completion'; complete -p kthread-cocci")" \
	"complete -F _kthread_cocci kthread-cocci"

# --- installed ----------------------------------------------------------------------------

ok "install" make -s -C "$top" install DESTDIR="$scratch/root" PREFIX=/usr
is "install: the man page" "$(cd "$scratch/root/usr/share/man/man1" && ls)" \
	kthread-cocci.1
is "install: the completion" \
	"$(cd "$scratch/root/usr/share/bash-completion/completions" && ls)" \
	kthread-cocci
PROGRAM=$scratch/root/usr/bin/kthread-cocci
completion=$scratch/root/usr/share/bash-completion/completions/kthread-cocci
offers "installed: a step" "07-bdev-file-open-init" patch 07
ok "uninstall" make -s -C "$top" uninstall DESTDIR="$scratch/root" PREFIX=/usr
is "uninstall: no file is left" "$(find "$scratch/root" -type f)" ""

done_testing
