package dev.comuta.message;

import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Revokes the consent of an end user who sends an opt-out word, in the transaction that stores the message, so that no
 * notification is sent in between.
 */
@ApplicationScoped
class OptOuts {

    private static final String SHORT_TEXTS = """
            select MessageID, Content from Messages where MessageID = any ($1) and length(Content) <= $2""";

    private static final String REVOKE = "select comuta_opt_out($1)";

    private final OptOutWords words;

    OptOuts(ReceiveConfig config) {
        this.words = new OptOutWords(config.optOutWords());
    }

    /**
     * Compares the texts in memory, so that messages without an opt-out word need no statement.
     *
     * @param received the result of each message, in their order
     */
    Uni<Void> apply(Tx tx, List<InboundMessage> messages, List<Received> received) {
        List<Long> ids = IntStream.range(0, messages.size())
                .filter(i -> words.matches(messages.get(i).content().readableText()))
                .mapToObj(received::get)
                .filter(one -> one.outcome() == Received.Outcome.ACCEPTED)
                .map(Received::messageId)
                .toList();
        return revoke(tx, ids);
    }

    /** The same for messages whose texts are only in the database. */
    Uni<Void> apply(Tx tx, List<Received> received) {
        Long[] ids = received.stream()
                .filter(one -> one.outcome() == Received.Outcome.ACCEPTED)
                .map(Received::messageId)
                .toArray(Long[]::new);
        return ids.length == 0
                ? Uni.createFrom().voidItem()
                : tx.list(SHORT_TEXTS, row -> row, ids, words.maxLength()).chain(rows -> revoke(tx, findOptOuts(rows)));
    }

    private List<Long> findOptOuts(List<Row> rows) {
        return rows.stream()
                .filter(row -> words.matches(row.getString("content")))
                .map(row -> row.getLong("messageid"))
                .toList();
    }

    private static Uni<Void> revoke(Tx tx, List<Long> messageIds) {
        return Unis.when(!messageIds.isEmpty(), () -> tx.execute(REVOKE, (Object) messageIds.toArray(Long[]::new))
                .replaceWithVoid());
    }
}
