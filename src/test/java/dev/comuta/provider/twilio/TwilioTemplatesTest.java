package dev.comuta.provider.twilio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.comuta.Contracts;
import dev.comuta.channel.ChannelPace;
import dev.comuta.channel.ChannelRef;
import dev.comuta.channel.OutboundChannel;
import dev.comuta.channel.template.TemplateCatalogue.ProviderTemplate;
import dev.comuta.channel.template.TemplateCategory;
import dev.comuta.channel.template.TemplateComponent;
import dev.comuta.channel.template.TemplateComponent.Action;
import dev.comuta.channel.template.TemplateStatus;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.sandbox.RecordedRequest;
import dev.comuta.sandbox.SimulatedProviders;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Templates in Twilio's Content API, against the sandbox and Twilio's own description where it is present. */
class TwilioTemplatesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOKEN = "t";

    private static Vertx vertx;
    private static SimulatedProviders providers;
    private static TwilioTemplates templates;
    private static int accounts;

    private OutboundChannel channel;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        providers = SimulatedProviders.launch(vertx);
        templates = TestTwilio.templates(providers.url());
    }

    @AfterAll
    static void stop() {
        providers.close();
        vertx.close();
    }

    @BeforeEach
    void newAccount() {
        String account = "AC%032x".formatted(++accounts);
        providers.twilio().register(account, TOKEN, "+5511999999999");
        providers.clearRequests();
        channel = new OutboundChannel(
                new ChannelRef(1, 1),
                TwilioProvider.TWILIO,
                null,
                "+5511999999999",
                null,
                null,
                null,
                new ChannelPace(null, null, null),
                new JsonObject().put("accountSid", account).put("authToken", TOKEN));
    }

    @Test
    void aTemplateIsCreatedReviewedAndDeleted() {
        ProviderTemplate made = await(templates.create(channel, card()));
        assertEquals(TemplateStatus.PENDING, made.status());

        providers.twilio().review(made.providerId(), "approved", "");
        ProviderTemplate found = await(templates.find(channel, "visita", "pt_BR"));

        assertEquals(made.providerId(), found.providerId());
        assertEquals(TemplateStatus.APPROVED, found.status());
        assertEquals(TemplateCategory.UTILITY, found.category());
        assertEquals(
                List.of("HEADER Visita ao {{1}}", "BODY Olá, {{2}}! Até {{3}}.", "FOOTER SAIR", "BUTTONS null"),
                found.components().stream()
                        .map(part -> part.type() + " " + part.text())
                        .toList());
        assertEquals(
                List.of("QUICK_REPLY null", "URL https://example.com/{{4}}"),
                found.components().getLast().buttons().stream()
                        .map(button -> button.type() + " " + button.url())
                        .toList());

        await(templates.delete(channel, found));
        await(templates.delete(channel, found));
        assertEquals(List.of(), await(templates.list(channel)));
    }

    @Test
    void aRejectionShowsItsReason() {
        ProviderTemplate made = await(templates.create(channel, text()));
        providers.twilio().review(made.providerId(), "rejected", "INVALID_FORMAT");

        ProviderTemplate found = await(templates.find(channel, "aviso", "pt_BR"));

        assertEquals(TemplateStatus.REJECTED, found.status());
        assertEquals("INVALID_FORMAT", found.reason());
    }

    /** The first attempt ended between its two requests. */
    @Test
    void aRepeatedCreationContinuesWithTheContentOfTheFirst() {
        await(templates.create(channel, text()));
        String sid = await(templates.find(channel, "aviso", "pt_BR")).providerId();
        providers.twilio().review(sid, "unsubmitted", "");
        assertNull(await(templates.find(channel, "aviso", "pt_BR")), "no template without a request for approval");

        assertEquals(sid, await(templates.create(channel, text())).providerId());
    }

    @Test
    void requestsAreValidByTwiliosDescription() {
        for (ProviderTemplate template : List.of(text(), replies(), link(), card())) {
            providers.clearRequests();
            await(templates.create(channel, template));
            List<JsonNode> bodies = providers.requests("twilio").stream()
                    .filter(request -> request.method().equals("POST"))
                    .map(RecordedRequest::body)
                    .map(Contracts::parsed)
                    .toList();
            assertEquals(2, bodies.size());
            assertEquals(List.of(), violations("ContentCreateRequest", bodies.get(0)), template.name());
            assertEquals(List.of(), violations("ContentApprovalRequest", bodies.get(1)), template.name());

            ObjectNode type =
                    (ObjectNode) bodies.get(0).path("types").elements().next();
            type.put("texto", "x");
            assertFalse(violations("ContentCreateRequest", bodies.get(0)).isEmpty(), template.name());
            ((ObjectNode) bodies.get(1)).remove("category");
            assertFalse(violations("ContentApprovalRequest", bodies.get(1)).isEmpty(), template.name());
        }
    }

    @Test
    void eachVariableHasItsSample() {
        await(templates.create(channel, card()));

        JsonNode variables = Contracts.parsed(providers.requests("twilio").stream()
                        .filter(request -> request.method().equals("POST"))
                        .findFirst()
                        .orElseThrow()
                        .body())
                .path("variables");
        assertEquals("{\"1\":\"Ap 102\",\"2\":\"Maria\",\"3\":\"10h\",\"4\":\"102\"}", variables.toString());
    }

    @Test
    void aFileInTheHeaderNeedsASample() {
        ProviderTemplate template = template(
                "foto",
                new TemplateComponent("HEADER", "IMAGE", null, null, null),
                new TemplateComponent("BODY", null, "Olá", null, null));

        assertThrows(PermanentFailure.class, () -> await(templates.create(channel, template)));
    }

    @Test
    void keepsTwiliosWordsAboutARefusedTemplate() {
        ProviderTemplate template = new ProviderTemplate(
                null,
                "Nome Errado",
                "pt_BR",
                TemplateCategory.UTILITY,
                TemplateStatus.PENDING,
                null,
                null,
                text().components());

        PermanentFailure refusal =
                assertThrows(PermanentFailure.class, () -> await(templates.create(channel, template)));

        assertEquals("name or category is invalid, code 20001", refusal.getMessage());
    }

    private static ProviderTemplate text() {
        return template("aviso", new TemplateComponent("BODY", null, "Olá, {{1}}!", List.of("Maria"), null));
    }

    private static ProviderTemplate replies() {
        return template(
                "confirmar",
                new TemplateComponent("BODY", null, "Confirma?", null, null),
                new TemplateComponent(
                        "BUTTONS", null, null, null, List.of(new Action("QUICK_REPLY", "Sim", null, null))));
    }

    private static ProviderTemplate link() {
        return template(
                "fotos",
                new TemplateComponent("BODY", null, "As fotos", null, null),
                new TemplateComponent(
                        "BUTTONS",
                        null,
                        null,
                        null,
                        List.of(
                                new Action("URL", "Ver", "https://example.com/{{1}}", null),
                                new Action("PHONE_NUMBER", "Ligar", null, "+5511999999999"))));
    }

    private static ProviderTemplate card() {
        return template(
                "visita",
                new TemplateComponent("HEADER", "TEXT", "Visita ao {{1}}", List.of("Ap 102"), null),
                new TemplateComponent("BODY", null, "Olá, {{1}}! Até {{2}}.", List.of("Maria", "10h"), null),
                new TemplateComponent("FOOTER", null, "SAIR", null, null),
                new TemplateComponent(
                        "BUTTONS",
                        null,
                        null,
                        List.of("102"),
                        List.of(
                                new Action("QUICK_REPLY", "Sim", null, null),
                                new Action("URL", "Ver", "https://example.com/{{1}}", null))));
    }

    private static ProviderTemplate template(String name, TemplateComponent... parts) {
        return new ProviderTemplate(
                null, name, "pt_BR", TemplateCategory.UTILITY, TemplateStatus.PENDING, null, null, List.of(parts));
    }

    private static List<String> violations(String schema, JsonNode body) {
        ObjectNode root = JSON.createObjectNode().put("$ref", "#/components/schemas/" + schema);
        root.set(
                "components",
                Contracts.json("twilio/oai/twilio_content_v1.json").path("components"));
        return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(root).validate(body).stream()
                .map(ValidationMessage::toString)
                .toList();
    }

    private static <T> T await(Uni<T> work) {
        return work.await().indefinitely();
    }
}
