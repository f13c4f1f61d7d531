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
    ProviderCallID text,
    foreign key (ClientID, SessionID) references Sessions (ClientID, SessionID)
);
create index Calls_by_session on Calls (SessionID, CallID);
create trigger Calls_client before insert on Calls
    for each row when (new.ClientID is null) execute function client_of_session();
