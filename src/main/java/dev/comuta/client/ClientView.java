package dev.comuta.client;

import dev.comuta.platform.rest.ActivationStatus;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A client company. */
@Schema(name = "Client", description = "A client company: the tenant that owns everything under its path.")
record ClientView(
        long clientId,

        @Schema(description = "Name of the company", examples = "Imobiliária XPTO")
        String clientName,

        @Schema(
                nullable = true,
                description = "Free text; null when not given",
                examples = "Especialista em imóveis de luxo")
        String additionalInfo,

        @Schema(description = "Whether people get a mail when a session is handed over to them")
        boolean handOverMails,

        @Schema(implementation = ActivationStatus.class, description = "Whether the company is active")
        String status,

        Instant createdAt,

        @Schema(nullable = true) Instant updatedAt) {}
