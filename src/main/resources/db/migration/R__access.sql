-- The callers that keys identify, for the keys among the given ones that are valid.
create or replace function comuta_valid_keys(keys bigint[])
returns table (api_key_id bigint, client_id bigint, user_id bigint, role text, scopes text)
language sql stable as $$
    select k.ApiKeyID, k.ClientID, k.UserID, coalesce(k.Role, u.UserRole), k.Scopes
    from ApiKeys k
    left join Clients c on c.ClientID = k.ClientID
    left join ClientUsers u on u.ClientID = k.ClientID and u.UserID = k.UserID
    where k.ApiKeyID = any (keys) and k.RevokedAt is null and (k.ExpiresAt is null or k.ExpiresAt > now())
      and (k.ClientID is null or c.Status = 'Ativo')
      and (k.UserID is null or u.Status = 'Ativo' and u.UserRole <> 'Plataforma')
$$;

-- The caller that a key identifies, by the key's hash; no row when no such key is valid.
create or replace function comuta_caller(fingerprint bytea)
returns table (api_key_id bigint, client_id bigint, user_id bigint, role text, scopes text)
language sql stable as $$
    select * from comuta_valid_keys(array(select k.ApiKeyID from ApiKeys k where k.KeyHash = fingerprint))
$$;
