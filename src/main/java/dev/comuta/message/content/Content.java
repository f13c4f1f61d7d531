package dev.comuta.message.content;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.comuta.media.MediaRef;
import io.vertx.core.json.JsonObject;
import jakarta.validation.constraints.NotBlank;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.DiscriminatorMapping;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;

/**
 * The content of a message, inbound or outbound. Stored in three columns of Messages: ContentType, the kind;
 * Content, the text that a person reads; ContentData, the other fields as JSON. Payload has the provider's own JSON.
 */
@JsonTypeInfo(
        use = JsonTypeInfo.Id.NAME,
        include = JsonTypeInfo.As.EXISTING_PROPERTY,
        property = Content.TYPE,
        visible = true,
        defaultImpl = Content.Unsupported.class)
@JsonSubTypes({
    @JsonSubTypes.Type(value = Content.Text.class, name = "Texto"),
    @JsonSubTypes.Type(
            value = Content.Media.class,
            names = {"Imagem", "Vídeo", "Áudio", "Documento", "Figurinha"}),
    @JsonSubTypes.Type(value = Content.Location.class, name = "Localização"),
    @JsonSubTypes.Type(value = Contacts.class, name = "Contato"),
    @JsonSubTypes.Type(value = Interaction.Reply.class, name = "Interação"),
    @JsonSubTypes.Type(value = Interaction.Order.class, name = "Pedido"),
    @JsonSubTypes.Type(value = MessageChange.Reaction.class, name = "Reação"),
    @JsonSubTypes.Type(value = MessageChange.Edit.class, name = "Edição"),
    @JsonSubTypes.Type(value = MessageChange.Revocation.class, name = "Revogação"),
    @JsonSubTypes.Type(value = Notice.class, name = "Sistema"),
    @JsonSubTypes.Type(value = Outgoing.Options.class, name = "Opções"),
    @JsonSubTypes.Type(value = Outgoing.Template.class, name = "Modelo")
})
@Schema(
        name = "Content",
        description = "The content of a message. `contentType` names the kind. Treat an unknown kind as "
                + "`UnsupportedContent`.",
        oneOf = {
            Content.Text.class,
            Content.Media.class,
            Content.Location.class,
            Contacts.class,
            Interaction.Reply.class,
            Interaction.Order.class,
            MessageChange.Reaction.class,
            MessageChange.Edit.class,
            MessageChange.Revocation.class,
            Notice.class,
            Outgoing.Options.class,
            Outgoing.Template.class,
            Content.Unsupported.class
        },
        discriminatorProperty = Content.TYPE,
        discriminatorMapping = {
            @DiscriminatorMapping(value = "Texto", schema = Content.Text.class),
            @DiscriminatorMapping(value = "Imagem", schema = Content.Media.class),
            @DiscriminatorMapping(value = "Vídeo", schema = Content.Media.class),
            @DiscriminatorMapping(value = "Áudio", schema = Content.Media.class),
            @DiscriminatorMapping(value = "Documento", schema = Content.Media.class),
            @DiscriminatorMapping(value = "Figurinha", schema = Content.Media.class),
            @DiscriminatorMapping(value = "Localização", schema = Content.Location.class),
            @DiscriminatorMapping(value = "Contato", schema = Contacts.class),
            @DiscriminatorMapping(value = "Interação", schema = Interaction.Reply.class),
            @DiscriminatorMapping(value = "Pedido", schema = Interaction.Order.class),
            @DiscriminatorMapping(value = "Reação", schema = MessageChange.Reaction.class),
            @DiscriminatorMapping(value = "Edição", schema = MessageChange.Edit.class),
            @DiscriminatorMapping(value = "Revogação", schema = MessageChange.Revocation.class),
            @DiscriminatorMapping(value = "Sistema", schema = Notice.class),
            @DiscriminatorMapping(value = "Opções", schema = Outgoing.Options.class),
            @DiscriminatorMapping(value = "Modelo", schema = Outgoing.Template.class)
        })
public sealed interface Content
        permits Content.Text,
                Content.Media,
                Content.Location,
                Contacts,
                Notice,
                Content.Unsupported,
                Interaction,
                MessageChange,
                Outgoing {

    /** The field that names the kind. */
    String TYPE = "contentType";

    /** The value in Messages.ContentType. */
    String contentType();

    /** The text that a person reads, in Messages.Content; null when there is none. */
    @JsonIgnore
    String readableText();

    /** The other fields, in Messages.ContentData; null when there are none. */
    @JsonIgnore
    default JsonObject data() {
        return null;
    }

    /** The same content with another text; itself when it has no text that its sender can edit. */
    default Content withText(String text) {
        return this;
    }

    /** Whether an assistant answers it. It does not answer changes of earlier messages and notices of the provider. */
    @JsonIgnore
    default boolean asksForAnswer() {
        return true;
    }

    /** Plain text. */
    @JsonIgnoreProperties(value = Content.TYPE, allowGetters = true)
    @Schema(
            name = "TextContent",
            description = "Plain text",
            properties =
                    @SchemaProperty(
                            name = Content.TYPE,
                            type = SchemaType.STRING,
                            description = "Kind of content",
                            enumeration = "Texto"),
            requiredProperties = {Content.TYPE, "text"})
    record Text(
            @NotBlank
            @Schema(
                    nullable = true,
                    description = "The text; required to send a message, null after it was erased",
                    examples = "Bom dia! Posso mostrar o imóvel amanhã às 10h.")
            String text)
            implements Content {

        /** Whether there is a text that is not longer. */
        public boolean hasAtMost(int characters) {
            return text != null && text.length() <= characters;
        }

        @Override
        @JsonProperty(Content.TYPE)
        public String contentType() {
            return ContentType.TEXT.stored();
        }

        @Override
        public String readableText() {
            return text;
        }

        @Override
        public Content withText(String text) {
            return new Text(text);
        }
    }

    /** A file. */
    @Schema(
            name = "MediaContent",
            description = "A file",
            requiredProperties = {Content.TYPE, "file"})
    record Media(
            @Schema(
                    description = "Kind of file",
                    enumeration = {"Imagem", "Vídeo", "Áudio", "Documento", "Figurinha"})
            String contentType,

            @Schema(description = "The file at the provider; null after its retention time", nullable = true)
            MediaRef file,

            @Schema(description = "Caption of the file; null when there is none", nullable = true)
            String caption)
            implements Content {

        @Override
        public String readableText() {
            return caption;
        }

        @Override
        public Content withText(String text) {
            return new Media(contentType, file, text);
        }

        @Override
        public JsonObject data() {
            return ContentColumns.data("file", file == null ? null : JsonObject.mapFrom(file));
        }
    }

    /** A place on the map. */
    @JsonIgnoreProperties(value = Content.TYPE, allowGetters = true)
    @Schema(
            name = "LocationContent",
            description = "A place on the map",
            properties =
                    @SchemaProperty(
                            name = Content.TYPE,
                            type = SchemaType.STRING,
                            description = "Kind of content",
                            enumeration = "Localização"),
            requiredProperties = {Content.TYPE, "latitude", "longitude"})
    record Location(
            @Schema(description = "Degrees north; null when not known", nullable = true, examples = "-23.5614")
            Double latitude,

            @Schema(description = "Degrees east; null when not known", nullable = true, examples = "-46.6559")
            Double longitude,

            @Schema(description = "Name of the place; null when the sender gave none", nullable = true)
            String name,

            @Schema(description = "Address of the place; null when the sender gave none", nullable = true)
            String address)
            implements Content {

        private static final int POLE = 90;
        private static final int ANTIMERIDIAN = 180;

        /** Coordinates that are not on the map are not known. */
        public Location {
            latitude = within(POLE, latitude);
            longitude = within(ANTIMERIDIAN, longitude);
        }

        private static Double within(int limit, Double degrees) {
            return degrees != null && Math.abs(degrees) <= limit ? degrees : null;
        }

        @Override
        @JsonProperty(Content.TYPE)
        public String contentType() {
            return ContentType.LOCATION.stored();
        }

        @Override
        public String readableText() {
            return name;
        }

        @Override
        public JsonObject data() {
            return ContentColumns.data("latitude", latitude, "longitude", longitude, "address", address);
        }
    }

    /** A kind that this version does not support. The provider's own JSON is stored nevertheless. */
    @Schema(
            name = "UnsupportedContent",
            description = "Content of a kind that this version does not support",
            requiredProperties = Content.TYPE)
    record Unsupported(
            @Schema(description = "Kind of content, an open set: `Desconhecido` and others", examples = "Desconhecido")
            String contentType,

            @Schema(description = "Text of the message; null when there is none", nullable = true)
            String text)
            implements Content {

        @Override
        public String readableText() {
            return text;
        }
    }
}
