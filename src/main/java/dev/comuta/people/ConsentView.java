package dev.comuta.people;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Something that an end user said about being contacted; it is never changed, only followed by another.
 *
 * @param channelType null for every kind of channel
 * @param purpose null for every purpose
 * @param status 'Concedido' or 'Revogado'
 * @param messageId the message that said so; null when it was said elsewhere
 */
@Schema(name = "Consent")
record ConsentView(
        long consentId,
        long endUserId,
        String channelType,
        String purpose,
        @Schema(examples = "Revogado") String status,
        @Schema(examples = "Mensagem") String source,
        Long messageId,
        Instant recordedAt) {}
