-- What a client's assistant authenticates with at its engine: a sealed JSON object, or null.
alter table ClientAssistants add column Credentials text;
