package dev.comuta.message;

import dev.comuta.alert.Alerts;
import dev.comuta.channel.Provider;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.session.SessionConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;

/** Keeps what a verified provider delivered and what has no place: it must be neither lost nor refused for ever. */
@ApplicationScoped
public class ParkedMessages {

    /** Items already there are not inserted again. Answers the numbers and reasons that had none before. */
    private static final String PARK = """
            with fresh as (
                insert into ParkedItems (Provider, ProviderID, ReceiptID, Reason, Payload)
                select provider, "providerId", receipt, reason, payload
                from jsonb_to_recordset($1)
                    as i(provider text, "providerId" text, receipt text, reason text, payload jsonb)
                on conflict (Provider, ReceiptID) do nothing
                returning Provider, ProviderID, Reason)
            select distinct Provider, ProviderID, Reason from fresh
            where not exists (
                select from ParkedItems p
                where p.Provider = fresh.Provider and p.ProviderID = fresh.ProviderID and p.Reason = fresh.Reason)""";

    private static final String REPLAY =
            "select * from comuta_replay($1, $2, $3::double precision * interval '1 second')";

    private final Transactions transactions;
    private final Alerts alerts;
    private final OptOuts optOuts;
    private final SessionConfig sessionConfig;

    ParkedMessages(Transactions transactions, Alerts alerts, OptOuts optOuts, SessionConfig sessionConfig) {
        this.transactions = transactions;
        this.alerts = alerts;
        this.optOuts = optOuts;
        this.sessionConfig = sessionConfig;
    }

    /**
     * Something to be kept.
     *
     * @param providerId the provider's id of the number it came for, possibly empty
     * @param receiptId unique among what this provider had parked
     */
    public record Parked(Provider provider, String providerId, String receiptId, String reason, JsonObject payload) {

        private static final String UNKNOWN_NUMBER = "Número desconhecido";
        private static final String UNREADABLE = "Ilegível";

        /** A message for a number that no active channel has: taken in when one has it. */
        public static Parked ofUnknownNumber(String providerId, InboundMessage message) {
            return new Parked(
                    message.deliveryId().provider(),
                    providerId,
                    message.deliveryId().id(),
                    UNKNOWN_NUMBER,
                    message.toJson());
        }

        /** An item that says not who wrote what: kept as it came, for a person to look at. */
        public static Parked unreadable(Provider provider, String providerId, String receiptId, String raw) {
            return new Parked(provider, providerId, receiptId, UNREADABLE, new JsonObject().put("raw", raw));
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
     * Keeps items; the first of a number raises an alert of the platform. When the answer is there they are committed; an
     * item that is kept already changes nothing. Fails, having kept none, when the database is away (may be tried again).
     */
    public Uni<Void> park(List<Parked> items) {
        if (items.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        JsonArray rows = new JsonArray();
        items.forEach(item -> rows.add(item.toJson()));
        return transactions.statementsAsPlatform(
                PlatformReason.ROUTING, tx -> tx.sql(PARK, rows).chain(fresh -> raise(tx, fresh)));
    }

    /** One after the other: a transaction is one stream. */
    private Uni<Void> raise(Tx tx, Iterable<Row> fresh) {
        Uni<Void> raised = Uni.createFrom().voidItem();
        for (Row row : fresh) {
            raised = raised.chain(() -> raise(tx, row));
        }
        return raised;
    }

    private Uni<Void> raise(Tx tx, Row row) {
        String number = row.getString("provider") + "/" + row.getString("providerid");
        String reason = row.getString("reason");
        return alerts.raise(
                tx,
                null,
                null,
                "estacionado/" + number + "/" + reason,
                "Itens estacionados para " + number + ": " + reason.toLowerCase(Locale.ROOT));
    }

    /**
     * Takes in what is parked for a channel's number, in the channel's tenant, oldest first.
     *
     * @param atMost how many
     * @return how many there were
     */
    Uni<Integer> replay(Tx tx, long channelId, int atMost) {
        double idleSeconds = sessionConfig.idleTime().toSeconds();
        return tx.sql(REPLAY, channelId, atMost, idleSeconds)
                .map(rows -> InboundMessages.read(item -> tx, rows, rows.size()))
                .call(received -> optOuts.apply(tx, received))
                .map(List::size);
    }
}
