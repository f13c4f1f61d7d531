package dev.comuta.message.content;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;

/** Contact cards. */
@JsonIgnoreProperties(value = Content.TYPE, allowGetters = true)
@Schema(
        name = "ContactsContent",
        description = "Contact cards",
        properties =
                @SchemaProperty(
                        name = Content.TYPE,
                        type = SchemaType.STRING,
                        description = "Kind of content",
                        enumeration = "Contato"),
        requiredProperties = {Content.TYPE, "contacts"})
public record Contacts(
        @Schema(description = "The cards; empty after their retention time")
        List<ContactCard> contacts) implements Content {

    /** The cards are never null. */
    public Contacts {
        contacts = contacts == null ? List.of() : List.copyOf(contacts);
    }

    @Override
    @JsonProperty(Content.TYPE)
    public String contentType() {
        return ContentType.CONTACT.stored();
    }

    @Override
    public String readableText() {
        String names = contacts.stream()
                .map(ContactCard::name)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? null : names;
    }

    @Override
    public JsonObject data() {
        return ContentColumns.data(
                "contacts", ContentColumns.array(contacts.stream().map(JsonObject::mapFrom)));
    }
}
