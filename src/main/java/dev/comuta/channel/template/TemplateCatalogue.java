package dev.comuta.channel.template;

import dev.comuta.channel.OutboundChannel;
import dev.comuta.channel.Provider;
import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * Port: the templates that a provider keeps for the account of a channel. Every method fails with a
 * {@link dev.comuta.platform.problem.TransientFailure} when it may be repeated, and with a
 * {@link dev.comuta.platform.problem.PermanentFailure} when the provider rejects the request.
 */
public interface TemplateCatalogue {

    /** The provider that keeps the templates. */
    Provider provider();

    /** Whether the provider reports the end of a review by a webhook. If not, it is asked every few minutes. */
    default boolean reportsReviews() {
        return true;
    }

    /** All templates of the channel's account. */
    Uni<List<ProviderTemplate>> list(OutboundChannel channel);

    /** The template with this name in this language; null when the account has none. */
    Uni<ProviderTemplate> find(OutboundChannel channel, String name, String language);

    /** Creates a template, which the provider then reviews. */
    Uni<ProviderTemplate> create(OutboundChannel channel, ProviderTemplate template);

    /** Deletes a template. Succeeds when the account has none such. */
    Uni<Void> delete(OutboundChannel channel, ProviderTemplate template);

    /**
     * A template as the provider knows it.
     *
     * @param providerId the provider's id; null for one that is not created yet
     * @param quality null when the provider does not rate it
     * @param reason why it was rejected or paused, in the provider's words; null for none
     */
    record ProviderTemplate(
            String providerId,
            String name,
            String language,
            TemplateCategory category,
            TemplateStatus status,
            TemplateQuality quality,
            String reason,
            List<TemplateComponent> components) {

        public ProviderTemplate {
            components = List.copyOf(components);
        }
    }
}
