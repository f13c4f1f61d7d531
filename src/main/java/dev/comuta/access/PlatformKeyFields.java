package dev.comuta.access;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What the caller says about a new key of the platform.
 *
 * @param scopes permissions to which it is narrowed; null leaves all of them
 * @param expiresAt when it ends by itself; null for never
 */
@Schema(examples = "{\"name\": \"Operação\", \"scopes\": [\"platform:read\"]}")
record PlatformKeyFields(
        @NotBlank @Size(max = 200) @Schema(examples = "Operação")
        String name,

        @Size(min = 1, max = 100) @Schema(examples = "[\"platform:read\"]")
        List<@NotNull @Size(max = 100) String> scopes,

        Instant expiresAt) {

    NewKeyFields ofThePlatform() {
        return new NewKeyFields(name, null, null, scopes, expiresAt);
    }
}
