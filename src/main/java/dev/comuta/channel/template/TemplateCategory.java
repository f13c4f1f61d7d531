package dev.comuta.channel.template;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The categories of templates (Templates.Category). */
@Schema(
        name = "TemplateCategory",
        description = "Category of a template: `Marketing`, `Utilidade` (utility) or `Autenticação` (authentication)")
public enum TemplateCategory {
    MARKETING("Marketing"),
    UTILITY("Utilidade"),
    AUTHENTICATION("Autenticação");

    private final String stored;

    TemplateCategory(String stored) {
        this.stored = stored;
    }

    /** The stored value. */
    @JsonValue
    public String stored() {
        return stored;
    }

    static TemplateCategory of(String stored) {
        return Arrays.stream(values())
                .filter(value -> value.stored.equals(stored))
                .findFirst()
                .orElse(null);
    }
}
