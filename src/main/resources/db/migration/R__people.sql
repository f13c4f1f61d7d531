-- End users: find or create, unite, consent, erasure.

-- The advisory lock of an identity, known or not.
create or replace function comuta_identity_lock(client bigint, kind text, value text) returns bigint
language sql immutable parallel safe as $$
    select hashtextextended(client || '/' || kind || '/' || value, 0)
$$;

-- Locks an identity, known or not, until the end of the transaction. A transaction locks several identities of a client
-- in the order of their values.
create or replace function comuta_lock_identity(client bigint, kind text, value text) returns void
language plpgsql as $$
begin
    perform pg_advisory_xact_lock(comuta_identity_lock(client, kind, value));
end
$$;

-- Finds an end user by an identity, or creates one. The lock makes two simultaneous first messages of one person find
-- the same end user.
create or replace function comuta_end_user(client bigint, kind text, value text, phone text, person_name text, broker bigint)
returns bigint language plpgsql as $$
declare
    found_id bigint;
begin
    select i.EndUserID into found_id from EndUserIdentities i
    where i.ClientID = client and i.Kind = comuta_end_user.kind and i.Value = comuta_end_user.value;
    if found_id is not null then
        return found_id;
    end if;

    perform comuta_lock_identity(client, kind, value);
    select i.EndUserID into found_id from EndUserIdentities i
    where i.ClientID = client and i.Kind = comuta_end_user.kind and i.Value = comuta_end_user.value;
    if found_id is not null then
        return found_id;
    end if;

    insert into ClientEndUsers (ClientID, UserID, Name, ProviderName, PhoneNumber)
    values (client, broker, person_name, person_name, phone)
    returning EndUserID into found_id;
    insert into EndUserIdentities (ClientID, Kind, Value, EndUserID) values (client, kind, value, found_id);
    return found_id;
end
$$;

-- Takes the names that a provider gives, where they changed. A name that somebody edited stays. A person whose row another
-- transaction has locked gets the name with the next message. No person is given twice.
create or replace function comuta_provider_names(persons bigint[], names text[]) returns void language plpgsql as $$
begin
    with changed as materialized (
        select u.EndUserID, n.name
        from unnest(persons, names) as n(person, name)
        join ClientEndUsers u on u.EndUserID = n.person
        where n.name is distinct from u.ProviderName and u.ErasedAt is null
        for no key update of u skip locked
    )
    update ClientEndUsers u
    set Name = case when u.Name is not distinct from u.ProviderName then c.name else u.Name end,
        ProviderName = c.name, Version = u.Version + 1, UpdatedAt = clock_timestamp()
    from changed c where u.EndUserID = c.EndUserID;
end
$$;

-- The name of an end user; null when it has none.
create or replace function comuta_end_user_name(client bigint, person bigint) returns text language sql stable as $$
    select u.Name from ClientEndUsers u where u.ClientID = client and u.EndUserID = person
$$;

grant create on schema public to comuta_platform;
set local role comuta_platform;

-- The telephones of the active ones of these internal users; null for a user without one. It runs with the platform's
-- rights, because a broker who transfers a call sees no other internal users; the client must be the transaction's tenant.
create or replace function comuta_user_telephones(client bigint, users bigint[])
returns table (user_id bigint, telephone text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
    if client is distinct from current_client() then
        raise exception 'client % is not the tenant of the transaction', client using errcode = 'insufficient_privilege';
    end if;
    return query
        select u.UserID, u.PhoneNumber from ClientUsers u
        where u.ClientID = client and u.UserID = any (users) and u.Status = 'Ativo';
end
$$;
revoke execute on function comuta_user_telephones from public;
grant execute on function comuta_user_telephones to comuta_app;

-- The number of a client's end users in any status; counts no further than at_most. It counts those that were added since
-- the count last advanced, and advances it a minute later at the earliest: ids do not commit in their order. It advances
-- in transactions that write anyway, for example those that have locked the client. It runs with
-- the platform's rights, because a broker sees only its own end users; the client must be the transaction's tenant.
create or replace function comuta_count_end_users(client bigint, at_most bigint) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    known EndUserCounts;
    added bigint;
begin
    if client is distinct from current_client() then
        raise exception 'client % is not the tenant of the transaction', client using errcode = 'insufficient_privilege';
    end if;
    select * into known from EndUserCounts c where c.ClientID = client;
    if known.ClientID is null then
        known := row(client, 0, 0, 0, '-infinity', '0');
    end if;

    if known.SeenAt < clock_timestamp() - interval '1 minute'
        and known.SeenTx <= pg_snapshot_xmin(pg_current_snapshot())
        and pg_current_xact_id_if_assigned() is not null
    then
        select count(*) into added from ClientEndUsers u
        where u.ClientID = client and u.EndUserID > known.CountedTo and u.EndUserID <= known.SeenTo;
        known.Counted := known.Counted + added;
        known.CountedTo := known.SeenTo;
        known.SeenTo := coalesce((select max(u.EndUserID) from ClientEndUsers u where u.ClientID = client), 0);
        known.SeenAt := clock_timestamp();
        known.SeenTx := pg_snapshot_xmax(pg_current_snapshot());
        insert into EndUserCounts as c select known.*
        on conflict (ClientID) do update
            set Counted = excluded.Counted, CountedTo = excluded.CountedTo, SeenTo = excluded.SeenTo,
                SeenAt = excluded.SeenAt, SeenTx = excluded.SeenTx
            where c.CountedTo <= excluded.CountedTo and c.SeenTo <= excluded.SeenTo;
    end if;

    select count(*) into added from (
        select from ClientEndUsers u
        where u.ClientID = client and u.EndUserID > known.CountedTo limit greatest(at_most - known.Counted, 0)) uncounted;
    return known.Counted + added;
end
$$;
revoke execute on function comuta_count_end_users from public;
grant execute on function comuta_count_end_users to comuta_app;
reset role;
revoke create on schema public from comuta_platform;

-- Makes an end user a part of another, who is the same person. The caller has locked both and moves the sessions. The one
-- who remains gets the identities, the consents, the tags, and what is stored only about the other, whose row keeps its
-- data until the one who remains is erased. Consents are copied with their times, because no row of theirs changes.
create or replace function comuta_absorb_end_user(client bigint, old_person bigint, kept_person bigint) returns void
language plpgsql as $$
begin
    update EndUserIdentities i set EndUserID = kept_person where i.ClientID = client and i.EndUserID = old_person;
    insert into Consents (ClientID, EndUserID, ChannelType, Purpose, Status, Source, MessageID, RecordedAt)
    select c.ClientID, kept_person, c.ChannelType, c.Purpose, c.Status, c.Source, c.MessageID, c.RecordedAt
    from Consents c where c.ClientID = client and c.EndUserID = old_person order by c.ConsentID;

    update ClientEndUsers k
    set UserID = coalesce(k.UserID, o.UserID), Name = coalesce(k.Name, o.Name),
        ProviderName = coalesce(k.ProviderName, o.ProviderName), Email = coalesce(k.Email, o.Email),
        PhoneNumber = coalesce(k.PhoneNumber, o.PhoneNumber),
        AdditionalInfo = case when o.AdditionalInfo is null then k.AdditionalInfo
                              else o.AdditionalInfo || coalesce(k.AdditionalInfo, '{}') end,
        Tags = coalesce((
            select array_agg(t.tag order by t.place) from (
                select (array_agg(a.tag order by a.place))[1] as tag, min(a.place) as place
                from unnest(k.Tags || o.Tags) with ordinality as a(tag, place)
                group by lower(a.tag) order by min(a.place) limit 20) t), '{}'),
        Version = k.Version + 1, UpdatedAt = clock_timestamp()
    from ClientEndUsers o
    where k.ClientID = client and k.EndUserID = kept_person and o.EndUserID = old_person;
    update ClientEndUsers u
    set Status = 'Inativo', MergedInto = kept_person, Version = u.Version + 1, UpdatedAt = clock_timestamp()
    where u.ClientID = client and (u.EndUserID = old_person or u.MergedInto = old_person);
end
$$;

-- Makes two names of one person identities of one end user. Two known end users are merged when the one known by user id
-- has no phone number: its identities move to the other. Returns a row only for a merge; the sessions of merged_id are
-- then still to be moved.
--
-- Both names are locked before they are looked up, in the order of comuta_lock_identity, so that neither is created
-- meanwhile. Both end users of a merge are locked too, so that no session of theirs is opened and neither is erased. When
-- the names have changed nevertheless, the transaction fails with a conflict and is to be repeated.
create or replace function comuta_unite_identities(
    client bigint, broker bigint, contact_kind text, contact text, phone text, person_name text, user_id text)
returns table (merged_id bigint, kept_id bigint) language plpgsql as $$
declare
    by_contact bigint;
    by_user bigint;
begin
    perform comuta_lock_identity(client, n.kind, n.value)
    from (select * from (values ('bsuid', user_id), (contact_kind, contact)) v(kind, value) order by value, kind) n;
    by_user := comuta_known_end_user(client, 'bsuid', user_id);
    by_contact := comuta_known_end_user(client, contact_kind, contact);
    if by_user = by_contact then
        return;
    end if;

    if by_user is not null and by_contact is null then
        perform comuta_add_identity(client, contact_kind, contact, by_user);
        update ClientEndUsers u set PhoneNumber = phone, Version = Version + 1, UpdatedAt = clock_timestamp()
        where u.EndUserID = by_user and u.PhoneNumber is null;
        return;
    end if;

    by_contact := coalesce(
        by_contact, comuta_end_user(client, contact_kind, contact, phone, person_name, broker));
    if by_user is null then
        perform comuta_add_identity(client, 'bsuid', user_id, by_contact);
        return;
    end if;

    perform from ClientEndUsers u where u.EndUserID in (by_user, by_contact) order by u.EndUserID for update;
    if (comuta_known_end_user(client, 'bsuid', user_id), comuta_known_end_user(client, contact_kind, contact))
       is distinct from (by_user, by_contact) then
        raise exception 'the identities of an end user changed' using errcode = 'serialization_failure';
    end if;
    update EndUserIdentities i set EndUserID = by_contact
    where i.ClientID = client and i.Kind = 'bsuid' and i.Value = user_id;
    perform from ClientEndUsers u where u.EndUserID = by_user and u.PhoneNumber is null;
    if found then
        perform comuta_absorb_end_user(client, by_user, by_contact);
        return query select by_user, by_contact;
    end if;
end
$$;

-- Gives an end user a new number instead of an old one. When somebody has the new number already, that is the same person:
-- then the row has the end user whose sessions are still to be moved, and the one who gets them. Returns no row when
-- nobody has the old number.
create or replace function comuta_change_number(
    client bigint, contact_kind text, contact text, new_number text, new_phone text)
returns table (merged_id bigint, kept_id bigint) language plpgsql as $$
declare
    by_old bigint;
    by_new bigint;
begin
    perform comuta_lock_identity(client, n.kind, n.value)
    from (select * from (values (contact_kind, contact), ('phone', new_number)) v(kind, value) order by value, kind) n;
    by_old := comuta_known_end_user(client, contact_kind, contact);
    by_new := comuta_known_end_user(client, 'phone', new_number);
    if by_old is null or by_old = by_new then
        return;
    end if;
    perform from ClientEndUsers u where u.EndUserID in (by_old, by_new) order by u.EndUserID for update;
    if (comuta_known_end_user(client, contact_kind, contact), comuta_known_end_user(client, 'phone', new_number))
       is distinct from (by_old, by_new) then
        raise exception 'the identities of an end user changed' using errcode = 'serialization_failure';
    end if;
    if by_new is not null then
        update ClientEndUsers u
        set Status = 'Inativo', MergedInto = by_old, PhoneNumber = null, Version = Version + 1,
            UpdatedAt = clock_timestamp()
        where u.EndUserID = by_new;
        update EndUserIdentities i set EndUserID = by_old where i.ClientID = client and i.EndUserID = by_new;
        delete from EndUserIdentities i
        where i.ClientID = client and contact_kind = 'phone' and i.Kind = contact_kind and i.Value = contact;
    elsif contact_kind = 'phone' then
        update EndUserIdentities i set Value = new_number
        where i.ClientID = client and i.Kind = contact_kind and i.Value = contact;
    else
        perform comuta_add_identity(client, 'phone', new_number, by_old);
    end if;
    update ClientEndUsers u
    set PhoneNumber = new_phone, Version = Version + 1, UpdatedAt = clock_timestamp() where u.EndUserID = by_old;
    return query select by_new, by_old;
end
$$;

-- Makes the two names of each person identities of one end user, for many people in a few statements: one array per
-- column, one element per person. Returns the places of the people that are linked afterwards. The others are to be linked
-- one by one with comuta_unite_identities: those whose names another transaction has locked, those whose names belong to
-- two end users, and all but the first that have a name in common. It waits for no identity.
create or replace function comuta_unite_new_identities(
    clients bigint[], brokers bigint[], contact_kinds text[], contacts text[], phones text[], person_names text[],
    user_ids text[])
returns setof bigint language plpgsql as $$
declare
    free bigint[];
begin
    with given as (
        select p.place,
               row_number() over (partition by p.client, p.kind, p.contact order by p.place) as nth_of_contact,
               row_number() over (partition by p.client, p.user_id order by p.place) as nth_of_user
        from unnest(clients, contact_kinds, contacts, user_ids) with ordinality as p(client, kind, contact, user_id, place)
        where p.client is not null
    ), locked as materialized (
        select g.place,
               pg_try_advisory_xact_lock(comuta_identity_lock(clients[g.place], 'bsuid', user_ids[g.place])) as user_locked,
               pg_try_advisory_xact_lock(
                   comuta_identity_lock(clients[g.place], contact_kinds[g.place], contacts[g.place])) as contact_locked
        from given g where g.nth_of_contact = 1 and g.nth_of_user = 1
    )
    select array_agg(l.place) into free from locked l where l.user_locked and l.contact_locked;

    return query
    with found as materialized (
        select f.place, comuta_known_end_user(clients[f.place], 'bsuid', user_ids[f.place]) as by_user,
               comuta_known_end_user(clients[f.place], contact_kinds[f.place], contacts[f.place]) as by_contact
        from unnest(free) as f(place)
    ), incomplete as materialized (
        select f.*, coalesce(f.by_contact, f.by_user, nextval('ClientEndUsers_EndUserID_seq')) as person
        from found f where f.by_user is null or f.by_contact is null
    ), new_people as (
        insert into ClientEndUsers (EndUserID, ClientID, UserID, Name, ProviderName, PhoneNumber)
        overriding system value
        select i.person, clients[i.place], brokers[i.place], person_names[i.place], person_names[i.place], phones[i.place]
        from incomplete i where i.by_user is null and i.by_contact is null
    ), new_numbers as (
        update ClientEndUsers u set PhoneNumber = phones[i.place], Version = u.Version + 1, UpdatedAt = clock_timestamp()
        from incomplete i where u.EndUserID = i.by_user and u.PhoneNumber is null
    ), new_identities as (
        insert into EndUserIdentities (ClientID, Kind, Value, EndUserID)
        select clients[i.place], 'bsuid', user_ids[i.place], i.person from incomplete i where i.by_user is null
        union all
        select clients[i.place], contact_kinds[i.place], contacts[i.place], i.person
        from incomplete i where i.by_contact is null
    )
    select f.place from found f where f.by_user = f.by_contact
    union all
    select i.place from incomplete i;
end
$$;

-- The end user that an identity leads to; null when it is unknown. Volatile, so that it sees what was committed while the
-- transaction waited for a lock.
create or replace function comuta_known_end_user(client bigint, kind text, value text) returns bigint
language plpgsql as $$
begin
    return (select i.EndUserID from EndUserIdentities i
            where i.ClientID = client and i.Kind = comuta_known_end_user.kind and i.Value = comuta_known_end_user.value);
end
$$;

-- Adds an identity that was unknown. Fails with a conflict when it belongs to an end user meanwhile: the API adds phone
-- numbers without the lock of the identity.
create or replace function comuta_add_identity(client bigint, kind text, value text, person bigint) returns void
language plpgsql as $$
begin
    insert into EndUserIdentities (ClientID, Kind, Value, EndUserID) values (client, kind, value, person)
    on conflict do nothing;
    if not found then
        raise exception 'the identity of an end user was added meanwhile' using errcode = 'serialization_failure';
    end if;
end
$$;

-- The latest consent that applies (ids of consents that a merge copied have another order), 'Concedido' or 'Revogado';
-- null when there is none.
create or replace function comuta_consent(client bigint, person bigint, channel_type text, purpose text)
returns text language sql stable as $$
    select c.Status from Consents c
    where c.ClientID = client and c.EndUserID = person
      and (c.ChannelType is null or c.ChannelType = comuta_consent.channel_type)
      and (c.Purpose is null or c.Purpose = comuta_consent.purpose)
    order by c.RecordedAt desc, c.ConsentID desc limit 1
$$;

-- Keeps the revocations in force of a person who is being erased, under the hashes of the person's identities.
create or replace function comuta_keep_revocations(client bigint, person bigint, identities bytea[]) returns void
language sql as $$
    insert into KeptRevocations as k (ClientID, Identity, ChannelType, Purpose, Source, RevokedAt)
    select client, i.identity, r.ChannelType, r.Purpose, r.Source, r.RecordedAt
    from (
        select distinct on (c.ChannelType, c.Purpose) c.ChannelType, c.Purpose, c.Source, c.RecordedAt from Consents c
        where c.ClientID = client and c.EndUserID = person and c.Status = 'Revogado'
          and comuta_consent(client, person, c.ChannelType, c.Purpose) = 'Revogado'
        order by c.ChannelType, c.Purpose, c.RecordedAt desc) r
    cross join unnest(identities) as i(identity)
    on conflict (ClientID, Identity, ChannelType, Purpose)
        do update set Source = excluded.Source, RevokedAt = excluded.RevokedAt where k.RevokedAt < excluded.RevokedAt
$$;

-- Gives an end user the revocations that were kept under these hashes, with their times: a later decision remains in force.
create or replace function comuta_restore_revocations(client bigint, person bigint, identities bytea[]) returns void
language sql as $$
    with kept as (
        delete from KeptRevocations k where k.ClientID = client and k.Identity = any (identities) returning k.*
    )
    insert into Consents (ClientID, EndUserID, ChannelType, Purpose, Status, Source, RecordedAt)
    select client, person, k.ChannelType, k.Purpose, 'Revogado', (array_agg(k.Source order by k.RevokedAt desc))[1],
           max(k.RevokedAt)
    from kept k group by k.ChannelType, k.Purpose
$$;

-- Records a decision that a provider reports. Returns its id; null when a decision of the same purpose is as new.
create or replace function comuta_reported_consent(
    client bigint, kind text, value text, phone text, channel_type text, purpose text, status text, decided timestamptz)
returns bigint language plpgsql as $$
declare
    person bigint := comuta_end_user(client, kind, value, phone, null, null);
    decided_at timestamptz := least(decided, clock_timestamp());
    added bigint;
begin
    perform from ClientEndUsers u where u.EndUserID = person for no key update;
    if exists (
        select from Consents c
        where c.ClientID = client and c.EndUserID = person and c.ChannelType = comuta_reported_consent.channel_type
          and c.Purpose = comuta_reported_consent.purpose and c.Source = 'Provedor'
          and (c.RecordedAt >= decided_at or decided is null and c.Status = comuta_reported_consent.status
               and c.ConsentID = (select max(o.ConsentID) from Consents o
                                  where o.ClientID = client and o.EndUserID = person))) then
        return null;
    end if;
    insert into Consents (ClientID, EndUserID, ChannelType, Purpose, Status, Source, RecordedAt)
    values (client, person, channel_type, purpose, status, 'Provedor', decided_at)
    returning ConsentID into added;
    return added;
end
$$;

-- The spellings by which a name is searched in texts: phone numbers in all their forms, also without '+'.
create or replace function comuta_spellings(name text) returns setof text language sql immutable as $$
    select distinct s
    from (select comuta_number_key(name) as key) k
    cross join lateral unnest(array[
        name, k.key,
        regexp_replace(k.key, '^(\+55[0-9]{2})9([6-9][0-9]{7})$', '\1\2'),
        regexp_replace(k.key, '^\+52([0-9]{10})$', '+521\1'),
        regexp_replace(k.key, '^\+54([0-9]{10})$', '+549\1'),
        regexp_replace(k.key, '^\+2250[157]([0-9]{8})$', '+225\1'),
        regexp_replace(k.key, '^\+22901([0-9]{8})$', '+229\1')]) f(form)
    cross join lateral unnest(array[f.form, ltrim(f.form, '+')]) s
    where length(s) > 4
$$;

-- Erases the identity of a person immediately, and of everybody who was merged into that person: the next message from
-- the same number creates a new end user. The revocations in force are kept under the hashes of the person's identities.
create or replace function comuta_forget(client bigint, person bigint, hashes bytea[]) returns void language plpgsql as $$
begin
    perform comuta_restore_revocations(client, person, hashes);
    perform comuta_keep_revocations(client, person, hashes);
    insert into Erasures as e (ClientID, EndUserID, Names)
    select client, person, array(
        select distinct comuta_spellings(n) from (
            select i.Value from EndUserIdentities i where i.ClientID = client and i.EndUserID = person
            union all
            select unnest(array[u.Name, u.ProviderName, u.Email, u.PhoneNumber]) from ClientEndUsers u
            where u.ClientID = client and (u.EndUserID = person or u.MergedInto = person)) known(n)
        where n is not null)
    on conflict (ClientID, EndUserID) do update
        set Names = coalesce(e.Names, '{}') || excluded.Names, RequestedAt = excluded.RequestedAt, FinishedAt = null;

    delete from EndUserIdentities i where i.ClientID = client and i.EndUserID = person;
    update ClientEndUsers u
    set Name = null, ProviderName = null, Email = null, PhoneNumber = null, AdditionalInfo = null, Tags = '{}',
        Status = 'Inativo',
        ErasedAt = coalesce(u.ErasedAt, clock_timestamp()), UpdatedAt = clock_timestamp(), Version = u.Version + 1
    where u.ClientID = client and (u.EndUserID = person or u.MergedInto = person);
end
$$;
