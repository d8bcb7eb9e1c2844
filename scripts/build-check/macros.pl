#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-only
#
# The changed macros of headers that no object has expanded so far.
#
#   macros.pl TREE CHANGES FACTS
#	Prints FILE, tab, MACRO.  CHANGES and FACTS are as for report.pl.

use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Source;

my ($tree, $changes, $facts) = @ARGV;
my (%lines, %live, %seen, %once);

open my $in, '<', $changes or die "macros.pl: $changes: $!\n";
while (<$in>) {
	chomp;
	my ($what, $file, $number) = split /\t/;
	push @{$lines{$file}}, $number if $what eq 'line' && $file =~ /\.h$/;
}
open $in, '<', $facts or die "macros.pl: $facts: $!\n";
while (<$in>) {
	chomp;
	my (undef, $what, $file, $number) = split /\t/;
	$live{$file}{$number} = 1 if $what eq 'live';
	$seen{$file}{$number} = 1 if $what eq 'seen';
}
for my $file (sort keys %lines) {
	my @numbers = grep { $live{$file}{$_} && !$seen{$file}{$_} }
	    @{$lines{$file}};
	my $source = @numbers ? Source->read("$tree/$file") : undef;

	for my $number (@numbers) {
		my $macro = $source->{macro}[$number] // next;
		print "$file\t$macro\n" unless $once{"$file\t$macro"}++;
	}
}
