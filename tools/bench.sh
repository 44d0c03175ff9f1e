#!/usr/bin/env bash
# bench.sh [NAME...] -- every question of bench/, or those named, in one run on
# this machine.  bench/NAME.c is a program that answers one question;
# bench/NAME.sh or .mjs one that needs a server.  Each prints lines "figure,
# tab, value, tab, unit, tab, what would worry us"; all of them are kept in
# bench/results/DATE-MACHINE.tsv.
set -u
cd "$(dirname "$0")/.." || exit 1
sh tools/packages.sh packaging/debian-build.txt || exit 1
command -v wrk >/dev/null || {
  list=$(mktemp)
  echo wrk >"$list"
  sh tools/packages.sh "$list" || exit 1
  rm -f "$list"
}
cmake -S . -B build -G Ninja -DBENCH=ON >build/bench.log 2>&1 &&
  ninja -C build -j "$(nproc)" >>build/bench.log 2>&1 ||
  { tail -n 40 build/bench.log; exit 1; }

only=" $* "
results=bench/results/$(date +%Y-%m-%d)-$(uname -n).tsv
mkdir -p bench/results
{
  echo "# $(git rev-parse --short HEAD), $(nproc) cores," \
    "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
} >"$results.new"
failed=0
for source in bench/*.c bench/*.sh bench/*.mjs; do
  [ -e "$source" ] || continue
  name=$(basename "$source")
  name=${name%.*}
  [ "$only" = "  " ] || [[ $only = *" $name "* ]] || continue
  echo "== $name"
  case $source in
  *.c) build/bench_"$name" ;;
  *.sh) bash "$source" ;;
  *.mjs) node "$source" ;;
  esac | tee -a "$results.new"
  [ "${PIPESTATUS[0]}" -eq 0 ] || failed=$((failed + 1))
done
mv "$results.new" "$results"
echo "$results"
[ $failed -eq 0 ]
