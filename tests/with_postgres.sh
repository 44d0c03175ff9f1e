#!/bin/sh
# tests/with_postgres.sh COMMAND... -- runs it with a private PostgreSQL.
#
# A new cluster in a temporary folder, trusted on 127.0.0.1 and a socket of its
# own, on a free port, gone when the command ends however it ends.  The command
# finds the address of an empty database in ZT_TEST_PG and, to stop and start the
# server itself, ZT_TEST_PG_CTL (a script taking start, stop, kill, restart).
set -eu
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
if [ -z "$bin" ]; then
  echo "with_postgres: no /usr/lib/postgresql; install postgresql" >&2
  exit 2
fi
dir=$(mktemp -d /tmp/zt-pg-XXXXXX)

# initdb and postgres refuse root.
as=
if [ "$(id -u)" = 0 ]; then
  as="runuser -u postgres --"
  chown postgres "$dir"
fi

cat >"$dir/ctl" <<CTL
#!/bin/sh
# start | stop | kill (no farewell to anybody) | restart
cd "$dir"
pg() { $as "$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -s "\$@"; }
case "\$1" in
start) pg -w start ;;
stop) pg -w -m fast stop ;;
kill) pg -w -m immediate stop ;;
restart) pg -w -m fast restart ;;
esac
CTL
chmod 755 "$dir/ctl"

clean() {
  "$dir/ctl" kill >/dev/null 2>&1 || :
  rm -rf "$dir"
}
trap clean EXIT
trap 'exit 130' INT TERM HUP

$as "$bin/initdb" -D "$dir/data" -U zhengtong -A trust -E UTF8 \
  --locale=C.UTF-8 >"$dir/initdb.log" 2>&1 || { cat "$dir/initdb.log" >&2; exit 2; }

# A port may be taken between looking and starting: try a few.
for try in 1 2 3 4 5; do
  port=$((20000 + ($(od -An -N2 -tu2 /dev/urandom) % 20000)))
  cat >"$dir/data/postgresql.auto.conf" <<CONF
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = '$dir'
shared_buffers = '64MB'
max_connections = 60
log_min_messages = warning
CONF
  if "$dir/ctl" start >/dev/null 2>&1; then break; fi
  if [ "$try" = 5 ]; then cat "$dir/log" >&2; exit 2; fi
done
$as "$bin/createdb" -h "$dir" -p "$port" -U zhengtong zhengtong

ZT_TEST_PG="postgresql://zhengtong@127.0.0.1:$port/zhengtong"
ZT_TEST_PG_CTL="$dir/ctl"
export ZT_TEST_PG ZT_TEST_PG_CTL
"$@"
