package dev.comuta.journey;

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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What holds for the webhooks of every provider, whatever its bodies and signatures look like. {@link SurvivalIT} tests the
 * same providers without a database.
 */
abstract class WebhookContract {

    private static final int MAX_BODY = 3 << 20;
    private static final int SILENT_CONNECTIONS = 40;
    private static final int ANNOUNCED = 1 << 20;

    static Comuta comuta;

    final String person = Comuta.newNumber();

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
    }

    /** The number of the client at this provider. */
    abstract Line line();

    /** Signed, as far as its sender can, for an owner that we do not know. */
    abstract SignedDelivery toUnknownOwner();

    /** Signed by the owner, and no message. */
    abstract SignedDelivery malformed();

    /** The header without which nothing can be verified. */
    abstract String signatureHeader();

    @Test
    void storesWhatItsOwnerSigned() {
        line().message(person, "Oi").send(comuta).expect(200);

        assertEquals(List.of("Oi"), stored());
    }

    @Test
    void refusesAForgedSignatureAndStoresNothing() {
        SignedDelivery other = line().message(Comuta.newNumber(), "Oi");

        line().message(person, "Oi").forgedWith(other).send(comuta).expectProblem(401, "unauthenticated");
        line().message(person, "Oi").with(signatureHeader(), "x").send(comuta).expectProblem(401, "unauthenticated");
        new SignedDelivery(other.path(), "{", other.headers())
                .sendInvalid(comuta)
                .expectProblem(401, "unauthenticated");
        assertStrange();
    }

    @Test
    void namesASignatureThatIsMissing() {
        Answer answer = line().message(person, "Oi").without(signatureHeader()).sendInvalid(comuta);

        answer.expectProblem(401, "unauthenticated");
        assertTrue(answer.json().getString("detail").contains(signatureHeader()), answer.body());
        assertEquals(
                told(answer), told(toUnknownOwner().without(signatureHeader()).sendInvalid(comuta)));
        assertStrange();
    }

    @Test
    void answersForAnUnknownOwnerAsToAForgedSignature() {
        SignedDelivery other = line().message(Comuta.newNumber(), "Oi");
        Answer forged = line().message(person, "Oi").forgedWith(other).send(comuta);

        Answer unknown = toUnknownOwner().send(comuta);

        assertEquals(told(forged), told(unknown));
        assertStrange();
    }

    @Test
    void storesARepeatedDeliveryOnce() {
        SignedDelivery delivery = line().message(person, "Oi");

        List<CompletableFuture<Answer>> atOnce =
                Stream.generate(() -> delivery.sendAsync(comuta)).limit(10).toList();
        atOnce.forEach(answer -> answer.join().expect(200));
        delivery.send(comuta).expect(200);

        line().awaitAnswers(person, 1);
        comuta.awaitQuiet();
        assertEquals(List.of("Oi"), stored());
        assertEquals(1, line().answersTo(person).size());
    }

    @Test
    void refusesWhatIsSignedAndNoMessage() {
        malformed().sendInvalid(comuta).expectProblem(400, "invalid-request");

        assertStrange();
    }

    @Test
    void refusesAnotherTypeOfBody() {
        line().message(person, "Oi")
                .with("content-type", "text/plain")
                .sendInvalid(comuta)
                .expectProblem(415, "unsupported-media-type");
        line().message(person, "Oi")
                .with("content-encoding", "gzip")
                .send(comuta)
                .expectProblem(415, "unsupported-media-type");
        assertStrange();
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        SignedDelivery tooLarge = line().message(person, "x".repeat(MAX_BODY));

        tooLarge.send(comuta).expectProblem(413, "too-large");
        try (RawConnection connection = RawConnection.to(comuta.server().baseUrl())) {
            connection.begin(tooLarge, Map.of("transfer-encoding", "chunked"));
            connection.writeChunk("x".repeat(MAX_BODY + 1));
            assertEquals(413, connection.readAnswer());
        }
        assertStrange();
    }

    /** Announced bytes take no room: what others deliver meanwhile is stored. */
    @Test
    void cutsOffBodiesThatNeverEndWhileOthersAreServed() {
        List<RawConnection> silent = new ArrayList<>();
        for (int i = 0; i < SILENT_CONNECTIONS; i++) {
            RawConnection connection = RawConnection.to(comuta.server().baseUrl());
            connection.begin(line().message(person, "Oi"), Map.of("content-length", Integer.toString(ANNOUNCED)));
            connection.write("x");
            silent.add(connection);
        }

        String other = Comuta.newNumber();
        line().message(other, "Oi").send(comuta).expect(200);

        for (RawConnection connection : silent) {
            assertEquals(408, connection.readAnswer());
            assertTrue(connection.isClosed(), "the connection is closed");
            connection.close();
        }
        assertStrange();
    }

    /** All of an answer that can tell one sender from another. */
    private static Map<String, Object> told(Answer answer) {
        Map<String, Object> told = new TreeMap<>(answer.headers());
        told.keySet().removeAll(Set.of("date", ":status"));
        JsonObject body = answer.json();
        body.remove("traceId");
        told.put("status", answer.status());
        told.put("body", body);
        return told;
    }

    List<Object> stored() {
        return comuta.column(
                "select m.Content from Messages m join Sessions s using (SessionID) join ClientEndUsers u using (EndUserID) "
                        + "where u.PhoneNumber = ? and m.SenderType = 'Usuário-Cliente' order by m.MessageID",
                person);
    }

    private void assertStrange() {
        assertEquals(
                0L,
                comuta.value("select count(*) from ClientEndUsers where PhoneNumber = ?", person),
                "nothing of the person is stored");
    }
}
