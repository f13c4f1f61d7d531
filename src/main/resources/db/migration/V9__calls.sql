-- Phone calls.

create table Calls (
    CallID bigint generated always as identity primary key,
    SessionID bigint not null,
    ClientID bigint not null,
    CallDirection text not null,
    SIPTrunkID text,
    CallStatus text not null,
    StartTime timestamptz not null default now(),
    EndTime timestamptz,
    -- the session's channel
    ChannelID bigint not null,
    -- the provider's id; null until the provider accepts the call
    ProviderCallID text,
    -- E.164, or what the provider gives; the caller's is null when it is withheld
    FromNumber text,
    ToNumber text,
    -- the internal user for whom a call was made, and who is rung first; null when the call is made to the end user only
    RequestedFor bigint,
    EndReason text,
    -- whether the final status was concluded from an end of which the provider reported no kind
    EndPresumed boolean not null default false,
    -- whether the call was ever answered; 'ChamadaConectada' is recorded once
    Connected boolean not null default false,
    AnsweredAt timestamptz,
    -- 'pessoa', 'caixa postal', 'menu', 'indisponível', 'fax', 'incerto'
    AnsweredBy text,
    -- when somebody of the company took the call, and the internal user who did
    AttendedAt timestamptz,
    AttendedBy bigint,
    Missed boolean not null default false,
    -- whether the assistant spoke with the caller
    ByAssistant boolean not null default false,
    -- whether the two sides have moved to a conference, in which they can be held and muted
    Conference boolean not null default false,
    -- the template that was sent after a missed call: when, its message, or why none was sent
    FollowUpAt timestamptz,
    FollowUpMessageID bigint,
    FollowUpRefusal text,
    Seconds integer,
    Price numeric,
    Currency text,
    -- what the call does (CallScript); null for a call that another system wrote
    Script jsonb check (jsonb_typeof(Script) = 'object'),
    -- when the provider is asked next; null when everything is known. Checks is the number of questions since the last news.
    CheckAt timestamptz,
    Checks integer not null default 0,
    -- when a call of the company is to be made; null for immediately
    ScheduledAt timestamptz,
    -- whether the end user waits with music, and whether the company's side is not heard
    Held boolean not null default false,
    Muted boolean not null default false,
    -- when the end user was erased; nothing about the person is stored afterwards
    ErasedAt timestamptz,
    unique (ClientID, CallID),
    foreign key (ClientID, SessionID) references Sessions (ClientID, SessionID),
    foreign key (ClientID, ChannelID) references CommunicationChannels (ClientID, ChannelID),
    foreign key (ClientID, RequestedFor) references ClientUsers (ClientID, UserID),
    foreign key (ClientID, AttendedBy) references ClientUsers (ClientID, UserID)
);
create index Calls_by_session on Calls (SessionID, CallID);
-- For the limits of calls, and for calls whose retention has expired.
create index Calls_by_time on Calls (ClientID, StartTime);
create index Calls_of_client on Calls (ClientID, CallID);
create unique index Calls_by_provider_id on Calls (ChannelID, ProviderCallID) where ProviderCallID is not null;
create index Calls_to_check on Calls (CheckAt) where CheckAt is not null;

-- ClientID and ChannelID for plain INSERTs that leave them out.
create function comuta_call_of_session() returns trigger language plpgsql as $$
begin
    select s.ClientID, s.ChannelID into new.ClientID, new.ChannelID from Sessions s where s.SessionID = new.SessionID;
    return new;
end
$$;
create trigger Calls_client before insert on Calls
    for each row when (new.ClientID is null or new.ChannelID is null) execute function comuta_call_of_session();

-- The telephones that were dialled for a call, besides the call itself.
create table CallLegs (
    LegID bigint generated always as identity primary key,
    ClientID bigint not null,
    CallID bigint not null,
    SessionID bigint not null,
    -- the position in the script of the call
    Position text not null,
    UserID bigint,
    ToNumber text,
    ProviderCallID text,
    LegStatus text not null default 'Initiated',
    EndReason text,
    EndPresumed boolean not null default false,
    Connected boolean not null default false,
    AnsweredBy text,
    StartTime timestamptz not null default clock_timestamp(),
    AnsweredAt timestamptz,
    -- when its person took the call
    AcceptedAt timestamptz,
    EndTime timestamptz,
    Seconds integer,
    Price numeric,
    Currency text,
    unique (CallID, Position),
    foreign key (ClientID, CallID) references Calls (ClientID, CallID) on delete cascade,
    foreign key (ClientID, UserID) references ClientUsers (ClientID, UserID)
);

create index CallLegs_by_time on CallLegs (ClientID, StartTime);

-- Transfers of calls to another internal user or number.
create table CallTransfers (
    TransferID bigint generated always as identity primary key,
    ClientID bigint not null,
    CallID bigint not null,
    SessionID bigint not null,
    -- 'Direta' or 'Assistida'
    Kind text not null,
    -- 'Solicitada', 'Chamando', 'Em resumo', 'Aceita', 'Conectada', 'Concluída', 'Recusada', 'Falhou', 'Cancelada'
    Status text not null default 'Solicitada',
    -- who had the call
    FromUserID bigint,
    ToUserID bigint,
    ToNumber text not null,
    Summary text,
    RingSeconds integer not null,
    CreatedAt timestamptz not null default clock_timestamp(),
    EndedAt timestamptz,
    foreign key (ClientID, CallID) references Calls (ClientID, CallID) on delete cascade,
    foreign key (ClientID, FromUserID) references ClientUsers (ClientID, UserID),
    foreign key (ClientID, ToUserID) references ClientUsers (ClientID, UserID)
);
create index CallTransfers_of_call on CallTransfers (CallID, TransferID);
create index CallTransfers_by_time on CallTransfers (ClientID, CreatedAt);
create unique index CallTransfers_open on CallTransfers (CallID) where EndedAt is null;

-- Where and when a client may call, when it differs from the configuration; null for the configured value.
-- The connections of calls with the assistant. Each place of a call has one, once.
create table CallTalks (
    ClientID bigint not null,
    CallID bigint not null,
    SessionID bigint not null,
    -- the position in the script of the call
    Place text not null,
    -- the process that holds the connection, and until when it does if it says nothing
    Holder uuid not null,
    LeaseUntil timestamptz not null,
    OpenedAt timestamptz not null default clock_timestamp(),
    -- when the provider connected the caller; nothing is said before
    BegunAt timestamptz,
    EndedAt timestamptz,
    primary key (CallID, Place),
    foreign key (ClientID, CallID) references Calls (ClientID, CallID) on delete cascade
);
create index CallTalks_open on CallTalks (Holder) where EndedAt is null;

create table CallRules (
    ClientID bigint primary key references Clients (ClientID),
    -- CLDR codes of the countries that may be called
    Countries text[],
    CallingHours jsonb check (jsonb_typeof(CallingHours) = 'object'),
    UpdatedAt timestamptz not null default clock_timestamp()
);

-- What was said in a call and how it ended, in a few sentences. A person's words are never replaced by an assistant's.
create table CallSummaries (
    CallID bigint primary key,
    ClientID bigint not null,
    SessionID bigint not null,
    Summary text,
    -- one of the client's outcomes at the time
    Outcome text,
    -- 'Assistente' or 'Usuário'
    SummarizedBy text not null,
    SummarizedAt timestamptz not null default clock_timestamp(),
    Version integer not null default 1,
    foreign key (ClientID, CallID) references Calls (ClientID, CallID) on delete cascade
);
create index CallSummaries_by_outcome on CallSummaries (ClientID, Outcome, CallID) where Outcome is not null;

-- The outcomes of calls that a client has, with a description of each; null for the usual ones.
create table CallOutcomes (
    ClientID bigint primary key references Clients (ClientID),
    Outcomes jsonb check (jsonb_typeof(Outcomes) = 'array'),
    UpdatedAt timestamptz not null default clock_timestamp()
);

-- Recordings of calls. Their files are in MediaObjects.
create table CallRecordings (
    RecordingID bigint generated always as identity primary key,
    ClientID bigint not null,
    CallID bigint not null,
    SessionID bigint not null,
    -- the provider's id
    ProviderRecordingID text not null,
    -- 'conversa', or 'recado' for a message on the voicemail
    Purpose text not null,
    -- 'Gravando', 'Pausada', 'Gravada'; 'Vazia' and 'Falhou' have no file
    Status text not null,
    -- who speaks in each channel of the file: 'chamador', 'chamado', 'corretor', 'primeiro', 'demais', 'todos'
    ChannelRoles jsonb not null check (jsonb_typeof(ChannelRoles) = 'array'),
    Seconds integer,
    StartTime timestamptz not null,
    -- the file; null when there is none, or after its retention
    MediaID bigint,
    -- of a message on the voicemail
    MessageID bigint,
    -- when 'GravaçãoDisponível' was recorded
    AvailableAt timestamptz,
    -- when the provider deleted its copy
    OriginalDeletedAt timestamptz,
    unique (CallID, ProviderRecordingID),
    foreign key (ClientID, CallID) references Calls (ClientID, CallID) on delete cascade
);
create index CallRecordings_by_media on CallRecordings (MediaID) where MediaID is not null;

-- What incoming calls of a channel do (CallPlan).
create table CallPlans (
    ChannelID bigint primary key,
    ClientID bigint not null,
    Plan jsonb not null check (jsonb_typeof(Plan) = 'object'),
    Version integer not null default 0,
    UpdatedAt timestamptz not null default clock_timestamp(),
    foreign key (ClientID, ChannelID) references CommunicationChannels (ClientID, ChannelID)
);
