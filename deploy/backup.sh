#!/usr/bin/env bash
# Copies the whole database into one file: deploy/backup.sh FILE. Everything that was uploaded or decided stands in it.
# SQLite: STDWORKFLOW_DB names the database file. PostgreSQL: PGHOST, PGUSER, PGDATABASE … as for pg_dump.
set -euo pipefail
[ $# = 1 ] || { echo "usage: $0 FILE" >&2; exit 2; }
if [ -n "${STDWORKFLOW_DB:-}" ]; then
  # Not a plain copy: the write-ahead log belongs to the database.
  sqlite3 "$STDWORKFLOW_DB" ".backup '$1'"
else
  pg_dump --format=custom --file="$1"
fi
echo "$1"
