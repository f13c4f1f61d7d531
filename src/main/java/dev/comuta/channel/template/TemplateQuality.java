package dev.comuta.channel.template;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The quality of a template as the provider rates it (Templates.Quality). */
@Schema(
        name = "TemplateQuality",
        description =
                "Quality of a template as the provider rates it by what end users do: `Alta` (high), `Média` (medium) or `Baixa` (low)")
public enum TemplateQuality {
    HIGH("Alta"),
    MEDIUM("Média"),
    LOW("Baixa");

    private final String stored;

    TemplateQuality(String stored) {
        this.stored = stored;
    }

    /** The stored value. */
    @JsonValue
    public String stored() {
        return stored;
    }

    static TemplateQuality of(String stored) {
        return Arrays.stream(values())
                .filter(value -> value.stored.equals(stored))
                .findFirst()
                .orElse(null);
    }
}
