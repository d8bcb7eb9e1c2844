#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-only
#
# The report of build-check.sh.
#
#   report.pl TREE CHANGES FACTS MESSAGES FLAVOUR...
#	CHANGES is what diff.pl printed.  FACTS are tab-separated lines, each
#	with its flavour (x86, um) first:
#	    FLAVOUR unit OBJECT FILE	OBJECT was to be built because of FILE
#	    FLAVOUR failed OBJECT	it could not be, see MESSAGES/FLAVOUR/OBJECT
#	    FLAVOUR in OBJECT FILE	as seen.pl prints it; so are live and seen
#	    FLAVOUR why FILE REASON	why this flavour does not build FILE
#
# Exit status: 0 no file failed, 1 some did.

use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Source;

# Lines of a compiler's messages, and includers, to print for a file.
use constant { MESSAGES => 20, INCLUDERS => 2 };

my ($tree, $changes, $facts, $messages, @flavours) = @ARGV;
my (%state, %lines, %unit, %failed, %in, %live, %seen, %why);

sub each_line
{
	my ($path, $do) = @_;

	open my $file, '<', $path or die "report.pl: $path: $!\n";
	while (my $line = <$file>) {
		chomp $line;
		$do->(split /\t/, $line);
	}
}

each_line($changes, sub {
	my ($what, $file, $value) = @_;

	$state{$file} = $value if $what eq 'file';
	push @{$lines{$file}}, $value if $what eq 'line';
});
each_line($facts, sub {
	my ($flavour, $what, $a, $b) = @_;

	$unit{$b}{$flavour}{$a} = 1 if $what eq 'unit';
	$failed{$flavour}{$a} = 1 if $what eq 'failed';
	$in{$b}{$flavour}{$a} = 1 if $what eq 'in';
	$live{$a}{$b} = 1 if $what eq 'live';
	$seen{$a}{$b} = 1 if $what eq 'seen';
	$why{$a}{$flavour} = $b if $what eq 'why';
});

# failures(FILE): [flavour, object] of what was built for FILE and failed.  That
# an object with a touched header in it fails is the fault of the header only
# if no other source is to blame: then it was built for the header alone.
sub failures
{
	my ($file) = @_;

	return map {
		my $flavour = $_;
		map { [$flavour, $_] } grep { $failed{$flavour}{$_} }
		    sort keys %{$unit{$file}{$flavour} // {}};
	} @flavours;
}

# through(FILE): which objects a file that is no object itself is part of.
sub through
{
	my ($file) = @_;
	my $own = $file =~ s/\.[^.]*$/.o/r;
	my %objects = map { %{$in{$file}{$_} // {}} } @flavours;

	for my $object (keys %objects) {
		my $name = $object;

		1 while $name =~ s{[^/]+/\.\./}{};
		return '' if $name eq $own;
	}
	my @objects = sort keys %objects;
	my $more = @objects - INCLUDERS;
	splice @objects, INCLUDERS if $more > 0;
	return ($file =~ /\.h$/ ? ': header, seen through ' : ': part of ') .
	    join(', ', @objects) . ($more > 0 ? " and $more more" : '');
}

# unbuilt(FILE): the reason that says most.
sub unbuilt
{
	my ($file) = @_;
	my @reasons = map { $why{$file}{$_} // () } @flavours;
	my ($best) = grep { !/ needs ARCH=/ } @reasons;

	return $best // $reasons[0] // 'nothing is known of it';
}

sub print_messages
{
	my ($flavour, $object) = @_;
	my $number = 0;

	open my $file, '<', "$messages/$flavour/$object" or return;
	while (<$file>) {
		if (++$number > MESSAGES) {
			print "    ...\n";
			last;
		}
		print "    $_";
	}
}

# unseen(FILE, NUMBER, SOURCE): why a line of a compiled file was not seen.
sub unseen
{
	my ($file, $number, $source) = @_;

	return "the macro $source->{macro}[$number] is expanded in no object here"
	    if $live{$file}{$number};
	my $branch = $source->{branch}[$number] // 0;
	return $branch ? "below $source->{words}[$branch]" :
	    'nothing of the file is compiled';
}

my %files = (compiled => 0, unbuilt => 0, failed => 0);
my %count = (changed => 0, seen => 0, unseen => 0, elsewhere => 0);
my @unseen;

for my $file (sort keys %state) {
	my @failures = failures($file);
	my @compiled = grep { $in{$file}{$_} } @flavours;
	my $outside;

	if (@failures) {
		my %once;

		$files{failed}++;
		$outside = 'the file does not compile';
		print "$file: FAILED (", join(', ', grep { !$once{$_}++ }
		    map { $_->[0] } @failures), ")\n";
		print_messages(@{$failures[0]});
	} elsif (@compiled) {
		$files{compiled}++;
		print "$file: compiled (", join(', ', @compiled), ')',
		    through($file), "\n";
	} else {
		my $reason = $state{$file} eq 'deleted' ?
		    'deleted by the change' : unbuilt($file);

		$files{unbuilt}++;
		$outside = 'the file is not built here';
		print "$file: not buildable here: $reason\n";
	}
	my $source;
	for my $number (@{$lines{$file} // []}) {
		$count{changed}++;
		if ($seen{$file}{$number}) {
			$count{seen}++;
			next;
		}
		$count{unseen}++;
		$count{elsewhere}++ unless @compiled;
		$source //= Source->read("$tree/$file");
		push @unseen, "$file:$number: not seen by the compiler: " .
		    (@compiled ? unseen($file, $number, $source) : $outside) .
		    "\n";
	}
}
print @unseen;
printf "files: %d changed: %d compiled, %d not buildable here, %d failed\n",
    scalar keys %state, @files{qw(compiled unbuilt failed)};
printf "lines: %d changed: %d seen by the compiler, %d not seen",
    @count{qw(changed seen unseen)};
printf " (%d of them in files that are not compiled)", $count{elsewhere}
    if $count{elsewhere};
print "\n";
exit($files{failed} ? 1 : 0);
