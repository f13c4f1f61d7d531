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
 * Meta's description of a sent message: the schema and the documented requests. The schema contradicts itself, because
 * it allows no other fields in the parts of an {@code allOf}. So this restriction is removed, and only fields of the
 * documented requests are allowed instead.
 */
final class MetaContract {

    private static final String CALL = "POST /{Version}/{Phone-Number-ID}/messages";
    /** The files have this field only for voice calls; Meta's guide has it for messages too. */
    private static final Set<String> ONLY_IN_THE_GUIDE = Set.of("biz_opaque_callback_data");

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
        root.set("components", withoutRestrictions(document.path("components")));
        JsonNode calls = Contracts.json("meta/openapi_call_examples.json")
                .path(CALL)
                .path("request")
                .path("application/json");
        return new MetaContract(
                JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(root), calls);
    }

    /** The violations of Meta's description in a body. */
    List<String> violations(JsonNode body) {
        List<String> violations = new ArrayList<>(
                schema.validate(body).stream().map(ValidationMessage::toString).toList());
        List<JsonNode> ofSameType = new ArrayList<>();
        calls.forEach(call -> {
            if (call.path("type").equals(body.path("type"))) {
                ofSameType.add(call);
            }
        });
        compare("$", body, ofSameType, violations);
        return violations;
    }

    /** Every field must occur in a documented request of this type, with a value of the same kind. */
    private static void compare(String path, JsonNode ours, List<JsonNode> documented, List<String> violations) {
        ours.properties().forEach(field -> {
            String name = field.getKey();
            List<JsonNode> theirs = documented.stream()
                    .map(call -> call.path(name))
                    .filter(value -> !value.isMissingNode())
                    .toList();
            boolean known = theirs.stream()
                    .anyMatch(value -> value.getNodeType() == field.getValue().getNodeType());
            if (!known && !ONLY_IN_THE_GUIDE.contains(name)) {
                violations.add(path + "." + name + ": in no documented request of this type");
            }
            compare(path + "." + name, field.getValue(), theirs, violations);
        });
    }

    private static JsonNode withoutRestrictions(JsonNode node) {
        if (node instanceof ObjectNode object) {
            if (object.path("additionalProperties").isBoolean()
                    && !object.path("additionalProperties").asBoolean()) {
                object.remove("additionalProperties");
            }
            if (object.path("discriminator").isObject()) {
                object.remove("discriminator");
            }
        }
        node.forEach(MetaContract::withoutRestrictions);
        return node;
    }
}
