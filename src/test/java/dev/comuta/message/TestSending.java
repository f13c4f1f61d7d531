package dev.comuta.message;

import dev.comuta.alert.TestAlerts;
import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.Provider;
import dev.comuta.channel.TestChannels;
import dev.comuta.channel.template.TemplateStore;
import dev.comuta.client.ClientStore;
import dev.comuta.message.file.MessageFiles;
import dev.comuta.message.pace.TestPace;
import dev.comuta.message.rule.SentContent;
import dev.comuta.message.rule.TestRules;
import dev.comuta.message.rule.WindowEnd;
import dev.comuta.people.TestPeople;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.db.Transactions;
import dev.comuta.quota.TestQuotas;
import dev.comuta.session.SessionStore;
import dev.comuta.session.TestSessions;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.Tasks;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;

/** The handlers that send messages, without a server. */
public final class TestSending {

    private TestSending() {}

    /**
     * The handler of 'EnvioMensagem'.
     *
     * @param transactions how it reads messages
     * @param attempts its number of attempts
     */
    public static TaskHandler sending(
            Vertx vertx, Transactions transactions, List<MessageSender> senders, int attempts) {
        List<Provider> providers = senders.stream().map(MessageSender::provider).toList();
        return new SendMessageHandler(
                new Senders(senders),
                transactions,
                new MessageStore(),
                TestChannels.forSending(transactions, providers),
                new MessageFiles(null, null),
                TestPace.of(transactions, vertx),
                new WindowEnd(TestSessions.store(List.of(), Map.of())),
                new SentContent(new TemplateStore()),
                TestChannels.reports(transactions),
                new Tasks(),
                config(attempts));
    }

    /** The handler of 'ConfirmaçãoEnvio'. */
    public static TaskHandler confirming(Transactions transactions, int attempts) {
        return new ConfirmSendingHandler(transactions, new MessageStore(), TestAlerts.stored(), config(attempts));
    }

    /** The statements of messages. */
    public static MessageStore messages() {
        return new MessageStore();
    }

    /** Outgoing messages that are stored; the tasks that send them are requested. */
    public static OutboundMessages outbound() {
        return new OutboundMessages(
                messages(),
                TestSessions.store(List.of(), Map.of()),
                TestChannels.forSending(null, List.of()),
                new Senders(List.of()),
                new MessageFiles(null, null),
                new Tasks());
    }

    /**
     * Messages of internal users, and of the company that begins a conversation.
     *
     * @param provider the only one, which accepts every content
     */
    public static SessionMessages sessionMessages(Transactions transactions, String provider) {
        SessionStore sessions = TestSessions.store(List.of(), Map.of());
        ChannelDirectory channels = TestChannels.forSending(transactions, List.of(Provider.of(provider)));
        Senders senders = new Senders(List.of(TestSender.of(provider)));
        MessageFiles files = new MessageFiles(null, null);
        return new SessionMessages(
                transactions,
                messages(),
                sessions,
                channels,
                senders,
                TestRules.rules(transactions),
                files,
                new OutboundMessages(messages(), sessions, channels, senders, files, new Tasks()),
                TestQuotas.of(1_000, new ClientStore(), TestPeople.counter()));
    }

    private static DeliveryConfig config(int attempts) {
        return TestTransactions.config(
                DeliveryConfig.class, Map.of("comuta.delivery.attempts", Integer.toString(attempts)));
    }
}
