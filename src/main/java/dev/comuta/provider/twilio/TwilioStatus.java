package dev.comuta.provider.twilio;

import dev.comuta.message.MessageStatus;
import dev.comuta.message.MessageStatusReports.StatusReport;
import dev.comuta.message.content.DeliveryReport;
import dev.comuta.message.content.MessageReference;
import dev.comuta.platform.problem.Problem;
import java.util.List;

/** Twilio's status of a message that we sent ("Message status callback"). */
record TwilioStatus(TwilioForm form) {

    /** The fields of a status, for the API's description. */
    static final String EXAMPLE = """
            {"MessageSid": "SM0123456789abcdef0123456789abcdef", "AccountSid": "AC0123456789abcdef0123456789abcdef",
             "From": "whatsapp:+5511999999999", "To": "whatsapp:+5511998765432", "MessageStatus": "delivered"}""";

    /** {@return the report, or empty for an unknown status} Fails with a problem when the MessageSid is missing. */
    List<StatusReport> toStatusReports(long channelId, String ourMessageId) {
        String sid = form.get("MessageSid");
        if (sid == null) {
            throw Problem.invalid("MessageSid", "is required");
        }
        MessageStatus status = status();
        return status == null
                ? List.of()
                : List.of(new StatusReport(
                        TwilioProvider.TWILIO,
                        channelId,
                        null,
                        sid,
                        MessageReference.read(ourMessageId),
                        status,
                        delivery(status),
                        status == MessageStatus.FAILED ? form.get("ErrorCode") : null));
    }

    private DeliveryReport delivery(MessageStatus status) {
        String code = status == MessageStatus.FAILED ? form.get("ErrorCode") : null;
        return code == null || !code.matches("[0-9]{1,6}")
                ? null
                : DeliveryReport.ofError(Integer.parseInt(code), TwilioErrors.remedy(Integer.parseInt(code)));
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
