-- Facts, in the order in which their transactions became visible.

create table Events (
    EventID bigint generated always as identity,
    SessionID bigint,
    EventType text not null,
    EventData jsonb check (jsonb_typeof(EventData) = 'object'),
    Timestamp timestamptz not null default now(),
    ClientID bigint,
    -- the stream's cursor: identity values do not commit in order, transactions below the snapshot's horizon do
    Tx xid8 not null default pg_current_xact_id(),
    -- the time is in the key because the key of a partitioned table must contain it (docs/adr/0004)
    primary key (EventID, Timestamp)
);
create index Events_by_session on Events (SessionID, EventID);
-- The stream and the list of a client's events read in the order of (Tx, EventID). A reader in the order of EventID
-- alone could miss a row whose transaction commits late. (docs/adr/0009)
create index Events_by_client_tx on Events (ClientID, Tx, EventID);
-- Only alerts write events without a session, and there are few of them.
create index Events_of_no_session on Events (ClientID, EventID) where SessionID is null;

create trigger Events_client before insert on Events
    for each row when (new.ClientID is null and new.SessionID is not null) execute function client_of_session();
create trigger Events_session after insert on Events referencing new table as written
    for each statement execute function comuta_session_exists();
create trigger Events_stay before update of SessionID, ClientID on Events for each row
    when ((old.SessionID, old.ClientID) is distinct from (new.SessionID, new.ClientID)) execute function comuta_stays();
