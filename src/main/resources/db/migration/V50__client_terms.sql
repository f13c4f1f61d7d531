-- What the platform agreed with one client beside its plan. AllowedHosts: a JSON array of hosts in private networks that
-- the client's URLs may lead to. Limits: a JSON object, name of a limit -> value; what it leaves out is the plan's.
alter table Clients
    add column AllowedHosts jsonb not null default '[]',
    add column Limits jsonb not null default '{}';
