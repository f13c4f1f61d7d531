-- Speech to text: what each client wants, and what was said in audio files of messages (docs/adr/0032).

-- One row for a client that has changed a setting; without a row nothing is transcribed.
create table TranscriptionSettings (
    ClientID bigint primary key references Clients,
    Enabled boolean not null default false,
    -- the client's own API and model; null for the platform's
    BaseUrl text,
    Model text,
    -- the client's own key
    Credentials text,
    Language text,
    -- words that voice notes may contain
    Hints jsonb not null default '[]' check (jsonb_typeof(Hints) = 'array'),
    -- what the end user gets when a voice note cannot be transcribed; null for nothing
    FailureText text,
    -- whether results of tasks have personal numbers and addresses removed
    Redaction boolean not null default false,
    -- the longest audio of the model, when it is not known here
    MaxSeconds integer check (MaxSeconds > 0),
    PricePerMinute numeric check (PricePerMinute >= 0),
    Version integer not null default 0,
    UpdatedAt timestamptz
);
comment on column TranscriptionSettings.Credentials is 'sealed';

-- Transcripts of audio files; the newest one of a message applies, and earlier ones are kept.
create table Transcripts (
    TranscriptID bigint generated always as identity primary key,
    ClientID bigint not null references Clients,
    SessionID bigint not null,
    MessageID bigint not null,
    -- the task that made it
    TaskID bigint not null,
    -- empty when nothing was said
    Text text not null,
    -- null when the client wants no redaction
    RedactedText text,
    -- [{"start": seconds, "end": seconds, "text": text, "speaker": name}]
    Segments jsonb not null default '[]' check (jsonb_typeof(Segments) = 'array'),
    Language text,
    Seconds double precision,
    -- null when the file has no sound, so that no model was asked
    Model text,
    Cost numeric,
    CreatedAt timestamptz not null default now(),
    foreign key (ClientID, SessionID) references Sessions (ClientID, SessionID) on delete cascade
);
create index Transcripts_by_message on Transcripts (MessageID, TranscriptID);
create index Transcripts_by_session on Transcripts (SessionID);
