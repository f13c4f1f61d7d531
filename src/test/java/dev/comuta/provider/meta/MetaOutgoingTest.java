package dev.comuta.provider.meta;

import static dev.comuta.provider.OutgoingExamples.BUTTONS;
import static dev.comuta.provider.OutgoingExamples.CONTACTS;
import static dev.comuta.provider.OutgoingExamples.DOCUMENT;
import static dev.comuta.provider.OutgoingExamples.IMAGE;
import static dev.comuta.provider.OutgoingExamples.LINK;
import static dev.comuta.provider.OutgoingExamples.LIST;
import static dev.comuta.provider.OutgoingExamples.NO_REACTION;
import static dev.comuta.provider.OutgoingExamples.PLACE;
import static dev.comuta.provider.OutgoingExamples.REACTION;
import static dev.comuta.provider.OutgoingExamples.STICKER;
import static dev.comuta.provider.OutgoingExamples.TEMPLATE;
import static dev.comuta.provider.OutgoingExamples.TEXT;
import static dev.comuta.provider.OutgoingExamples.VIDEO;
import static dev.comuta.provider.OutgoingExamples.VOICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.comuta.Contracts;
import dev.comuta.channel.ChannelPace;
import dev.comuta.channel.ChannelRef;
import dev.comuta.channel.OutboundChannel;
import dev.comuta.media.MediaRef;
import dev.comuta.message.MessageSender.OutgoingMessage;
import dev.comuta.message.content.Contacts;
import dev.comuta.message.content.Content;
import dev.comuta.message.content.MessageChange;
import dev.comuta.message.content.MessageReference;
import dev.comuta.message.content.Outgoing;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is sent to the Graph API, against Meta's own description where it is present. */
class MetaOutgoingTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final MetaSender SENDER = new MetaSender(null);

    /** Meta's names: its schemas by type of message, and the content that is sent as it. */
    private static final Map<String, List<Content>> BY_SCHEMA = Map.of(
            "TextMessage", List.of(TEXT),
            "ImageMessage", List.of(IMAGE),
            "DocumentMessage", List.of(DOCUMENT),
            "AudioMessage", List.of(VOICE),
            "VideoMessage", List.of(VIDEO),
            "StickerMessage", List.of(STICKER),
            "LocationMessage", List.of(PLACE),
            "ContactsMessage", List.of(CONTACTS),
            "ReactionMessage", List.of(REACTION, NO_REACTION),
            "InteractiveMessage", List.of(BUTTONS, LIST));

    /** A field of each type with a value that Meta's description forbids. */
    private static final Map<String, String> WRONG = Map.of(
            "TextMessage", "{\"text\":{\"body\":5}}",
            "ImageMessage", "{\"image\":{\"link\":null}}",
            "DocumentMessage", "{\"document\":{\"link\":7}}",
            "AudioMessage", "{\"audio\":{\"id\":\"1\"}}",
            "VideoMessage", "{\"video\":{\"id\":[]}}",
            "StickerMessage", "{\"sticker\":{\"caption\":\"x\"}}",
            "LocationMessage", "{\"location\":{\"latitude\":-23.5}}",
            "ContactsMessage", "{\"contacts\":[]}",
            "ReactionMessage", "{\"reaction\":{\"message_id\":5}}",
            "InteractiveMessage", "{\"interactive\":{\"type\":\"menu\"}}");

    @TestFactory
    Stream<DynamicTest> everyRequestIsValidByMetasDescription() {
        return BY_SCHEMA.entrySet().stream().flatMap(entry -> entry.getValue().stream()
                .map(content -> DynamicTest.dynamicTest(
                        entry.getKey(), () -> assertEquals(List.of(), violations(entry.getKey(), body(content))))));
    }

    @TestFactory
    Stream<DynamicTest> oneWrongFieldIsRefusedByMetasDescription() {
        return WRONG.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    JsonObject body = body(BY_SCHEMA.get(entry.getKey()).getFirst());
                    assertFalse(violations(entry.getKey(), body.mergeIn(new JsonObject(entry.getValue()), true))
                            .isEmpty());
                    JsonObject more =
                            body(BY_SCHEMA.get(entry.getKey()).getFirst()).put("unknown_field", 1);
                    assertFalse(violations(entry.getKey(), more).isEmpty());
                }));
    }

    @Test
    void aTemplateIsValidByMetasDescription() throws IOException {
        JsonObject body = body(TEMPLATE);
        assertEquals(List.of(), violations("TemplateMessage", body));
        JsonArray components = body.getJsonObject("template").getJsonArray("components");
        assertEquals(List.of(), violations("HeaderComponent", components.getJsonObject(0)));
        assertEquals(List.of(), violations("BodyComponent", components.getJsonObject(1)));
        assertEquals(List.of(), violations("ButtonComponent", components.getJsonObject(2)));
        assertEquals(List.of(), violations("ButtonComponent", components.getJsonObject(3)));
        components.getJsonObject(2).remove("index");
        assertFalse(violations("ButtonComponent", components.getJsonObject(2)).isEmpty());
    }

    /** Meta's file does not describe buttons that open an address; its guide does. */
    @Test
    void aLinkHasTheFormOfMetasGuide() {
        JsonObject interactive = body(LINK).getJsonObject("interactive");

        assertEquals("cta_url", interactive.getString("type"));
        assertEquals(new JsonObject("""
                        {"name":"cta_url","parameters":{"display_text":"Ver fotos","url":"https://example.com/imoveis/102"}}"""), interactive.getJsonObject("action"));
    }

    @Test
    void namesOurMessageAndTheOneThatItRepliesTo() {
        JsonObject body = MetaSender.body(message(TEXT, new MessageReference(17, 2), "wamid.before"));

        assertEquals("17-2", body.getString("biz_opaque_callback_data"));
        assertEquals(new JsonObject().put("message_id", "wamid.before"), body.getJsonObject("context"));
        assertEquals("5511998765432", body.getString("to"));
        assertEquals(true, body(VOICE).getJsonObject("audio").getBoolean("voice"));
        assertEquals("", body(NO_REACTION).getJsonObject("reaction").getString("emoji"));
    }

    @Test
    void refusesWhatIsBeyondItsLimits() {
        MediaRef file = new MediaRef("1", null, null, null, null);
        assertNull(SENDER.objection(new Content.Media("Imagem", file, "x".repeat(1024))));
        assertEquals(
                "caption has at most 1024 characters",
                SENDER.objection(new Content.Media("Imagem", file, "x".repeat(1025))));
        assertNotNull(SENDER.objection(new Content.Media("Áudio", file, "x")));
        assertNotNull(SENDER.objection(new Content.Media("Imagem", null, "x")));
        assertNotNull(SENDER.objection(
                new Content.Media("Imagem", new MediaRef(null, "http://example.com", null, null, null), null)));
        assertNotNull(SENDER.objection(new Content.Location(1.0, null, null, null)));
        assertNotNull(SENDER.objection(new Contacts(List.of())));
        assertNotNull(SENDER.objection(new MessageChange.Revocation("x")));
        assertNotNull(SENDER.objection(new Outgoing.Options("x", null, null, null, null, null)));
        assertNotNull(
                SENDER.objection(new Outgoing.Template("a", "pt_BR", null, null, List.of("x".repeat(1025)), null)));
    }

    private static JsonObject body(Content content) {
        assertNull(SENDER.objection(content));
        return MetaSender.body(message(content, new MessageReference(17, null), null));
    }

    private static OutgoingMessage message(Content content, MessageReference reference, String replyTo) {
        OutboundChannel channel = new OutboundChannel(
                new ChannelRef(1, 1),
                MetaProvider.META,
                "106540352242922",
                "+5511999999999",
                null,
                null,
                new ChannelPace(null, null, null),
                null);
        return new OutgoingMessage(reference, channel, "+5511998765432", content, replyTo, false, null);
    }

    private static List<String> violations(String schema, JsonObject body) throws IOException {
        ObjectNode document = (ObjectNode) new ObjectMapper(new YAMLFactory())
                .readTree(
                        Contracts.file("meta/business-messaging-api_v23.0.yaml").toFile());
        ObjectNode root = JSON.createObjectNode().put("$ref", "#/components/schemas/" + schema);
        root.set("components", corrected(document.path("components")));
        return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(root)
                .validate(JSON.readTree(body.encode()))
                .stream()
                .map(ValidationMessage::toString)
                .toList();
    }

    /**
     * Three errors of Meta's file: parts of an {@code allOf} that allow no field of the other parts; a pattern of positions
     * that contains a footnote; no {@code biz_opaque_callback_data}, which the guide has.
     */
    private static JsonNode corrected(JsonNode components) {
        JsonNode schemas = components.path("schemas");
        schemas.forEach(schema -> close((ObjectNode) schema));
        for (String name : List.of("TemplateComponent", "ButtonComponent")) {
            schemas.path(name).findParents("pattern").forEach(index -> ((ObjectNode) index).put("pattern", "^[0-9]$"));
        }
        ((ObjectNode) schemas.path("BaseMessageProperties").path("properties"))
                .putObject("biz_opaque_callback_data")
                .put("type", "string")
                .put("maxLength", 512);
        return components;
    }

    private static void close(ObjectNode schema) {
        if (schema.path("allOf") instanceof ArrayNode parts) {
            boolean closed = false;
            for (JsonNode part : parts) {
                closed |= part instanceof ObjectNode object && object.remove("additionalProperties") != null;
            }
            if (closed) {
                schema.put("unevaluatedProperties", false);
            }
        }
    }
}
