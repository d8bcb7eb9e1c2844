# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# Where processes and kernel threads live, and what they find from there.

# A leading zero of the number is not printed.
is_ram() { case $1 in 1021994|858458f6) ;; *) return 1 ;; esac; }

# check_roots TYPE: PID 1 has a root of that type, PID 2 what is expected.
check_roots()
{
	one=$(root_type 1)
	two=$(root_type 2)
	say "# /proc/1/root is $one (0x$(root_magic 1)), /proc/2/root is $two (0x$(root_magic 2))"
	is "type of /proc/1/root" "$one" "$1"
	ok "/proc/1/root is in memory" is_ram "$(root_magic 1)"
	if test "$BOOT_EXPECT" = after; then
		is "type of /proc/2/root" "$two" nullfs
		is "its number" "$(root_magic 2)" "$BOOT_NULLFS"
		none "files in /proc/2/root" "$(ls -A /proc/2/root/.)"
		none "files in /proc/2/cwd" "$(ls -A /proc/2/cwd/.)"
	else
		is "type of /proc/2/root" "$two" "$1"
		is "it is the root of PID 1" "$(root_inode 2)" "$(root_inode 1)"
	fi
	other_roots >/tmp/roots
	is "types of the roots of the other kernel threads" \
		"$(sed 's/^[0-9]* //' /tmp/roots)" "$two"
	sed 's/$/ is the root of so many other kernel threads/' /tmp/roots | diag
}

# The types of the roots of all kernel threads but PID 2, with their number.
# kdevtmpfs, which makes the nodes in /dev, has a mount namespace of its own.
other_roots()
{
	for dir in /proc/[0-9]*; do
		grep -q '^PPid:[[:space:]]*2$' "$dir/status" || continue
		test "$(cat "$dir/comm")" != kdevtmpfs || continue
		root_type "${dir#/proc/}"
	done 2>/dev/null | sort | uniq -c | sed 's/^ *//'
}

firmware=/sys/devices/virtual/misc/test_firmware
firmware_path=/sys/module/firmware_class/parameters/path

# request TRIGGER NAME: printf, since a newline would belong to the name.
request() { printf %s "$2" >"$firmware/$1"; }

# requests WHERE FILE: FILE is found by a process and by kernel threads.
requests()
{
	file=$(basename "$2")
	ok "$1: a process requests $file" request trigger_request "$file"
	ok "$1: and gets its content" cmp /dev/test_firmware "$2"
	ok "$1: a kernel thread requests $file" \
		request trigger_async_request "$file"
	ok "$1: and gets its content" cmp /dev/test_firmware "$2"
	printf %s "$file" >"$firmware/config_name"
	ok "$1: four kernel threads request $file at once" \
		request trigger_batched_requests_async 1
	printf 3 >"$firmware/config_read_fw_idx"
	ok "$1: and get its content" cmp "$firmware/read_firmware" "$2"
	echo 1 >"$firmware/release_all_firmware"
	not_ok "$1: a kernel thread does not find what is not there" \
		request trigger_async_request no-such-file.bin
}

# check_firmware [FILE]
check_firmware()
{
	if ! test -d "$firmware"; then
		say "skip firmware # the kernel has no test_firmware"
		return
	fi
	requests "firmware" "${1:-/lib/firmware/boot-test.bin}"
	printf %s /custom >"$firmware_path"
	requests "firmware_class.path" /custom/custom.bin
	printf %s "" >"$firmware_path"
}

# crash COMMAND...: run it without a limit for its core dump.
# shellcheck disable=SC3045 # the shell is busybox's
crash() { (ulimit -c unlimited; "$@") >/dev/null 2>&1; }

# shellcheck disable=SC2016 # the shell that dumps core is the inner one
crash_in() { crash sh -c 'cd "$1" && kill -SEGV $$' sh "$1"; }
# shellcheck disable=SC2016
crash_in_jail() { crash chroot /jail /bin/sh -c 'kill -SEGV $$'; }

# A setuid program of root that a user runs in a chroot: its core belongs below
# the root of init, whatever its own root is.  start-stop-daemon wants a /proc.
# shellcheck disable=SC2016
crash_suid()
{
	crash chroot /jail /bin/start-stop-daemon -S -c user:user \
		-x /suid/sh -- -c 'kill -SEGV $$'
}

check_core()
{
	pattern=/proc/sys/kernel/core_pattern
	mkdir -p /cores /work /jail/cores /jail/suid
	cp /bin/busybox /jail/suid/sh
	chmod 4755 /jail/suid/sh
	mount -t proc proc /jail/proc

	echo /cores/absolute >$pattern
	crash_in /
	ok "core dump to an absolute path" test -s /cores/absolute
	crash_in_jail
	ok "core dump to an absolute path in a chroot" \
		test -s /jail/cores/absolute
	echo relative >$pattern
	crash_in /work
	ok "core dump to a relative path" test -s /work/relative

	echo /cores/suid >$pattern
	echo 2 >/proc/sys/fs/suid_dumpable
	crash_suid
	ok "core dump of a setuid program goes to init's root" \
		test -s /cores/suid
	not_ok "and not to its own root" test -e /jail/cores/suid
	echo 0 >/proc/sys/fs/suid_dumpable

	echo core >$pattern
	umount /jail/proc
	rm -rf /cores /work /jail/cores /jail/suid
}

# helper_ran NAME: the kernel started /sbin/NAME, in the root of init.
helper_ran()
{
	ok "$1 is started" soon test -e "/helper/$1"
	is "$1: type of its root" "$(sed -n 's/^type //p' "/helper/$1")" \
		"$(root_type 1)"
	is "$1: its root" "$(sed -n 's/^root //p' "/helper/$1")" \
		"$(root_inode 1)"
	is "$1: its working directory" "$(sed -n 's/^cwd //p' "/helper/$1")" \
		"$(root_inode 1)"
	rm -f "/helper/$1"
}

check_helpers()
{
	mkdir -p /helper
	echo '|/sbin/helper-core' >/proc/sys/kernel/core_pattern
	crash_in /
	helper_ran helper-core
	ok "the core dump reaches the helper" test -s /helper/core
	rm -f /helper/core
	crash_in_jail
	helper_ran helper-core
	ok "that of a chroot as well" test -s /helper/core
	echo core >/proc/sys/kernel/core_pattern

	echo /sbin/helper-modprobe >/proc/sys/kernel/modprobe
	mount -t no_such_type none /mnt 2>/dev/null
	helper_ran helper-modprobe
	echo "" >/proc/sys/kernel/modprobe

	if test -e /sys/kernel/uevent_helper; then
		echo /sbin/helper-hotplug >/sys/kernel/uevent_helper
		echo change >/sys/class/mem/null/uevent
		helper_ran helper-hotplug
		echo "" >/sys/kernel/uevent_helper
	else
		say "skip helper-hotplug # the kernel has no uevent_helper"
	fi
}

gone() { ! test -e "$1"; }

disk_works()
{
	mke2fs -b 4096 "$1" && mount -t ext2 "$1" /mnt && echo word >/mnt/file &&
		umount /mnt && mount -t ext2 "$1" /mnt &&
		grep -q word /mnt/file && umount /mnt
}

check_devices()
{
	ok "/dev has nodes" test -c /dev/null -a -c /dev/tty1 -a -c /dev/zero
	control=/sys/class/zram-control
	if test -e $control; then
		id=$(cat $control/hot_add)
		ok "zram: a new disk gets its node" soon test -b "/dev/zram$id"
		echo 16M >"/sys/block/zram$id/disksize"
		ok "zram: the disk is opened by its path" \
			disk_works "/dev/zram$id"
		echo 1 >"/sys/block/zram$id/reset"
		echo "$id" >$control/hot_remove
		ok "zram: the node goes with the disk" soon gone "/dev/zram$id"
	else
		say "skip zram # the kernel has none"
	fi
	if test -e /dev/loop-control; then
		dd if=/dev/zero of=/disk bs=1M count=4 2>/dev/null
		disk=$(losetup -f)
		ok "loop: a new disk gets its node" soon test -b "$disk"
		ok "loop: a file becomes a disk" losetup "$disk" /disk
		ok "loop: the disk is opened by its path" disk_works "$disk"
		losetup -d "$disk"
		rm -f /disk
	else
		say "skip loop # the kernel has none"
	fi
}

check_processes()
{
	syslogd -n -O /syslog &
	daemon=$!
	soon test -S /dev/log
	logger boot-test
	ok "a process finds a socket by its path" \
		soon grep -q boot-test /syslog
	kill "$daemon"
	ok "a process changes its root" chroot /jail /bin/sh -c \
		'test -e /in-jail && ! test -e /marker && cd /bin && test -e sh'
	ok "a process leaves the mount namespace" unshare -m sh -c \
		'mount -t tmpfs none /mnt && cd /mnt && : >file && test -e /mnt/file'
	not_ok "nobody else sees what it mounts" test -e /mnt/file
}
