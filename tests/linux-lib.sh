# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# What the scripts that work on real kernels share; $top is the checkout.

: "${top:?}"

# The kernel's make takes V= and the flags of the make that started us for its own.
unset MAKEFLAGS MFLAGS MAKELEVEL V

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

# checkpatch TREE DIFF: what the checkpatch.pl of the tree says, without line
# numbers.  It writes a cache into the folder where it runs, which must not be
# the tree.  It takes the parts of a _Generic() for labels, and in older trees the
# word for CamelCase.
checkpatch()
{
	perl "$1/scripts/checkpatch.pl" --strict --no-tree --root=. --show-types \
		--terse --showfile --ignore MISSING_SIGN_OFF,COMMIT_MESSAGE \
		--no-summary "$2" 2>&1 |
		sed 's/^[^:]*:\([^:]*\):[0-9]*:/\1:/; s/^\([^:]*\):[0-9]*:/\1:/
			s/ line length of [0-9]* / line length /' |
		LC_ALL=C sort
}

# linux_checkpatch TREE FOLDER STEP: checkpatch may say of the new lines only
# what it says of the old ones: ask it about the diff and about its inverse, and
# compare per file and type.  FOLDER holds STEP.diff and the files before and
# behind it in a/ and b/.
# In 6.1's msm_drv.c the list cannot stand behind its parenthesis: it had begun
# below it, and with the rest of the line that would be 117 columns.
linux_checkpatch()
{
	if ! test -f "$1/scripts/checkpatch.pl"; then
		skip "$3: checkpatch --strict" "the tree has no scripts/checkpatch.pl"
		return
	fi
	(cd "$2" && git diff --no-index --no-prefix b a >back.diff)
	mkdir -p "$2/a/include"
	(cd "$2/a" && checkpatch "$1" "$2/$3.diff" >"$2/new")
	(cd "$2/a" && checkpatch "$1" "$2/back.diff" >"$2/old")
	is "$3: checkpatch --strict: nothing that it does not say of the old lines" \
		"$(LC_ALL=C comm -23 "$2/new" "$2/old" |
			grep -v -e "^include/linux/kthread.h: .*\(SPACING\|TRAILING_STATEMENTS\|MACRO_ARG_REUSE\|CAMELCASE.*<_Generic>\)" \
				-e "^drivers/gpu/drm/msm/msm_drv.c: CHECK:OPEN_ENDED_LINE")" ""
}
