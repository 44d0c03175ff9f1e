#!/bin/sh
# Builds and runs the fuzzers of the rules room: rules.sh feel|dmn [SECONDS].
# clang has no _Decimal128, so decimal.c alone is compiled with gcc.
set -eu
target=$1 seconds=${2:-60}
root=$(cd "$(dirname "$0")/../.." && pwd)
out=${FUZZ_OUT:-/tmp/zhengtong-fuzz}
flags="-std=gnu17 -D_GNU_SOURCE -g -O1 -I $root/src
  $(pkg-config --cflags glib-2.0 libxml-2.0 jansson mpfr libpcre2-8)"
libs=$(pkg-config --libs glib-2.0 libxml-2.0 jansson mpfr gmp libpcre2-8)
mkdir -p "$out/corpus-$target"
gcc $flags -c "$root/src/kernel/rules/decimal.c" -o "$out/decimal.o"
clang $flags -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined \
  "$root/tests/fuzz/${target}_fuzz.c" \
  $(ls "$root"/src/kernel/rules/*.c | grep -v /decimal.c) "$root"/src/base/*.c \
  "$out/decimal.o" $libs -lm -o "$out/$target"
# Seeds: one expression a line, and the models beside this script.
if [ "$target" = feel ]; then
  split -l 1 -a 4 "$root/tests/fuzz/feel_seeds.txt" "$out/corpus-feel/seed-"
else
  cp "$root"/tests/fuzz/*.dmn "$out/corpus-dmn"/
fi
cd "$out" && "./$target" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=4096 \
  "corpus-$target"
