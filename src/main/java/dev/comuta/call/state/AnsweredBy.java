package dev.comuta.call.state;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What answered a call, as answering machine detection reports it, with its stored value (Calls.AnsweredBy). */
@Schema(
        name = "AnsweredBy",
        description =
                "What answered: `pessoa`, `caixa postal` (voicemail), `menu` (a machine with choices), `indisponível` (the operator's announcement), `fax` or `incerto` (treated as a person)")
public enum AnsweredBy {
    /** A person. */
    PERSON("pessoa"),
    /** Voicemail or an answering machine. */
    VOICEMAIL("caixa postal"),
    /** A machine that asks for digits. */
    MENU("menu"),
    /** The operator's announcement that the telephone is not available. */
    UNAVAILABLE("indisponível"),
    /** A fax machine. */
    FAX("fax"),
    /** Not recognized: treated as a person. */
    UNCERTAIN("incerto");

    private final String stored;

    AnsweredBy(String stored) {
        this.stored = stored;
    }

    /** The value in Calls.AnsweredBy. */
    @JsonValue
    public String stored() {
        return stored;
    }

    /** Whether the call goes on as with a person. */
    public boolean isTreatedAsPerson() {
        return this == PERSON || this == UNCERTAIN;
    }

    /** {@return the value with this stored value, or null for null and for a value that another system wrote} */
    public static AnsweredBy of(String stored) {
        return Arrays.stream(values())
                .filter(value -> value.stored.equals(stored))
                .findFirst()
                .orElse(null);
    }
}
