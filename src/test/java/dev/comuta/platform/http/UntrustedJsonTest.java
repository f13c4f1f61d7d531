package dev.comuta.platform.http;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.comuta.platform.json.StrictJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import java.math.BigInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UntrustedJsonTest {

    private static Stream<String> beyondTheLimits() {
        return Stream.of(
                nested(65),
                "{\"a\":" + "[".repeat(100_000),
                "{\"a\":\"" + "x".repeat(524_289) + "\"}",
                "{\"" + "n".repeat(1_001) + "\":1}",
                "{\"a\":" + "9".repeat(524_289) + "}",
                "{\"a\":[" + "0,".repeat(300_000) + "0]}");
    }

    @ParameterizedTest
    @MethodSource("beyondTheLimits")
    void rejectsExpensiveJson(String json) {
        assertThrows(DecodeException.class, () -> UntrustedJson.object(Buffer.buffer(json)));
        assertThrows(JsonProcessingException.class, () -> UntrustedJson.limited(new ObjectMapper())
                .readTree(json));
    }

    @Test
    void readsBackAcceptedJsonInsideOtherJson() throws JsonProcessingException {
        ObjectMapper rows = new ObjectMapper();
        new StrictJson().customize(rows);
        String deepest = nested(64);

        assertDoesNotThrow(() -> UntrustedJson.object(Buffer.buffer(deepest)));
        assertDoesNotThrow(() -> rows.readTree("{\"a\":[{\"b\":" + deepest + "}]}"));
        assertDoesNotThrow(() -> rows.readTree(nested(2_000)));
        assertEquals(BigInteger.TEN.pow(300), rows.readValue("1" + "0".repeat(300), Object.class));
    }

    @ParameterizedTest
    @MethodSource("noObjects")
    void acceptsExactlyOneObject(String json) {
        assertThrows(DecodeException.class, () -> UntrustedJson.object(Buffer.buffer(json)));
    }

    private static Stream<String> noObjects() {
        return Stream.of("", "null", "[]", "1", "\"x\"", "{} {}", "{\"a\":1}x", "{");
    }

    private static String nested(int depth) {
        return "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
    }
}
