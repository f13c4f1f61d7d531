package dev.comuta.provider.twilio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.comuta.Contracts;
import dev.comuta.platform.secret.Hmac;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TwilioSignatureTest {

    private static final String URL = "https://mycompany.com/myapp.php?foo=1&bar=2";
    private static final String SIGNATURE = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
    private static final TwilioForm FORM = form(
            "Digits=1234&CallSid=CA1234567890ABCDE&To=%2B18005551212" + "&Caller=%2B14158675309&From=%2B14158675309");

    @TestFactory
    Stream<DynamicTest> agreesWithPublishedVectors() throws IOException {
        Path file = Contracts.file("twilio/signature_vectors.json");
        return new JsonObject(Files.readString(file))
                .getJsonArray("vectors").stream()
                        .map(JsonObject.class::cast)
                        .filter(vector -> vector.containsKey("params"))
                        .map(vector -> dynamicTest(vector.getString("name"), () -> check(vector)));
    }

    private static void check(JsonObject vector) {
        assertEquals(
                vector.getBoolean("valid"),
                TwilioSignature.verifies(
                        vector.getString("auth_token"),
                        vector.getString("signature"),
                        vector.getString("request_url"),
                        form(vector.getJsonObject("params"))));
    }

    /** A real one, as published in the tests of enola-dev/enola. */
    @Test
    void verifiesTheUrlOfAWebSocketAsItWasDialled() {
        String host = "70cd1a93aa44.ngrok-free.app";
        assertTrue(opens("wss://" + host + "/"));
        assertTrue(opens("wss://" + host + ":443/"));
        assertFalse(opens("wss://" + host), "the path is not empty");
        assertFalse(opens("https://" + host + "/"));
        assertFalse(opens("ws://" + host + "/"));
    }

    private static boolean opens(String url) {
        return TwilioSignature.verifies(
                "c0e4d9d4fff66d194f3101ccd7c3a38c",
                "CSS4F/5/iw8S6Zkm3aULeNJaVC8=",
                url,
                new TwilioForm(new TreeMap<>()));
    }

    @Test
    void acceptsAnApostropheInEitherSpelling() {
        String encoded = "https://mycompany.com/myapp.php?foo=1&bar=2&Body=It%27s+amazing";
        String bare = encoded.replace("%27", "'");
        String signature = "TfZzewPq8wqrGlMfyAud8+/IvJ0=";

        assertTrue(TwilioSignature.verifies("12345", signature, encoded, FORM));
        assertTrue(TwilioSignature.verifies("12345", signature, bare, FORM));
        String ofBare = dev.comuta.sandbox.TwilioSignature.of("12345", bare, Map.of("A", "1"));
        assertTrue(TwilioSignature.verifies("12345", ofBare, encoded, form("A=1")));
    }

    @Test
    void rejectsOtherFieldsUrlsAndSignatures() {
        assertTrue(TwilioSignature.verifies("12345", SIGNATURE, URL, FORM));
        assertFalse(TwilioSignature.verifies("12345", SIGNATURE, URL, form("Digits=1234")));
        assertFalse(TwilioSignature.verifies("12345", SIGNATURE, URL + "3", FORM));
        assertFalse(TwilioSignature.verifies("12345", SIGNATURE.toLowerCase(Locale.ROOT), URL, FORM));
        assertFalse(TwilioSignature.verifies("12345", "", URL, FORM));
        assertFalse(TwilioSignature.verifies("12345", null, URL, FORM));
        assertFalse(TwilioSignature.verifies("other", SIGNATURE, URL, FORM));
    }

    @Test
    void readsRepeatedEmptyAndLongFields() {
        String emoji = "\uD83C\uDFE0".repeat(2048);
        TwilioForm form = form("A=2&A=1&Empty=&Bare&Body=" + URLEncoder.encode(emoji, StandardCharsets.UTF_8) + "&&");
        assertEquals(List.of("2", "1"), form.fields().get("A"));
        assertEquals(emoji, form.get("Body"));
        assertEquals(null, form.get("Empty"));
        assertEquals(
                List.of("A", "Bare", "Body", "Empty"), List.copyOf(form.fields().keySet()));
    }

    @Test
    void readsNothingFromAnInvalidForm() {
        assertEquals(Optional.empty(), parsed("A=%GG"));
        assertEquals(Optional.empty(), parsed("A=1&".repeat(2000)));
        assertEquals(new TwilioForm(new TreeMap<>()), form(""));
    }

    /** Twilio signs what it sends; only what is stored is replaced. */
    @Test
    void verifiesTextThatCannotBeStored() {
        TwilioForm form = form("Body=a%00b");
        String signature = Base64.getEncoder()
                .encodeToString(Hmac.SHA1.of(
                        "12345".getBytes(StandardCharsets.UTF_8),
                        (URL + "Bodya\u0000b").getBytes(StandardCharsets.UTF_8)));

        assertTrue(TwilioSignature.verifies("12345", signature, URL, form));
        assertEquals("a\uFFFDb", form.get("Body"));
    }

    private static TwilioForm form(String body) {
        return parsed(body).orElseThrow();
    }

    private static Optional<TwilioForm> parsed(String body) {
        return TwilioForm.parse(body.getBytes(StandardCharsets.UTF_8));
    }

    private static TwilioForm form(JsonObject params) {
        TwilioForm form = new TwilioForm(new TreeMap<>());
        params.forEach(param -> form.fields()
                .put(
                        param.getKey(),
                        switch (param.getValue()) {
                            case JsonArray values ->
                                values.stream().map(Object::toString).toList();
                            case null -> List.of("");
                            default -> List.of(param.getValue().toString());
                        }));
        return form;
    }
}
