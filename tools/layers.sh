#!/bin/sh
# layers.sh [SRC] -- who may include whom.  Prints each offence; exits 1 if any.
#
#   base    <- nothing but base and the system
#   kernel  <- base, kernel
#   MODULE  <- base, kernel, MODULE (and its own generated files)
#   main.c and what else lies in src/ itself  <- everything
#   demo    <- everything: it fills every module's tables
#
# Every other folder of src/ is a module, so a new one is checked without being
# named here.  Tests of a room keep the same rule.  An include with quotes that
# names no folder is refused: it would hide which room it belongs to.  So is a
# query nobody calls.
set -u
export LC_ALL=C
src=${1:-src}
bad=0

# offences DIR ALLOWED -- every quoted include in DIR that is not of ALLOWED.
offences() {
  grep -rnE '^[[:space:]]*#[[:space:]]*include[[:space:]]*"' \
    --include='*.c' --include='*.h' "$1" |
    grep -vE "include[[:space:]]*\"($2)/" |
    sed "s/\$/   (only: $2)/"
}

for path in "$src"/*/; do
  room=$(basename "$path")
  case $room in
  base) allowed='base' ;;
  kernel) allowed='base|kernel' ;;
  demo) continue ;;
  *) allowed="base|kernel|$room" ;;
  esac
  # Tests of base, too, use the test words of the kernel.
  found=$(offences "$path" "$allowed" |
    grep -vE '/tests/[^:]*:[0-9]+:.*"kernel/test/')
  if [ -n "$found" ]; then
    printf '%s\n' "$found"
    bad=1
  fi
done

# A path that climbs would walk around the check.
if grep -rnE '#[[:space:]]*include[[:space:]]*"[^"]*\.\./' \
  --include='*.c' --include='*.h' "$src"; then
  bad=1
fi

# SQLite and PostgreSQL have one door; only a test of the kernel may come in by
# the window, to play the intruder the audit trail must notice.
found=$(grep -rnE '<(sqlite3|libpq-fe)\.h>|\b(sqlite3_|PQ)[a-zA-Z]+ *\(' \
  --include='*.c' --include='*.h' "$src" | grep -vE "^$src/kernel/(store|[a-z]+/tests)/")
if [ -n "$found" ]; then
  printf '%s\n' "$found" | sed 's/$/   (only in kernel\/store)/'
  bad=1
fi

# A query nobody calls is an index somebody keeps for nothing.
words=$(mktemp)
trap 'rm -f "$words"' EXIT
grep -rhoE '\b[a-z][a-z0-9_]*\b' --include='*.c' --include='*.h' "$src" |
  sort -u > "$words"
for list in $(find "$src" -name queries.sql); do
  sed -nE 's/^-- ([a-z0-9_]+) :(one|many|run|change).*/\1/p' "$list" | sort -u |
    comm -23 - "$words" | sed "s|^|$list: nobody calls |"
done > "$words.dead"
if [ -s "$words.dead" ]; then
  cat "$words.dead"
  bad=1
fi
rm -f "$words.dead"
exit $bad
