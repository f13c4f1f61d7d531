package dev.comuta.message;

import dev.comuta.message.OutboundMessages.Draft;
import dev.comuta.message.content.Content;
import dev.comuta.people.consent.KeptRevocations;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.session.SessionRef;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Revokes the consent of an end user who sends an opt-out word, in the transaction that stores the message, so that no
 * notification is sent in between. The first opt-out is confirmed once, unless its
 * message is so old that the window has ended; no turn answers it. An opt-in word grants the
 * consent to an end user who had opted out, and is otherwise a message like any other. In a group the words mean nothing.
 */
@ApplicationScoped
class OptOuts {

    private static final String SHORT_TEXTS = """
            select MessageID, Content from Messages where MessageID = any ($1) and length(Content) <= $2
              and Context ->> 'groupId' is null""";

    private static final String REVOKE = "select client_id, session_id from comuta_opt_out($1)";
    private static final String WRITERS = "select client_id, end_user_id from comuta_message_writers($1)";

    private static final String GRANT = "select comuta_opt_in($1)";

    private final OptOutWords optOut;
    private final OptOutWords optIn;
    private final String answer;
    private final OutboundMessages outbound;
    private final KeptRevocations kept;

    OptOuts(ReceiveConfig config, OutboundMessages outbound, KeptRevocations kept) {
        this.optOut = new OptOutWords(config.optOutWords());
        this.optIn = new OptOutWords(config.optInWords());
        this.answer = config.optOutAnswer();
        this.outbound = outbound;
        this.kept = kept;
    }

    /** A message that was stored now. */
    private record Text(long messageId, String content) {}

    private record Writer(long clientId, long endUserId) {}

    /**
     * Compares the texts in memory, so that messages without an opt-out word need no statement.
     *
     * @param received the result of each message, in their order
     */
    Uni<Void> apply(Tx tx, List<InboundMessage> messages, List<Received> received) {
        return applyTexts(
                tx,
                IntStream.range(0, messages.size())
                        .filter(i -> received.get(i).outcome() == Received.Outcome.ACCEPTED)
                        .filter(i -> !messages.get(i).past())
                        .filter(i -> messages.get(i).context().groupId() == null)
                        .mapToObj(i -> new Text(
                                received.get(i).messageId(),
                                messages.get(i).content().readableText()))
                        .toList());
    }

    /** The same for messages whose texts are only in the database. */
    Uni<Void> apply(Tx tx, List<Received> received) {
        Long[] ids = received.stream()
                .filter(one -> one.outcome() == Received.Outcome.ACCEPTED)
                .map(Received::messageId)
                .toArray(Long[]::new);
        int longest = Math.max(optOut.maxLength(), optIn.maxLength());
        return ids.length == 0
                ? Uni.createFrom().voidItem()
                : tx.list(SHORT_TEXTS, OptOuts::text, ids, longest).chain(texts -> applyTexts(tx, texts));
    }

    private static Text text(Row row) {
        return new Text(row.getLong("messageid"), row.getString("content"));
    }

    private Uni<Void> applyTexts(Tx tx, List<Text> texts) {
        return Unis.when(!of(optOut, texts).isEmpty(), () -> revoke(tx, of(optOut, texts)))
                .chain(() -> Unis.when(!of(optIn, texts).isEmpty(), () -> grant(tx, of(optIn, texts))));
    }

    private static List<Long> of(OptOutWords words, List<Text> texts) {
        return texts.stream()
                .filter(text -> words.matches(text.content()))
                .map(Text::messageId)
                .toList();
    }

    private Uni<Void> revoke(Tx tx, List<Long> messages) {
        return tx.list(REVOKE, row -> new SessionRef(row.getLong("client_id"), row.getLong("session_id")), (Object)
                        messages.toArray(Long[]::new))
                .chain(sessions -> InOrder.each(sessions, session -> confirm(tx, session)));
    }

    private Uni<Void> confirm(Tx tx, SessionRef session) {
        Draft draft = new Draft(session, SenderType.ASSISTANT, new Content.Text(answer), null);
        return outbound.writeInWindow(tx, draft);
    }

    /** A person who opted out, and was erased, opts in too. */
    private Uni<Void> grant(Tx tx, List<Long> messages) {
        Long[] ids = messages.toArray(Long[]::new);
        return tx.list(WRITERS, row -> new Writer(row.getLong("client_id"), row.getLong("end_user_id")), (Object) ids)
                .chain(writers ->
                        InOrder.each(writers, writer -> kept.restore(tx, writer.clientId(), writer.endUserId())))
                .chain(() -> tx.execute(GRANT, (Object) ids))
                .replaceWithVoid();
    }
}
