package dev.comuta.message;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.channel.Provider;
import dev.comuta.message.IdentityLinker.Link;
import dev.comuta.message.InboundMessage.Contact;
import dev.comuta.message.InboundMessage.DeliveryId;
import dev.comuta.message.content.Content;
import dev.comuta.message.content.MessageContext;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.Tasks;
import dev.comuta.task.TestClaims;
import io.quarkus.cache.runtime.caffeine.CaffeineCacheImpl;
import io.quarkus.cache.runtime.caffeine.CaffeineCacheInfo;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two names of one person lead to one end user, whatever other transactions do at the same time. */
class IdentityLinkerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static TestTransactions transactions;
    private static int people;

    private IdentityLinker linker;
    private String number;
    private String userId;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres);
        postgres.query("insert into Clients (ClientName) values ('A')");
        postgres.query("""
                insert into CommunicationChannels (ClientID, ChannelType, ChannelIdentifier, Status)
                values (1, 'WhatsApp', '+5511301', 'Ativo')""");
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @BeforeEach
    void meetANewPerson() {
        CaffeineCacheInfo info = new CaffeineCacheInfo();
        info.name = "linked-contacts";
        linker = new IdentityLinker(transactions.service(), new Tasks(), new CaffeineCacheImpl(info, false));
        number = "+55119888" + people;
        userId = "BR." + people++;
    }

    /** The person is known by both names, and the session of the number is being opened. */
    @Test
    void waitsForASessionThatIsBeingOpened() throws SQLException {
        receive("bsuid", userId);
        receive("phone", number);
        postgres.query("update Sessions set EndTime = now() where EndUserID = ?", endUser("phone", number));

        try (Opening other = new Opening("phone", number)) {
            CompletableFuture<Boolean> first = link();
            awaitWaitingOrDone(first);
            other.commit();
            first.join();
        }

        assertTrue(link().join());
        assertOnePersonWithOneOpenSession();
    }

    /** The person is known by user id only, and a message of the number creates another end user. */
    @Test
    void doesNotGiveTheNumberToTwoEndUsers() throws SQLException {
        receive("bsuid", userId);

        try (Opening other = new Opening("phone", number)) {
            CompletableFuture<Boolean> first = link();
            awaitWaitingOrDone(first);
            other.commit();
            first.join();
        }

        assertTrue(link().join());
        assertOnePersonWithOneOpenSession();
    }

    @Test
    void aMessageThatArrivesDuringAMergeReachesTheEndUserThatRemains() throws SQLException {
        receive("bsuid", userId);
        receive("phone", number);
        postgres.query("update Sessions set EndTime = now() where EndTime is null");

        CompletableFuture<Void> message;
        try (Linking other = new Linking()) {
            message = receiving("bsuid", userId);
            awaitWaitingOrDone(message);
            other.commit();
        }
        message.join();

        assertOnePersonWithOneOpenSession();
    }

    @Test
    void keepsTheSessionWithTheLatestMessage() {
        receive("phone", number);
        receive("bsuid", userId);
        long latest = (Long) postgres.value(
                "select SessionID from Sessions where EndUserID = ? and EndTime is null", endUser("bsuid", userId));

        assertTrue(link().join());

        assertOnePersonWithOneOpenSession();
        assertEquals(
                latest,
                postgres.value(
                        "select SessionID from Sessions where EndUserID = ? and EndTime is null",
                        endUser("phone", number)));
    }

    @Test
    void doesNotRememberAChannelThatIsNotActive() {
        postgres.query("update CommunicationChannels set Status = 'Inativo'");
        assertFalse(link().join());
        postgres.query("update CommunicationChannels set Status = 'Ativo'");

        assertTrue(link().join());
        assertEquals(endUser("phone", number), endUser("bsuid", userId));
    }

    @Test
    void aLinkThatFailsIsRepeatedByATaskOfTheStoredMessage() throws SQLException {
        receive("bsuid", userId);
        try (Opening other = new Opening("phone", number)) {
            assertFalse(link().join());
            other.commit();
        }
        long session = (Long) postgres.value(
                "select SessionID from Sessions where EndUserID = ? and EndTime is null", endUser("phone", number));
        InboundMessage message = new InboundMessage(
                1,
                contact(),
                new DeliveryId(Provider.of("Meta"), "x", null),
                new Content.Text("Oi"),
                MessageContext.NONE,
                null,
                null);
        Received received = new Received(Received.Outcome.ACCEPTED, 1L, session, 1L);
        linker.linkLater(Map.of(new Link(message.channelId(), message.contact(), userId), received))
                .await()
                .indefinitely();

        long task =
                (Long) postgres.value("select max(TaskID) from BackgroundTasks where TaskType = 'JunçãoIdentidades'");
        ClaimedTask claimed = TestClaims.claim(transactions.service(), MessageTasks.LINK_IDENTITIES, task)
                .getFirst();
        Outcome outcome = new LinkIdentitiesHandler(linker).run(claimed).await().indefinitely();
        transactions
                .service()
                .statementsInTenant(1, ((Outcome.Done) outcome).effects()::write)
                .await()
                .indefinitely();

        assertEquals(session, claimed.sessionId());
        assertOnePersonWithOneOpenSession();
    }

    /** As Meta delivers them in one body. */
    @Test
    void linksManyNewPeopleInFewTransactions() {
        List<Link> links = newPeople(300);

        assertEquals(Set.of(), linkAll(links));

        assertEquals(300L, postgres.value("""
                        select count(*) from EndUserIdentities n
                        join EndUserIdentities i using (EndUserID) join ClientEndUsers u using (EndUserID)
                        where n.Kind = 'phone' and n.Value like ? and i.Kind = 'bsuid' and u.PhoneNumber = n.Value
                          and i.Value = 'BR.' || substr(n.Value, 2)""", number + "___"));
        assertEquals(
                3L,
                postgres.value(
                        "select count(distinct xmin::text) from ClientEndUsers where PhoneNumber like ?",
                        number + "___"),
                "transactions");
    }

    @Test
    void linksPeopleOfWhomOneNameIsKnown() {
        List<Link> links = newPeople(3);
        receive("phone", links.get(0).contact().key());
        receive("bsuid", links.get(1).userId());
        List<Object> known = List.of(
                endUser("phone", links.get(0).contact().key()),
                endUser("bsuid", links.get(1).userId()));

        assertEquals(Set.of(), linkAll(links));

        assertEquals(
                known,
                links.stream().limit(2).map(IdentityLinkerTest::onePersonOf).toList());
        assertNotNull(onePersonOf(links.get(2)));
        assertEquals(
                links.get(1).contact().phone(),
                postgres.value("select PhoneNumber from ClientEndUsers where EndUserID = ?", known.get(1)));
    }

    /** One user id with two numbers, and one number with two user ids. */
    @Test
    void linksPairsThatHaveANameInCommon() {
        List<Link> people = newPeople(2);
        List<Link> links = List.of(
                people.get(0),
                new Link(1, people.get(1).contact(), people.get(0).userId()),
                people.get(1));

        assertEquals(Set.of(), linkAll(links));

        assertEquals(
                1,
                links.stream()
                        .map(link -> endUser("bsuid", link.userId()))
                        .distinct()
                        .count());
        assertEquals(
                1,
                links.stream()
                        .map(link -> endUser("phone", link.contact().key()))
                        .distinct()
                        .count());
        assertEquals(onePersonOf(people.get(0)), onePersonOf(people.get(1)));
    }

    @Test
    void linksTheOthersWhileOneNameIsLocked() throws SQLException {
        List<Link> links = newPeople(3);

        try (Opening other = new Opening("phone", links.get(1).contact().key())) {
            assertEquals(Set.of(links.get(1)), linkAll(links));
            assertNotNull(onePersonOf(links.get(0)));
            assertNotNull(onePersonOf(links.get(2)));
            other.commit();
        }

        assertEquals(Set.of(), linkAll(links));
        assertNotNull(onePersonOf(links.get(1)));
    }

    private List<Link> newPeople(int count) {
        return IntStream.range(100, 100 + count)
                .mapToObj(i -> number + i)
                .map(phone -> new Link(1, new Contact("phone", phone, phone, "Maria"), "BR." + phone.substring(1)))
                .toList();
    }

    private Set<Link> linkAll(List<Link> links) {
        return linker.link(links).await().atMost(PATIENCE);
    }

    /** The end user to whom both names lead. */
    private static Object onePersonOf(Link link) {
        Object person = endUser("phone", link.contact().key());
        assertEquals(person, endUser("bsuid", link.userId()));
        return person;
    }

    private void assertOnePersonWithOneOpenSession() {
        Object person = endUser("phone", number);
        assertEquals(person, endUser("bsuid", userId));
        assertEquals(
                1L,
                postgres.value(
                        "select count(*) from Sessions where EndUserID = ? and EndTime is null and ClientID = 1",
                        person));
        assertEquals(0L, postgres.value("""
                        select count(*) from Sessions s join ClientEndUsers u on u.EndUserID = s.EndUserID
                        where s.EndTime is null and u.MergedInto is not null"""));
        assertEquals(
                1L,
                postgres.value(
                        "select count(*) from ClientEndUsers where PhoneNumber = ? and Status = 'Ativo'", number));
    }

    private CompletableFuture<Boolean> link() {
        return linker.link(List.of(new Link(1, contact(), userId)))
                .map(Set::isEmpty)
                .subscribeAsCompletionStage();
    }

    private Contact contact() {
        return new Contact("phone", number, number, "Maria");
    }

    private static Object endUser(String kind, String value) {
        return postgres.value("select EndUserID from EndUserIdentities where Kind = ? and Value = ?", kind, value);
    }

    private static void receive(String kind, String contact) {
        receiving(kind, contact).join();
    }

    private static CompletableFuture<Void> receiving(String kind, String contact) {
        Uni<Void> received = transactions.service().statementsAsPlatform(PlatformReason.ROUTING, tx -> tx.sql(
                        "select * from comuta_receive($1::jsonb, interval '6 hours', interval '1 day', interval '30 days')",
                        new JsonArray(delivery(kind, contact)))
                .replaceWithVoid());
        return received.subscribeAsCompletionStage();
    }

    private static String delivery(String kind, String contact) {
        return new JsonArray()
                .add(new JsonObject()
                        .put("channel", 1)
                        .put("contactKind", kind)
                        .put("contact", contact)
                        .put("phone", kind.equals("phone") ? contact : null)
                        .put("provider", "Meta")
                        .put("providerId", UUID.randomUUID().toString())
                        .put("contentType", "Texto")
                        .put("content", "Oi"))
                .encode();
    }

    /** Until the work has ended, or a transaction waits for a lock that it needs. */
    private static void awaitWaitingOrDone(CompletableFuture<?> work) {
        await().atMost(PATIENCE)
                .until(() -> work.isDone()
                        || !postgres.query("select from pg_locks where not granted")
                                .isEmpty());
    }

    /** Another transaction, open until its commit. */
    private static class Other implements AutoCloseable {

        private final Connection connection;

        Other() throws SQLException {
            SandboxPostgres.Login owner = postgres.login(SandboxPostgres.OWNER);
            connection = DriverManager.getConnection(postgres.jdbcUrl(), owner.username(), owner.password());
            connection.setAutoCommit(false);
            try (Statement role = connection.createStatement()) {
                role.execute("set local role comuta_platform");
            }
        }

        void run(String sql, Object... parameters) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < parameters.length; i++) {
                    statement.setObject(i + 1, parameters[i]);
                }
                statement.execute();
            }
        }

        void commit() throws SQLException {
            connection.commit();
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    /** Receives a message. */
    private static final class Opening extends Other {

        Opening(String kind, String contact) throws SQLException {
            run(
                    "select * from comuta_receive(?::jsonb, interval '6 hours', interval '1 day', interval '30 days')",
                    delivery(kind, contact));
        }
    }

    /** Links the person's names. */
    private final class Linking extends Other {

        Linking() throws SQLException {
            run(
                    "select comuta_link_identities(1::bigint, 'phone', ?::text, ?::text, 'Maria', ?::text)",
                    number,
                    number,
                    userId);
        }
    }
}
