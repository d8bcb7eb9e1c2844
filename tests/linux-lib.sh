# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# What the scripts that work on real kernels share; $top is the checkout.

: "${top:?}"

# linux_tree VERSION TREE: print the tree to work on.  TREE wins; otherwise the
# tree of VERSION is unpacked below build/linux once and kept.
linux_tree()
{
	if test -n "$2"; then
		(cd "$2" && pwd)
		return
	fi
	if test -z "$1"; then
		echo "usage: make TARGET V=6.1 (or 6.12, 7.2, 7.3), or TREE=/path/to/linux" >&2
		return 2
	fi
	mkdir -p "$top/build/linux"
	test -d "$top/build/linux/$1" ||
		"$top/scripts/get-linux.sh" "$1" "$top/build/linux/$1" || return
	echo "$top/build/linux/$1"
}

# copy_tree TREE COPY: a copy that shares its files with TREE.  The program
# replaces files and never writes into them, and so do we.
copy_tree()
{
	cp -al "$1/." "$2" 2>/dev/null || {
		rm -rf "$2"
		cp -a "$1/." "$2"
	}
}

# linux_version TREE: VERSION.PATCHLEVEL.SUBLEVEL
linux_version()
{
	awk -F ' *= *' '/^(VERSION|PATCHLEVEL|SUBLEVEL) *=/ { v[$1] = $2 }
		END { print v["VERSION"] "." v["PATCHLEVEL"] "." v["SUBLEVEL"] }' \
		"$1/Makefile"
}
