#!/bin/sh
# wrap.sh -- folds the C lines that tools/style.sh finds wider than 80 columns,
# and touches no other line.  Look at what it did before you commit.
set -u
cd "$(dirname "$0")/.." || exit 1
list=$(mktemp)
trap 'rm -f "$list"' EXIT
cat >"$list" <<'LIST'
clang-format
LIST
sh tools/packages.sh "$list" || exit 1
sh tools/style.sh | sed -n 's/^\([^:]*\):\([0-9]*\): wider.*/\1 --lines=\2:\2/p' |
  awk '{ f[$1] = f[$1] " " $2 } END { for (k in f) print k f[k] }' |
  while read -r file lines; do
    # shellcheck disable=SC2086
    clang-format -i --style=file:tools/wrap.clang-format $lines "$file"
  done
