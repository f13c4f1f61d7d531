package dev.comuta.platform.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.comuta.platform.problem.Problem;
import java.util.stream.Collectors;

/** Translates JSON failures to problems that name the field's path, never a class. */
public final class JsonProblems {

    private JsonProblems() {}

    public static Problem explain(JsonProcessingException failure) {
        if (failure.getCause() instanceof Problem problem) {
            return problem;
        }
        if (failure instanceof StreamConstraintsException || failure.getCause() instanceof StreamConstraintsException) {
            return Problem.invalid(
                    "body", "is nested too deeply, or contains a string, number or list that is too long");
        }
        if (failure instanceof UnrecognizedPropertyException unknown) {
            return Problem.invalid(path(unknown), "is not a field of this request");
        }
        if (failure instanceof InvalidNullException missing) {
            return Problem.invalid(path(missing), "is required");
        }
        if (failure instanceof JsonParseException notJson) {
            return malformed(notJson);
        }
        if (failure.getCause() instanceof JsonParseException notJson) {
            return malformed(notJson);
        }
        if (failure instanceof MismatchedInputException && isCutOff(failure)) {
            return Problem.invalid("body", "is not valid JSON: it ends too early");
        }
        if (failure instanceof JsonMappingException mapping && !path(mapping).isEmpty()) {
            return Problem.invalid(path(mapping), expected(mapping));
        }
        return Problem.invalid("body", "must be a JSON object as documented");
    }

    private static boolean isCutOff(JsonProcessingException failure) {
        return failure.getOriginalMessage().startsWith("Unexpected end-of-input");
    }

    private static String expected(JsonMappingException failure) {
        Class<?> type = failure instanceof MismatchedInputException mismatched ? mismatched.getTargetType() : null;
        return JsonTypes.expected(type);
    }

    private static Problem malformed(JsonParseException failure) {
        String format = failure.getOriginalMessage().contains("UTF-8") ? "UTF-8" : "JSON";
        String objection = "is not valid %s at line %d, column %d"
                .formatted(
                        format,
                        failure.getLocation().getLineNr(),
                        failure.getLocation().getColumnNr());
        return Problem.invalid("body", objection);
    }

    /** The path of the value at which a parser is; {@code body} for the whole body. */
    static String path(JsonStreamContext context) {
        String path = "";
        for (JsonStreamContext each = context; each != null && !each.inRoot(); each = each.getParent()) {
            String step = each.inArray() ? "[" + each.getCurrentIndex() + "]" : "." + each.getCurrentName();
            path = step + path;
        }
        return path.isEmpty() ? "body" : path.replaceFirst("^\\.", "");
    }

    private static String path(JsonMappingException failure) {
        return failure.getPath().stream()
                .map(JsonProblems::step)
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private static String step(JsonMappingException.Reference reference) {
        return reference.getFieldName() == null ? "[" + reference.getIndex() + "]" : "." + reference.getFieldName();
    }
}
