package dev.comuta.message.hours;

import dev.comuta.channel.TestChannels;
import dev.comuta.message.TestSending;
import dev.comuta.platform.db.Transactions;
import dev.comuta.session.SessionStore;
import java.time.Clock;
import java.util.List;

/** Business hours without a server. */
public final class TestHours {

    private TestHours() {}

    /** The notice outside of business hours, by the real time. */
    public static OutOfHours of(SessionStore sessions, Transactions transactions) {
        return new OutOfHours(
                sessions, TestChannels.forSending(transactions, List.of()), TestSending.outbound(), Clock.systemUTC());
    }
}
