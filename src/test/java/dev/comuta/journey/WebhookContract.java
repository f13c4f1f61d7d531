package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.journey.Api.Answer;
import dev.comuta.journey.Conversation.Line;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The contract of the webhook of every provider. {@link SurvivalIT} tests the same webhooks without a database.
 */
abstract class WebhookContract {

    private static final int MAX_BODY = 3 << 20;
    private static final int SILENT_CONNECTIONS = 40;
    private static final int DECLARED_LENGTH = 1 << 20;
    private static final String IN_FLIGHT_BYTES = "comuta_webhooks_in_flight_bytes ";

    static Comuta comuta;

    final String person = Comuta.newNumber();

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
    }

    @AfterEach
    void assertNothingInFlight() {
        await().atMost(Comuta.TIMEOUT).until(() -> inFlight("comuta_webhooks_in_flight ") == 0);
        await().atMost(Comuta.TIMEOUT).until(() -> inFlight(IN_FLIGHT_BYTES) == 0);
    }

    /** The client's number at this provider. */
    abstract Line line();

    /** A signed delivery for an unknown owner. */
    abstract SignedDelivery toUnknownOwner();

    /** A delivery with a valid signature, whose body is not a message. */
    abstract SignedDelivery malformed();

    /** A body that is not of the provider's media type. */
    abstract String unreadable();

    /** 400 when the signature of an unreadable body cannot be computed or its owner cannot be found. */
    abstract int unreadableStatus();

    /** The name of the signature's header. */
    abstract String signatureHeader();

    @Test
    void storesASignedDelivery() {
        line().message(person, "Oi").send(comuta).expect(200);

        assertEquals(List.of("Oi"), stored());
    }

    @Test
    void rejectsAForgedSignatureAndStoresNothing() {
        SignedDelivery other = line().message(Comuta.newNumber(), "Oi");

        line().message(person, "Oi").withHeadersOf(other).send(comuta).expectProblem(401, "unauthenticated");
        Answer wrong = line().message(person, "Oi").with(signatureHeader(), "x").send(comuta);
        wrong.expectProblem(401, "unauthenticated");
        assertEquals("Signature", wrong.header("www-authenticate"));
        assertNothingStored();
    }

    /** The problem of a body that nobody can verify depends on the body alone. */
    @Test
    void rejectsAForgedBodyThatIsNotReadable() {
        SignedDelivery other = line().message(Comuta.newNumber(), "Oi");
        Answer answer = new SignedDelivery(other.path(), unreadable(), other.headers()).sendInvalid(comuta);

        answer.expectProblem(unreadableStatus(), unreadableStatus() == 400 ? "invalid-request" : "unauthenticated");
        new SignedDelivery(other.path(), unreadable(), other.headers())
                .without(signatureHeader())
                .sendInvalid(comuta)
                .expectProblem(401, "unauthenticated");
    }

    @Test
    void namesAMissingSignature() {
        Answer answer = line().message(person, "Oi").without(signatureHeader()).sendInvalid(comuta);

        answer.expectProblem(401, "unauthenticated");
        assertEquals("Signature", answer.header("www-authenticate"));
        assertTrue(answer.json().getString("detail").contains(signatureHeader()), answer.body());
        assertEquals(
                visible(answer),
                visible(toUnknownOwner().without(signatureHeader()).sendInvalid(comuta)));
        assertNothingStored();
    }

    @Test
    void answersAnUnknownOwnerLikeAForgedSignature() {
        SignedDelivery other = line().message(Comuta.newNumber(), "Oi");
        Answer forged = line().message(person, "Oi").withHeadersOf(other).send(comuta);

        Answer unknown = toUnknownOwner().send(comuta);

        assertEquals(visible(forged), visible(unknown));
        assertNothingStored();
    }

    @Test
    void storesARepeatedDeliveryOnce() {
        SignedDelivery delivery = line().message(person, "Oi");

        List<CompletableFuture<Answer>> simultaneous =
                Stream.generate(() -> delivery.sendAsync(comuta)).limit(10).toList();
        simultaneous.forEach(answer -> answer.join().expect(200));
        delivery.send(comuta).expect(200);

        line().awaitAnswers(person, 1);
        comuta.awaitNoOpenTask();
        assertEquals(List.of("Oi"), stored());
        assertEquals(1, line().answersTo(person).size());
    }

    @Test
    void rejectsASignedBodyThatIsNoMessage() {
        malformed().sendInvalid(comuta).expectProblem(400, "invalid-request");

        assertNothingStored();
    }

    @Test
    void rejectsOtherMediaTypes() {
        line().message(person, "Oi")
                .with("content-type", "text/plain")
                .sendInvalid(comuta)
                .expectProblem(415, "unsupported-media-type");
        line().message(person, "Oi")
                .with("content-encoding", "gzip")
                .send(comuta)
                .expectProblem(415, "unsupported-media-type");
        assertNothingStored();
    }

    @Test
    void rejectsABodyThatIsTooLarge() {
        SignedDelivery tooLarge = line().message(person, "x".repeat(MAX_BODY));

        tooLarge.send(comuta).expectProblem(413, "too-large");
        try (RawConnection connection = RawConnection.to(comuta.server().baseUrl())) {
            connection.begin(tooLarge, Map.of("transfer-encoding", "chunked"));
            connection.writeChunk("x".repeat(MAX_BODY + 1));
            assertEquals(413, connection.readStatus());
        }
        assertNothingStored();
    }

    @Test
    void countsTheBytesThatHaveArrivedUntilTheConnectionIsClosed() {
        try (RawConnection connection = RawConnection.to(comuta.server().baseUrl())) {
            connection.begin(line().message(person, "Oi"), Map.of("content-length", Integer.toString(DECLARED_LENGTH)));
            connection.write("x".repeat(1000));

            await().atMost(Comuta.TIMEOUT).until(() -> inFlight(IN_FLIGHT_BYTES) == 1000);
        }
        assertNothingInFlight();
        assertNothingStored();
    }

    /** A declared length uses no capacity, so other deliveries are stored meanwhile. */
    @Test
    void closesConnectionsWithoutABodyWhileOthersAreServed() {
        List<RawConnection> silent = new ArrayList<>();
        for (int i = 0; i < SILENT_CONNECTIONS; i++) {
            RawConnection connection = RawConnection.to(comuta.server().baseUrl());
            connection.begin(line().message(person, "Oi"), Map.of("content-length", Integer.toString(DECLARED_LENGTH)));
            connection.write("x");
            silent.add(connection);
        }

        String other = Comuta.newNumber();
        line().message(other, "Oi").send(comuta).expect(200);

        for (RawConnection connection : silent) {
            assertEquals(408, connection.readStatus());
            assertTrue(connection.isClosed(), "the connection is closed");
            connection.close();
        }
        assertNothingStored();
    }

    /** The parts of a response that could disclose whether the owner is known. */
    private static Map<String, Object> visible(Answer answer) {
        Map<String, Object> visible = new TreeMap<>(answer.headers());
        visible.keySet().removeAll(Set.of("date", ":status", "Trace-Id", "trace-id"));
        JsonObject body = answer.json();
        body.remove("traceId");
        visible.put("status", answer.status());
        visible.put("body", body);
        return visible;
    }

    private static int inFlight(String gauge) {
        String metrics = comuta.management().get("/q/metrics").body();
        return metrics.lines()
                .filter(line -> line.startsWith(gauge))
                .map(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(-1);
    }

    List<Object> stored() {
        return comuta.column(
                "select m.Content from Messages m join Sessions s using (SessionID) join ClientEndUsers u using (EndUserID) "
                        + "where u.PhoneNumber = ? and m.SenderType = 'Usuário-Cliente' order by m.MessageID",
                person);
    }

    private void assertNothingStored() {
        assertEquals(
                0L,
                comuta.value("select count(*) from ClientEndUsers where PhoneNumber = ?", person),
                "no row of the person");
    }
}
