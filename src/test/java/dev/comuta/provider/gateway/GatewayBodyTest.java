package dev.comuta.provider.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.comuta.message.InboundMessage.Contact;
import dev.comuta.platform.http.UntrustedJson;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.provider.gateway.GatewayMessage.Media;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    @CsvSource({
        "5215512345678, +525512345678, +5215512345678",
        "+52 55 1234 5678, +525512345678, +525512345678",
        "14155238886, +14155238886, +14155238886",
        "15550783881, +15550783881, +15550783881",
    })
    void identifiesTheSenderByAnyNumberWithACountryCode(String from, String key, String phone) {
        assertEquals(
                new Contact("phone", key, phone, null),
                from(from).toInbound(1, "msg_1").contact());
    }

    @ParameterizedTest
    @ValueSource(strings = {"(11) 98888-7777", "+55119COMPRE", "1-800-FLOWERS", "Maria", ""})
    void rejectsASenderWithoutACountryCodeOrWithLetters(String from) {
        Problem problem = assertThrows(Problem.class, () -> from(from).toInbound(1, "msg_1"));
        assertEquals("from", problem.violations().getFirst().field());
    }

    private static GatewayMessage from(String from) {
        return new GatewayMessage(from, "+5511999999999", "Oi", null, null);
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[] | body", "{ | body", "{\"to\":1} | to", "{} | to", "{\"to\":\"Maria\"} | to"})
    void namesWhatABodyWithoutARecipientLacks(String text, String field) {
        assertEquals(
                field, read(text).withoutRecipient().violations().getFirst().field());
        assertNull(read("{\"to\":\"5511999999999\"}").withoutRecipient());
    }

    private static GatewayBody read(String text) {
        return GatewayBody.read(
                UntrustedJson.limited(new ObjectMapper()).getFactory(), text.getBytes(StandardCharsets.UTF_8));
    }
}
