package dev.comuta.message;

import com.fasterxml.jackson.annotation.JsonValue;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Delivery status of an outgoing message, with its stored word (Messages.Status). */
@Schema(
        name = "MessageStatus",
        description =
                "Delivery status of an outgoing message: `Pendente` (stored, not sent), `Enviada` (accepted by the provider), `Entregue` (delivered to the device), `Lida` (read), `Falhou` (not delivered; a retry of its task sends it again) or `Incerta` (the provider may or may not have it; it is not sent again)")
public enum MessageStatus {
    /** Stored, not yet accepted by the provider. */
    PENDING("Pendente"),
    /** Accepted by the provider. */
    SENT("Enviada"),
    /** Delivered to the recipient's device. */
    DELIVERED("Entregue"),
    /** Opened by the recipient. */
    READ("Lida"),
    /** Not delivered; it is sent again only when a person retries its task. */
    FAILED("Falhou"),
    /** It may or may not have reached the provider; it is not sent again. */
    UNCERTAIN("Incerta");

    private final String stored;

    MessageStatus(String stored) {
        this.stored = stored;
    }

    /** The word in Messages.Status. */
    @JsonValue
    public String stored() {
        return stored;
    }
}
