#!/bin/sh
# install.sh [DESTDIR] -- puts the built program, its service and its papers
# where Debian expects them.  Used by `make install` and by deb.sh.
set -eu
dest=${1:-}
cd "$(dirname "$0")/.."
install -D -m 755 build/zhengtong "$dest/usr/bin/zhengtong"
install -D -m 644 packaging/zhengtong.service \
  "$dest/lib/systemd/system/zhengtong.service"
install -D -m 640 packaging/environment "$dest/etc/zhengtong/environment"
install -D -m 644 conf/platform.conf "$dest/etc/zhengtong/platform.conf"
doc=$dest/usr/share/doc/zhengtong
install -D -m 644 docs/operate.md "$doc/operate.md"
install -D -m 644 packaging/nginx.conf "$doc/examples/nginx.conf"
install -D -m 644 LICENSE "$doc/copyright"
