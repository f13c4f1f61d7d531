package dev.comuta.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.comuta.channel.Provider;
import dev.comuta.message.InboundMessage.Contact;
import dev.comuta.message.InboundMessage.DeliveryId;
import dev.comuta.message.content.Content;
import dev.comuta.message.content.MessageContext;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.session.SessionConfig;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The person of a message, the address of the reply, and the person's name, as a real database stores them. */
class SenderOfMessageTest {

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static TestTransactions transactions;
    private static int people;

    private String nationalNumber;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres);
        postgres.query("insert into Clients (ClientName) values ('A')");
        postgres.query("""
                insert into CommunicationChannels (ClientID, ChannelType, ChannelIdentifier, Status)
                values (1, 'WhatsApp', '+551130000001', 'Ativo'), (1, 'WhatsApp', '+551130000002', 'Ativo')""");
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @BeforeEach
    void meetANewPerson() {
        nationalNumber = "55%08d".formatted(++people);
    }

    @Test
    void repliesToTheFormOfTheNumberThatWroteLast() {
        String old = "+521" + nationalNumber;
        String now = "+52" + nationalNumber;

        long first = receive(phone(1, old, null));
        assertEquals(old, recipient(first));
        assertEquals(first, receive(phone(1, now, null)), "one person has one session");
        assertEquals(now, recipient(first));
        receive(phone(1, now, null), phone(1, old, null));
        assertEquals(old, recipient(first));
    }

    @Test
    void repliesOnEachChannelToTheAddressThatWroteThere() {
        String number = "+52" + nationalNumber;
        String user = "MX." + nationalNumber;
        long first = receive(phone(1, number, null));
        postgres.query(
                "insert into EndUserIdentities (ClientID, Kind, Value, EndUserID) values (1, 'bsuid', ?, ?)",
                user,
                personOf(first));

        long second = receive(new InboundMessage(
                2, Contact.ofUserId(user, null), delivery(), text(), MessageContext.NONE, null, null));

        assertEquals(personOf(first), personOf(second));
        assertEquals(number, recipient(first));
        assertEquals(user, recipient(second));
    }

    /** A session that the company opened has no message of the person. */
    @Test
    void writesFirstToTheLastAddressOnTheChannel() {
        String old = "+521" + nationalNumber;
        long first = receive(phone(1, old, null));
        postgres.query("update Sessions set EndTime = now() where SessionID = ?", first);
        postgres.query(
                "update ClientEndUsers set PhoneNumber = ? where EndUserID = ?",
                "+52" + nationalNumber,
                personOf(first));

        assertEquals(old, recipient(open(1, personOf(first))));
        assertEquals("+52" + nationalNumber, recipient(open(2, personOf(first))));
    }

    @Test
    void takesAChangedNameOfTheProvider() {
        long session = receive(phone(1, "+52" + nationalNumber, null));
        assertNull(name(session));
        receive(phone(1, "+52" + nationalNumber, "Maria"));
        assertEquals("Maria", name(session));
        receive(phone(1, "+52" + nationalNumber, "Bia"), phone(1, "+52" + nationalNumber, " Maria Silva\n"));
        assertEquals("Maria Silva", name(session));
    }

    @Test
    void keepsTheNameWhenTheProviderGivesNone() {
        long session = receive(phone(1, "+52" + nationalNumber, "Maria"));
        String before = version(session);

        Stream.of(null, "", "  ", "\u200E", "\u3164").forEach(name -> receive(phone(1, "+52" + nationalNumber, name)));

        assertEquals("Maria", name(session));
        assertEquals(before, version(session));
    }

    @Test
    void writesNothingWhenTheNameIsTheSame() {
        long session = receive(phone(1, "+52" + nationalNumber, "Maria"));
        String before = version(session);

        receive(phone(1, "+52" + nationalNumber, "Maria"));
        assertEquals(before, version(session));
        receive(phone(1, "+52" + nationalNumber, "Bia"));
        assertNotEquals(before, version(session));
    }

    @Test
    void keepsANameThatSomebodyEdited() {
        long session = receive(phone(1, "+52" + nationalNumber, "Maria"));
        postgres.query("update ClientEndUsers set Name = 'Sra. Silva' where EndUserID = ?", personOf(session));

        receive(phone(1, "+52" + nationalNumber, "Bia"));
        assertEquals("Sra. Silva", name(session));
    }

    private static InboundMessage phone(long channel, String from, String name) {
        return new InboundMessage(
                channel,
                Contact.of(PhoneNumber.received(from), name),
                delivery(),
                text(),
                MessageContext.NONE,
                null,
                null);
    }

    private static DeliveryId delivery() {
        return new DeliveryId(Provider.of("Gateway"), UUID.randomUUID().toString(), null);
    }

    private static Content text() {
        return new Content.Text("Oi");
    }

    /** Receives messages in one group, and returns the session of the first. */
    private static long receive(InboundMessage... messages) {
        Object[] parameters = InboundRows.of(
                List.of(messages),
                new String[messages.length],
                TestTransactions.config(ReceiveConfig.class),
                TestTransactions.config(SessionConfig.class));
        return transactions
                .service()
                .statementsAsPlatform(
                        PlatformReason.ROUTING,
                        tx -> tx.list(InboundRows.RECEIVE, row -> row.getLong("session_id"), parameters))
                .await()
                .indefinitely()
                .getFirst();
    }

    private static long open(long channel, Object person) {
        return (Long) postgres.query(
                        "insert into Sessions (ClientID, ChannelID, EndUserID, SessionType) values (1, ?, ?, 'Conversa') returning SessionID",
                        channel,
                        person)
                .getFirst()
                .get("sessionid");
    }

    /** The recipient of a message that is written now. */
    private static Object recipient(long session) {
        Object message = postgres.query("""
                        insert into Messages (SessionID, SenderType, ContentType, Content, Status)
                        values (?, 'Assistente', 'Texto', 'Olá', 'Pendente') returning MessageID""", session).getFirst().get("messageid");
        return postgres.value("select recipient from comuta_outgoing_message(?, 1)", message);
    }

    private static Object personOf(long session) {
        return postgres.value("select EndUserID from Sessions where SessionID = ?", session);
    }

    private static Object name(long session) {
        return postgres.value("select Name from ClientEndUsers where EndUserID = ?", personOf(session));
    }

    /** The transaction that wrote the person's row last. */
    private static String version(long session) {
        return (String) postgres.value("select xmin::text from ClientEndUsers where EndUserID = ?", personOf(session));
    }
}
