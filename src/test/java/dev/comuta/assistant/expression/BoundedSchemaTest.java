package dev.comuta.assistant.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundedSchemaTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'$ref': 'http://127.0.0.1:1/schema.json'}; .$ref",
                "{'$ref': '#'}; .$ref",
                "{'properties': {'a': {'$ref': '#/properties/a'}}}; .properties.a.$ref",
                "{'$ref': '#/$defs/nada'}; .$ref",
                "{'$dynamicRef': '#a'}; .$dynamicRef",
                "{'$id': 'https://h/x'}; .$id",
                "{'allOf': [{'$schema': 'x'}]}; .allOf[0].$schema",
                "{'properties': {'a': {'pattern': '('}}}; .properties.a.pattern",
                "{'patternProperties': {'(((a{1000}){1000}){1000})': {}}}; .patternProperties.(((a{1000}){1000}){1000})",
                "{'type': 'array'}; .type",
                "{'type': 'objeto'}; .type",
                "{'properties': {'a': {'minLength': '3'}}}; .properties.a.minLength",
                "{'required': 'a'}; .required"
            })
    void namesTheWrongPart(String schema, String path) {
        InvalidExpression wrong =
                assertThrows(InvalidExpression.class, () -> of(new JsonObject(schema.replace('\'', '"'))));
        assertEquals(path, wrong.path());
    }

    @Test
    void rejectsASchemaWhoseReferencesMultiply() {
        JsonObject definitions = new JsonObject();
        for (int i = 0; i < 30; i++) {
            JsonObject next = new JsonObject().put("$ref", "#/$defs/d" + (i + 1));
            definitions.put(
                    "d" + i,
                    new JsonObject().put("allOf", new JsonArray().add(next).add(next)));
        }
        definitions.put("d30", new JsonObject());
        JsonObject schema = new JsonObject().put("$ref", "#/$defs/d0").put("$defs", definitions);
        assertThrows(InvalidExpression.class, () -> of(schema));
    }

    @Test
    void rejectsMutualRecursion() {
        JsonObject schema = new JsonObject("""
                {"$ref": "#/$defs/a", "$defs": {"a": {"properties": {"b": {"$ref": "#/$defs/b"}}},
                 "b": {"properties": {"a": {"$ref": "#/$defs/a"}}}}}""");
        assertThrows(InvalidExpression.class, () -> of(schema));
    }

    @Test
    void rejectsTooManyLargePatterns() {
        JsonObject properties = new JsonObject();
        for (int i = 0; i < 10; i++) {
            properties.put("p" + i, new JsonObject().put("pattern", "a{990}" + i));
        }
        assertThrows(InvalidExpression.class, () -> of(new JsonObject().put("properties", properties)));
    }

    @Test
    void acceptsReferencesInsideTheSchema() {
        BoundedSchema schema = of(new JsonObject("""
                {"$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "required": ["bairro"],
                 "properties": {"bairro": {"$ref": "#/$defs/nome"}, "cidade": {"$ref": "#/$defs/nome"}},
                 "$defs": {"nome": {"type": "string", "pattern": "^[A-Z]"}}}"""));
        assertTrue(schema.errors(Map.of("bairro", "Centro")).isEmpty());
        assertTrue(schema.errors(Map.of("bairro", "centro")).isPresent());
        assertTrue(schema.errors(Map.of("bairro", "C" + "x".repeat(40_000))).isPresent());
    }

    private static BoundedSchema of(JsonObject schema) {
        return BoundedSchema.of(schema.getMap());
    }
}
