#!/bin/sh
# packages.sh LIST... -- installs what is missing of the Debian packages named
# in the lists, one a line.  A second word on a line is a command that makes
# the package unnecessary when it is there.  Asks for nothing, installs only by
# name, touches nothing when all is there.
set -u

missing=
for list; do
  while read -r package command; do
    case $package in '' | '#'*) continue ;; esac
    if [ -n "$command" ] && command -v "$command" >/dev/null 2>&1; then
      continue
    fi
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)
    [ "$state" = installed ] || missing="$missing $package"
  done <"$list"
done
[ -z "$missing" ] && exit 0

if ! command -v apt-get >/dev/null 2>&1; then
  echo "缺少软件包，且本机没有 apt-get，请自行安装：$missing" >&2
  echo "Packages are missing and there is no apt-get:$missing" >&2
  exit 1
fi
sudo=
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    echo "安装软件包需要 root 权限，本机没有 sudo。请用 root 运行一次：" >&2
    echo "Installing needs root, and there is no sudo. Run once as root:" >&2
    echo "  apt-get install --no-install-recommends$missing" >&2
    exit 1
  fi
  sudo="sudo env"
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt() {
  ${sudo:-env} DEBIAN_FRONTEND=noninteractive apt-get -q -y "$@" \
    >>"$log" 2>&1 </dev/null
}
echo "  安装 Debian 软件包（installing Debian packages）：$missing"
if ! apt install --no-install-recommends $missing; then
  # The lists are missing or old: fetch them and try once more.
  echo "  更新软件包列表（updating the package lists）…"
  if ! apt update || ! apt install --no-install-recommends $missing; then
    tail -n 20 "$log" >&2
    echo "软件包没有装上，原因见上；检查网络后再试。" >&2
    echo "Packages could not be installed; see above." >&2
    exit 1
  fi
fi
