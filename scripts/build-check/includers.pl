#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-only
#
# Which sources may be compiled in order to have a file compiled that is no
# object of its own: those that include it, directly or through headers.
#
#   includers.pl TREE FILES <INCLUDES
#	FILES has the names of the files.  INCLUDES are lines "PATH:#include ..."
#	of the whole tree, as grep prints them.  Prints FILE, tab, PATH of a .c
#	or .S; the nearest in the tree first.
#   includers.pl --near FILE <PATHS
#	only sort PATHS by how near they are to FILE
#
# It goes by names, as far as they can be resolved without a configuration: the
# preprocessor's output tells later who does include whom.

use strict;
use warnings;

# How many to print for a file, and through how many headers to look.
use constant { MOST => 60, DEPTH => 4 };

# nearness(A, B): how many folders their paths have in common.
sub nearness
{
	my @a = split m{/}, shift;
	my @b = split m{/}, shift;
	my $n = 0;

	$n++ while $n < @a && $n < @b && $a[$n] eq $b[$n];
	return $n;
}

sub nearest
{
	my ($file, @paths) = @_;
	my %near = map { $_ => nearness($file, $_) } @paths;

	return sort { $near{$b} <=> $near{$a} || $a cmp $b } @paths;
}

if ($ARGV[0] eq '--near') {
	my $file = $ARGV[1];

	chomp(my @paths = <STDIN>);
	print "$file\t$_\n" for nearest($file, @paths);
	exit 0;
}

my ($tree, $files) = @ARGV;
my %by_name;

while (<STDIN>) {
	next unless m{^(?:\./)?([^:]+):\s*#\s*include\s*(["<])([^">]+)[">]};
	my ($from, $kind, $what) = ($1, $2, $3);

	push @{$by_name{$what =~ s{.*/}{}r}}, [$from, $kind, $what];
}

sub normal
{
	my ($path) = @_;

	1 while $path =~ s{(^|/)\./}{$1} ||
	    $path =~ s{(^|/)(?!\.\./)[^/]+/\.\./}{$1};
	return $path;
}

# includes(FROM, KIND, WHAT, FILE): may the directive mean FILE?
sub includes
{
	my ($from, $kind, $what, $file) = @_;

	if ($kind eq '"') {
		my $beside = normal(($from =~ s{[^/]*$}{}r) . $what);

		return 1 if $beside eq $file;
		return 0 if -e "$tree/$beside";
	}
	$what =~ s{^(?:\.\.?/)+}{};
	return $file eq $what || substr($file, -length("/$what")) eq "/$what";
}

sub includers
{
	my ($file) = @_;
	my @level = ($file);
	my (%seen, @sources);

	$seen{$file} = 1;
	for my $depth (1 .. DEPTH) {
		my @next;

		for my $target (@level) {
			my $name = $target =~ s{.*/}{}r;

			for my $one (@{$by_name{$name} // []}) {
				my $from = $one->[0];

				next if $seen{$from} || !includes(@$one, $target);
				$seen{$from} = 1;
				push @next, $from;
			}
		}
		push @sources, nearest($file, grep { /\.[cS]$/ } @next);
		last if @sources >= MOST;
		@level = @next;
	}
	splice @sources, MOST if @sources > MOST;
	return @sources;
}

open my $list, '<', $files or die "includers.pl: $files: $!\n";
while (my $file = <$list>) {
	chomp $file;
	print "$file\t$_\n" for includers($file);
}
