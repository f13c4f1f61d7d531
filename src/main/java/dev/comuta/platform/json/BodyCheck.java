package dev.comuta.platform.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.comuta.platform.http.StorableNumber;
import dev.comuta.platform.http.UntrustedJson;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Rejects bodies that are too long, with JSON that is too deep or too large, with a field that occurs twice, and with
 * numbers that are stored with too many digits. The mapper of the server reads rows too, so it has no such limits: a row
 * that was written must always be readable.
 */
@Provider
public class BodyCheck implements ReaderInterceptor {

    /** The longest body of an operation that reads JSON, 1 MiB. */
    public static final int MAX_BYTES = 1 << 20;

    private static final JsonFactory JSON =
            JsonFactory.builder().streamReadConstraints(UntrustedJson.API).build();

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        byte[] body = context.getInputStream().readNBytes(MAX_BYTES + 1);
        if (body.length > MAX_BYTES) {
            throw Problem.of(ProblemType.TOO_LARGE, "the body must have at most " + MAX_BYTES + " bytes");
        }
        require(body);
        context.setInputStream(new ByteArrayInputStream(body));
        return context.proceed();
    }

    /** Fails with a problem that names the field. Leaves text that is not JSON to its reader. */
    public static void require(byte[] body) throws IOException {
        Deque<Set<String>> objects = new ArrayDeque<>();
        try (JsonParser parser = JSON.createParser(body)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                String objection = objection(token, parser, objects);
                if (objection != null) {
                    throw Problem.invalid(JsonProblems.path(parser.getParsingContext()), objection);
                }
            }
        } catch (StreamConstraintsException beyondTheLimits) {
            throw JsonProblems.explain(beyondTheLimits);
        } catch (JsonProcessingException notJson) {
            return;
        }
    }

    /** @param objects the names so far in each open object */
    private static String objection(JsonToken token, JsonParser parser, Deque<Set<String>> objects) throws IOException {
        switch (token) {
            case START_OBJECT -> objects.push(new HashSet<>());
            case END_OBJECT -> objects.pop();
            case FIELD_NAME -> {
                return objects.element().add(parser.currentName()) ? null : "occurs more than once in its object";
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                return StorableNumber.isShort(parser.getText())
                        ? null
                        : "must have at most " + StorableNumber.MAX_DIGITS
                                + " digits when it is written without an exponent";
            }
            default -> {
                return null;
            }
        }
        return null;
    }
}
