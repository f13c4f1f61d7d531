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
create unique index CommunicationChannels_number_in_client
    on CommunicationChannels (ClientID, ChannelType, NumberKey) where Status <> 'Inativo';
comment on column CommunicationChannels.WebhookSecret is 'sealed';
comment on column CommunicationChannels.PreviousWebhookSecret is 'sealed';
comment on column CommunicationChannels.Credentials is 'sealed';
