package dev.comuta.call.summary;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Who wrote the summary of a call, with the stored value. */
@Schema(
        name = "SummaryAuthor",
        description = "Who wrote the summary of a call: `Assistente`, or `Usuário` for a person.")
public enum SummaryAuthor {
    ASSISTANT("Assistente"),
    USER("Usuário");

    private final String stored;

    SummaryAuthor(String stored) {
        this.stored = stored;
    }

    /** The value in CallSummaries.SummarizedBy. */
    @JsonValue
    public String stored() {
        return stored;
    }

    /** {@return the author with this stored value, or null for null} */
    static SummaryAuthor of(String stored) {
        return Arrays.stream(values())
                .filter(author -> author.stored.equals(stored))
                .findFirst()
                .orElse(null);
    }
}
