package dev.comuta.channel.template;

import java.util.List;

/**
 * A template that can be sent, or cannot any more.
 *
 * @param providerId the provider's id; null while the provider does not have it
 * @param category null when the provider has one that is not known here
 */
public record KnownTemplate(
        String providerId,
        String name,
        String language,
        TemplateCategory category,
        TemplateStatus status,
        List<TemplateComponent> components) {

    public KnownTemplate {
        components = List.copyOf(components);
    }

    @Override
    public String toString() {
        return name + " (" + language + ")";
    }
}
