package dev.comuta.alert;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Something that a person should see.
 *
 * @param clientId null for an alert of the platform
 * @param cause what makes two alerts the same
 * @param status 'Aberto', 'Reconhecido' or 'Resolvido'
 * @param occurrences how often it was noticed until it was resolved
 */
@Schema(name = "Alert")
record AlertView(
        long alertId,
        Long clientId,
        String cause,
        String detail,
        String status,
        int occurrences,
        Instant firstAt,
        Instant lastAt,
        Instant acknowledgedAt,
        Instant resolvedAt) {}
