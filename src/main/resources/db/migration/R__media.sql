-- Requesting files of providers.

-- Stores a file that a provider refers to, and requests its fetch, in the transaction that stores its message. The id is
-- drawn by the caller, so that the message can name it.
-- Returns the id of the task 'BuscaMídia'.
create or replace function comuta_request_media(
    media bigint, client bigint, session bigint, message bigint, channel bigint, provider text, kind text, file jsonb,
    trace_parent text)
returns bigint language plpgsql as $$
declare
    task bigint := nextval('BackgroundTasks_TaskID_seq');
begin
    insert into MediaObjects (MediaID, ClientID, SessionID, MessageID, ChannelID, Provider, Source, Kind, FileName,
                              CreatedAt)
    overriding system value
    values (media, client, session, message, channel, provider, file, kind, file ->> 'fileName', clock_timestamp());
    insert into BackgroundTasks (TaskID, SessionID, ClientID, TaskType, RequestData, TraceParent, CreatedAt,
                                 DueAt)
    overriding system value
    values (task, session, client, 'BuscaMídia', jsonb_build_object('mediaId', media), trace_parent, clock_timestamp(),
            clock_timestamp() + interval '30 seconds');
    return task;
end
$$;
