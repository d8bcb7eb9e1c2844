# SPDX-License-Identifier: GPL-2.0-only
#
# make run            see it work on a small tree (TREE=... for a real one)
# make test           build everything and run all tests
# make help           the other targets

VERSION = 0.1

# Build settings.  WERROR=1 makes warnings fatal, SANITIZE=1 builds the
# instrumented program; each kind of build has a folder of its own.
CC       ?= cc
CFLAGS   ?= -O2 -g
PREFIX   ?= /usr/local
DESTDIR  ?=
WERROR   ?=
SANITIZE ?=

B := build$(if $(SANITIZE),/sanitize)

GLIB_CFLAGS = $(shell pkg-config --cflags glib-2.0 jansson)
GLIB_LIBS   = $(shell pkg-config --libs glib-2.0 jansson)

ALL_CFLAGS  = -std=c11 -D_GNU_SOURCE -DVERSION='"$(VERSION)"' \
	      -I$(SRC) -Wall -Wextra -Wpedantic $(if $(WERROR),-Werror) $(CFLAGS) \
	      $(if $(SANITIZE),-O1 -fsanitize=address$(,)undefined \
	      -fno-sanitize-recover=all -fno-omit-frame-pointer)
,           := ,

SRC      := scripts/kthread-cocci
SOURCES  := $(sort $(wildcard $(SRC)/*.c $(SRC)/*/*.c))
# The style sheet and the script of the HTML report, as C.
PAGE     := $(addprefix $(SRC)/html/,page.css page.js)
OBJECTS  := $(SOURCES:$(SRC)/%.c=$B/obj/%.o) $B/obj/page.o
# Unit tests link everything but main().
MODULES  := $(filter-out $B/obj/main.o,$(OBJECTS))
UNITS    := $(patsubst tests/unit/%.c,$B/unit/%,$(sort $(wildcard tests/unit/*.c)))

all: $B/kthread-cocci

$B/kthread-cocci: $(OBJECTS)
	$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $(OBJECTS) $(GLIB_LIBS)

$B/obj/%.o: $(SRC)/%.c Makefile
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(GLIB_CFLAGS) -MMD -MP -c -o $@ $<

# Each file becomes an array of its lines.
$B/obj/page.c: $(PAGE) Makefile
	@mkdir -p $(@D)
	{ echo '#include "html/page.h"'; \
	for file in $(PAGE); do \
		echo "const char *const $$(basename $$file | tr . _)[] = {"; \
		sed 's/[\\"]/\\&/g; s/.*/"&\\n",/' $$file; \
		echo '(void *)0 };'; \
	done; } >$@.new
	mv $@.new $@

$B/obj/page.o: $B/obj/page.c
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$B/unit/%: tests/unit/%.c $(MODULES) Makefile
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) $(GLIB_CFLAGS) -MMD -MP -o $@ $< $(MODULES) $(GLIB_LIBS)

units: $(UNITS)

-include $(wildcard $B/obj/*.d $B/obj/*/*.d $B/unit/*.d)

# The main job: the series' steps on a tree, as a diff, with what is left.
run:
	@scripts/setup.sh run
	@$(MAKE) -s all
	@scripts/run.sh $(TREE)

# J=, e.g. J=1, limits the parallel jobs of the targets below.
KTHREAD_COCCI = $B/kthread-cocci $(if $J,-j $J) -C '$(TREE)'

need-tree: all
	@test -n '$(TREE)' || { echo 'usage: make TARGET TREE=/path/to/linux' >&2; exit 2; }

patch: need-tree
	@$(KTHREAD_COCCI) patch

report: need-tree
	@$(KTHREAD_COCCI) contexts

# Without BRANCH= or OUT= the commits are only shown.
series: need-tree
	@$(KTHREAD_COCCI) series $(if $(BRANCH),--branch '$(BRANCH)') \
		$(if $(OUT),-o '$(OUT)') $(if $(BRANCH)$(OUT),,--dry-run)

check: need-tree
	@$(KTHREAD_COCCI) check $(if $(DIFF),--diff '$(DIFF)')

# Everything twice: with the normal and with the instrumented program.
test:
	@scripts/setup.sh test
	@$(MAKE) -s WERROR=1 all units
	@$(MAKE) -s WERROR=1 SANITIZE=1 all units
	@tests/run.sh

# One real kernel: V is a version of Debian's linux-source, or TREE a tree.
test-linux:
	@scripts/setup.sh test
	@$(MAKE) -s WERROR=1 all
	@tests/linux.sh '$(V)' '$(TREE)'
	@tests/linux-steps.sh '$(V)' '$(TREE)'
	@tests/review.sh '$(V)' '$(TREE)'
	@tests/page.sh '$(V)' '$(TREE)'
	@tests/coccicheck.sh '$(V)' '$(TREE)'

# The coccicheck of a real kernel with our rules.
test-coccicheck:
	@scripts/setup.sh test
	@tests/coccicheck.sh '$(V)' '$(TREE)'

# The calls that the index finds against those that gcc finds in a User-mode Linux.
test-accuracy:
	@scripts/setup.sh kernel
	@$(MAKE) -s WERROR=1 all
	@tests/accuracy.sh '$(V)' '$(TREE)'

# What the parser does with nonsense: RUNS mutated inputs (a million).
fuzz:
	@scripts/setup.sh test
	@$(MAKE) -s WERROR=1 all
	@tests/fuzz.sh $(RUNS)

# What the steps touch, compiled, and User-mode Linux after every single step.
# On two processors that takes 7.2 an hour the first time; KCC="ccache gcc" helps.
test-build:
	@scripts/setup.sh kernel
	@$(MAKE) -s WERROR=1 all
	@tests/build.sh '$(V)' '$(TREE)'
	@tests/build-steps.sh '$(V)' '$(TREE)'

# The series as commits and mails, and again after a change; BUILD=yes builds all.
test-series:
	@scripts/setup.sh test
	@$(MAKE) -s WERROR=1 all
	@tests/series.sh '$(V)' '$(TREE)'

# User-mode Linux boots, untouched and with the steps: where do threads live?
test-boot:
	@scripts/setup.sh kernel
	@$(MAKE) -s WERROR=1 all
	@tests/boot.sh '$(V)' '$(TREE)'

# tests/module, converted for a real kernel and built with its headers.
test-module:
	@scripts/setup.sh kernel
	@$(MAKE) -s WERROR=1 all
	@tests/module.sh '$(V)' '$(TREE)'

update-expected:
	@$(MAKE) -s all
	@tests/update-expected.sh

# The program and its peers on one real kernel.  ROUNDS=5 PEER_ROUNDS=1 J=2
# PARTS="scan rewrite growth" COMPARE=build/bench-7.2.13.tsv
bench:
	@scripts/setup.sh bench
	@$(MAKE) -s all
	@JOBS=$(or $J,2) ROUNDS='$(ROUNDS)' PEER_ROUNDS='$(PEER_ROUNDS)' \
		PARTS='$(PARTS)' COMPARE='$(COMPARE)' \
		tests/bench.sh '$(V)' '$(TREE)'

# The coccicheck rules below scripts/coccinelle/ of a kernel tree, and away again.
install-coccicheck:
	@scripts/coccicheck.sh install '$(TREE)'

uninstall-coccicheck:
	@scripts/coccicheck.sh uninstall '$(TREE)'

install: all
	install -D -m 755 $B/kthread-cocci '$(DESTDIR)$(PREFIX)/bin/kthread-cocci'
	install -d '$(DESTDIR)$(PREFIX)/share/kthread-cocci/cocci'
	install -m 644 cocci/*.cocci cocci/*.h cocci/*.tab cocci/*.txt '$(DESTDIR)$(PREFIX)/share/kthread-cocci/cocci'
	install -D -m 644 scripts/kthread-cocci.1 '$(DESTDIR)$(PREFIX)/share/man/man1/kthread-cocci.1'
	install -D -m 644 scripts/kthread-cocci.bash \
		'$(DESTDIR)$(PREFIX)/share/bash-completion/completions/kthread-cocci'

uninstall:
	rm -f '$(DESTDIR)$(PREFIX)/bin/kthread-cocci'
	rm -f '$(DESTDIR)$(PREFIX)/share/man/man1/kthread-cocci.1'
	rm -f '$(DESTDIR)$(PREFIX)/share/bash-completion/completions/kthread-cocci'
	rm -rf '$(DESTDIR)$(PREFIX)/share/kthread-cocci'

# The kernel trees that test-linux and bench have unpacked stay: they are slow
# to get.  distclean removes them as well.
clean:
	rm -rf build/kthread-cocci build/obj build/unit build/sanitize

distclean:
	rm -rf build

help:
	@echo 'make run [TREE=DIR]        print what the steps change in a tree, and what is left'
	@echo 'make test                  build and run all tests'
	@echo 'make patch TREE=DIR        only the diff'
	@echo 'make report TREE=DIR       the review: who looks up what in kernel-thread context'
	@echo 'make series TREE=DIR       the steps as commits (BRANCH=NAME) or mails (OUT=FOLDER)'
	@echo 'make check TREE=DIR [DIFF=REV] what is still to be converted (since REV)'
	@echo 'make test-linux V=7.2      check the steps and the review on a real kernel (or TREE=DIR)'
	@echo 'make test-build V=7.2      compile what the steps change in a real kernel'
	@echo 'make test-series V=7.2      the series of a real kernel, and again after a change'
	@echo 'make test-boot V=7.2       boot it as User-mode Linux, untouched and with the steps'
	@echo 'make test-module V=7.3     convert and build a module outside of the kernel'
	@echo 'make test-accuracy V=7.2   hold the calls of the index against those that gcc finds'
	@echo 'make fuzz [RUNS=N]         feed the scanner mutated sources'
	@echo 'make bench V=7.2           time the program against cscope, ctags, spatch --dir and others'
	@echo 'make update-expected       accept the present diffs as the expected ones'
	@echo 'make test-coccicheck V=7.2  run our rules by the coccicheck of a real kernel'
	@echo 'make install [PREFIX=DIR]  install the program, semantic patches, man page, completion'
	@echo 'make install-coccicheck TREE=DIR  put the coccicheck rules into a kernel tree'
	@echo 'make uninstall-coccicheck TREE=DIR  take them out'
	@echo 'make clean                 remove what was built (distclean: kernel trees as well)'

.PHONY: all units run need-tree patch report series check test test-linux \
	test-coccicheck test-build test-module test-series test-boot test-accuracy fuzz \
	update-expected bench install-coccicheck uninstall-coccicheck install \
	uninstall clean distclean help
