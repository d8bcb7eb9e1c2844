#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-only
#
# Which changed lines the compiler saw when it compiled an object.
#
#   seen.pl TREE CHANGES OUTPUT -o BUILD gcc|clang OBJECT...
#	preprocess each OBJECT of the build folder again, with the command in its
#	.cmd file; append to OUTPUT.PID
#   seen.pl TREE CHANGES OUTPUT -i PREPROCESSED [USED]
#	the same from preprocessed text; USED is what -dU gave
#
# CHANGES is what diff.pl printed.  Prints, tab-separated,
#	in OBJECT FILE		a changed file is part of the object
#	live FILE NUMBER	a changed line is in a branch that was taken
#	seen FILE NUMBER	and if it defines a macro, that one is expanded
#
# The preprocessor says with "# 12 file" where its output comes from.  A line
# with anything on it shows that its branch was taken (Source.pm), and a branch
# is taken as a whole: so neither blank lines nor comments nor calls of macros
# over several lines matter.  A branch from which nothing comes out, because its
# macros expand to nothing, counts as not seen: that errs on the safe side.
#
# gcc's -fdirectives-only does not even expand macros and takes a quarter of the
# time; -dU then tells which ones are expanded.  clang has neither: its -dD keeps
# the #define lines, and one in a branch that was taken counts as seen.

use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Source;

my ($tree, $changes, $output, $mode, @rest) = @ARGV;
my (%lines, %source, %done);

open my $file, '<', $changes or die "seen.pl: $changes: $!\n";
while (<$file>) {
	chomp;
	my ($what, $name, $value) = split /\t/;
	$lines{$name} //= [];
	push @{$lines{$name}}, $value if $what eq 'line';
}
close $file;

# The name of a file below the tree, without "..", or undef.
my %short;
sub short
{
	my ($path) = @_;

	return $short{$path} if exists $short{$path};
	my $name = $path =~ s/\\(.)/$1/gr;
	1 while $name =~ s{(^|/)\./}{$1} ||
	    $name =~ s{(^|/)(?!\.\./)[^/]+/\.\./}{$1};
	$name = undef unless $name =~ s{^\Q$tree\E/}{};
	$name = undef if defined $name && !exists $lines{$name};
	return $short{$path} = $name;
}

# source(NAME): its branches, read once.
sub source
{
	my ($name) = @_;

	return $source{$name} //= Source->read("$tree/$name");
}

# branches(HANDLE): file -> branches that anything came out of.
sub branches
{
	my ($handle) = @_;
	my (%found, $name, $number, $branch);

	while (<$handle>) {
		if (/^# (\d+) "((?:[^"\\]|\\.)*)"/ || /^#line (\d+) "(.*)"/) {
			$number = $1;
			$name = short($2);
			next unless defined $name;
			$found{$name} //= {};
			$branch = source($name)->{branch};
		} elsif (defined $name) {
			$found{$name}{$branch->[$number] // 0} = 1 if /\S/;
			$number++;
		}
	}
	return \%found;
}

# used(HANDLE): the macros that are expanded, from -dU.
sub used
{
	my ($handle) = @_;
	my %used;

	while (<$handle>) {
		$used{$1} = 1 if /^#define (\w+)/;
	}
	return \%used;
}

# facts(OBJECT, BRANCHES, USED): USED is called only if a macro has changed.
sub facts
{
	my ($object, $found, $used) = @_;
	my $text = '';
	my $expanded;

	for my $name (sort keys %$found) {
		my $source = source($name);
		my $taken = $source->taken($found->{$name});

		$text .= "in\t$object\t$name\n";
		for my $number (@{$lines{$name}}) {
			my $macro = $source->{macro}[$number];

			next unless $taken->{$source->{branch}[$number] // 0};
			$text .= "live\t$name\t$number\n";
			# One object that expands it is enough.
			if (defined $macro && $used && !$done{$name}{$number}) {
				$expanded //= $used->();
				next unless $expanded->{$macro};
				$done{$name}{$number} = 1;
			}
			$text .= "seen\t$name\t$number\n";
		}
	}
	return $text;
}

# command(OBJECT): how it was compiled, for the shell, up to the options that say
# what to make of which file; and that file.
sub command
{
	my ($object) = @_;
	my $cmd = $object =~ s{([^/]*)$}{.$1.cmd}r;

	open my $file, '<', $cmd or return;
	my $line = <$file>;
	close $file;
	return unless defined $line && $line =~
	    m{^(?:saved)?cmd_\S+ := (.*?) -c -o \S+ (\S+\.[cS])(?=\s|$)};
	my ($start, $source) = ($1, $2);
	$start =~ s/ -Wp,-MM?D,\S+//;
	for ($start, $source) {
		s/\$\(pound\)/#/g;
		s/\$\$/\$/g;
	}
	return ($start, $source);
}

# run(COMMAND, READER): what READER makes of its output, undef if it fails.
sub run
{
	my ($command, $reader) = @_;

	open my $pipe, '-|', 'sh', '-c', "$command 2>/dev/null" or return undef;
	my $result = $reader->($pipe);
	close $pipe or return undef;
	return $result;
}

my $text = '';
if ($mode eq '-i') {
	open my $in, '<', $rest[0] or die "seen.pl: $rest[0]: $!\n";
	my $used;
	$used = sub {
		open my $handle, '<', $rest[1] or die "seen.pl: $rest[1]: $!\n";
		return used($handle);
	} if defined $rest[1];
	print facts($rest[0], branches($in), $used);
	exit 0;
}

my ($build, $compiler, @objects) = @rest;
chdir $build or die "seen.pl: $build: $!\n";
my $failed = 0;
for my $object (@objects) {
	my ($start, $source) = command($object);
	my $found;

	if (defined $start) {
		my $how = $compiler eq 'gcc' ? '-fdirectives-only' : '-dD';
		$found = run("$start -E $how $source", \&branches);
	}
	if (!$found) {
		print STDERR "$object: cannot be preprocessed again\n";
		$failed = 1;
		next;
	}
	$text .= facts($object, $found, $compiler eq 'gcc' ?
	    sub { run("$start -E -dU $source", \&used) // {} } : undef);
}
open my $out, '>>', "$output.$$" or die "seen.pl: $output: $!\n";
print $out $text;
close $out or die "seen.pl: $output: $!\n";
exit $failed;
