#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Compile what a change touches in a kernel tree, in the configurations that
# this machine can build, and tell which changed lines the compiler saw.
#
# Only single objects are made, after "make prepare", so it takes minutes and
# not hours.  kbuild itself is asked which objects a configuration has
# (build-check/objects.mk).  What is no object of its own, a header or a source
# that another one includes, is compiled in objects that include it.  For each
# object the preprocessor then tells which branches of its #ifs were taken
# (build-check/seen.pl).
#
# What it does not see: lines that were only deleted; whether the kernel links.
#
# Exit status: 0 everything that can be built here was compiled, 1 something
# was not (or gave new warnings), 2 usage or environment error.

set -eu
export LC_ALL=C
# None of this may reach the kernel's makefiles.
unset ARCH SUBARCH CROSS_COMPILE CC LD LLVM HOSTCC KCFLAGS KCPPFLAGS KBUILD_OUTPUT \
	KCONFIG_CONFIG KCONFIG_ALLCONFIG MAKEFLAGS MFLAGS MAKELEVEL MAKEFILES CDPATH

usage()
{
	cat <<'USAGE'
Usage: scripts/build-check.sh [OPTIONS] TREE

Compile every object that a change touches in the kernel tree TREE.  TREE has
the change already; it is not written.

  -d DIFF           the change: a git diff that leads to TREE's state
  -b BASE           the change: what differs from the git revision BASE (HEAD)
  -o DIR            where to build; used again the next time
                    (~/.cache/kthread-cocci/build/...)
  -j N              jobs (all processors)
  --cc=gcc|clang    the compiler; clang is the newest that the tree accepts, a
                    name such as clang-19 is that one (gcc)
  --config=WHICH    um: User-mode Linux defconfig; x86: allmodconfig of this
                    machine, whatever its architecture; both; all: and what is
                    left then in allyesconfig and in i386 allmodconfig (both)
  --before DIR      the tree before the change: print the warnings of the
                    touched objects that are new, and fail if there are any
  --new-warnings    the same, with a copy of TREE from which the change is taken
                    out
USAGE
}

say() { echo "build-check.sh: $*" >&2; }

die()
{
	say "$@"
	exit 2
}

# ----------------------------------------------------------------- arguments

diff=
base=
dir=
jobs=$(getconf _NPROCESSORS_ONLN)
cc=gcc
config=both
before=
compare=
while test $# -gt 0; do
	case $1 in
	-d|-b|-o|-j|--before)
		test $# -ge 2 || die "$1 needs an argument (see --help)"
		case $1 in
		-d) diff=$2 ;;
		-b) base=$2 ;;
		-o) dir=$2 ;;
		-j) jobs=$2 ;;
		*) before=$2 ;;
		esac
		shift
		;;
	--before=*) before=${1#*=} ;;
	--cc=*) cc=${1#*=} ;;
	--config=*) config=${1#*=} ;;
	--new-warnings) compare=1 ;;
	-h|--help)
		usage
		exit 0
		;;
	--)
		shift
		break
		;;
	-*) die "there is no option $1 (see --help)" ;;
	*) break ;;
	esac
	shift
done
test $# -eq 1 || die "one TREE is needed, and options come first (see --help)"

case $jobs in
''|*[!0-9]*|0*) die "-j wants a number, not '$jobs'" ;;
esac
test -z "$diff" || test -z "$base" || die "-d and -b exclude each other"
test -z "$diff" || test -r "$diff" || die "cannot read $diff"
case $(uname -m) in
x86_64|i?86) host=x86 ;;
aarch64) host=arm64 ;;
ppc*) host=powerpc ;;
riscv*) host=riscv ;;
loongarch*) host=loongarch ;;
*) host=$(uname -m) ;;
esac
more=
case $config in
both|all)
	flavours=$host
	test "$host" != x86 || flavours="x86 um"
	test "$config" = both || more=$host-yes
	test "$config $host" != "all x86" || more="x86-yes i386"
	;;
um) flavours=um ;;
x86|host|"$host") flavours=$host ;;
*) die "--config is um, x86, both or all, not '$config'" ;;
esac

# kernel_tree DIR: its full name, if it is a clean kernel tree.
kernel_tree()
{
	test -d "$1" || die "$1 is no folder"
	(cd "$1" && test -f Makefile && test -f Kconfig && test -d scripts) ||
		die "$1 is no kernel tree"
	full=$(cd "$1" && pwd -P)
	case $full in
	*[[:space:]:]*) die "the kernel cannot be built in '$full': no spaces, no colons" ;;
	esac
	for made in .config include/config "arch/$host/include/generated"; do
		test ! -e "$full/$made" || die "$full was built in, $made is there:" \
			"run 'make mrproper' or check a clean copy"
	done
	echo "$full"
}

tree=$(kernel_tree "$1") || exit
test -z "$before" || before=$(kernel_tree "$before") || exit
scripts=$(cd "$(dirname "$0")" && pwd)/build-check
for tool in make perl git; do
	command -v $tool >/dev/null 2>&1 ||
		die "$tool is missing (scripts/setup.sh kernel installs it)"
done

# version_of COMPILER: 12.2.0, or nothing.
version_of()
{
	"$1" --version 2>/dev/null |
		sed -nE '1s/.* ([0-9]+(\.[0-9]+)+).*/\1/p'
}

# is_least VERSION LEAST
is_least()
{
	printf '%s\n%s\n' "$2" "$1" | sort -CV
}

# find_compiler: set cc, kind and version.
find_compiler()
{
	case $cc in
	gcc*) kind=gcc tool=gcc ;;
	clang*) kind=clang tool=llvm ;;
	*) die "--cc is gcc or clang, not '$cc'" ;;
	esac
	least=$(cd "$tree" && SRCARCH=$host sh scripts/min-tool-version.sh \
		$tool 2>/dev/null) || least=0
	candidates=$cc
	test "$cc" != clang || for n in $(seq 40 -1 11); do
		candidates="$candidates clang-$n"
	done
	for cc in $candidates; do
		version=$(version_of "$cc")
		test -z "$version" || ! is_least "$version" "$least" || return 0
	done
	die "no ${candidates%% *} that this kernel accepts, $least or newer" \
		"(scripts/setup.sh kernel installs one)"
}
find_compiler

# Names below the cache tell trees apart by their full name.
test -n "$dir" || dir=${XDG_CACHE_HOME:-${HOME:?}/.cache}/kthread-cocci/build/$(
	basename "$tree")-$(echo "$tree" | cksum | cut -d' ' -f1)
dir=$(realpath -m -- "$dir")
case $dir/ in
"$tree"/*) die "$dir is inside of $tree, which is not written: choose another -o" ;;
*[[:space:]:]*) die "the kernel cannot be built in '$dir': no spaces, no colons" ;;
esac
out=$dir/$cc
mkdir -p "$out" || die "cannot create $out"
exec 9>"$out/lock"
if command -v flock >/dev/null 2>&1; then
	flock -n 9 || die "another build-check.sh works in $out"
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
facts=$scratch/facts
: >"$facts"

# ---------------------------------------------------------------- the change

# find_change: leave the diff in $scratch/diff, what it changes in
# $scratch/changes.
find_change()
{
	if test -n "$diff"; then
		cp "$diff" "$scratch/diff"
	elif test "$(git -C "$tree" rev-parse --show-toplevel 2>/dev/null)" \
		= "$tree"; then
		git -C "$tree" -c diff.noprefix=false \
			-c diff.mnemonicPrefix=false diff --no-color \
			--no-ext-diff --no-renames "${base:-HEAD}" -- \
			>"$scratch/diff" 2>"$scratch/error" ||
			die "git: $(head -n 1 "$scratch/error")"
		git -C "$tree" ls-files --others --exclude-standard |
			sed 's/^/build-check.sh: not looked at, git does not track it: /' >&2
	else
		die "what was changed? $tree is no git tree: give a diff with -d"
	fi
	"$scripts/diff.pl" "$tree" <"$scratch/diff" >"$scratch/changes" \
		2>"$scratch/error" || {
		head -n 5 "$scratch/error" >&2
		die "the diff does not lead to the state of $tree"
	}
	awk -F '\t' '$1 == "file" && $3 != "deleted" { print $2 }' \
		"$scratch/changes" | sort >"$scratch/files"
}

# ------------------------------------------------------------- kbuild's parts

# kbuild TREE BUILD FLAVOUR ARGS...: run make, on the goals in the file $goals
# if that is set.
goals=
kbuild()
{
	kernel=$1
	build=$2
	case $3 in
	um|i386) arch=ARCH=$3 ;;
	*) arch= ;;
	esac
	shift 3
	# -Wno-error: a warning is no failure (allmodconfig has CONFIG_WERROR).
	# shellcheck disable=SC2086 # $arch is a word or none
	set -- make -C "$kernel" "O=$build" $arch "CC=$cc" \
		KCFLAGS=-Wno-error -j "$jobs" "$@"
	if test -n "$goals"; then
		# A shell has to hand the goals on in one argument of 128 KiB.
		xargs -r -n 500 "$@" <"$goals"
	else
		"$@" </dev/null
	fi
}

label()
{
	case $1 in
	um) echo "UML defconfig" ;;
	*-yes) echo "${1%-yes} allyesconfig" ;;
	*) echo "$1 allmodconfig" ;;
	esac
}

# configure TREE BUILD FLAVOUR: the configuration, and what all objects need.
# Status 1: code of TREE does not compile; 2: this machine cannot do it.  The
# messages are in $scratch/log.
configure()
{
	case $3 in
	um) target=defconfig ;;
	*-yes) target=allyesconfig ;;
	*) target=allmodconfig ;;
	esac
	mkdir -p "$2"
	kbuild "$@" $target >"$scratch/log" 2>&1 || return 2
	kbuild "$@" prepare >"$scratch/log" 2>&1 && return 0
	# Host programs break where the machine lacks something.
	sed "s|$1/||" "$scratch/log" |
		grep -E '^[^ ]+:[0-9:]+ (fatal )?error:' |
		grep -qvE '^(/|tools/|scripts/|usr/)' && return 1
	return 2
}

# prepare_errors FLAVOUR: print them; the changed files that they name failed.
prepare_errors()
{
	mkdir -p "$out/messages/$1"
	sed -n "s|$tree/||g; /error:/p" "$scratch/log" \
		>"$out/messages/$1/prepare"
	head -n 20 "$out/messages/$1/prepare" | sed 's/^/    /'
	cut -d: -f1 "$out/messages/$1/prepare" | sort -u |
		comm -12 - "$scratch/files" |
		sed "s/^/$1	unit	prepare	/" >>"$facts"
	echo "$1	failed	prepare" >>"$facts"
}

# prepare FLAVOUR: add it to $working, if objects of TREE can be made then.
prepare()
{
	say "$(label "$1"): make prepare"
	: >"$scratch/$1.made"
	: >"$scratch/$1.lists"
	result=0
	configure "$tree" "$out/$1" "$1" || result=$?
	case $result in
	0)
		working="$working $1"
		;;
	1)
		echo "$(label "$1"): FAILED: make prepare"
		prepare_errors "$1"
		status=1
		;;
	*)
		tail -n 15 "$scratch/log" >&2
		case " $flavours " in
		*" $1 "*) die "$(label "$1") cannot be prepared here" ;;
		*) say "$(label "$1") cannot be prepared here, left out" ;;
		esac
		;;
	esac
}

# ask_objects FLAVOUR <FILES: find out which objects the folders of FILES have:
# $scratch/FLAVOUR.lists.  $scratch/FLAVOUR.objects has their names without ".."
# and, after a tab, as kbuild calls them.
ask_objects()
{
	touch "$scratch/$1.asked" "$scratch/$1.lists"
	# Makefiles of their own, not kbuild's.
	grep / | grep -vE '^(Documentation|tools|scripts|usr)/' |
		sed 's|/[^/]*$|/objects-here.i|' | sort -u |
		comm -23 - "$scratch/$1.asked" >"$scratch/goals"
	sort -o "$scratch/$1.asked" "$scratch/$1.asked" "$scratch/goals"
	rm -rf "$scratch/lists"
	mkdir "$scratch/lists"
	goals=$scratch/goals
	BUILD_CHECK_LISTS=$scratch/lists MAKEFILES=$scripts/objects.mk \
		kbuild "$tree" "$out/$1" "$1" -k -s >"$scratch/log" 2>&1 || :
	goals=
	find "$scratch/lists" -type f -exec cat {} + | sed "s|^ *||; /^$/d" |
		sort -u -o "$scratch/$1.lists" - "$scratch/$1.lists"
	awk '$1 == "kernel" {
		name = $2
		while (sub("[^/]+/\\.\\./", "", name))
			;
		print name "\t" $2
	}' "$scratch/$1.lists" | sort >"$scratch/$1.objects"
}

# make_objects TREE BUILD FLAVOUR MESSAGES OBJECTS: make them, sort the messages
# by object, and leave in $scratch/failed which could not be made.
make_objects()
{
	goals=$5
	built=yes
	kbuild "$1" "$2" "$3" -k -Otarget >"$2.log" 2>&1 || built=
	mkdir -p "$4"
	"$scripts/messages.pl" "$1" "$4" <"$2.log" >"$scratch/failed"
	if test -z "$built"; then
		# make says "not remade" of all goals where one fails, so ask again
		# for the others: one that needs something broken is old now.
		comm -23 "$5" "$scratch/failed" >"$scratch/rest"
		goals=$scratch/rest
		kbuild "$1" "$2" "$3" -k >"$scratch/log" 2>&1 ||
			sed -n "s|.*Target '\(.*\)' not remade because of.*|\1|p" \
				"$scratch/log" >>"$scratch/failed"
	fi
	goals=
	while read -r object; do
		test -f "$2/$object" || echo "$object"
	done <"$5" >>"$scratch/failed"
	sort -u "$scratch/failed" | comm -12 - "$5" >"$scratch/failed.all"
	mv "$scratch/failed.all" "$scratch/failed"
	while read -r object; do
		test -s "$4/$object" && continue
		mkdir -p "$(dirname "$4/$object")"
		echo "make did not make it, see $2.log" >"$4/$object"
	done <"$scratch/failed"
}

# check_objects FLAVOUR <OBJECT-TAB-FILE: make the objects because of the files,
# and find out what the compiler saw.
check_objects()
{
	sort -u >"$scratch/units"
	sed "s/^/$1	unit	/" "$scratch/units" >>"$facts"
	touch "$scratch/$1.made"
	cut -f1 "$scratch/units" | sort -u |
		comm -23 - "$scratch/$1.made" >"$scratch/make"
	test -s "$scratch/make" || return 0
	sort -o "$scratch/$1.made" "$scratch/$1.made" "$scratch/make"
	say "$(label "$1"): $(wc -l <"$scratch/make") objects with $cc $version"
	make_objects "$tree" "$out/$1" "$1" "$out/messages/$1" "$scratch/make"
	sed "s/^/$1	failed	/" "$scratch/failed" >>"$facts"
	rm -f "$scratch"/seen.*
	comm -23 "$scratch/make" "$scratch/failed" |
		xargs -r -n 16 -P "$jobs" "$scripts/seen.pl" "$tree" \
			"$scratch/changes" "$scratch/seen" -o "$out/$1" "$kind" ||
		say "the lines of these objects count as not seen"
	find "$scratch" -name 'seen.*' -exec cat {} + | sort -u |
		sed "s/^/$1	/" >>"$facts"
}

# ------------------------------------------------------------ what to compile

# first_objects FLAVOUR <FILE-TAB-SOURCE: for each FILE the first three of its
# sources that are objects in this configuration, as OBJECT-TAB-FILE.
first_objects()
{
	awk -F '\t' -v objects="$scratch/$1.objects" '
		BEGIN {
			while ((getline line < objects) > 0) {
				split(line, name, "\t")
				has[name[1]] = name[2]
			}
		}
		{ object = $2; sub(/\.[^.]*$/, ".o", object) }
		(object in has) && n[$1]++ < 3 { print has[object] "\t" $1 }'
}

# uncovered FLAVOUR: changed sources and headers that no object has, so far.
uncovered()
{
	awk -F '\t' -v flavour="$1" '
		$1 == flavour && ($2 == "in" || $2 == "unit") { print $4 }' \
		"$facts" | sort -u | comm -13 - "$scratch/wanted" |
		grep -E '\.(c|h|S|inc|def)$' |
		grep -vE '^(Documentation|tools|scripts|usr)/' || :
}

# leftovers: the files of which some line was not seen by any compiler so far.
leftovers()
{
	awk -F '\t' -v host="$host" '
		NR == FNR && $2 == "in" { compiled[$4] = 1 }
		NR == FNR && $2 == "seen" && !once[$3, $4]++ { seen[$3]++ }
		NR == FNR { next }
		$1 == "file" && $3 != "deleted" { files[$2] = 1 }
		$1 == "line" { lines[$2]++ }
		END {
			for (file in files)
				if (!(file in compiled) || seen[file] < lines[file])
					if (file !~ "^arch/" || index(file, "arch/" host "/") == 1)
						print file
		}' "$facts" "$scratch/changes" | sort |
		grep -E '\.(c|h|S|inc|def)$' |
		grep -vE '^(Documentation|tools|scripts|usr)/' || :
}

# grep_tree OPTIONS...: in all sources, names relative to the tree.
grep_tree()
{
	(cd "$tree" && grep -r "$@" --include='*.[chS]' . | sed 's|^\./||') || :
}

# own_objects FLAVOUR: the wanted files that are objects.
own_objects()
{
	ask_objects "$1" <"$scratch/wanted"
	grep '\.[cS]$' "$scratch/wanted" | sed 's|.*|&	&|' >"$scratch/own"
	# A Makefile may list the objects of folders beside its own.
	first_objects "$1" <"$scratch/own" | cut -f2 >"$scratch/found"
	cut -f1 "$scratch/own" | comm -23 - "$scratch/found" |
		sed -n 's|^\([^/]*/[^/]*\)/.*|\1|p' | sort -u |
		(cd "$tree" && xargs -r grep -rlE '(\.\./|/\.\.)' \
			--include=Makefile --include=Kbuild) 2>/dev/null |
		ask_objects "$1"
	first_objects "$1" <"$scratch/own" | check_objects "$1"
}

# included_files FLAVOUR: those that are part of other objects.
included_files()
{
	uncovered "$1" >"$scratch/uncovered"
	test -s "$scratch/uncovered" || return 0
	test -f "$scratch/includes" ||
		grep_tree -HE '^[[:space:]]*#[[:space:]]*include[[:space:]]*["<]' \
			>"$scratch/includes"
	"$scripts/includers.pl" "$tree" "$scratch/uncovered" \
		<"$scratch/includes" >"$scratch/$1.includers"
	cut -f2 "$scratch/$1.includers" | ask_objects "$1"
	first_objects "$1" <"$scratch/$1.includers" | check_objects "$1"
}

# expanded_macros FLAVOUR: objects that expand what nobody has expanded so far.
expanded_macros()
{
	"$scripts/macros.pl" "$tree" "$scratch/changes" "$facts" \
		>"$scratch/macros"
	while read -r file macro; do
		grep_tree -lwF "$macro" | grep '\.c$' |
			"$scripts/includers.pl" --near "$file" | head -n 60
	done <"$scratch/macros" >"$scratch/users"
	cut -f2 "$scratch/users" | ask_objects "$1"
	sed 's/\.o$/.c/' "$scratch/$1.made" >"$scratch/tried"
	awk -F '\t' -v tried="$scratch/tried" '
		BEGIN { while ((getline line < tried) > 0) was[line] = 1 }
		!($2 in was)' "$scratch/users" |
		first_objects "$1" | check_objects "$1"
}

# reasons FLAVOUR: why it does not build what nobody builds.
reasons()
{
	awk -F '\t' '
		$2 == "in" { print $4 }
		$2 == "unit" { files[$1, $3] = files[$1, $3] $4 "\n" }
		$2 == "failed" { printf "%s", files[$1, $3] }' "$facts" | sort -u |
		comm -13 - "$scratch/files" >"$scratch/unbuilt"
	case " $working " in
	*" $1 "*) ;;
	*)
		sed "s/.*/$1	why	&	make prepare fails ($(label "$1"))/" \
			"$scratch/unbuilt" >>"$facts"
		return
		;;
	esac
	touch "$scratch/$1.includers"
	test "$1" = um && srcarch=um || srcarch=$host
	xargs -r -n 500 "$scripts/why.pl" "$tree" "$out/$1/.config" "$srcarch" \
		"$(label "$1")" "$scratch/$1.lists" "$scratch/$1.includers" \
		<"$scratch/unbuilt" | sed "s/^\([^	]*\)	/$1	why	\1	/" >>"$facts"
}

# ------------------------------------------------------------------- warnings

# without_change: a copy of the tree from which the change is taken out.  Files
# that are as in the copy of the last time keep its times, for make.
without_change()
{
	copy=$dir/before
	rm -rf "$copy.new"
	mkdir "$copy.new"
	(cd "$tree" && find . -mindepth 1 -maxdepth 1 ! -name .git) |
		while read -r entry; do
			cp -al "$tree/$entry" "$copy.new" 2>/dev/null ||
				cp -a "$tree/$entry" "$copy.new"
		done
	# No link may stay between what is changed here and TREE.
	while read -r file; do
		cp -p "$copy.new/$file" "$copy.new/$file.build-check"
		mv -f "$copy.new/$file.build-check" "$copy.new/$file"
	done <"$scratch/files"
	(cd "$copy.new" && GIT_CEILING_DIRECTORIES=$dir \
		git apply -R --whitespace=nowarn "$scratch/diff") ||
		die "the change cannot be taken out of a copy of $tree"
	awk -F '\t' '$1 == "file" { print $2 }' "$scratch/changes" |
	while read -r file; do
		! cmp -s "$copy/$file" "$copy.new/$file" ||
			touch -r "$copy/$file" "$copy.new/$file"
	done
	rm -rf "$copy"
	mv "$copy.new" "$copy"
	before=$copy
}

# warned_objects FLAVOUR: its objects that gave warnings.
warned_objects()
{
	while read -r object; do
		! grep -q 'warning:' "$out/messages/$1/$object" 2>/dev/null ||
			echo "$object"
	done <"$scratch/$1.made"
}

# old_warnings FLAVOUR: what these objects say before the change.
old_warnings()
{
	say "$(label "$1"): $(wc -l <"$scratch/$1.warned") objects of $before"
	mkdir -p "$out/before"
	configure "$before" "$out/before/$1" "$1" || {
		tail -n 15 "$scratch/log" >&2
		die "$(label "$1") cannot be prepared before the change"
	}
	make_objects "$before" "$out/before/$1" "$1" "$out/before/messages/$1" \
		"$scratch/$1.warned"
	xargs -r "$scripts/messages.pl" --warnings "$out/before/messages/$1" \
		<"$scratch/$1.warned"
}

# warnings: print them, or only the new ones; sets the exit status then.
warnings()
{
	total=0
	for flavour in $flavours; do
		warned_objects "$flavour" >"$scratch/$flavour.warned"
		xargs -r "$scripts/messages.pl" --warnings \
			"$out/messages/$flavour" <"$scratch/$flavour.warned" \
			>"$scratch/$flavour.warnings"
		if test -s "$scratch/$flavour.warned" &&
			test -n "$before$compare"; then
			test -n "$before" || without_change
			old_warnings "$flavour" >"$scratch/old"
			"$scripts/messages.pl" --new "$scratch/old" \
				"$scratch/$flavour.warnings" >"$scratch/new"
			mv "$scratch/new" "$scratch/$flavour.warnings"
		fi
		cat "$scratch/$flavour.warnings"
		total=$((total + $(wc -l <"$scratch/$flavour.warnings")))
	done
	if test -z "$before$compare"; then
		echo "warnings: $total in the touched objects"
	else
		echo "warnings: $total new ones in the touched objects"
		test "$total" -eq 0 || status=1
	fi
}

# ---------------------------------------------------------------------- main

find_change
status=0
working=
for flavour in $flavours; do
	prepare "$flavour"
done
cp "$scratch/files" "$scratch/wanted"
for flavour in $working; do
	own_objects "$flavour"
	included_files "$flavour"
done
for flavour in $working; do
	expanded_macros "$flavour"
done
for flavour in $more; do
	leftovers >"$scratch/wanted"
	test -s "$scratch/wanted" || break
	prepare "$flavour"
	case " $working " in
	*" $flavour "*) ;;
	*) continue ;;
	esac
	flavours="$flavours $flavour"
	own_objects "$flavour"
	included_files "$flavour"
	expanded_macros "$flavour"
done
for flavour in $flavours; do
	reasons "$flavour"
done
# shellcheck disable=SC2086 # one word per flavour
"$scripts/report.pl" "$tree" "$scratch/changes" "$facts" "$out/messages" \
	$flavours || status=1
warnings
exit $status
