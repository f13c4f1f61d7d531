package dev.comuta.call.transfer;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Status of a transfer, with its stored value (CallTransfers.Status). {@link #after} is its state machine: a transfer only
 * moves forward, and stays in a final status.
 */
@Schema(
        name = "TransferStatus",
        description =
                "`Solicitada` (requested), `Chamando` (ringing), `Em resumo` (the new person hears who is transferred), `Aceita` (pressed 1), `Conectada` (bridged), and the final ones `Concluída`, `Recusada`, `Falhou` and `Cancelada`")
public enum TransferStatus {
    /** Stored; the telephone does not ring yet. */
    REQUESTED("Solicitada"),
    /** The telephone of the new person rings. */
    RINGING("Chamando"),
    /** The new person hears who is transferred. */
    BRIEFING("Em resumo"),
    /** The new person pressed 1. */
    ACCEPTED("Aceita"),
    /** The end user and the new person are connected. */
    BRIDGED("Conectada"),
    /** Connected and ended. */
    COMPLETED("Concluída"),
    /** The new person, or a voicemail, did not press 1. */
    REJECTED("Recusada"),
    /** Nobody answered, or the provider did not carry it out. */
    FAILED("Falhou"),
    /** Withdrawn, or the end user hung up before anybody accepted. */
    CANCELED("Cancelada");

    private final String stored;

    TransferStatus(String stored) {
        this.stored = stored;
    }

    /** The value in CallTransfers.Status. */
    @JsonValue
    public String stored() {
        return stored;
    }

    static TransferStatus of(String stored) {
        return Arrays.stream(values())
                .filter(status -> status.stored.equals(stored))
                .findFirst()
                .orElse(FAILED);
    }

    /** Whether the transfer has ended. */
    boolean isFinal() {
        return compareTo(BRIDGED) > 0;
    }

    /** Whether nobody has accepted yet. */
    boolean isPending() {
        return compareTo(ACCEPTED) < 0;
    }

    /** The status after news. */
    TransferStatus after(TransferNews news) {
        if (isFinal()) {
            return this;
        }
        return switch (news) {
            case RINGS -> later(RINGING);
            case ANSWERED -> later(BRIEFING);
            case ACCEPTED -> later(ACCEPTED);
            case BRIDGED -> BRIDGED;
            case DECLINED -> isPending() ? REJECTED : this;
            case UNANSWERED -> this == BRIDGED ? COMPLETED : this == BRIEFING ? REJECTED : FAILED;
            case LEFT -> isPending() ? REJECTED : COMPLETED;
            case CALL_ENDED -> this == BRIDGED ? COMPLETED : CANCELED;
            case WITHDRAWN -> isPending() ? CANCELED : this;
            case REFUSED -> this == BRIDGED ? this : FAILED;
            case OVERDUE -> isPending() ? FAILED : this;
        };
    }

    private TransferStatus later(TransferStatus next) {
        return compareTo(next) < 0 ? next : this;
    }
}
