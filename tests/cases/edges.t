#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# index --edges: each way in which a call is told, on a tree of its own.
# tests/accuracy.sh holds the same against gcc on a real kernel.
. "$(dirname "$0")/../lib.sh"

tab=$(printf '\t')
tree=$scratch/tree
mkdir -p "$tree/include/linux" "$tree/kernel"
: >"$tree/Makefile"

cat >"$tree/include/linux/m.h" <<'END'
#define alias target
#define FLAG (1 << BITS)
#define SIZE measure()
#define wrap(f, ...) f(__VA_ARGS__)
#define both(x) wrap(target, x)
#define by_size(stem, v) do { stem##1(v); stem##2(v); } while (0)
#define add(v) by_size(add_, v)
#define on(what, v) by_size(what##_to_, v)
#define MAKE(name) static inline int make_##name##_it(int x) { return x; }
#define USE(name) int v = make_##name##_it
#define member(p, name) p->name##_field
END
cat >"$tree/kernel/a.c" <<'END'
#include <linux/m.h>
int target(int x) { return x; }
int measure(void) { return 1; }
void add_1(int v) { }
void add_2(int v) { }
void x_to_1(int v) { }
int in_field;
void field(int v) { }
MAKE(one)
void calls(int v, struct s *p)
{
	alias(v); target(v); target(v);
	wrap(target, v);
	wrap(v, field);
	v = min(SIZE, 3);
	v = FLAG;
	add(v);
	on(x, v);
	{ USE(one)(3); }
	v = member(p, in);
}
void shadow(int target)
{
	wrap(target, 1);
	memcpy(add_1, 2);
}
MODULE_THING(target);
END

edges()
{
	"$PROGRAM" -q -C "$tree" index --edges >"$scratch/edges" \
		2>"$scratch/stderr"
	is "edges: status" $? 0
}

# has NAME CALLER CALLEE: there is such a record; NAME says of what.
has()
{
	ok "$1" grep -q "$tab$2$tab$3\$" "$scratch/edges"
}

hasnt()
{
	not_ok "$1" grep -q "$tab$2$tab$3\$" "$scratch/edges"
}

edges
has 'a call' calls target
has 'an alias' '#alias' target
has 'the use of an alias' calls alias
has 'a macro without parameters' calls SIZE
has 'what it calls' '#SIZE' measure
hasnt 'a constant is no call' calls FLAG
has 'handed on by a macro' '#both' target
has 'handed to a macro: a second argument' calls field
hasnt 'a parameter is no function' shadow target
hasnt 'handed to a function' shadow add_1
has 'pasted: a word of the macro that hands it on' '#add' add_2
has 'pasted: from an argument, through two macros' calls x_to_1
hasnt 'pasted: there is no such function' calls x_to_2
has 'pasted: a function that a macro makes' calls make_one_it
hasnt 'pasted: a member' calls in_field
is 'one record a line and name' \
	"$(grep -c "^kernel/a.c${tab}12${tab}calls${tab}target\$" \
	"$scratch/edges")" 1
ok 'by file and line' sort -c -s -t "$tab" -k1,1 -k2,2n \
	"$scratch/edges"
cp "$scratch/edges" "$scratch/first"
edges
ok 'the same again' cmp "$scratch/first" "$scratch/edges"

done_testing
