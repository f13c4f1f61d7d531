-- Links by which people sign in. The token of a link is made from its nonce and the server's key: it is stored nowhere, and
-- is known again by its fingerprint. A link is good once, for 15 minutes.
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
create index ClientUsers_by_email on ClientUsers (lower(Email)) where Status = 'Ativo';

alter table SignInLinks enable row level security;
create policy tenant on SignInLinks to comuta_app using (ClientID = current_client())
    with check (ClientID = current_client());
create policy own_rows on SignInLinks as restrictive to comuta_app using (current_own_user() is null);
grant select, insert, update, delete on SignInLinks to comuta_app, comuta_platform;
