package dev.comuta.message.rule;

import dev.comuta.channel.ChannelRef;
import dev.comuta.channel.template.TemplateStore;
import dev.comuta.message.content.Content;
import dev.comuta.message.content.Outgoing;
import dev.comuta.message.content.WhatsAppMarks;
import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The content of a message in the form in which it is sent. */
@ApplicationScoped
public class SentContent {

    private final TemplateStore templates;

    public SentContent(TemplateStore templates) {
        this.templates = templates;
    }

    /**
     * A template as its provider expects it. Models write Markdown; people write what they mean.
     *
     * @param form empty when the provider finds templates by name and language
     */
    public Uni<Content> of(
            Tx tx, ChannelRef channel, Content content, boolean byAssistant, Optional<TemplateForm> form) {
        if (byAssistant && content instanceof Content.Text(String text)) {
            return Uni.createFrom().item(new Content.Text(WhatsAppMarks.of(text)));
        }
        return content instanceof Outgoing.Template template && form.isPresent()
                ? templates
                        .find(tx, channel, template.name(), template.language())
                        .map(known -> form.get().of(template, known))
                : Uni.createFrom().item(content);
    }
}
