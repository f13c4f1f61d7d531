package dev.comuta.assistant;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * What a client's assistant proves itself with. Kept sealed, never answered.
 *
 * @param apiKey of the client's account at the model's API; may be null
 * @param secret with which turns are signed for the client's own agent, in the form of the Standard Webhooks specification;
 *     may be null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EngineCredentials(
        @Size(max = 1000) @Pattern(regexp = "[\\x21-\\x7e]+", message = "must be printable ASCII without spaces")
        String apiKey,

        @Size(min = 38, max = 100)
        @Pattern(
                regexp = "whsec_([A-Za-z0-9+/]{4})+([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?",
                message = "must be whsec_ and base64 of at least 24 bytes")
        String secret) {

    @Override
    public String toString() {
        return "EngineCredentials[…]";
    }
}
