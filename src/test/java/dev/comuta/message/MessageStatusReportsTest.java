package dev.comuta.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.channel.Provider;
import dev.comuta.message.MessageStatusReports.StatusReport;
import dev.comuta.message.content.DeliveryReport;
import dev.comuta.message.content.MessageReference;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.sandbox.SandboxPostgres;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Status reports in any order, repeated, and in large bodies. */
class MessageStatusReportsTest {

    private static final Provider META = Provider.of("Meta");
    private static final int MANY = 1_000;

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static MessageStatusReports reports;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        reports = new MessageStatusReports(TestTransactions.on(vertx, postgres).service());
        postgres.query("insert into Clients (ClientName) values ('A')");
        postgres.query("insert into ClientEndUsers (ClientID, PhoneNumber) values (1, '+5511998765432')");
        postgres.query("""
                insert into CommunicationChannels (ClientID, ChannelType, ChannelIdentifier, Provider, ProviderID, Status)
                values (1, 'WhatsApp', '+551130000001', 'Meta', '106540352242922', 'Ativo')""");
        postgres.query("insert into Sessions (ClientID, ChannelID, EndUserID) values (1, 1, 1)");
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    /** Each status once, in all orders, each order in one body or in a body for each report, with repetitions. */
    @Test
    void everyOrderOfTheReportsGivesOneFinalState() {
        List<StatusReport> all = List.of(
                report(MessageStatus.SENT, priced("utility", "c1")),
                report(MessageStatus.DELIVERED, priced("service", null)),
                report(MessageStatus.READ, null),
                report(MessageStatus.FAILED, failed()));
        Set<String> states = new HashSet<>();
        for (List<StatusReport> order : permutations(all)) {
            states.add(state(deliver(order, true)));
            states.add(state(deliver(order, false)));
            List<StatusReport> twice = new ArrayList<>(order);
            twice.addAll(order);
            Collections.shuffle(twice, new Random(7));
            states.add(state(deliver(twice, false)));
        }

        assertEquals(1, states.size(), states.toString());
        assertTrue(states.iterator().next().startsWith("Lida wamid"), states.toString());
    }

    @Test
    void theDeliveryOfAMessageThatFailedHasItsError() {
        long message = deliver(
                List.of(report(MessageStatus.FAILED, failed()), report(MessageStatus.SENT, priced("utility", "c1"))),
                false);

        DeliveryReport delivery = delivery(message, "Falhou");
        assertEquals(131047, delivery.errorCode());
        assertEquals("template", delivery.remedy());
        assertEquals("utility", delivery.category());
        assertEquals("c1", delivery.conversationId());
        assertEquals(null, delivery(message, "Lida").errorCode());
    }

    @Test
    void aMessageOutsideOfTheWindowEndsItUnlessTheEndUserWroteLater() {
        postgres.query("update Sessions set WindowEndsAt = now() + interval '1 day'");
        deliver(List.of(report(MessageStatus.SENT, priced("utility", "c1"))), false);
        assertEquals(true, postgres.value("select WindowEndsAt > now() from Sessions"));

        long refused = deliver(List.of(), false);
        postgres.query("""
                insert into Messages (SessionID, ClientID, SenderType, ContentType, Content)
                values (1, 1, 'Usuário-Cliente', 'Texto', 'Oi')""");
        reports.apply(List.of(about(refused, report(MessageStatus.FAILED, failed()))))
                .await()
                .indefinitely();
        assertEquals(true, postgres.value("select WindowEndsAt > now() from Sessions"));

        deliver(List.of(report(MessageStatus.FAILED, failed())), false);
        assertEquals(false, postgres.value("select WindowEndsAt > now() from Sessions"));
    }

    @Test
    void aBodyOfThousandReportsTakesLessThanASecond() {
        Object first = postgres.value("select coalesce(max(MessageID), 0) + 1 from Messages");
        postgres.query("""
                insert into Messages (SessionID, ClientID, SenderType, ContentType, Content, Status, ProviderMessageID)
                select 1, 1, 'Usuário', 'Texto', 'Oi', 'Enviada', 'many-' || n from generate_series(1, ?) n""", MANY);
        List<StatusReport> body = LongStream.rangeClosed(1, MANY)
                .mapToObj(n -> new StatusReport(
                        META,
                        null,
                        "106540352242922",
                        "many-" + n,
                        null,
                        MessageStatus.DELIVERED,
                        priced("utility", "c" + n),
                        null))
                .toList();
        reports.apply(body.subList(0, 1)).await().indefinitely();

        Long moved = reports.apply(body).await().indefinitely();

        assertEquals(MANY - 1, moved, "the first one is a repetition");
        postgres.query("delete from Messages where MessageID >= ?", first);
    }

    /** Applies reports about a new message, and returns its id. */
    private static long deliver(List<StatusReport> order, boolean together) {
        long message = (Long) postgres.value("""
                insert into Messages (SessionID, ClientID, SenderType, ContentType, Content, Status)
                values (1, 1, 'Usuário', 'Texto', 'Oi', 'Pendente') returning MessageID""");
        List<StatusReport> named =
                order.stream().map(report -> about(message, report)).toList();
        if (together) {
            reports.apply(named).await().indefinitely();
        } else {
            named.forEach(report -> reports.apply(List.of(report)).await().indefinitely());
        }
        return message;
    }

    private static StatusReport about(long message, StatusReport report) {
        return new StatusReport(
                META,
                null,
                "106540352242922",
                "wamid-" + message,
                new MessageReference(message, null),
                report.status(),
                report.delivery(),
                report.cause());
    }

    private static StatusReport report(MessageStatus status, DeliveryReport delivery) {
        return new StatusReport(META, null, "106540352242922", "x", null, status, delivery, null);
    }

    private static DeliveryReport priced(String category, String conversation) {
        return new DeliveryReport(conversation, category, "PMP", true, null, null, null, null, null, null);
    }

    private static DeliveryReport failed() {
        return new DeliveryReport(
                null, null, null, null, null, null, 131047, "Re-engagement message", "24 h", "template");
    }

    private static String state(long message) {
        return postgres.value(
                        "select Status || ' ' || replace(ProviderMessageID, ?, '') || ' ' || Delivery::text from Messages where MessageID = ?",
                        Long.toString(message),
                        message)
                + " " + delivery(message, "Lida");
    }

    private static DeliveryReport delivery(long message, String status) {
        String stored = (String) postgres.value("select Delivery::text from Messages where MessageID = ?", message);
        return DeliveryReport.of(new JsonObject(stored), status);
    }

    private static <T> List<List<T>> permutations(List<T> items) {
        if (items.isEmpty()) {
            return List.of(List.of());
        }
        List<List<T>> all = new ArrayList<>();
        for (T first : items) {
            List<T> rest = new ArrayList<>(items);
            rest.remove(first);
            for (List<T> tail : permutations(rest)) {
                List<T> order = new ArrayList<>(List.of(first));
                order.addAll(tail);
                all.add(order);
            }
        }
        return all;
    }
}
