#!/usr/bin/env bash
# Puts a backup back: deploy/restore.sh FILE, with the program stopped. Then run verify-history.
set -euo pipefail
[ $# = 1 ] && [ -r "$1" ] || { echo "usage: $0 FILE" >&2; exit 2; }
if [ -n "${STDWORKFLOW_DB:-}" ]; then
  rm -f "$STDWORKFLOW_DB-wal" "$STDWORKFLOW_DB-shm"
  sqlite3 "$STDWORKFLOW_DB" ".restore '$1'"
else
  pg_restore --clean --if-exists --no-owner --dbname="${PGDATABASE:?}" "$1"
fi
