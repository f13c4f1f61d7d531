package dev.comuta.client;

import dev.comuta.platform.rest.ActivationStatus;
import dev.comuta.platform.rest.PlainName;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Fields of a client company. */
@Schema(description = "A client company.")
record ClientFields(
        @PlainName
        @NotBlank
        @Size(max = 200)
        @Schema(description = "Name of the company; at most 200 characters", examples = "Imobiliária XPTO")
        String clientName,

        @Size(max = 10_000)
        @Schema(description = "Free text; at most 10000 characters", examples = "Especialista em imóveis de luxo")
        String additionalInfo,

        @Schema(
                description =
                        "Whether people get a mail when a session is handed over to them: its broker, or the administrators when it has none. The mail contains nothing that the end user wrote. True by default; null restores the default.")
        Boolean handOverMails,

        @Pattern(regexp = ActivationStatus.PATTERN)
        @Schema(
                description =
                        "Status. `Ativo` by default; null restores the default. All keys of an `Inativo` company are rejected, its channels receive nothing, and its open tasks become `Cancelada`.")
        String status) {}
