package dev.comuta.people;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Values of Consents.Status. */
@Schema(
        name = "ConsentDecision",
        type = SchemaType.STRING,
        enumeration = {ConsentDecision.GRANTED, ConsentDecision.REVOKED},
        description = "Decision of an end user: `Concedido` (granted) or `Revogado` (revoked)")
final class ConsentDecision {
    static final String GRANTED = "Concedido";
    static final String REVOKED = "Revogado";

    /** The values that a request may have. */
    static final String PATTERN = GRANTED + "|" + REVOKED;

    private ConsentDecision() {}
}
