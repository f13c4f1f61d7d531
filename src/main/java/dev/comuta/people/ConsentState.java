package dev.comuta.people;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Whether an end user may be contacted.
 *
 * @param status 'Concedido', 'Revogado', or 'Desconhecido' when nothing was ever said about it
 */
@Schema(name = "ConsentState")
record ConsentState(
        String channelType,
        String purpose,
        @Schema(examples = "Revogado") String status) {}
