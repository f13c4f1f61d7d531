package dev.comuta.message;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What an internal user says to the end user of a session. */
public record MessageFields(
        @NotBlank @Size(max = 4096) @Schema(examples = "Bom dia! Posso mostrar o imóvel amanhã às 10h.")
        String text) {}
