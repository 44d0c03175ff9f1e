#!/bin/sh
# deb.sh -- build/zhengtong_VERSION_ARCH.deb from what `make` built.  The
# package depends on packaging/debian-run.txt and nothing else, makes the user
# zhengtong, and leaves data and settings alone when it is removed.
set -eu
cd "$(dirname "$0")/.."
# The version is the day and the number of the last commit.
version=$(git log -1 --format=%cd.%h --date=format:%Y%m%d 2>/dev/null ||
  date +%Y%m%d)
arch=$(dpkg --print-architecture)
root=build/deb
rm -rf "$root"
mkdir -p "$root/DEBIAN"
sh packaging/install.sh "$root"
strip --strip-debug "$root/usr/bin/zhengtong"
depends=$(sed -e '/^#/d' -e '/^$/d' packaging/debian-run.txt |
  paste -sd, - | sed 's/,/, /g')

cat >"$root/DEBIAN/control" <<CONTROL
Package: zhengtong
Version: $version
Architecture: $arch
Maintainer: Zhengtong maintainers <maintainers@zhengtong.invalid>
Installed-Size: $(du -sk "$root" | cut -f1)
Depends: $depends, adduser
Recommends: nginx
Suggests: postgresql-15
Section: web
Priority: optional
Description: one platform for a city or county government
 One application, every department concerned in parallel, each on its own
 legal clock, everything in public. One program, one data file or PostgreSQL.
CONTROL
printf '%s\n' /etc/zhengtong/environment /etc/zhengtong/platform.conf \
  >"$root/DEBIAN/conffiles"
cat >"$root/DEBIAN/postinst" <<'POSTINST'
#!/bin/sh
set -e
if [ "$1" = configure ]; then
  adduser --system --group --home /var/lib/zhengtong --no-create-home \
    --quiet zhengtong
  install -d -m 700 -o zhengtong -g zhengtong /var/lib/zhengtong
  chgrp zhengtong /etc/zhengtong/environment
  if [ -d /run/systemd/system ]; then
    systemctl daemon-reload
    echo "zhengtong: set /etc/zhengtong/environment, then: systemctl enable --now zhengtong"
  fi
fi
POSTINST
cat >"$root/DEBIAN/prerm" <<'PRERM'
#!/bin/sh
set -e
if [ "$1" = remove ] && [ -d /run/systemd/system ]; then
  systemctl disable --now zhengtong || true
fi
PRERM
chmod 755 "$root/DEBIAN/postinst" "$root/DEBIAN/prerm"
deb=build/zhengtong_${version}_$arch.deb
dpkg-deb --root-owner-group --build "$root" "$deb" >/dev/null
echo "$deb"
