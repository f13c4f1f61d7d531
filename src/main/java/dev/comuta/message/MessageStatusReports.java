package dev.comuta.message;

import dev.comuta.channel.Provider;
import dev.comuta.message.content.DeliveryReport;
import dev.comuta.message.content.MessageReference;
import dev.comuta.platform.db.DatabaseFailures;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/** Applies the providers' status reports about outgoing messages: sent, delivered, read, failed. */
@ApplicationScoped
public class MessageStatusReports {

    private static final String APPLY = "select comuta_receipts($1)";

    /** A provider may not repeat a report, so reports for a locked session wait longer than one statement may. */
    private static final Duration LOCK_RETRY = Duration.ofMillis(50);

    private static final int LOCK_RETRIES = 3;

    private final Transactions transactions;

    MessageStatusReports(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * A report about one message.
     *
     * @param provider the provider that reports
     * @param channelId our id of the channel that sent the message; null when the provider does not return it
     * @param channelProviderId the provider's id of the number that sent the message; required without channelId, and
     *     ignored with it
     * @param providerMessageId the provider's id of the message
     * @param message our id of the message or of its part; null when the provider does not return it
     * @param status sent, delivered, read or failed
     * @param delivery what the provider says about the delivery; null for nothing
     * @param cause the provider's code for a failure, without message text or phone numbers; may be null
     */
    public record StatusReport(
            Provider provider,
            Long channelId,
            String channelProviderId,
            String providerMessageId,
            MessageReference message,
            MessageStatus status,
            DeliveryReport delivery,
            String cause) {

        JsonObject toJson() {
            return new JsonObject()
                    .put("provider", provider.stored())
                    .put("channelId", channelId)
                    .put("providerId", channelProviderId)
                    .put("providerMessageId", providerMessageId)
                    .put("messageId", message == null ? null : message.messageId())
                    .put("part", message == null ? null : message.part())
                    .put("status", status.stored())
                    .put("delivery", delivery == null ? null : delivery.toJson())
                    .put("erro", cause);
        }
    }

    /**
     * Moves the status of messages forward, never back. A late or repeated report changes nothing, nor does a report
     * about a message of another system. Each step records an event. The result is emitted after the commit. Fails, and
     * changes nothing, when the database is unavailable or a session is locked for long; the caller may retry.
     *
     * @param reports in any order, of one tenant or many
     * @return the number of messages whose status changed
     */
    public Uni<Long> apply(List<StatusReport> reports) {
        if (reports.isEmpty()) {
            return Uni.createFrom().item(0L);
        }
        JsonArray rows = new JsonArray();
        reports.forEach(report -> rows.add(report.toJson()));
        return transactions
                .statementsAsPlatform(PlatformReason.ROUTING, tx -> tx.find(APPLY, row -> row.getLong(0), rows))
                .onFailure(DatabaseFailures::isLockTimeout)
                .retry()
                .withBackOff(LOCK_RETRY)
                .atMost(LOCK_RETRIES);
    }
}
