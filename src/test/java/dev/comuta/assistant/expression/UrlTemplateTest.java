package dev.comuta.assistant.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlTemplateTest {

    private static final String CLIENT = "https://crm.example.com/crm/clientes/{codigo}";

    /** RFC 6570, section 3.2.2. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"value\" | value",
                "\"Hello World!\" | Hello%20World%21",
                "\"50%\" | 50%25",
                "\"São João\" | S%C3%A3o%20Jo%C3%A3o",
                "\"a&max=1#x?y=*~'\" | a%26max%3D1%23x%3Fy%3D%2A~%27",
                "\"{codigo}\" | %7Bcodigo%7D",
                "[\"red\", \"gre,en\", null] | red,gre%2Cen",
                "1024 | 1024",
                "450000.0 | 450000",
                "1.5e7 | 15000000",
                "true | true",
            })
    void encodesEveryCharacterThatIsNotUnreserved(String argument, String encoded) {
        JsonObject arguments = new JsonObject("{\"codigo\": " + argument + "}");

        assertEquals("https://crm.example.com/crm/clientes/" + encoded, fill(CLIENT, arguments));
        assertEquals("https://h/x?q=" + encoded + "&z=1", fill("https://h/x?q={codigo}&z=1", arguments));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\u200b",
                ".",
                "..",
                " .. ",
                "..\u0000",
                "../pedidos",
                "..\\pedidos",
                "a/b",
                "a\\b",
                "/",
                "%2e%2e",
                "%2E.",
                "%252e%252e",
                "%25252e%25252e",
                "%2e%2e%2fpedidos",
                "%2f",
                "%5c",
                "%5C..",
                "%u002e.",
                "%c0%ae%c0%ae",
                "%C0%AF",
                "%e0%80%af",
                "\uff0e\uff0e",
                "\u2025",
                "\uff0f",
                "..;x=1",
                ";x=1",
                "..%3bx",
                ".%00.",
                "%20",
                "%2525252525252525252525252e"
            })
    void refusesAnArgumentThatLeavesItsSegment(String argument) {
        InvalidExpression refused = assertThrows(
                InvalidExpression.class, () -> fill(CLIENT + "/contratos", new JsonObject().put("codigo", argument)));
        assertEquals(".codigo", refused.path());
    }

    @Test
    void refusesAnArgumentThatCompletesADotSegment() {
        for (String template : List.of("https://h/a/.{b}/c", "https://h/a/%2e{b}", "https://h/a/{b}{b}")) {
            assertThrows(InvalidExpression.class, () -> fill(template, JsonObject.of("b", ".")), template);
        }
        assertEquals("https://h/a/x./c", fill("https://h/a/x{b}/c", JsonObject.of("b", ".")));
        assertEquals("https://h/g%2Fp1", fill("https://h/g%2F{b}", JsonObject.of("b", "p1")));
    }

    @Property
    void keepsEveryArgumentInItsPlace(
            @ForAll @StringLength(max = 12) @CharRange(from = '!', to = 'A') @CharRange(from = '\\', to = 'g')
                    String argument) {
        String url;
        try {
            url = fill("https://h/a/{codigo}/b?q={codigo}&z=1#f", JsonObject.of("codigo", argument));
        } catch (InvalidExpression refused) {
            return;
        }
        URI read = URI.create(url);
        String decoded = URLDecoder.decode(read.getRawPath().replace("+", "%2B"), StandardCharsets.UTF_8);
        assertEquals("/a/" + argument + "/b", decoded);
        assertEquals(4, decoded.split("[/\\\\]", -1).length);
        assertEquals(read.getPath(), read.normalize().getPath());
        assertEquals(2, read.getRawQuery().split("&", -1).length);
        assertEquals(url, read.toASCIIString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | https://h/x?z=1",
                "{\"max\": null} | https://h/x?z=1",
                "{\"max\": null, \"min\": 2} | https://h/x?min=2&z=1",
                "{\"max\": 1, \"min\": 2} | https://h/x?min=2&max=1&z=1",
                "{\"max\": []} | https://h/x?z=1",
                "{\"max\": [null]} | https://h/x?z=1",
                "{\"max\": \"\"} | https://h/x?max=&z=1",
                "{\"max\": false} | https://h/x?max=false&z=1",
            })
    void leavesOutAPairWithoutItsArgument(String arguments, String url) {
        assertEquals(url, fill("https://h/x?min={min}&max={max}&z=1", new JsonObject(arguments)));
    }

    @Test
    void leavesOutAQueryWithoutPairs() {
        assertEquals("https://h/x", fill("https://h/x?a={a}&{b}&c={a}-{b}#{c}", new JsonObject()));
        assertEquals("https://h", fill("https://h?a={a}", new JsonObject()));
    }

    @Test
    void failsWithoutARequiredArgument() {
        JsonObject schema = new JsonObject(
                "{\"allOf\": [{\"$ref\": \"#/$defs/c\"}], \"$defs\": {\"c\": {\"required\": [\"cliente\"]}}}");
        UrlTemplate template = UrlTemplate.of("https://h/pedidos?cliente={cliente}&max={max}");

        assertEquals("https://h/pedidos?cliente=7", template.fill(JsonObject.of("cliente", 7), schema));
        InvalidExpression missing =
                assertThrows(InvalidExpression.class, () -> template.fill(JsonObject.of("max", 1), schema));
        assertEquals(".cliente", missing.path());
    }

    @Test
    void neverReadsAnArgumentAsATemplate() {
        JsonObject arguments = JsonObject.of("a", "{b}", "b", "segredo");

        assertFalse(fill("https://h/{a}?a={a}", arguments).contains("segredo"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://{host}/", "https://h{b}/x", "ftp://h/", "https://h\\{b}/", "https://h/{", "https://h/}",
                "https://h/{a", "https://h/{?a}", "https://h/{a,b}", "https://h/{}", "https://h/{+a}",
                        "https://h/x?{a b}",
                ""
            })
    void rejectsAnInvalidTemplate(String url) {
        assertThrows(InvalidExpression.class, () -> UrlTemplate.of(url));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "https://h/{codigo}?q={q} | ",
                "https://h/{cliente} | {cliente}",
                "https://h/{q} | {q}",
                "https://h/{codigo}?q={Q} | {Q}",
                "https://h/?t={tipo} | "
            })
    void namesAPlaceholderThatTheSchemaDoesNotDeclare(String url, String placeholder) {
        Map<String, Object> schema = new JsonObject("""
                {"properties": {"codigo": {}, "q": {}}, "required": ["codigo"],
                 "anyOf": [{"properties": {"tipo": {}}, "required": ["tipo"]}, {"required": ["q"]}]}""").getMap();
        UrlTemplate template = UrlTemplate.of(url);

        if (placeholder == null) {
            template.requireDeclared(schema);
        } else {
            InvalidExpression invalid = assertThrows(InvalidExpression.class, () -> template.requireDeclared(schema));
            assertTrue(invalid.getMessage().contains(placeholder), invalid.getMessage());
        }
    }

    @Test
    void readsAHostileSchemaInBoundedTime() {
        JsonArray twice = JsonArray.of(JsonObject.of("$ref", "#/$defs/a"), JsonObject.of("$ref", "#/$defs/a"));
        JsonObject schema = JsonObject.of("allOf", twice, "$defs", JsonObject.of("a", JsonObject.of("allOf", twice)));

        assertEquals("https://h/", UrlTemplate.of("https://h/?a={a}").fill(new JsonObject(), schema));
    }

    private static String fill(String template, JsonObject arguments) {
        return UrlTemplate.of(template).fill(arguments, null);
    }
}
