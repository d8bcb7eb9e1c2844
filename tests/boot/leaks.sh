# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
#
# The creation of kernel threads is made to fail, in all ways that the module
# kthread_failure knows, and whoever asked for a thread is killed: what was
# allocated for it must be freed, once.
#
# A leak is seen twice: kmemleak finds objects that nothing points to, and the
# slab caches that the objects come from grow with the rounds.

failing=/sys/kernel/debug/kthread_failure
kmemleak=/sys/kernel/debug/kmemleak

# The caches that requests, names, workers and threads are allocated from, and
# their objects.  Shrinking gives back what is free already.
slab_objects()
{
	for cache in /sys/kernel/slab/kmalloc-* /sys/kernel/slab/task_struct; do
		echo 1 >"$cache/shrink"
	done 2>/dev/null
	awk '$1 ~ /^(kmalloc-(cg-)?[0-9]+k?|task_struct)$/ { print $1, $2 }' \
		/proc/slabinfo
}

# grown BEFORE AFTER ROUNDS: the caches that have more than half an object more
# for each round; a few objects come and go by themselves.
grown()
{
	awk -v rounds="$3" 'NR == FNR { before[$1] = $2; next }
		$2 - before[$1] > rounds / 2 {
			print $1 " has " $2 - before[$1] " objects more"
		}' "$1" "$2"
}

# The threads of the module that are still there; workers of the kernel come and go.
failing_threads() { grep -l '^failing_' /proc/[0-9]*/comm 2>/dev/null | wc -l; }

# fail MODE ROUNDS: a process of its own, since it may be killed.
fail() { sh -c "echo $2 >$failing/$1" >/dev/null 2>&1; }

# fail_raced ROUNDS: the process is killed at some moment of its work.
fail_raced()
{
	race=0
	while test "$race" -lt "$1"; do
		sh -c "echo 1000000 >$failing/raced" >/dev/null 2>&1 &
		usleep "$((5000 + race * 977 % 20000))"
		kill -KILL $!
		wait $! 2>/dev/null
		race=$((race + 1))
	done
}

# settle: kthreadd takes one request after the other, so when it has served this
# one, it has served all; then the threads that nobody wants exit.
settle()
{
	fail plain 1
	sleep 1
}

# grows MODE ROUNDS: the caches that grow if the creation fails that often.
grows()
{
	slab_objects >/tmp/slab.before
	case $1 in
	raced)	fail_raced "$2" ;;
	*)	fail "$1" "$2" ;;
	esac
	settle
	slab_objects >/tmp/slab.after
	grown /tmp/slab.before /tmp/slab.after "$2"
}

# leaked: what kmemleak says of threads, the same calls together, without those
# of the allocator and of kmemleak itself.
leaked()
{
	awk '/^unreferenced object/ { flush(); size = $5; sub(/\).*/, "", size) }
		/^ *\[?<?[0-9a-fx]*>?\]? *[A-Za-z_0-9.]+\+0x/ {
			sub(/^ *(\[<[0-9a-fx]*>\] *)?/, "")
			sub(/\+.*/, "")
			calls = /kmemleak|alloc|stack_trace|track/ ? "" : calls " <- " $0
		}
		function flush() {
			if (calls ~ /kthread/)
				count[size " bytes" calls]++
			calls = ""
		}
		END {
			flush()
			for (one in count)
				print count[one] " objects of " one
		}' "$kmemleak" | sort -rn
}

check_leaks()
{
	if test "${BOOT_ROUNDS:-0}" -eq 0 || ! test -e /kthread_failure.ko; then
		say "skip failing threads # not asked for"
		return
	fi
	ok "kthread_failure: the module is loaded" insmod /kthread_failure.ko
	for fault in failslab fail_page_alloc; do
		cd "/sys/kernel/debug/$fault" || continue
		echo N >ignore-gfp-wait
		echo 0 >verbose
		echo -1 >"times"
		test ! -e min-order || echo 0 >min-order
	done
	cd /

	# The first rounds fill what the kernel keeps for later.
	for mode in plain killed caller kthreadd killed_kthreadd; do
		fail $mode 2
	done
	fail_raced 2
	settle
	echo clear >$kmemleak
	few=$((BOOT_ROUNDS / 100 + 1))
	for mode in plain killed; do
		none "kthread_failure: $mode: caches that grow" \
			"$(grows $mode "$BOOT_ROUNDS")"
	done
	none "kthread_failure: raced: caches that grow" \
		"$(grows raced "$((few * 4))")"
	for mode in caller kthreadd killed_kthreadd; do
		none "kthread_failure: $mode: caches that grow" \
			"$(grows $mode $few)"
	done
	sed 's/^/kthread_failure: /' $failing/counts | diag
	is "kthread_failure: all errors are expected ones: others" \
		"$(sed -n 's/^other //p' $failing/counts)" 0
	for how in interrupted no_memory created; do
		ok "kthread_failure: some are $how" \
			test "$(sed -n "s/^$how //p" $failing/counts)" -gt 0
	done
	is "kthread_failure: threads that stay" "$(failing_threads)" 0
	check_kmemleak
	ok "kthread_failure: the module is removed" rmmod kthread_failure
}

check_kmemleak()
{
	if ! test -e $kmemleak; then
		say "skip kmemleak # the kernel has none"
		return
	fi
	# It reports what is older than five seconds and was seen unreferenced
	# by a scan.
	sleep 6
	echo scan >$kmemleak
	echo scan >$kmemleak
	leaked >/tmp/leaked
	none "kmemleak: leaks of threads" "$(cat /tmp/leaked)"
	say "# kmemleak: $(grep -c '^unreferenced' $kmemleak) unreferenced objects in all"
}
