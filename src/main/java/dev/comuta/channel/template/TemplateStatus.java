package dev.comuta.channel.template;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The states of a template (Templates.Status). */
@Schema(
        name = "TemplateStatus",
        description =
                "State of a template: `Pendente` (not reviewed), `Aprovado` (may be sent), `Rejeitado` (rejected), `Pausado` (paused by the provider for its quality), `Desativado` (disabled by the provider), `Falhou` (not created at the provider) or `Excluído` (deleted)")
public enum TemplateStatus {
    PENDING("Pendente"),
    APPROVED("Aprovado"),
    REJECTED("Rejeitado"),
    PAUSED("Pausado"),
    DISABLED("Desativado"),
    FAILED("Falhou"),
    DELETED("Excluído");

    private final String stored;

    TemplateStatus(String stored) {
        this.stored = stored;
    }

    /** The stored value. */
    @JsonValue
    public String stored() {
        return stored;
    }

    static TemplateStatus of(String stored) {
        return Arrays.stream(values())
                .filter(value -> value.stored.equals(stored))
                .findFirst()
                .orElse(null);
    }
}
