#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# scripts/build-check.sh: its parts on small inputs, and all of it on a tree of
# a dozen files whose Makefile behaves like the kernel's as far as it matters.
. "$(dirname "$0")/../lib.sh"

if test -n "${SANITIZED:-}"; then
	skip "build-check.sh" "it does not use the program"
	done_testing
	exit
fi

parts=$top/scripts/build-check
tab=$(printf '\t')
cd "$scratch" || exit 1

# check ARGS...: run build-check.sh; leaves stdout, stderr and status.
check()
{
	status=0
	"$top/scripts/build-check.sh" "$@" >"$scratch/stdout" \
		2>"$scratch/stderr" || status=$?
}

# ---------------------------------------------------------------- diff.pl

mkdir -p tree/fs
printf 'one\nTWO\nthree\nnew\n' >tree/fs/a.c
printf 'last' >tree/fs/new.c
printf 'x\n' >'tree/fs/sp ace.c'
cat >change.diff <<'DIFF'
diff --git a/fs/a.c b/fs/a.c
index 1111111..2222222 100644
--- a/fs/a.c
+++ b/fs/a.c
@@ -1,3 +1,4 @@ struct words
 one
-two
+TWO
 three
+new
diff --git a/fs/gone.c b/fs/gone.c
deleted file mode 100644
--- a/fs/gone.c
+++ /dev/null
@@ -1 +0,0 @@
-- -- it looks like a header
diff --git a/fs/new.c b/fs/new.c
new file mode 100644
--- /dev/null
+++ b/fs/new.c
@@ -0,0 +1 @@
+last
\ No newline at end of file
diff --git a/fs/sp ace.c b/fs/sp ace.c
old mode 100644
new mode 100755
DIFF
sed "s/ /$tab/; s/ /$tab/" >expected <<'EXPECTED'
file fs/a.c changed
line fs/a.c 2
line fs/a.c 4
file fs/gone.c deleted
file fs/new.c changed
line fs/new.c 1
EXPECTED
printf 'file\tfs/sp ace.c\tchanged\n' >>expected
"$parts/diff.pl" tree <change.diff >got 2>&1
is "diff.pl: status" $? 0
same "diff.pl: changed, deleted, new and renamed files" got expected

printf 'one\ntwo\nthree\n' >tree/fs/a.c
not_ok "diff.pl: the tree does not have the change" "$parts/diff.pl" tree <change.diff
like "diff.pl: and where" .ok '^fs/a.c:2: not the line that the diff has there$'

# ---------------------------------------------------------------- seen.pl

# Each line says in a comment what must be found: seen, live (in a branch that
# is taken, but in a macro that is not expanded) or dead.
mkdir seen
cat >seen/a.c <<'SOURCE'
#define CALL(x...) call(x)	/* seen */
#define NEVER(x) call(x,	\
		0)	/* live */
int call(int, ...);	/* seen */

#ifdef MISSING	/* seen */
int missing(void)	/* dead */
{
}
# if 1	/* dead */
int deeper;	/* dead */
# endif
#elif defined(OTHER)	/* seen */
int other;	/* dead */
#else	/* seen */
int here;	/* seen */
#endif	/* seen */

/* A comment that shows
#if 0
and is seen; "quotes' in it */

int function(void)	/* seen */
{
	return CALL(1,	/* seen */
		    2,	/* seen */
#ifdef MISSING
		    3,	/* dead */
#endif
		    '"'	/* seen */
		   );	/* seen */
}
#if 0
#define DEAD 1	/* dead */
#else
/* nothing but a comment, */	/* comment */
#endif
#include "a.h"
SOURCE
cat >seen/a.h <<'SOURCE'
#ifndef A_H
#define A_H
	/* seen */
static inline int in_header(void)	/* seen */
{
	return USED;	/* seen */
}
#define LATE USED /* live */
#endif
SOURCE
awk '{ what = FILENAME; sub(/^seen./, "", what)
       print "line\t" what "\t" FNR }' seen/a.c seen/a.h >changes

# verdicts: what seen.pl found, per line that tells what it expects.
verdicts()
{
	awk -F '\t' '
	NR == FNR && ($1 == "live" || $1 == "seen") {
		if (got[$2, $3] != "seen") got[$2, $3] = $1
	}
	NR == FNR { next }
	match($0, /(seen|live|dead|comment) \*\//) {
		file = FILENAME; sub(/^seen./, "", file)
		want = substr($0, RSTART, RLENGTH - 3)
		have = (file, FNR) in got ? got[file, FNR] : "dead"
		if (want == "comment" || want == have) next
		print file ":" FNR ": " have ", not " want
	}' "$1" seen/a.c seen/a.h
}

flags="-I$scratch/seen -DUSED=1"
# shellcheck disable=SC2086 # words
gcc -E -dD $flags "$scratch/seen/a.c" >dD.i
# shellcheck disable=SC2086
gcc -E -dU $flags "$scratch/seen/a.c" >dU.i
# shellcheck disable=SC2086
gcc -E -fdirectives-only $flags "$scratch/seen/a.c" >directives.i
for how in dD directives; do
	"$parts/seen.pl" "$scratch/seen" changes - -i $how.i dU.i >got
	is "seen.pl: gcc, $how: every line is judged right" "$(verdicts got)" ""
	is "seen.pl: gcc, $how: the header is in it" \
		"$(grep -c "^in${tab}.*${tab}a\\.[ch]\$" got)" 2
done
grep -q '^live.*a\.c.*36$' got
is "seen.pl: a branch with nothing but a comment: gcc shows it" $? 0

"$parts/seen.pl" "$scratch/seen" changes - -i dD.i >got
is "seen.pl: without -dU a macro counts as seen where it is defined" \
	"$(verdicts got)" "a.c:3: seen, not live
a.h:8: seen, not live"
if command -v clang >/dev/null 2>&1; then
	# shellcheck disable=SC2086
	clang -E -dD $flags "$scratch/seen/a.c" >clang.i
	"$parts/seen.pl" "$scratch/seen" changes - -i clang.i dU.i >got
	is "seen.pl: clang: every line is judged right" "$(verdicts got)" ""
else
	skip "seen.pl: clang" "clang is not installed"
fi

# ----------------------------------------------------------- includers.pl

mkdir -p inc/net/one inc/fs
touch inc/net/one/local.h inc/fs/local.h
echo net/one/local.h >files
cat >includes <<'INCLUDES'
./fs/f.c:#include "local.h"
./fs/g.c:#include "../net/one/local.h"
./net/two.c: # include <one/local.h>
./net/one/through.h:#include "local.h"
./net/one/x.c:#include "through.h"
./net/one/y.c:#include "local.h"
./net/one/z.c:#include <linux/notlocal.h>
INCLUDES
"$parts/includers.pl" inc files <includes | cut -f2 >got
is "includers.pl: the nearest first, and not the other local.h" \
	"$(tr '\n' ' ' <got)" "net/one/y.c net/two.c fs/g.c net/one/x.c "

# ------------------------------------------------------------ messages.pl

cat >log <<'LOG'
make[1]: Entering directory '/o'
  CC      fs/a.o
/tree/fs/a.c:3:5: warning: unused variable 'x' [-Wunused-variable]
  CC [M]  fs/b.o
In file included from /tree/fs/b.c:1:
/tree/fs/b.h:7:1: error: unknown type name 'y'
make[2]: *** [/tree/scripts/Makefile.build:289: fs/b.o] Error 1
  CC      fs/c.o
make[2]: *** No rule to make target 'fs/d.o', needed by 'fs/'.  Stop.
make[1]: Target 'fs/' not remade because of errors.
LOG
"$parts/messages.pl" /tree messages <log >got
is "messages.pl: what failed" "$(tr '\n' ' ' <got)" "fs/b.o fs/d.o "
like "messages.pl: the messages of an object" messages/fs/b.o '^fs/b.h:7:1: error:'
"$parts/messages.pl" --warnings messages fs/a.o fs/b.o >new
is "messages.pl: warnings" "$(cat new)" \
	"fs/a.c:3:5: warning: unused variable 'x' [-Wunused-variable]"
sed 's/:3:5:/:9:1:/' new >old
is "messages.pl: on another line it is the same warning" \
	"$("$parts/messages.pl" --new old new)" ""
cat new new >twice
is "messages.pl: twice is more than once" \
	"$("$parts/messages.pl" --new old twice | wc -l)" 1

# ------------------------------------------------------- a tree to build

mkdir -p k/scripts k/kernel k/drivers k/arch/arm k/include k/Documentation
cat >k/Makefile <<'MAKEFILE'
# make -C TREE O=BUILD GOALS, as the kernel does it.
ifndef again
.PHONY: again
$(or $(MAKECMDGOALS),all): again ; @:
again: ; @$(MAKE) --no-print-directory -C $(O) -f $(CURDIR)/Makefile again=1 \
	srctree=$(CURDIR) $(MAKECMDGOALS)
else
-include .config
obj-y := kernel/core.o kernel/other.o kernel/user.o
obj-$(CONFIG_CARD) += drivers/card.o
targets := $(obj-y) $(obj-m)
.PHONY: FORCE defconfig allmodconfig prepare
defconfig: ; @printf 'CONFIG_UML=y\n' >.config
allmodconfig: ; @printf 'CONFIG_CARD=m\nCONFIG_BUS=y\n' >.config
prepare: ; @test ! -e $(srctree)/kernel/bounds.c || \
	$(CC) -c -o bounds.o $(srctree)/kernel/bounds.c
$(targets): %.o: $(srctree)/%.c FORCE
	@mkdir -p $(@D)
	@echo '  CC      $@'
	@$(CC) -Wall $(KCFLAGS) -I$(srctree)/include $(if $(CONFIG_UML),-DUML) \
		-c -o $@ $<
	@echo 'savedcmd_$@ := $(CC) -I$(srctree)/include \
		$(if $(CONFIG_UML),-DUML) -c -o $@ $< ; true' | tr -s '\\\n\t ' ' ' \
		>$(@D)/.$(@F).cmd
endif
MAKEFILE
cat >k/drivers/Makefile <<'MAKEFILE'
obj-$(CONFIG_CARD) += card.o
obj-$(CONFIG_OLD) += old.o
old-y := part.o
obj-$(CONFIG_PICK) += pick.o
ifdef CONFIG_HIDDEN
obj-y += hidden.o
endif
MAKEFILE
cat >k/Kconfig <<'KCONFIG'
config BUS
	bool "Bus"
	help
	  depends on what a help text says

if BUS

config OLD
	tristate "Old"
	depends on ARM || (MIPS && !BUS)
	depends on CARD

endif

config HIDDEN
	bool

config CHOOSER
	bool "Chooser"
	depends on OLD
	select HIDDEN

choice
	prompt "One of"
config FIRST
	bool "First"
config PICK
	bool "Pick"
endchoice

config CARD
	tristate "Card"
	depends on BUS
KCONFIG
echo 'obj-y += core.o other.o user.o' >k/kernel/Makefile
cat >k/include/api.h <<'SOURCE'
#define RARELY(x) ((x) + 1)
static inline int api(int x) { return x; }
SOURCE
cat >k/kernel/core.c <<'SOURCE'
#include <api.h>
int core(void)
{
#ifdef UML
	return api(1);
#elif defined(DEBUG)
	return api(2);
#else
	return api(3);
#endif
}
#include "part.c"
SOURCE
echo 'int part(void) { return 1; }' >k/kernel/part.c
echo 'int other(void) { return 1; }' >k/kernel/other.c
echo '#include <api.h>
int user(void) { return RARELY(1); }' >k/kernel/user.c
for source in drivers/card drivers/old drivers/part drivers/pick drivers/hidden \
	arch/arm/setup kernel/orphan; do
	echo "int f(void) { return 1; }" >k/$source.c
done
echo text >k/Documentation/x.rst
cp -a k before
for file in k/*/*.c k/arch/arm/setup.c k/Documentation/x.rst; do
	sed -i 's/return /return  /; s/text/texts/' "$file"
done
sed -i 's/(x) + 1/(x) + 2/' k/include/api.h
git diff --no-index --no-prefix before k | sed -E \
	's#^diff --git before/(.*) k/#diff --git a/\1 b/#
	s#^--- before/#--- a/#; s#^\+\+\+ k/#+++ b/#' >change.diff
find k -type f -exec cksum {} + | sort >sums

check -d change.diff -o out k
is "a tree: status" "$status" 0
cat >expected <<'EXPECTED'
Documentation/x.rst: not buildable here: documentation
arch/arm/setup.c: not buildable here: arch/arm needs ARCH=arm
drivers/card.c: compiled (x86)
drivers/hidden.c: not buildable here: CONFIG_HIDDEN is selected by nothing that is on: CHOOSER depends on OLD, OLD depends on ARM || (MIPS && !BUS) (x86 allmodconfig)
drivers/old.c: not buildable here: CONFIG_OLD depends on ARM || (MIPS && !BUS) (x86 allmodconfig)
drivers/part.c: not buildable here: CONFIG_OLD depends on ARM || (MIPS && !BUS) (x86 allmodconfig)
drivers/pick.c: not buildable here: CONFIG_PICK is not the alternative that its choice takes (x86 allmodconfig)
include/api.h: compiled (x86, um): header, seen through kernel/core.o, kernel/user.o
kernel/core.c: compiled (x86, um)
kernel/orphan.c: not buildable here: no Makefile lists it and nothing includes it (x86 allmodconfig)
kernel/other.c: compiled (x86, um)
kernel/part.c: compiled (x86, um): part of kernel/core.o
kernel/user.c: compiled (x86, um)
Documentation/x.rst:1: not seen by the compiler: the file is not built here
arch/arm/setup.c:1: not seen by the compiler: the file is not built here
drivers/hidden.c:1: not seen by the compiler: the file is not built here
drivers/old.c:1: not seen by the compiler: the file is not built here
drivers/part.c:1: not seen by the compiler: the file is not built here
drivers/pick.c:1: not seen by the compiler: the file is not built here
kernel/core.c:7: not seen by the compiler: below #elif defined(DEBUG)
kernel/orphan.c:1: not seen by the compiler: the file is not built here
files: 13 changed: 6 compiled, 7 not buildable here, 0 failed
lines: 15 changed: 7 seen by the compiler, 8 not seen (7 of them in files that are not compiled)
warnings: 0 in the touched objects
EXPECTED
same "a tree: the report" stdout expected
find k -type f -exec cksum {} + | sort | cmp -s - sums
is "a tree: it is not written" $? 0

check -d change.diff -o out --config=um k
like "--config=um" stdout '^drivers/card.c: not buildable here: CONFIG_CARD depends on BUS, BUS is not switched on \(UML defconfig\)$'

# A macro that only an untouched source expands: that one is compiled as well.
git diff --no-index --no-prefix before/include k/include |
	sed -E 's#^diff --git before/(.*) k/#diff --git a/\1 b/#
	s#^--- before/#--- a/#; s#^\+\+\+ k/#+++ b/#' >header
check -d header -o out --config=x86 k
like "a header alone is seen through what includes it" stdout \
	'^include/api.h: compiled \(x86\): header, seen through kernel/core.o'
like "and its macro through what expands it" stdout \
	'^lines: 1 changed: 1 seen by the compiler, 0 not seen$'
rm k/kernel/user.c
check -d header -o out --config=x86 k
like "a macro that nothing expands" stdout \
	'^include/api.h:1: not seen by the compiler: the macro RARELY is expanded in no object here$'

# What does not compile, and what newly warns.
echo 'int other(void) { int unused; return  1; }' >k/kernel/other.c
echo 'int f(void) { return  missing; }' >k/drivers/card.c
cat >change.diff <<'DIFF'
diff --git a/drivers/card.c b/drivers/card.c
--- a/drivers/card.c
+++ b/drivers/card.c
@@ -1 +1 @@
-int f(void) { return 1; }
+int f(void) { return  missing; }
diff --git a/kernel/other.c b/kernel/other.c
--- a/kernel/other.c
+++ b/kernel/other.c
@@ -1 +1 @@
-int other(void) { return 1; }
+int other(void) { int unused; return  1; }
DIFF
check -d change.diff -o out --config=x86 k
is "an error: status" "$status" 1
like "an error: the file" stdout '^drivers/card.c: FAILED \(x86\)$'
like "an error: the message" stdout "^    drivers/card.c:1:[0-9]*: error: .*missing"
like "an error: the line counts as not seen" stdout \
	'^drivers/card.c:1: not seen by the compiler: the file does not compile$'
like "an error: the sums" stdout \
	'^files: 2 changed: 1 compiled, 0 not buildable here, 1 failed$'
like "a warning is printed" stdout '^kernel/other.c:1:[0-9:]* warning: unused'
echo 'int f(void) { return  1; }' >k/drivers/card.c
sed -i 's/return  missing/return  1/' change.diff
check -d change.diff -o out --config=x86 k
is "a warning alone is no failure" "$status" 0
check -d change.diff -o out --config=x86 --new-warnings k
is "--new-warnings: status" "$status" 1
like "--new-warnings" stdout '^warnings: 1 new ones in the touched objects$'
is "--new-warnings: the tree keeps its change" \
	"$(cat k/kernel/other.c)" 'int other(void) { int unused; return  1; }'
check -d change.diff -o out --config=x86 --before "$scratch/before" k
like "--before" stdout '^warnings: 1 new ones in the touched objects$'
check -d change.diff -o out --config=x86 --before "$scratch/k" k
is "--before: a warning that was there" "$status $(tail -n 1 stdout)" \
	"0 warnings: 0 new ones in the touched objects"

# What every object needs does not compile.
echo "int bounds = missing;" >k/kernel/bounds.c
check -d change.diff -o out --config=x86 k
is "make prepare fails: status" "$status" 1
like "make prepare fails" stdout '^x86 allmodconfig: FAILED: make prepare$'
like "make prepare fails: the message" stdout \
	'^    kernel/bounds.c:1:[0-9]*: error: .*missing'
like "make prepare fails: other files" stdout \
	'^kernel/other.c: not buildable here: make prepare fails'
cat >>change.diff <<'DIFF'
diff --git a/kernel/bounds.c b/kernel/bounds.c
new file mode 100644
--- /dev/null
+++ b/kernel/bounds.c
@@ -0,0 +1 @@
+int bounds = missing;
DIFF
check -d change.diff -o out --config=x86 k
like "make prepare fails: the changed file that it names" stdout \
	'^kernel/bounds.c: FAILED \(x86\)$'
sed -i '/^diff.*bounds/,$d' change.diff
rm k/kernel/bounds.c

# The change from git.
check -o out k
is "no diff and no git tree: status" "$status" 2
like "no diff and no git tree" stderr 'what was changed\? .* give a diff with -d$'
(cd k && git init -q . && git add . && git -c user.name=x -c user.email=x@x \
	commit -q -m x && sed -i 's/return  1/return   1/' kernel/other.c)
check -o out --config=x86 k
like "the change from git" stdout '^kernel/other.c: compiled \(x86\)$'
check -b nonsense -o out k
is "a revision that is none: status" "$status" 2

# ------------------------------------------------------------------- usage

check
is "no tree: status" "$status" 2
check --nonsense k
like "an unknown option" stderr 'there is no option --nonsense'
check -j 0 k
is "-j 0: status" "$status" 2
check -d change.diff -o k/out k
like "-o inside of the tree" stderr 'inside of'
check --config=arm -d change.diff k
is "an unknown configuration: status" "$status" 2
check --cc=tcc -d change.diff k
is "an unknown compiler: status" "$status" 2
check "$scratch/inc"
like "not a kernel" stderr 'is no kernel tree$'
sed -i 's/int unused/int used/' change.diff
check -d change.diff -o out k
is "another diff: status" "$status" 2
like "another diff" stderr 'the diff does not lead to the state of'
touch k/.config
check -d change.diff -o out k
like "a tree that was built in" stderr 'mrproper'
check --help
is "--help: status" "$status" 0

done_testing
