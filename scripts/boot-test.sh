#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Build a tree as User-mode Linux, boot it as a normal process, and check where
# kernel threads and processes live and what they find from there.
#
#   scripts/boot-test.sh [OPTIONS] TREE     (--help tells the options)
#
# The kernel has an initramfs of one static busybox and the scripts of tests/boot.
# Its first console gets the messages of the kernel, among them the results of
# KUnit; its second console gets the results of our own checks.  TREE is only
# read.  Prints TAP.
#
# Exit status: 0 all is well, 1 a check failed, 2 usage or environment error.

set -u

top=$(cd "$(dirname "$0")/.." && pwd)
guest=$top/tests/boot
export LC_ALL=C
unset CDPATH KBUILD_OUTPUT KCONFIG_CONFIG
# A make above us must not hand on its V=, J= and -s.
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES

usage()
{
	cat <<'USAGE'
Usage: scripts/boot-test.sh [OPTIONS] TREE

Boot the kernel TREE as User-mode Linux and check it.  Prints TAP.

  -o DIR             work in DIR; what is built there is used again.  Default:
                     ${XDG_CACHE_HOME:-~/.cache}/kthread-cocci/boot/NAME
  -j N               compile N files at a time (default: all processors)
  --expect=WHEN      before or after: is PID 2's root that of PID 1, or nullfs?
                     Default: after if TREE declares userspace_init_fs
  --config FRAGMENT  more configuration, on top of tests/boot/kernel.config;
                     may be given more than once, the last one wins
  --rounds N         make the creation of threads fail N times (default 1000;
                     0: not at all)
  --time SECONDS     the time that the boot may take (default 600)
  --complaints FILE  write what the kernel complains of to FILE
  --known FILE       such a file, of another tree: what is in it is told, but is no
                     failure of this one
  --warnings FILE    write the compiler's warnings to FILE, so that those of two
                     trees can be compared
  -h, --help         this text

CC and HOSTCC from the environment are given to make; BUSYBOX is the static
busybox to use.
USAGE
}

die()
{
	echo "boot-test.sh: $*" >&2
	exit 2
}

work=
expect=
fragments=
rounds=1000
seconds=600
warnings=
complaints=
known=
jobs=$(getconf _NPROCESSORS_ONLN)

is_number() { case $1 in ''|*[!0-9]*) return 1 ;; esac; }

while test $# -gt 0; do
	case $1 in
	-o|-j|--config|--expect|--rounds|--time|--warnings|--complaints|--known)
		test $# -gt 1 || die "$1 wants a value (see --help)"
		option=$1
		value=$2
		shift 2
		;;
	--*=*)
		option=${1%%=*}
		value=${1#*=}
		shift
		;;
	-h|--help)
		usage
		exit 0
		;;
	-?*)
		die "no option '$1' (see --help)"
		;;
	*)
		break
		;;
	esac
	case $option in
	-o)		work=$value ;;
	-j)		jobs=$value ;;
	--config)	fragments="$fragments $value" ;;
	--expect)	expect=$value ;;
	--rounds)	rounds=$value ;;
	--time)		seconds=$value ;;
	--warnings)	warnings=$value ;;
	--complaints)	complaints=$value ;;
	--known)	known=$value ;;
	*)		die "no option '$option' (see --help)" ;;
	esac
done
test $# -eq 1 || { usage >&2; exit 2; }
for number in "$jobs" "$rounds" "$seconds"; do
	is_number "$number" || die "'$number' is no number (see --help)"
done
case $expect in
''|before|after) ;;
*)	die "--expect is before or after, not '$expect'" ;;
esac
test -z "$known" -o -r "$known" || die "cannot read $known"
for fragment in $fragments; do
	test -r "$fragment" || die "cannot read $fragment"
done

for tool in make "${CC:-gcc}" ld flex bison bc awk cksum flock prlimit setsid timeout; do
	# CC may be two words, such as "ccache gcc".
	command -v "${tool##* }" >/dev/null 2>&1 ||
		die "${tool##* } is missing: scripts/setup.sh kernel installs it"
done
busybox=${BUSYBOX:-$(command -v busybox)}
test -x "$busybox" ||
	die "busybox is missing: scripts/setup.sh kernel installs busybox-static"
if readelf -l "$busybox" | grep -q INTERP; then
	die "$busybox is not static: scripts/setup.sh kernel installs busybox-static"
fi
test "$(uname -m)" = x86_64 ||
	die "User-mode Linux runs on x86_64, not on $(uname -m)"

tree=$(cd "$1" 2>/dev/null && pwd -P) || die "$1 is no folder that can be read"
test -f "$tree/arch/um/Kconfig" -a -f "$tree/include/linux/kthread.h" ||
	die "$tree is no kernel tree"
# What the kernel's own Makefile calls unclean.
if test -f "$tree/.config" -o -d "$tree/include/config" -o \
	-d "$tree/arch/x86/include/generated" -o \
	-d "$tree/arch/um/include/generated"; then
	die "$tree has been built in: 'make ARCH=um mrproper' there, or take a copy"
fi
if test -z "$work"; then
	cache=${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}
	work=$cache/kthread-cocci/boot/$(basename "$tree")-$(printf %s "$tree" |
		cksum | cut -d' ' -f1)
fi
work=$(realpath -m "$work")
case $work/ in
"$tree"/*) die "$work is in $tree, which must stay as it is" ;;
esac
mkdir -p "$work" 2>/dev/null || :
test -w "$work" ||
	die "cannot write to $work: give another -o DIR"
case $tree$work$busybox in
*[[:space:]:]*)	die "make cannot work with a blank or a colon in a path: $tree, $work" ;;
esac
# What is not ours is not removed.
if ! test -e "$work/.boot-test" && test -n "$(ls -A "$work")"; then
	die "$work is not empty and not a work folder of boot-test.sh"
fi
: >"$work/.boot-test"
exec 9>"$work/lock"
flock -n 9 || die "$work is in use by another boot-test.sh"

build=$work/build
case $tree in
"$(cat "$work/tree" 2>/dev/null)") ;;
*)
	rm -rf "$build" "$work/warnings"
	echo "$tree" >"$work/tree"
	;;
esac
mkdir -p "$build"

scratch=$(mktemp -d "$work/tmp.XXXXXX") || exit 2
uml=
# kill_uml: User-mode Linux makes a process group of its own, which all of its
# processes are in; timeout has another.
kill_uml()
{
	test -n "$uml" || return 0
	pid=$(cat "$scratch/pid" 2>/dev/null)
	test -z "$pid" || kill -s KILL -- "$pid" "-$pid" 2>/dev/null
	kill -s KILL -- "-$uml" 2>/dev/null
	uml=
}
cleanup()
{
	kill_uml
	rm -rf "$scratch"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

if test -z "$expect"; then
	expect=before
	! grep -q userspace_init_fs "$tree/include/linux/init_task.h" ||
		expect=after
fi
nullfs=$(sed -n 's/^#define[[:space:]]*NULL_FS_MAGIC[[:space:]]*0x\([0-9A-Fa-f]*\).*/\1/p' \
	"$tree/include/uapi/linux/magic.h" | tr A-F a-f)
test "$expect" = before -o -n "$nullfs" ||
	die "$tree has no nullfs, so it cannot be expected"

number=0
failed=0

comment() { sed 's/^/# /'; }

pass()
{
	number=$((number + 1))
	echo "ok $number - $1"
}

# fail NAME [FILE]: with a file that tells why.
fail()
{
	number=$((number + 1))
	failed=$((failed + 1))
	echo "not ok $number - $1"
	test -z "${2:-}" || tail -n 30 "$2" | comment
}

finish()
{
	echo "1..$number"
	test "$failed" -eq 0
}

# kbuild ARGS...: the outputs of the recipes do not mix, so that a warning can be
# told to belong to an object.
kbuild()
{
	test -z "${CC:-}" || set -- "$@" "CC=$CC"
	test -z "${HOSTCC:-}" || set -- "$@" "HOSTCC=$HOSTCC"
	make -C "$tree" ARCH=um "O=$build" -j "$jobs" -Otarget "$@" \
		9>&- </dev/null
}

# kunit_files: the KUnit suites of the tree that name something that looks up a
# path.
kunit_files()
{
	lookups=$(awk '$1 == "interface" || $1 == "helper" { print $2 }' \
		"$top/cocci/lookups.tab" | paste -sd '|')
	(cd "$tree" && grep -rlE --include='*.c' \
		'kunit_test(_init_section)?_suites?\(' \
		arch/um arch/x86 block crypto drivers fs init io_uring ipc kernel \
		lib mm net security sound virt 2>/dev/null |
		xargs -r grep -lwE "$lookups" | sort)
}

# kunit_symbol FILE: the symbol that builds it, by the Makefile beside it.
kunit_symbol()
{
	sed -e ':a' -e '/\\$/N' -e 's/\\\n/ /' -e 'ta' \
		"$tree/$(dirname "$1")/Makefile" |
	awk -v object="$(basename "$1" .c).o" '
		{
			for (i = 3; i <= NF; i++)
				in_rule[$i] = in_rule[$i] " " $1
		}
		function symbol(object, rules, n, i, s) {
			n = split(in_rule[object], rules)
			for (i = 1; i <= n; i++) {
				if (rules[i] ~ /^obj-\$\(CONFIG_/) {
					s = rules[i]
					gsub(/^obj-\$\(|\).*/, "", s)
					return s
				}
			}
			for (i = 1; i <= n; i++) {
				s = rules[i]
				if (s ~ /-(y|objs)$/ && !(s in tried)) {
					tried[s] = 1
					sub(/-(y|objs)$/, ".o", s)
					return symbol(s)
				}
			}
		}
		END { print symbol(object) }'
}

# kunit_suites FILE: the names of its suites.
kunit_suites()
{
	awk '/struct kunit_suite [A-Za-z0-9_]+ = \{/ { inside = 1 }
		inside && /\.name[ \t]*=[ \t]*"/ { split($0, s, "\""); print s[2] }
		/^\};/ { inside = 0 }' "$tree/$1"
}

# The fragments as one, in the order in which the last one wins.
make_fragment()
{
	cat "$guest/kernel.config"
	while read -r file; do
		symbol=$(kunit_symbol "$file")
		test -z "$symbol" || echo "$symbol=y"
	done <"$scratch/kunit-files"
	# shellcheck disable=SC2086 # the words are file names
	test -z "$fragments" || cat $fragments
}

# config_value FILE SYMBOL: n where it is not set, as in a fragment.
config_value()
{
	value=$(sed -n "s/^$2=//p" "$1" | tail -n 1)
	echo "${value:-n}"
}

enabled() { test "$(config_value "$build/.config" "CONFIG_$1")" = y; }

configure()
{
	kunit_files >"$scratch/kunit-files"
	test ! -e "$build/.config" || cp -p "$build/.config" "$scratch/config"
	make_fragment >"$work/fragment"
	kbuild defconfig >"$work/config.log" 2>&1 || return
	(cd "$build" && "$tree/scripts/kconfig/merge_config.sh" -m -O "$build" \
		"$build/.config" "$work/fragment") >>"$work/config.log" 2>&1 ||
		return
	kbuild olddefconfig >>"$work/config.log" 2>&1 || return
	# The same configuration is no reason to build anything again.
	! cmp -s "$scratch/config" "$build/.config" ||
		cp -p "$scratch/config" "$build/.config"
	sed -n 's/^\(CONFIG_[A-Za-z0-9_]*\)=.*/\1/p' "$work/fragment" | sort -u |
	while read -r symbol; do
		wanted=$(config_value "$work/fragment" "$symbol")
		got=$(config_value "$build/.config" "$symbol")
		test "$got" = "$wanted" ||
			echo "# config: $symbol is $got, $wanted was wanted"
	done
}

# count_warnings: keep the table of object and warning up to date.  The warnings
# of an object stay until it is built again, or there no more.
count_warnings()
{
	test -e "$work/warnings" || : >"$work/warnings"
	awk -v tree="$tree/" -v build="$build/" '
		/^  [A-Z]+( \[M\])? +[^ ]+$/ {
			object = $NF
			print object "\t"
			next
		}
		/[Ww]arning:|WARNING:/ {
			while (i = index($0, tree))
				$0 = substr($0, 1, i - 1) substr($0, i + length(tree))
			while (i = index($0, build))
				$0 = substr($0, 1, i - 1) substr($0, i + length(build))
			gsub(/:[0-9]+(:[0-9]+)?:/, ":")
			print object "\t" $0
		}' "$work/build.log" >"$scratch/new"
	awk -F '\t' 'NR == FNR { new[$1] = 1; next } !($1 in new)' \
		"$scratch/new" "$work/warnings" >"$scratch/old"
	cat "$scratch/old" "$scratch/new" | grep -v "	\$" |
	while IFS='	' read -r object warning; do
		test -n "$object" -a ! -e "$build/$object" ||
			printf '%s\t%s\n' "$object" "$warning"
	done | sort >"$scratch/warnings"
	mv "$scratch/warnings" "$work/warnings"
}

build_kernel()
{
	# An interrupted build had warnings that are still to be counted.
	test ! -e "$work/build.log" || count_warnings
	status=0
	kbuild >"$work/build.log" 2>&1 || status=$?
	count_warnings
	test "$status" -eq 0 || {
		grep -E '(error:|Error [0-9]|\*\*\*)' "$work/build.log" |
			head -n 20 >"$scratch/errors"
		tail -n 20 "$work/build.log" >>"$scratch/errors"
	}
	return "$status"
}

# Our own module, built against the kernel from a copy.
build_module()
{
	mkdir -p "$work/kthread_failure"
	for file in Kbuild kthread_failure.c; do
		cmp -s "$guest/kthread_failure/$file" \
			"$work/kthread_failure/$file" ||
			cp "$guest/kthread_failure/$file" "$work/kthread_failure"
	done
	kbuild "M=$work/kthread_failure" modules >"$work/module.log" 2>&1
}

# What the initramfs holds, for gen_init_cpio of the kernel.
initramfs_list()
{
	for dir in bin sbin boot dev proc sys tmp mnt new etc lib lib/firmware \
		custom jail jail/bin jail/etc jail/proc; do
		echo "dir /$dir 0755 0 0"
	done
	cat <<LIST
nod /dev/console 0600 0 0 c 5 1
nod /dev/tty1 0600 0 0 c 4 1
nod /dev/null 0666 0 0 c 1 3
file /bin/busybox $busybox 0755 0 0
slink /bin/sh busybox 0777 0 0
file /jail/bin/busybox $busybox 0755 0 0
slink /jail/bin/sh busybox 0777 0 0
slink /jail/bin/start-stop-daemon busybox 0777 0 0
file /jail/etc/passwd $scratch/passwd 0644 0 0
file /jail/etc/group $scratch/group 0644 0 0
file /jail/in-jail $scratch/word 0644 0 0
file /marker $scratch/word 0644 0 0
file /lib/firmware/boot-test.bin $scratch/firmware 0644 0 0
file /custom/custom.bin $scratch/custom 0644 0 0
file /init $guest/init.sh 0755 0 0
file /boot/init.sh $guest/init.sh 0755 0 0
file /boot/lib.sh $guest/lib.sh 0644 0 0
file /boot/checks.sh $guest/checks.sh 0644 0 0
file /boot/leaks.sh $guest/leaks.sh 0644 0 0
file /sbin/helper-core $guest/helper.sh 0755 0 0
file /sbin/helper-modprobe $guest/helper.sh 0755 0 0
file /sbin/helper-hotplug $guest/helper.sh 0755 0 0
LIST
	test ! -e "$work/kthread_failure/kthread_failure.ko" ||
		echo "file /kthread_failure.ko $work/kthread_failure/kthread_failure.ko 0644 0 0"
}

make_initramfs()
{
	echo word >"$scratch/word"
	echo "user:x:1000:1000::/:/bin/sh" >"$scratch/passwd"
	echo "user:x:1000:" >"$scratch/group"
	echo "firmware in the default path" >"$scratch/firmware"
	echo "firmware in a path of its own" >"$scratch/custom"
	initramfs_list >"$scratch/list"
	"$build/usr/gen_init_cpio" "$scratch/list" >"$work/initramfs"
}

# memory_dir: where User-mode Linux keeps its memory: it needs room, and the file
# system must allow that its files are executed.  A busybox goes by its name.
memory_dir()
{
	for dir in ${TMPDIR:-} /dev/shm /tmp "$work"; do
		test -w "$dir" || continue
		test "$(df -Pk "$dir" | awk 'NR == 2 { print $4 }')" -gt 600000 ||
			continue
		program=$(mktemp "$dir/busybox.XXXXXX") || continue
		cp "$busybox" "$program" && chmod 700 "$program"
		"$program" true 2>/dev/null
		status=$?
		rm -f "$program"
		test "$status" -ne 0 || { echo "$dir"; return; }
	done
	return 1
}

# boot: leaves the two consoles in files.
boot()
{
	: >"$work/results"
	set -- mem=512M noreboot panic=1 "umid=boot-test" "uml_dir=$scratch/uml" \
		"initrd=$work/initramfs" con=null con0=null,fd:1 con1=null,fd:3 \
		ssl=null console=tty0 "BOOT_EXPECT=$expect" \
		"BOOT_NULLFS=$nullfs" "BOOT_ROUNDS=$rounds"
	# The shell has no job control, so that setsid does not fork and $! is
	# timeout and its group.
	# shellcheck disable=SC2016 # the inner shell expands them
	setsid prlimit --core=0 env "TMPDIR=$memory" \
		timeout -s KILL "$seconds" sh -c 'echo $$ >"$0"; exec "$@"' \
		"$scratch/pid" "$build/linux" "$@" \
		</dev/null >"$work/console" 2>&1 3>"$work/results" 9>&- &
	uml=$!
	wait "$uml" 2>/dev/null
	status=$?
	kill_uml
	return "$status"
}

# kunit_results: "SUITE ok|not PASSED FAILED SKIPPED" and the names of the cases
# that failed, one line for each suite.
kunit_results()
{
	sed 's/\r$//; s/^\[ *[0-9.]*\] //' "$work/console" | awk '
		/^KTAP version/ { started = 1 }
		!started { next }
		/^    (not )?ok [0-9]+ / {
			if (/# SKIP/)
				skipped++
			else if ($1 == "ok")
				passed++
			else {
				failed++
				names = names " " $4
			}
		}
		/^(not )?ok [0-9]+ / {
			suite = $1 == "ok" ? $3 : $4
			print suite, $1, passed + 0, failed + 0, skipped + 0 names
			passed = failed = skipped = 0
			names = ""
		}'
}

check_kunit()
{
	kunit_results >"$scratch/kunit"
	while read -r suite result passed bad skipped names; do
		text="KUnit $suite: $passed passed, $bad failed, $skipped skipped"
		if test "$result" = ok; then
			pass "$text"
		else
			fail "$text"
			for name in $names; do
				echo "# KUnit $suite: $name failed"
			done
		fi
	done <"$scratch/kunit"
	while read -r file; do
		symbol=$(kunit_symbol "$file")
		if test -z "$symbol" || ! enabled "${symbol#CONFIG_}"; then
			echo "# KUnit: $file is not built (${symbol:-no symbol in its Makefile})"
			continue
		fi
		for suite in $(kunit_suites "$file"); do
			grep -q "^$suite " "$scratch/kunit" ||
				fail "KUnit $suite of $file has a result"
		done
	done <"$scratch/kunit-files"
}

# check_guest: the lines of the second console.
check_guest()
{
	sed 's/\r$//' "$work/results" >"$scratch/results"
	while IFS= read -r line; do
		case $line in
		'ok '*)		pass "${line#ok }" ;;
		'not ok '*)	fail "${line#not ok }" ;;
		'skip '*)
			number=$((number + 1))
			line=${line#skip }
			echo "ok $number - ${line%% # *} # SKIP ${line#* # }"
			;;
		'# '*)		echo "$line" ;;
		esac
	done <"$scratch/results"
}

# What the kernel says where it is unhappy.  Failed memory allocations are ours.
SPLATS='BUG:|WARNING:|INFO: (possible|suspicious|task|rcu|inconsistent|trying)|Oops|Kernel panic|KASAN:|general protection|cut here|refcount_t:|kernel tried to|unhandled|scheduling while atomic|list_(add|del) corruption|Internal error|Segfault with no mm|Pid 1 stopped sharing'

# The same complaint of two boots: without times, addresses, numbers of processes.
complaint()
{
	sed -E 's/\r$//; s/^([0-9]+:)?(\[ *[0-9.]+\] *)?//; s/0x[0-9a-f]+/ADDRESS/g
		s/CPU#?[ :]*[0-9]+/CPU/g; s,([:,] *[A-Za-z_][^ :]*)/[0-9]+\r?$,\1,'
}

# splats: what the kernel complains of, with its line, but for what is known.
splats()
{
	grep -nE "$SPLATS" "$work/console" |
	while IFS= read -r line; do
		test -n "$known" &&
			printf '%s\n' "$line" | complaint | grep -qxFf "$known" ||
			printf '%s\n' "$line"
	done
}

check_console()
{
	test -z "$complaints" ||
		grep -E "$SPLATS" "$work/console" | complaint | sort -u \
			>"$complaints"
	splats >"$scratch/splats"
	if test -n "$known"; then
		grep -E "$SPLATS" "$work/console" | complaint | sort -u |
			grep -xFf "$known" | sed 's/^/# known: /'
	fi
	if test -s "$scratch/splats"; then
		fail "the kernel has nothing to complain of"
		head -n 20 "$scratch/splats" | comment
		line=$(head -n 1 "$scratch/splats" | cut -d: -f1)
		echo "# the first one, in $work/console:"
		sed -n "$line,$((line + 24))p" "$work/console" | comment
	else
		pass "the kernel has nothing to complain of"
	fi
}

echo "# linux $(make -s -C "$tree" kernelversion 2>/dev/null) in $tree, expected: $expect"
echo "# working in $work"
memory=$(memory_dir) ||
	die "no folder has 600 MB for the kernel's memory and executes: set TMPDIR"

configure || die "no configuration: $(tail -n 1 "$work/config.log")"
start=$(date +%s)
if build_kernel; then
	pass "the kernel builds"
else
	fail "the kernel builds" "$scratch/errors"
fi
echo "# the build took $(($(date +%s) - start)) s, its log is $work/build.log"
echo "# warnings: $(wc -l <"$work/warnings")"
test -z "$warnings" || cut -f 2- "$work/warnings" | sort >"$warnings" ||
	die "cannot write $warnings"
test "$failed" -eq 0 || { finish; exit 1; }

if ! enabled MODULES; then
	echo "# kthread_failure: the kernel has no modules"
elif build_module; then
	pass "kthread_failure: the module builds"
else
	fail "kthread_failure: the module builds" "$work/module.log"
fi
make_initramfs || die "cannot make the initramfs"

start=$(date +%s)
status=0
boot || status=$?
took=$(($(date +%s) - start))
echo "# the boot took $took s, the console is $work/console"
grep -q 'Linux version' "$work/console" ||
	die "User-mode Linux does not run here: $(tail -n 1 "$work/console")"
if test "$status" -eq 0; then
	pass "the kernel boots, and ends by itself"
elif test "$took" -ge "$seconds"; then
	fail "the kernel is still there after $seconds s" "$work/console"
else
	fail "the kernel ends with status $status" "$work/console"
fi
check_kunit
check_guest
if grep -q '^end' "$work/results"; then
	pass "all checks ran"
else
	fail "all checks ran" "$work/results"
fi
check_console
finish
