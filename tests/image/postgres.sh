#!/bin/sh
# Stands in for the entry point of postgres:17-bookworm, on Debian's PostgreSQL: the same variables, folder and login.
set -eu
data=/var/lib/postgresql/data
if [ ! -s "$data/PG_VERSION" ]; then
    initdb --pgdata="$data" --username="$POSTGRES_USER" --pwfile="$POSTGRES_PASSWORD_FILE" \
        --auth-host=scram-sha-256 --auth-local=trust >/dev/null
    echo 'host all all all scram-sha-256' >>"$data/pg_hba.conf"
    pg_ctl --pgdata="$data" --wait --options="-c listen_addresses='' -k /run/postgresql" start >/dev/null
    createdb --host=/run/postgresql --username="$POSTGRES_USER" "$POSTGRES_DB"
    pg_ctl --pgdata="$data" --wait stop >/dev/null
fi
exec postgres -D "$data" -c listen_addresses='*' -k /run/postgresql
