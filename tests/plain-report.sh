#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# A report on stdin without what differs between machines, for comparison: how
# wide letters are is a matter of fonts, so pictures lose their coordinates.
# The page also loses its style sheet and script, which are files of ours.
#
#   kthread-cocci contexts --format=FORMAT | tests/plain-report.sh FORMAT

case $1 in
html)
	sed -E '/^<style>$/,/^<\/style>$/d; /^<script>$/,/^<\/script>$/d
		s/ (points|d|x|y|width|height|viewBox|transform)="[^"]*"/ \1=""/g
		s/(kthread-cocci )[0-9.]+[0-9]/\1VERSION/g'
	;;
sarif)
	sed -E 's/("version": )"[0-9]\.[0-9]+"/\1"VERSION"/'
	;;
*)
	cat
	;;
esac
