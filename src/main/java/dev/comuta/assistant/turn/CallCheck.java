package dev.comuta.assistant.turn;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.resource.DisallowSchemaLoader;
import dev.comuta.assistant.AssistantSetup;
import dev.comuta.assistant.ToolSetup;
import dev.comuta.assistant.turn.Answer.ToolCall;
import dev.comuta.platform.problem.PermanentFailure;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether an assistant may make a call: its tool must be one of the assistant's, its arguments must be what the tool's
 * JSON Schema (draft 2020-12) says. What a model or an agent wrote is not trusted before it passed here. A schema is the
 * client's: its references stay inside it, its patterns are RE2 expressions, whose time is linear in the text.
 */
@ApplicationScoped
public class CallCheck {

    private static final String NUL = "\\u0000";

    private final JsonSchemaFactory schemas = JsonSchemaFactory.getInstance(
            VersionFlag.V202012, with -> with.schemaLoaders(from -> from.add(DisallowSchemaLoader.getInstance())));
    private final SchemaValidatorsConfig rules = SchemaValidatorsConfig.builder()
            .locale(Locale.ENGLISH)
            .regularExpressionFactory(CallCheck::expression)
            .build();
    private final ObjectMapper json;

    CallCheck(ObjectMapper json) {
        this.json = json;
    }

    /**
     * What is wrong with a call, in words for who made it; empty when nothing is. Fails with a {@link PermanentFailure}
     * when the tool's own schema is none.
     */
    public Optional<String> objection(AssistantSetup assistant, ToolCall call) {
        Optional<ToolSetup> tool = assistant.tools().stream()
                .filter(each -> each.toolName().equals(call.toolName()))
                .findFirst();
        if (tool.isEmpty()) {
            return Optional.of("there is no such tool");
        }
        String arguments = call.arguments().encode();
        return arguments.contains(NUL)
                ? Optional.of("the arguments hold a NUL character")
                : objection(tool.get().configuration().getJsonObject("parameters"), arguments);
    }

    private Optional<String> objection(JsonObject schema, String arguments) {
        if (schema == null) {
            return Optional.empty();
        }
        try {
            JsonObject bare = schema.copy();
            bare.remove("$schema");
            String said = schemas.getSchema(tree(bare.encode()), rules).validate(tree(arguments)).stream()
                    .map(ValidationMessage::getMessage)
                    .collect(Collectors.joining("; "));
            return said.isEmpty() ? Optional.empty() : Optional.of(said);
        } catch (JsonSchemaException | PatternSyntaxException | IllegalArgumentException noSchema) {
            throw new PermanentFailure("the parameters of a tool are no JSON Schema", noSchema);
        }
    }

    private JsonNode tree(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static RegularExpression expression(String text) {
        Pattern pattern = Pattern.compile(text);
        return value -> pattern.matcher(value).find();
    }
}
