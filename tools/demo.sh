#!/usr/bin/env bash
# demo.sh -- from a bare Debian 12 to the demonstration city in the browser.
# PORT and DATA come from the Makefile.  Says in Chinese and English what it
# does and how far it is; a second run starts at once.
set -u
cd "$(dirname "$0")/.." || exit 1

port=${PORT:-8080}
data=${DATA:-demo-data}

step() { printf '\n步骤 %s/4  %s\n' "$1" "$2"; }

case $port in
'' | *[!0-9]*)
  echo "端口应为数字：PORT=$port（the port must be a number）" >&2
  exit 2
  ;;
esac
if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
  echo "端口 $port 已被占用。换一个端口：make demo PORT=$((port + 1))" >&2
  echo "Port $port is in use. Choose another: make demo PORT=$((port + 1))" >&2
  exit 1
fi

step 1 "检查所需软件包（checking packages）"
sh tools/packages.sh packaging/debian-build.txt || exit 1

step 2 "编译 build/zhengtong（building）"
make --no-print-directory all || exit 1

step 3 "装载演示城市到 $data（loading the demonstration city）"
# What the city is made from: its data, its loader, the tables.
version=$(find data src/demo src/*/schema src/kernel/*/schema -type f |
  LC_ALL=C sort | xargs cat | sha256sum | cut -c1-16)
if [ "$(cat "$data/.loaded-by" 2>/dev/null)" = "$version" ]; then
  echo "  已经装载过（loaded already）"
else
  if [ -e "$data" ] && [ ! -e "$data/.loaded-by" ] && [ ! -e "$data/.loading" ]
  then
    echo "$data 已存在，但不是演示数据，没有动它。另选目录：make demo DATA=…" >&2
    echo "$data exists and is not demonstration data; left alone." >&2
    exit 1
  fi
  rm -rf "$data"
  mkdir -p "$data" && : >"$data/.loading" || exit 1
  build/zhengtong demo "$data" >"$data/accounts.txt" || exit 1
  rm -f "$data/.loading"
  echo "$version" >"$data/.loaded-by"
fi

step 4 "启动服务（serving）：http://127.0.0.1:$port"
[ -s "$data/accounts.txt" ] && cat "$data/accounts.txt"
echo
echo "  短信（试用，验证码看这里）：http://127.0.0.1:$((port + 2))/"
echo "  浏览器打开 http://127.0.0.1:$port ，按 Ctrl-C 停止。"
echo "  Open http://127.0.0.1:$port in a browser; Ctrl-C stops it."
# A payment platform to try out, on the next port, with a key of its own.
key=$data/payment.key
if [ ! -s "$key" ]; then
  (umask 077 && head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n' >"$key")
fi
# And a gateway for text messages, on the one after: its page shows them.
token=$data/messages.key
if [ ! -s "$token" ]; then
  (umask 077 && head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n' >"$token")
fi
printf 'payment_url = http://127.0.0.1:%s\npayment_key_file = %s\n' \
  $((port + 1)) "$key" >"$data/demo.conf"
printf 'sms_url = http://127.0.0.1:%s/sms\nsms_key_file = %s\n' \
  $((port + 2)) "$token" >>"$data/demo.conf"
build/zhengtong messages-test --listen "127.0.0.1:$((port + 2))" \
  --key "$token" &
gateway=$!
build/zhengtong payments-test --listen "127.0.0.1:$((port + 1))" \
  --key "$key" &
platform=$!
build/zhengtong serve --data "$data" --listen "127.0.0.1:$port" \
  --conf "$data/demo.conf" &
server=$!
trap 'kill $server $platform $gateway 2>/dev/null' INT TERM HUP
wait $server
code=$?
wait $server 2>/dev/null
kill $platform $gateway 2>/dev/null
exit $code
