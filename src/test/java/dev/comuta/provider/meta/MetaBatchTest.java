package dev.comuta.provider.meta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.comuta.Contracts;
import dev.comuta.message.InboundMessage.Contact;
import dev.comuta.message.MessageStatus;
import dev.comuta.message.MessageStatusReports.StatusReport;
import dev.comuta.message.SenderType;
import dev.comuta.message.content.Content;
import dev.comuta.message.content.ContentType;
import dev.comuta.message.content.DeliveryReport;
import dev.comuta.message.content.MessageReference;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetaBatchTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void readsContactContentAndTime() {
        MetaMessage message = only("""
                {"from":"551187654321","id":"wamid.1","timestamp":"1730231903","type":"image",
                 "image":{"id":"9","caption":"A sala"}}""");

        assertEquals("+551187654321", message.contact().phone(), "replies go to the number as received");
        assertEquals("+5511987654321", message.contact().key(), "both spellings identify one person");
        assertEquals("Maria", message.contact().name());
        assertEquals(ContentType.IMAGE.stored(), message.content().contentType());
        assertEquals("A sala", message.content().readableText());
        assertEquals(1_730_231_903L, message.time().getEpochSecond());
        assertEquals("9", message.raw().getJsonObject("image").getString("id"));
    }

    /** As the other providers do. */
    @Test
    void identifiesAPersonByANumberThatNoPlanHas() {
        MetaMessage message =
                only("{\"from\":\"15550783881\",\"id\":\"wamid.3\",\"type\":\"text\",\"text\":{\"body\":\"Oi\"}}");

        assertEquals(new Contact("phone", "+15550783881", "+15550783881", null), message.contact());
    }

    @Test
    void identifiesAPersonWithoutNumberByUserId() {
        MetaMessage message = only(
                "{\"from_user_id\":\"BR.42\",\"id\":\"wamid.2\",\"timestamp\":1730231903,\"type\":\"text\",\"text\":{\"body\":\"Oi\"}}");

        assertEquals("bsuid", message.contact().kind());
        assertEquals("BR.42", message.contact().key());
        assertEquals("João", message.contact().name());
        assertNull(message.contact().phone());
        assertEquals(1_730_231_903L, message.time().getEpochSecond());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "7",
                "null",
                "{\"from\":\"5511987654321\"}",
                "{\"id\":\"wamid.3\",\"type\":\"text\"}",
                "{\"id\":{},\"from\":[]}"
            })
    void separatesUnreadableItemsFromTheOthers(String bad) {
        MetaBatch batch = batch(bad + ",{\"from\":\"5511987654321\",\"id\":\"wamid.4\",\"type\":\"text\"}");

        assertEquals(1, batch.unreadable().size());
        assertEquals(
                List.of("wamid.4"),
                batch.messages().stream().map(MetaMessage::id).toList());
    }

    @Test
    void readsStatusesWithOurMessageId() {
        MetaBatch batch = read("""
                {"entry":[{"changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"1"},"statuses":[
                  {"id":"wamid.5","status":"read","biz_opaque_callback_data":"17-2"},
                  {"id":"wamid.6","status":"failed","errors":[{"code":131026,"title":"x"}],
                   "biz_opaque_callback_data":"of another system"},
                  {"id":"wamid.7","status":"warning"}, {"status":"sent"}, 5]}}]}]}""");

        assertEquals(
                List.of(
                        new StatusReport(
                                MetaProvider.META,
                                null,
                                "1",
                                "wamid.5",
                                new MessageReference(17, 2),
                                MessageStatus.READ,
                                null,
                                null),
                        new StatusReport(
                                MetaProvider.META,
                                null,
                                "1",
                                "wamid.6",
                                null,
                                MessageStatus.FAILED,
                                new DeliveryReport(
                                        null, null, null, null, null, null, 131026, "x", null, "undeliverable"),
                                "Meta 131026")),
                batch.statusReports());
    }

    @Test
    void readsWhatAPersonWroteWithTheTelephone() {
        MetaBatch batch = read("""
                {"entry":[{"changes":[{"field":"smb_message_echoes","value":{
                  "metadata":{"phone_number_id":"1"},
                  "message_echoes":[{"from":"5511999999999","to":"5511998765432","id":"wamid.echo",
                    "timestamp":"1749416383","type":"text","text":{"body":"Bom dia"}}]}}]}]}""");

        MetaMessage echo = batch.messages().getFirst();

        assertEquals(SenderType.USER, echo.sender());
        assertEquals("+5511998765432", echo.contact().key());
        assertEquals(new Content.Text("Bom dia"), echo.content());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "1",
                "{\"entry\":{}}",
                "{\"entry\":[1]}",
                "{\"entry\":[{\"changes\":{\"a\":2}}]}",
                "{\"entry\":[{\"changes\":[{\"field\":\"messages\",\"value\":{\"errors\":[{\"code\":1}]}}]}]}",
                "{\"entry\":[{\"changes\":[{\"field\":\"smb_message_echoes\",\"value\":{\"messages\":[{\"id\":\"x\",\"from\":\"5511987654321\"}]}}]}]}"
            })
    void ignoresBodiesWithoutMessages(String body) {
        MetaBatch batch = read(body);

        assertTrue(batch.messages().isEmpty()
                && batch.unreadable().isEmpty()
                && batch.statusReports().isEmpty());
    }

    @TestFactory
    Stream<DynamicTest> readsEveryPublishedExample() throws IOException {
        return Contracts.json("meta/openapi_webhook_examples.json").properties().stream()
                .map(example -> dynamicTest(example.getKey(), () -> assertReadable(example.getValue())));
    }

    @Test
    void mapsEveryPublishedTypeToItsContentType() throws IOException {
        Map<String, Set<String>> types = Contracts.json("meta/openapi_webhook_examples.json").properties().stream()
                .flatMap(example -> MetaBatch.read(example.getValue()).messages().stream())
                .collect(Collectors.groupingBy(
                        message -> message.raw().getString("type"),
                        Collectors.mapping(message -> message.content().contentType(), Collectors.toSet())));

        assertEquals(Set.of("Interação"), types.get("interactive"));
        assertEquals(Set.of("Reação"), types.get("reaction"));
        assertEquals(Set.of("Pedido"), types.get("order"));
        assertEquals(Set.of("Contato"), types.get("contacts"));
        assertEquals(Set.of("Desconhecido"), types.get("unsupported"));
    }

    private static void assertReadable(JsonNode example) {
        MetaBatch batch = MetaBatch.read(example);
        int published = 0;
        for (JsonNode entry : example.path("entry")) {
            for (JsonNode change : entry.path("changes")) {
                published += change.path("value").path("messages").size();
            }
        }
        assertEquals(published, batch.messages().size());
        assertTrue(batch.unreadable().isEmpty());
    }

    private static MetaMessage only(String message) {
        List<MetaMessage> messages = batch(message).messages();
        assertEquals(1, messages.size());
        return messages.getFirst();
    }

    private static MetaBatch batch(String messages) {
        return read("""
                {"entry":[{"changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"1"},
                 "contacts":[{"profile":{"name":"João"},"user_id":"BR.42"},{"profile":{"name":"Maria"},"wa_id":"551187654321"}],
                 "messages":[%s]}}]}]}""".formatted(messages));
    }

    private static MetaBatch read(String body) {
        try {
            return MetaBatch.read(JSON.readTree(body));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
