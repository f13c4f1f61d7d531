package dev.comuta.message;

import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.db.Transactions;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TestClaims;
import io.vertx.core.Vertx;
import java.util.List;

/** A database with client 1 and its end user 1, and sessions with messages that wait to be sent. */
final class SendingDatabase implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final SandboxPostgres postgres = SandboxPostgres.launch(0);
    private final TestTransactions transactions = TestTransactions.on(vertx, postgres);
    private int channels;

    SendingDatabase() {
        postgres.query("insert into Clients (ClientName) values ('A')");
        postgres.query("insert into ClientEndUsers (ClientID, PhoneNumber) values (1, '+5511998765432')");
    }

    Transactions transactions() {
        return transactions.service();
    }

    /** The handler of 'EnvioMensagem' with one provider. */
    TaskHandler sending(MessageSender sender) {
        return TestSending.sending(vertx, transactions(), List.of(sender), 8);
    }

    Object value(String sql, Object... parameters) {
        return postgres.value(sql, parameters);
    }

    void query(String sql, Object... parameters) {
        postgres.query(sql, parameters);
    }

    /**
     * A session with end user 1 on a channel of its own.
     *
     * @param settings of the channel
     * @param windowEndsIn an interval from now; null for no window
     */
    long session(String provider, String settings, String windowEndsIn) {
        return (long) value("""
                with c as (
                    insert into CommunicationChannels
                        (ClientID, ChannelType, ChannelIdentifier, Provider, Status, Settings)
                    values (1, 'WhatsApp', ?, ?, 'Ativo', ?::jsonb) returning ChannelID
                )
                insert into Sessions (ClientID, ChannelID, EndUserID, WindowEndsAt)
                select 1, ChannelID, 1, now() + ?::interval from c
                returning SessionID""", "+55113000%04d".formatted(++channels), provider, settings, windowEndsIn);
    }

    /** The claimed task of a message of the assistant, a short text. */
    ClaimedTask text(long session) {
        return message(session, "Texto", null);
    }

    ClaimedTask message(long session, String contentType, String data) {
        return claim((long) value("""
                with m as (
                    insert into Messages (SessionID, ClientID, SenderType, ContentType, Content, ContentData, Status)
                    values (?, 1, 'Assistente', ?, 'Bom dia', ?::jsonb, 'Pendente') returning MessageID, SessionID
                )
                insert into BackgroundTasks (ClientID, SessionID, TaskType, RequestData)
                select 1, SessionID, 'EnvioMensagem', jsonb_build_object('messageId', MessageID) from m
                returning TaskID""", session, contentType, data));
    }

    ClaimedTask claim(long taskId) {
        return TestClaims.claim(transactions(), MessageTasks.SEND_MESSAGE, taskId)
                .getFirst();
    }

    @Override
    public void close() {
        vertx.close();
        postgres.close();
    }
}
