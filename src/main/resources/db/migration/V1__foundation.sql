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

-- The key under which a person or a channel is found: one for all forms of a telephone number with '+'. In some countries
-- WhatsApp identifies people by an old or longer form. platform.rest.PhoneNumber has the same rules.
create function comuta_number_key(number text) returns text language sql immutable parallel safe as $$
    select case
        when number ~ '^\+55[0-9]{2}[6-9][0-9]{7}$' then left(number, 5) || '9' || substr(number, 6)
        when number ~ '^\+521[0-9]{10}$' then '+52' || substr(number, 5)
        when number ~ '^\+549[0-9]{10}$' then '+54' || substr(number, 5)
        when number ~ '^\+225[014-9][0-3][0-9]{6}$' then '+22501' || substr(number, 5)
        when number ~ '^\+225[014-9][4-6][0-9]{6}$' then '+22505' || substr(number, 5)
        when number ~ '^\+225[014-9][7-9][0-9]{6}$' then '+22507' || substr(number, 5)
        when number ~ '^\+229[0-9]{8}$' then '+22901' || substr(number, 5)
        else number end
$$;
