-- The platform's catalogue of assistants, the assistants of each client, and their tools. A column with the comment
-- 'sealed' holds encrypted text; the rotation of the master key finds it by this comment.

create table Assistants (
    AssistantID bigint generated always as identity primary key,
    AssistantName text not null,
    Specialization text,
    ImplementationReference text not null,
    Configuration jsonb,
    Version integer not null default 0,
    CreatedAt timestamptz not null default now(),
    UpdatedAt timestamptz
);

create table ClientAssistants (
    ClientAssistantID bigint generated always as identity primary key,
    ClientID bigint not null references Clients,
    AssistantID bigint not null references Assistants,
    Configuration jsonb,
    -- a JSON object with which the client's assistant authenticates at its engine
    Credentials text,
    Version integer not null default 0,
    CreatedAt timestamptz not null default now(),
    UpdatedAt timestamptz,
    unique (ClientID, AssistantID)
);
comment on column ClientAssistants.Credentials is 'sealed';

create table AssistantTools (
    ToolID bigint generated always as identity primary key,
    ClientID bigint not null,
    AssistantID bigint not null,
    ToolName text not null,
    TaskType text not null,
    Description text,
    Configuration jsonb not null,
    Credentials text,
    Version integer not null default 0,
    CreatedAt timestamptz not null default now(),
    UpdatedAt timestamptz,
    unique (ClientID, AssistantID, ToolName),
    foreign key (ClientID, AssistantID) references ClientAssistants (ClientID, AssistantID)
);
comment on column AssistantTools.Credentials is 'sealed';
