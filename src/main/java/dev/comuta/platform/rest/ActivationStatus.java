package dev.comuta.platform.rest;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Whether a client, person or channel takes part: values of the column Status. */
@Schema(
        name = "ActivationStatus",
        type = SchemaType.STRING,
        enumeration = {ActivationStatus.ACTIVE, ActivationStatus.INACTIVE},
        description =
                "Whether a client company or a person takes part: `Ativo`, or `Inativo` (out of use; kept because other records refer to it)")
public final class ActivationStatus {

    public static final String ACTIVE = "Ativo";
    public static final String PENDING = "Pendente";
    public static final String INACTIVE = "Inativo";

    /** The values of a person or client, as a regular expression. */
    public static final String PATTERN = ACTIVE + "|" + INACTIVE;

    private ActivationStatus() {}

    /** {@return the given status, or active for null} */
    public static String orActive(String status) {
        return status == null ? ACTIVE : status;
    }
}
