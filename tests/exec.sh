#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# How prove starts a test: a case as it is, a unit test with TAP output.
case $1 in
*.t) exec "$@" ;;
*) exec "$@" --tap ;;
esac
