#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# The review of a real kernel against what was found by reading its source:
# expected/review-VERSION.tsv has every lookup with its verdict, and
# expected/sections-VERSION.tsv the sections of the series author's own review.
# Prints TAP.
#
#   tests/review.sh VERSION [TREE]
. "$(dirname "$0")/cases/../lib.sh"
top=$(cd "$(dirname "$0")/.." && pwd)
PROGRAM=$top/build/kthread-cocci
. "$top/tests/linux-lib.sh"

tree=$(linux_tree "${1:-}" "${2:-}") || exit 2
short=$(linux_version "$tree" | cut -d. -f1-2)
read_by_hand=$top/expected/review-$short.tsv
sections=$top/expected/sections-$short.tsv
tab=$(printf '\t')
export XDG_CACHE_HOME="$scratch/cache"

"$PROGRAM" -j 1 -C "$tree" contexts --format=tsv >"$scratch/cold" 2>"$scratch/err"
is "contexts exits with 0" "$?" 0
ok "it says nothing on stderr" test ! -s "$scratch/err"
"$PROGRAM" -j 2 -C "$tree" contexts --format=tsv >"$scratch/warm"
same "the same bytes from the cache, with another -j" "$scratch/warm" "$scratch/cold"
"$PROGRAM" -j 3 -C "$tree" contexts --format=tsv --rebuild >"$scratch/again"
same "the same bytes from an index that was built anew" "$scratch/again" "$scratch/cold"

# file, function, lookup -> verdict; a function's calls of one lookup agree.
awk -F '\t' 'NR > 1 { print $1 "\t" $3 "\t" $4 "\t" $5 }' "$scratch/cold" |
	sort -u >"$scratch/sites"
diag "$(cut -f4 "$scratch/sites" | sort | uniq -c | tr -s ' ' | tr '\n' ',')"

if test -f "$read_by_hand"; then
	grep -v '^#' "$read_by_hand" | sed 1d | cut -f1-4 | sort -u >"$scratch/read"
	same "every lookup has the verdict that reading gave it" \
		"$scratch/sites" "$scratch/read"
	wrong=$(grep -E "${tab}(kthread|mixed)\$" "$scratch/sites" |
		grep -cvxFf "$scratch/read")
	reported=$(grep -cE "${tab}(kthread|mixed)\$" "$scratch/sites")
	ok "at most 1 of 20 reported sites is wrong ($wrong of $reported)" \
		test $((wrong * 20)) -le "$reported"
else
	skip "verdicts" "nobody has read linux $short yet"
fi

# One line a section and place: number, converted or not, file, function.
if test -f "$sections"; then
	grep -v '^#' "$sections" | sed 1d >"$scratch/sections"
	while IFS=$tab read -r section wanted file function lookup; do
		found=$(awk -F '\t' -v f="$file" -v g="$function" -v l="$lookup" \
			'$1 == f && $2 == g && (l == "*" || $3 == l) { print $4 }' \
			"$scratch/sites" | sort -u | paste -sd ' ' -)
		case $wanted in
		converted)
			ok "section $section: $function() is kthread or mixed ($found)" \
				sh -c "case '$found' in kthread|mixed|'kthread mixed') ;; *) exit 1 ;; esac" ;;
		mixed)
			is "section $section: $function() is mixed" "$found" mixed ;;
		none)
			ok "section $section: $function() needs nothing ($found)" \
				sh -c "case ' $found ' in *' kthread '*|*' mixed '*|'  ') exit 1 ;; esac" ;;
		absent)
			is "section $section: $function() looks nothing up" "$found" "" ;;
		*)
			not_ok "section $section: '$wanted' is a known word" true ;;
		esac
	done <"$scratch/sections"

	# The chains of sections 5 and 8, hop by hop.
	chain()
	{
		ok "section $1: $2" grep -qF "$tab$2" "$scratch/chains"
	}
	"$PROGRAM" -C "$tree" contexts --format=tsv --all-chains \
		fs/init.c fs/btrfs/volumes.c init/initramfs.c >"$scratch/chains"
	unpack='do_populate_rootfs>unpack_to_rootfs>write_buffer~actions~>'
	chain 5 "${unpack}do_name>clean_path>init_stat"
	chain 5 "${unpack}do_name>clean_path>init_rmdir"
	chain 5 "${unpack}do_name>clean_path>init_unlink"
	chain 5 "${unpack}do_name>maybe_link>init_link"
	chain 5 "${unpack}do_name"
	chain 5 "${unpack}do_name>init_mkdir"
	chain 5 "${unpack}do_name>init_chown"
	chain 5 "${unpack}do_name>init_chmod"
	chain 5 "${unpack}do_name>init_mknod"
	chain 5 "${unpack}do_symlink>init_symlink"
	chain 5 "do_populate_rootfs>unpack_to_rootfs>dir_utime>do_utime>init_utimes"
	chain 5 "do_populate_rootfs>populate_initrd_image"
	chain 8 "btrfs_dev_replace_kthread>btrfs_dev_replace_finishing>btrfs_scratch_superblocks>update_dev_time"
fi
done_testing
