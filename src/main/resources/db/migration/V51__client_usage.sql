-- What a client took in one day (UTC) of what it may have in a day; written in the transaction that takes it.
create table ClientUsage (
    ClientID bigint not null references Clients,
    LimitName text not null,
    Day date not null,
    Used bigint not null,
    primary key (ClientID, LimitName, Day)
);

alter table ClientUsage enable row level security;
alter table ClientUsage force row level security;
create policy tenant on ClientUsage to comuta_app using (ClientID = current_client())
    with check (ClientID = current_client());
grant select, insert, update, delete on ClientUsage to comuta_app, comuta_platform;
