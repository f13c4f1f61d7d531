package dev.comuta.assistant;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.comuta.platform.http.OutgoingHeader;
import dev.comuta.platform.problem.Problem;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How a tool proves to the other system who it is. Kept sealed; answers tell the type only. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "Authentication",
        description =
                "How a tool authenticates to the other system. It is stored encrypted; responses contain `type` only.")
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

        @Size(max = 1000) @Schema(writeOnly = true, description = "User of `basic`; never returned")
        String username,

        @Size(max = 1000) @Schema(writeOnly = true, description = "Password of `basic`; never returned")
        String password,

        @Size(max = 200)
        @Pattern(regexp = "[A-Za-z0-9_-]+")
        @Schema(writeOnly = true, description = "Name of the header of `header`; never returned")
        String name,

        @Size(max = 8000) @Schema(writeOnly = true, description = "Value of the header of `header`; never returned")
        String value) {

    private static final String FIELD = "configuration.authentication.";

    /** Only what belongs to the type. Fails with a problem when a part of it is missing. */
    Authentication complete() {
        return switch (type) {
            case "bearer" -> new Authentication(type, sent("Authorization", "token", token), null, null, null, null);
            case "basic" ->
                new Authentication(type, null, given("username", username), given("password", password), null, null);
            default -> new Authentication(type, null, null, null, given("name", name), sent(name, "value", value));
        };
    }

    /** What may be told. */
    Authentication withoutSecret() {
        return new Authentication(type, null, null, null, null, null);
    }

    /** A secret that goes into a header as it is. */
    private static String sent(String header, String part, String text) {
        OutgoingHeader.require(FIELD + part, header, given(part, text));
        return text;
    }

    private static String given(String part, String text) {
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
