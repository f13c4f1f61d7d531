package dev.comuta.message.rule;

import dev.comuta.channel.template.KnownTemplate;
import dev.comuta.message.content.Content;
import dev.comuta.message.content.Outgoing;

/** How a provider expects templates that it does not find by name and language. */
@FunctionalInterface
public interface TemplateForm {

    /**
     * The content to send.
     *
     * @param known what is known of the template; null when the channel has none such
     */
    Content of(Outgoing.Template template, KnownTemplate known);
}
