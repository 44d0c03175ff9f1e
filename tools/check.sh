#!/usr/bin/env bash
# check.sh [--nightly] [STAGE...] -- everything `make check` proves, in order.
#
# Each stage is a command that may end its output with "N passed, N failed";
# one that prints no such line counts as a single test by its exit code.  The
# output goes to build/check/STAGE.log and is shown when something failed.  The
# last line sums all stages.  With names, only those stages run.
set -u
cd "$(dirname "$0")/.." || exit 1
export LC_ALL=C.UTF-8 MAKEFLAGS=
unset http_proxy HTTP_PROXY

nightly=
if [ "${1:-}" = --nightly ]; then
  nightly=yes
  shift
fi
only=" $* "
logs=build/check
mkdir -p $logs
passed=0 failed=0 number=0
began=$SECONDS

total=$(grep -c '^stage ' "$0")

# stage NAME SECONDS TITLE COMMAND... -- runs one stage and counts it.
stage() {
  local name=$1 limit=$2 title=$3 log=$logs/$1.log start=$SECONDS
  shift 3
  number=$((number + 1))
  [ "$only" = "  " ] || [[ $only = *" $name "* ]] || return 0
  printf '步骤 %2d/%d  %s … ' "$number" "$total" "$title"
  timeout -k 10 "$limit" "$@" >"$log" 2>&1 </dev/null
  count "$log" $? "$limit" $((SECONDS - start))
}

# count LOG EXIT LIMIT SECONDS -- adds a finished stage to the sum.
count() {
  local log=$1 code=$2 p=0 f=0 line
  line=$(grep -aE '(^|: )[0-9]+ passed, [0-9]+ failed' "$log" | tail -n 1)
  if [[ $line =~ ([0-9]+)\ passed,\ ([0-9]+)\ failed ]]; then
    p=${BASH_REMATCH[1]} f=${BASH_REMATCH[2]}
  elif [ "$code" -eq 0 ]; then
    p=1
  fi
  [ "$code" -ne 0 ] && [ "$f" -eq 0 ] && f=1
  passed=$((passed + p)) failed=$((failed + f))
  if [ "$f" -eq 0 ]; then
    printf '%d passed, %d s\n' "$p" "$4"
    grep -a '^skipped' "$log"
    return 0
  fi
  printf '%d passed, %d FAILED, %d s\n' "$p" "$f" "$4"
  [ "$code" -eq 124 ] && echo "  stopped after $3 s"
  echo "----- the end of $log"
  tail -n 80 "$log"
  echo "-----"
}

# configure DIR CMAKE-OPTION... and build TARGET... of it.
configure() {
  local dir=$1
  shift
  cmake -S . -B "$dir" -G Ninja "$@" && ninja -C "$dir" -j "$(nproc)"
}

browser_packages() {
  cd tests/browser || return 1
  [ -e node_modules/.package-lock.json ] &&
    [ ! package-lock.json -nt node_modules/.package-lock.json ] && return 0
  npm ci --no-progress || npm install --no-progress
}

# The facts a fresh checkout has to itself, and the shared ones beside it.
vectors() {
  local dir seen=0 p=0 f=0 line
  for dir in tests/vectors ../shared/data/vectors; do
    [ -d "$dir" ] || { echo "skipped: no $dir"; continue; }
    line=$(build/asan/zhengtong vectors "$dir" | tee /dev/stderr | tail -n 1)
    [[ $line =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]] || return 1
    seen=1 p=$((p + BASH_REMATCH[1])) f=$((f + BASH_REMATCH[2]))
  done
  [ $seen -eq 1 ] || return 1
  echo "$p passed, $f failed"
  [ $f -eq 0 ]
}

suites() {
  local dir=../shared/data/suites line
  if [ ! -d $dir ]; then
    echo "skipped: no $dir beside the project"
    echo "0 passed, 0 failed"
    return 0
  fi
  bash tests/suites.sh build/asan/zhengtong $dir
}

# What docs and settings say of the program is what it says itself.
law() {
  node tools/law/law.mjs >build/check/law.md &&
    diff docs/law.md build/check/law.md &&
    build/asan/zhengtong conf | diff conf/platform.conf - &&
    node tools/law/citations.mjs >&2 &&
    node tools/tour.mjs >&2
}

export -f configure browser_packages vectors suites law
run() { "$@"; }
export -f run

server=build/asan/zhengtong
pg="sh tests/with_postgres.sh"
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0:exitcode=99
export UBSAN_OPTIONS=print_stacktrace=1
export TSAN_OPTIONS=suppressions=$PWD/tests/race/suppressions.txt:exitcode=98
[ -n "$nightly" ] && export NIGHTLY=1

stage packages 900 "软件包（packages）" \
  sh tools/packages.sh packaging/debian-build.txt packaging/debian-test.txt
stage npm 300 "浏览器测试的 npm 包（npm packages）" bash -c browser_packages
stage layers 60 "谁可以引用谁（layers）" sh tools/layers.sh
stage style 120 "写法（style）" sh tools/style.sh
stage release 900 "编译（build）" \
  bash -c 'configure build -DCMAKE_BUILD_TYPE=RelWithDebInfo'
stage asan 1200 "编译，带地址与未定义行为检查（ASan, UBSan）" \
  bash -c 'configure build/asan -DSANITIZE=address,undefined'
stage unit 900 "单元测试，SQLite 与 PostgreSQL（unit tests）" \
  $pg sh tests/unit.sh build/asan
stage vectors 120 "时限与编码的对照数据（vectors）" bash -c vectors
stage suites 300 "公开测试集（suites）" bash -c suites
stage bpmn 300 "流程模型，从命令行（BPMN models）" \
  node tests/bpmn/run.mjs --server $server
stage law 60 "docs/law.md 与代码一致（law）" bash -c law
stage flows 900 "办事流程，SQLite 与 PostgreSQL（flows）" \
  $pg node tests/flows/run.mjs --server $server
stage permissions 600 "每个角色走每个地址（permissions）" \
  node tests/permissions/walk.mjs --server $server
stage payments 900 "缴费、退付与对账（payments）" \
  $pg node tests/payments/run.mjs --server $server
stage messages 600 "短信与邮件（messages）" \
  $pg node tests/messages/run.mjs --server $server
stage crowd 600 "两百人同时申请（crowd）" \
  $pg node tests/crowd/run.mjs --server build/zhengtong
stage crash 900 "断电与磁盘写满（crashes）" \
  $pg node tests/crash/run.mjs --server build/zhengtong
stage browser 1200 "浏览器：无障碍与主流程（browser）" \
  node tests/browser/run.mjs --server build/zhengtong
stage race 1200 "线程竞争检查（ThreadSanitizer）" bash tests/race/run.sh
stage fuzz 900 "随机输入（fuzzers）" bash tests/fuzz/run.sh
stage city 600 "整座演示城市（the whole demonstration city）" \
  bash tests/city.sh build/zhengtong

[ $((passed + failed)) -eq 0 ] && failed=1
printf '%d min %d s\n' $(((SECONDS - began) / 60)) $(((SECONDS - began) % 60))
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
