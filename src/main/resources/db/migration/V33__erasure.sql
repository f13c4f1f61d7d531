-- Forgetting a person: the row of the person stays with its id, because sessions refer to it, and says nothing else.

alter table ClientEndUsers add column ErasedAt timestamptz;
create index Sessions_by_end_user on Sessions (ClientID, EndUserID, SessionID);

-- Where an alert was noticed last; its detail goes with the data of the session's end user.
alter table Alerts add column SessionID bigint;
-- Alerts write the only events without a session, of which there are few.
create index Events_of_no_session on Events (ClientID, EventID) where SessionID is null;

-- Who asked to be forgotten. What providers and people called the person is kept until all rooms have looked for it.
create table Erasures (
    ClientID bigint not null,
    EndUserID bigint not null,
    Names text[],
    RequestedAt timestamptz not null default clock_timestamp(),
    FinishedAt timestamptz,
    primary key (ClientID, EndUserID),
    foreign key (ClientID, EndUserID) references ClientEndUsers (ClientID, EndUserID)
);
alter table Erasures enable row level security;
create policy tenant on Erasures to comuta_app using (ClientID = current_client()) with check (ClientID = current_client());
grant select, insert, update on Erasures to comuta_app, comuta_platform;

-- What is found as a part of a text: phone numbers also as providers spell them, bare and without the ninth digit.
create function comuta_spellings(name text) returns setof text language sql immutable as $$
    select distinct s from unnest(array[
        name, ltrim(name, '+'), regexp_replace(name, '^\+(55[0-9]{2})9([6-9][0-9]{7})$', '\1\2')]) s
    where length(s) > 4
$$;

-- Whether a text says one of the names.
create function comuta_names(content text, names text[]) returns boolean language sql immutable as $$
    select exists (select from unnest(names) n where position(lower(n) in lower(content)) > 0)
$$;

-- Forgets who the person is, at once: the next message from the same number is somebody new.
create function comuta_forget(client bigint, person bigint) returns void language plpgsql as $$
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

-- Nobody opens a session with somebody who was forgotten meanwhile. A message on its way then finds nobody of that
-- number, and its second try makes somebody new. The share of the row lets an erasure wait for sessions being opened.
create function comuta_person_present() returns trigger language plpgsql as $$
declare
    erased boolean;
begin
    select u.ErasedAt is not null into erased from ClientEndUsers u
    where u.ClientID = new.ClientID and u.EndUserID = new.EndUserID
    for key share;
    if erased then
        raise exception 'the end user was erased'
            using errcode = 'check_violation', constraint = 'sessions_person_present';
    end if;
    return new;
end
$$;
create trigger Sessions_person_present before insert on Sessions
    for each row when (new.EndUserID is not null) execute function comuta_person_present();

-- Removes what is parked from a person for the numbers of the transaction's tenant, whatever state they are in. Runs with
-- the platform's rights, because no tenant sees the table.
create function comuta_forget_parked(names text[]) returns void
language sql security definer set search_path = public, pg_temp as $$
    delete from ParkedItems p using CommunicationChannels c
    where c.ClientID = current_client() and c.Provider = p.Provider and c.ProviderID = p.ProviderID
      and comuta_names(p.Payload::text, names)
$$;
grant create on schema public to comuta_platform;
alter function comuta_forget_parked owner to comuta_platform;
revoke create on schema public from comuta_platform;
revoke execute on function comuta_forget_parked from public;
grant execute on function comuta_forget_parked to comuta_app;
