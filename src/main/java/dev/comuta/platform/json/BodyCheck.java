package dev.comuta.platform.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.comuta.platform.http.StorableNumber;
import dev.comuta.platform.http.UntrustedJson;
import dev.comuta.platform.problem.Problem;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * Rejects bodies with JSON that is too deep or too large, and with numbers that are stored with too many digits. The
 * mapper of the server reads rows too, so it has no such limits: a row that was written must always be readable.
 */
@Provider
public class BodyCheck implements ReaderInterceptor {

    private static final JsonFactory JSON =
            JsonFactory.builder().streamReadConstraints(UntrustedJson.API).build();

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        byte[] body = context.getInputStream().readAllBytes();
        require(body);
        context.setInputStream(new ByteArrayInputStream(body));
        return context.proceed();
    }

    /** Fails with a problem that names the field. Leaves text that is not JSON to its reader. */
    public static void require(byte[] body) throws IOException {
        try (JsonParser parser = JSON.createParser(body)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isNumeric() && !StorableNumber.isShort(parser.getText())) {
                    throw Problem.invalid(
                            JsonProblems.path(parser.getParsingContext()),
                            "must have at most " + StorableNumber.MAX_DIGITS
                                    + " digits when it is written without an exponent");
                }
            }
        } catch (StreamConstraintsException beyondTheLimits) {
            throw JsonProblems.explain(beyondTheLimits);
        } catch (JsonProcessingException notJson) {
            return;
        }
    }
}
