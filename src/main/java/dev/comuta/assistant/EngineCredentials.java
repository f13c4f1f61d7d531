package dev.comuta.assistant;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A client's credentials for the engine of an assistant: stored sealed, never returned. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "EngineCredentials",
        description =
                "Credentials of a client for the engine of an assistant. They are stored encrypted and never returned.")
public record EngineCredentials(
        @Size(max = 1000)
        @Pattern(regexp = "[\\x21-\\x7e]+", message = "must be printable ASCII without spaces")
        @Schema(
                writeOnly = true,
                description = "Key of the client's own account at the model's API",
                examples = "sk-proj-abc123")
        String apiKey,

        @Size(min = 38, max = 100)
        @Pattern(
                regexp = "whsec_([A-Za-z0-9+/]{4})+([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?",
                message = "must be whsec_ and the base64 of at least 24 bytes")
        @Schema(
                writeOnly = true,
                description =
                        "Secret that signs the turns for the client's own agent: `whsec_` and the base64 of at least 24 bytes, as in the Standard Webhooks specification",
                examples = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        String secret) {

    @Override
    public String toString() {
        return "EngineCredentials[…]";
    }
}
