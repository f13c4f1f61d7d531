-- Answers of the REST API to requests with an Idempotency-Key, written in the transaction that did what they tell; so a
-- key is there exactly when its effect is. Two requests of one key wait for each other at the unique index.
create table IdempotencyKeys (
    -- the tenant of the transaction; null for what only the platform does
    ClientID bigint references Clients,
    KeyHash bytea not null,
    Target text not null,
    BodyHash bytea not null,
    -- null only inside the transaction that claims the key
    Status integer,
    Headers jsonb,
    -- sealed: it may hold a secret that is told only once
    Answer text,
    CreatedAt timestamptz not null default now()
);
create unique index IdempotencyKeys_once on IdempotencyKeys (coalesce(ClientID, 0), KeyHash);
create index IdempotencyKeys_by_time on IdempotencyKeys using brin (CreatedAt);

alter table IdempotencyKeys enable row level security;
create policy tenant on IdempotencyKeys to comuta_app using (ClientID = current_client())
    with check (ClientID = current_client());
grant select, insert, update, delete on IdempotencyKeys to comuta_app, comuta_platform;

alter table ApiKeys add column Version integer not null default 0;

alter table Alerts
    add column AcknowledgedAt timestamptz,
    add column ResolvedAt timestamptz;
create index Alerts_by_client on Alerts (ClientID, AlertID);
