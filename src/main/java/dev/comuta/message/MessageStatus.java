package dev.comuta.message;

import com.fasterxml.jackson.annotation.JsonValue;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Delivery status of an outgoing message, with its stored value (Messages.Status). */
@Schema(
        name = "MessageStatus",
        description =
                "Delivery status of an outgoing message: `Pendente` (stored, not sent), `Enviada` (accepted by the provider), `Entregue` (delivered to the device), `Lida` (read), `Falhou` (not delivered; a retry of the task that sent it, even of one that is `Concluída`, sends it another time), `Incerta` (the provider may or may not have received the message, which is not sent a second time) or `Cancelada` (a reply of the assistant that was not sent, because a person took over or closed the session)")
public enum MessageStatus {
    /** Stored, not yet accepted by the provider. */
    PENDING("Pendente"),
    /** Accepted by the provider. */
    SENT("Enviada"),
    /** Delivered to the recipient's device. */
    DELIVERED("Entregue"),
    /** Opened by the recipient. */
    READ("Lida"),
    /** Not delivered. A person may retry the task, even one that is 'Concluída', which sends the message. */
    FAILED("Falhou"),
    /** The provider may or may not have received the message, which is not sent a second time. */
    UNCERTAIN("Incerta"),
    /** A reply of the assistant that is not sent, because a person took over or closed the session. */
    CANCELED("Cancelada");

    private final String stored;

    MessageStatus(String stored) {
        this.stored = stored;
    }

    /** The value in Messages.Status. */
    @JsonValue
    public String stored() {
        return stored;
    }
}
