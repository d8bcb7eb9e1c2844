#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-only
#
# Sort what make and the compilers said by object.
#
#   messages.pl TREE FOLDER <LOG
#	LOG is make's output with -Otarget, so that the messages of an object
#	stand together behind its "  CC      OBJECT" line.  Writes them to
#	FOLDER/OBJECT for each object that was made; prints the objects that
#	could not be made.
#   messages.pl --warnings FOLDER OBJECT...
#	the warnings of these objects
#   messages.pl --new BEFORE AFTER
#	the lines of AFTER that BEFORE has not, or not as often.  Only the line
#	numbers and offsets in them may differ.

use strict;
use warnings;
use File::Basename qw(dirname);
use File::Path qw(make_path);

sub slurp
{
	my ($path) = @_;

	open my $file, '<', $path or return ();
	my @lines = <$file>;
	return @lines;
}

# Without what an edit elsewhere in the file changes.
sub normal
{
	my ($line) = @_;

	$line =~ s/:\d+(?::\d+)?(?=:)//;
	$line =~ s/\+0x[0-9a-f]+//g;
	return $line;
}

if ($ARGV[0] eq '--warnings') {
	my (undef, $folder, @objects) = @ARGV;
	my %seen;

	for my $object (@objects) {
		print grep { /warning:/ && !$seen{$_}++ }
		    slurp("$folder/$object");
	}
	exit 0;
}
if ($ARGV[0] eq '--new') {
	my %count;

	$count{normal($_)}++ for slurp($ARGV[1]);
	print grep { --($count{normal($_)} //= 0) < 0 } slurp($ARGV[2]);
	exit 0;
}

my ($tree, $folder) = @ARGV;
my (%messages, %failed);
my $object;
# What make says of an object that it could not make.
my @failures = (
	qr{\*\*\* \[[^\]]*: (\S+\.o)\] },
	qr{No rule to make target .*, needed by '(\S+\.o)'},
	qr{No rule to make target '(\S+\.o)'},
);

while (<STDIN>) {
	s{\Q$tree\E/}{}g;
	if (m{^  [A-Z][A-Z0-9_]* (?:\[M\])? +(\S+)$}) {
		$object = $1;
		$messages{$object} //= '';
		next;
	}
	if (/^make(?:\[\d+\])?: /) {
		for my $failure (@failures) {
			next unless $_ =~ $failure;
			my $name = $1 =~ s{^\./}{}r;
			$messages{$name} .= $_ unless $messages{$name};
			$failed{$name} = 1;
			last;
		}
		next;
	}
	$messages{$object} .= $_ if defined $object;
}

for my $name (grep { /\.o$/ && !m{^/} } keys %messages) {
	my $path = "$folder/$name";

	if (!length $messages{$name}) {
		unlink $path;
		next;
	}
	make_path(dirname($path));
	open my $file, '>', $path or die "messages.pl: $path: $!\n";
	print $file $messages{$name};
	close $file or die "messages.pl: $path: $!\n";
}
print "$_\n" for sort keys %failed;
