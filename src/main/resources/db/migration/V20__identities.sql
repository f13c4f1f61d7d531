-- A key belongs to a client, to one of its internal users, or to the platform (no client). It may be narrowed to scopes,
-- end by itself, and be replaced by another that is in force beside it for a while.
alter table ApiKeys
    alter column ClientID drop not null,
    add column UserID bigint,
    -- null: the role of the user
    add column Role text default 'Administrador',
    -- words between spaces (as in RFC 6749); null: all that the role allows
    add column Scopes text,
    add column LastUsedAt timestamptz,
    add column ReplacedBy bigint,
    add foreign key (ClientID, UserID) references ClientUsers (ClientID, UserID),
    add constraint ApiKeys_owner check (
        (ClientID is null) = (Role is not distinct from 'Plataforma') and (UserID is null) = (Role is not null));

-- Who calls with the key of this fingerprint; no row when no such key is in force.
create function comuta_caller(fingerprint bytea)
returns table (api_key_id bigint, client_id bigint, user_id bigint, role text, scopes text)
language sql stable as $$
    select k.ApiKeyID, k.ClientID, k.UserID, coalesce(k.Role, u.UserRole), k.Scopes
    from ApiKeys k
    left join Clients c on c.ClientID = k.ClientID
    left join ClientUsers u on u.ClientID = k.ClientID and u.UserID = k.UserID
    where k.KeyHash = fingerprint and k.RevokedAt is null and (k.ExpiresAt is null or k.ExpiresAt > now())
      and (k.ClientID is null or c.Status = 'Ativo')
      and (k.UserID is null or u.Status = 'Ativo' and u.UserRole <> 'Plataforma')
$$;
