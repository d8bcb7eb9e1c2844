# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# Completion of kthread-cocci in bash: commands, options, and what they take.
#
# Commands and options are those that --help of the very program prints that is
# being called, so that they are never another version's.  What an option takes
# is told by the name of its argument there.

# The help of the program, or of one of its commands.
_kthread_cocci_help()
{
	"$@" --help 2>/dev/null </dev/null
}

# Options in a help text: "  -j, --jobs=N   text" gives "-j --jobs=".
_kthread_cocci_options()
{
	sed -n 's/^  \(-[^ ].*\)$/\1/p' | sed 's/   *[^ ].*$//; s/=.*/=/' |
		sed 's/, / /; s/^\(-[A-Za-z]\) [A-Z].*/\1/'
}

_kthread_cocci_commands()
{
	sed -n '/^Commands:/,/^$/s/^  \([a-z][a-z-]*\) .*/\1/p'
}

# The line of the help text about an option.
_kthread_cocci_about()
{
	grep -E -e "^  (-[A-Za-z], )?$1([ =,]|\$)"
}

# The name of the argument of that option, "" where it has none.
_kthread_cocci_argument()
{
	sed 's/^  //; s/  .*//; s/.*=//; s/^-. //; /^-/d'
}

# The words in the help of an option: "text, tsv or json (text)", "a|b" or
# "these: a,b".
_kthread_cocci_words()
{
	sed 's/^  [^ ]*\(, [^ ]*\)\{0,1\}  *//; s/([^)]*)//; s/.*: //; s/^.* of //
		s/,* or even / /; s/ links.*//; s/ or / /g; s/[,|]/ /g'
}

# The folder of the semantic patches, as the program finds it.
_kthread_cocci_folder()
{
	local program folder

	program=$(command -v "$1") || return
	program=$(readlink -f "$program")
	for folder in "${KTHREAD_COCCI_DIR:-}" "${program%/*}/../cocci" \
		"${program%/*}/../../cocci" \
		"${program%/*}/../share/kthread-cocci/cocci"; do
		if [[ -n $folder && -d $folder ]]; then
			printf '%s\n' "$folder"
			return
		fi
	done
}

_kthread_cocci_steps()
{
	local folder file

	folder=$(_kthread_cocci_folder "$1")
	for file in "$folder"/[0-9]*.cocci; do
		[[ -e $file ]] || continue
		file=${file##*/}
		printf '%s\n' "${file%.cocci}"
	done
}

# Offer words that begin with what is there.
_kthread_cocci_offer()
{
	local word

	while read -r word; do
		COMPREPLY+=("$word")
	done < <(compgen -W "$1" -- "$2")
}

# The same for a list with commas: what is there stays in front.
_kthread_cocci_offer_list()
{
	local done=

	[[ $2 != *,* ]] || done=${2%,*},
	_kthread_cocci_offer "$1" "${2##*,}"
	COMPREPLY=("${COMPREPLY[@]/#/$done}")
}

# Files and folders below a folder, by names relative to it.
_kthread_cocci_offer_paths()
{
	local path

	while read -r path; do
		[[ ! -d $1/$path ]] || path=$path/
		COMPREPLY+=("$path")
	done < <(cd -- "$1" 2>/dev/null && compgen -f -- "$2")
	compopt -o nospace -o filenames 2>/dev/null
}

_kthread_cocci_offer_folders()
{
	local path

	while read -r path; do
		COMPREPLY+=("$path")
	done < <(compgen -d -- "$1")
	compopt -o filenames 2>/dev/null
}

# What comes behind an option: WORD TREE, the line of its help, its argument.
_kthread_cocci_value()
{
	case $4 in
	TREE|DIR)
		_kthread_cocci_offer_folders "$1" ;;
	LIST)
		_kthread_cocci_offer_list "$(_kthread_cocci_words <<<"$3")" "$1"
		compopt -o nospace 2>/dev/null ;;
	FORMAT|LEVEL)
		_kthread_cocci_offer "$(_kthread_cocci_words <<<"$3")" "$1" ;;
	NAME)
		[[ $3 != *--dialect=* ]] ||
			_kthread_cocci_offer "$(_kthread_cocci_words <<<"$3")" "$1" ;;
	HOW)
		_kthread_cocci_offer "subsystem none" "$1" ;;
	FILE)
		_kthread_cocci_offer_paths . "$1" ;;
	REV|REF|BRANCH)
		_kthread_cocci_offer "$(git -C "$2" for-each-ref \
			--format='%(refname:short)' 2>/dev/null)" "$1" ;;
	esac
}

_kthread_cocci()
{
	local program=${COMP_WORDS[0]} word=${COMP_WORDS[COMP_CWORD]}
	local previous=${COMP_WORDS[COMP_CWORD - 1]} tree=. command='' at help
	local about argument arguments

	COMPREPLY=()
	# bash takes = for a word of its own: --format = te
	if [[ $word == = ]]; then
		word=
	elif [[ $previous == = ]]; then
		previous=${COMP_WORDS[COMP_CWORD - 2]}
	fi
	# The command is the first word that is neither an option nor its
	# argument.
	for ((at = 1; at < COMP_CWORD; at++)); do
		case ${COMP_WORDS[at]} in
		-C)
			at=$((at + 1))
			tree=${COMP_WORDS[at]/#\~/$HOME} ;;
		-j|--jobs|--kernel|=)
			[[ ${COMP_WORDS[at + 1]} == = ]] || at=$((at + 1)) ;;
		-*) ;;
		*)
			command=${COMP_WORDS[at]}
			break ;;
		esac
	done
	help=$(_kthread_cocci_help "$program" ${command:+"$command"}) || return 0

	if [[ $word != -* && $previous == -* ]]; then
		about=$(_kthread_cocci_about "$previous" <<<"$help")
		argument=$(_kthread_cocci_argument <<<"$about")
		if [[ -n $argument ]]; then
			_kthread_cocci_value "$word" "$tree" "$about" "$argument"
			return 0
		fi
	fi
	if [[ $word == -* ]]; then
		_kthread_cocci_offer "$(_kthread_cocci_options <<<"$help")" "$word"
		[[ ${COMPREPLY[0]} != *= ]] || compopt -o nospace 2>/dev/null
		return 0
	fi
	if [[ -z $command ]]; then
		_kthread_cocci_offer "$(_kthread_cocci_commands <<<"$help")" "$word"
		return 0
	fi
	arguments=${help%%$'\n'*}
	case $arguments in
	*"[STEP...]"*)
		_kthread_cocci_offer "$(_kthread_cocci_steps "$program")" "$word" ;;
	*FILE*)
		_kthread_cocci_offer_paths "$tree" "$word" ;;
	esac
}

complete -F _kthread_cocci kthread-cocci
