# SPDX-License-Identifier: GPL-2.0-only
#
# Why a symbol is off in a configuration: a reader of Kconfig files that knows
# as much of the language as that question needs.  What it cannot evaluate, such
# as $(cc-option,...), it takes for true, and blames it only where nothing else
# is to blame.

package Kconfig;

use strict;
use warnings;

use constant DEPTH => 3;

# new(TREE, SRCARCH, CONFIG): the Kconfig files of an architecture, and the
# values in a .config file.
sub new
{
	my ($class, $tree, $arch, $config) = @_;
	local $_;
	my $self = bless {
		tree => $tree, arch => $arch, value => {},
		# symbol -> list of definitions: { needs, prompt, choice }
		defined => {}, selected_by => {},
	}, $class;

	if (open my $file, '<', $config) {
		while (<$file>) {
			$self->{value}{$1} = $2 if /^CONFIG_(\w+)=(.*)/;
		}
	}
	$self->_file('Kconfig', []);
	return $self;
}

# The expression of "depends on": "A if B" says that A matters only with B.
sub _condition
{
	my ($text) = @_;

	$text =~ s/\s*#.*//;
	return "!($2) || ($1)" if $text =~ /^(.*\S)\s+if\s+(.*\S)$/;
	return $text;
}

# _lines(PATH): without continuation lines and help texts.
sub _lines
{
	my ($self, $path) = @_;
	local $_;
	my @lines;
	my $help;

	open my $file, '<', "$self->{tree}/$path" or return ();
	while (<$file>) {
		chomp;
		while (s/\\$//) {
			my $more = <$file> // last;
			chomp $more;
			$_ .= $more;
		}
		my ($indent) = /^(\s*)/;
		$indent =~ s/\t/        /g;
		if (defined $help) {
			next unless /\S/;
			$help = length $indent if $help < 0;
			next if length $indent && length $indent >= $help;
			undef $help;
		}
		if (/^\s*(?:---)?help(?:---)?\s*$/) {
			$help = -1;
			next;
		}
		push @lines, $_;
	}
	return @lines;
}

# _file(PATH, NEEDS): NEEDS are the conditions around the file.
sub _file
{
	my ($self, $path, $needs) = @_;
	my @around = ([@$needs]);	# if, menu, choice: a level each
	my @choice = (undef);
	my $entry;			# config or a menu's own lines

	for ($self->_lines($path)) {
		if (/^\s*(?:menu)?config\s+(\w+)/) {
			$entry = { needs => [@{$around[-1]}], prompt => 0,
				   choice => $choice[-1], name => $1 };
			push @{$self->{defined}{$1}}, $entry;
		} elsif (/^\s*if\s+(.*)/) {
			push @around, [@{$around[-1]}, _condition($1)];
			push @choice, $choice[-1];
			undef $entry;
		} elsif (/^\s*(menu|choice)\b/) {
			push @around, [@{$around[-1]}];
			push @choice, $1 eq 'choice' ? {} : undef;
			# Its conditions hold for all in it.
			$entry = { needs => $around[-1] };
		} elsif (/^\s*(?:endif|endmenu|endchoice)\b/) {
			pop @around if @around > 1;
			pop @choice if @choice > 1;
			undef $entry;
		} elsif (/^\s*(o?r?)source\s+"?([^"]+)"?/) {
			my ($how, $name) = ($1, $2);

			$name =~ s/\$\(?SRCARCH\)?/$self->{arch}/;
			$name =~ s/\$\(?srctree\)?\///;
			$name = ($path =~ s{[^/]*$}{}r) . $name if $how =~ /r/;
			$self->_file($name, $around[-1]) if $name !~ /\$/;
			undef $entry;
		} elsif (/^\s*comment\b/) {
			$entry = { needs => [] };
		} elsif (defined $entry) {
			$self->_property($entry, $_);
		}
	}
}

sub _property
{
	my ($self, $entry, $line) = @_;

	if ($line =~ /^\s*depends\s+on\s+(.*)/) {
		push @{$entry->{needs}}, _condition($1);
	} elsif ($line =~ /^\s*(?:bool|tristate|string|int|hex|prompt)\s+"/) {
		$entry->{prompt} = 1;
		if ($line =~ /"\s+if\s+(.*)/) {
			$entry->{prompt_if} = _condition($1);
		}
	} elsif ($line =~
	    /^\s*(?:default|def_bool|def_tristate)\s+(\S.*?)(?:\s+if\s+(.*))?$/) {
		push @{$entry->{defaults}}, $1 eq 'y' ? $2 // 'y' :
		    defined $2 ? "$1 && ($2)" : $1 unless $1 eq 'n';
	} elsif ($line =~ /^\s*(?:select|imply)\s+(\w+)/ && $entry->{name}) {
		push @{$self->{selected_by}{$1}}, $entry->{name};
	}
}

# ------------------------------------------------------------- expressions

# on(SYMBOL)
sub on
{
	my ($self, $symbol) = @_;

	return 1 if $symbol eq 'y' || $symbol eq 'm';
	return ($self->{value}{$symbol} // 'n') =~ /^[ym]/ ? 1 : 0;
}

# module(SYMBOL): is it m?
sub module
{
	my ($self, $symbol) = @_;

	return ($self->{value}{$symbol} // '') eq 'm';
}

# _value(WORD): what a comparison compares.
sub _value
{
	my ($self, $word) = @_;

	return $1 if $word =~ /^"(.*)"$/;
	return $word if $word =~ /^(?:[ymn]|\d.*)$/;
	my $value = $self->{value}{$word};
	$value = exists $self->{defined}{$word} ? 'n' : $word
	    unless defined $value;
	$value =~ s/^"(.*)"$/$1/;
	return $value;
}

# A recursive-descent parser over the words in $self->{words}.
sub _primary
{
	my ($self) = @_;
	my $words = $self->{words};
	my $word = shift @$words // return 1;

	return !$self->_primary ? 1 : 0 if $word eq '!';
	if ($word eq '(') {
		my $value = $self->_or;

		shift @$words;
		return $value;
	}
	if (@$words && $words->[0] =~ /^(?:!?=|[<>]=?)$/) {
		my $how = shift @$words;
		my $left = $self->_value($word);
		my $right = $self->_value(shift @$words // '');

		return 1 if "$left$right" =~ /\$\(/;
		return $left eq $right if $how eq '=';
		return $left ne $right if $how eq '!=';
		return 1;
	}
	return 1 if $word =~ /^\$|^"/;
	return $self->on($word);
}

sub _and
{
	my ($self) = @_;
	my $value = $self->_primary;

	while (@{$self->{words}} && $self->{words}[0] eq '&&') {
		shift @{$self->{words}};
		my $right = $self->_primary;
		$value &&= $right;
	}
	return $value;
}

sub _or
{
	my ($self) = @_;
	my $value = $self->_and;

	while (@{$self->{words}} && $self->{words}[0] eq '||') {
		shift @{$self->{words}};
		my $right = $self->_and;
		$value ||= $right;
	}
	return $value;
}

sub _words
{
	my ($text) = @_;

	return [$text =~ m{\$\((?:[^()]|\([^()]*\))*\)|"[^"]*"|
		&&|\|\||!=|<=|>=|[!()=<>]|[\w.\-/]+}gx];
}

# true(EXPRESSION)
sub true
{
	my ($self, $text) = @_;

	local $self->{words} = _words($text);
	return $self->_or ? 1 : 0;
}

# parts(EXPRESSION): what stands between its outermost &&.
sub parts
{
	my ($text) = @_;
	my ($depth, $part, @parts) = (0, '');
	my $words = _words($text);

	# A || at the outside makes it one part.
	for my $word (@$words) {
		$depth++ if $word eq '(';
		$depth-- if $word eq ')';
		return ($text) if $word eq '||' && !$depth;
	}
	for my $word (@$words) {
		$depth++ if $word eq '(';
		$depth-- if $word eq ')';
		if ($word eq '&&' && !$depth) {
			push @parts, $part;
			$part = '';
			next;
		}
		$part .= ($part eq '' || $part =~ /[(!]$/ || $word eq ')' ?
			  '' : ' ') . $word;
	}
	push @parts, $part;
	$_ =~ s/ (!?=) /$1/g for @parts;
	if (@parts == 1 && $parts[0] =~ /^\((.*)\)$/) {
		my $inside = $1;
		my $level = 0;

		for (@{_words($inside)}) {
			$level++ if $_ eq '(';
			return @parts if $_ eq ')' && --$level < 0;
		}
		return parts($inside);
	}
	return @parts == 1 ? @parts : map { parts($_) } @parts;
}

# --------------------------------------------------------------- the answer

# _needs(SYMBOL, DEFINITION, DEPTH): what its dependencies lack, or undef.
sub _needs
{
	my ($self, $symbol, $definition, $depth) = @_;
	my %once;
	my @false = grep { !$self->true($_) && !$once{$_}++ }
	    map { parts($_) } @{$definition->{needs}};

	return undef unless @false;
	my $reason = "$symbol depends on " . join ' && ',
	    map { @false > 1 && /\|\|/ ? "($_)" : $_ } @false;
	# A single symbol has a reason of its own.
	$reason .= ', ' . $self->why_off($false[0], $depth + 1)
	    if @false == 1 && $depth < DEPTH &&
	    $false[0] =~ /^\w+$/ && $false[0] !~ /^(?:n|BROKEN)$/;
	return $reason;
}

# _unset(SYMBOL, DEFINITION, DEPTH): for a symbol that nobody is asked for: its
# default and what selects it decide.
sub _unset
{
	my ($self, $symbol, $definition, $depth) = @_;
	my %once;
	my @by = grep { !$once{$_}++ } sort @{$self->{selected_by}{$symbol} // []};
	my @defaults = @{$definition->{defaults} // []};

	return "$symbol is on only for " . join ' or ', @defaults if @defaults;
	return "$symbol is selected by nothing" unless @by;
	return "$symbol is selected by nothing that is on: " .
	    $self->why_off($by[0], $depth + 1)
	    if @by == 1 && $depth < DEPTH && !$self->on($by[0]);
	my $more = @by > 3 ? sprintf(' and %d more', @by - 3) : '';

	splice @by, 3 if @by > 3;
	return "$symbol is selected by nothing that is on (" .
	    join(', ', @by) . "$more)";
}

# why_off(SYMBOL): a sentence that begins with SYMBOL.
sub why_off
{
	my ($self, $symbol, $depth) = @_;
	my $definitions = $self->{defined}{$symbol};
	my $reason;

	$depth //= 0;
	return "$symbol does not exist for $self->{arch}" unless $definitions;
	for my $one (@$definitions) {
		my $lacks = $self->_needs($symbol, $one, $depth);

		if (defined $lacks) {
			$reason //= $lacks;
			next;
		}
		return "$symbol is not the alternative that its choice takes"
		    if $one->{choice};
		return "$symbol is not switched on"
		    if $one->{prompt} && $self->true($one->{prompt_if} // 'y');
		return $self->_unset($symbol, $one, $depth);
	}
	return $reason;
}

1;
