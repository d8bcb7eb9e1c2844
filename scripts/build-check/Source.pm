# SPDX-License-Identifier: GPL-2.0-only
#
# The conditional directives of a C or assembler source.  All lines of one
# branch of an #if are compiled or none is, so a line is described by its
# branch; and by the macro in whose #define it stands, because the compiler
# looks into that only where the macro is expanded.
#
# No macro is expanded here and no condition evaluated: the preprocessor's output
# tells which branches were taken (seen.pl).

package Source;

use strict;
use warnings;

# _comment(LINE, INSIDE): is the end of the line inside a comment?
sub _comment
{
	my ($line, $inside) = @_;

	pos($line) = 0;
	while (pos($line) < length $line) {
		if ($inside) {
			$line =~ m{\G.*?\*/}gcs or return 1;
			$inside = 0;
		} elsif ($line =~ m{\G/\*}gc) {
			$inside = 1;
		} elsif ($line =~ m{\G//.*}gcs) {
			return 0;
		} else {
			# Strings and characters may hold what looks like a comment.
			$line =~ m{\G"(?:[^"\\]|\\.)*"}gcs or
			    $line =~ m{\G'(?:[^'\\]|\\.)*'}gcs or
			    $line =~ m{\G[^/"']+}gc or
			    $line =~ m{\G.}gcs;
		}
	}
	return $inside;
}

# new(TEXT): branches are numbered from 0, the whole file.  The object has
#	branch	[line]		the number of its branch
#	macro	[line]		the name of the macro that is defined there, or undef
#	above	[branch]	the branch around it
#	words	[branch]	the directive that opens it
sub new
{
	my ($class, $text) = @_;
	my $self = bless {
		branch => [0], macro => [undef], above => [undef], words => [''],
	}, $class;
	my @lines = split /\n/, $text;
	my ($here, $inside) = (0, 0);

	for (my $i = 0; $i < @lines; $i++) {
		my $line = $lines[$i];
		my $first = $i;
		my $starts_inside = $inside;

		$inside = _comment($line, $inside);
		# A logical line: backslashes, and comments inside a directive.
		my $directive = !$starts_inside &&
		    $line =~ m{^\s*(?:/\*.*?\*/\s*)?#};
		while (($line =~ s/\\\s*$/ / || ($directive && $inside)) &&
		    $i + 1 < @lines) {
			$i++;
			$inside = _comment($lines[$i], $inside);
			$line .= $lines[$i];
		}
		my ($macro, $opens, $words);
		if ($directive && $line =~
		    m{^\s*(?:/\*.*?\*/\s*)?#\s*([a-z]+)\b\s*(.*)}s) {
			my ($word, $rest) = ($1, $2);

			$rest =~ s{/\*.*?\*/}{ }gs;
			$rest =~ s{//.*}{}s;
			$rest =~ s/\s+/ /g;
			$rest =~ s/ $//;
			if ($word =~ /^(?:if|ifdef|ifndef)$/) {
				$opens = 'if';
				$words = "#$word $rest";
			} elsif ($word =~ /^(?:elif|elifdef|elifndef)$/) {
				$opens = 'else';
				$words = "#$word $rest";
			} elsif ($word eq 'else') {
				$opens = 'else';
				$words = "#else of " .
				    ($self->{words}[$here] =~ s/^#else of //r);
			} elsif ($word eq 'endif') {
				$here = $self->{above}[$here] // 0;
			} elsif ($word eq 'define') {
				($macro) = $rest =~ /^(\w+)/;
			}
		}
		# #elif and #else stand in the branch around the one they end.
		$here = $self->{above}[$here] // 0
		    if defined $opens && $opens eq 'else';
		for my $n ($first .. $i) {
			$self->{branch}[$n + 1] = $here;
			$self->{macro}[$n + 1] = $macro;
		}
		if (defined $opens) {
			push @{$self->{above}}, $here;
			push @{$self->{words}}, $words;
			$here = $#{$self->{above}};
		}
	}
	return $self;
}

# read(PATH): undef if it cannot be read.
sub read
{
	my ($class, $path) = @_;

	open my $file, '<', $path or return undef;
	local $/;
	return $class->new(scalar <$file> // '');
}

# A branch that is taken shows that those around it are.
sub taken
{
	my ($self, $branches) = @_;
	my %taken = (0 => 1);

	for my $branch (keys %$branches) {
		for (; $branch && !$taken{$branch};
		     $branch = $self->{above}[$branch]) {
			$taken{$branch} = 1;
		}
	}
	return \%taken;
}

1;
