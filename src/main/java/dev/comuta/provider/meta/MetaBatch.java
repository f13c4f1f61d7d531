package dev.comuta.provider.meta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.comuta.channel.template.TemplateReports.TemplateReport;
import dev.comuta.message.MessageStatusReports.StatusReport;
import dev.comuta.message.ParkedMessages.Parked;
import dev.comuta.message.SenderType;
import dev.comuta.platform.http.StorableText;
import dev.comuta.platform.http.UntrustedJson;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.secret.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The items of one webhook, from all its entries and changes. Every item is in one of the lists: a message without an id
 * or a sender, a status that we do not know and a change without the documented form are unreadable.
 *
 * @param messages in Meta's order
 * @param unreadable items to be kept for a person
 * @param statusReports statuses of messages that we sent
 * @param templateReports changes of templates
 * @param notices changes of other fields: about the account, the number, the preferences of people
 * @param accounts Meta's id of each number: its id of the account that has the number
 */
record MetaBatch(
        List<MetaMessage> messages,
        List<Parked> unreadable,
        List<StatusReport> statusReports,
        List<TemplateReport> templateReports,
        List<MetaNotice> notices,
        Map<String, String> accounts) {

    private static final String MESSAGES = "messages";
    private static final int MAX_ID = 255;

    /** What people wrote with the telephone's own application ("WhatsApp Business app users"). */
    private static final String ECHOES = "smb_message_echoes";

    /** A JSON reader for {@link #read}. */
    static ObjectReader reader(ObjectMapper json) {
        return UntrustedJson.limited(json).reader();
    }

    /** Reads the body of a webhook. Fails with a problem when it is no list of entries. */
    static MetaBatch read(JsonNode body) {
        if (body == null || !body.path("entry").isArray()) {
            throw Problem.invalid("entry", "must be a list");
        }
        MetaBatch batch = new MetaBatch(
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new HashMap<>());
        body.path("entry").forEach(batch::addEntry);
        return batch;
    }

    private void addEntry(JsonNode entry) {
        JsonNode changes = entry.path("changes");
        if (changes.isArray()) {
            changes.forEach(change -> addChange(entry.path("id").asText(""), change));
        } else {
            addUnreadable("", entry);
        }
    }

    private void addChange(String accountId, JsonNode change) {
        JsonNode value = change.path("value");
        if (!value.isObject()) {
            addUnreadable("", change);
            return;
        }
        if (!accountId.isEmpty() && !phoneNumberId(value).isEmpty()) {
            accounts.put(phoneNumberId(value), accountId);
        }
        String field = change.path("field").asText(MESSAGES);
        switch (field) {
            case MESSAGES -> addMessages(accountId, value);
            case ECHOES -> addEchoes(value);
            case MetaHistory.FIELD -> addHistory(accountId, value);
            case MetaTemplate.STATUS_FIELD, MetaTemplate.QUALITY_FIELD, MetaTemplate.CATEGORY_FIELD ->
                addTemplate(accountId, field, value);
            default -> addNotice(new MetaNotice(field, accountId, phoneNumberId(value), value));
        }
    }

    private void addNotice(MetaNotice notice) {
        if (!notice.isIgnored()) {
            notices.add(notice);
        }
    }

    private void addTemplate(String accountId, String field, JsonNode value) {
        TemplateReport report = MetaTemplate.report(field, value);
        if (report == null) {
            notices.add(new MetaNotice(field, accountId, phoneNumberId(value), value));
        } else {
            templateReports.add(report);
        }
    }

    private void addEchoes(JsonNode value) {
        JsonNode echoes = value.path("message_echoes");
        if (!echoes.isArray()) {
            addUnreadable(phoneNumberId(value), value);
        }
        for (JsonNode echo : echoes) {
            add(SenderType.USER, phoneNumberId(value), echo, value.path("contacts"));
        }
    }

    /** A value without threads says why there is no history. */
    private void addHistory(String accountId, JsonNode value) {
        String phoneNumberId = phoneNumberId(value);
        List<JsonNode> threads = MetaHistory.threads(value);
        if (threads.isEmpty()) {
            notices.add(new MetaNotice(MetaHistory.FIELD, accountId, phoneNumberId, value));
        }
        for (JsonNode thread : threads) {
            for (MetaHistory.Item item : MetaHistory.items(thread)) {
                MetaMessage read =
                        MetaMessage.read(item.sender(), phoneNumberId, item.message(), value.path("contacts"));
                if (read == null) {
                    addUnreadable(phoneNumberId, item.message());
                } else {
                    messages.add(read.asPast());
                }
            }
        }
    }

    /** A value without messages and statuses has errors of the number. */
    private void addMessages(String accountId, JsonNode value) {
        String phoneNumberId = phoneNumberId(value);
        JsonNode received = value.path("messages");
        JsonNode statuses = value.path("statuses");
        if (!received.isArray() && !statuses.isArray()) {
            notices.add(new MetaNotice(MESSAGES, accountId, phoneNumberId, value));
            return;
        }
        if (isOther(received) || isOther(statuses)) {
            addUnreadable(phoneNumberId, value);
        }
        if (received.isArray()) {
            received.forEach(message -> add(SenderType.END_USER, phoneNumberId, message, value.path("contacts")));
        }
        if (statuses.isArray()) {
            statuses.forEach(status -> addStatus(phoneNumberId, status));
        }
    }

    private static boolean isOther(JsonNode list) {
        return !list.isMissingNode() && !list.isArray();
    }

    private void addStatus(String phoneNumberId, JsonNode status) {
        StatusReport report = MetaStatus.read(phoneNumberId, status);
        if (report == null) {
            addUnreadable(phoneNumberId, status);
        } else {
            statusReports.add(report);
        }
    }

    private static String phoneNumberId(JsonNode value) {
        return StorableText.cut(
                StorableText.of(value.path("metadata").path("phone_number_id").asText("")), MAX_ID);
    }

    private void add(SenderType sender, String phoneNumberId, JsonNode message, JsonNode contacts) {
        MetaMessage read = MetaMessage.read(sender, phoneNumberId, message, contacts);
        if (read == null) {
            addUnreadable(phoneNumberId, message);
        } else {
            messages.add(read);
        }
    }

    private void addUnreadable(String phoneNumberId, JsonNode item) {
        String raw = StorableText.of(item.toString());
        unreadable.add(Parked.unreadable(MetaProvider.META, phoneNumberId, fingerprint(raw), raw));
    }

    /** An id for an item that has none: equal items have the same. */
    static String fingerprint(String raw) {
        return "sha256:" + HexFormat.of().formatHex(Sha256.of(raw.getBytes(StandardCharsets.UTF_8)));
    }
}
