-- What end users allowed and took back. Rows are added and stay: the last one that fits a question is its answer.

-- Rows of a ledger are added, never changed or removed, whoever asks.
create function comuta_append_only() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end
$$;

create table Consents (
    ConsentID bigint generated always as identity primary key,
    ClientID bigint not null,
    EndUserID bigint not null,
    -- null: on every kind of channel, for every purpose
    ChannelType text,
    Purpose text,
    Status text not null check (Status in ('Concedido', 'Revogado')),
    Source text not null,
    -- the message that said so; no foreign key, messages leave before this row does
    MessageID bigint,
    RecordedAt timestamptz not null default clock_timestamp(),
    foreign key (ClientID, EndUserID) references ClientEndUsers (ClientID, EndUserID)
);
create index Consents_by_end_user on Consents (ClientID, EndUserID, ConsentID);

alter table Consents enable row level security;
create policy tenant on Consents to comuta_app using (ClientID = current_client()) with check (ClientID = current_client());
-- whoever does not see the person does not see this
create policy own_rows on Consents as restrictive to comuta_app
    using (exists (select from ClientEndUsers u where u.EndUserID = Consents.EndUserID));
grant select, insert on Consents to comuta_app, comuta_platform;
create trigger Consents_append_only before update or delete on Consents
    for each row execute function comuta_append_only();
create trigger Consents_kept before truncate on Consents
    for each statement execute function comuta_append_only();

-- 'Concedido' or 'Revogado', or null when the person never said anything about it.
create function comuta_consent(client bigint, person bigint, channel_type text, purpose text)
returns text language sql stable as $$
    select c.Status from Consents c
    where c.ClientID = client and c.EndUserID = person
      and (c.ChannelType is null or c.ChannelType = comuta_consent.channel_type)
      and (c.Purpose is null or c.Purpose = comuta_consent.purpose)
    order by c.ConsentID desc limit 1
$$;

-- Messages by which their writers want to be left alone: revokes, for the kind of channel that they came by.
create function comuta_opt_out(messages bigint[]) returns void language sql as $$
    with new_messages as (
        select m.MessageID, m.ClientID, m.SessionID, s.EndUserID, c.ChannelType
        from Messages m
        join Sessions s on s.SessionID = m.SessionID
        join CommunicationChannels c on c.ChannelID = s.ChannelID
        where m.MessageID = any (messages) and m.SenderType = 'Usuário-Cliente' and s.EndUserID is not null
    ), revoked as (
        insert into Consents (ClientID, EndUserID, ChannelType, Status, Source, MessageID)
        select new_messages.ClientID, new_messages.EndUserID, new_messages.ChannelType, 'Revogado', 'Mensagem', new_messages.MessageID
        from new_messages order by new_messages.MessageID
        returning ConsentID, MessageID
    )
    insert into Events (ClientID, SessionID, EventType, EventData, Timestamp)
    select new_messages.ClientID, new_messages.SessionID, 'ConsentimentoRevogado',
           jsonb_build_object('ConsentID', revoked.ConsentID::text, 'MessageID', new_messages.MessageID::text), clock_timestamp()
    from revoked join new_messages on new_messages.MessageID = revoked.MessageID
    order by revoked.ConsentID
$$;
