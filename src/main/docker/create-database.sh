#!/bin/bash
# The PostgreSQL image runs this once, after roles.sql: sets the passwords of the three login roles, creates the database.
set -euo pipefail
psql --username postgres --set ON_ERROR_STOP=1 \
    --set app="$COMUTA_DB_PASSWORD" --set cross="$COMUTA_DB_CROSS_PASSWORD" --set owner="$COMUTA_DB_OWNER_PASSWORD" <<'SQL'
alter role comuta_app password :'app';
alter role comuta_cross password :'cross';
alter role comuta_owner password :'owner';
create database comuta owner comuta_owner;
SQL
