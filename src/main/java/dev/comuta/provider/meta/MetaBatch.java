package dev.comuta.provider.meta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comuta.message.MessageStatus;
import dev.comuta.message.MessageStatusReports.StatusReport;
import dev.comuta.message.ParkedMessages.Parked;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What one webhook brings: entries x changes x messages and statuses. Reading it never fails: an item without what we need
 * to know is unreadable, everything that we do not know is left out.
 *
 * @param messages in Meta's order
 * @param unreadable messages that do not say who wrote them, or which they are
 * @param statusReports statuses of messages that we sent
 */
record MetaBatch(List<MetaMessage> messages, List<Parked> unreadable, List<StatusReport> statusReports) {

    private static final String FIELD = "messages";
    private static final int MAX_OUR_ID = 18;

    /** The whole body of a webhook. */
    static MetaBatch read(JsonNode body) {
        MetaBatch batch = new MetaBatch(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (JsonNode entry : body.path("entry")) {
            for (JsonNode change : entry.path("changes")) {
                if (FIELD.equals(change.path("field").asText(FIELD))) {
                    batch.add(change.path("value"));
                }
            }
        }
        return batch;
    }

    private void add(JsonNode value) {
        String phoneNumberId = value.path("metadata").path("phone_number_id").asText("");
        for (JsonNode message : value.path("messages")) {
            MetaMessage read = MetaMessage.read(phoneNumberId, message, value.path("contacts"));
            if (read == null) {
                unreadable.add(parked(phoneNumberId, message.toString()));
            } else {
                messages.add(read);
            }
        }
        for (JsonNode status : value.path("statuses")) {
            addStatusReport(phoneNumberId, status);
        }
    }

    private void addStatusReport(String phoneNumberId, JsonNode status) {
        MessageStatus reached = reached(status.path("status").asText());
        String id = status.path("id").asText("");
        if (reached != null && !id.isEmpty()) {
            String ours = status.path("biz_opaque_callback_data").asText("");
            boolean isOurs = ours.length() <= MAX_OUR_ID && ours.matches("[0-9]+");
            statusReports.add(new StatusReport(
                    MetaProvider.META,
                    null,
                    phoneNumberId,
                    id,
                    isOurs ? Long.valueOf(ours) : null,
                    reached,
                    cause(status, reached)));
        }
    }

    private static MessageStatus reached(String status) {
        return switch (status) {
            case "sent" -> MessageStatus.SENT;
            case "delivered" -> MessageStatus.DELIVERED;
            case "read", "played" -> MessageStatus.READ;
            case "failed" -> MessageStatus.FAILED;
            default -> null;
        };
    }

    private static String cause(JsonNode status, MessageStatus reached) {
        return reached == MessageStatus.FAILED
                ? "Meta " + status.path("errors").path(0).path("code").asInt()
                : null;
    }

    private static Parked parked(String phoneNumberId, String raw) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(raw.getBytes(StandardCharsets.UTF_8));
            return Parked.unreadable(
                    MetaProvider.META, phoneNumberId, "sha256:" + HexFormat.of().formatHex(digest), raw);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
