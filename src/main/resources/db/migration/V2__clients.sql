-- The companies, their terms, and what they use.

create table Clients (
    ClientID bigint generated always as identity primary key,
    ClientName text not null,
    AdditionalInfo text,
    Status text not null default 'Ativo',
    -- a JSON array of hosts in private networks that the client's URLs may lead to
    AllowedHosts jsonb not null default '[]',
    -- a JSON object, limit -> value; the plan decides about limits that are absent
    Limits jsonb not null default '{}',
    -- whether people get a mail when a session is handed over to them
    HandOverMails boolean not null default true,
    Version integer not null default 0,
    CreatedAt timestamptz not null default now(),
    UpdatedAt timestamptz
);

-- How long a client keeps content, media and events, in days; null is the configured default.
create table RetentionPolicies (
    ClientID bigint primary key references Clients,
    ContentDays integer check (ContentDays between 1 and 3650),
    MediaDays integer check (MediaDays between 1 and 3650),
    EventDays integer check (EventDays between 1 and 3650),
    Version integer not null default 0,
    UpdatedAt timestamptz
);

-- Consumption of a daily limit in one day (UTC), written in the transaction that consumes.
create table ClientUsage (
    ClientID bigint not null references Clients,
    LimitName text not null,
    Day date not null,
    Used bigint not null,
    primary key (ClientID, LimitName, Day)
);

-- Usage per client, meter and hour (its start). A job fills it from Events and UsageEntries, so that the hot path writes
-- nothing here.
create table UsageLedger (
    ClientID bigint not null references Clients,
    Meter text not null,
    Hour timestamptz not null,
    Amount numeric not null,
    primary key (ClientID, Meter, Hour)
);

-- Usage that no event shows, such as model tokens, transcribed seconds and prices. The transaction that completes the
-- work writes it, and the job adds it to UsageLedger and sets FoldedAt.
create table UsageEntries (
    EntryID bigint generated always as identity primary key,
    ClientID bigint not null references Clients,
    Meter text not null,
    Amount numeric not null,
    OccurredAt timestamptz not null default now(),
    FoldedAt timestamptz
);
create index UsageEntries_open on UsageEntries (EntryID) where FoldedAt is null;
