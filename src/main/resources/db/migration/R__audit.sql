-- Checks entries of a chain, and its end. start: the place after which it begins; null for the last checkpoint, 0 for the
-- whole chain. at_most: the largest number of entries. fault is null when there is none. checked_to is the last entry
-- that was checked, with its hash; the end of the chain is checked when fewer entries than at_most follow the start.
--
-- The entry at the last checkpoint must be there, with the hash of the checkpoint, wherever the check begins: all entries
-- before it depend on that hash. The caller verifies the checkpoint's signature, for which the database has no key.
create or replace function comuta_audit_verify(chain bigint, start bigint, at_most integer)
returns table (
    entries bigint, head bytea, checked_from bigint, checked_to bigint, checked_head bytea, fault text,
    faulty_sequence bigint, faulty_entry bigint, signed_entries bigint, signed_head bytea, signed_at timestamptz,
    signature bytea)
language sql stable as $$
    with checkpoint as materialized (
        select k.Entries, k.Head, k.MadeAt, k.Signature from AuditCheckpoints k
        where k.ChainID = chain order by k.Entries desc limit 1
    ), totals as (
        select coalesce(max(c.Entries), 0) as entries, coalesce(max(encode(c.Head, 'hex')), '') as head
        from AuditChains c where c.ChainID = chain
    ), origin as materialized (
        select case when start is null then coalesce(k.Entries, 0) else greatest(0, least(start, t.entries)) end as place
        from totals t left join checkpoint k on true
    ), given as materialized (
        -- the entry before the first one, and the one of the checkpoint
        select e.AuditID, e.Sequence, e.Hash, comuta_audit_hash(e) as computed from AuditEntries e
        where coalesce(e.ClientID, 0) = chain
          and e.Sequence is not null
          and e.Sequence = any (array[(select o.place from origin o), (select k.Entries from checkpoint k)])
    ), page as materialized (
        select e.AuditID, e.Sequence, e.PreviousHash, e.Hash, comuta_audit_hash(e) as computed
        from AuditEntries e
        where coalesce(e.ClientID, 0) = chain and e.Sequence > (select o.place from origin o)
        order by e.Sequence limit at_most
    ), links as (
        select p.*,
               lag(p.Sequence, 1, (select o.place from origin o)) over place as before,
               lag(p.Hash, 1, coalesce((
                   select g.Hash from given g where g.Sequence = (select o.place from origin o)), ''::bytea))
                   over place as previous
        from page p window place as (order by p.Sequence)
    ), last as (
        select l.Sequence, l.Hash from (
            select p.Sequence, p.Hash from page p
            union all
            select g.Sequence, g.Hash from given g where g.Sequence = (select o.place from origin o)) l
        order by l.Sequence desc limit 1
    ), needed as (
        select o.place, null::bytea as head from origin o where o.place > 0
        union
        select k.Entries, k.Head from checkpoint k
    ), faults as (
        select case when g.Sequence is null then 'Removida' else 'Alterada' end as fault,
               case when g.Sequence is null then 1 + (
                   select coalesce(max(e.Sequence), 0) from AuditEntries e
                   where coalesce(e.ClientID, 0) = chain and e.Sequence < n.place)
                   else n.place end as sequence,
               g.AuditID
        from needed n left join given g on g.Sequence = n.place
        where g.Sequence is null or g.Hash is distinct from g.computed or g.Hash <> n.head
        union all
        select case when l.Sequence <> l.before + 1 then 'Removida'
                    when l.Hash is distinct from l.computed then 'Alterada'
                    else 'Deslocada' end,
               case when l.Sequence <> l.before + 1 then l.before + 1 else l.Sequence end,
               l.AuditID
        from links l
        where l.Sequence <> l.before + 1 or l.Hash is distinct from l.computed
           or l.PreviousHash is distinct from l.previous
        union all
        select 'Removida', coalesce((select l.Sequence from last l), 0) + 1, null
        from totals t cross join origin o
        where (select count(*) from page) < at_most
          and (o.place = 0 or exists (select from given g where g.Sequence = o.place))
          and (t.entries <> coalesce((select l.Sequence from last l), 0)
               or t.head <> coalesce((select encode(l.Hash, 'hex') from last l), ''))
    )
    select t.entries, decode(t.head, 'hex'), o.place, coalesce(l.Sequence, o.place), coalesce(l.Hash, ''),
           f.fault, f.sequence, f.AuditID, k.Entries, k.Head, k.MadeAt, k.Signature
    from totals t
    cross join origin o
    left join last l on true
    left join checkpoint k on true
    left join (select * from faults f order by f.sequence limit 1) f on true
$$;
