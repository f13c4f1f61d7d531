package dev.comuta.assistant.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonValidator;
import com.networknt.schema.Keyword;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.ValidationContext;
import com.networknt.schema.ValidationMessage;
import java.util.Map;
import java.util.Set;

/** A keyword of a JSON Schema that counts the {@link Steps} of its applications before it makes them. */
record CountedKeyword(Keyword keyword) implements Keyword {

    /** The library has its own way to replace this keyword. It asserts nothing here. */
    private static final String FORMAT = "format";

    /** The draft 2020-12 with counted keywords. Its vocabularies would bring the keywords that are not counted. */
    static JsonMetaSchema draft() {
        Map<String, Keyword> known = JsonMetaSchema.getV202012().getKeywords();
        return JsonMetaSchema.builder(JsonMetaSchema.getV202012())
                .vocabularies(Map::clear)
                .keywords(keywords -> known.forEach((name, keyword) -> {
                    if (!FORMAT.equals(name)) {
                        keywords.put(name, new CountedKeyword(keyword));
                    }
                }))
                .build();
    }

    @Override
    public String getValue() {
        return keyword.getValue();
    }

    @Override
    public JsonValidator newValidator(
            SchemaLocation location, JsonNodePath path, JsonNode part, JsonSchema parent, ValidationContext context)
            throws Exception {
        JsonValidator validator = keyword.newValidator(location, path, part, parent, context);
        return validator == null ? null : new CountedValidator(validator, part.size());
    }

    /**
     * Applies one keyword.
     *
     * @param size the elements of the keyword's value, which one application may compare with each other
     */
    private record CountedValidator(JsonValidator validator, int size) implements JsonValidator {

        @Override
        public Set<ValidationMessage> validate(
                ExecutionContext context, JsonNode node, JsonNode root, JsonNodePath location) {
            Steps.take((1L + size + node.size()) * Steps.OF_KEYWORD);
            return validator.validate(context, node, root, location);
        }

        @Override
        public void preloadJsonSchema() {
            validator.preloadJsonSchema();
        }

        @Override
        public SchemaLocation getSchemaLocation() {
            return validator.getSchemaLocation();
        }

        @Override
        public JsonNodePath getEvaluationPath() {
            return validator.getEvaluationPath();
        }

        @Override
        public String getKeyword() {
            return validator.getKeyword();
        }
    }
}
