package dev.comuta.channel;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.comuta.alert.Alerts;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * What providers report about channels. A channel keeps the worst condition that is reported, until the same source
 * reports that it is over, or a person changes the channel. Each change to a worse condition raises one alert,
 * which is resolved when the channel is 'Normal' another time.
 */
@ApplicationScoped
public class ChannelReports {

    private static final Logger LOG = Logger.getLogger(ChannelReports.class);
    private static final int MAX_CACHED = 10_000;
    private static final String OF_SENDING = "envio";

    /** Changes nothing when the condition is known, is not as bad as the known one, or is over at another source only. */
    private static final String CHANGE = """
            update CommunicationChannels
            set Condition = $3, ConditionSource = $4, ConditionCause = $5, ConditionAt = clock_timestamp()
            where ClientID = $1 and ChannelID = $2 and case
                when $3 = 'Normal' then Condition <> 'Normal' and ConditionSource = $4
                when $3 = 'Restrito' then Condition = 'Normal'
                else Condition <> 'Bloqueado' end
            returning ChannelID""";

    private static final String LEARN = """
            update CommunicationChannels set ProviderAccount = $3
            where ClientID = $1 and ChannelID = $2 and ProviderAccount is distinct from $3 and Status = 'Ativo'""";

    private static final Duration SEEN_EVERY = Duration.ofMinutes(10);

    private static final String SEEN = """
            update CommunicationChannels set LastWebhookAt = clock_timestamp()
            where ClientID = $1 and ChannelID = $2
              and (LastWebhookAt is null or LastWebhookAt < clock_timestamp() - interval '10 minutes')""";

    private final Transactions transactions;
    private final Alerts alerts;
    private final Cache<List<Object>, Boolean> learned =
            Caffeine.newBuilder().maximumSize(MAX_CACHED).build();
    private final Cache<Long, Boolean> seen = Caffeine.newBuilder()
            .maximumSize(MAX_CACHED)
            .expireAfterWrite(SEEN_EVERY)
            .build();

    ChannelReports(Transactions transactions, Alerts alerts) {
        this.transactions = transactions;
        this.alerts = alerts;
    }

    /**
     * A report about a channel.
     *
     * @param condition the new condition; null when the report does not change it and only an alert is raised
     * @param source stable name of what reports
     * @param cause the provider's words for it, without personal data
     */
    public record Report(ChannelCondition condition, String source, String cause) {}

    /** Stores a report about a channel. Fails, and changes nothing, when the database is unavailable. */
    public Uni<Void> report(ChannelRef ref, Report report) {
        return transactions.statementsInTenant(ref.clientId(), tx -> report(tx, ref, report));
    }

    /** Stores that messages of a channel are refused because of the channel itself. */
    public Uni<Void> broken(ChannelRef ref, String cause) {
        return report(ref, new Report(ChannelCondition.BROKEN, OF_SENDING, cause));
    }

    /** Raises an alert of the platform about a report for an account whose channels are not known. */
    public Uni<Void> unknown(String account, String cause) {
        return transactions.statementsAsPlatform(
                PlatformReason.ROUTING,
                tx -> alerts.raise(
                        tx,
                        null,
                        null,
                        "aviso-do-provedor/" + account,
                        "O provedor avisou sobre a conta " + account + ", de nenhum canal: " + cause));
    }

    /**
     * Remembers the account of a channel at its provider. Costs a statement once per process; a failure is logged, and
     * the next delivery repeats it.
     *
     * @param account the provider's id of the account; null changes nothing
     */
    public Uni<Void> learnAccount(ChannelRef ref, String account) {
        List<Object> pair = account == null ? null : List.of(ref.channelId(), account);
        if (pair == null || learned.getIfPresent(pair) != null) {
            return Uni.createFrom().voidItem();
        }
        return quietly(
                ref, tx -> tx.execute(LEARN, ref.clientId(), ref.channelId(), account), () -> learned.put(pair, true));
    }

    /**
     * Remembers that a delivery for the channel's number arrived. Costs a statement once in ten minutes; a failure is
     * logged, and the next delivery repeats it.
     */
    public Uni<Void> seen(ChannelRef ref) {
        return seen.getIfPresent(ref.channelId()) != null
                ? Uni.createFrom().voidItem()
                : quietly(
                        ref,
                        tx -> tx.execute(SEEN, ref.clientId(), ref.channelId()),
                        () -> seen.put(ref.channelId(), true));
    }

    /** @param done called after the commit */
    private Uni<Void> quietly(ChannelRef ref, Function<Tx, Uni<Integer>> statement, Runnable done) {
        return transactions
                .statementsInTenant(ref.clientId(), statement)
                .invoke(done)
                .onFailure()
                .invoke(failure -> LOG.warnf("a report about a channel was not stored: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private Uni<Void> report(Tx tx, ChannelRef ref, Report report) {
        if (report.condition() == null) {
            return alerts.raise(
                    tx,
                    ref.clientId(),
                    null,
                    "aviso-do-provedor/" + ref.channelId() + "/" + report.source(),
                    "O provedor avisou sobre o canal " + ref.channelId() + ": " + report.cause());
        }
        String condition = report.condition().stored();
        return tx.list(
                        CHANGE,
                        row -> row.getLong(0),
                        ref.clientId(),
                        ref.channelId(),
                        condition,
                        report.source(),
                        report.cause())
                .chain(changed -> Unis.when(!changed.isEmpty(), () -> changed(tx, ref, report)));
    }

    private Uni<Void> changed(Tx tx, ChannelRef ref, Report report) {
        String condition = report.condition().stored();
        return report.condition() == ChannelCondition.NORMAL
                ? recovered(tx, ref)
                : alerts.raise(
                        tx,
                        ref.clientId(),
                        null,
                        alertOf(ref, report.condition()),
                        "O canal " + ref.channelId() + " está '" + condition + "' no provedor: " + report.cause());
    }

    /** Resolves the alerts about a channel that is 'Normal' now. */
    Uni<Void> recovered(Tx tx, ChannelRef ref) {
        return alerts.resolve(
                tx,
                ref.clientId(),
                List.of(alertOf(ref, ChannelCondition.LIMITED), alertOf(ref, ChannelCondition.BROKEN)));
    }

    private static String alertOf(ChannelRef ref, ChannelCondition condition) {
        return "canal/" + ref.channelId() + "/" + condition.stored();
    }
}
