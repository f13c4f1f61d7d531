-- Internal users, end users, and what an end user consented to or asked to be erased.

create table ClientUsers (
    UserID bigint generated always as identity primary key,
    ClientID bigint not null references Clients,
    UserName text not null,
    UserRole text not null,
    Email text,
    PhoneNumber text,
    ExternalUserID text,
    -- whether the user gets a mail when a session is handed over
    HandOverMails boolean not null default true,
    Status text not null default 'Ativo',
    Version integer not null default 0,
    CreatedAt timestamptz not null default now(),
    UpdatedAt timestamptz,
    unique (ClientID, UserID)
);
create unique index ClientUsers_email on ClientUsers (ClientID, lower(Email)) where Status <> 'Inativo';
create index ClientUsers_by_email on ClientUsers (lower(Email)) where Status = 'Ativo';

create table ClientEndUsers (
    EndUserID bigint generated always as identity primary key,
    ClientID bigint not null references Clients,
    UserID bigint,
    Name text,
    -- the name that a provider gave last; equal to Name while nobody has edited that
    ProviderName text,
    Email text,
    PhoneNumber text,
    AdditionalInfo jsonb,
    -- the client's own words, each once whatever its case
    Tags text[] not null default '{}',
    Status text not null default 'Ativo',
    Version integer not null default 0,
    CreatedAt timestamptz not null default now(),
    UpdatedAt timestamptz,
    -- the row of an erased person keeps its id, because sessions reference it, and nothing else
    ErasedAt timestamptz,
    -- the end user that turned out to be the same person; no session is opened with this one afterwards
    MergedInto bigint,
    unique (ClientID, EndUserID),
    foreign key (ClientID, UserID) references ClientUsers (ClientID, UserID)
);
create index ClientEndUsers_merged on ClientEndUsers (MergedInto) where MergedInto is not null;

-- Ids of many new people are drawn before they are inserted.
grant usage on sequence ClientEndUsers_EndUserID_seq to comuta_reason_routing, comuta_platform;

-- How many end users a client has, counted up to one id, so that a limit is checked without counting all of them. Only the
-- count itself writes here, so that a message of a new person costs nothing more. No row: nothing is counted yet.
create table EndUserCounts (
    ClientID bigint primary key references Clients,
    -- end users with an id up to CountedTo
    Counted bigint not null,
    CountedTo bigint not null,
    -- the last id at SeenAt, and the first transaction after SeenAt. When all earlier transactions have ended, no further
    -- end user gets an id up to SeenTo, and the count can advance to it.
    SeenTo bigint not null,
    SeenAt timestamptz not null,
    SeenTx xid8 not null
);

-- A deleted end user makes the count begin anew. It runs with the platform's rights, because no other role writes counts.
create function comuta_forget_count() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    delete from EndUserCounts c where c.ClientID in (select r.ClientID from removed r);
    return null;
end
$$;
grant create on schema public to comuta_platform;
alter function comuta_forget_count owner to comuta_platform;
revoke create on schema public from comuta_platform;
create trigger ClientEndUsers_counted after delete on ClientEndUsers referencing old table as removed
    for each statement execute function comuta_forget_count();

-- The names that providers use for one person: 'phone' (comuta_number_key of the number), 'bsuid' (WhatsApp's own id).
create table EndUserIdentities (
    ClientID bigint not null,
    Kind text not null,
    Value text not null,
    EndUserID bigint not null,
    CreatedAt timestamptz not null default now(),
    primary key (ClientID, Kind, Value),
    foreign key (ClientID, EndUserID) references ClientEndUsers (ClientID, EndUserID)
);
create index EndUserIdentities_by_end_user on EndUserIdentities (ClientID, EndUserID);

-- Consent given and revoked. Rows are added and stay; the latest row that matches a question is its answer.
create table Consents (
    ConsentID bigint generated always as identity primary key,
    ClientID bigint not null,
    EndUserID bigint not null,
    -- null: every kind of channel, every purpose
    ChannelType text,
    Purpose text,
    Status text not null check (Status in ('Concedido', 'Revogado')),
    Source text not null,
    -- the message that revoked; no foreign key, because messages are removed earlier than this row
    MessageID bigint,
    RecordedAt timestamptz not null default clock_timestamp(),
    foreign key (ClientID, EndUserID) references ClientEndUsers (ClientID, EndUserID)
);
create index Consents_by_end_user on Consents (ClientID, EndUserID, ConsentID);
create trigger Consents_append_only before update or delete on Consents
    for each row execute function comuta_append_only();
create trigger Consents_kept before truncate on Consents
    for each statement execute function comuta_append_only();

-- Revocations of people who were erased, so that nobody writes to them when they are registered once more. Identity is a
-- hash of one identity of the person under a key that the database does not have; it is another one for each client.
create table KeptRevocations (
    ClientID bigint not null references Clients,
    Identity bytea not null,
    -- null: every kind of channel, every purpose
    ChannelType text,
    Purpose text,
    Source text not null,
    RevokedAt timestamptz not null,
    unique nulls not distinct (ClientID, Identity, ChannelType, Purpose)
);

-- Requests to be erased. Names holds the person's names and numbers until every room has removed them.
create table Erasures (
    ClientID bigint not null,
    EndUserID bigint not null,
    Names text[],
    RequestedAt timestamptz not null default clock_timestamp(),
    FinishedAt timestamptz,
    primary key (ClientID, EndUserID),
    foreign key (ClientID, EndUserID) references ClientEndUsers (ClientID, EndUserID)
);
