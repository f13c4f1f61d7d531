package dev.comuta.client;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A client company. */
@Schema(name = "Client")
record ClientView(
        long clientId, String clientName, String additionalInfo, String status, Instant createdAt, Instant updatedAt) {}
