-- Tasks, the types that some process handles, and the alerts that failed tasks raise.

-- The task list and the transactional outbox: a row inserted by plain SQL is a valid task.
create table BackgroundTasks (
    TaskID bigint generated always as identity primary key,
    SessionID bigint,
    TaskType text not null,
    Status text not null default 'Pendente',
    ResultData jsonb check (jsonb_typeof(ResultData) = 'object'),
    CreatedAt timestamptz not null default now(),
    UpdatedAt timestamptz,
    ClientID bigint,
    RequestData jsonb check (jsonb_typeof(RequestData) = 'object'),
    TraceParent text,
    -- 'turn', 'tool', 'send' or 'bulk'; null for the default of the type
    Queue text,
    -- open tasks of one key run one at a time, oldest first
    SerialKey text,
    -- at most one open task of one key
    DedupeKey text,
    NotBefore timestamptz,
    -- when the sweeper looks at an open row next: at once at a row that plain SQL writes, and later at a row whose writer
    -- publishes it
    DueAt timestamptz not null default now(),
    Attempts integer not null default 0,
    -- the attempt that owns the row; on a pending row, an attempt whose effect on the outside world is unknown
    LeaseID uuid,
    LastError text,
    -- the turn whose answer used the result of a look-up; no later turn gets it
    ConsumedBy bigint
) with (
    fillfactor = 70,
    autovacuum_vacuum_scale_factor = 0.02,
    autovacuum_vacuum_cost_delay = 0,
    autovacuum_analyze_scale_factor = 0.05
);
create index BackgroundTasks_by_client on BackgroundTasks (ClientID, TaskID);
create index BackgroundTasks_by_session on BackgroundTasks (SessionID, TaskID);
-- The look-ups that a turn of a session reads or waits for, however long the session is. They have no key, so that turns
-- and sends, which have one, are not in this index.
create index BackgroundTasks_unused on BackgroundTasks (SessionID, TaskID)
    where ConsumedBy is null and SerialKey is null;
create index BackgroundTasks_by_key on BackgroundTasks (SerialKey, TaskID)
    where Status in ('Pendente', 'Em Andamento');
create index BackgroundTasks_due on BackgroundTasks (ClientID, DueAt)
    where Status in ('Pendente', 'Em Andamento');
create unique index BackgroundTasks_once on BackgroundTasks (DedupeKey)
    where DedupeKey is not null and Status in ('Pendente', 'Em Andamento');

create trigger BackgroundTasks_client before insert on BackgroundTasks
    for each row when (new.ClientID is null and new.SessionID is not null) execute function client_of_session();
create trigger BackgroundTasks_session after insert on BackgroundTasks referencing new table as written
    for each statement execute function comuta_session_exists();
create trigger BackgroundTasks_stay before update of SessionID, ClientID on BackgroundTasks for each row
    when ((old.SessionID, old.ClientID) is distinct from (new.SessionID, new.ClientID)) execute function comuta_stays();

-- comuta_receive draws ids before it writes the rows; comuta_replay calls it as comuta_platform.
grant usage on sequence BackgroundTasks_TaskID_seq to comuta_reason_routing, comuta_platform;

-- The task types that running processes handle. Each process sets SeenAt of its types when it starts, and every 20 s.
create table TaskTypes (
    Type text primary key,
    SeenAt timestamptz not null
);

create table Alerts (
    AlertID bigint generated always as identity primary key,
    ClientID bigint references Clients,
    Cause text not null,
    Detail text not null,
    -- the cause in the server's own words; empty when Detail says everything
    TechnicalDetail text,
    -- the session of the latest occurrence; erasing its end user removes both details
    SessionID bigint,
    Status text not null default 'Aberto',
    Occurrences integer not null default 1,
    FirstAt timestamptz not null default now(),
    LastAt timestamptz not null default now(),
    AcknowledgedAt timestamptz,
    ResolvedAt timestamptz
);
create unique index Alerts_open on Alerts (coalesce(ClientID, 0), Cause) where Status <> 'Resolvido';
create index Alerts_by_client on Alerts (ClientID, AlertID);
create index Alerts_resolved on Alerts (ResolvedAt) where Status = 'Resolvido';
