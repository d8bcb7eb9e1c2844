#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Modules that are built outside of the kernel: --kernel and --compat.
. "$(dirname "$0")/../lib.sh"

cd "$scratch" || exit 2

# put FILE: a file of stdin, with its folders.
put()
{
	mkdir -p "$(dirname "$1")"
	cat >"$1"
}

# refused NAME LINE ARGS...: exit status 2 and one line.
refused()
{
	name=$1 line=$2
	shift 2
	run "$@"
	is "$name: status" "$status" 2
	is "$name: one line" "$(cat stderr)" "kthread-cocci: $line"
}

# What tests/module gives on a kernel with the scope, and on one with
# LOOKUP_IN_INIT.
PROGRAM="$PROGRAM" "$top/tests/module-golden.sh" golden
for file in "$top"/expected/module/*; do
	same "tests/module: $(basename "$file")" "golden/$(basename "$file")" \
		"$file"
done
is "tests/module: nothing else" "$(ls golden)" "$(ls "$top/expected/module")"
for kernel in scoped init; do
	rm -rf copy
	cp -a "$top/tests/module" copy
	sed '/^status: /d' golden/$kernel.compat >new.diff
	ok "$kernel: git takes the diff, with the new header" \
		git -C copy apply -p1 "$scratch/new.diff"
	ok "$kernel: the header is there" \
		test -s copy/include/journal/kthread_cocci_compat.h
done

cp -a "$top/tests/linux-mini-7.3" linux
cp -a "$top/tests/module-kernel/." linux
cp -a linux pristine

# A small module: one lookup, reached through an interface of the kernel.
small()
{
	rm -rf mod
	put mod/small.c <<'C'
#include <linux/fs.h>
#include <linux/runner.h>

static struct runner runner;

static void small_run(struct runner *unused)
{
	struct file *file = filp_open("/etc/small", O_RDONLY, 0);

	if (!IS_ERR(file))
		filp_close(file, NULL);
}

int small_start(void)
{
	runner_start(&runner, small_run);
	return 0;
}
C
}

small
run -C mod --kernel linux contexts
like "a chain through the kernel: its paths are marked" stdout \
	'^      runner_work\(\)  # work function, INIT_WORK\(\) at ./linux/lib/runner.c:[0-9]+$'
like "a chain through the kernel: the module's are its own" stdout \
	'runner.run = small_run\(\) *# small.c:16$'
run -C mod --kernel ./linux/ contexts --format=tsv
like "a chain through the kernel: tsv" stdout \
	'^small.c	8	small_run	filp_open	kthread	typed	runner_work	runner_work~runner.run~>small_run$'
is "only the module's lookups" "$(wc -l <stdout)" 2
run -C mod --kernel "$scratch/linux" contexts
like "an absolute path stays as it is" stdout "at $scratch/linux/lib/runner.c:"
(cd mod && "$PROGRAM" --kernel ../linux contexts) >stdout
like "from within the module" stdout 'at ../linux/lib/runner.c:'
run -C mod --kernel linux index
like "index: of both" stderr 'files, .*; 1 files scanned$'
run -C mod --kernel linux index --edges
is "index --edges: only the module's calls" \
	"$(cut -f 1 stdout | sort -u)" small.c
run -C mod --kernel linux contexts linux/fs.h
is "contexts: what neither has" "$status" 2
for format in json org sarif dot html; do
	run -C mod --kernel linux contexts --format=$format
	is "contexts --format=$format" "$status" 0
	like "contexts --format=$format: the chain" stdout 'runner_work'
done

run -C mod --kernel linux contexts --format=sarif
like "sarif: the kernel is where it is" stdout \
	"\"uri\": \"file://$scratch/linux/lib/runner.c\""

# The kernel's own cache serves every module.
run -v -C linux index
cp -a mod other
run -v -C other --kernel linux contexts
like "another module: only its own files are scanned" stderr \
	'module: 1 files scanned$'
unlike "another module: the kernel's are not" stderr 'index: [0-9][0-9]+ files'

# Kernel and module know different things of a name.
put mod/names.c <<'C'
#include <linux/namei.h>

/* The kernel has a kern_path(), this is another. */
static int kern_path(const char *name, unsigned int flags, struct path *path)
{
	return name && flags && path;
}

static void names_work(struct work_struct *work)
{
	struct path path;

	kern_path("/", 1, &path);
}

void names_init(struct work_struct *work)
{
	INIT_WORK(work, names_work);
}
C
run -C mod --kernel linux contexts names.c
unlike "a function of the module hides the kernel's" stdout names_work

small
run -C mod --kernel linux check
is "check: one is left" "$status$(cut -d : -f 1-3 stdout)" \
	"1small.c:8: small_run()"
run -C mod --kernel "$top/tests/linux-mini-6.1" check
is "check: a kernel that does not isolate" "$status$(cat stdout)" 0
like "check: says so" stderr \
	'linux-mini-6.1 has no nullfs, so no path lookup of the module is to be converted$'

# check --diff compares states of the module.
if git --version >/dev/null 2>&1; then
	git -C mod init -q
	git -C mod add small.c
	git -C mod -c user.name=T -c user.email=t@example.org commit -qm one
	run -C mod --kernel linux check --diff HEAD
	is "check --diff: nothing is new" "$status$(cat stdout)" 0
	sed 's/small_/second_/g; s/runner;/second_runner;/
		s/&runner/\&second_runner/' mod/small.c >mod/second.c
	run -C mod --kernel linux check --diff HEAD
	is "check --diff: the new file's is" "$status$(cut -d : -f 1 stdout)" \
		1second.c
fi

# patch and apply.
small
run -C mod --kernel linux patch
is "patch: status" "$status" 0
like "patch: the kernel's header is included" stdout \
	'^[+]#include <linux/fs_struct.h>$'
run -C mod --kernel linux apply
like "apply: one file" stderr ' 1 files written$'
ok "apply: nothing else is there" test "$(ls -A mod)" = small.c
cp mod/small.c once.c
run -C mod --kernel linux apply
is "apply again: nothing" "$status$(cat stderr)" "0kthread-cocci: 0 files written"
same "apply again: the same bytes" mod/small.c once.c
run -C mod --kernel linux check
is "check: nothing is left" "$status$(cat stdout)" 0
ok "the kernel is untouched" diff -r pristine linux

# What other systems write around a value that is returned.
small
put mod/open.c <<'C'
#include <linux/fs.h>
#include <linux/runner.h>

static struct file *
open_log(void)
{
	return (filp_open("/var/log", O_RDONLY, 0));
}

void
open_run(struct runner *unused)
{
	fput(open_log());
}

void
open_start(struct runner *runner)
{
	runner_start(runner, open_run);
}
C
run -C mod --kernel linux apply
is "return (f()): status" "$status" 0
is "return (f()): in the scope" "$(sed -n '/scoped_with/,/return/p' mod/open.c)" \
	"$(printf '\tscoped_with_init_fs()\n\t\treturn (filp_open("/var/log", O_RDONLY, 0));')"

# --compat: the header is like the module's others.
style()
{
	run -C mod --kernel linux apply --compat
	header=$(cd mod && find . -name 'kthread*')
	sed -n '/^#include ["<].*kthread/p' mod/small.c >included
}
small
style
is "compat: no header to learn from: its place" "$header" \
	./kthread-cocci-compat.h
is "compat: no header to learn from: how it is included" "$(cat included)" \
	'#include "kthread-cocci-compat.h"'
like "compat: a guard" "mod/$header" '^#ifndef _KTHREAD_COCCI_COMPAT_H$'
is "compat: the mode of a file" "$(stat -c %a "mod/$header")" 644
echo '/* mine */' >>"mod/$header"
cp "mod/$header" mine.h
sed 's/small_/third_/g' mod/small.c | sed '/scoped_with_init_fs/d' >mod/third.c
run -C mod --kernel linux apply --compat
like "compat: a later file is converted" mod/third.c 'scoped_with_init_fs'
same "compat: the header that is there is not touched" "mod/$header" mine.h
is "compat: it is included once" "$(grep -c kthread- mod/third.c)" 1

small
mkdir mod/src
mv mod/small.c mod/src
put mod/inc/os_compat.h <<'H'
/* SPDX-License-Identifier: BSD-2-Clause */
#pragma once

#ifdef OLD
#   define something 1
#endif
H
run -C mod --kernel linux apply --compat
header=mod/inc/kthread_cocci_compat.h
is "compat: #pragma once, the licence" "$(sed 2q "$header")" \
	"$(sed 2q mod/inc/os_compat.h)"
like "compat: the indentation" "$header" '^#   define scoped_with_init_fs'
unlike "compat: no guard then" "$header" 'KTHREAD_COCCI_COMPAT_H'
like "compat: the way from the file" mod/src/small.c \
	'^#include "../inc/kthread_cocci_compat.h"$'

small
put mod/include/small-compat.h <<'H'
#ifndef SMALL_COMPAT_H__
#define SMALL_COMPAT_H__
#endif // SMALL_COMPAT_H__
H
sed -i 's/$/\r/' mod/include/small-compat.h
sed -i '2i #include "small-compat.h"' mod/small.c
run -C mod --kernel linux apply --compat
header=mod/include/kthread-cocci-compat.h
like "compat: the guard's form" "$header" \
	'^#ifndef KTHREAD_COCCI_COMPAT_H__.$'
is "compat: the line ends" "$(grep -c "$(printf '\r')$" "$header")" \
	"$(wc -l <"$header")"
like "compat: the comment behind #endif" "$header" \
	'^#endif // KTHREAD_COCCI_COMPAT_H__'
is "compat: beside its neighbour, by the include path" \
	"$(grep -A1 '"small-compat.h"' mod/small.c; grep -B1 '"small-compat.h"' mod/small.c)" \
	"$(printf '#include "small-compat.h"\n#include <linux/runner.h>\n#include "kthread-cocci-compat.h"\n#include "small-compat.h"')"

# The fallback is one statement with what follows.
small
run -C mod --kernel linux apply --compat
put use.c <<'C'
#define PF_KTHREAD 1
C
sed '/#include/d; /^# *error/d' mod/kthread-cocci-compat.h >>use.c
cat >>use.c <<'C'
static int f(int a)
{
	int b = 0;

	if (a)
		scoped_with_init_fs()
			b = 1;
	else
		scoped_with_init_fs() {
			b = 2;
			b++;
		}
	scoped_with_init_fs()
		return b;
}

int main(void)
{
	return f(1) != 1 || f(0) != 3;
}
C
for standard in gnu89 gnu11; do
	ok "compat: it compiles as $standard" \
		"${CC:-cc}" -std=$standard -Wall -Wextra -Werror use.c -o use
	ok "compat: it does what it guards ($standard)" ./use
done

# What callers pass is converted where the kernel is; no header can give both.
cp -a "$top/tests/linux-mini" new
"$PROGRAM" -q -C new apply 02 2>/dev/null
rm -rf mod
put mod/worker.c <<'C'
#include <linux/kthread.h>

struct kthread_worker *worker_start(void)
{
	return kthread_run_worker(0, "worker");
}
C
run -C mod --kernel "$top/tests/linux-mini" patch 02
is "02: the kernel has the flags: nothing" "$status$(cat stdout)" 0
like "02: and why" stderr \
	'02-kthread-worker-flags is not for this module: the kernel still has it as it was$'
run -C mod --kernel new steps
like "02: the kernel has none" stdout \
	'^02-.* applies +1 calls to convert, 1 files to look at$'
run -C mod --kernel new patch --compat 02
is "02 --compat: left" "$status$(cat stdout)" 1
like "02 --compat: and why" stderr \
	'^worker.c:5: .*: left as older kernels want it, --compat has no form for both$'
run -C mod --kernel new apply 02
like "02: converted" mod/worker.c 'kthread_run_worker[(]"worker"[)]'

# An apply that was killed with the new header staged is completed.
small
run -C mod --kernel linux apply --compat
mkdir mod/.kthread-cocci-apply
mv mod/kthread-cocci-compat.h mod/.kthread-cocci-apply/0
hash=$(sha256sum mod/.kthread-cocci-apply/0 | cut -d ' ' -f 1)
echo "0 - $hash kthread-cocci-compat.h" >mod/.kthread-cocci-apply/journal
cp -a mod half
run -C mod --kernel linux apply
ok "a killed apply: the header gets to its place" \
	test -s mod/kthread-cocci-compat.h
ok "a killed apply: nothing is left of it" test ! -e mod/.kthread-cocci-apply
echo mine >half/kthread-cocci-compat.h
run -C half --kernel linux apply
is "a killed apply: what somebody put there stays" \
	"$(cat half/kthread-cocci-compat.h)" mine

# Packages of headers have links to elsewhere.
small
cp -a linux packaged
ln -s /usr packaged/tools
run -C mod --kernel packaged check
is "a link out of the kernel: no failure" "$status" 1
like "a link out of the kernel: it is told" stderr \
	'./packaged/tools: symbolic link to a folder out of the tree, not followed$'

# A kernel in the module's folder is none of its files.
small
mv linux mod/
run -C mod --kernel mod/linux contexts --format=tsv
is "a kernel in the module" "$status$(sed 1d stdout | cut -f 1)" 0small.c
mv mod/linux .

# Mistakes.
refused "no kernel" \
	"mod: no kernel tree, there is no include/linux/kthread.h in it (give the sources or the common headers, not a build folder)" \
	-C linux --kernel mod contexts
refused "a kernel that is not there" "gone: No such file or directory" \
	-C mod --kernel gone steps
refused "a module that is not there" "gone: No such file or directory" \
	-C gone --kernel linux patch
refused "a module in the kernel" \
	"linux/fs: lies in the kernel tree linux, --kernel is for modules outside of it" \
	-C linux/fs --kernel linux contexts
refused "the kernel as a module" \
	"linux: lies in the kernel tree linux, --kernel is for modules outside of it" \
	-C linux --kernel linux check
refused "series" \
	"series: it makes commits of a kernel tree; for a module use patch or apply" \
	-C mod --kernel linux series --dry-run
refused "--compat without --kernel" \
	"--compat: it is for a module, say which kernel by --kernel" \
	-C linux patch --compat

done_testing
