package dev.comuta.provider.twilio;

import dev.comuta.conversation.MessageStatus;
import dev.comuta.delivery.Receipts.Receipt;
import dev.comuta.platform.Problem;
import java.time.Instant;
import java.util.List;

/** What Twilio reports about a message that we sent ("Message status callback"). */
record TwilioStatus(TwilioForm form) {

    /** The report; none for a status that says nothing of how far the message has come. */
    List<Receipt> toReceipts(String ourMessageId, Instant now) {
        String sid = form.get("MessageSid");
        if (sid == null) {
            throw Problem.invalid("MessageSid", "is required");
        }
        MessageStatus status = status();
        return status == null
                ? List.of()
                : List.of(new Receipt(sid, TwilioAddresses.id(ourMessageId), status, now, form.get("ErrorCode")));
    }

    private MessageStatus status() {
        return switch (form.get("MessageStatus")) {
            case "accepted", "scheduled", "queued", "sending", "sent" -> MessageStatus.SENT;
            case "delivered" -> MessageStatus.DELIVERED;
            case "read" -> MessageStatus.READ;
            case "failed", "undelivered", "canceled" -> MessageStatus.FAILED;
            case null, default -> null;
        };
    }
}
