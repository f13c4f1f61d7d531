package dev.comuta.call;

import dev.comuta.call.plan.CallScript;
import dev.comuta.call.plan.MachineRule;
import dev.comuta.call.plan.TestScripts;
import dev.comuta.channel.ChannelRef;
import dev.comuta.channel.TestChannels;
import dev.comuta.event.Events;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.db.Transactions;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.session.TestSessions;
import dev.comuta.task.TaskHandler;
import java.time.Clock;
import java.util.List;

/** Calls without a server: client 1 with the voice channel 1 of the broker 1. */
public final class TestCalls {

    /** The number of the channel. */
    public static final String NUMBER = "+5511999999999";

    /** The channel. */
    public static final ChannelRef CHANNEL = new ChannelRef(1, 1);

    private TestCalls() {}

    /** Adds the client, the broker and the channel. */
    public static void seed(SandboxPostgres postgres, String provider) {
        postgres.query("insert into Clients (ClientName) values ('Imobiliária XPTO')");
        postgres.query("""
                insert into ClientUsers (ClientID, UserName, UserRole, Email, PhoneNumber, Status)
                values (1, 'João', 'Corretor', 'joao@imobiliariaxpto.com', '+5511988888888', 'Ativo')""");
        postgres.query("""
                insert into CommunicationChannels
                    (ClientID, ChannelType, ChannelIdentifier, Status, Provider, SIPTrunkID, DefaultUserID)
                values (1, 'VoiceCall', ?, 'Ativo', ?, 'Trunk_X', 1)""", NUMBER, provider);
    }

    /** Dials through a provider, under these rules. */
    public static TaskHandler dialing(
            Transactions transactions, Calls calls, CallProvider provider, List<DialRule> rules) {
        return new DialHandler(
                transactions,
                new CallStore(),
                calls,
                new CallProviders(List.of(provider)),
                TestChannels.forSending(transactions, List.of(provider.provider())),
                rules,
                TestTransactions.config(CallsConfig.class));
    }

    /** Calls as this provider knows them. */
    public static CallsAtProvider atProvider(Transactions transactions, CallProvider provider) {
        return new CallsAtProvider(
                new CallStore(),
                TestChannels.forSending(transactions, List.of(provider.provider())),
                new CallProviders(List.of(provider)));
    }

    /** These providers of calls. */
    public static CallProviders providers(CallProvider... providers) {
        return new CallProviders(List.of(providers));
    }

    /** The service, with the rows of a database and these listeners. */
    public static Calls calls(Transactions transactions, CallListener... listeners) {
        CallStore store = new CallStore();
        CallsConfig config = TestTransactions.config(CallsConfig.class);
        List<CallListener> all = List.of(listeners);
        return new Calls(
                transactions,
                store,
                TestScripts.scripts(transactions),
                new CallChanges(store, new Events(), all, config, Clock.systemUTC()),
                all,
                config);
    }

    /** The marks of calls in conferences, with the rows of a database. */
    public static CallConferences conferences(Transactions transactions) {
        return new CallConferences(transactions, new CallStore());
    }

    /** The telephones that are dialled beside the scripts. */
    public static CallLegs legs() {
        return new CallLegs(new CallStore(), Clock.systemUTC());
    }

    /** Which telephones calls are. */
    public static CallSides sides(Transactions transactions) {
        return new CallSides(transactions, new CallStore());
    }

    /** The calls in rooms. */
    public static CallRooms rooms(Transactions transactions) {
        return new CallRooms(transactions, new CallStore(), TestSessions.rooms(transactions));
    }

    /** A script of a call of the company to this number, in which these texts are spoken. */
    public static CallScript outgoing(String number, String... spoken) {
        return new CallScript(
                false,
                List.of(spoken),
                null,
                List.of(),
                null,
                false,
                null,
                NUMBER,
                3600,
                null,
                new CallScript.Outgoing(number, 30, MachineRule.CONNECT, null));
    }
}
