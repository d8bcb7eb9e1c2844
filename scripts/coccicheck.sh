#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Put the semantic patches that are coccicheck rules, those with a report mode,
# below scripts/coccinelle/ of a kernel tree, or take them away.
#
#   scripts/coccicheck.sh install|uninstall TREE
#
# They get names as the kernel has them, 02-kthread-worker-flags becomes
# kthread_worker_flags.cocci, and a line that says whose they are.  A file
# without that line is never touched.  Prints the names of the files.
#
# Exit status: 0 done, 2 refused, nothing was changed.

set -eu

marker='// Installed-by: kthread-cocci'
place=scripts/coccinelle/kthread

refuse()
{
	echo "coccicheck.sh: $*" >&2
	exit 2
}

is_ours()
{
	test -f "$1" && test ! -L "$1" && grep -q "^$marker\$" "$1"
}

rules() { grep -l '^virtual report$' -- *.cocci; }
kernel_name() { echo "$1" | sed 's/^[0-9]*[a-z]*-//; s/-/_/g'; }

install_rules()
{
	for rule in $(rules); do
		file=$folder/$(kernel_name "$rule")
		if test -e "$file" || test -L "$file"; then
			is_ours "$file" || refuse "$file is not ours"
		fi
	done
	mkdir -p "$folder" || refuse "cannot write to $tree"
	temporary=$(mktemp "$folder/.rule.XXXXXX") ||
		refuse "cannot write to $folder"
	trap 'rm -f "$temporary"' EXIT
	for rule in $(rules); do
		# Behind the SPDX line, which has to be the first.
		sed "1a\\
$marker" "$rule" >"$temporary"
		chmod 644 "$temporary"
		mv "$temporary" "$folder/$(kernel_name "$rule")"
		echo "$place/$(kernel_name "$rule")"
	done
}

uninstall_rules()
{
	for file in "$folder"/*.cocci; do
		is_ours "$file" || continue
		rm "$file"
		echo "$place/${file##*/}"
	done
	# It goes only where nothing of anybody else is in it.
	test ! -d "$folder" || rmdir "$folder" 2>/dev/null || :
}

if test $# -ne 2 || test -z "$2"; then
	refuse "usage: make install-coccicheck|uninstall-coccicheck TREE=/path/to/linux"
fi
tree=$(cd "$2" 2>/dev/null && pwd) || refuse "there is no folder $2"
folder=$tree/$place
if ! test -f "$tree/scripts/coccicheck" || ! test -d "$tree/scripts/coccinelle"
then
	refuse "$tree has no scripts/coccicheck, so it is no kernel tree"
fi
test ! -L "$folder" || refuse "$folder is a symbolic link"
cd "$(dirname "$0")/../cocci"
case $1 in
install)	install_rules ;;
uninstall)	uninstall_rules ;;
*)		refuse "there is no '$1'" ;;
esac
