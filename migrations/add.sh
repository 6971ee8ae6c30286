#!/usr/bin/env bash
# Adds one migration for all three databases and prints the SQL of each: migrations/add.sh AddReasonToVotes
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

name=${1:-}
[[ $# = 1 && $name =~ ^[A-Z][A-Za-z0-9]*$ ]] || { echo "usage: migrations/add.sh NAME (letters and digits, for example AddReasonToVotes)" >&2; exit 2; }
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

dotnet tool restore >/dev/null
for database in Sqlite SqlServer PostgreSql; do
  project=migrations/StdWorkflow.Migrations.$database
  last=$(ls "$project"/Migrations/*_*.Designer.cs 2>/dev/null | tail -n 1 || true)
  dotnet ef migrations add "$name" --project "$project" --output-dir Migrations >/dev/null
  dotnet build "$project" --verbosity quiet --nologo >/dev/null
  from=0
  [ -z "$last" ] || from=$(basename "$last" .Designer.cs)
  echo
  echo "-- $database ------------------------------------------------------------"
  dotnet ef migrations script "$from" --project "$project" --no-build
done

echo
echo "Read the three scripts above, then commit the migration of all three databases together." >&2
