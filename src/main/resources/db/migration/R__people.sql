-- End users: find or create, unite, consent, erasure.

-- Locks an identity, known or not, until the end of the transaction. A transaction locks several identities of a client
-- in the order of their values.
create or replace function comuta_lock_identity(client bigint, kind text, value text) returns void
language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtextextended(client || '/' || kind || '/' || value, 0));
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

    insert into ClientEndUsers (ClientID, UserID, Name, PhoneNumber) values (client, broker, person_name, phone)
    returning EndUserID into found_id;
    insert into EndUserIdentities (ClientID, Kind, Value, EndUserID) values (client, kind, value, found_id);
    return found_id;
end
$$;

grant create on schema public to comuta_platform;
set local role comuta_platform;

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
    update ClientEndUsers u
    set Status = 'Inativo', MergedInto = by_contact, Version = Version + 1, UpdatedAt = clock_timestamp()
    where u.EndUserID = by_user and u.PhoneNumber is null;
    if found then
        update EndUserIdentities i set EndUserID = by_contact
        where i.ClientID = client and i.EndUserID = by_user;
        return query select by_user, by_contact;
    end if;
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

-- The latest consent that applies, 'Concedido' or 'Revogado'; null when there is none.
create or replace function comuta_consent(client bigint, person bigint, channel_type text, purpose text)
returns text language sql stable as $$
    select c.Status from Consents c
    where c.ClientID = client and c.EndUserID = person
      and (c.ChannelType is null or c.ChannelType = comuta_consent.channel_type)
      and (c.Purpose is null or c.Purpose = comuta_consent.purpose)
    order by c.ConsentID desc limit 1
$$;

-- The spellings by which a name is searched in texts: phone numbers also without '+' and without the ninth digit.
create or replace function comuta_spellings(name text) returns setof text language sql immutable as $$
    select distinct s from unnest(array[
        name, ltrim(name, '+'), regexp_replace(name, '^\+(55[0-9]{2})9([6-9][0-9]{7})$', '\1\2')]) s
    where length(s) > 4
$$;

-- Erases the identity of a person immediately: the next message from the same number creates a new end user.
create or replace function comuta_forget(client bigint, person bigint) returns void language plpgsql as $$
begin
    insert into Erasures as e (ClientID, EndUserID, Names)
    select client, person, array(
        select distinct comuta_spellings(n) from (
            select i.Value from EndUserIdentities i where i.ClientID = client and i.EndUserID = person
            union all
            select unnest(array[u.Name, u.Email, u.PhoneNumber]) from ClientEndUsers u
            where u.ClientID = client and u.EndUserID = person) known(n)
        where n is not null)
    on conflict (ClientID, EndUserID) do update
        set Names = coalesce(e.Names, '{}') || excluded.Names, RequestedAt = excluded.RequestedAt, FinishedAt = null;

    delete from EndUserIdentities i where i.ClientID = client and i.EndUserID = person;
    update ClientEndUsers u
    set Name = null, Email = null, PhoneNumber = null, AdditionalInfo = null, Status = 'Inativo',
        ErasedAt = coalesce(u.ErasedAt, clock_timestamp()), UpdatedAt = clock_timestamp(), Version = u.Version + 1
    where u.ClientID = client and u.EndUserID = person;
end
$$;
