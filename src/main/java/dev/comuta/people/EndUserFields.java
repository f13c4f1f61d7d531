package dev.comuta.people;

import dev.comuta.platform.rest.ActivationStatus;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What may be said about an end user.
 *
 * @param userId the broker who looks after this person, an internal user of the same client
 * @param phoneNumber any usual spelling, stored in E.164
 * @param additionalInfo what the client wants to keep, for example preferences
 * @param status 'Ativo' when left out
 */
record EndUserFields(
        Long userId,

        @Size(max = 200) @Schema(examples = "Maria Silva") String name,

        @Email @Size(max = 320) @Schema(examples = "maria@example.com")
        String email,

        @Size(max = 40) @Schema(examples = "+5511998765432") String phoneNumber,

        @Schema(examples = "{\"bairro\": \"Pinheiros\"}") Map<String, Object> additionalInfo,

        @Pattern(regexp = ActivationStatus.PATTERN) @Schema(examples = "Ativo")
        String status) {

    /** The same, looked after by this user where nobody was named; null names nobody. */
    EndUserFields ownedBy(Long broker) {
        return userId != null ? this : new EndUserFields(broker, name, email, phoneNumber, additionalInfo, status);
    }
}
