package dev.comuta.message.content;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;

/** Content that an end user chose instead of writing it. */
public sealed interface Interaction extends Content {

    /** A choice from buttons or from a list, or a completed form. */
    @JsonIgnoreProperties(value = Content.TYPE, allowGetters = true)
    @Schema(
            name = "InteractiveReplyContent",
            description = "A choice from buttons or from a list, or a completed form",
            properties =
                    @SchemaProperty(
                            name = Content.TYPE,
                            type = SchemaType.STRING,
                            description = "Kind of content",
                            enumeration = "Interação"),
            requiredProperties = {Content.TYPE, "title"})
    record Reply(
            @Schema(description = "Id of the choice; null when the provider does not report it", nullable = true)
            String id,

            @Schema(
                    description = "Title of the choice, as the end user saw it; null when not known",
                    nullable = true,
                    examples = "Agendar visita")
            String title,

            @Schema(description = "Second line of a choice from a list; null when there is none", nullable = true)
            String description,

            @Schema(
                    type = SchemaType.OBJECT,
                    nullable = true,
                    description = "Fields of a completed form, as the form names them; null for a choice")
            Map<String, Object> form)
            implements Interaction {

        /** A choice without more than its id and title. */
        public static Reply of(String id, String title) {
            return new Reply(id, title, null, null);
        }

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
            return ContentColumns.data(
                    "id", id, "description", description, "form", form == null ? null : new JsonObject(form));
        }
    }

    /** An order from a catalogue. */
    @JsonIgnoreProperties(value = Content.TYPE, allowGetters = true)
    @Schema(
            name = "OrderContent",
            description = "An order from a catalogue",
            properties =
                    @SchemaProperty(
                            name = Content.TYPE,
                            type = SchemaType.STRING,
                            description = "Kind of content",
                            enumeration = "Pedido"),
            requiredProperties = {Content.TYPE, "items"})
    record Order(
            @Schema(description = "The provider's id of the catalogue; null when not known", nullable = true)
            String catalogId,

            @Schema(description = "Text that the end user added; null when there is none", nullable = true)
            String text,

            @Schema(description = "The ordered products; empty after their retention time")
            List<Item> items)
            implements Interaction {

        /** The items are never null. */
        public Order {
            items = items == null ? List.of() : List.copyOf(items);
        }

        /** An ordered product. */
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(
                name = "OrderItem",
                description = "An ordered product. Fields that the provider does not report are absent.")
        public record Item(
                @Schema(description = "Id of the product in the catalogue", examples = "AP-102")
                String productId,

                @Schema(description = "Ordered quantity", examples = "1")
                Double quantity,

                @Schema(description = "Price of one, in units of the currency", examples = "450.5")
                Double price,

                @Schema(description = "Currency (ISO 4217)", examples = "BRL")
                String currency) {}

        @Override
        @JsonProperty(Content.TYPE)
        public String contentType() {
            return ContentType.ORDER.stored();
        }

        @Override
        public String readableText() {
            return text;
        }

        @Override
        public JsonObject data() {
            return ContentColumns.data(
                    "catalogId",
                    catalogId,
                    "items",
                    ContentColumns.array(items.stream().map(JsonObject::mapFrom)));
        }
    }
}
