-- Files: what providers refer to, and what clients upload. Their bytes are objects outside the database, each encrypted
-- with a key of its own (docs/adr/0026).

create table MediaObjects (
    MediaID bigint generated always as identity primary key,
    ClientID bigint not null references Clients,
    -- the message with the file; null for an upload, whose messages are in SentFiles
    SessionID bigint,
    MessageID bigint,
    -- the internal user who uploaded the file
    UserID bigint,
    -- where the file is fetched: the channel, its provider, and the provider's reference; null for an upload
    ChannelID bigint,
    Provider text,
    Source jsonb check (jsonb_typeof(Source) = 'object'),
    -- 'Imagem', 'Vídeo', 'Áudio', 'Documento', 'Figurinha'
    Kind text not null,
    -- 'Pendente', 'Disponível', 'Retida', 'Infectada', 'Indisponível'
    Status text not null default 'Pendente',
    -- why the file is held or not available
    StatusReason text,
    -- 'Limpo', 'Infectado', 'Não Verificado'; null when no scanner is configured
    Scan text,
    MimeType text,
    FileName text,
    Size bigint,
    -- of the file, in hexadecimal
    Sha256 text,
    ObjectKey text unique,
    DataKey text,
    CreatedAt timestamptz not null default now(),
    StoredAt timestamptz,
    -- a session removed by plain SQL takes its files with it
    foreign key (ClientID, SessionID) references Sessions (ClientID, SessionID) on delete cascade,
    unique (ClientID, MediaID),
    check (Status not in ('Disponível', 'Retida') or (ObjectKey is not null and DataKey is not null and Size is not null))
);
create index MediaObjects_by_session on MediaObjects (SessionID, MediaID) where SessionID is not null;
create index MediaObjects_by_message on MediaObjects (MessageID) where MessageID is not null;
-- The bytes that a client has stored are summed from the index alone.
create index MediaObjects_stored on MediaObjects (ClientID) include (Size) where ObjectKey is not null;
-- Uploads that no message uses, for retention.
create index MediaObjects_unused on MediaObjects (ClientID, CreatedAt) where SessionID is null;
comment on column MediaObjects.DataKey is 'sealed';

-- comuta_request_media writes rows whose ids comuta_receive has drawn; comuta_replay calls it as comuta_platform.
grant usage on sequence MediaObjects_MediaID_seq to comuta_reason_routing, comuta_platform;

-- Messages that send an uploaded file. Several may send the same one; it is removed with the last of them.
create table SentFiles (
    MediaID bigint not null,
    MessageID bigint not null,
    ClientID bigint not null references Clients,
    SessionID bigint not null,
    primary key (MediaID, MessageID),
    foreign key (ClientID, MediaID) references MediaObjects (ClientID, MediaID) on delete cascade,
    foreign key (ClientID, SessionID) references Sessions (ClientID, SessionID) on delete cascade
);
create index SentFiles_by_session on SentFiles (SessionID);
create index SentFiles_by_message on SentFiles (MessageID);

-- Objects that the store may hold and no row uses. A key is entered before its object is written, and deleted in the
-- commit of the row that uses it; it is entered once more when that row is deleted. A job deletes the objects that are
-- due. So no object remains without a row, whatever fails.
create table UnusedObjects (
    ObjectKey text primary key,
    ClientID bigint not null references Clients,
    -- the row that waits for the object; null for an upload, and for an object that was used
    MediaID bigint,
    DueAt timestamptz not null default now(),
    -- a process may write the object until then, also after it was deleted; null when it is written
    WrittenUntil timestamptz,
    -- its object is being deleted: no row may use it
    Deleting boolean not null default false
);
create index UnusedObjects_due on UnusedObjects (DueAt);
create index UnusedObjects_awaited on UnusedObjects (MediaID) where MediaID is not null;

-- The next functions belong to comuta_platform, because a cascade deletes rows in the name of the tables' owner, who
-- sees no tenant's rows.
grant create on schema public to comuta_platform;
set local role comuta_platform;

-- Trigger: the object of a deleted row, or of a row that gets another one, is not used any longer.
create function comuta_media_unused() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
    insert into UnusedObjects (ObjectKey, ClientID) values (old.ObjectKey, old.ClientID) on conflict do nothing;
    return null;
end
$$;

-- Trigger: nobody waits for the object of a deleted row any longer, even when it is not written yet.
create function comuta_media_abandoned() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
    update UnusedObjects set DueAt = clock_timestamp() where MediaID = old.MediaID;
    return null;
end
$$;

-- Trigger: an uploaded file is removed with the last message that sends it. The lock makes two removals at the same time
-- see each other.
create function comuta_sent_file_removed() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
    perform from MediaObjects where MediaID = old.MediaID for update;
    delete from MediaObjects m
    where m.MediaID = old.MediaID and not exists (select from SentFiles s where s.MediaID = m.MediaID);
    return null;
end
$$;

reset role;
revoke create on schema public from comuta_platform;

create trigger MediaObjects_deleted after delete on MediaObjects
    for each row when (old.ObjectKey is not null) execute function comuta_media_unused();
create trigger MediaObjects_replaced after update of ObjectKey on MediaObjects for each row
    when (old.ObjectKey is not null and old.ObjectKey is distinct from new.ObjectKey)
    execute function comuta_media_unused();
create trigger MediaObjects_abandoned after delete on MediaObjects
    for each row when (old.ObjectKey is null) execute function comuta_media_abandoned();
create trigger SentFiles_removed after delete on SentFiles
    for each row execute function comuta_sent_file_removed();
