package dev.comuta.message;

import dev.comuta.message.content.AudioTranscript;
import dev.comuta.message.content.Content;
import dev.comuta.message.content.ContentColumns;
import dev.comuta.message.content.DeliveryReport;
import dev.comuta.message.content.MessageContext;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.rest.Cursor;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import dev.comuta.session.SessionRef;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Reads the messages of a session in the order of the transcript, each with its changes. */
final class Transcript {

    /** An earlier or later time of the provider is wrong. */
    private static final Duration MAX_AGE = Duration.ofDays(30);

    private static final Duration MAX_LEAD = Duration.ofMinutes(2);

    private static final String SELECT = """
            select m.MessageID, m.SessionID, m.SenderType, m.SenderUserID, m.ContentType, m.Content, m.Timestamp,
                   case when m.Target is null then m.ContentData
                        else m.ContentData || jsonb_build_object('target', comuta_shown_id(m.ClientID, m.Target))
                   end as ContentData,
                   m.OrderedAt, coalesce(m.ProviderMessageID, parts.ids[1]) as ProviderMessageID, m.ProviderTimestamp,
                   m.Context, case when m.Context ? 'replyTo'
                       then comuta_shown_id(m.ClientID, m.Context ->> 'replyTo') end as RepliedTo, m.Status, m.Delivery, m.Heard,
                   m.TurnTaskID,
                   (select jsonb_agg(jsonb_build_array(c.ContentType, c.Content, c.SenderType, c.OrderedAt, c.Target)
                                     order by c.OrderedAt, c.MessageID)
                    from Messages c
                    where c.ClientID = m.ClientID and c.Target = any (coalesce(parts.ids, array[m.ProviderMessageID]))
                      and comuta_same_conversation(c.ClientID, c.SessionID, m.SessionID)) as changes,
                   case when m.ContentType = 'Áudio' then (
                       select to_jsonb(t) from Transcripts t
                       where t.MessageID = m.MessageID and t.ClientID = m.ClientID
                       order by t.TranscriptID desc limit 1) end as transcript
            from Messages m
            left join lateral (
                select array_agg(p.ProviderMessageID order by p.No) as ids
                from MessageParts p
                where p.MessageID = m.MessageID and p.ClientID = m.ClientID and p.ProviderMessageID is not null
                  and m.ProviderMessageID is null and m.SenderType <> 'Usuário-Cliente') parts on true
            where m.SessionID = $1 and m.ClientID = $2""";

    private static final String PAGE = SELECT + """

              and ($3::text is null or m.SenderType = $3) and ($4::text is null or m.ContentType = $4)
              and ($5::text is null or m.Status = $5) and (m.OrderedAt, m.MessageID) > ($6, $7)
            order by m.OrderedAt, m.MessageID limit $8""";

    private static final String ONE = SELECT + " and m.MessageID = $3";

    private Transcript() {}

    /** A message and its place in the transcript. */
    private record Placed(MessageView message, Instant at) {

        static Placed of(Row row) {
            return new Placed(view(row), instant(row, "orderedat"));
        }

        String cursor() {
            return Cursor.of(ChronoUnit.MICROS.between(Instant.EPOCH, at), message.messageId());
        }
    }

    /** One page. Fails with a problem when the page request is invalid. */
    static Uni<Page<MessageView>> page(Tx tx, SessionRef session, PageRequest request, MessageFilter filter) {
        long[] key = request.after() == null ? new long[2] : Cursor.key("after", request.after(), 2);
        int size = request.size();
        return tx.list(
                        PAGE,
                        Placed::of,
                        session.sessionId(),
                        session.clientId(),
                        filter.senderType(),
                        filter.contentType(),
                        filter.status(),
                        Instant.EPOCH.plus(key[0], ChronoUnit.MICROS).atOffset(ZoneOffset.UTC),
                        key[1],
                        size + 1)
                .map(rows -> cut(rows, size));
    }

    /** One message. Fails with 404 when the session has no such message. */
    static Uni<MessageView> get(Tx tx, SessionRef session, long messageId) {
        return tx.get(ONE, Transcript::view, "message", session.sessionId(), session.clientId(), messageId);
    }

    private static Page<MessageView> cut(List<Placed> rows, int size) {
        boolean more = rows.size() > size;
        List<Placed> items = more ? rows.subList(0, size) : rows;
        return new Page<>(
                items.stream().map(Placed::message).toList(),
                more ? items.getLast().cursor() : null);
    }

    private static MessageView view(Row row) {
        Instant storedAt = instant(row, "timestamp");
        String senderType = row.getString("sendertype");
        MessageContext context = MessageContext.read(row.getJsonObject("context"));
        Content content = ContentColumns.read(
                row.getString("contenttype"), row.getString("content"), row.getJsonObject("contentdata"));
        MessageChanges changes = MessageChanges.of(content, senderType, row.getJsonArray("changes"));
        return new MessageView(
                row.getLong("messageid"),
                row.getLong("sessionid"),
                senderType,
                row.getLong("senderuserid"),
                changes.content(),
                AudioTranscript.of(row.getJsonObject("transcript")),
                storedAt,
                plausible(instant(row, "providertimestamp"), storedAt),
                row.getString("providermessageid"),
                context.replyTo() == null ? null : row.getString("repliedto"),
                context.forwarded(),
                context.groupId(),
                context.referral(),
                changes.reactions(),
                changes.editedAt(),
                changes.texts(),
                changes.revokedAt(),
                row.getString("status"),
                DeliveryReport.of(row.getJsonObject("delivery"), row.getString("status")),
                row.getString("heard"),
                row.getLong("turntaskid"));
    }

    private static Instant plausible(Instant sent, Instant stored) {
        return sent == null || sent.isAfter(stored.plus(MAX_LEAD)) || sent.isBefore(stored.minus(MAX_AGE))
                ? null
                : sent;
    }

    private static Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
