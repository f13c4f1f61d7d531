package dev.comuta.channel.template;

import dev.comuta.channel.template.TemplateCatalogue.ProviderTemplate;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A template to be created. */
@Schema(description = "A template to be created at the provider.")
record TemplateFields(
        @NotNull @Positive @Schema(description = "Channel whose account at the provider gets the template")
        Long channelId,

        @NotNull
        @Pattern(regexp = "[a-z0-9_]{1,512}", message = "must have only lower-case letters, digits and _, at most 512")
        @Schema(description = "Name: lower-case letters, digits and `_`", examples = "visita_confirmada")
        String name,

        @NotNull
        @Pattern(regexp = "[A-Za-z]{2,3}(_[A-Za-z0-9]{2,8})?", message = "must be a language such as pt_BR")
        @Schema(description = "Language", examples = "pt_BR")
        String language,

        @NotNull
        @Pattern(regexp = "Marketing|Utilidade|Autenticação")
        @Schema(implementation = TemplateCategory.class, description = "Category, which decides the price")
        String category,

        @NotEmpty @Size(max = 10) @Schema(description = "The parts of the template; one of them is the `BODY`")
        List<@NotNull @Valid TemplateComponent> components) {

    /** The template without an id of the provider. Fails as invalid when a provider would refuse it. */
    ProviderTemplate template(TemplateStatus status) {
        TemplateRules.require(components);
        return new ProviderTemplate(
                null, name, language, TemplateCategory.of(category), status, null, null, components);
    }
}
