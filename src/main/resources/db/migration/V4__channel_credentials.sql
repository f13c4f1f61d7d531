alter table CommunicationChannels add column if not exists Credentials text;
