#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# How lookups are converted: the tree decides, and where it has what both
# dialects need, the user may.
. "$(dirname "$0")/../lib.sh"

# state STEP: what "steps" says of it.
state() { sed -n "s/^$1[^ ]* *\([^ ].*\)/\1/p" "$scratch/stdout"; }

run -C "$top/tests/linux-mini-7.3" steps
like "a tree with the scope: step 10b applies" "$scratch/stdout" '^10b.* applies '
is "a tree with the scope: step 10 does not, with the reason" "$(state 10-)" \
	"not for this tree  the tree has scoped_with_init_fs"
run -C "$top/tests/linux-mini-7.3" steps --dialect=lookup-in-init
is "the other dialect: step 10b does not apply" "$(state 10b-)" \
	"not for this tree  dialect lookup-in-init was asked for"
is "the other dialect: what step 10 needs is not there" "$(state 10-)" \
	"not for this tree  the tree has no nullfs_fs_type"
run -C "$top/tests/linux-mini-7.3" patch --dialect=lookup-in-init
is "the other dialect: nothing is converted" "$status$(cat "$scratch/stdout")" 0

run -C "$top/tests/linux-mini" steps
is "a tree without the scope: step 10b does not apply, with the reason" \
	"$(state 10b-)" "not for this tree  the tree has no scoped_with_init_fs"
run -C "$top/tests/linux-mini" steps --dialect=scoped
is "asked for: it does not apply either" \
	"$(state 10b-)" "not for this tree  the tree has no scoped_with_init_fs"

# A tree that has both: LOOKUP_IN_INIT of steps 05 to 09, and the macro.
cp -a "$top/tests/linux-mini" "$scratch/both"
run -q -C "$scratch/both" apply 01 02 03 04 05 06 07 08 09
cat >>"$scratch/both/include/linux/fs_struct.h" <<'HEADER'
#define scoped_with_init_fs() for (int once = 1; once; once = 0)
HEADER
run -C "$scratch/both" steps
like "a tree with both: the scope wins" "$scratch/stdout" '^10b.* applies '
like "a tree with both: step 10 is left out" "$scratch/stdout" \
	'^10-.* not for this tree '
run -C "$scratch/both" steps --dialect=lookup-in-init
like "a tree with both, asked for: step 10 applies" "$scratch/stdout" \
	'^10-.* applies '
run -q -C "$scratch/both" patch 10 --dialect=lookup-in-init
like "a tree with both, asked for: it gives flags" "$scratch/stdout" \
	'^[+].*LOOKUP_IN_INIT'
unlike "a tree with both, asked for: and no scopes" "$scratch/stdout" \
	'^[+].*scoped_with_init_fs'
run -q -C "$scratch/both" patch --dialect=scoped
like "a tree with both: it gives scopes" "$scratch/stdout" \
	'^[+].*scoped_with_init_fs()'
unlike "a tree with both: and no flags" "$scratch/stdout" '^[+].*LOOKUP_IN_INIT'

for command in steps patch audit; do
	run -C "$top/tests/linux-mini" $command --dialect=latin
	is "$command: an unknown dialect: status" "$status" 2
	is "$command: an unknown dialect: one line" "$(cat "$scratch/stderr")" \
		"kthread-cocci: there is no dialect 'latin' (try --help)"
done

done_testing
