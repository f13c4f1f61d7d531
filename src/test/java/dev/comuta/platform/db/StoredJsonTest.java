package dev.comuta.platform.db;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.comuta.platform.http.UntrustedJson;
import dev.comuta.platform.json.BodyCheck;
import dev.comuta.platform.json.StrictJson;
import dev.comuta.platform.problem.Problem;
import dev.comuta.sandbox.SandboxPostgres;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever JSON is accepted at an entrance can be read from its row, and is the same. */
class StoredJsonTest {

    private static final ObjectMapper API = new ObjectMapper();

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static Transactions transactions;

    @BeforeContainer
    static void start() {
        new StrictJson().customize(API);
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres).service();
    }

    @AfterContainer
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @Property(tries = 300)
    void readsBackWhatOtherSystemsSent(@ForAll("objects") String json) {
        assertStored(UntrustedJson.object(Buffer.buffer(json)));
    }

    @Property(tries = 300)
    void readsBackWhatTheModelNamedAsArguments(@ForAll("objects") String json) throws IOException {
        assertStored(new JsonObject(UntrustedJson.mapper().readTree(json).toString()));
    }

    @Property(tries = 300)
    void readsBackWhatTheApiAccepted(@ForAll("objects") String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        try {
            BodyCheck.require(body);
        } catch (Problem rejected) {
            return;
        }
        @SuppressWarnings("unchecked")
        Map<String, Object> fields = API.readValue(body, Map.class);
        assertStored(new JsonObject(fields));
    }

    private static void assertStored(JsonObject accepted) {
        JsonObject stored = transactions
                .statementsAsPlatform(
                        PlatformReason.SWEEP,
                        tx -> tx.list("select $1::jsonb as stored", row -> row.getJsonObject("stored"), accepted))
                .await()
                .indefinitely()
                .getFirst();
        assertEquals(comparable(accepted.getMap()), comparable(stored.getMap()), accepted::encode);
    }

    /** The same with numbers that are equal when their values are. */
    private static Object comparable(Object value) {
        return switch (value) {
            case JsonObject object -> comparable(object.getMap());
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(comparable(entry.getValue()))));
            case Iterable<?> list ->
                java.util.stream.StreamSupport.stream(list.spliterator(), false)
                        .map(StoredJsonTest::comparable)
                        .toList();
            case Number number -> new BigDecimal(number.toString()).stripTrailingZeros();
            case null -> "null";
            default -> value;
        };
    }

    @Provide
    Arbitrary<String> objects() {
        return values().list().ofMaxSize(4).map(values -> {
            StringBuilder object = new StringBuilder("{");
            for (int i = 0; i < values.size(); i++) {
                object.append(i == 0 ? "" : ",")
                        .append("\"k")
                        .append(i)
                        .append("\":")
                        .append(values.get(i));
            }
            return object.append("}").toString();
        });
    }

    private static Arbitrary<String> values() {
        return Arbitraries.lazyOf(
                StoredJsonTest::numbers,
                StoredJsonTest::numbers,
                () -> Arbitraries.of("true", "false", "null", "{}", "[]", "[".repeat(50) + "1e300" + "]".repeat(50)),
                StoredJsonTest::texts,
                () -> values().list().ofMaxSize(3).map(values -> "[" + String.join(",", values) + "]"),
                () -> values().map(value -> "{\"a\\u0000\":" + value + "}"));
    }

    private static Arbitrary<String> numbers() {
        Arbitrary<String> any = Arbitraries.bigDecimals().ofScale(12).map(BigDecimal::toString);
        Arbitrary<String> shifted = Arbitraries.integers().between(-500, 500).flatMap(shift -> Arbitraries.longs()
                .map(digits -> digits + "e" + shift));
        Arbitrary<String> whole = Arbitraries.integers().between(1, 400).map("9"::repeat);
        return Arbitraries.oneOf(any, shifted, whole, Arbitraries.of("0", "-0", "0.0", "1e300", "1e400", "0e999"));
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.of("x", "é", "\uD83D\uDE00", "\\u0000", "\\ud83d", "\\\"", "\\\\", "1e300", "{")
                .list()
                .ofMaxSize(5)
                .map(parts -> "\"" + String.join("", parts) + "\"");
    }
}
