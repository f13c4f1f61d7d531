package dev.comuta.platform.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.platform.json.JsonProblems;
import dev.comuta.platform.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.util.Set;

/** Merges changes into stored fields (JSON Merge Patch, RFC 7396): absent fields remain, null clears a field. */
@ApplicationScoped
public class Changes {

    private final ObjectMapper json;
    private final Validator validator;

    Changes(ObjectMapper json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    /**
     * The merged fields, validated like those of a new resource. Fails with a problem that names the field.
     *
     * @param current the stored fields that can be changed
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
