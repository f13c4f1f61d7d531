package dev.comuta.message;

import dev.comuta.alert.Alerts;
import dev.comuta.channel.Provider;
import dev.comuta.message.MessageStatusReports.StatusReport;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.problem.Problem;
import dev.comuta.session.SessionConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;

/** Stores verified deliveries that cannot be processed yet, so that they are neither lost nor rejected forever. */
@ApplicationScoped
public class ParkedMessages {

    /**
     * Skips items that are parked already, and statuses of the messages of a channel, which were applied or never will be.
     * Returns the number of new items of each number, reason and client whose own app signed them.
     */
    private static final String PARK = """
            with new_items as (
                insert into ParkedItems (Provider, ProviderID, ReceiptID, Reason, Payload)
                select provider, "providerId", receipt,
                       case when reason = 'Número desconhecido' and comuta_number_is_suspended(provider, "providerId")
                           then 'Cliente inativo' else reason end,
                       payload
                from jsonb_to_recordset($1)
                    as i(provider text, "providerId" text, receipt text, reason text, payload jsonb)
                where reason <> 'Situação desconhecida' or payload ? 'client'
                   or not comuta_number_is_known(provider, "providerId")
                on conflict (Provider, ReceiptID) do nothing
                returning Provider, ProviderID, Reason, (Payload ->> 'client')::bigint as Client)
            select n.Provider, n.ProviderID, n.Reason, n.Client, count(*)::integer as items from new_items n
            where n.Reason <> 'Aviso' group by n.Provider, n.ProviderID, n.Reason, n.Client""";

    private static final String REPLAY =
            "select * from comuta_replay($1, $2, $3, $4::double precision * interval '1 second',"
                    + " $5::double precision * interval '1 second', $6::double precision * interval '1 second')";

    private final Transactions transactions;
    private final Alerts alerts;
    private final OptOuts optOuts;
    private final ReceiveConfig config;
    private final SessionConfig sessionConfig;

    ParkedMessages(
            Transactions transactions,
            Alerts alerts,
            OptOuts optOuts,
            ReceiveConfig config,
            SessionConfig sessionConfig) {
        this.transactions = transactions;
        this.alerts = alerts;
        this.optOuts = optOuts;
        this.config = config;
        this.sessionConfig = sessionConfig;
    }

    /**
     * An item to park.
     *
     * @param providerId the provider's id of the number that the item is for; may be empty
     * @param receiptId unique among the parked items of the provider
     */
    public record Parked(Provider provider, String providerId, String receiptId, String reason, JsonObject payload) {

        private static final String UNKNOWN_NUMBER = "Número desconhecido";
        private static final String UNREADABLE = "Ilegível";
        private static final String UNKNOWN_STATUS = "Situação desconhecida";
        private static final String NOTICE = "Aviso";
        private static final String CLIENT = "client";

        /**
         * A message for a number without an active channel of an active client. It is received when there is one. Its
         * reason is stored as 'Cliente inativo' when only the client is inactive.
         */
        public static Parked ofUnknownNumber(String providerId, InboundMessage message) {
            return new Parked(
                    message.deliveryId().provider(),
                    providerId,
                    message.deliveryId().id(),
                    UNKNOWN_NUMBER,
                    message.toJson());
        }

        /** An item that cannot be parsed, stored unchanged for a person to examine. */
        public static Parked unreadable(Provider provider, String providerId, String receiptId, String raw) {
            return new Parked(provider, providerId, receiptId, UNREADABLE, new JsonObject().put("raw", raw));
        }

        /** A status of a message of a number that no channel has. It is applied when there is one. */
        public static Parked ofStatus(StatusReport report) {
            return new Parked(
                    report.provider(),
                    report.channelProviderId(),
                    "status:" + report.status().stored() + ":" + report.providerMessageId(),
                    UNKNOWN_STATUS,
                    report.toJson());
        }

        /** A notice of the provider about an account or a number, for people; it is not received later. */
        public static Parked notice(Provider provider, String providerId, String receiptId, String kind, String raw) {
            return new Parked(
                    provider,
                    providerId,
                    receiptId,
                    NOTICE,
                    new JsonObject().put("kind", kind).put("raw", raw));
        }

        /**
         * The same as an item that only this client may receive, because the client itself signed it; null for every
         * client. Its id is apart from those of other clients.
         */
        public Parked onlyFor(Long clientId) {
            return clientId == null
                    ? this
                    : new Parked(
                            provider,
                            providerId,
                            "cliente:" + clientId + ":" + receiptId,
                            reason,
                            payload.copy().put(CLIENT, clientId));
        }

        private JsonObject toJson() {
            return new JsonObject()
                    .put("provider", provider.stored())
                    .put("providerId", providerId)
                    .put("receipt", receiptId)
                    .put("reason", reason)
                    .put("payload", payload);
        }

        @Override
        public String toString() {
            return "Parked[provider=" + provider.stored() + ", reason=" + reason + "]";
        }
    }

    /**
     * Parks items. They raise an alert for each number and reason, which counts all of them: of the platform, or of the
     * client that alone may receive them. Notices raise none. An item that is already parked changes nothing. Completes
     * after the commit. Fails, and parks none, when the database is unavailable. The caller may retry.
     */
    public Uni<Void> park(List<Parked> items) {
        if (items.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        JsonArray rows = new JsonArray();
        items.forEach(item -> rows.add(item.toJson()));
        return transactions.statementsAsPlatform(
                PlatformReason.ROUTING, tx -> tx.sql(PARK, rows).chain(parked -> raiseAlerts(tx, parked)));
    }

    /** One alert after the other: a transaction runs one statement at a time. */
    private Uni<Void> raiseAlerts(Tx tx, Iterable<Row> parked) {
        Uni<Void> raised = Uni.createFrom().voidItem();
        for (Row row : parked) {
            raised = raised.chain(() -> raiseAlert(tx, row));
        }
        return raised;
    }

    private Uni<Void> raiseAlert(Tx tx, Row row) {
        String number = row.getString("provider") + "/" + row.getString("providerid");
        String reason = row.getString("reason");
        return alerts.raise(
                tx,
                row.getLong("client"),
                null,
                "estacionado/" + number + "/" + reason,
                "Itens estacionados para " + number + ": " + reason.toLowerCase(Locale.ROOT),
                row.getInteger("items"));
    }

    /**
     * Receives the parked items of a channel's number, in the channel's tenant, oldest first.
     *
     * @param atMost the largest number of items
     * @return the number of received items
     */
    Uni<Integer> replay(Tx tx, long channelId, int atMost) {
        return replay(tx, channelId, null, atMost).map(List::size);
    }

    /**
     * Receives one parked item of a channel's number, in the channel's tenant. The item remains when it is no message or
     * status of that number, or when the channel or its client is inactive.
     *
     * @return what became of a message; null for anything else
     */
    public Uni<Received> replayOne(Tx tx, long channelId, long parkedId) {
        return replay(tx, channelId, parkedId, 1).map(received -> received.isEmpty() ? null : received.getFirst());
    }

    private Uni<List<Received>> replay(Tx tx, long channelId, Long parkedId, int atMost) {
        double idle = sessionConfig.idleTime().toSeconds();
        double longest = sessionConfig.longestLife().toSeconds();
        return tx.sql(
                        REPLAY,
                        channelId,
                        parkedId,
                        atMost,
                        (double) config.answerAge().toSeconds(),
                        idle,
                        longest)
                .map(rows -> InboundMessages.read(item -> tx, rows, rows.size()))
                .invoke(ParkedMessages::requireKnown)
                .call(received -> optOuts.apply(tx, received));
    }

    /** A channel that was deactivated between two statements must not lose its items. */
    private static void requireKnown(List<Received> received) {
        if (received.stream().anyMatch(one -> one.outcome() == Received.Outcome.UNKNOWN)) {
            throw Problem.unavailable("the channel has just been changed", null);
        }
    }
}
