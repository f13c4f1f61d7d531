package dev.comuta.message;

import dev.comuta.channel.Provider;
import dev.comuta.platform.db.DatabaseFailures;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What providers report about messages that they took: sent, delivered, read, failed. */
@ApplicationScoped
public class MessageStatusReports {

    private static final String APPLY = "select comuta_receipts($1)";
    private static final String DEADLOCK = "40P01";
    private static final int DEADLOCK_RETRIES = 3;

    private final Transactions transactions;

    MessageStatusReports(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * A report about one message.
     *
     * @param provider whose report it is
     * @param channelId our id of the channel that sent it, when the provider gives it back; may be null
     * @param channelProviderId the provider's id of the number that sent it; counts, and must be there, without channelId
     * @param providerMessageId the provider's id of the message
     * @param messageId ours, when the provider gives it back; may be null
     * @param status sent, delivered, read or failed
     * @param cause why it failed, a code without text or numbers of people; may be null
     */
    public record StatusReport(
            Provider provider,
            Long channelId,
            String channelProviderId,
            String providerMessageId,
            Long messageId,
            MessageStatus status,
            String cause) {

        private JsonObject toJson() {
            return new JsonObject()
                    .put("provider", provider.stored())
                    .put("channelId", channelId)
                    .put("providerId", channelProviderId)
                    .put("providerMessageId", providerMessageId)
                    .put("messageId", messageId)
                    .put("status", status.stored())
                    .put("erro", cause);
        }
    }

    /**
     * Moves messages forward, never back: a late or repeated report changes nothing, nor does one about a message that is
     * not ours. Each step is an event. When the answer is there it is committed; fails, having changed nothing, when the
     * database is away (may be tried again).
     *
     * @param reports in any order, of one tenant or many
     * @return how many messages moved
     */
    public Uni<Long> apply(List<StatusReport> reports) {
        if (reports.isEmpty()) {
            return Uni.createFrom().item(0L);
        }
        JsonArray rows = new JsonArray();
        reports.forEach(report -> rows.add(report.toJson()));
        return transactions
                .statementsAsPlatform(PlatformReason.ROUTING, tx -> tx.find(APPLY, row -> row.getLong(0), rows))
                .onFailure(MessageStatusReports::isDeadlock)
                .retry()
                .atMost(DEADLOCK_RETRIES);
    }

    /** Messages that come in hold sessions in another order, that of their contacts. */
    private static boolean isDeadlock(Throwable failure) {
        return DEADLOCK.equals(DatabaseFailures.sqlState(failure));
    }
}
