#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-only
#
# The two halves of tests/accuracy.sh.
#
#   accuracy.pl facts TREE BUILD <NAMES
#	the direct calls in the .ci files, whose names are on stdin; counts of
#	what is dropped go to stderr
#   accuracy.pl compare TREE BUILD FACTS EDGES MISSES COUNTS
#	a table of which of them EDGES has, COUNTS in it; the others go to
#	MISSES, by reason, and to MISSES.tsv
#
# What gcc 12 writes into a .ci file, and what we make of it:
#
#   node: { title: "mm/slub.c:kfree_bulk" label: "kfree_bulk\nmm/slub.c:99:6" }
#   edge: { sourcename: "..." targetname: TITLE label: "mm/slub.c:512:3" }
#
# - An edge is a call instruction, so a call that gcc folds or finds dead has
#   none.  Calls through a pointer go to the node "__indirect_call".
# - The title is the assembler's name, behind the file's if the function is
#   static.  The label is the name in the source (where it was declared first),
#   but the copies that gcc makes have a suffix, as in kfree_bulk.part.0.  A
#   node may come after its edges.
# - The place of a call is where its expression begins: at the callee's name, or
#   at the operator for "n += f()" and the like.  A call in an argument has the
#   place of the outermost call around it.  A call from the body of a macro, or
#   in the arguments of one, has the place of the outermost macro's name.
# - An inlined call has its own place, its caller that of the function around.
# - A destructor's call has the place of the variable's declaration.

use strict;
use warnings;

my ($mode, $tree, $build) = splice @ARGV, 0, 3;

# The path of a file as our records have it: relative to the tree, without "..";
# undef for a file of the build folder, absolute for one outside of both.
sub path
{
	my ($name) = @_;

	$name =~ s{^\Q$tree\E/}{} or $name =~ m{^/} or return undef;
	return undef if $name =~ s{^\Q$build\E/}{};
	1 while $name =~ s{(^|/)(?!\.\./)[^/]+/\.\./}{$1};
	return $name;
}

sub lines_of
{
	my ($name) = @_;

	open my $file, '<', $name or die "accuracy.pl: $name: $!\n";
	my @lines = <$file>;
	return \@lines;
}

# ----------------------------------------------------------------- the facts

# The kernel's names that the command line of a UML object renames, as in
# -Dstrrchr=kernel_strrchr: new name -> the name in the source.
sub renamed
{
	my ($command) = @_;
	my %old;

	while ($command =~ / -D(\w+)=(\w+)(?= )/g) {
		my ($from, $to) = ($1, $2);
		$old{$to} = $from if $to =~ /^kernel_*\Q$from\E$/ ||
			$to eq "kernel$from";
	}
	return \%old;
}

sub facts
{
	my (%facts, %count);

	while (my $ci = <STDIN>) {
		chomp $ci;
		$ci =~ s{^\./}{};
		(my $object = $ci) =~ s/\.ci$/.o/;
		(my $command = $object) =~ s{([^/]*)$}{.$1.cmd};
		# One that is left from an older configuration.
		next unless -e "$build/$object" && -e "$build/$command";
		my $old = renamed(lines_of("$build/$command")->[0]);
		my $lines = lines_of("$build/$ci");
		my (%name, %declared);
		$count{'objects'}++;
		for (@$lines) {
			next unless /^node: \{ title: "([^"]*)" label: "([^"\\]*)(?:\\n([^"]*))?"/;
			$name{$1} = $2;
			$declared{$1} = $3 // '';
		}
		for (@$lines) {
			next unless /^edge: \{ sourcename: "[^"]*" targetname: "([^"]*)"(?: label: "(.*):(\d+):(\d+)")?/;
			my ($to, $file, $line, $column) = ($1, $2, $3, $4);
			if ($to eq '__indirect_call') {
				$count{'indirect calls, no facts'}++;
				next;
			}
			if (!defined $file) {
				$count{'calls without a place, dropped'}++;
				next;
			}
			my $callee = $name{$to};
			if (!defined $callee) {
				$count{'calls of a nameless function, dropped'}++;
				next;
			}
			$callee =~ s/\.(part|isra|constprop|cold|localalias|lto_priv)\b.*//;
			my $path = path($file);
			if (!defined $path || $path =~ m{^/}) {
				$count{defined $path ?
					'calls in headers of the C library, dropped' :
					'calls in generated files, dropped'}++;
				next;
			}
			$callee = $old->{$callee} if defined $old->{$callee} &&
				lines_of("$tree/$path")->[$line - 1] !~
				/\b\Q$callee\E\b/;
			my $declared = path($declared{$to} =~ s/:\d+:\d+$//r);
			my $outside = $declared{$to} eq '<built-in>' ? 'gcc' :
				defined $declared && $declared =~ m{^/} ?
				'outside' : 'tree';
			my $fact = $facts{"$path\t$line\t$callee"} //=
				[{}, $object, $outside];
			$fact->[0]{$column} = 1;
		}
	}
	for (sort keys %facts) {
		my ($columns, $object, $outside) = @{$facts{$_}};
		print join("\t", $_, join(',', sort { $a <=> $b } keys %$columns),
			$object, $outside), "\n";
	}
	printf STDERR "%-60s %8d\n", $_, $count{$_} for sort keys %count;
}

# ------------------------------------------------------------- the comparison

my %calls;	# file -> line -> callee -> caller: our calls in functions
my %callers;	# file -> caller: the functions that have calls
my %bodies;	# macro -> file -> name: the names in its body, as we know them
my %deps;	# object -> file: what it was compiled from
my %is_dep;	# file: of any object

sub read_deps
{
	my ($object) = @_;

	return if $deps{$object};
	(my $command = $object) =~ s{([^/]*)$}{.$1.cmd};
	my %files;
	for (@{lines_of("$build/$command")}) {
		next unless m{^(?:source_\S+ :=)?\s+([^\$\s]+)( \\)?$};
		my $path = path($1);
		next if !defined $path || $path =~ m{^/};
		$files{$path} = $is_dep{$path} = 1;
	}
	$deps{$object} = \%files;
}

sub read_edges
{
	my ($edges, $wanted) = @_;

	open my $file, '<', $edges or die "accuracy.pl: $edges: $!\n";
	while (<$file>) {
		chomp;
		my ($path, $line, $caller, $callee) = split /\t/;
		die "accuracy.pl: $edges:$.: not file, line, caller, callee\n"
			unless defined $callee && $line =~ /^\d+$/;
		if ($caller =~ s/^#//) {
			$bodies{$caller}{$path}{$callee} = 1 if $is_dep{$path};
		} elsif ($wanted->{$path}) {
			$calls{$path}{$line}{$callee} = $caller;
			$callers{$path}{$caller} = 1;
		}
	}
}

# All names that a macro reaches through bodies of macros only.  A definition
# counts if the object was compiled from its file; all branches of #if do.
sub reach
{
	my ($table, $memo, $object, $macro) = @_;

	$memo->{$macro} //= do {
		my (%reached, @queue);
		@queue = ($macro);
		while (defined(my $name = pop @queue)) {
			my $defined = $table->{$name} or next;
			for my $path (keys %$defined) {
				next unless $deps{$object}{$path};
				push @queue, grep { !$reached{$_}++ }
					keys %{$defined->{$path}};
			}
		}
		\%reached;
	};
}

# The text of a file, comments and strings blanked.
my ($text_path, $text, @offset) = ('');
sub load
{
	my ($path) = @_;

	return if $path eq $text_path;
	$text = join '', @{lines_of("$tree/$path")};
	$text =~ s{(/\*.*?\*/|//(?:\\\n|[^\n])*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')}
		{(my $blank = $1) =~ tr/\n/ /c; $blank}gse;
	@offset = (0, 0);
	push @offset, pos $text while $text =~ /\n/g;
	$text_path = $path;
}

# Behind the bracket that closes the one at an offset.
sub skip
{
	my $open = 0;

	pos($text) = $_[0];
	while ($text =~ /([()\[\]])/g) {
		$open += $1 eq '(' || $1 eq '[' ? 1 : -1;
		return pos $text if $open <= 0;
	}
	return length $text;
}

# From, to: the expression at gcc's place.  For a name with arguments it ends
# where they end; otherwise it is the rest of the statement, and for an operator
# what is before it as well.
sub extent
{
	my ($line, $column) = @_;
	my $from = $offset[$line] + $column - 1;
	my $arguments = 0;

	pos($text) = $from;
	if ($text =~ /\G[A-Za-z_]\w*/gc) {
		while (1) {
			$text =~ /\G\s+/gc;
			if ($text =~ /\G[(\[]/) {
				$arguments = 1;
				pos($text) = skip(pos $text);
			} elsif ($text !~ /\G(?:->|\.)\s*\w+/gc) {
				last;
			}
		}
		return ($from, pos $text) if $arguments;
	} elsif (substr($text, $from, 1) !~ /[(\[]/) {
		my $before = substr $text, 0, $from;
		$from = $before =~ /.*[;{}]/s ? $+[0] : 0;
		$text =~ /\G\s+/g if defined(pos($text) = $from);
		$from = pos $text // $from;
	}
	my $open = 0;
	pos($text) = $offset[$line] + $column - 1;
	while ($text =~ /([(){}\[\];])/g) {
		if ($1 eq '(' || $1 eq '[') {
			$open++;
		} elsif ($1 eq ')' || $1 eq ']') {
			last if --$open < 0;
		} elsif ($open <= 0) {
			last;
		}
	}
	return ($from, pos $text // length $text);
}

# The macros of the tree from their text, to tell why a call is missed: the
# names in a body, called or not, and "##" if it pastes.
my %texts;
sub read_texts
{
	return if %texts;
	for my $path (keys %is_dep) {
		next unless $path =~ /\.[ch]$/ && -f "$tree/$path";
		my $all = join '', @{lines_of("$tree/$path")};
		$all =~ s{/\*.*?\*/}{ }gs;
		while ($all =~ /^[ \t]*#[ \t]*define[ \t]+(\w+)((?:\\\n|[^\n])*)/mg) {
			my ($name, $body) = ($1, $2);
			$body =~ s/^\([^)]*\)//;
			$body =~ s/"(?:\\.|[^"\\])*"/ /g;
			$texts{$name}{$path}{$_} = 1
				for $body =~ /([A-Za-z_]\w*|##)/g;
			$texts{$name}{$path} //= {};
		}
	}
}

# The links that our records lack on the way from the names in a statement,
# macros all of them, to a name: the way that lacks the fewest.
sub gaps
{
	my ($object, $callee, $recorded, @macros) = @_;
	my (@ways, %done);

	# The ways by the number of gaps, those of the current number first.
	push @{$ways[$recorded->{$_} ? 0 : 1]}, [$_,
		$recorded->{$_} ? '' : "no record of the use of $_"]
		for @macros;
	for (my $gaps = 0; $gaps < @ways; $gaps++) {
		my $queue = $ways[$gaps] or next;
		while (my $way = shift @$queue) {
			my ($name, $lacks) = @$way;
			return $lacks if $name eq $callee && $lacks ne '';
			next if $done{$name}++;
			my $defined = $texts{$name} or next;
			for my $path (sort keys %$defined) {
				next unless $deps{$object}{$path};
				for (sort keys %{$defined->{$path}}) {
					my $has = $bodies{$name} &&
						$bodies{$name}{$path} &&
						$bodies{$name}{$path}{$_};
					push @{$ways[$gaps + !$has]}, [$_,
						$has ? $lacks : join ', ',
						grep { $_ ne '' } $lacks,
						"#$name has no $_"];
				}
			}
		}
	}
	return $callee;
}

# Why a call is missed: reason, key.  Those with NO: are not the scanner's fault,
# there is no such call in the source.  They are given only where neither the
# expression nor a macro in it names the callee, nor pastes names.
sub reason
{
	my ($memo, $object, $callee, $outside, $source, $scope,
		$recorded) = @_;

	read_texts();
	my ($first) = $source =~ /([A-Za-z_]\w*)/;
	return ("plain call$scope", $callee)
		if $source =~ /\b\Q$callee\E\s*\(/;
	my @macros = grep {
		my $defined = $texts{$_};
		$defined && grep { $deps{$object}{$_} } keys %$defined;
	} $source =~ /([A-Za-z_]\w*)/g;
	if ($source =~ /\b\Q$callee\E\b/) {
		return ("named in the arguments of a macro$scope", $macros[0])
			if @macros;
		return ('named, not called', $callee);
	}
	my @naming = grep { reach(\%texts, $memo, $object, $_)->{$callee} }
		@macros;
	return ("named in the body of a macro$scope",
		gaps($object, $callee, $recorded, @naming)) if @naming;
	return ('NO: macro of the C library', $callee) if $outside eq 'outside';
	for (@macros) {
		return ("pasted by a macro, directly or deeper$scope", $_)
			if reach(\%texts, $memo, $object, $_)->{'##'};
	}
	return ('NO: made up by gcc', $callee)
		if $outside eq 'gcc' || $callee =~ /^(__builtin_|mem(cpy|set|move|cmp)$)/;
	return ('NO: pointer whose value gcc knows', $first // '?')
		if $source =~ /\w\s*\(/;
	return ('unknown', $first // '?');
}

sub compare
{
	my ($facts_name, $edges, $misses_name, $counts) = @_;
	my (@facts, %wanted, %count, %misses);

	for (@{lines_of($facts_name)}) {
		chomp;
		my @fact = split /\t/;
		push @facts, \@fact;
		$wanted{$fact[0]} = 1;
		read_deps($fact[4]);
	}
	read_edges($edges, \%wanted);

	# Macros depend on the object, so one object after the other.
	my ($now, %memo, %text_memo) = ('');
	open my $tsv, '>', "$misses_name.tsv" or die "accuracy.pl: $misses_name.tsv: $!\n";
	for (sort { $a->[4] cmp $b->[4] || $a->[0] cmp $b->[0] ||
		$a->[1] <=> $b->[1] } @facts) {
		my ($path, $line, $callee, $columns, $object, $outside) = @$_;
		if ($object ne $now) {
			$now = $object;
			%memo = %text_memo = ();
		}
		my $has = sub {
			my ($here) = @_;
			my $names = $calls{$path}{$here} or return '';
			return 'found on their line' if $names->{$callee};
			for (keys %$names) {
				return 'found on their line, by a macro' if
					$bodies{$_} &&
					reach(\%bodies, \%memo, $object, $_)->{$callee};
			}
			return '';
		};
		my $found = $has->($line);
		if ($found) {
			$count{$found}++;
			next;
		}

		load($path);
		my ($from, $to);
		for my $column (split /,/, $columns) {
			my ($start, $end) = extent($line, $column);
			$from = $start if !defined $from || $start < $from;
			$to = $end if !defined $to || $end > $to;
		}
		my $source = substr $text, $from, $to - $from;
		my $first = $line;
		$first-- while $first > 1 && $offset[$first] > $from;
		my $last = $first + ($source =~ tr/\n//);
		for my $here ($first .. $last) {
			next if $here == $line;
			if (($found = $has->($here))) {
				my $lines = abs($here - $line);
				$found =~ s/on their line/in the lines of the statement/;
				$count{'  of those in the statement, more than 10 lines away'}++
					if $lines > 10;
				last;
			}
		}
		if (!$found && $source =~ /^\w*SYSCALL_DEFINE/ &&
			$callee =~ /^__(?:do|se)_((?:compat_)?sys_\w+)$/) {
			# __se_sys_x calls __do_sys_x: for us both are sys_x.
			my $name = $1;
			$found = 'found as the system call itself' if grep {
				$callers{$path}{$_} } $name, "__do_$name", "__se_$name";
		}
		if ($found) {
			$count{$found}++;
			next;
		}
		my %recorded = map { %{$calls{$path}{$_} // {}} } $first .. $last;
		my ($why, $key) = reason(\%text_memo, $object, $callee, $outside,
			$source, $from == $offset[$line] ? ', at file scope' : '', \%recorded);
		$source =~ s/\s+/ /g;
		push @{$misses{$why}{$key}},
			"$path:$line: $callee in: " . substr $source, 0, 70;
		print $tsv join("\t", $why, $key, $path, $line, $callee), "\n";
	}
	close $tsv or die "accuracy.pl: $misses_name.tsv: $!\n";

	my (%sum, $missed, $not);
	$missed = $not = 0;
	for my $why (keys %misses) {
		$sum{$why} += @$_ for values %{$misses{$why}};
		($why =~ /^NO: / ? $not : $missed) += $sum{$why};
	}
	my $calls = @facts - $not;
	die "accuracy.pl: no facts\n" unless $calls;

	my $row = sub { printf "%-60s %8d\n", @_ };
	print for @{lines_of($counts)};
	$row->('facts of gcc: file, line, callee', scalar @facts);
	$row->("  not in the source: $_", $sum{"NO: $_"})
		for map { /^NO: (.*)/ } sort keys %sum;
	$row->('direct calls of the source', $calls);
	$row->($_ =~ /^ / ? "    $_" : "  $_", $count{$_}) for
		sort { ($a =~ /^ /) <=> ($b =~ /^ /) || $a cmp $b } keys %count;
	$row->('  missed', $missed);
	$row->("    $_", $sum{$_}) for sort { $sum{$b} <=> $sum{$a} || $a cmp $b }
		grep { !/^NO: / } keys %sum;
	# Rounded down, so that 100.00 means all.
	printf "%-60s %8.2f\n", 'percent',
		int(($calls - $missed) * 10000 / $calls) / 100;

	open my $out, '>', $misses_name or die "accuracy.pl: $misses_name: $!\n";
	for my $why (sort { $sum{$b} <=> $sum{$a} || $a cmp $b } keys %sum) {
		print $out "== $sum{$why} ", $why =~ s/^NO: /not in the source: /r,
			"\n";
		my $keys = $misses{$why};
		for my $key (sort { @{$keys->{$b}} <=> @{$keys->{$a}} ||
			$a cmp $b } keys %$keys) {
			my @places = @{$keys->{$key}};
			print $out "\n", scalar @places, " $key\n";
			print $out "\t$_\n" for @places[0 .. ($#places < 7 ? $#places : 7)];
		}
		print $out "\n";
	}
	close $out or die "accuracy.pl: $misses_name: $!\n";
}

if ($mode eq 'facts') {
	facts();
} else {
	compare(@ARGV);
}
