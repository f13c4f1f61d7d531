-- Messages, the deliveries that were accepted from providers, and deliveries that wait for a channel.

create table Messages (
    MessageID bigint generated always as identity,
    SessionID bigint not null,
    ClientID bigint not null,
    SenderType text not null,
    -- the internal user who wrote it; null when no person did, or a key without a person sent it; no foreign key, which
    -- every message would check
    SenderUserID bigint,
    ContentType text not null,
    -- the text that a person reads
    Content text,
    -- the other fields of the content; null on a row by plain SQL
    ContentData jsonb check (jsonb_typeof(ContentData) = 'object'),
    -- the provider's id of the message that this one changes; a column, because row-level security keeps an expression
    -- with an operator that is not leakproof out of the conditions of an index
    Target text generated always as (ContentData ->> 'target') stored,
    Timestamp timestamptz not null default now(),
    -- the place in the transcript; rows with the same time are in the order of their ids
    OrderedAt timestamptz not null default now(),
    -- of outgoing messages: 'Pendente', 'Enviada', 'Falhou', 'Incerta', 'Entregue', 'Lida', 'Cancelada'
    Status text,
    ProviderMessageID text,
    ProviderTimestamp timestamptz,
    -- the JSON of the provider, as it came
    Payload jsonb,
    -- a JSON object: what the message refers to; null for most messages
    Context jsonb check (jsonb_typeof(Context) = 'object'),
    -- what the provider reported about the delivery, by status (message.DeliveryReport)
    Delivery jsonb check (jsonb_typeof(Delivery) = 'object'),
    -- of a message that failed and that a person sent a second time: the provider's ids of the failed attempts
    FailedProviderIDs text[],
    -- of a message that was spoken in a call: where in the call, and what was heard of it; null for all of it
    SpokenPlace text,
    Heard text,
    -- the turn that answered the message or sent it; 0 when no turn has to answer it; no foreign key, because tasks are removed earlier
    TurnTaskID bigint,
    -- the time is in the key because the key of a partitioned table must contain it (docs/adr/0004)
    primary key (MessageID, Timestamp)
);
create index Messages_by_session on Messages (SessionID, OrderedAt, MessageID);
-- The changes of a message: reactions, edits, revocations. They name the message by the provider's id, and can be in a
-- later session.
create index Messages_changes on Messages (ClientID, Target) where Target is not null;
-- The messages that a turn has to answer, however long their session is.
create index Messages_unanswered on Messages (SessionID, OrderedAt, MessageID)
    where TurnTaskID is null and SenderType = 'Usuário-Cliente';
-- Status reports name our message by the provider's id. Incoming messages are never looked up so, and are left out.
create index Messages_by_provider_id on Messages (ProviderMessageID)
    where SenderType <> 'Usuário-Cliente' and ProviderMessageID is not null;

create trigger Messages_client before insert on Messages
    for each row when (new.ClientID is null) execute function client_of_session();
create trigger Messages_session after insert on Messages referencing new table as written
    for each statement execute function comuta_session_exists();
create trigger Messages_added after insert on Messages referencing new table as written
    for each statement execute function comuta_content_added();
create trigger Messages_stay before update of SessionID, ClientID on Messages for each row
    when ((old.SessionID, old.ClientID) is distinct from (new.SessionID, new.ClientID)) execute function comuta_stays();

-- comuta_receive draws ids before it writes the rows; comuta_replay calls it as comuta_platform.
grant usage on sequence Messages_MessageID_seq to comuta_reason_routing, comuta_platform;

-- The parts of a message whose text is too long for one message of its provider. Other messages have none.
create table MessageParts (
    MessageID bigint not null,
    -- 1 for the first
    No integer not null,
    SessionID bigint not null,
    ClientID bigint not null,
    -- the characters of the text, from BeginsAt to before EndsAt, in units of UTF-16
    BeginsAt integer not null,
    EndsAt integer not null,
    ProviderMessageID text,
    -- of the statuses of Messages, all but 'Cancelada'; the status of the message is the lowest of its parts
    Status text not null default 'Pendente',
    -- as in Messages; the message has what its parts say together
    Delivery jsonb check (jsonb_typeof(Delivery) = 'object'),
    -- as in Messages
    FailedProviderIDs text[],
    primary key (MessageID, No)
);
create index MessageParts_by_provider_id on MessageParts (ProviderMessageID) where ProviderMessageID is not null;
create index MessageParts_by_session on MessageParts (SessionID);

-- How fast the channels send (docs/adr/0029). Unlogged: a lost row is a full bucket, and no commit waits for the disk.
-- Times of the past say nothing, so such rows are removed.
create unlogged table ChannelPaces (
    ChannelID bigint primary key,
    ClientID bigint not null,
    -- from here to now the bucket has filled
    FreeAt timestamptz not null default '-infinity',
    -- the last time at which a message that waits asks for its turn
    ReturnAt timestamptz not null default '-infinity',
    -- the part of the rate that remained when the provider last refused messages as too many, and when that was
    Share double precision not null default 1,
    SlowedAt timestamptz
) with (fillfactor = 50);

create unlogged table PairPaces (
    ChannelID bigint not null,
    EndUserID bigint not null,
    ClientID bigint not null,
    -- when all messages to the end user will be paid off, at the rate of the pair
    PaidAt timestamptz not null,
    primary key (ChannelID, EndUserID)
) with (fillfactor = 80);

-- One row per accepted delivery of a provider, kept for seven days, by which a redelivery is recognized. The channel is
-- part of the key, because a client that signs its own deliveries chooses their ids.
create table InboundDeliveries (
    Provider text not null,
    ChannelID bigint not null,
    ProviderID text not null,
    ReceivedAt timestamptz not null default now(),
    -- the selective column first
    primary key (ProviderID, ChannelID, Provider)
);
create index InboundDeliveries_by_time on InboundDeliveries using brin (ReceivedAt);

-- Verified deliveries for a number that no channel of an active client has. They belong to no tenant: only the platform sees them.
create table ParkedItems (
    ParkedID bigint generated always as identity primary key,
    Provider text not null,
    -- the provider's id of the number that was addressed
    ProviderID text not null,
    ReceiptID text not null,
    -- 'Número desconhecido', 'Cliente inativo': a message as comuta_receive accepts it; 'Situação desconhecida': a status as
    -- comuta_receipts accepts it; 'Ilegível': the delivery as text; 'Aviso': a notice of the provider as text
    Reason text not null,
    Payload jsonb not null,
    ReceivedAt timestamptz not null default now(),
    -- the last replay by a person, and why it did not place the item; null when there was none
    TriedAt timestamptz,
    Note text,
    unique (Provider, ReceiptID)
);
create index ParkedItems_by_number on ParkedItems (Provider, ProviderID, ParkedID);
