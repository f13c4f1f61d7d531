package dev.comuta.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.comuta.Contracts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What Meta publishes about a message that is sent: the schema, and the documented calls. The schema contradicts itself
 * where it closes the parts of an {@code allOf}, so nothing in it is closed; the calls say which fields there are.
 */
final class MetaContract {

    private static final String CALL = "POST /{Version}/{Phone-Number-ID}/messages";
    /** In the files a field of calls only; Meta's guide has it for messages too. */
    private static final Set<String> IN_THE_GUIDE = Set.of("biz_opaque_callback_data");

    private final JsonSchema schema;
    private final JsonNode calls;

    private MetaContract(JsonSchema schema, JsonNode calls) {
        this.schema = schema;
        this.calls = calls;
    }

    static MetaContract read() throws IOException {
        JsonNode document = new ObjectMapper(new YAMLFactory())
                .readTree(
                        Contracts.file("meta/business-messaging-api_v23.0.yaml").toFile());
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("$ref", "#/components/schemas/Message");
        root.set("components", opened(document.path("components")));
        JsonNode calls = Contracts.json("meta/openapi_call_examples.json")
                .path(CALL)
                .path("request")
                .path("application/json");
        return new MetaContract(
                JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(root), calls);
    }

    /** What Meta's description has against a body; empty when it is as described. */
    List<String> objections(JsonNode body) {
        List<String> objections = new ArrayList<>(
                schema.validate(body).stream().map(ValidationMessage::toString).toList());
        List<JsonNode> alike = new ArrayList<>();
        calls.forEach(call -> {
            if (call.path("type").equals(body.path("type"))) {
                alike.add(call);
            }
        });
        compare("$", body, alike, objections);
        return objections;
    }

    /** Every field is one of a documented call of this type, with a value of the same kind. */
    private static void compare(String place, JsonNode ours, List<JsonNode> documented, List<String> objections) {
        ours.properties().forEach(field -> {
            String name = field.getKey();
            List<JsonNode> theirs = documented.stream()
                    .map(call -> call.path(name))
                    .filter(value -> !value.isMissingNode())
                    .toList();
            boolean known = theirs.stream()
                    .anyMatch(value -> value.getNodeType() == field.getValue().getNodeType());
            if (!known && !IN_THE_GUIDE.contains(name)) {
                objections.add(place + "." + name + ": in no documented call of this type");
            }
            compare(place + "." + name, field.getValue(), theirs, objections);
        });
    }

    private static JsonNode opened(JsonNode node) {
        if (node instanceof ObjectNode object) {
            if (object.path("additionalProperties").isBoolean()
                    && !object.path("additionalProperties").asBoolean()) {
                object.remove("additionalProperties");
            }
            if (object.path("discriminator").isObject()) {
                object.remove("discriminator");
            }
        }
        node.forEach(MetaContract::opened);
        return node;
    }
}
