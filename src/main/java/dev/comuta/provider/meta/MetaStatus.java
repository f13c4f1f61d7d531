package dev.comuta.provider.meta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comuta.message.MessageStatus;
import dev.comuta.message.MessageStatusReports.StatusReport;
import dev.comuta.message.content.MessageReference;

/** Meta's status of a message that we sent ({@code value.statuses[]}). */
final class MetaStatus {

    private MetaStatus() {}

    /** {@return the status, or null when it has no message id, or is not sent, delivered, read, played or failed} */
    static StatusReport read(String phoneNumberId, JsonNode status) {
        MessageStatus reached = reached(status.path("status").asText());
        String id = status.path("id").asText("");
        MessageReference ours =
                MessageReference.read(status.path("biz_opaque_callback_data").asText(""));
        return reached == null || id.isEmpty()
                ? null
                : new StatusReport(
                        MetaProvider.META,
                        null,
                        phoneNumberId,
                        id,
                        ours,
                        reached,
                        MetaDelivery.of(status, reached),
                        cause(status, reached));
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
}
