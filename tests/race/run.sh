#!/usr/bin/env bash
# run.sh -- the program under ThreadSanitizer: the unit tests that use threads,
# then the server under load on SQLite and on PostgreSQL.
set -u
# The rooms that start threads or share what several threads hold.
rooms='_(store|job|http|auth|audit|files|notify|clock|pdf|search|ident|process)_|demo_record'
cd "$(dirname "$0")/../.." || exit 1
build=build/tsan
cmake -S . -B $build -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo \
  -DSANITIZE=thread >$build.log 2>&1 &&
  ninja -C $build -j "$(nproc)" >>$build.log 2>&1 ||
  { tail -n 60 $build.log; echo '0 passed, 1 failed'; exit 1; }

report=build/check/race.report
export TSAN_OPTIONS="suppressions=$PWD/tests/race/suppressions.txt ${TSAN_OPTIONS:-}"
sh tests/with_postgres.sh bash -c "
  sh tests/unit.sh $build '$rooms'
  node tests/race/load.mjs --server $build/zhengtong --seconds ${1:-15}
" >$report 2>&1
cat $report
awk '/^[0-9]+ passed, [0-9]+ failed/ { p += $1; f += $3; n++ }
     END { if (n < 2 && f == 0) f = 1
           printf "%d passed, %d failed\n", p, f; exit f > 0 }' $report
