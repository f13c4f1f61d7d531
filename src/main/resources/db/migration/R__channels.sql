-- Channels as the functions of other rooms see them.

-- The client and the default broker of an active channel; no row when the channel is not 'Ativo'.
create or replace function comuta_active_channel(channel bigint) returns table (client_id bigint, broker_id bigint)
language sql stable as $$
    select c.ClientID, c.DefaultUserID from CommunicationChannels c where c.ChannelID = channel and c.Status = 'Ativo'
$$;

-- The channels of the transaction's tenant, as their providers name them. proved: the number was confirmed as the tenant's,
-- not only claimed.
create or replace function comuta_own_channels()
returns table (channel_id bigint, provider text, provider_id text, active boolean, proved boolean)
language sql stable as $$
    select c.ChannelID, c.Provider, c.ProviderID, c.Status = 'Ativo', c.Status = 'Ativo' or c.ProvedAt is not null
    from CommunicationChannels c
    where c.ClientID = current_client()
$$;

-- True when the number is that of an active channel whose client is 'Inativo'.
create or replace function comuta_number_is_suspended(provider text, provider_id text) returns boolean
language plpgsql stable as $$
begin
    return exists (
        select from CommunicationChannels c
        where c.Provider = comuta_number_is_suspended.provider
          and c.ProviderID = comuta_number_is_suspended.provider_id
          and c.Status = 'Ativo' and not comuta_client_is_active(c.ClientID));
end
$$;

-- True when the number is that of an active channel of another client than the transaction's tenant.
create or replace function comuta_number_is_of_others(provider text, provider_id text) returns boolean
language plpgsql stable as $$
begin
    return exists (
        select from CommunicationChannels c
        where c.Provider = comuta_number_is_of_others.provider
          and c.ProviderID = comuta_number_is_of_others.provider_id
          and c.Status = 'Ativo' and c.ClientID <> current_client());
end
$$;

-- True when a channel, in whatever state, has this id of its provider.
create or replace function comuta_number_is_known(provider text, provider_id text) returns boolean
language plpgsql stable as $$
begin
    return exists (
        select from CommunicationChannels c
        where c.Provider = comuta_number_is_known.provider and c.ProviderID = comuta_number_is_known.provider_id);
end
$$;

-- The type and the number of a channel, as a JSON object.
create or replace function comuta_channel_name(channel bigint) returns jsonb language sql stable as $$
    select jsonb_build_object('channelType', c.ChannelType, 'channelIdentifier', c.ChannelIdentifier)
    from CommunicationChannels c where c.ChannelID = channel
$$;

-- The broker, the assistant and the trunk of a channel.
create or replace function comuta_channel_terms(client bigint, channel bigint)
returns table (broker bigint, assistant bigint, trunk text) language sql stable as $$
    select c.DefaultUserID, c.AssistantID, c.SIPTrunkID from CommunicationChannels c
    where c.ClientID = client and c.ChannelID = channel
$$;
