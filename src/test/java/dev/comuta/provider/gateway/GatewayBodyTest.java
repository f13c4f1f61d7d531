package dev.comuta.provider.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.comuta.platform.http.UntrustedJson;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.provider.gateway.GatewayMessage.Media;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayBodyTest {

    @Test
    void readsDocumentedFieldsAndIgnoresOthers() {
        GatewayBody body = read("""
                {"from": "+5511998765432", "extra": {"to": [1, {"from": "x"}]}, "to": "+5511999999999",
                 "message": "Olá", "messageId": null,
                 "media": {"url": "https://example.com/1", "size": [1], "contentType": "audio/ogg"}}""");

        assertEquals("+5511999999999", body.to());
        Media media = new Media("https://example.com/1", "audio/ogg");
        assertEquals(new GatewayMessage("+5511998765432", "+5511999999999", "Olá", null, media), body.message());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "\"to\"",
                "{\"to\": \"+5511999999999\"",
                "{\"to\": \"+5511999999999\"} {}",
                "{\"to\": \"+5511999999999\", }",
                "[{\"to\": \"+5511999999999\"}]"
            })
    void readsNoRecipientFromInvalidJson(String text) {
        assertNull(read(text).to());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"from\": 1",
                "\"message\": {\"text\": \"x\"}",
                "\"messageId\": [\"x\"]",
                "\"message\": true",
                "\"media\": \"x\"",
                "\"media\": [1]",
                "\"media\": {\"url\": 1}"
            })
    void readsTheRecipientButRejectsAFieldOfTheWrongType(String field) {
        GatewayBody body = read("{" + field + ", \"to\": \"+5511999999999\"}");

        assertEquals("+5511999999999", body.to());
        assertEquals(
                ProblemType.INVALID, assertThrows(Problem.class, body::message).type());
    }

    @Test
    void readsNoRecipientFromDeeplyNestedJson() {
        String deep = "[".repeat(65) + "]".repeat(65);
        assertNull(read("{\"to\": \"+5511999999999\", \"extra\": " + deep + "}").to());
    }

    private static GatewayBody read(String text) {
        return GatewayBody.read(
                UntrustedJson.limited(new ObjectMapper()).getFactory(), text.getBytes(StandardCharsets.UTF_8));
    }
}
