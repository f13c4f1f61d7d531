-- A provider's status names our outgoing message by the provider's id. No column of the index ever changes once it is
-- set, and inbound messages, which nobody looks up, stay out of it.
create index if not exists Messages_by_provider_id on Messages (ProviderMessageID)
    where SenderType <> 'Usuário-Cliente' and ProviderMessageID is not null;
