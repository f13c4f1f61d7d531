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
import static java.util.stream.Collectors.toSet;
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
import dev.comuta.platform.problem.Problem.Violation;
import dev.comuta.provider.OutgoingExamples;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is sent to the Graph API, against Meta's own description where it is present. */
class MetaOutgoingTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final MetaSender SENDER = new MetaSender(null);

    /**
     * A content, the schema of Meta's file for its message, and fields with a value that the schema forbids.
     *
     * @param wrong merged into the message
     */
    private record Case(String name, String schema, Content content, String wrong) {

        JsonObject wrongBody() {
            return body(content).mergeIn(new JsonObject(wrong.replace('\'', '"')), true);
        }
    }

    private static final List<Case> CASES = List.of(
            new Case("text", "TextMessage", TEXT, "{'text':{'body':5}}"),
            new Case("image", "ImageMessage", IMAGE, "{'image':{'link':null}}"),
            new Case("document", "DocumentMessage", DOCUMENT, "{'document':{'link':7}}"),
            new Case("audio", "AudioMessage", VOICE, "{'audio':{'id':'1'}}"),
            new Case("video", "VideoMessage", VIDEO, "{'video':{'id':[]}}"),
            new Case("sticker", "StickerMessage", STICKER, "{'sticker':{'caption':'x'}}"),
            new Case("location", "LocationMessage", PLACE, "{'location':{'latitude':-23.5}}"),
            new Case("contacts", "ContactsMessage", CONTACTS, "{'contacts':[]}"),
            new Case("reaction", "ReactionMessage", REACTION, "{'reaction':{'message_id':5}}"),
            new Case("removed reaction", "ReactionMessage", NO_REACTION, "{'reaction':{'emoji':null}}"),
            new Case("buttons", "InteractiveMessage", BUTTONS, "{'interactive':{'action':{'buttons':[]}}}"),
            new Case("list", "InteractiveMessage", LIST, "{'interactive':{'type':'menu'}}"),
            new Case("cta_url", "InteractiveMessage", LINK, "{'interactive':{'action':{'parameters':{'url':5}}}}"),
            new Case("template", "TemplateMessage", TEMPLATE, "{'template':{'language':'pt_BR'}}"));

    @TestFactory
    Stream<DynamicTest> everyRequestIsValidByMetasDescription() {
        return CASES.stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.name(), () -> assertEquals(List.of(), violations(one.schema(), body(one.content())))));
    }

    @TestFactory
    Stream<DynamicTest> oneWrongFieldIsRefusedByMetasDescription() {
        return CASES.stream()
                .map(one -> DynamicTest.dynamicTest(one.name(), () -> {
                    assertFalse(violations(one.schema(), one.wrongBody()).isEmpty());
                    JsonObject more = body(one.content()).put("unknown_field", 1);
                    assertFalse(violations(one.schema(), more).isEmpty());
                }));
    }

    /** So that a new kind of content gets a case. */
    @Test
    void thereIsACaseForEveryExampleThatIsSent() throws IllegalAccessException {
        Set<Content> tested = CASES.stream().map(Case::content).collect(toSet());
        for (Field field : OutgoingExamples.class.getFields()) {
            Content example = (Content) field.get(null);
            assertEquals(SENDER.objection(example) == null, tested.contains(example), field.getName());
        }
    }

    @Test
    void aReplyIsValidByMetasDescription() throws IOException {
        for (Case one : CASES) {
            JsonObject reply = MetaSender.body(message(one.content(), new MessageReference(17, null), "wamid.before"));
            assertEquals(List.of(), violations(one.schema(), reply), one.name());
            reply.getJsonObject("context").put("message_id", 5);
            assertFalse(violations(one.schema(), reply).isEmpty(), one.name());
        }
    }

    @Test
    void theComponentsOfATemplateAreValidByMetasDescription() throws IOException {
        JsonArray components = body(TEMPLATE).getJsonObject("template").getJsonArray("components");
        assertEquals(List.of(), violations("HeaderComponent", components.getJsonObject(0)));
        assertEquals(List.of(), violations("BodyComponent", components.getJsonObject(1)));
        assertEquals(List.of(), violations("ButtonComponent", components.getJsonObject(2)));
        assertEquals(List.of(), violations("ButtonComponent", components.getJsonObject(3)));
        components.getJsonObject(2).remove("index");
        assertFalse(violations("ButtonComponent", components.getJsonObject(2)).isEmpty());
        components.getJsonObject(1).put("parameters", "Maria");
        assertFalse(violations("BodyComponent", components.getJsonObject(1)).isEmpty());
        components.getJsonObject(0).put("type", "head");
        assertFalse(violations("HeaderComponent", components.getJsonObject(0)).isEmpty());
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
    void aReadReceiptIsValidByMetasDescription() throws IOException {
        JsonObject body = MetaReadMarker.body("wamid.before", true);
        assertEquals(List.of(), violations("MarkMessageRequestPayload", body));
        assertEquals(new JsonObject().put("type", "text"), body.getJsonObject("typing_indicator"));
        assertNull(MetaReadMarker.body("wamid.before", false).getJsonObject("typing_indicator"));
        body.remove("status");
        assertFalse(violations("MarkMessageRequestPayload", body).isEmpty());
    }

    @Test
    void refusesWhatIsBeyondItsLimits() {
        MediaRef file = new MediaRef("1", null, null, null, null);
        assertNull(SENDER.objection(new Content.Media("Imagem", file, "x".repeat(1024))));
        assertEquals(
                new Violation("caption", "has at most 1024 characters"),
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
     * Five errors of Meta's file: parts of an {@code allOf} that allow no field of the other parts; open templates; a pattern
     * of positions that contains a footnote; no {@code biz_opaque_callback_data} and no {@code cta_url}, which the guide has.
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
        allowLinks(schemas);
        return components;
    }

    private static void allowLinks(JsonNode schemas) {
        ((ArrayNode) schemas.at("/InteractiveObject/properties/type/enum")).add("cta_url");
        ((ArrayNode) schemas.at("/ActionObject/oneOf")).add(Contracts.parsed("""
                {"required": ["name", "parameters"], "additionalProperties": false, "properties": {
                  "name": {"const": "cta_url"},
                  "parameters": {"type": "object", "required": ["display_text", "url"], "additionalProperties": false,
                    "properties": {"display_text": {"type": "string", "maxLength": 20},
                                   "url": {"type": "string", "pattern": "^https?://"}}}}}"""));
        ((ObjectNode) schemas.path("TemplateMessage")).put("unevaluatedProperties", false);
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
