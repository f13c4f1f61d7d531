-- Idempotent requests, the check of the fingerprint key, and the audit trail.

-- Responses of the REST API to requests with an Idempotency-Key, written in the transaction of the request: a key exists
-- exactly when its effect does. Two requests with one key wait for each other at the unique index.
create table IdempotencyKeys (
    -- the tenant of the transaction; null for requests of the platform
    ClientID bigint references Clients,
    KeyHash bytea not null,
    Target text not null,
    BodyHash bytea not null,
    -- null only inside the transaction that claims the key
    Status integer,
    Headers jsonb,
    -- may hold a secret that is returned only once
    Answer text,
    CreatedAt timestamptz not null default now()
);
create unique index IdempotencyKeys_once on IdempotencyKeys (coalesce(ClientID, 0), KeyHash);
create index IdempotencyKeys_by_time on IdempotencyKeys using brin (CreatedAt);
comment on column IdempotencyKeys.Answer is 'sealed';

-- A fingerprint under the fingerprint key of the installation: a process with another key finds that it is not equal.
create table SecretChecks (
    Name text primary key,
    Fingerprint bytea not null
);

-- The audit trail: the caller, the operation, the time and the origin of each change, with ids and names of the API and
-- never with content. An entry is added in the transaction of the change and stays; only reads, which are outside of the
-- chain, are removed after their retention period. The entries of a client form a
-- chain: the hash of each covers the hash of the one before, so that a changed, removed or moved entry is found. Entries
-- of no client form chain 0.
create table AuditEntries (
    AuditID bigint generated always as identity primary key,
    ClientID bigint references Clients,
    -- place in the chain; null for reads, which are not part of it
    Sequence bigint,
    Chained boolean not null default true,
    HappenedAt timestamptz not null,
    -- 'plataforma', 'chave', 'usuário' or 'sistema', the role at that time, and the id of the key or user
    CallerKind text not null,
    CallerRole text,
    CallerID bigint,
    -- the operation as named in openapi.yaml, and its path
    Action text not null,
    Target text not null,
    -- the caller's address; null for changes without a caller
    Origin text,
    PreviousHash bytea,
    Hash bytea
);
create unique index AuditEntries_chain on AuditEntries (coalesce(ClientID, 0), Sequence) where Sequence is not null;
create index AuditEntries_by_client on AuditEntries (ClientID, AuditID);
-- For the removal of reads, oldest first.
create index AuditEntries_reads on AuditEntries (AuditID) where Sequence is null;

-- The end of each chain. Two simultaneous changes of one client wait for each other at its row, at the end of their
-- transactions.
create table AuditChains (
    ChainID bigint primary key,
    Entries bigint not null,
    Head bytea not null
);

-- Ends of chains at past times, signed by the server with a key that the database does not have. A chain that was cut or
-- written anew no longer has the entry that the signature covers.
create table AuditCheckpoints (
    CheckpointID bigint generated always as identity primary key,
    ChainID bigint not null,
    Entries bigint not null,
    Head bytea not null,
    MadeAt timestamptz not null,
    Signature bytea not null,
    unique (ChainID, Entries)
);
create trigger AuditCheckpoints_append_only before update or delete on AuditCheckpoints
    for each row execute function comuta_append_only();
create trigger AuditCheckpoints_kept before truncate on AuditCheckpoints
    for each statement execute function comuta_append_only();

create function comuta_audit_hash(entry AuditEntries) returns bytea language sql stable as $$
    select sha256(entry.PreviousHash || convert_to(jsonb_build_array(
        entry.AuditID, entry.ClientID, entry.Sequence, extract(epoch from entry.HappenedAt), entry.CallerKind,
        entry.CallerRole, entry.CallerID, entry.Action, entry.Target, entry.Origin, entry.Chained)::text, 'UTF8'))
$$;

-- Takes the next place in the chain. It runs with the rights of comuta_audit: no other role may write AuditChains.
create function comuta_audit_append() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    chain AuditChains;
begin
    new.Sequence := null;
    new.PreviousHash := null;
    new.Hash := null;
    if not new.Chained then
        new.HappenedAt := clock_timestamp();
        return new;
    end if;
    insert into AuditChains (ChainID, Entries, Head) values (coalesce(new.ClientID, 0), 0, '')
    on conflict (ChainID) do update set Entries = AuditChains.Entries
    returning * into chain;
    new.HappenedAt := clock_timestamp();
    new.Sequence := chain.Entries + 1;
    new.PreviousHash := chain.Head;
    new.Hash := comuta_audit_hash(new);
    update AuditChains set Entries = new.Sequence, Head = new.Hash where ChainID = chain.ChainID;
    return new;
end
$$;
grant usage, create on schema public to comuta_audit;
alter function comuta_audit_append owner to comuta_audit;
revoke create on schema public from comuta_audit;
revoke execute on function comuta_audit_append from public;

create trigger AuditEntries_append before insert on AuditEntries for each row execute function comuta_audit_append();
create trigger AuditEntries_append_only before update on AuditEntries
    for each row execute function comuta_append_only();
create trigger AuditEntries_stay before delete on AuditEntries
    for each row when (old.Sequence is not null) execute function comuta_append_only();
create trigger AuditEntries_kept before truncate on AuditEntries
    for each statement execute function comuta_append_only();
