package dev.comuta.platform.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.platform.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.util.Set;

/** Merges changes into what is stored (JSON Merge Patch, RFC 7396): fields not named stay, null clears. */
@ApplicationScoped
public class Changes {

    private final ObjectMapper json;
    private final Validator validator;

    Changes(ObjectMapper json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    /**
     * The fields with the changes in them, checked like new ones. Fails with a problem that names the field.
     *
     * @param current the changeable fields as they are
     * @param patch the changes; null when the caller sent no body
     */
    public <T> T merged(T current, ObjectNode patch) {
        if (patch == null) {
            throw Problem.invalid("body", "must be a JSON object");
        }
        @SuppressWarnings("unchecked")
        Class<T> type = (Class<T>) current.getClass();
        try {
            T next = json.treeToValue(merge(json.valueToTree(current), patch), type);
            return checked(next);
        } catch (JsonProcessingException e) {
            throw JsonProblems.explain(e);
        }
    }

    private <T> T checked(T fields) {
        Set<ConstraintViolation<T>> violations = validator.validate(fields);
        if (!violations.isEmpty()) {
            throw new ConstraintViolationException(violations);
        }
        return fields;
    }

    static JsonNode merge(JsonNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            return patch;
        }
        ObjectNode merged = target instanceof ObjectNode object ? object : changes.objectNode();
        changes.properties().forEach(change -> {
            if (change.getValue().isNull()) {
                merged.remove(change.getKey());
            } else {
                JsonNode before = merged.path(change.getKey());
                merged.set(change.getKey(), merge(before, change.getValue()));
            }
        });
        return merged;
    }
}
