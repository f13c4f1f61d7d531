package dev.comuta.provider.twilio;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.sun.net.httpserver.HttpServer;
import dev.comuta.Contracts;
import dev.comuta.channel.ChannelPace;
import dev.comuta.channel.ChannelRef;
import dev.comuta.channel.OutboundChannel;
import dev.comuta.channel.template.KnownTemplate;
import dev.comuta.channel.template.TemplateCategory;
import dev.comuta.channel.template.TemplateComponent;
import dev.comuta.channel.template.TemplateStatus;
import dev.comuta.media.MediaRef;
import dev.comuta.message.MessageSender;
import dev.comuta.message.MessageSender.OutgoingMessage;
import dev.comuta.message.content.Content;
import dev.comuta.message.content.MessageReference;
import dev.comuta.message.content.Outgoing;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.Problem.Violation;
import dev.comuta.platform.problem.UnknownOutcome;
import dev.comuta.provider.OutgoingExamples;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the SDK sends to Twilio, against Twilio's own description where it is present. */
class TwilioOutgoingTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SID = "HX0123456789abcdef0123456789abcdef";
    private static final Content TEMPLATE =
            new Outgoing.Template(SID, "pt_BR", null, null, List.of("Maria", "10h"), null);
    private static final Content VIDEO = new Content.Media(
            "Vídeo", new MediaRef(null, "https://example.com/files/2", "video/mp4", null, null), "A sala");

    private final Map<String, List<String>> form = new TreeMap<>();
    private int status = 201;
    private HttpServer twilio;
    private MessageSender sender;

    @BeforeEach
    void start() throws IOException {
        twilio = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        twilio.createContext("/", exchange -> {
            try (InputStream body = exchange.getRequestBody()) {
                read(new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
            byte[] answer = "{\"sid\":\"SM1\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        twilio.start();
        sender = TestTwilio.sender(
                URI.create("http://127.0.0.1:" + twilio.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        twilio.stop(0);
    }

    private void read(String body) {
        form.clear();
        for (String pair : body.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            form.computeIfAbsent(decoded(parts[0]), name -> new ArrayList<>()).add(decoded(parts[1]));
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** A content, and a field of its request with a value that Twilio's description forbids. */
    private record Case(String name, Content content, String field, List<String> wrong) {}

    private static final List<Case> CASES = List.of(
            new Case("text", OutgoingExamples.TEXT, "Text", List.of("x")),
            new Case("image", OutgoingExamples.IMAGE, "MediaUrl", List.of("x", "y", "z", "no address")),
            new Case("audio", OutgoingExamples.VOICE, "StatusCallback", List.of("no address")),
            new Case("video", VIDEO, "To", List.of()),
            new Case("document", OutgoingExamples.DOCUMENT, "MediaUrl", List.of("no address")),
            new Case("sticker", OutgoingExamples.STICKER, "SmartEncoded", List.of("maybe")),
            new Case("location", OutgoingExamples.PLACE, "Latitude", List.of("-23.5")),
            new Case("template", TEMPLATE, "ContentSid", List.of("HX1")));

    @TestFactory
    Stream<DynamicTest> everyRequestIsValidByTwiliosDescription() {
        return CASES.stream()
                .map(one -> DynamicTest.dynamicTest(one.name(), () -> {
                    send(one.content(), false);
                    assertEquals(List.of(), violations());
                }));
    }

    @TestFactory
    Stream<DynamicTest> aWrongFieldIsRefusedByTwiliosDescription() {
        return CASES.stream()
                .map(one -> DynamicTest.dynamicTest(one.name(), () -> {
                    send(one.content(), false);
                    form.remove(one.field());
                    if (!one.wrong().isEmpty()) {
                        form.put(one.field(), one.wrong());
                    }
                    assertFalse(violations().isEmpty());
                }));
    }

    /** So that a new kind of content gets a case. */
    @Test
    void thereIsACaseForEveryExampleThatIsSent() throws IllegalAccessException {
        Set<Content> tested = CASES.stream().map(Case::content).collect(toSet());
        for (Field field : OutgoingExamples.class.getFields()) {
            Content example = (Content) field.get(null);
            assertTrue(
                    sender.objection(example) != null
                            || example.equals(OutgoingExamples.TEMPLATE)
                            || tested.contains(example),
                    field.getName());
        }
    }

    @Test
    void sendsEachKindInItsFields() {
        send(OutgoingExamples.IMAGE, false);
        assertEquals(List.of("https://example.com/files/1?t=a"), form.get("MediaUrl"));
        assertEquals(List.of("A fachada"), form.get("Body"));
        send(OutgoingExamples.PLACE, false);
        assertEquals(List.of("geo:-23.5614,-46.6559|Av. Paulista, 1"), form.get("PersistentAction"));
        send(TEMPLATE, false);
        assertEquals(List.of(SID), form.get("ContentSid"));
        assertEquals(List.of("{\"1\":\"Maria\",\"2\":\"10h\"}"), form.get("ContentVariables"));
        assertNull(form.get("Body"));
        assertEquals(
                List.of("https://comuta.example/webhooks/twilio/messages/status?channel=1&message=17-2"),
                form.get("StatusCallback"));
    }

    @Test
    void sendsAKnownTemplateByItsContentSidWithAllItsValuesInOneList() {
        KnownTemplate known = new KnownTemplate(
                SID,
                "visita",
                "pt_BR",
                TemplateCategory.UTILITY,
                TemplateStatus.APPROVED,
                List.of(
                        new TemplateComponent("HEADER", "TEXT", "Visita ao {{1}}", null, null),
                        new TemplateComponent("BODY", null, "Olá, {{2}}! Até {{3}}.", null, null),
                        new TemplateComponent(
                                "BUTTONS",
                                null,
                                null,
                                null,
                                List.of(
                                        new TemplateComponent.Action("QUICK_REPLY", "Sim", null, null),
                                        new TemplateComponent.Action(
                                                "URL", "Ver", "https://example.com/{{4}}", null)))));
        Outgoing.Template named = new Outgoing.Template(
                "visita",
                "pt_BR",
                null,
                new Outgoing.Header("Ap 102", null, null),
                List.of("Maria", "10h"),
                List.of(new Outgoing.ButtonValue(1, "URL", "102")));

        send(sender.templateForm().orElseThrow().of(named, known), false);

        assertEquals(List.of(SID), form.get("ContentSid"));
        assertEquals(
                List.of("{\"1\":\"Ap 102\",\"2\":\"Maria\",\"3\":\"10h\",\"4\":\"102\"}"),
                form.get("ContentVariables"));
        assertEquals(List.of(), violations());
    }

    @Test
    void otherContentThanATextIsNotSentASecondTime() {
        assertThrows(UnknownOutcome.class, () -> send(OutgoingExamples.IMAGE, true));
        status = 500;
        assertThrows(UnknownOutcome.class, () -> send(OutgoingExamples.IMAGE, false));
    }

    @Test
    void refusesWhatTwilioDoesNotSend() {
        assertNull(sender.objection(TEMPLATE));
        assertThrows(PermanentFailure.class, () -> send(OutgoingExamples.TEMPLATE, false), "an unknown name");
        assertNotNull(sender.objection(OutgoingExamples.VIDEO), "a file without an address");
        assertNotNull(sender.objection(OutgoingExamples.REACTION));
        assertEquals(
                new Violation("contentType", "the provider Twilio does not send Contato"),
                sender.objection(OutgoingExamples.CONTACTS));
    }

    private void send(Content content, boolean mayHaveBeenSent) {
        OutboundChannel channel = new OutboundChannel(
                new ChannelRef(1, 1),
                TwilioProvider.TWILIO,
                null,
                "+5511999999999",
                null,
                null,
                null,
                new ChannelPace(null, null, null),
                new JsonObject()
                        .put("accountSid", "AC0123456789abcdef0123456789abcdef")
                        .put("authToken", "t"));
        sender.send(new OutgoingMessage(
                        new MessageReference(17, 2), channel, "+5511998765432", content, null, mayHaveBeenSent, null))
                .await()
                .indefinitely();
    }

    private List<String> violations() {
        JsonNode document = Contracts.json("twilio/oai/twilio_api_v2010.json");
        ObjectNode schema = (ObjectNode)
                document.at(
                        "/paths/~12010-04-01~1Accounts~1{AccountSid}~1Messages.json/post/requestBody/content/application~1x-www-form-urlencoded/schema");
        schema.put("additionalProperties", false);
        schema.set("components", document.path("components"));
        ObjectNode body = JSON.createObjectNode();
        form.forEach((name, values) -> {
            if ("array".equals(schema.path("properties").path(name).path("type").asText())) {
                values.forEach(body.withArray("/" + name)::add);
            } else {
                body.put(name, values.getFirst());
            }
        });
        SchemaValidatorsConfig formats =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema, formats).validate(body).stream()
                .map(ValidationMessage::toString)
                .toList();
    }
}
