-- Who changed what, when and from where: ids and words of the API, never content. Entries are added in the transaction of
-- the change and stay. The entries of a client are a chain: each one's hash covers the hash before it, so that one that
-- was changed, taken out or moved is found. What concerns no client has a chain of its own, with the number 0.

create table AuditEntries (
    AuditID bigint generated always as identity primary key,
    ClientID bigint references Clients,
    -- place in the chain; null for what only read, which stands outside of it
    Sequence bigint,
    Chained boolean not null default true,
    HappenedAt timestamptz not null,
    -- 'plataforma', 'chave', 'usuário' or 'sistema', the role at the time, and the id of the key or user
    CallerKind text not null,
    CallerRole text,
    CallerID bigint,
    -- the operation as openapi.yaml names it, and its path
    Action text not null,
    Target text not null,
    -- the caller's address; null for what happened by itself
    Origin text,
    PreviousHash bytea,
    Hash bytea
);
create unique index AuditEntries_chain on AuditEntries (coalesce(ClientID, 0), Sequence) where Sequence is not null;
create index AuditEntries_by_client on AuditEntries (ClientID, AuditID);

-- Where each chain ends. Its row is what two changes of one client at once wait for, at the end of their transactions.
create table AuditChains (
    ChainID bigint primary key,
    Entries bigint not null,
    Head bytea not null
);

create function comuta_audit_hash(entry AuditEntries) returns bytea language sql stable as $$
    select sha256(entry.PreviousHash || convert_to(jsonb_build_array(
        entry.AuditID, entry.ClientID, entry.Sequence, extract(epoch from entry.HappenedAt), entry.CallerKind,
        entry.CallerRole, entry.CallerID, entry.Action, entry.Target, entry.Origin)::text, 'UTF8'))
$$;

-- Takes the next place in the chain. Runs with the platform's rights, because nobody else may write where chains end.
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

create trigger AuditEntries_append before insert on AuditEntries for each row execute function comuta_audit_append();
create trigger AuditEntries_append_only before update or delete on AuditEntries
    for each row execute function comuta_append_only();
create trigger AuditEntries_kept before truncate on AuditEntries
    for each statement execute function comuta_append_only();

-- The first fault of a chain, or none: fault is null then. entries and head are what the chain says of itself; who noted
-- them down elsewhere sees whether the chain was written anew.
create function comuta_audit_verify(chain bigint)
returns table (entries bigint, head text, fault text, faulty_sequence bigint, faulty_entry bigint)
language sql stable as $$
    with links as (
        select e.AuditID, e.Sequence, e.PreviousHash, e.Hash, comuta_audit_hash(e) as computed,
               lag(e.Sequence, 1, 0::bigint) over place as before, lag(e.Hash, 1, ''::bytea) over place as previous
        from AuditEntries e
        where coalesce(e.ClientID, 0) = chain and e.Sequence is not null
        window place as (order by e.Sequence)
    ), totals as (
        select coalesce(max(c.Entries), 0) as entries, coalesce(max(encode(c.Head, 'hex')), '') as head
        from AuditChains c where c.ChainID = chain
    ), last as (
        select l.Sequence, l.Hash from links l order by l.Sequence desc limit 1
    ), faults as (
        select case when l.Sequence <> l.before + 1 then 'Removida'
                    when l.Hash is distinct from l.computed then 'Alterada'
                    else 'Deslocada' end as fault,
               case when l.Sequence <> l.before + 1 then l.before + 1 else l.Sequence end as sequence,
               l.AuditID
        from links l
        where l.Sequence <> l.before + 1 or l.Hash is distinct from l.computed
           or l.PreviousHash is distinct from l.previous
        union all
        select 'Removida', coalesce((select l.Sequence from last l), 0) + 1, null
        from totals t
        where t.entries <> coalesce((select l.Sequence from last l), 0)
           or t.head <> coalesce((select encode(l.Hash, 'hex') from last l), '')
    )
    select t.entries, t.head, f.fault, f.sequence, f.AuditID
    from totals t left join (select * from faults f order by f.sequence limit 1) f on true
$$;

alter table AuditEntries enable row level security;
create policy tenant on AuditEntries to comuta_app using (ClientID = current_client())
    with check (ClientID = current_client());
grant select, insert on AuditEntries to comuta_app, comuta_platform;
alter table AuditChains enable row level security;
create policy tenant on AuditChains to comuta_app using (ChainID = current_client());
grant select on AuditChains to comuta_app;
grant select, insert, update on AuditChains to comuta_platform;

grant create on schema public to comuta_platform;
alter function comuta_audit_append owner to comuta_platform;
revoke create on schema public from comuta_platform;
revoke execute on function comuta_audit_append from public;
