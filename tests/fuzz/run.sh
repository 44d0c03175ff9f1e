#!/usr/bin/env bash
# run.sh [SECONDS] -- every parser against random input, by libFuzzer.
#
# tests/fuzz/NAME_fuzz.c is one fuzzer, tests/fuzz/seeds/NAME/ what it starts
# from.  All are built with clang, address and undefined-behaviour checks.  A
# finding is kept in build/fuzz/found/ and belongs into the seeds once mended.
set -u
cd "$(dirname "$0")/../.." || exit 1
seconds=${1:-${FUZZ_SECONDS:-10}}
[ -n "${NIGHTLY:-}" ] && seconds=600
out=build/fuzz
mkdir -p $out/found $out/corpus

CC=clang cmake -S . -B $out/lib -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo \
  -DSANITIZE=fuzzer-no-link,address,undefined \
  -DFUZZ=ON >$out/build.log 2>&1 &&
  ninja -C $out/lib -j "$(nproc)" fuzzers >>$out/build.log 2>&1 ||
  { tail -n 60 $out/build.log; echo '0 passed, 1 failed'; exit 1; }

# one NAME -- runs a fuzzer over its seeds and then on its own.
one() {
  local name=$1 log=$out/$1.log corpus=$out/corpus/$1
  mkdir -p "$corpus"
  local seeds=tests/fuzz/seeds/$name
  [ -d "$seeds" ] || seeds=
  if ASAN_OPTIONS=detect_leaks=1 $out/lib/fuzz_"$name" "$corpus" $seeds \
    -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
    -max_len=65536 -print_final_stats=1 \
    -artifact_prefix="$out/found/$name-" >"$log" 2>&1; then
    echo "ok  $name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") inputs"
  else
    echo "BAD $name"
    tail -n 40 "$log"
    return 1
  fi
}
export -f one
export out seconds

names=()
for source in tests/fuzz/*_fuzz.c; do
  [ -e "$source" ] || continue
  name=$(basename "$source")
  names+=("${name%_fuzz.c}")
done
[ ${#names[@]} -gt 0 ] || { echo 'there is no fuzzer'; exit 1; }

report=$out/report
printf '%s\n' "${names[@]}" |
  xargs -P "$(nproc)" -I{} bash -c 'one {}' >"$report" 2>&1
cat "$report"
p=$(grep -c '^ok ' "$report") f=$(grep -c '^BAD ' "$report")
echo "$p passed, $f failed"
[ "$f" -eq 0 ] && [ "$p" -eq ${#names[@]} ]
