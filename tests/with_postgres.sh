<<<<<<< HEAD
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
=======
#!/usr/bin/env bash
# with_postgres.sh COMMAND... -- runs a command beside a PostgreSQL of its own.
#
# The server lives in a temporary folder, listens on a free port of 127.0.0.1,
# trusts everybody there, and is gone afterwards however the command ends.  The
# command finds
#   ZT_TEST_PG       postgresql://… of an empty database
#   ZT_TEST_PG_BASE  the same without the database's name
#   ZT_TEST_PG_CTL   a script: start, stop (at once, as if the power went)
#   ZT_PSQL          psql of that version
# PostgreSQL refuses to run as root, so root becomes the user postgres.
set -u

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
if [ -z "$bin" ]; then
  echo "with_postgres: PostgreSQL is not installed (package postgresql-15)" >&2
  exit 1
fi
dir=$(mktemp -d /tmp/zt-postgres.XXXXXX) || exit 1
as=()
if [ "$(id -u)" -eq 0 ]; then
  as=(setpriv --reuid=postgres --regid=postgres --clear-groups)
  chown postgres: "$dir"
fi
chmod 755 "$dir"

port=
for try in 1 2 3 4 5 6 7 8 9 10; do
  port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
  (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
done

cat >"$dir/ctl" <<CTL
#!/bin/sh
# start | stop: this one server
cd "$dir" || exit 1
case \$1 in
start) exec ${as[*]} "$bin/pg_ctl" -s -w -t 60 -D "$dir/data" -l "$dir/log" start ;;
stop) exec ${as[*]} "$bin/pg_ctl" -s -w -t 60 -D "$dir/data" -m immediate stop ;;
esac
exit 2
CTL
chmod 755 "$dir/ctl"

cleanup() {
  "$dir/ctl" stop >/dev/null 2>&1
  rm -rf "$dir"
}
trap cleanup EXIT
trap 'exit 130' INT TERM HUP

cd_back=$PWD
cd "$dir" || exit 1
"${as[@]}" "$bin/initdb" -D "$dir/data" -U zhengtong -A trust -E UTF8 \
  --locale=C.UTF-8 --no-sync >"$dir/initdb.log" 2>&1 ||
  { cat "$dir/initdb.log" >&2; exit 1; }
# A test database need not survive the machine, only our own crashes.
cat >>"$dir/data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = ''
fsync = off
max_connections = 60
shared_buffers = 64MB
max_wal_size = 512MB
jit = off
CONF
"$dir/ctl" start || { cat "$dir/log" >&2; exit 1; }
cd "$cd_back" || exit 1

export ZT_TEST_PG_BASE=postgresql://zhengtong@127.0.0.1:$port
export ZT_TEST_PG=$ZT_TEST_PG_BASE/zhengtong_test
export ZT_TEST_PG_CTL=$dir/ctl
export ZT_PSQL=$bin/psql
"$ZT_PSQL" -q "$ZT_TEST_PG_BASE/postgres" \
  -c 'CREATE DATABASE zhengtong_test' || exit 1

>>>>>>> http
"$@"
