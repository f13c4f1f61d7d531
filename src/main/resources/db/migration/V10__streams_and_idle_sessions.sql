-- The event stream and the list of a client's events go by (Tx, EventID): identity values do not commit in order, so a
-- reader who goes by them alone can pass over a row whose transaction ends later. Events is on the hot path: this index
-- takes the place of (ClientID, EventID), which nobody needs beside it, so that an event still costs three index entries.
-- It serves the live stream as well, which asks for each tenant that somebody listens to.
create index Events_by_client_tx on Events (ClientID, Tx, EventID);
drop index Events_by_client;

-- The job that ends idle sessions looks at open ones that began long ago. StartTime never changes, so that a message's
-- update of LastMessageAt stays a heap-only one, which an index on that column would end.
create index Sessions_open_since on Sessions (StartTime) where EndTime is null and SessionType = 'Conversa';
