-- The base of every table. Names of tables and columns are unquoted, so that PostgreSQL folds them. The database roles
-- exist already: db/roles.sql creates them.
--
-- A child of a tenant's row references it by (ClientID, id), so that no reference can cross tenants. Messages,
-- BackgroundTasks and Events are checked once per statement instead (docs/adr/0015). Nothing references these three, so
-- that they can be partitioned by time (docs/adr/0004). V13__isolation.sql lists the rows that each role sees.

grant usage on schema public to comuta_app, comuta_platform;

-- The tenant of the transaction. After a transaction-local setting ended, current_setting returns '' and not null.
create function current_client() returns bigint language sql stable parallel safe as $$
    select nullif(current_setting('comuta.client', true), '')::bigint
$$;

-- The broker on whose behalf the transaction runs; null for other callers: keys of a client, workers, webhooks.
create function current_own_user() returns bigint language sql stable parallel safe as $$
    select nullif(current_setting('comuta.user', true), '')::bigint
$$;

-- Trigger of ledgers: rows are added, and never changed or removed, by any role.
create function comuta_append_only() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end
$$;

-- True when a text contains one of the names.
create function comuta_names(content text, names text[]) returns boolean language sql immutable as $$
    select exists (select from unnest(names) n where position(lower(n) in lower(content)) > 0)
$$;
