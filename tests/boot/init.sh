#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# PID 1 of the kernel that scripts/boot-test.sh boots: /init of an initramfs
# with a busybox and little else.
#
# It checks what it can in the initramfs, moves to a tmpfs with switch_root, as an
# initramfs does for the real root, and checks what matters again there.
#
# The command line of the kernel says what is expected; the kernel hands
# NAME=VALUE on as the environment:
#
#   BOOT_EXPECT   before or after: PID 2 has the root of PID 1, or nullfs
#   BOOT_NULLFS   the number that statfs() gives for nullfs
#   BOOT_ROUNDS   how often the creation of threads is made to fail; 0 for never
# shellcheck source=lib.sh
. /boot/lib.sh
# shellcheck source=checks.sh
. /boot/checks.sh
# shellcheck source=leaks.sh
. /boot/leaks.sh

first_half()
{
	/bin/busybox --install -s /bin 2>/dev/null
	mount -t proc proc /proc
	mount -t sysfs sysfs /sys
	mount -t devtmpfs devtmpfs /dev
	mount -t debugfs debugfs /sys/kernel/debug 2>/dev/null
	say "# $(uname -sr), PID $$"

	is "PID 1 starts in its root" "$(cwd_inode 1)" "$(root_inode 1)"
	ok "relative paths work for PID 1" test -e marker -a -e jail/in-jail
	check_roots rootfs
	check_firmware
	check_core
	check_helpers
	check_devices
	check_processes
	check_leaks
	check_roots rootfs
}

# new_root DIR: with all that the second half needs.
new_root()
{
	mount -t tmpfs tmpfs "$1"
	mkdir "$1/proc" "$1/sys" "$1/dev" "$1/tmp" "$1/mnt"
	cp -a /bin /sbin /boot /jail /lib /custom /etc "$1"
	mv "$1/lib/firmware/boot-test.bin" "$1/lib/firmware/second.bin"
	echo "only in the second root" >>"$1/lib/firmware/second.bin"
	: >"$1/second-marker"
	mount --move /dev "$1/dev"
	mount --move /sys "$1/sys"
	mount --move /proc "$1/proc"
}

second_half()
{
	ok "switch_root: PID 1 is in the new root" test -e /second-marker
	is "PID 1 starts in its new root" "$(cwd_inode 1)" "$(root_inode 1)"
	check_roots tmpfs
	check_firmware /lib/firmware/second.bin
	check_core
	check_helpers
	say end
	poweroff -f
}

case ${1:-} in
second)
	second_half
	;;
*)
	first_half
	new_root /new
	exec switch_root /new /boot/init.sh second
	;;
esac
