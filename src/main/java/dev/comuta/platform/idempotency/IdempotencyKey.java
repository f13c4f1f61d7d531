package dev.comuta.platform.idempotency;

import dev.comuta.platform.problem.Problem;
import jakarta.ws.rs.HeaderParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The header Idempotency-Key: a name of the request, so that a repeated request has no second effect. */
public final class IdempotencyKey {

    static final String HEADER = "Idempotency-Key";

    private static final int LONGEST = 255;

    @HeaderParam(HEADER)
    @Parameter(
            description =
                    "Key of your choice that makes the request safe to repeat, 1 to 255 characters, such as a UUID. The"
                            + " request is done once; for 24 hours the same request returns the same response, and another"
                            + " request with this key is rejected with 422.",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            minLength = 1,
                            maxLength = LONGEST,
                            examples = "8e03978e-40d5-43dd-bc93-6894a57f9324"))
    String name;

    /** The key, or null when the request has none. Fails with a problem when it is blank or too long. */
    String checked() {
        if (name != null && (name.isBlank() || name.length() > LONGEST)) {
            throw Problem.invalid(HEADER, "must have from 1 to " + LONGEST + " characters");
        }
        return name;
    }
}
