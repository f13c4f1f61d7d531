package dev.comuta.provider.meta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.comuta.message.MessageStatusReports.StatusReport;
import dev.comuta.message.ParkedMessages.Parked;
import dev.comuta.message.SenderType;
import dev.comuta.platform.http.UntrustedJson;
import dev.comuta.platform.secret.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The messages and statuses of one webhook, from all its entries and changes. Reading never fails: a message without an
 * id or a sender is unreadable, and unknown fields are ignored.
 *
 * @param messages in Meta's order
 * @param unreadable messages whose id or sender is missing or invalid
 * @param statusReports statuses of messages that we sent
 */
record MetaBatch(List<MetaMessage> messages, List<Parked> unreadable, List<StatusReport> statusReports) {

    private static final String MESSAGES = "messages";

    /** What people wrote with the telephone's own application ("WhatsApp Business app users"). */
    private static final String ECHOES = "smb_message_echoes";

    /** A JSON reader for {@link #read}. */
    static ObjectReader reader(ObjectMapper json) {
        return UntrustedJson.limited(json).reader();
    }

    /** Reads the body of a webhook. */
    static MetaBatch read(JsonNode body) {
        MetaBatch batch = new MetaBatch(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (JsonNode entry : body.path("entry")) {
            for (JsonNode change : entry.path("changes")) {
                batch.add(change.path("field").asText(MESSAGES), change.path("value"));
            }
        }
        return batch;
    }

    private void add(String field, JsonNode value) {
        switch (field) {
            case MESSAGES -> addMessages(value);
            case ECHOES -> addEchoes(value);
            default -> {
                // reports nothing that is a message
            }
        }
    }

    private void addEchoes(JsonNode value) {
        String phoneNumberId = phoneNumberId(value);
        for (JsonNode echo : value.path("message_echoes")) {
            add(SenderType.USER, phoneNumberId, echo, value.path("contacts"));
        }
    }

    private void addMessages(JsonNode value) {
        String phoneNumberId = phoneNumberId(value);
        for (JsonNode message : value.path("messages")) {
            add(SenderType.END_USER, phoneNumberId, message, value.path("contacts"));
        }
        for (JsonNode status : value.path("statuses")) {
            StatusReport report = MetaStatus.read(phoneNumberId, status);
            if (report != null) {
                statusReports.add(report);
            }
        }
    }

    private static String phoneNumberId(JsonNode value) {
        return value.path("metadata").path("phone_number_id").asText("");
    }

    private void add(SenderType sender, String phoneNumberId, JsonNode message, JsonNode contacts) {
        MetaMessage read = MetaMessage.read(sender, phoneNumberId, message, contacts);
        if (read == null) {
            unreadable.add(parked(phoneNumberId, message.toString()));
        } else {
            messages.add(read);
        }
    }

    private static Parked parked(String phoneNumberId, String raw) {
        byte[] digest = Sha256.of(raw.getBytes(StandardCharsets.UTF_8));
        return Parked.unreadable(
                MetaProvider.META, phoneNumberId, "sha256:" + HexFormat.of().formatHex(digest), raw);
    }
}
