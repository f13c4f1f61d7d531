-- The first fault of a chain; fault is null when there is none. entries and head are the chain's own totals: a reader
-- who recorded them elsewhere can tell whether the whole chain was rewritten.
create or replace function comuta_audit_verify(chain bigint)
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
