-- The numbers on which clients are reached.

create table CommunicationChannels (
    ChannelID bigint generated always as identity primary key,
    ClientID bigint not null references Clients,
    ChannelType text not null,
    ChannelIdentifier text not null,
    -- one for all forms of the number
    NumberKey text not null generated always as (comuta_number_key(ChannelIdentifier)) stored,
    Status text not null default 'Pendente',
    -- when the provider or the platform last confirmed that the number is the client's; null when none has
    ProvedAt timestamptz,
    Provider text not null default 'Gateway',
    ProviderID text,
    OutboundUrl text,
    WebhookSecret text,
    PreviousWebhookSecret text,
    -- when the previous secret expires
    PreviousSecretUntil timestamptz,
    -- a JSON object
    Credentials text,
    SIPTrunkID text,
    DefaultUserID bigint,
    AssistantID bigint,
    -- what the channel does otherwise than the configuration says (ChannelSettings)
    Settings jsonb not null default '{}' check (jsonb_typeof(Settings) = 'object'),
    -- the provider's id of the account that has the number, as it was last reported; null when none was
    ProviderAccount text,
    -- what the provider reports about the channel: 'Normal', 'Restrito', 'Bloqueado'; the source that reported it, and its words
    Condition text not null default 'Normal' check (Condition in ('Normal', 'Restrito', 'Bloqueado')),
    ConditionSource text,
    ConditionCause text,
    ConditionAt timestamptz,
    -- about when the last delivery for the number arrived; null when none has
    LastWebhookAt timestamptz,
    Version integer not null default 0,
    CreatedAt timestamptz not null default now(),
    UpdatedAt timestamptz,
    unique (ClientID, ChannelID),
    foreign key (ClientID, DefaultUserID) references ClientUsers (ClientID, UserID),
    foreign key (ClientID, AssistantID) references ClientAssistants (ClientID, AssistantID)
);
create unique index CommunicationChannels_active_number
    on CommunicationChannels (ChannelType, NumberKey) where Status = 'Ativo';
create unique index CommunicationChannels_active_provider_id
    on CommunicationChannels (Provider, ProviderID) where Status = 'Ativo' and ProviderID is not null;
create index CommunicationChannels_by_account
    on CommunicationChannels (Provider, ProviderAccount) where Status = 'Ativo' and ProviderAccount is not null;
create unique index CommunicationChannels_number_in_client
    on CommunicationChannels (ClientID, ChannelType, NumberKey) where Status <> 'Inativo';
comment on column CommunicationChannels.WebhookSecret is 'sealed';
comment on column CommunicationChannels.PreviousWebhookSecret is 'sealed';
comment on column CommunicationChannels.Credentials is 'sealed';

-- Templates of messages as the provider's account of a channel has them.
create table Templates (
    TemplateID bigint generated always as identity primary key,
    ClientID bigint not null references Clients,
    ChannelID bigint not null,
    Name text not null,
    Language text not null,
    Category text not null,
    Status text not null check (
        Status in ('Pendente', 'Aprovado', 'Rejeitado', 'Pausado', 'Desativado', 'Falhou', 'Excluído')),
    -- 'Alta', 'Média', 'Baixa'; null when the provider does not rate it
    Quality text,
    -- why it was rejected, paused or not created, in the provider's words
    Reason text,
    -- {"parts": […]} (TemplateComponent)
    Components jsonb not null check (jsonb_typeof(Components) = 'object'),
    -- the provider's id; null while it is not created there
    ProviderID text,
    -- increases when Components change
    Version integer not null default 0,
    CreatedAt timestamptz not null default clock_timestamp(),
    UpdatedAt timestamptz,
    foreign key (ClientID, ChannelID) references CommunicationChannels (ClientID, ChannelID)
);
create unique index Templates_name on Templates (ClientID, ChannelID, Name, Language) where Status <> 'Excluído';
-- Reports of a provider name the template by its id.
create index Templates_by_provider_id on Templates (ProviderID) where ProviderID is not null;
