package dev.comuta.message;

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
    @JsonSubTypes.Type(value = Content.InteractiveReply.class, name = "Interação"),
    @JsonSubTypes.Type(value = Content.Reaction.class, name = "Reação")
})
@Schema(
        name = "Content",
        description = "The content of a message. `contentType` names the kind. Treat an unknown kind as "
                + "`UnsupportedContent`.",
        oneOf = {
            Content.Text.class,
            Content.Media.class,
            Content.Location.class,
            Content.InteractiveReply.class,
            Content.Reaction.class,
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
            @DiscriminatorMapping(value = "Interação", schema = Content.InteractiveReply.class),
            @DiscriminatorMapping(value = "Reação", schema = Content.Reaction.class)
        })
public sealed interface Content {

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

    /** A choice from buttons or from a list. */
    @JsonIgnoreProperties(value = Content.TYPE, allowGetters = true)
    @Schema(
            name = "InteractiveReplyContent",
            description = "A choice from buttons or from a list",
            properties =
                    @SchemaProperty(
                            name = Content.TYPE,
                            type = SchemaType.STRING,
                            description = "Kind of content",
                            enumeration = "Interação"),
            requiredProperties = {Content.TYPE, "title"})
    record InteractiveReply(
            @Schema(description = "Id of the choice; null when the provider does not report it", nullable = true)
            String id,

            @Schema(
                    description = "Title of the choice, as the end user saw it; null when not known",
                    nullable = true,
                    examples = "Agendar visita")
            String title)
            implements Content {

        @Override
        @JsonProperty(Content.TYPE)
        public String contentType() {
            return ContentType.INTERACTION.stored();
        }

        @Override
        public String readableText() {
            return title;
        }

        @Override
        public JsonObject data() {
            return ContentColumns.data("id", id);
        }
    }

    /** A reaction to an earlier message. */
    @JsonIgnoreProperties(value = Content.TYPE, allowGetters = true)
    @Schema(
            name = "ReactionContent",
            description = "A reaction to an earlier message",
            properties =
                    @SchemaProperty(
                            name = Content.TYPE,
                            type = SchemaType.STRING,
                            description = "Kind of content",
                            enumeration = "Reação"),
            requiredProperties = {Content.TYPE, "target"})
    record Reaction(
            @Schema(
                    description = "The provider's id of the message that the reaction is for; null when not known",
                    nullable = true,
                    examples = "wamid.HBgN")
            String target,

            @Schema(description = "The emoji; null when the end user removed it", nullable = true, examples = "👍")
            String emoji)
            implements Content {

        @Override
        @JsonProperty(Content.TYPE)
        public String contentType() {
            return ContentType.REACTION.stored();
        }

        @Override
        public String readableText() {
            return emoji;
        }

        @Override
        public JsonObject data() {
            return ContentColumns.data("target", target);
        }
    }

    /** A kind that this version does not support. The provider's own JSON is stored nevertheless. */
    @Schema(
            name = "UnsupportedContent",
            description = "Content of a kind that this version does not support",
            requiredProperties = Content.TYPE)
    record Unsupported(
            @Schema(
                    description = "Kind of content, an open set: `Contato`, `Pedido`, `Desconhecido` and others",
                    examples = "Contato")
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
