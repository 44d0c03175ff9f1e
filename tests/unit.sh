#!/bin/sh
# unit.sh BUILD [ROOMS] -- all unit tests of a build by ctest, or those whose
# names match ROOMS, summed to one line.
#
# A program says "N passed, N failed" of its test functions; one that dies
# before saying so counts as one failed.  The vectors are a stage of their own.
set -u
build=$1
log=$build/unit.log
ctest --test-dir "$build" --verbose -R "${2:-.}" -E "^vectors$" -j "$(nproc)" --timeout 300 >"$log" 2>&1
code=$?
if [ $code -ne 0 ]; then
  # What failed, with what it printed: ctest prefixes a program's lines "N: ".
  awk '/\*\*\*/ { sub(/^.*Test +#/, ""); sub(/:.*/, ""); bad[$0 + 0] = 1 }
       { line[NR] = $0 }
       END { for (i = 1; i <= NR; i++) {
               n = line[i]; sub(/:.*/, "", n)
               if (line[i] ~ /^[0-9]+: / && (n + 0) in bad) print line[i] } }' \
    "$log" | grep -v ' passed, 0 failed$' | tail -n 200
  grep -E '\*\*\*' "$log"
fi
awk -v code=$code '
/^[0-9]+: [0-9]+ passed, [0-9]+ failed/ { p += $2; f += $4 }
/\*\*\*/ { broken++ }
END {
    if (f < broken) f = broken
    if (code != 0 && f == 0) f = 1
    printf "%d passed, %d failed\n", p, f
    exit f > 0 || p == 0
}' "$log"
