package dev.comuta.provider.meta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.comuta.Contracts;
import dev.comuta.channel.ChannelCondition;
import dev.comuta.channel.ChannelRef;
import dev.comuta.channel.ChannelRoute;
import dev.comuta.channel.ChannelTypes;
import dev.comuta.message.InboundMessage.Contact;
import dev.comuta.message.MessageStatus;
import dev.comuta.message.MessageStatusReports.StatusReport;
import dev.comuta.message.SenderType;
import dev.comuta.message.content.Content;
import dev.comuta.message.content.ContentType;
import dev.comuta.message.content.DeliveryReport;
import dev.comuta.message.content.Interaction;
import dev.comuta.message.content.MessageReference;
import dev.comuta.message.content.Notice;
import dev.comuta.people.consent.ReportedConsents.ReportedConsent;
import dev.comuta.platform.problem.Problem;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    /** The reply to a form is JSON inside of a text, and neither its depth nor its numbers cost its siblings. */
    @ParameterizedTest
    @ValueSource(ints = {65, 999, 5_000, 100_000})
    void keepsTheReplyToAFormThatIsTooDeep(int depth) {
        String deep = "{\\\"a\\\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
        MetaBatch batch = batch("""
                {"from":"5511987654321","id":"wamid.5","type":"interactive","interactive":
                 {"type":"nfm_reply","nfm_reply":{"name":"flow","response_json":"%s"}}},
                {"from":"5511987654322","id":"wamid.6","type":"text","text":{"body":"Oi"}}""".formatted(deep));

        assertEquals(
                List.of("wamid.5", "wamid.6"),
                batch.messages().stream().map(MetaMessage::id).toList());
        assertEquals(
                Map.of("response_json", deep.replace("\\", "")),
                form(batch.messages().getFirst()));
    }

    @Test
    void readsTheFieldsOfTheReplyToAForm() {
        String reply = """
                {"from":"5511987654321","id":"wamid.5","type":"interactive","interactive":
                 {"type":"nfm_reply","nfm_reply":{"name":"flow","response_json":%s}}}""";

        assertEquals(
                Map.of("dia", "sábado", "preço", "1" + "0".repeat(300)),
                form(only(reply.formatted("\"{\\\"dia\\\":\\\"sábado\\\",\\\"preço\\\":1" + "0".repeat(300) + "}\""))));
        assertEquals(Map.of("dia", "sábado"), form(only(reply.formatted("{\"dia\":\"sábado\"}"))));
        assertEquals(Map.of("response_json", "não é JSON"), form(only(reply.formatted("\"não é JSON\""))));
    }

    private static Map<String, Object> form(MetaMessage message) {
        return assertInstanceOf(Interaction.Reply.class, message.content()).form();
    }

    @Test
    void answerToARequestForCallsIsANotice() {
        MetaMessage message = only("""
                {"from":"5511987654321","id":"wamid.5","type":"interactive","interactive":
                 {"type":"call_permission_reply","call_permission_reply":{"response":"accept"}}}""");

        assertEquals(new Notice("call_permission_reply", "accept"), message.content());
    }

    @Test
    void readsCodesThatAreTexts() {
        MetaBatch batch = read("""
                {"entry":[{"changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"1"},"statuses":[
                  {"id":"wamid.5","status":"failed","errors":[{"code":"131026","title":"x"}]}]}}]}]}""");

        DeliveryReport report = batch.statusReports().getFirst().delivery();
        assertEquals(131_026, report.errorCode());
        assertEquals("undeliverable", report.remedy());
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
    void readsTheHistoryOfTheTelephoneFromTheOldestOn() {
        MetaBatch batch = read("""
                {"entry":[{"id":"7","changes":[
                  {"field":"history","value":{"metadata":{"phone_number_id":"1"},"history":[{
                    "metadata":{"phase":0,"chunk_order":1,"progress":55},
                    "threads":[{"id":"5511998765432","messages":[
                      {"from":"5511999999999","to":"5511998765432","id":"wamid.h2","timestamp":"1739230960","type":"text",
                       "text":{"body":"Sim"},"history_context":{"status":"READ"}},
                      {"from":"5511998765432","id":"wamid.h1","timestamp":"1739230955","type":"text",
                       "text":{"body":"Aluga?"}},
                      {"from":"5511999999999","id":"wamid.h3","timestamp":"1739230970","type":"text",
                       "text":{"body":"E tem vaga"}}]}]}]}},
                  {"field":"history","value":{"metadata":{"phone_number_id":"1"},
                    "history":[{"errors":[{"code":2593109,"title":"History sync is turned off"}]}]}},
                  {"field":"smb_app_state_sync","value":{"metadata":{"phone_number_id":"1"},"state_sync":[]}}]}]}""");

        assertEquals(
                List.of("wamid.h1", "wamid.h2", "wamid.h3"),
                batch.messages().stream().map(MetaMessage::id).toList());
        assertEquals(
                List.of(SenderType.END_USER, SenderType.USER, SenderType.USER),
                batch.messages().stream().map(MetaMessage::sender).toList());
        assertTrue(batch.messages().stream()
                .allMatch(message -> message.past() && message.contact().key().equals("+5511998765432")));
        assertEquals(
                List.of("history"),
                batch.notices().stream().map(MetaNotice::field).toList());
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
    @ValueSource(strings = {"[]", "1", "null", "\"x\"", "{}", "{\"entry\":{}}", "{\"entry\":null}"})
    void refusesABodyThatIsNoBatch(String body) {
        assertThrows(Problem.class, () -> read(body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"entry\":[1]}",
                "{\"entry\":[{\"changes\":{\"a\":2}}]}",
                "{\"entry\":[{\"changes\":[null]}]}",
                "{\"entry\":[{\"changes\":[{\"field\":\"messages\",\"value\":7}]}]}",
                "{\"entry\":[{\"changes\":[{\"field\":\"messages\",\"value\":{\"messages\":7,\"statuses\":[]}}]}]}",
                "{\"entry\":[{\"changes\":[{\"field\":\"messages\",\"value\":{\"statuses\":[{\"status\":\"warning\"}]}}]}]}",
                "{\"entry\":[{\"changes\":[{\"field\":\"smb_message_echoes\",\"value\":{\"messages\":[]}}]}]}"
            })
    void keepsAnItemOfAnotherFormForAPerson(String body) {
        MetaBatch batch = read(body);

        assertEquals(1, batch.unreadable().size());
        assertTrue(batch.messages().isEmpty() && batch.statusReports().isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "account_update|{\"event\":\"DISABLED_UPDATE\",\"ban_info\":{\"waba_ban_state\":\"DISABLE\"}}|BROKEN|true",
                "account_update|{\"ban_info\":{\"waba_ban_state\":\"SCHEDULE_FOR_DISABLE\"}}|LIMITED|true",
                "account_update|{\"ban_info\":{\"waba_ban_state\":\"REINSTATE\"}}|NORMAL|false",
                "account_update|{\"event\":\"ACCOUNT_RESTRICTION\",\"restriction_info\":[{}]}|LIMITED|true",
                "account_update|{\"event\":\"PARTNER_REMOVED\"}|BROKEN|true",
                "account_update|{\"event\":\"ACCOUNT_VIOLATION\"}||true",
                "account_update|{\"event\":\"VERIFIED_ACCOUNT\"}||false",
                "phone_number_quality_update|{\"event\":\"FLAGGED\"}|LIMITED|true",
                "phone_number_quality_update|{\"event\":\"UNFLAGGED\"}|NORMAL|false",
                "phone_number_quality_update|{\"event\":\"DOWNGRADE\"}||true",
                "phone_number_quality_update|{\"event\":\"UPGRADE\"}||false",
                "account_review_update|{\"decision\":\"REJECTED\"}||true",
                "account_alerts|{\"alert_severity\":\"WARNING\"}||true",
                "account_alerts|{\"alert_info\":{\"alert_severity\":\"INFORMATIONAL\"}}||false",
                "security|{\"event\":\"PIN_CHANGED\"}||true",
                "messages|{\"errors\":[{\"code\":1}]}||true",
                "message_template_status_update|{\"event\":\"REJECTED\"}||false",
                "history|{\"history\":[]}||false"
            })
    void knowsWhatANoticeMeansForItsChannels(String field, String value, ChannelCondition condition, boolean alerts) {
        MetaNotice notice = read("{\"entry\":[{\"id\":\"9\",\"changes\":[{\"field\":\"" + field + "\",\"value\":"
                        + value + "}]}]}")
                .notices()
                .getFirst();

        assertEquals(new MetaNotice.Effect(condition, alerts), notice.effect());
        assertEquals("9", notice.toParked().providerId());
    }

    @Test
    void readsThatAPersonStopsMarketing() {
        MetaNotice notice = read("""
                {"entry":[{"id":"9","changes":[{"field":"user_preferences","value":{
                  "metadata":{"phone_number_id":"1"},
                  "user_preferences":[
                    {"wa_id":"551187654321","category":"marketing_messages","value":"stop","timestamp":1731705721},
                    {"user_id":"BR.42","category":"utility","value":"resume"},
                    {"wa_id":"551187654321","value":"maybe"}]}}]}]}""").notices().getFirst();

        assertEquals(
                List.of(
                        new ReportedConsent(
                                "phone",
                                "+5511987654321",
                                "+551187654321",
                                ChannelTypes.WHATSAPP,
                                "Marketing",
                                false,
                                Instant.ofEpochSecond(1_731_705_721)),
                        new ReportedConsent("bsuid", "BR.42", null, ChannelTypes.WHATSAPP, "utility", true, null)),
                MetaPreference.read(
                        notice.value(),
                        new ChannelRoute(
                                new ChannelRef(1, 2),
                                ChannelTypes.WHATSAPP,
                                "+5511999999999",
                                MetaProvider.META,
                                List.of(),
                                null)));
    }

    @Test
    void readsTheNewNumberOfAPerson() {
        MetaMessage changed = only("""
                {"from":"551187654321","id":"wamid.9","type":"system",
                 "system":{"type":"user_changed_number","wa_id":"5511977776666","body":"mudou"}}""");
        MetaMessage other = only("""
                {"from":"551187654321","id":"wamid.9","type":"system","system":{"type":"x","wa_id":"5511977776666"}}""");

        assertEquals("+5511977776666", changed.newNumber().e164());
        assertNull(other.newNumber());
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
