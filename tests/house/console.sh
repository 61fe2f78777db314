#!/usr/bin/env bash
# Commands in documents are tests, and their outputs are pasted, never typed.
#
#   console.sh check FILE...    run the commands of every ```console block; each must exit with 0 (or with the N of the
#                               tag `exit=N`), and print what the page shows
#   console.sh update FILE...   write what they print into the page
#
# A block is "$ command" lines, each followed by its output (stdout). Tags after ```console:
#   varies   the output differs from machine to machine: pasted by update, not compared by check
#   slow     run by update only
#   pending  the command is not there yet: not run at all
# `./dev callmill` runs $CALLMILL, so that a test meets the program of its own build; the reader's language is left out.
# Needs bash and coreutils.
set -euo pipefail

mode=${1:?check or update}
shift
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
faults=0
commands=0

fault() {
  echo "$1" >&2
  faults=$((faults + 1))
}

# Runs one command from the project's root with its stdout in $work/out; sets $code.
run_command() {
  local line=$1
  line=${line//.\/dev callmill/'"${CALLMILL:?}"'}
  commands=$((commands + 1))
  code=0
  CALLMILL_CACHE=off NO_COLOR=1 LC_ALL=C.UTF-8 bash -c "$line" >"$work/out" 2>"$work/err" </dev/null || code=$?
}

# Ends one command of a block: $command with what the page shows in $work/shown.
finish_command() {
  [[ -n $command ]] || return 0
  local wanted=0 place="$file: $command"
  if [[ $tags =~ exit=([0-9]+) ]]; then wanted=${BASH_REMATCH[1]}; fi
  if [[ $tags == *pending* || ($mode == check && $tags == *slow*) ]]; then
    cat "$work/shown" >>"$work/page"
  else
    run_command "$command"
    if [[ $code != "$wanted" ]]; then
      fault "$place: exit code $code instead of $wanted
$(tail -n 5 "$work/err")"
    elif [[ $mode == check && $tags != *varies* ]] && ! diff -u "$work/shown" "$work/out" >&2; then
      fault "$place: prints something else than the page shows; ./dev readme pastes it anew"
    fi
    cat "$work/out" >>"$work/page"
  fi
  command=
}

read_document() {
  local line inside=
  command= tags=
  : >"$work/page"
  while IFS= read -r line || [[ -n $line ]]; do
    if [[ -n $inside && $line == '```' ]]; then
      finish_command
      inside=
    elif [[ -n $inside && $line == '$ '* ]]; then
      finish_command
      command=${line#'$ '}
      : >"$work/shown"
    elif [[ -n $inside && -n $command ]]; then
      printf '%s\n' "$line" >>"$work/shown"
      continue
    elif [[ $line == '```console'* ]]; then
      inside=1
      tags=${line#'```console'}
    fi
    printf '%s\n' "$line" >>"$work/page"
  done <"$file"
  [[ -z $inside ]] || fault "$file: a \`\`\`console block is never closed"
}

for file in "$@"; do
  read_document
  # A page is replaced only if all of its commands did what they should.
  if [[ $mode == update && $faults == 0 ]]; then cp "$work/page" "$file"; fi
done
echo "$commands commands run, $faults faults"
((faults == 0))
