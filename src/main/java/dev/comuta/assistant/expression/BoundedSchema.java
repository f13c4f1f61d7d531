package dev.comuta.assistant.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.resource.DisallowSchemaLoader;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A JSON Schema (draft 2020-12) of an object. It refers to nothing outside itself, has no recursion, and its patterns
 * are {@link BoundedPattern}s. A validation counts its {@link Steps}; a document that needs too many is invalid.
 */
public final class BoundedSchema {

    static final int MAX_PARTS = 1_000;
    private static final int MAX_DEPTH = 32;
    private static final int MAX_DOCUMENT = 32_768;

    /** Most errors that one text names, and most characters of each. */
    private static final int MAX_ERRORS = 20;

    private static final int MAX_ERROR = 500;

    /** Most instructions of all patterns, each counted at every reference. */
    private static final int MAX_PATTERNS = 5_000;

    private static final String REFERENCE = "$ref";
    private static final String DIALECT = "$schema";

    /** Keywords that change the meaning of a reference. */
    private static final Set<String> REFUSED = Set.of(
            "$id",
            "$anchor",
            "$dynamicRef",
            "$dynamicAnchor",
            "$recursiveRef",
            "$recursiveAnchor",
            "$vocabulary",
            DIALECT);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaValidatorsConfig RULES = SchemaValidatorsConfig.builder()
            .locale(Locale.ENGLISH)
            .regularExpressionFactory(BoundedSchema::expression)
            .build();
    private static final JsonSchemaFactory FACTORY =
            JsonSchemaFactory.getInstance(VersionFlag.V202012, with -> with.metaSchema(CountedKeyword.draft())
                    .schemaLoaders(from -> from.add(DisallowSchemaLoader.getInstance())));
    private static final JsonSchema META_SCHEMA = JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(SchemaLocation.of(VersionFlag.V202012.getId()), RULES);

    private final JsonSchema schema;

    private BoundedSchema(JsonSchema schema) {
        this.schema = schema;
    }

    /** Reads a schema; fails with {@link InvalidExpression}. Every schema is read as draft 2020-12. */
    public static BoundedSchema of(Map<String, ?> given) {
        Evaluation.requireOffEventLoop();
        ObjectNode root = JSON.valueToTree(given);
        root.remove(DIALECT);
        new Parts(root).count(root, "", List.of());
        requireMetaSchema(root);
        try {
            JsonSchema schema = FACTORY.getSchema(root, RULES);
            schema.initializeValidators();
            return new BoundedSchema(schema);
        } catch (JsonSchemaException | IllegalArgumentException invalid) {
            throw new InvalidExpression("is not a JSON Schema");
        }
    }

    private static void requireMetaSchema(ObjectNode root) {
        META_SCHEMA.validate(root).stream().findFirst().ifPresent(error -> {
            throw new InvalidExpression(
                    error.getInstanceLocation().toString().replace("$", "").replace('/', '.'),
                    "is not valid in a JSON Schema");
        });
        JsonNode type = root.path("type");
        if (!type.isMissingNode() && !"object".equals(type.asText())) {
            throw new InvalidExpression(".type", "must be object");
        }
    }

    /** The first errors of a document as one text; empty when it is valid. */
    public Optional<String> errors(Map<String, ?> values) {
        Evaluation.requireOffEventLoop();
        JsonNode document = JSON.valueToTree(values);
        if (document.toString().length() > MAX_DOCUMENT) {
            return Optional.of("more than " + MAX_DOCUMENT + " characters");
        }
        try {
            String errors = schema.validate(document).stream()
                    .limit(MAX_ERRORS)
                    .map(BoundedSchema::text)
                    .collect(Collectors.joining("; "));
            return errors.isEmpty() ? Optional.empty() : Optional.of(errors);
        } catch (Steps.TooMany tooMany) {
            return Optional.of("too large to be checked by this schema");
        }
    }

    private static String text(ValidationMessage error) {
        String text = error.getMessage();
        return text.length() <= MAX_ERROR ? text : text.substring(0, MAX_ERROR);
    }

    private static RegularExpression expression(String text) {
        BoundedPattern pattern = BoundedPattern.of(text, false);
        return value -> pattern.matcher(value).find();
    }

    /** Counts the parts of a schema as a validation meets them: a referenced part at each of its references. */
    private static final class Parts {

        private final ObjectNode root;
        private int count;
        private int patterns;

        Parts(ObjectNode root) {
            this.root = root;
        }

        void count(JsonNode part, String path, List<String> references) {
            if (++count > MAX_PARTS || references.size() > MAX_DEPTH || path.length() > 2_000) {
                throw new InvalidExpression("is too large");
            }
            if (part.isObject()) {
                countFields(part, path, references);
            } else {
                for (int i = 0; i < part.size(); i++) {
                    count(part.get(i), path + "[" + i + "]", references);
                }
            }
        }

        private void countFields(JsonNode part, String path, List<String> references) {
            for (Map.Entry<String, JsonNode> field : part.properties()) {
                String inside = path + "." + field.getKey();
                boolean isText = field.getValue().isTextual();
                if (isText && REFUSED.contains(field.getKey())) {
                    throw new InvalidExpression(inside, "is not supported");
                }
                if (isText && "pattern".equals(field.getKey())) {
                    requirePattern(field.getValue().asText(), inside);
                } else if ("patternProperties".equals(field.getKey())) {
                    field.getValue().fieldNames().forEachRemaining(name -> requirePattern(name, inside + "." + name));
                }
                if (isText && REFERENCE.equals(field.getKey())) {
                    follow(field.getValue().asText(), inside, references);
                } else {
                    count(field.getValue(), inside, references);
                }
            }
        }

        private void follow(String reference, String path, List<String> references) {
            JsonNode target = reference.startsWith("#/") ? target(reference.substring(1)) : null;
            if (target == null || target.isMissingNode()) {
                throw new InvalidExpression(path, "must name a part of the same schema, for example #/$defs/name");
            }
            if (references.contains(reference)) {
                throw new InvalidExpression(path, "must not contain itself");
            }
            count(
                    target,
                    reference.substring(1).replace('/', '.'),
                    Stream.concat(references.stream(), Stream.of(reference)).toList());
        }

        private JsonNode target(String pointer) {
            try {
                return root.at(pointer);
            } catch (IllegalArgumentException notAPointer) {
                return null;
            }
        }

        private void requirePattern(String text, String path) {
            try {
                patterns += BoundedPattern.of(text, false).size();
            } catch (InvalidExpression invalid) {
                throw new InvalidExpression(path, invalid.getMessage());
            }
            if (patterns > MAX_PATTERNS) {
                throw new InvalidExpression(path, "exceeds the size of all patterns of a schema");
            }
        }
    }
}
