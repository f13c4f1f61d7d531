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
 * Checks the tool calls that a model or an agent requests. The tool must be one of the assistant's, and the arguments
 * must match its JSON Schema (draft 2020-12). Clients write the schemas, so a schema cannot refer to anything outside
 * itself, and its patterns are RE2 expressions, which match in linear time.
 */
@ApplicationScoped
public class CallCheck {

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
     * The error in a call, as a text for the model or agent that requested it; empty when the call is valid. Fails with
     * a {@link PermanentFailure} when the tool's schema is invalid.
     */
    public Optional<String> objection(AssistantSetup assistant, ToolCall call) {
        Optional<ToolSetup> tool = assistant.tools().stream()
                .filter(each -> each.toolName().equals(call.toolName()))
                .findFirst();
        if (tool.isEmpty()) {
            return Optional.of("there is no such tool");
        }
        return objection(
                tool.get().configuration().getJsonObject("parameters"),
                call.arguments().encode());
    }

    private Optional<String> objection(JsonObject schema, String arguments) {
        if (schema == null) {
            return Optional.empty();
        }
        try {
            // every schema is read as draft 2020-12, even if it names another
            JsonObject bare = schema.copy();
            bare.remove("$schema");
            String errors = schemas.getSchema(tree(bare.encode()), rules).validate(tree(arguments)).stream()
                    .map(ValidationMessage::getMessage)
                    .collect(Collectors.joining("; "));
            return errors.isEmpty() ? Optional.empty() : Optional.of(errors);
        } catch (JsonSchemaException | PatternSyntaxException | IllegalArgumentException invalid) {
            throw new PermanentFailure("the parameters of a tool are not a valid JSON Schema", invalid);
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
