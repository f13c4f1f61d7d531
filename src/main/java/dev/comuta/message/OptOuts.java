package dev.comuta.message;

import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Applies opt-out words in the transaction that stores the message, so that no notification is sent in between. A message
 * without such a word costs no statement.
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

    /** @param received what became of each message, in their order */
    Uni<Void> apply(Tx tx, List<InboundMessage> messages, List<Received> received) {
        List<Long> ids = IntStream.range(0, messages.size())
                .filter(i -> words.are(messages.get(i).content().readableText()))
                .mapToObj(received::get)
                .filter(one -> one.outcome() == Received.Outcome.ACCEPTED)
                .map(Received::messageId)
                .toList();
        return revoke(tx, ids);
    }

    /** The same for messages whose texts are in the database alone. */
    Uni<Void> apply(Tx tx, List<Received> received) {
        Long[] ids = received.stream()
                .filter(one -> one.outcome() == Received.Outcome.ACCEPTED)
                .map(Received::messageId)
                .toArray(Long[]::new);
        return ids.length == 0
                ? Uni.createFrom().voidItem()
                : tx.list(SHORT_TEXTS, row -> row, ids, words.longest()).chain(rows -> revoke(tx, asking(rows)));
    }

    private List<Long> asking(List<Row> rows) {
        return rows.stream()
                .filter(row -> words.are(row.getString("content")))
                .map(row -> row.getLong("messageid"))
                .toList();
    }

    private static Uni<Void> revoke(Tx tx, List<Long> messageIds) {
        return Unis.when(!messageIds.isEmpty(), () -> tx.execute(REVOKE, (Object) messageIds.toArray(Long[]::new))
                .replaceWithVoid());
    }
}
