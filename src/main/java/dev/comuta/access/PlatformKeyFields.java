package dev.comuta.access;

import dev.comuta.platform.rest.PlainName;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Fields of a new platform key. */
@Schema(
        description = "A new API key of the platform.",
        examples = "{\"name\": \"Operação\", \"scopes\": [\"platform:read\"]}")
record PlatformKeyFields(
        @PlainName
        @NotBlank
        @Size(max = 200)
        @Schema(
                description = "Name that distinguishes the key from others; at most 200 characters",
                examples = "Operação")
        String name,

        @Size(min = 1, max = 100)
        @Schema(
                description = "Scopes to which the key is limited; all scopes when left out",
                examples = "[\"platform:read\"]")
        List<@NotNull @Size(max = 100) String> scopes,

        @Schema(description = "Expiry time, in the future; the key does not expire when left out")
        Instant expiresAt) {

    NewKeyFields toNewKeyFields() {
        return new NewKeyFields(name, null, null, scopes, expiresAt);
    }
}
