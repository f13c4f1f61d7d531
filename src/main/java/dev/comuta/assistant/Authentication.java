package dev.comuta.assistant;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.comuta.platform.http.OutgoingHeader;
import dev.comuta.platform.problem.Problem;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How a tool authenticates to the other system: stored sealed; responses contain the type only. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "Authentication",
        description =
                "How a tool authenticates to the other system. The values are stored encrypted; responses contain `type` only.")
record Authentication(
        @NotNull
        @Pattern(regexp = "bearer|basic|header")
        @Schema(
                description =
                        "`bearer` needs `token`, `basic` needs `username` and `password`, `header` needs `name` and `value`")
        String type,

        @Size(max = 8000)
        @Schema(writeOnly = true, description = "Token of `bearer`; never returned", examples = "a-token-of-the-crm")
        String token,

        @Size(max = 1000) @Schema(writeOnly = true, description = "User name of `basic`; never returned")
        String username,

        @Size(max = 1000) @Schema(writeOnly = true, description = "Password of `basic`; never returned")
        String password,

        @Size(max = 200)
        @Pattern(regexp = "[A-Za-z0-9_-]+", message = "must have only letters, digits, _ and -")
        @Schema(writeOnly = true, description = "Header name of `header`; never returned")
        String name,

        @Size(max = 8000) @Schema(writeOnly = true, description = "Header value of `header`; never returned")
        String value) {

    private static final String FIELD = "configuration.authentication.";

    /** A copy with only the fields of the type. Fails with a problem when one of them is missing or invalid. */
    Authentication complete() {
        return switch (type) {
            case "bearer" -> new Authentication(type, header("Authorization", "token", token), null, null, null, null);
            case "basic" ->
                new Authentication(
                        type, null, required("username", username), required("password", password), null, null);
            default -> new Authentication(type, null, null, null, required("name", name), header(name, "value", value));
        };
    }

    /** A copy with the type only, as responses contain it. */
    Authentication withoutSecret() {
        return new Authentication(type, null, null, null, null, null);
    }

    /** Checks a secret that is sent unchanged as the value of a header. */
    private static String header(String header, String part, String text) {
        OutgoingHeader.require(FIELD + part, header, required(part, text));
        return text;
    }

    private static String required(String part, String text) {
        if (text == null || text.isBlank()) {
            throw Problem.invalid(FIELD + part, "must not be blank");
        }
        return text;
    }

    @Override
    public String toString() {
        return "Authentication[type=" + type + "]";
    }
}
