package dev.comuta.assistant.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.comuta.assistant.expression.Evaluation;
import dev.comuta.platform.json.JsonProblems;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.Problem.Violation;
import dev.comuta.platform.problem.Violations;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.List;
import java.util.Map;

/** Reads and checks the configurations of engines. A field that an engine does not know is an error. */
@ApplicationScoped
public class EngineConfigurations {

    private static final String FIELD = "configuration";

    private final ObjectMapper json;
    private final Validator validator;

    public EngineConfigurations(ObjectMapper json, Validator validator) {
        this.json = json.copy().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        this.validator = validator;
    }

    /**
     * Fails with a problem that names the wrong part when the configuration does not fit the engine of the reference.
     *
     * @param clientId the author, or {@link Evaluation#PLATFORM}
     * @param configuration may be null
     */
    public Uni<Void> require(long clientId, String reference, Map<String, Object> configuration) {
        return configuration == null
                ? Uni.createFrom().voidItem()
                : Evaluation.of(clientId, () -> check(reference, configuration));
    }

    private Void check(String reference, Map<String, Object> configuration) {
        try {
            requireValid(reference, configuration);
            return null;
        } catch (Problem invalid) {
            throw Problem.invalid(invalid.violations().stream()
                    .map(part -> new Violation(field(part.field()), part.message()))
                    .toList());
        }
    }

    private static String field(String path) {
        return "body".equals(path) ? FIELD : FIELD + "." + path;
    }

    private void requireValid(String reference, Map<String, Object> configuration) {
        switch (reference.substring(0, Math.max(reference.indexOf(':'), 0))) {
            case "builtin" -> read(configuration, IntentConfiguration.class).requirePatterns();
            case "openai" -> read(configuration, ModelConfiguration.class);
            default -> read(configuration, AgentConfiguration.class);
        }
    }

    /** The stored configuration of intents. Fails with a {@link PermanentFailure} that names the wrong part. */
    public IntentConfiguration intents(JsonObject stored) {
        try {
            IntentConfiguration intents = read(stored.getMap(), IntentConfiguration.class);
            intents.requirePatterns();
            return intents;
        } catch (Problem invalid) {
            throw new PermanentFailure("the assistant's configuration is invalid: " + invalid.getMessage(), invalid);
        }
    }

    private <T> T read(Map<String, Object> configuration, Class<T> type) {
        try {
            return valid(json.treeToValue(json.valueToTree(configuration), type));
        } catch (JsonProcessingException wrong) {
            throw JsonProblems.explain(wrong);
        }
    }

    private <T> T valid(T configuration) {
        List<Violation> violations = validator.validate(configuration).stream()
                .map(EngineConfigurations::violation)
                .toList();
        if (!violations.isEmpty()) {
            throw Problem.invalid(violations);
        }
        return configuration;
    }

    private static Violation violation(ConstraintViolation<?> broken) {
        String path = broken.getPropertyPath().toString().replace(".<list element>", "");
        return new Violation(path, Violations.message(broken));
    }
}
