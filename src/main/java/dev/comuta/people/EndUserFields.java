package dev.comuta.people;

import dev.comuta.platform.rest.ActivationStatus;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What may be said about an end user. */
@Schema(description = "An end user: a person with whom the client talks.")
record EndUserFields(
        @Schema(
                description =
                        "Broker who looks after the end user: an internal user of the same client. With the key of a broker it is that broker.")
        Long userId,

        @Size(max = 200)
        @Schema(
                description = "Name; at most 200 characters. One of `name`, `email` and `phoneNumber` must be given.",
                examples = "Maria Silva")
        String name,

        @Email @Size(max = 320) @Schema(description = "E-mail address", examples = "maria@example.com")
        String email,

        @Size(max = 40)
        @Schema(
                description =
                        "Phone number in any usual spelling; stored and returned in E.164 form. One end user of a client has it.",
                examples = "+5511998765432")
        String phoneNumber,

        @Schema(
                description = "Anything the client wants to keep, for example preferences",
                examples = "{\"bairro\": \"Pinheiros\"}")
        Map<String, Object> additionalInfo,

        @Pattern(regexp = ActivationStatus.PATTERN) @Schema(description = "`Ativo` when left out")
        String status) {

    /** The same, looked after by this user where nobody was named; null names nobody. */
    EndUserFields ownedBy(Long broker) {
        return userId != null ? this : new EndUserFields(broker, name, email, phoneNumber, additionalInfo, status);
    }
}
