package dev.comuta.platform.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.comuta.platform.json.StrictJson;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StorableTextTest {

    private static final String OUTSIDE =
            "{\"a\\u0000b\":\"\\ud83d x \\ude00 \\u0000\",\"\\ud800\":{\"k\\uDFFF\":[\"\\ud83d\\ude00\",\"\\\\u0000\"]}}";
    private static final Map<String, Object> STORABLE = Map.of(
            "a\uFFFDb",
            "\uFFFD x \uFFFD \uFFFD",
            "\uFFFD",
            Map.of("k\uFFFD", java.util.List.of("\uD83D\uDE00", "\\u0000")));

    @Example
    void replacesInValuesAndFieldNamesOfExternalJson() throws IOException {
        ObjectMapper limited = UntrustedJson.limited(new ObjectMapper());

        assertEquals(STORABLE, UntrustedJson.object(Buffer.buffer(OUTSIDE)).getMap());
        assertEquals(STORABLE, UntrustedJson.mapper().readValue(OUTSIDE, Map.class));
        assertEquals(STORABLE, limited.readValue(OUTSIDE.getBytes(StandardCharsets.UTF_8), Map.class));
        assertEquals(limited.valueToTree(STORABLE), limited.reader().readTree(OUTSIDE));
    }

    @Example
    void replacesInBodiesOfTheApi() throws IOException {
        ObjectMapper api = new ObjectMapper();
        new StrictJson().customize(api);

        assertEquals(
                STORABLE, api.readValue(new ByteArrayInputStream(OUTSIDE.getBytes(StandardCharsets.UTF_8)), Map.class));
    }

    @Example
    void replacesASurrogateThatIsEncodedAlone() throws IOException {
        byte[] json = {'{', '"', 'a', '"', ':', '"', (byte) 0xED, (byte) 0xA0, (byte) 0xBD, '"', '}'};

        assertEquals("\uFFFD", UntrustedJson.object(Buffer.buffer(json)).getString("a"));
    }

    @Property
    void storesAnyText(@ForAll("texts") String text) throws JsonProcessingException {
        String storable = StorableText.of(text);
        JsonNode read = UntrustedJson.mapper().readTree(escaped(text));

        assertTrue(storable.indexOf('\0') < 0);
        assertEquals(storable, new String(storable.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
        assertEquals(storable, read.path(0).asText());
    }

    @Property
    void neverCutsAPairAndKeepsAllThatFits(@ForAll("texts") String text, @ForAll("limits") int most) {
        String storable = StorableText.of(text);
        String cut = StorableText.cut(storable, most);

        assertTrue(storable.startsWith(cut));
        assertTrue(cut.length() <= most);
        assertEquals(cut, StorableText.of(cut));
    }

    @Example
    void cutsBeforeAnEmojiThatDoesNotFit() {
        String family = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67";

        assertEquals("ab", StorableText.cut("ab" + family, 5));
        assertEquals("ab" + family, StorableText.cut("ab" + family + "c", 2 + family.length()));
        assertEquals("a", StorableText.cut("ae\u0301", 2));
        assertNull(StorableText.of(null));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars('\0', 'a', '\u200D', '\uD83D', '\uDE00', '\uDBFF', '\uDC00', '\\', 'u', '"', '\uFFFD')
                .ofMaxLength(12);
    }

    @Provide
    Arbitrary<Integer> limits() {
        return Arbitraries.integers().between(0, 12);
    }

    private static String escaped(String text) {
        StringBuilder json = new StringBuilder("[\"");
        text.chars().forEach(c -> json.append(String.format("\\u%04x", c)));
        return json.append("\"]").toString();
    }
}
