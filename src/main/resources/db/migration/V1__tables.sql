-- The tables of the design document, in its spelling (unquoted, so PostgreSQL folds it), and beside them ours.
-- Every child of a tenant's row refers to it by (ClientID, id): a reference across tenants cannot be written. For Messages,
-- BackgroundTasks and Events the next migration sees to that, a statement at a time.
-- Nothing refers to Messages, Events or BackgroundTasks: they can be partitioned by time (docs/adr/0004).

create table Clients (
    ClientID bigint generated always as identity primary key,
    ClientName text not null,
    AdditionalInfo text,
    Status text not null default 'Ativo',
    Version integer not null default 0,
    CreatedAt timestamptz not null default now(),
    UpdatedAt timestamptz
);

create table ApiKeys (
    ApiKeyID bigint generated always as identity primary key,
    ClientID bigint not null references Clients,
    KeyName text not null,
    KeyPrefix text not null,
    KeyHash bytea not null unique,
    ExpiresAt timestamptz,
    RevokedAt timestamptz,
    CreatedAt timestamptz not null default now()
);
create index ApiKeys_by_client on ApiKeys (ClientID, ApiKeyID);

create table ClientUsers (
    UserID bigint generated always as identity primary key,
    ClientID bigint not null references Clients,
    UserName text not null,
    UserRole text not null,
    Email text,
    PhoneNumber text,
    ExternalUserID text,
    Status text not null default 'Ativo',
    Version integer not null default 0,
    CreatedAt timestamptz not null default now(),
    UpdatedAt timestamptz,
    unique (ClientID, UserID)
);
create unique index ClientUsers_email on ClientUsers (ClientID, lower(Email)) where Status <> 'Inativo';

create table ClientEndUsers (
    EndUserID bigint generated always as identity primary key,
    ClientID bigint not null references Clients,
    UserID bigint,
    Name text,
    Email text,
    PhoneNumber text,
    AdditionalInfo jsonb,
    Status text not null default 'Ativo',
    Version integer not null default 0,
    CreatedAt timestamptz not null default now(),
    UpdatedAt timestamptz,
    unique (ClientID, EndUserID),
    foreign key (ClientID, UserID) references ClientUsers (ClientID, UserID)
);

-- What a provider may call one person: a phone number in its canonical spelling, a wa_id, a BSUID.
create table EndUserIdentities (
    ClientID bigint not null,
    Kind text not null,
    Value text not null,
    EndUserID bigint not null,
    CreatedAt timestamptz not null default now(),
    primary key (ClientID, Kind, Value),
    foreign key (ClientID, EndUserID) references ClientEndUsers (ClientID, EndUserID)
);
create index EndUserIdentities_by_end_user on EndUserIdentities (ClientID, EndUserID);

create table Assistants (
    AssistantID bigint generated always as identity primary key,
    AssistantName text not null,
    Specialization text,
    ImplementationReference text not null,
    Configuration jsonb,
    Version integer not null default 0,
    CreatedAt timestamptz not null default now(),
    UpdatedAt timestamptz
);

create table ClientAssistants (
    ClientAssistantID bigint generated always as identity primary key,
    ClientID bigint not null references Clients,
    AssistantID bigint not null references Assistants,
    Configuration jsonb,
    Version integer not null default 0,
    CreatedAt timestamptz not null default now(),
    UpdatedAt timestamptz,
    unique (ClientID, AssistantID)
);

create table AssistantTools (
    ToolID bigint generated always as identity primary key,
    ClientID bigint not null,
    AssistantID bigint not null,
    ToolName text not null,
    TaskType text not null,
    Description text,
    Configuration jsonb not null,
    Credentials text,
    Version integer not null default 0,
    CreatedAt timestamptz not null default now(),
    UpdatedAt timestamptz,
    unique (ClientID, AssistantID, ToolName),
    foreign key (ClientID, AssistantID) references ClientAssistants (ClientID, AssistantID)
);

create table CommunicationChannels (
    ChannelID bigint generated always as identity primary key,
    ClientID bigint not null references Clients,
    ChannelType text not null,
    ChannelIdentifier text not null,
    Status text not null default 'Pendente',
    Provider text not null default 'Gateway',
    ProviderID text,
    OutboundUrl text,
    WebhookSecret text,
    PreviousWebhookSecret text,
    SIPTrunkID text,
    DefaultUserID bigint,
    AssistantID bigint,
    Version integer not null default 0,
    CreatedAt timestamptz not null default now(),
    UpdatedAt timestamptz,
    unique (ClientID, ChannelID),
    foreign key (ClientID, DefaultUserID) references ClientUsers (ClientID, UserID),
    foreign key (ClientID, AssistantID) references ClientAssistants (ClientID, AssistantID)
);
create unique index CommunicationChannels_active_number
    on CommunicationChannels (ChannelType, ChannelIdentifier) where Status = 'Ativo';
create unique index CommunicationChannels_active_provider_id
    on CommunicationChannels (Provider, ProviderID) where Status = 'Ativo' and ProviderID is not null;
create unique index CommunicationChannels_number_in_client
    on CommunicationChannels (ClientID, ChannelType, ChannelIdentifier) where Status <> 'Inativo';

create table Sessions (
    SessionID bigint generated always as identity primary key,
    ClientID bigint not null references Clients,
    ChannelID bigint not null,
    UserID bigint,
    EndUserID bigint,
    AssistantID bigint references Assistants,
    LiveKitRoomID text,
    StartTime timestamptz not null default now(),
    EndTime timestamptz,
    -- 'Conversa' (messages) or 'Chamada' (a call); a statement that leaves it out takes it from the channel
    SessionType text not null,
    LastMessageAt timestamptz,
    HandedOffAt timestamptz,
    unique (ClientID, SessionID),
    foreign key (ClientID, ChannelID) references CommunicationChannels (ClientID, ChannelID),
    foreign key (ClientID, UserID) references ClientUsers (ClientID, UserID),
    foreign key (ClientID, EndUserID) references ClientEndUsers (ClientID, EndUserID)
);
-- One open conversation per contact and channel; two calls at once are two sessions.
create unique index Sessions_open_conversation
    on Sessions (ChannelID, EndUserID) where EndTime is null and SessionType = 'Conversa';

create table Messages (
    MessageID bigint generated always as identity primary key,
    SessionID bigint not null,
    ClientID bigint not null,
    SenderType text not null,
    ContentType text not null,
    Content text,
    Timestamp timestamptz not null default now(),
    -- of outgoing messages: 'Pendente', 'Enviada', 'Falhou', 'Incerta'
    Status text,
    -- the provider's own id and time, and what it said beyond the text
    ProviderMessageID text,
    ProviderTimestamp timestamptz,
    Payload jsonb,
    -- the turn that answered it, or that said it; no foreign key, see the head of this file
    TurnTaskID bigint
);
create index Messages_by_session on Messages (SessionID, MessageID);

create table Calls (
    CallID bigint generated always as identity primary key,
    SessionID bigint not null,
    ClientID bigint not null,
    CallDirection text not null,
    SIPTrunkID text,
    CallStatus text not null,
    StartTime timestamptz not null default now(),
    EndTime timestamptz,
    ProviderCallID text,
    foreign key (ClientID, SessionID) references Sessions (ClientID, SessionID)
);
create index Calls_by_session on Calls (SessionID, CallID);

-- The task list of the design document and the transactional outbox: a row inserted by plain SQL is a valid task.
create table BackgroundTasks (
    TaskID bigint generated always as identity primary key,
    SessionID bigint,
    TaskType text not null,
    Status text not null default 'Pendente',
    ResultData jsonb,
    CreatedAt timestamptz not null default now(),
    UpdatedAt timestamptz,
    ClientID bigint,
    RequestData jsonb,
    TraceParent text,
    -- open tasks of one key run one at a time, oldest first
    SerialKey text,
    -- at most one open task of one key
    DedupeKey text,
    NotBefore timestamptz,
    -- when the sweeper looks at an open row again
    DueAt timestamptz not null default now() + interval '30 seconds',
    Attempts integer not null default 0,
    -- the attempt that owns the row; still there on a pending row when that attempt never reported its end
    LeaseID uuid,
    LastError text
) with (
    fillfactor = 70,
    autovacuum_vacuum_scale_factor = 0.02,
    autovacuum_vacuum_cost_delay = 0,
    autovacuum_analyze_scale_factor = 0.05
);
create index BackgroundTasks_by_session on BackgroundTasks (SessionID, TaskID);
create index BackgroundTasks_by_key on BackgroundTasks (SerialKey, TaskID)
    where Status in ('Pendente', 'Em Andamento');
create index BackgroundTasks_due on BackgroundTasks (DueAt)
    where Status in ('Pendente', 'Em Andamento');
create unique index BackgroundTasks_once on BackgroundTasks (DedupeKey)
    where DedupeKey is not null and Status in ('Pendente', 'Em Andamento');

create table Events (
    EventID bigint generated always as identity primary key,
    SessionID bigint,
    EventType text not null,
    EventData jsonb,
    Timestamp timestamptz not null default now(),
    ClientID bigint,
    -- the stream's cursor: identity values do not commit in order, transactions below the snapshot's horizon do
    Tx xid8 not null default pg_current_xact_id()
);
create index Events_by_session on Events (SessionID, EventID);
create index Events_by_client on Events (ClientID, EventID);

-- One row per provider delivery that was accepted, kept seven days: a redelivery finds its id here.
create table InboundDeliveries (
    Provider text not null,
    ProviderID text not null,
    ReceivedAt timestamptz not null default now(),
    -- the part first by which rows differ
    primary key (ProviderID, Provider)
);
create index InboundDeliveries_by_time on InboundDeliveries using brin (ReceivedAt);

create table Alerts (
    AlertID bigint generated always as identity primary key,
    ClientID bigint references Clients,
    Cause text not null,
    Detail text not null,
    Status text not null default 'Aberto',
    Occurrences integer not null default 1,
    FirstAt timestamptz not null default now(),
    LastAt timestamptz not null default now()
);
create unique index Alerts_open on Alerts (coalesce(ClientID, 0), Cause) where Status <> 'Resolvido';
