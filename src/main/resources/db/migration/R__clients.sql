-- The status and the terms of a client.

-- False for a client that is 'Inativo': its numbers receive nothing, and its tasks are not run. True for null, which is
-- the platform.
create or replace function comuta_client_is_active(client bigint) returns boolean language plpgsql stable as $$
begin
    return client is null or exists (select from Clients c where c.ClientID = client and c.Status = 'Ativo');
end
$$;

-- The client's own value of a limit; null when the plan decides.
create or replace function comuta_own_limit(client bigint, limit_name text) returns bigint
language plpgsql stable as $$
begin
    return (select (c.Limits ->> limit_name)::bigint from Clients c where c.ClientID = client);
end
$$;
