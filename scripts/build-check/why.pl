#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0-only
#
# Why a configuration does not build a file.
#
#   why.pl TREE CONFIG SRCARCH LABEL LISTS INCLUDERS FILE...
#	CONFIG is the .config file, LABEL its name in the reasons; LISTS is what
#	objects.mk wrote, INCLUDERS what includers.pl printed.  Prints FILE,
#	tab, REASON.
#
# What cannot be compiled at all is told by its name.  Otherwise the Makefiles
# are read, from the one that lists the object up to the root, for the CONFIG_
# symbols that its lines hang on; the outermost one that is off is the reason,
# and the Kconfig files tell why it is off.

use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Kconfig;
use Source;

my ($tree, $config, $arch, $label, $lists, $includers, @files) = @ARGV;
my (%objects, %includer, %programs, %makefiles, $kconfig);

if (open my $file, '<', $lists) {
	while (<$file>) {
		$programs{$2 =~ s/\.o$//r} = $1 if /^(host|user) (\S+)$/;
		$objects{$1} = 1 if /^kernel (\S+)$/;
	}
}
if (open my $file, '<', $includers) {
	while (<$file>) {
		chomp;
		my ($name, $by) = split /\t/;
		$includer{$name} //= $by;
	}
}

# ---------------------------------------------------------------- the names

# by_name(FILE): for what no configuration of this architecture compiles.
sub by_name
{
	my ($file) = @_;
	my $name = $file =~ s{.*/}{}r;

	return 'documentation' if $file =~ m{^Documentation/} ||
	    $name =~ /\.(?:rst|txt|md|svg|yaml)$/ ||
	    $name =~ /^(?:MAINTAINERS|CREDITS|README.*|COPYING)$/;
	return 'a file of the build system'
	    if $name =~ /^(?:Makefile|Kbuild|Kconfig)|\.mk$|_defconfig$/;
	return 'a device tree' if $name =~ /\.dtsi?$/;
	return 'Rust' if $name =~ /\.rs$/;
	return 'a user-space program or a selftest' if $file =~ m{^tools/};
	return 'a script' if $name =~ /\.(?:sh|pl|py|awk|cocci|tc)$/;
	return 'host program' if $file =~ m{^(?:scripts|usr|Documentation)/} &&
	    $name =~ /\.[ch]$/ && $file !~ m{^scripts/(?:module-common|mod/)};
	if ($file =~ m{^arch/([^/]+)/(um/)?} && $1 ne $arch &&
	    !($arch eq 'um' && $1 eq 'x86' && $2)) {
		return "arch/$1 needs ARCH=" . ($2 ? 'um' : $1);
	}
	return "arch/x86/um needs ARCH=um"
	    if $arch ne 'um' && $file =~ m{^arch/x86/um/};
	return undef;
}

# ------------------------------------------------------------ the Makefiles

# makefile(DIR): its assignments, [name, values, symbols of the ifs around].
sub makefile
{
	my ($dir) = @_;
	local $_;
	my ($file) = grep { -f "$tree/$_" }
	    map { $dir eq '.' ? $_ : "$dir/$_" } qw(Kbuild Makefile);
	my (@entries, @ifs);

	return $makefiles{$dir} if $makefiles{$dir};
	$makefiles{$dir} = \@entries;
	return \@entries unless $file && open my $in, '<', "$tree/$file";
	while (<$in>) {
		chomp;
		while (s/\\$/ /) {
			$_ .= <$in> // last;
			chomp;
		}
		s/#.*//;
		if (/^\s*if(n?)(?:def\s+|eq\s*\(\s*\$\()(CONFIG_\w+)/) {
			push @ifs, $1 ? '' : $2;
		} elsif (/^\s*if(?:n?def|n?eq)\b/) {
			push @ifs, '';
		} elsif (/^\s*else\b/) {
			$ifs[-1] = '' if @ifs;
		} elsif (/^\s*endif\b/) {
			pop @ifs;
		} elsif (/^\s*([^:=+]+?)\s*(?:[:+?]{0,2}=)\s*(.*)/) {
			push @entries, [$1, [split ' ', $2], [grep { $_ } @ifs]];
		}
	}
	return \@entries;
}

# The variables whose values kbuild builds.
my $lists_of_kbuild = qr{^(?:obj|lib|extra|always|subdir|core|libs|drivers|net
	|virt|head)$}x;

# listed(DIR, WORD, SEEN): the symbols on which it hangs that DIR's Makefile
# builds WORD; undef if it never does.
sub listed
{
	my ($dir, $word, $seen) = @_;
	my $best;

	return undef if $seen->{$word}++;
	for my $entry (@{makefile($dir)}) {
		my ($name, $values, $ifs) = @$entry;
		next unless grep { $_ eq $word } @$values;
		my @symbols = (@$ifs, $name =~ /(CONFIG_\w+)/g);
		my $base = $name =~ s/-(?:y|m|objs|\$\(.*\)).*$//r;

		if ($base !~ $lists_of_kbuild) {
			# Part of another object, or a variable.
			my $more;

			for ($base eq $name ? () : "$base.o", "\$($name)",
			    "\$($base-y)", "\$($base-m)") {
				$more //= listed($dir, $_, $seen);
			}

			next unless $more;
			unshift @symbols, @$more;
		}
		$best = \@symbols
		    if !$best || off(@symbols) < off(@$best);
	}
	return $best;
}

sub off
{
	return grep { !kconfig()->on(s/^CONFIG_//r) } @_;
}

sub kconfig
{
	return $kconfig //= Kconfig->new($tree, $arch, $config);
}

# symbols(FILE): from the root's Makefile down to the line with the object; and
# whether such a line was found.
sub symbols
{
	my ($file) = @_;
	my @parts = split m{/}, $file =~ s/\.[^.]*$/.o/r;
	my $word = pop @parts;
	my (@symbols, $found);

	while (@parts) {
		my $dir = join '/', @parts;
		my $here = listed($dir, $word, {}) //
		    ($found ? listed($dir, $word =~ s{/$}{}r, {}) : undef);

		if ($here) {
			unshift @symbols, @$here;
			$found = 1;
			$word = '';
		}
		$word = pop(@parts) . ($word eq '' ? '/' : "/$word");
	}
	return ($found, @symbols);
}

# by_makefile(FILE)
sub by_makefile
{
	my ($file) = @_;
	my ($found, @symbols) = symbols($file);

	return undef unless $found;
	my ($symbol) = off(@symbols);
	if (!defined $symbol) {
		my ($module) = grep { kconfig()->module(s/^CONFIG_//r) } @symbols;

		return "$module is m, and it wants y" if defined $module;
		return 'the Makefiles leave it out, not for a CONFIG_ symbol';
	}
	return 'CONFIG_' . kconfig()->why_off($symbol =~ s/^CONFIG_//r);
}

# below(SOURCE, FILE): the condition of the #include, if SOURCE has it itself.
sub below
{
	my ($by, $file) = @_;
	my $name = $file =~ s{.*/}{}r;
	my $source = Source->read("$tree/$by");

	open my $in, '<', "$tree/$by" or return '';
	while (my $line = <$in>) {
		next unless $line =~ m{^\s*#\s*include\s*[<"](?:.*/)?\Q$name\E[>"]};
		my $words = $source->{words}[$source->{branch}[$.]];
		my ($symbol) = $words =~ /^#if[^!]*\bCONFIG_(\w+)/;

		return ", but not here" unless length $words;
		return " below $words" unless defined $symbol && off("CONFIG_$symbol");
		return " below $words: CONFIG_" . kconfig()->why_off($symbol);
	}
	return ' through a header, but not here';
}

# by_includer(FILE): for a header, or a source that another one includes.
sub by_includer
{
	my ($file) = @_;
	my $by = $includer{$file};

	return 'no Makefile lists it and nothing includes it'
	    unless defined $by;
	my $object = $by =~ s/\.[^.]*$/.o/r;
	return "$by includes it" . below($by, $file) if $objects{$object};
	return "part of $by: " . (by_name($by) // by_makefile($by) //
	    'no Makefile lists that');
}

# by_kind(FILE): a program that is compiled, but not for the kernel.
sub by_kind
{
	my ($file) = @_;
	my $kind = $programs{$file =~ s/\.[^.]*$//r} or return undef;

	return $kind eq 'host' ? 'host program' : 'user-space program';
}

for my $file (@files) {
	my $reason = by_name($file);

	$reason //= by_kind($file);
	$reason //= (by_makefile($file) // by_includer($file)) . " ($label)";
	print "$file\t$reason\n";
}
