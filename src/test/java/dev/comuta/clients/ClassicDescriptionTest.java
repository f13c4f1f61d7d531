package dev.comuta.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ClassicDescriptionTest {

    private static final Path MODERN = Path.of("openapi.yaml");
    private static JsonNode modern;
    private static JsonNode classic;

    @BeforeAll
    static void convert() throws IOException {
        ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
        modern = yaml.readTree(Files.readString(MODERN));
        classic = yaml.readTree(ClassicDescription.of(MODERN));
    }

    @Test
    void saysThatAFieldMayBeNullInTheWordsOf30() {
        JsonNode field = classic.at("/components/schemas/ClientFields/properties/additionalInfo");

        assertEquals("string", field.path("type").asText());
        assertTrue(field.path("nullable").asBoolean());
        assertEquals("Especialista em imóveis de luxo", field.path("example").asText());
    }

    @Test
    void holdsNothingThatOnly31Knows() {
        assertEquals("3.0.3", classic.path("openapi").asText());
        assertFalse(classic.has("webhooks"));
        assertFalse(classic.at("/info/license").has("identifier"));
        assertEquals(
                List.of(),
                classic.findValues("type").stream().filter(JsonNode::isArray).toList());
        assertEquals(List.of(), classic.path("components").path("schemas").findValues("examples"));
        assertTrue(modern.findValuesAsText("pattern").stream().anyMatch(pattern -> pattern.contains("\\p{")));
        assertFalse(classic.findValuesAsText("pattern").stream().anyMatch(pattern -> pattern.contains("\\p{")));
    }

    @Test
    void keepsEveryOperation() {
        assertFalse(classic.findValuesAsText("operationId").isEmpty());
        assertEquals(
                modern.path("paths").findValuesAsText("operationId"),
                classic.path("paths").findValuesAsText("operationId"));
    }
}
