package dev.comuta.provider.twilio.voice;

import dev.comuta.alert.Alerts;
import dev.comuta.channel.ChannelRef;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.rest.PhoneNumber;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Counts calls to numbers of known accounts that are no channel's, and alerts the account's client once for each number. */
@ApplicationScoped
class UnknownNumbers {

    private static final Logger LOG = Logger.getLogger(UnknownNumbers.class);

    private final Transactions transactions;
    private final Alerts alerts;
    private final Counter counter;

    UnknownNumbers(Transactions transactions, Alerts alerts, MeterRegistry metrics) {
        this.transactions = transactions;
        this.alerts = alerts;
        this.counter = metrics.counter("comuta.calls.unknown.numbers");
    }

    /**
     * A call to a number arrived. Does not fail: the caller is to hear an answer.
     *
     * @param ofAccount some channel of the account
     * @param number null when the called address is no number
     */
    Uni<Void> report(ChannelRef ofAccount, PhoneNumber number) {
        counter.increment();
        String called = number == null ? "desconhecido" : number.e164();
        return transactions
                .statementsInTenant(
                        ofAccount.clientId(),
                        tx -> alerts.raise(
                                tx,
                                ofAccount.clientId(),
                                null,
                                "numero-sem-canal/" + called,
                                "Uma chamada chegou ao número " + called
                                        + " da conta Twilio do cliente, que não é de nenhum canal 'VoiceCall' ativo"))
                .onFailure()
                .invoke(failure -> LOG.warnf("a call to an unknown number was not alerted: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }
}
