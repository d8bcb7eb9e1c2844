#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Unpack Debian's linux-source-VERSION into a folder.  Nothing is installed.
#
# The package is first looked up in the package lists that this machine already
# has.  If it is not there (lists missing, or a kernel newer than the release),
# the machine's own Debian sources are copied into a private apt state, the
# newer suites of the same archive are added to the copy, and only that private
# state is updated.  The system's apt configuration, lists and package database
# are never written.
#
# Exit status: 0 the tree is there, 2 usage or environment error.

set -eu

# Suites of the archive that may carry a newer kernel, oldest first.  They are
# Debian's aliases, so that the list does not age.
SUITES="stable stable-backports testing unstable experimental"

usage()
{
	cat <<'USAGE'
Usage: scripts/get-linux.sh VERSION DIR
       scripts/get-linux.sh --list

Unpack Debian's linux-source-VERSION (6.1, 6.12, 7.2, ...) into DIR, which must
not exist or be empty.  --list prints the versions that can be had.
USAGE
}

die()
{
	echo "get-linux.sh: $*" >&2
	exit 2
}

# private_apt COMMAND ARGS...: run an apt tool on the private state only.
private_apt()
{
	tool=$1
	shift
	"$tool" -q \
		-o Dir::State="$work/state" \
		-o Dir::State::status="$work/status" \
		-o Dir::Cache="$work/cache" \
		-o Dir::Etc::SourceList="$work/sources.list" \
		-o Dir::Etc::SourceParts=/dev/null \
		-o Dir::Etc::Preferences=/dev/null \
		-o Dir::Etc::PreferencesParts=/dev/null \
		-o Acquire::Languages=none \
		-o APT::Sandbox::User= \
		"$@"
}

# make_sources: write sources.list from the Debian archives that this machine
# uses, with the newer suites added for every archive that is a main one (a
# security or a private archive has other suite names).
make_sources()
{
	keyring=/usr/share/keyrings/debian-archive-keyring.gpg
	test -r "$keyring" ||
		die "$keyring is missing: install debian-archive-keyring"
	codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
	test -n "$codename" || die "/etc/os-release names no Debian codename"

	# Without lists apt knows neither origin nor label, so the suite's name
	# tells: a third-party source has no suite that is called bookworm*.
	# shellcheck disable=SC2016 # the variables are apt's
	apt-get indextargets \
		--format '$(REPO_URI) $(RELEASE) $(COMPONENT)' \
		'Created-By: Packages' |
	awk -v codename="$codename" -v suites="$SUITES" -v key="$keyring" '
		$3 != "main" || index($2, codename) != 1 { next }
		!seen[$1 " " $2]++ {
			printf "deb [signed-by=%s] %s %s main\n", key, $1, $2
		}
		$2 == codename && !main[$1]++ {
			n = split(suites, s, " ")
			for (i = 1; i <= n; i++)
				printf "deb [signed-by=%s] %s %s main\n", key, $1, s[i]
		}' >"$work/sources.list"
	test -s "$work/sources.list" ||
		die "no Debian archive among this machine's apt sources"
}

# private_state: set up and update the private apt state.
private_state()
{
	mkdir -p "$work/state/lists/partial" "$work/cache/archives/partial"
	: >"$work/status"
	make_sources
	echo "get-linux.sh: reading the package lists of newer suites" >&2
	private_apt apt-get update >"$work/update.log" 2>&1 ||
		die "cannot read the package lists: $(grep '^[EW]:' "$work/update.log" | head -n 1)"
}

known_here()
{
	apt-cache show --no-all-versions "$1" >/dev/null 2>&1
}

# fetch PACKAGE: leave the .deb in the current folder.
fetch()
{
	package=$1
	if known_here "$package"; then
		set -- apt-get -q -o APT::Sandbox::User=
	else
		private_state
		private_apt apt-cache show "$package" >/dev/null 2>&1 ||
			die "no package $package in any suite of this machine's archives (try --list)"
		set -- private_apt apt-get
	fi
	echo "get-linux.sh: downloading $package" >&2
	"$@" download "$package" >"$work/download.log" 2>&1 ||
		die "download failed: $(grep '^E:' "$work/download.log" | head -n 1)"
}

list_versions()
{
	private_state
	private_apt apt-cache search --names-only '^linux-source-[0-9.]+$' |
		sed -n 's/^linux-source-\([0-9.]*\) .*/\1/p' | sort -t. -k1,1n -k2,2n
}

case ${1:-} in
-h|--help)
	usage
	exit 0
	;;
--list)
	test $# -eq 1 || { usage >&2; exit 2; }
	;;
*)
	test $# -eq 2 || { usage >&2; exit 2; }
	;;
esac

for tool in apt-get apt-cache dpkg-deb tar xz; do
	command -v "$tool" >/dev/null 2>&1 ||
		die "$tool is missing: this script needs a Debian system"
done

work=
partial=
cleanup()
{
	test -z "$work" || rm -rf "$work"
	test -z "$partial" || rm -rf "$partial"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

if test "$1" = --list; then
	work=$(mktemp -d)
	list_versions
	exit 0
fi

version=$1
dir=$2
case $version in
''|*[!0-9.]*|.*|*.)
	die "'$version' is no kernel version such as 6.12"
	;;
esac
case $dir in
-*) dir=./$dir ;;
esac
if test -e "$dir" && test -n "$(ls -A "$dir" 2>/dev/null || echo x)"; then
	die "$dir is there already and not empty"
fi
mkdir -p "$(dirname "$dir")" || die "cannot create $(dirname "$dir")"

# Everything is unpacked beside DIR and renamed at the end, so that DIR is
# never half a tree.
partial=$(mktemp -d "$(dirname "$dir")/.get-linux.XXXXXX")
work=$partial/work
mkdir "$work"
work=$(cd "$work" && pwd)

(cd "$work" && fetch "linux-source-$version")
set -- "$work"/linux-source-"$version"_*.deb
test -f "$1" || die "apt downloaded no linux-source-$version"
echo "get-linux.sh: unpacking $(basename "$1")" >&2
dpkg-deb --fsys-tarfile "$1" |
	tar -xf - -C "$work" "./usr/src/linux-source-$version.tar.xz"
mkdir "$partial/tree"
tar -xJf "$work/usr/src/linux-source-$version.tar.xz" -C "$partial/tree" \
	--strip-components=1
test -f "$partial/tree/Makefile" || die "the package holds no kernel tree"
test ! -d "$dir" || rmdir "$dir"
mv "$partial/tree" "$dir"
echo "get-linux.sh: linux $version is in $dir" >&2
