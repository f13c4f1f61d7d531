-- Assistants and their turns. In PL/pgSQL, which keeps its plans: before PostgreSQL 18 a function in SQL is planned at
-- every call.

-- The state of an assistant of a client: the text changes whenever the assistant, its use by the client, or one of its
-- tools changes. Null when the client does not have the assistant.
create or replace function comuta_assistant_stamp(client bigint, assistant bigint) returns text
language plpgsql stable as $$
begin
    return (
        select concat_ws('/', a.Version, c.Version, (
            select string_agg(t.ToolID || ':' || t.Version, ',' order by t.ToolID)
            from AssistantTools t where t.ClientID = client and t.AssistantID = assistant))
        from ClientAssistants c join Assistants a on a.AssistantID = c.AssistantID
        where c.ClientID = client and c.AssistantID = assistant);
end
$$;

-- A turn in one statement, with the newest transcripts of its audio files; no row when nothing is unanswered, a result
-- is awaited, or no assistant answers. Look-ups that no answer has used belong to this exchange: their ids say nothing,
-- because a turn can use the result of a look-up that is younger than itself. They have no SerialKey. Open look-ups are
-- found by the statuses that they do not have: by those that they have, PostgreSQL would read the index of all open
-- tasks, which is long under load.
-- reading: the channel of the session when its end users see that messages are read, else null.
drop function if exists comuta_turn(bigint, bigint, text[], integer);
create function comuta_turn(session bigint, client bigint, awaited text[], latest integer)
returns table (
    assistant_id bigint, stamp text, unanswered jsonb, history jsonb, results jsonb,
    spent_rounds bigint, spent_tokens bigint, spent_cost numeric,
    answer_rounds bigint, answer_tokens bigint, answer_cost numeric, hours jsonb, reading bigint)
language plpgsql stable as $$
begin
    return query
    select s.AssistantID, comuta_assistant_stamp(client, s.AssistantID), open.Messages,
           (select jsonb_agg(jsonb_build_array(h.MessageID, h.SenderType, h.ContentType,
                                              coalesce(h.Heard, changed.text, h.Content), h.ContentData, h.Timestamp,
                                              case when h.ContentType = 'Áudio' then (
                                                  select nullif(t.Text, '') from Transcripts t
                                                  where t.MessageID = h.MessageID and t.ClientID = client
                                                  order by t.TranscriptID desc limit 1) end)
                             order by h.OrderedAt, h.MessageID)
                   filter (where changed.revoked is not true and h.Heard is distinct from '')
            from (select * from Messages m
                  where m.SessionID = session and m.ClientID = client
                    and not (m.SenderType = 'Usuário-Cliente' and m.TurnTaskID is null)
                    and m.Status is distinct from 'Cancelada'
                    and m.ContentType not in ('Reação', 'Edição', 'Revogação', 'Sistema')
                  order by m.OrderedAt desc, m.MessageID desc limit latest) h
            cross join lateral comuta_message_changes(client, session, h.ProviderMessageID, h.SenderType) changed),
           (select jsonb_agg(jsonb_build_array(t.RequestData, t.Status, t.ResultData, t.TaskID)
                             order by t.TaskID)
            from BackgroundTasks t
            where t.SessionID = session and t.ClientID = client and t.ConsumedBy is null and t.SerialKey is null
              and t.TaskType = any (awaited) and t.Status in ('Concluída', 'Falhou', 'Cancelada')),
           s.SpentRounds, s.SpentTokens, s.SpentCost, s.AnswerRounds, s.AnswerTokens, s.AnswerCost, s.Hours,
           s.Reading
    from (select coalesce(s.AssistantID, c.AssistantID) as AssistantID, c.Settings -> 'businessHours' as Hours,
                 case when (c.Settings ->> 'showsReading')::boolean then c.ChannelID end as Reading,
                 s.SpentRounds, s.SpentTokens, s.SpentCost, s.AnswerRounds, s.AnswerTokens, s.AnswerCost
          from Sessions s join CommunicationChannels c on c.ChannelID = s.ChannelID
          where s.SessionID = session and s.ClientID = client and s.HandedOffAt is null
            and s.EndTime is null and (s.EndUserID is not null or s.SessionType = 'Chamada')) s
    cross join lateral (
        select jsonb_agg(jsonb_build_array(m.MessageID, m.SenderType, m.ContentType,
                                           coalesce(changed.text, m.Content), m.ContentData, m.Timestamp,
                                           case when m.ContentType = 'Áudio' then (
                                                  select nullif(t.Text, '') from Transcripts t
                                                  where t.MessageID = m.MessageID and t.ClientID = client
                                                  order by t.TranscriptID desc limit 1) end)
                         order by m.OrderedAt, m.MessageID)
                   filter (where changed.revoked is not true) as Messages
        from Messages m
        cross join lateral comuta_message_changes(client, session, m.ProviderMessageID, m.SenderType) changed
        where m.SessionID = session and m.ClientID = client and m.SenderType = 'Usuário-Cliente'
          and m.TurnTaskID is null) open
    where s.AssistantID is not null and open.Messages is not null
      and not exists (select from BackgroundTasks t
                      where t.SessionID = session and t.ConsumedBy is null and t.SerialKey is null
                        and t.TaskType = any (awaited)
                        and exists (select from TaskTypes n
                                    where n.Type = t.TaskType and n.SeenAt > now() - interval '1 minute')
                        and t.Status not in ('Concluída', 'Falhou', 'Cancelada'));
end
$$;

-- The assistant of a session, its state, the use of models in the session, and, when wanted, the latest text of the end user.
drop function if exists comuta_session_assistant(bigint, bigint, boolean);
create function comuta_session_assistant(session bigint, client bigint, with_text boolean)
returns table (assistant_id bigint, stamp text, last_text text, spent_rounds bigint, spent_tokens bigint, spent_cost numeric)
language plpgsql stable as $$
begin
    return query
    select s.AssistantID, comuta_assistant_stamp(client, s.AssistantID),
           case when with_text then (select m.Content from Messages m
                                     where m.SessionID = session and m.ClientID = client
                                       and m.SenderType = 'Usuário-Cliente' and m.Content is not null
                                     order by m.OrderedAt desc, m.MessageID desc limit 1) end,
           s.SpentRounds, s.SpentTokens, s.SpentCost
    from (select coalesce(s.AssistantID, c.AssistantID) as AssistantID, s.SpentRounds, s.SpentTokens, s.SpentCost
          from Sessions s join CommunicationChannels c on c.ChannelID = s.ChannelID
          where s.SessionID = session and s.ClientID = client) s;
end
$$;
