#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-only
#
# What a diff changes, as the tree has it afterwards.
#
#   diff.pl TREE <DIFF
#
# Prints, tab-separated,
#	file NAME changed|deleted
#	line NAME NUMBER		each line that is added or modified
# A line of the diff that TREE does not have is an error (status 1): the diff
# must lead to the state that TREE is in.

use strict;
use warnings;

my $tree = shift @ARGV;
my (%state, %lines);
my $new;

# git quotes names with unusual characters.
sub name
{
	my ($name) = @_;
	my %escape = (n => "\n", t => "\t", '"' => '"', '\\' => '\\');

	$name =~ s/\t.*//;
	if ($name =~ s/^"(.*)"$/$1/) {
		$name =~ s{\\([0-7]{3}|.)}
			{length $1 == 3 ? chr oct $1 : $escape{$1} // $1}ge;
	}
	return undef if $name eq '/dev/null';
	$name =~ s{^[^/]*/}{};
	die "a name with a line break or a tab\n" if $name =~ /[\n\t]/;
	return $name;
}

my ($old_left, $new_left, $number) = (0, 0, 0);
my ($old, $header);

while (my $line = <STDIN>) {
	chomp $line;
	if ($old_left > 0 || $new_left > 0) {
		if ($line =~ /^\+(.*)/s) {
			push @{$lines{$new}}, [$number++, $1];
			$new_left--;
		} elsif ($line =~ /^-/) {
			$old_left--;
		} elsif ($line =~ /^(?: |$)/) {
			$number++;
			$old_left--;
			$new_left--;
		} elsif ($line !~ /^\\/) {
			die "line $. of the diff belongs to no hunk\n";
		}
	} elsif ($line =~ /^diff --git /) {
		undef $old;
		undef $new;
		# The names of a file without hunks stand only here.
		($header) = $line =~ m{^diff --git a/(.+) b/\1$};
		$state{$header} //= 'changed' if defined $header;
	} elsif ($line =~ /^deleted file mode / && defined $header) {
		$state{$header} = 'deleted';
	} elsif ($line =~ /^rename from (.*)/) {
		$state{$1} = 'deleted';
	} elsif ($line =~ /^(?:rename|copy) to (.*)/) {
		$state{$1} = 'changed';
	} elsif ($line =~ /^--- (.*)/) {
		$old = name($1);
	} elsif ($line =~ /^\+\+\+ (.*)/) {
		$new = name($1);
		die "line $. of the diff names no file\n"
		    unless defined $new || defined $old;
		$state{$new // $old} = defined $new ? 'changed' : 'deleted';
		$new //= $old;
	} elsif ($line =~ /^\@\@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? \@\@/) {
		die "line $. of the diff names no file\n" unless defined $new;
		($old_left, $number, $new_left) = ($1 // 1, $2, $3 // 1);
	}
}
die "the diff ends inside a hunk\n" if $old_left > 0 || $new_left > 0;

# The tree must have what the diff says.
my $wrong = 0;
for my $name (sort keys %state) {
	my @text;

	if (open my $file, '<', "$tree/$name") {
		@text = <$file>;
		if ($state{$name} eq 'deleted') {
			print STDERR "$name: deleted by the diff, but still there\n";
			$wrong = 1;
		}
	} elsif ($state{$name} ne 'deleted') {
		print STDERR "$name: in the diff, but not in the tree\n";
		$wrong = 1;
		next;
	}
	print "file\t$name\t$state{$name}\n";
	next if $state{$name} eq 'deleted';
	for my $line (@{$lines{$name} // []}) {
		my ($at, $want) = @$line;
		my $have = $text[$at - 1] // '';

		chomp $have;
		if ($have ne $want) {
			print STDERR
			    "$name:$at: not the line that the diff has there\n";
			$wrong = 1;
			last;
		}
		print "line\t$name\t$at\n";
	}
}
exit $wrong;
