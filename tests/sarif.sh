#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Is FILE valid SARIF 2.1.0?  It is held against the schema of the standard,
# which no Debian package has: it comes from the npm registry, once, into
# build/sarif/, and its checksum is known.
#
#   tests/sarif.sh FILE
#
# Exit status: 0 valid, 1 not (what is wrong is printed), 2 the schema cannot be
# had (stderr says why).

set -eu

# The package of the schema's publisher with the schema in it.
PACKAGE=@microsoft/jest-sarif
VERSION=1.0.0-beta.0
MEMBER=package/lib/schemas/sarif-2.1.0-rtm.5.json
SUM=2d99159ae54a3eea97f81781cff48780548657c35949f4b7f25e99a2ba4de4f8

top=$(cd "$(dirname "$0")/.." && pwd)
schema=$top/build/sarif/schema.json

# is_good FILE
is_good()
{
	echo "$SUM  $1" | sha256sum -c --status 2>/dev/null
}

# npm where it is installed, because it knows the user's registry; otherwise the
# downloader that every Debian has.
download()
{
	if command -v npm >/dev/null 2>&1; then
		(cd "$work" && timeout 120 npm pack --loglevel=error \
			"$PACKAGE@$VERSION" >/dev/null 2>"$work/log") || return 1
	else
		timeout 120 /usr/lib/apt/apt-helper download-file \
			"https://registry.npmjs.org/$PACKAGE/-/${PACKAGE#*/}-$VERSION.tgz" \
			"$work/schema.tgz" >"$work/log" 2>&1 || return 1
	fi
	tar -xzf "$work"/*.tgz -C "$work" "$MEMBER" 2>"$work/log"
}

test $# -eq 1 || {
	echo "usage: tests/sarif.sh FILE" >&2
	exit 2
}
if ! is_good "$schema"; then
	mkdir -p "$(dirname "$schema")"
	work=$(mktemp -d "$(dirname "$schema")/.new.XXXXXX")
	trap 'rm -rf "$work"' EXIT
	if ! download; then
		echo "sarif.sh: cannot get the schema: $(grep . "$work/log" | head -n 1)" >&2
		exit 2
	fi
	if ! is_good "$work/$MEMBER"; then
		echo "sarif.sh: $PACKAGE has another schema than expected" >&2
		exit 2
	fi
	mv "$work/$MEMBER" "$schema"
fi
NODE_PATH=/usr/share/nodejs node "$top/tests/sarif.js" "$schema" "$1"
