-- Files: what providers refer to, and what clients upload. Their bytes are objects outside the database, each encrypted
-- with a key of its own (docs/adr/0026).

create table MediaObjects (
    MediaID bigint generated always as identity primary key,
    ClientID bigint not null references Clients,
    -- the message with the file; null for an upload that no message uses yet
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

-- Objects that the store may hold and no row uses. A key is entered before its object is written, and deleted in the
-- commit of the row that uses it; it is entered once more when that row is deleted. A job deletes the objects that are
-- due. So no object remains without a row, whatever fails.
create table UnusedObjects (
    ObjectKey text primary key,
    ClientID bigint not null references Clients,
    DueAt timestamptz not null default now(),
    -- its object is being deleted: no row may use it
    Deleting boolean not null default false
);
create index UnusedObjects_due on UnusedObjects (DueAt);

-- The next function belongs to comuta_platform, because a cascade deletes rows in the name of the tables' owner, who
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

reset role;
revoke create on schema public from comuta_platform;

create trigger MediaObjects_deleted after delete on MediaObjects
    for each row when (old.ObjectKey is not null) execute function comuta_media_unused();
create trigger MediaObjects_replaced after update of ObjectKey on MediaObjects for each row
    when (old.ObjectKey is not null and old.ObjectKey is distinct from new.ObjectKey)
    execute function comuta_media_unused();
