package dev.comuta.message;

import dev.comuta.people.Consents;
import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * Takes end users at their word who ask to be left alone, in the transaction that stores their message: no notification
 * can slip in between. Nearly no message asks for it, and what does not costs no statement.
 */
@ApplicationScoped
class OptOuts {

    private static final String SHORT_TEXTS = """
            select MessageID, Content from Messages where MessageID = any ($1) and length(Content) <= $2""";

    private final Consents consents;
    private final OptOutWords words;

    OptOuts(Consents consents, ReceiveConfig config) {
        this.consents = consents;
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
        return consents.optOut(tx, ids);
    }

    /** The same for messages whose texts are in the database alone. */
    Uni<Void> apply(Tx tx, List<Received> received) {
        Long[] ids = received.stream()
                .filter(one -> one.outcome() == Received.Outcome.ACCEPTED)
                .map(Received::messageId)
                .toArray(Long[]::new);
        return ids.length == 0
                ? Uni.createFrom().voidItem()
                : tx.sql(SHORT_TEXTS, ids, words.longest()).chain(rows -> consents.optOut(tx, asking(rows)));
    }

    private List<Long> asking(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .filter(row -> words.are(row.getString("content")))
                .map(row -> row.getLong("messageid"))
                .toList();
    }
}
