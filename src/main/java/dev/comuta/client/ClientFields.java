package dev.comuta.client;

import dev.comuta.platform.rest.ActivationStatus;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What may be said about a client company.
 *
 * @param additionalInfo free text
 * @param status 'Ativo' when left out; the keys of an inactive client are not in force
 */
record ClientFields(
        @NotBlank @Size(max = 200) @Schema(examples = "Imobiliária XPTO")
        String clientName,

        @Size(max = 10_000) @Schema(examples = "Especialista em imóveis de luxo")
        String additionalInfo,

        @Pattern(regexp = ActivationStatus.PATTERN) @Schema(examples = "Ativo")
        String status) {}
