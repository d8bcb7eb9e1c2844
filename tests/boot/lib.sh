# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# What the scripts in the booted kernel share.  They run in a busybox.

export PATH=/bin
umask 022

# Results go to the second console, one a line; see scripts/boot-test.sh:
#
#   ok NAME, not ok NAME, skip NAME # REASON, # DIAGNOSTIC, end
say() { echo "$*" >/dev/tty1; }
diag() { sed 's/^/# /' >/dev/tty1; }

# ok NAME COMMAND...  The name goes to the kernel's log as well, so that it shows
# what the kernel said at which check.
ok()
{
	name=$1
	shift
	if "$@" >/tmp/ok.log 2>&1; then
		say "ok $name"
	else
		say "not ok $name"
		echo "failed: $*" | diag
		head -n 10 /tmp/ok.log | diag
	fi
	echo "boot-test: $name" >/dev/kmsg
}

# not_ok NAME COMMAND...
not_ok()
{
	name=$1
	shift
	ok "$name" fails "$@"
}

fails() { ! "$@"; }

# is NAME GOT EXPECTED: that nothing is expected is an error.
is() { ok "$1: '$3'" test -n "$3" -a "$2" = "$3"; }

# none NAME GOT: there is nothing.
none() { ok "$1: none" test -z "$2"; }

# soon COMMAND...: what the kernel does in the background is done within 10 s.
soon()
{
	tries=0
	until "$@"; do
		tries=$((tries + 1))
		test "$tries" -le 100 || return 1
		usleep 100000
	done
}

# mount_type DIR MOUNTINFO: the kernel's name of the type of the mount that DIR
# is on, in the eyes of the process whose mountinfo it is.
mount_type()
{
	exec 9<"$1" || return
	id=$(sed -n 's/^mnt_id:[[:space:]]*//p' /proc/self/fdinfo/9)
	exec 9<&-
	awk -v id="$id" '$1 == id {
		for (i = 7; $i != "-"; i++)
			;
		print $(i + 1)
	}' "$2"
}

# The trailing dot: the folder that the link leads to, not the link.
root_magic() { stat -f -c %t "/proc/$1/root/."; }
root_inode() { stat -c %d:%i "/proc/$1/root/."; }
cwd_inode() { stat -c %d:%i "/proc/$1/cwd/."; }

# root_type PID: a mount of the kernel's own is in no mountinfo, where only the
# number tells.
root_type()
{
	type=$(mount_type "/proc/$1/root/." "/proc/$1/mountinfo")
	test -n "$type" || test "$(root_magic "$1")" != "${BOOT_NULLFS:-none}" ||
		type=nullfs
	echo "$type"
}
