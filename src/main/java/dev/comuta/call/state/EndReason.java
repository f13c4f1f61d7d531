package dev.comuta.call.state;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.comuta.platform.openapi.ApiValueSets;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Why a call did not come about or broke off, the same for all providers, with its stored value (Calls.EndReason). */
@Schema(
        name = "CallEndReason",
        description = "Why a call did not come about or broke off.",
        extensions = @Extension(name = ApiValueSets.GROWS, value = "true"))
public enum EndReason {
    /** The telephone was busy. */
    BUSY("ocupado"),
    /** The person or the telephone declined. */
    DECLINED("recusada"),
    /** Nobody picked up. */
    NO_ANSWER("sem resposta"),
    /** The number does not exist or cannot be dialled. */
    INVALID_NUMBER("número inválido"),
    /** The number, the country or the caller is blocked. */
    BLOCKED("bloqueada"),
    /** The provider's limit of calls was reached. */
    RATE_LIMITED("limite do provedor"),
    /** The SIP trunk rejected its credentials. */
    TRUNK_CREDENTIALS("credenciais do tronco"),
    /** The caller hung up before anybody answered. */
    CALLER_HUNG_UP("desistência"),
    /** The company withdrew the call. */
    WITHDRAWN("cancelada"),
    /** Of a call that first rings the broker: the broker did not answer. */
    BROKER_ABSENT("corretor não atendeu"),
    /** The longest duration of a call was reached. */
    TOO_LONG("duração máxima"),
    /** It is not known whether the provider dialled. The provider has no such call. */
    UNKNOWN_OUTCOME("desfecho desconhecido"),
    /** An error of the provider or the network. */
    ERROR("erro");

    private final String stored;

    EndReason(String stored) {
        this.stored = stored;
    }

    /** The value in Calls.EndReason. */
    @JsonValue
    public String stored() {
        return stored;
    }

    /** {@return the reason with this stored value, or null for null and for a value that another system wrote} */
    public static EndReason of(String stored) {
        return Arrays.stream(values())
                .filter(reason -> reason.stored.equals(stored))
                .findFirst()
                .orElse(null);
    }
}
