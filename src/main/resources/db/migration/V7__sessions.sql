-- Conversations and calls with end users, and the triggers of the tables whose rows belong to a session.

-- Every message updates LastMessageAt: free space on the page keeps that update out of the indexes.
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
    -- 'Conversa' (messages) or 'Chamada' (a call); the default is taken from the channel
    SessionType text not null,
    LastMessageAt timestamptz,
    -- until when WhatsApp accepts free texts to the end user; null when the end user never wrote
    WindowEndsAt timestamptz,
    -- where the last message of the end user came from, and replies go: a phone number with '+', or a BSUID
    ReplyTo text,
    -- since when people answer instead of the assistant
    HandedOffAt timestamptz,
    -- when a person last took the session over, wrote in it, or closed it
    PersonActedAt timestamptz,
    -- when the end user last got the notice outside of business hours
    ClosedNoticeAt timestamptz,
    -- the use of a model by the turns of the session, and the part of it since the last answer
    SpentRounds bigint not null default 0,
    SpentTokens bigint not null default 0,
    SpentCost numeric not null default 0,
    AnswerRounds bigint not null default 0,
    AnswerTokens bigint not null default 0,
    AnswerCost numeric not null default 0,
    -- set by retention, so that no message is examined twice and Messages needs no further index
    ContentRemovedAt timestamptz,
    MediaRemovedAt timestamptz,
    unique (ClientID, SessionID),
    foreign key (ClientID, ChannelID) references CommunicationChannels (ClientID, ChannelID),
    foreign key (ClientID, UserID) references ClientUsers (ClientID, UserID),
    foreign key (ClientID, EndUserID) references ClientEndUsers (ClientID, EndUserID)
) with (fillfactor = 70);
-- One open conversation per contact and channel; two simultaneous calls are two sessions.
create unique index Sessions_open_conversation
    on Sessions (ChannelID, EndUserID) where EndTime is null and SessionType = 'Conversa';
-- For the jobs that close sessions, and for retention in open sessions. StartTime never changes; an index on
-- LastMessageAt would make every message's update of the row a write to the index.
create index Sessions_open_since on Sessions (StartTime) where EndTime is null;
-- For the job that gives sessions back to the assistant.
create index Sessions_handed_off on Sessions (HandedOffAt) where HandedOffAt is not null and EndTime is null;
-- The open sessions of one client, which are sorted by their last message when they are listed.
create index Sessions_open_of_client on Sessions (ClientID, SessionID) where EndTime is null;
create index Sessions_by_user on Sessions (ClientID, UserID, SessionID) where UserID is not null;
create index Sessions_by_end_user on Sessions (ClientID, EndUserID, SessionID);
-- The session of a room, for what LiveKit reports about it.
create index Sessions_by_room on Sessions (ClientID, LiveKitRoomID) where LiveKitRoomID is not null;
-- Retention periods count from the end of the session; in an open session, from the message.
create index Sessions_with_content on Sessions (ClientID, EndTime) where EndTime is not null and ContentRemovedAt is null;
create index Sessions_without_content on Sessions (ClientID, ContentRemovedAt) where ContentRemovedAt is not null;
create index Sessions_with_media on Sessions (ClientID, EndTime) where EndTime is not null and MediaRemovedAt is null;

-- SessionType for plain INSERTs that leave it out.
create function type_of_session() returns trigger language plpgsql as $$
begin
    select case when c.ChannelType = 'VoiceCall' then 'Chamada' else 'Conversa' end into new.SessionType
    from CommunicationChannels c where c.ChannelID = new.ChannelID;
    return new;
end
$$;
create trigger Sessions_type before insert on Sessions
    for each row when (new.SessionType is null) execute function type_of_session();

-- Rejects a session with an end user who was erased meanwhile. The retry of the message then finds no end user with that
-- number and creates one. An end user who was merged into another is rejected as a conflict: the transaction is repeated,
-- and finds the other. The share lock makes an erasure and a merge wait for sessions that are being opened.
create function comuta_person_present() returns trigger language plpgsql as $$
declare
    erased boolean;
    merged boolean;
begin
    select u.ErasedAt is not null, u.MergedInto is not null into erased, merged from ClientEndUsers u
    where u.ClientID = new.ClientID and u.EndUserID = new.EndUserID
    for key share;
    if merged then
        raise exception 'the end user was merged into another' using errcode = 'serialization_failure';
    end if;
    if erased then
        raise exception 'the end user was erased'
            using errcode = 'check_violation', constraint = 'sessions_person_present';
    end if;
    return new;
end
$$;
create trigger Sessions_person_present before insert on Sessions
    for each row when (new.EndUserID is not null) execute function comuta_person_present();

-- Whether a row of another table names the session.
create function comuta_session_is_named(session bigint) returns boolean language plpgsql stable as $$
begin
    return exists (select from Messages m where m.SessionID = session)
        or exists (select from BackgroundTasks t where t.SessionID = session)
        or exists (select from Events e where e.SessionID = session)
        or exists (select from Calls c where c.SessionID = session);
end
$$;

-- A session keeps its id and its client, and is deleted only when it is closed and no row names it; a row of a session
-- keeps both.
create function comuta_stays() returns trigger language plpgsql as $$
begin
    raise exception 'a row of % keeps its session and its client', tg_table_name using errcode = 'restrict_violation';
end
$$;
create trigger Sessions_stay before update of SessionID, ClientID on Sessions for each row
    when ((old.SessionID, old.ClientID) is distinct from (new.SessionID, new.ClientID)) execute function comuta_stays();

-- It runs after the row is locked against comuta_session_exists, so it sees the rows of every transaction that has named
-- the session. It runs with the platform's rights, because existence must not depend on the caller.
create function comuta_session_unnamed() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if old.EndTime is null or comuta_session_is_named(old.SessionID) then
        raise exception 'session % is open, or rows name it', old.SessionID using errcode = 'restrict_violation';
    end if;
    return old;
end
$$;
create trigger Sessions_kept before delete on Sessions for each row execute function comuta_session_unnamed();

-- ClientID for plain INSERTs that leave it out.
create function client_of_session() returns trigger language plpgsql as $$
begin
    select s.ClientID into new.ClientID from Sessions s where s.SessionID = new.SessionID;
    return new;
end
$$;

-- Trigger of tables that every message writes, in place of foreign keys: a row that names a session names the session's
-- client, and a row without a session names an existing client, or none. PostgreSQL checks the foreign keys of each row
-- separately, which was a quarter of the cost of receiving a group of messages; this checks the rows of a statement
-- together. It is also stricter: a foreign key accepts a row that names a session and no client. (docs/adr/0015)
--
-- It runs with the platform's rights, because existence must not depend on the caller.
create function comuta_session_exists() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    stray record;
begin
    -- a closed session may be deleted by another transaction; open ones are not, so they need no lock
    perform from Sessions s where s.EndTime is not null and s.SessionID in (select w.SessionID from written w)
    order by s.SessionID for key share;

    select w.SessionID, w.ClientID into stray from written w
    where case when w.SessionID is null
          then w.ClientID is not null and not exists (select from Clients c where c.ClientID = w.ClientID)
          else (w.ClientID = (select s.ClientID from Sessions s where s.SessionID = w.SessionID)) is not true end
    limit 1;
    if found then
        raise exception '% names session % of client %, which does not exist', tg_table_name,
            coalesce(stray.SessionID::text, '(none)'), coalesce(stray.ClientID::text, '(none)')
            using errcode = 'foreign_key_violation';
    end if;
    return null;
end
$$;
-- Trigger of Messages: a session whose content or media were removed expires a second time when a message is added, so
-- that retention removes the message too. The scalar subquery is a look-up by index, whatever the statistics are.
create function comuta_content_added() returns trigger language plpgsql as $$
declare
    expired bigint[];
begin
    select array_agg(w.SessionID) into expired from written w
    where (select s.ContentRemovedAt is not null or s.MediaRemovedAt is not null
           from Sessions s where s.SessionID = w.SessionID);
    if expired is not null then
        update Sessions s set ContentRemovedAt = null, MediaRemovedAt = null where s.SessionID = any (expired);
    end if;
    return null;
end
$$;

grant create on schema public to comuta_platform;
alter function comuta_session_exists owner to comuta_platform;
alter function comuta_session_unnamed owner to comuta_platform;
revoke create on schema public from comuta_platform;
