#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# A program that the kernel starts: /sbin/helper-core gets core dumps,
# /sbin/helper-modprobe is to load modules, /sbin/helper-hotplug hears of
# devices.  It notes where it runs in /helper/NAME.
# shellcheck source=lib.sh
. /boot/lib.sh

name=$(basename "$0")
test "$name" != helper-core || cat >/helper/core
{
	echo "type $(root_type self)"
	echo "root $(root_inode self)"
	echo "cwd $(cwd_inode self)"
} >"/helper/.$$"
mv "/helper/.$$" "/helper/$name"
