-- The state of an assistant of a client: the text changes whenever the assistant, its use by the client, or one of its
-- tools changes. Null when the client does not have the assistant. In PL/pgSQL, which keeps its plan: before PostgreSQL 18
-- a function in SQL is planned at every call.
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
