#!/bin/bash
# Run once by the PostgreSQL image after roles.sql: the passwords of the two roles that log in, and the database.
set -euo pipefail
psql --username postgres --set ON_ERROR_STOP=1 \
    --set app="$COMUTA_DB_PASSWORD" --set owner="$COMUTA_DB_OWNER_PASSWORD" <<'SQL'
alter role comuta_app password :'app';
alter role comuta_owner password :'owner';
create database comuta owner comuta_owner;
SQL
