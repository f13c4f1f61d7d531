package dev.comuta.task;

import dev.comuta.platform.secret.Secrets;
import dev.comuta.platform.secret.TestSecrets;
import dev.comuta.sandbox.MetaProvider;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.sandbox.SimulatedProviders;
import dev.comuta.task.SendScript.Vendor;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** The rows of a client with a channel at each provider, and of messages to be sent. */
record SendRows(SandboxPostgres postgres) {

    private static final String ACCOUNT = "AC0123456789abcdef0123456789abcdef";
    private static final String TOKEN = "token";
    private static final String TWILIO_NUMBER = "+5511999990002";

    /** The channels of a client, one for each provider. */
    void prepare(SimulatedProviders providers) {
        providers.twilio().register(ACCOUNT, TOKEN, TWILIO_NUMBER);
        Secrets secrets = TestSecrets.secrets();
        postgres.query("insert into Clients (ClientName) values ('A')");
        channel(Vendor.GATEWAY, "+5511999990003", null, null, providers.url() + "/gateway/messages");
        channel(
                Vendor.META,
                "+5511999990001",
                MetaProvider.PHONE_NUMBER_ID,
                secrets.seal(new JsonObject()
                        .put("accessToken", MetaProvider.ACCESS_TOKEN)
                        .encode()),
                null);
        channel(
                Vendor.TWILIO,
                TWILIO_NUMBER,
                null,
                secrets.seal(new JsonObject()
                        .put("accountSid", ACCOUNT)
                        .put("authToken", TOKEN)
                        .encode()),
                null);
    }

    private void channel(Vendor vendor, String number, String providerId, String credentials, String url) {
        postgres.query(
                """
                insert into CommunicationChannels
                    (ClientID, ChannelType, ChannelIdentifier, Status, Provider, ProviderID, Credentials, OutboundUrl,
                     WebhookSecret)
                values (1, 'WhatsApp', ?, 'Ativo', ?, ?, ?, ?, ?)""",
                number,
                vendor.stored(),
                providerId,
                credentials,
                url,
                TestSecrets.secrets().seal("whsec_" + "A".repeat(32)));
    }

    /** Writes messages with the same text into one session of a new contact, each with its task; returns their ids. */
    List<Long> write(Vendor vendor, int messages) {
        Object session = postgres.value("""
                with u as (
                    insert into ClientEndUsers (ClientID, PhoneNumber)
                    select 1, '+5511' || 900000000 + count(*) from ClientEndUsers returning EndUserID
                )
                insert into Sessions (ClientID, ChannelID, EndUserID, SessionType, WindowEndsAt)
                select 1, c.ChannelID, u.EndUserID, 'Conversa', now() + interval '1 day' from CommunicationChannels c, u where c.Provider = ?
                returning SessionID""", vendor.stored());
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            ids.add((Long) postgres.value("""
                    with m as (
                        insert into Messages (SessionID, ClientID, SenderType, ContentType, Content, Status)
                        values (?, 1, 'Assistente', 'Texto', 'Bom dia', 'Pendente') returning MessageID, SessionID
                    ), t as (
                        insert into BackgroundTasks (ClientID, SessionID, TaskType, RequestData, SerialKey)
                        select 1, SessionID, 'EnvioMensagem', jsonb_build_object('messageId', MessageID),
                               'envio:' || SessionID
                        from m)
                    select MessageID from m""", session));
        }
        return ids;
    }

    /** The oldest open task, with its times in the past. */
    Long nextTask() {
        postgres.query("""
                update BackgroundTasks set NotBefore = null, DueAt = now() - interval '1 second'
                where Status in ('Pendente', 'Em Andamento')""");
        return (Long) postgres.value("""
                select min(TaskID) from BackgroundTasks
                where Status in ('Pendente', 'Em Andamento') and TaskType in ('EnvioMensagem', 'ConfirmaçãoEnvio')""");
    }

    /** Whether the last attempt of a task sent nothing, because the channel was at its limit. */
    boolean waitsForItsPace(long taskId) {
        return (boolean) postgres.value("""
                select coalesce(Status = 'Pendente' and LastError = 'the channel sends at its limit', false)
                from BackgroundTasks where TaskID = ?""", taskId);
    }

    String status(long messageId) {
        return (String) postgres.value("select Status from Messages where MessageID = ?", messageId);
    }
}
