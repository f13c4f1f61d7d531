package dev.comuta.message.content;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.comuta.media.MediaRef;
import dev.comuta.platform.problem.Problem.Violation;
import dev.comuta.platform.rest.OneLine;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;

/** Content that only we send: choices for the end user, and templates that the provider approved. */
public sealed interface Outgoing extends Content {

    /** Longest text above choices. */
    int MAX_OPTIONS_TEXT = 1024;

    /** Longest header or footer. */
    int MAX_HEADER = 60;

    int MAX_BUTTON = 20;

    /** A text with choices: buttons, a list, or a link. */
    @JsonIgnoreProperties(value = Content.TYPE, allowGetters = true)
    @Schema(
            name = "OptionsContent",
            description = "A text with choices for the end user: exactly one of `buttons`, `list` and `link`",
            properties =
                    @SchemaProperty(
                            name = Content.TYPE,
                            type = SchemaType.STRING,
                            description = "Kind of content",
                            enumeration = "Opções"),
            requiredProperties = {Content.TYPE, "text"})
    record Options(
            @NotBlank
            @Size(max = MAX_OPTIONS_TEXT)
            @Schema(
                    nullable = true,
                    description = "The text; required to send a message, null after it was erased",
                    examples = "Quando você quer visitar o imóvel?")
            String text,

            @Size(max = MAX_HEADER) @Schema(nullable = true, description = "Line above the text; null for none")
            String header,

            @Size(max = MAX_HEADER) @Schema(nullable = true, description = "Line below the text; null for none")
            String footer,

            @Size(max = 3) @Schema(description = "Buttons that answer the message, at most three; empty for none")
            List<@NotNull @Valid Button> buttons,

            @Valid @Schema(nullable = true, description = "A list that opens on a button; null for none")
            OptionList list,

            @Valid @Schema(nullable = true, description = "A button that opens an address; null for none")
            Link link)
            implements Outgoing {

        /** The buttons are never null. */
        public Options {
            buttons = buttons == null ? List.of() : List.copyOf(buttons);
        }

        @Override
        @JsonProperty(Content.TYPE)
        public String contentType() {
            return ContentType.OPTIONS.stored();
        }

        @Override
        public String readableText() {
            return text;
        }

        @Override
        public Content withText(String text) {
            return new Options(text, header, footer, buttons, list, link);
        }

        @Override
        public JsonObject data() {
            return ContentColumns.data(
                    "header",
                    header,
                    "footer",
                    footer,
                    "buttons",
                    ContentColumns.array(buttons.stream().map(JsonObject::mapFrom)),
                    "list",
                    list == null ? null : JsonObject.mapFrom(list),
                    "link",
                    link == null ? null : JsonObject.mapFrom(link));
        }

        /** {@return why it cannot be sent, or null when it can} */
        Violation objection() {
            long kinds = Stream.of(buttons.isEmpty() ? null : buttons, list, link)
                    .filter(Objects::nonNull)
                    .count();
            if (kinds != 1) {
                return new Violation("", "needs exactly one of buttons, list and link");
            }
            return list == null ? ofChoices(choices("buttons", buttons)) : list.objection("list");
        }

        private static List<Choice> choices(String path, List<Button> buttons) {
            return IntStream.range(0, buttons.size())
                    .mapToObj(position -> new Choice(
                            path + "[" + position + "]",
                            buttons.get(position).id(),
                            buttons.get(position).title()))
                    .toList();
        }

        /** Answers name ids, and WhatsApp refuses buttons of the same id or title. */
        private static Violation ofChoices(List<Choice> choices) {
            return TextRules.first(
                    Choice.ids(choices),
                    TextRules.distinct(choices.stream()
                            .map(choice -> new TextRules.Value(choice.path() + ".title", choice.title()))));
        }
    }

    /** A button that answers a message. */
    @Schema(name = "OptionButton", description = "A button that answers a message")
    record Button(
            @NotBlank
            @Size(max = 256)
            @Schema(description = "Id, which the answer of the end user names", examples = "visita-sabado")
            String id,

            @NotBlank @Size(max = MAX_BUTTON) @Schema(description = "Title", examples = "Sábado, 10h")
            String title) {}

    /** A button that opens an address. */
    @Schema(name = "OptionLink", description = "A button that opens an address")
    record Link(
            @NotBlank @Size(max = MAX_BUTTON) @Schema(description = "Title of the button", examples = "Ver fotos")
            String title,

            @NotBlank
            @OneLine
            @Size(max = 2000)
            @Pattern(regexp = "https?://\\S+", message = "must be an address with http or https")
            @Schema(description = "The address", examples = "https://www.example.com/imoveis/102")
            String url) {}

    /** A template that the provider approved, which may be sent at any time. */
    @JsonIgnoreProperties(value = Content.TYPE, allowGetters = true)
    @Schema(
            name = "TemplateContent",
            description = "A template that the provider approved, with the values of its variables",
            properties =
                    @SchemaProperty(
                            name = Content.TYPE,
                            type = SchemaType.STRING,
                            description = "Kind of content",
                            enumeration = "Modelo"),
            requiredProperties = {Content.TYPE, "name", "language"})
    record Template(
            @NotBlank
            @OneLine
            @Size(max = 512)
            @Schema(
                    nullable = true,
                    description =
                            "Name of the template; at Twilio also its `ContentSid`, which a template that was not read from Twilio needs. Null when not known",
                    examples = "visita_confirmada")
            String name,

            @NotBlank
            @Pattern(regexp = "[A-Za-z]{2,3}(_[A-Za-z0-9]{2,8})?", message = "must be a language such as pt_BR")
            @Schema(nullable = true, description = "Language of the template; null when not known", examples = "pt_BR")
            String language,

            @Size(max = 4096)
            @Schema(
                    nullable = true,
                    description =
                            "The text as the end user reads it, for the transcript. The server writes it for a template of `listTemplates`; null when not known")
            String text,

            @Valid @Schema(nullable = true, description = "Value of the header's variable; null for none")
            Header header,

            @Size(max = 100)
            @Schema(description = "Values of the variables of the body, in their order; empty for none")
            List<@NotNull @Size(max = 1024) String> body,

            @Size(max = 10) @Schema(description = "Values of the variables of the buttons; empty for none")
            List<@NotNull @Valid ButtonValue> buttons)
            implements Outgoing {

        /** The lists are never null. */
        public Template {
            body = body == null ? List.of() : List.copyOf(body);
            buttons = buttons == null ? List.of() : List.copyOf(buttons);
        }

        @Override
        @JsonProperty(Content.TYPE)
        public String contentType() {
            return ContentType.TEMPLATE.stored();
        }

        @Override
        public String readableText() {
            return text;
        }

        @Override
        public Content withText(String text) {
            return new Template(name, language, text, header, body, buttons);
        }

        /** The same with another file in the header, which has one. */
        Template withFile(MediaRef file) {
            Header changed = new Header(header.text(), header.contentType(), file);
            return new Template(name, language, text, changed, body, buttons);
        }

        @Override
        public JsonObject data() {
            return ContentColumns.data(
                    "name",
                    name,
                    "language",
                    language,
                    "header",
                    header == null ? null : JsonObject.mapFrom(header),
                    "body",
                    body.isEmpty() ? null : new JsonArray(body),
                    "buttons",
                    ContentColumns.array(buttons.stream().map(JsonObject::mapFrom)));
        }
    }

    /** The value of the header's variable: a text or a file. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "TemplateHeader",
            description = "Value of the header's variable: `text`, or `contentType` and `file`")
    record Header(
            @Size(max = MAX_HEADER) @Schema(nullable = true, description = "A text; null for a file")
            String text,

            @Pattern(regexp = "Imagem|Vídeo|Documento")
            @Schema(
                    nullable = true,
                    description = "Kind of the file; null for a text",
                    enumeration = {"Imagem", "Vídeo", "Documento"})
            String contentType,

            @Schema(nullable = true, description = "The file; null for a text")
            MediaRef file) {}

    /** The value of a button's variable. */
    @Schema(name = "TemplateButton", description = "Value of the variable of a button")
    record ButtonValue(
            @Min(0) @Max(9) @Schema(description = "Position of the button, from 0", examples = "0")
            int index,

            @NotNull
            @Pattern(regexp = ButtonValue.URL + "|" + ButtonValue.QUICK_REPLY)
            @Schema(
                    description = "Kind of button, as in the template",
                    enumeration = {ButtonValue.URL, ButtonValue.QUICK_REPLY})
            String type,

            @NotBlank
            @Size(max = 2000)
            @Schema(description = "The end of the address, or the id that the answer of the end user names")
            String value) {

        /** A button that opens an address. */
        public static final String URL = "URL";

        /** A button that answers the message. */
        public static final String QUICK_REPLY = "QUICK_REPLY";

        /** Whether the button opens an address. */
        public boolean opensAddress() {
            return URL.equals(type);
        }
    }
}
