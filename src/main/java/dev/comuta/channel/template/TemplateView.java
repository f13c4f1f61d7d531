package dev.comuta.channel.template;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A template of a channel. */
@Schema(name = "Template", description = "A template of messages, which may be sent at any time once it is approved.")
record TemplateView(
        @Schema(description = "Id of the template") long templateId,

        long clientId,

        @Schema(description = "Channel whose account at the provider has the template")
        long channelId,

        @Schema(description = "Name", examples = "visita_confirmada")
        String name,

        @Schema(description = "Language", examples = "pt_BR")
        String language,

        @Schema(implementation = TemplateCategory.class, description = "Category")
        String category,

        @Schema(implementation = TemplateStatus.class, description = "State of the template")
        String status,

        @Schema(
                implementation = TemplateQuality.class,
                nullable = true,
                description = "Quality as the provider rates it; null when it does not")
        String quality,

        @Schema(
                nullable = true,
                description =
                        "Why the template was rejected, paused or not created, in the provider's words; null for none",
                examples = "INCORRECT_CATEGORY")
        String reason,

        @Schema(description = "The parts of the template") List<TemplateComponent> components,

        @Schema(
                nullable = true,
                description =
                        "The provider's id of the template: at Twilio the `ContentSid`, which messages may name; null while the template is not created at the provider",
                examples = "1689556908129832")
        String providerId,

        @Schema(description = "Increases whenever the parts of the template change", examples = "0")
        int version,

        @Schema(description = "When the template was first stored")
        Instant createdAt,

        @Schema(nullable = true, description = "When the template last changed; null when it has not")
        Instant updatedAt) {}
