package dev.comuta.message;

import dev.comuta.session.SessionConfig;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;

/** The parameters of {@code comuta_receive}: one array per column, one element per message. */
final class InboundRows {

    static final String RECEIVE =
            "select * from comuta_receive($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,"
                    + " $15, $16, $17, $18, $19::double precision * interval '1 second',"
                    + " $20::double precision * interval '1 second', $21::double precision * interval '1 second')";

    private InboundRows() {}

    /**
     * The parameters of {@link #RECEIVE}.
     *
     * @param traceParents one per message; null for a message that is not traced
     */
    static Object[] of(
            List<InboundMessage> messages, String[] traceParents, ReceiveConfig config, SessionConfig sessions) {
        return new Object[] {
            messages.stream().map(InboundMessage::channelId).toArray(Long[]::new),
            texts(messages, message -> message.contact().kind()),
            texts(messages, message -> message.contact().key()),
            texts(messages, message -> message.contact().phone()),
            texts(messages, message -> message.contact().name()),
            texts(messages, message -> message.deliveryId().provider().stored()),
            texts(messages, message -> message.deliveryId().id()),
            texts(messages, message -> message.content().contentType()),
            texts(messages, message -> message.content().readableText()),
            texts(messages, message -> encode(message.content().data())),
            texts(messages, message -> encode(message.raw())),
            texts(messages, message -> message.deliveryId().messageId()),
            messages.stream().map(message -> time(message.providerTime())).toArray(OffsetDateTime[]::new),
            traceParents,
            texts(messages, message -> encode(message.context().toJson())),
            messages.stream().map(InboundMessage::asksForAnswer).toArray(Boolean[]::new),
            messages.stream().map(message -> (int) message.window().toHours()).toArray(Integer[]::new),
            texts(messages, message -> message.sender().stored()),
            (double) config.answerAge().toSeconds(),
            (double) sessions.idleTime().toSeconds(),
            (double) sessions.longestLife().toSeconds()
        };
    }

    private static String[] texts(List<InboundMessage> messages, Function<InboundMessage, String> column) {
        return messages.stream().map(column).toArray(String[]::new);
    }

    private static String encode(JsonObject json) {
        return json == null ? null : json.encode();
    }

    private static OffsetDateTime time(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
