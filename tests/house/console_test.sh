#!/usr/bin/env bash
# console.sh against small pages that keep its rules and that break them.
set -euo pipefail

script=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/console.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
page=$work/page.md
failed=0
export CALLMILL=echo

# expect WANTED_CODE WHAT: checks the page on stdin.
expect() {
  local code=0
  cat >"$page"
  bash "$script" check "$page" >"$work/log" 2>&1 || code=$?
  if [[ $code != "$1" ]]; then
    echo "FAILED: $2: exit code $code instead of $1"
    cat "$work/log"
    failed=1
  fi
}

expect 0 "a command that prints what the page shows" <<'PAGE'
```console
$ echo one; echo two
one
two
$ ./dev callmill three
three
$ echo two | ./dev callmill four
four
```
PAGE
expect 1 "a command that fails" <<'PAGE'
```console
$ false
```
PAGE
expect 0 "a command that fails as announced" <<'PAGE'
```console exit=3
$ echo bad; exit 3
bad
```
PAGE
expect 1 "an exit code that is not the announced one" <<'PAGE'
```console exit=3
$ true
```
PAGE
expect 1 "other output" <<'PAGE'
```console
$ echo one
two
```
PAGE
expect 0 "output that may vary" <<'PAGE'
```console varies
$ echo one
two
```
PAGE
expect 1 "output that may vary, of a command that fails" <<'PAGE'
```console varies
$ false
two
```
PAGE
expect 0 "slow and pending commands, and other blocks, are not run" <<'PAGE'
```console slow
$ false
```
```console pending
$ false
```
```sh
$ false
```
PAGE
expect 1 "a block that is never closed" <<'PAGE'
```console
$ true
PAGE

printf '%s\n' 'before' '```console' '$ echo new' 'old' '```' 'after' >"$page"
bash "$script" update "$page" >/dev/null
printf '%s\n' 'before' '```console' '$ echo new' 'new' '```' 'after' >"$work/wanted"
diff -u "$work/wanted" "$page" || failed=1

printf '%s\n' '```console' '$ echo new; false' 'old' '```' >"$page"
cp "$page" "$work/wanted"
if bash "$script" update "$page" >/dev/null 2>&1; then failed=1; fi
diff -u "$work/wanted" "$page" || failed=1

exit "$failed"
