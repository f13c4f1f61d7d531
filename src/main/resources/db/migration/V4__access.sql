-- API keys and sign-in links.

-- A key belongs to a client, to one of its internal users, or to the platform (no client). It may be limited to scopes,
-- expire, and be replaced by another key that is valid beside it for a while.
create table ApiKeys (
    ApiKeyID bigint generated always as identity primary key,
    ClientID bigint references Clients,
    UserID bigint,
    KeyName text not null,
    KeyPrefix text not null,
    KeyHash bytea not null unique,
    -- null: the role of the user
    Role text default 'Administrador',
    -- separated by spaces (as in RFC 6749); null: everything that the role allows
    Scopes text,
    ReplacedBy bigint,
    ExpiresAt timestamptz,
    RevokedAt timestamptz,
    LastUsedAt timestamptz,
    Version integer not null default 0,
    CreatedAt timestamptz not null default now(),
    foreign key (ClientID, UserID) references ClientUsers (ClientID, UserID),
    constraint ApiKeys_owner check (
        (ClientID is null) = (Role is not distinct from 'Plataforma') and (UserID is null) = (Role is not null))
);
create index ApiKeys_by_client on ApiKeys (ClientID, ApiKeyID);
create index ApiKeys_by_expiry on ApiKeys (ExpiresAt) where ExpiresAt is not null;

-- Sign-in links. The token of a link is made from its nonce and the server's key. The token is not stored; its hash is.
-- A link is valid once, for 15 minutes.
create table SignInLinks (
    LinkID bigint generated always as identity primary key,
    ClientID bigint not null references Clients,
    UserID bigint not null,
    Nonce text not null,
    TokenHash bytea not null unique,
    CreatedAt timestamptz not null default now(),
    UsedAt timestamptz,
    foreign key (ClientID, UserID) references ClientUsers (ClientID, UserID)
);
create index SignInLinks_by_user on SignInLinks (ClientID, UserID, CreatedAt);
