-- The terms of a client.

-- The client's own value of a limit; null when the plan decides.
create or replace function comuta_own_limit(client bigint, limit_name text) returns bigint
language plpgsql stable as $$
begin
    return (select (c.Limits ->> limit_name)::bigint from Clients c where c.ClientID = client);
end
$$;
