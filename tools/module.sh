#!/bin/sh
# module.sh NAME -- an empty room for a new module: a copy of tools/blank with
# its name changed, and its line in modules.c.  It builds and serves one page at
# once; README.md says what to write first.
set -eu
cd "$(dirname "$0")/.."
name=${1:-}
case $name in
'' | *[!a-z0-9_]* | [0-9_]*)
  echo "用法：make module NAME=名称（小写字母）" >&2
  echo "usage: make module NAME=name (lower-case letters)" >&2
  exit 2
  ;;
esac
if [ -e "src/$name" ] || [ -e "src/kernel/$name" ]; then
  echo "src/$name 已经存在（is there already）" >&2
  exit 1
fi
upper=$(printf %s "$name" | tr a-z A-Z)
cp -r tools/blank "src/$name"
find "src/$name" -type f | while read -r file; do
  sed -i -e "s/blank/$name/g" -e "s/BLANK/$upper/g" "$file"
  case $file in
  *blank*) mv "$file" "$(dirname "$file")/$(basename "$file" | sed "s/blank/$name/")" ;;
  esac
done

# modules.c: the include after the last one, the module at the end of the list.
list=src/modules.c
sed -i -e "$(grep -n '^#include' $list | tail -n 1 | cut -d: -f1)a #include \"$name/$name.h\"" $list
sed -i -e "s|^    NULL,|    \&${name}_module,\n&|" $list
echo "src/$name"
