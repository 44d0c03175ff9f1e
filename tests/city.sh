#!/usr/bin/env bash
# city.sh PROGRAM -- the whole demonstration city, as `make demo` loads it: in
# under a minute, with the figures it promises, every invariant whole, and the
# first page within a second; and the service as it is installed, without data.
set -u
program=$1
dir=$(mktemp -d /tmp/zt-city.XXXXXX)
server=
trap 'kill $server 2>/dev/null; rm -rf "$dir"' EXIT
p=0 f=0

# holds WHAT COMMAND... -- counts a command that must succeed.
holds() {
  local what=$1
  shift
  if "$@"; then
    p=$((p + 1))
    echo "ok  $what"
  else
    f=$((f + 1))
    echo "BAD $what"
  fi
}

ms() { date +%s%3N; }
get() { curl -s --max-time 10 -H 'Accept: application/json' "$base$1"; }
has() { get "$1" | grep -q "$2"; }

start=$(ms)
"$program" demo "$dir/data" >"$dir/said" 2>&1
loaded=$?
took=$((($(ms) - start) / 1000))
tail -n 5 "$dir/said"
holds "the city is loaded" [ $loaded -eq 0 ]
echo "the load took $took s"
holds "it says 310,527 cases" grep -qE '310,?527' "$dir/said"
holds "every invariant is whole" "$program" check --data "$dir/data"
holds "the audit chain is whole" "$program" audit verify --data "$dir/data"

port=$((20000 + RANDOM % 12000))
base=http://127.0.0.1:$port
start=$(ms)
"$program" serve --data "$dir/data" --listen 127.0.0.1:$port \
  >"$dir/log" 2>&1 &
server=$!
for ((i = 0; i < 500; i++)); do
  curl -sf -o /dev/null --max-time 5 "$base/" && break
  sleep 0.01
done
took=$(($(ms) - start))
holds "the first page after $took ms" [ $took -lt 1000 ]
resident=$(awk '/^VmRSS/ { print $2 }' /proc/$server/status)
holds "with $((resident / 1024)) MB of memory" [ "$resident" -lt 262144 ]
kill -TERM $server
holds "it stops in peace" wait $server
server=

# What the package installs, started as systemd would on a machine that has no
# data yet.
root=$dir/root
sh packaging/install.sh "$root"
. "$root/etc/zhengtong/environment"
ZHENGTONG_STORE=${ZHENGTONG_STORE//\/var\/lib\/zhengtong/$dir\/new}
ZHENGTONG_LISTEN=127.0.0.1:$port
line() {
  sed -n "s|^$1=||p" "$root/lib/systemd/system/zhengtong.service" |
    sed "s|/usr/bin|$root&|g; s|/etc/zhengtong|$root&|g"
}
mkdir -m 700 "$dir/new"
eval "$(line ExecStartPre)"
holds "nothing stands before the first start" [ $? -eq 0 ]
eval "exec $(line ExecStart)" >"$dir/log" 2>&1 &
server=$!
for ((i = 0; i < 500; i++)); do
  curl -sf -o /dev/null --max-time 5 "$base/" && break
  sleep 0.01
done
holds "the installed service has a first page" has /healthz ok
kill -TERM $server
wait $server
server=
holds "its data is whole" "$program" check $ZHENGTONG_STORE
echo "$p passed, $f failed"
[ $f -eq 0 ]
