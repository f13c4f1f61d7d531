package dev.comuta.message;

import com.fasterxml.jackson.annotation.JsonValue;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How far an outgoing message has come and the word under which it is stored (Messages.Status). */
@Schema(
        name = "MessageStatus",
        description =
                "How far an outgoing message has come: `Pendente` (stored, not sent), `Enviada` (accepted by the provider), `Entregue` (delivered to the device), `Lida` (read), `Falhou` (not delivered; can be sent again through its task) or `Incerta` (the provider may or may not have it; it is not sent again)")
public enum MessageStatus {
    /** Written, not yet with the provider. */
    PENDING("Pendente"),
    /** The provider has it. */
    SENT("Enviada"),
    /** The recipient's device has it. */
    DELIVERED("Entregue"),
    /** The recipient opened it. */
    READ("Lida"),
    /** It will never arrive. */
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
