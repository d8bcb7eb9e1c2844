#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Install what is missing, from Debian's packages.  Says what it does, and does
# nothing where everything is there.
#
#   scripts/setup.sh run       what the program needs to be built and run
#   scripts/setup.sh test      and what the tests need
#   scripts/setup.sh kernel    and what building a kernel needs
#   scripts/setup.sh bench     to run, and to be measured against the peers
#
# Exit status: 0 everything is there, 2 something is missing and cannot be
# installed here.

set -eu

# Package, a test that it works, and the reason.  On Debian the package database
# is asked; elsewhere the test counts.
packages()
{
	cat <<'LIST'
run gcc|command -v cc|compiles the program
run libc6-dev|test -e /usr/include/stdio.h|headers of the C library
run make|command -v make|builds the program
run pkg-config|command -v pkg-config|finds GLib
run libglib2.0-dev|pkg-config --exists glib-2.0|strings, arrays, hash tables, threads, unit tests
run libjansson-dev|pkg-config --exists jansson|writes JSON and SARIF
run coccinelle|command -v spatch|applies the semantic patches
run ocaml-nox|command -v ocamlfind \|\| command -v ocamlopt|spatch compiles the script rules with it
run git|command -v git|prints the diffs
run graphviz|command -v dot|draws the chains of the HTML report
test perl|command -v prove|prove runs the tests, checkpatch.pl checks the diffs
test patch|command -v patch|a diff must apply with patch -p1 as well
test clang|command -v clang|the program must build with it too
test libclang-rt-dev|test -e "$(clang -print-file-name=libclang_rt.fuzzer-$(uname -m).a)"|the fuzzer and the sanitizers of clang
test shellcheck|command -v shellcheck|checks the shell scripts
test strace|command -v strace|injects faults into the write-back
test xz-utils|command -v xz|unpacks the kernel sources
test util-linux|command -v setpriv|runs tests without the powers of root
test bsdutils|command -v script|a terminal for the test of the progress line
test mandoc|command -v mandoc|checks the man page
test bash|command -v bash|runs the test of its completion, and the kernel's coccicheck
test chromium|command -v chromium|opens the HTML report as a user would
test node-ajv|NODE_PATH=/usr/share/nodejs node -e 'require("ajv")'|holds the SARIF report against its schema
bench time|test -x /usr/bin/time|measures time and memory
bench bsdextrautils|command -v column|prints the table
bench cscope|command -v cscope|the peer of the review: who calls whom
bench universal-ctags|command -v ctags|its peer: where is what defined
bench id-utils|command -v mkid|its peer: where does every word stand
bench ripgrep|command -v rg|the floor: how fast can the tree be read
kernel flex|command -v flex|kconfig and dtc of the kernel
kernel bison|command -v bison|kconfig and dtc of the kernel
kernel bc|command -v bc|timeconst.h of the kernel
kernel libelf-dev|test -e /usr/include/gelf.h|objtool of the kernel
kernel libssl-dev|test -e /usr/include/openssl/ssl.h|certificates and module signing of the kernel
kernel busybox-static|command -v busybox|the only program in the initramfs that is booted
kernel clang-19|command -v clang-19|the clang for kernels: they want 17 or newer
LIST
}

# wanted GROUP: the lines of GROUP and of those it builds on.
wanted()
{
	case $1 in
	run)	packages | grep '^run ' ;;
	test)	packages | grep -E '^(run|test) ' ;;
	bench)	packages | grep -E '^(run|bench) ' ;;
	*)	packages | grep -E '^(run|test|kernel) ' ;;
	esac | sed 's/^[a-z]* //; s/\\|/\v/g'
}

is_debian()
{
	test -e /etc/debian_version && command -v apt-get >/dev/null 2>&1
}

# has PACKAGE TEST
has()
{
	if is_debian; then
		dpkg-query -W -f '${Status}' "$1" 2>/dev/null |
			grep -q 'ok installed' && return 0
	fi
	sh -c "$2" >/dev/null 2>&1
}

case ${1:-} in
run|test|bench|kernel) ;;
*)
	echo "usage: scripts/setup.sh run|test|bench|kernel" >&2
	exit 2
	;;
esac

list=$(wanted "$1")
missing=
report=
tab=$(printf '\v')
while IFS='|' read -r package check reason; do
	check=$(printf '%s' "$check" | tr "$tab" '|')
	has "$package" "$check" && continue
	missing="$missing $package"
	report="$report
  $package: $reason"
done <<LIST
$list
LIST

test -n "$missing" || exit 0

if ! is_debian; then
	echo "setup.sh: this is no Debian system; please install by hand:$report" >&2
	exit 2
fi

echo "setup.sh: installing$missing" >&2
if test "$(id -u)" -eq 0; then
	sudo=
elif command -v sudo >/dev/null 2>&1; then
	sudo=sudo
else
	echo "setup.sh: neither root nor sudo; please install:$report" >&2
	exit 2
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
# shellcheck disable=SC2086 # the words of $missing are package names
if ! { $sudo apt-get -q update &&
	$sudo env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
		--no-install-recommends install $missing; } >"$log" 2>&1; then
	tail -n 20 "$log" >&2
	echo "setup.sh: apt-get failed, see above; wanted:$report" >&2
	exit 2
fi
