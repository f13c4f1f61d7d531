package dev.comuta.sandbox;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/**
 * A message that the simulated Twilio stores.
 *
 * @param statusCallback URL that receives its statuses; may be null
 */
public record TwilioMessage(
        String sid,
        @JsonProperty("account_sid") String accountSid,
        String from,
        String to,
        String body,
        @JsonProperty("date_created") String dateCreated,
        @JsonProperty("date_sent") String dateSent,
        String status,
        String direction,
        @JsonProperty("num_media") String numMedia,
        @JsonProperty("num_segments") String numSegments,
        @JsonProperty("api_version") String apiVersion,
        @JsonIgnore String statusCallback) {

    private static final DateTimeFormatter RFC_2822 =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

    TwilioMessage with(String newStatus) {
        return new TwilioMessage(
                sid,
                accountSid,
                from,
                to,
                body,
                dateCreated,
                dateSent,
                newStatus,
                direction,
                numMedia,
                numSegments,
                apiVersion,
                statusCallback);
    }

    static TwilioMessage queued(String sid, String accountSid, Map<String, String> form, ZonedDateTime now) {
        return new TwilioMessage(
                sid,
                accountSid,
                form.get("From"),
                form.get("To"),
                form.getOrDefault("Body", ""),
                RFC_2822.format(now),
                null,
                "queued",
                "outbound-api",
                form.containsKey("MediaUrl") ? "1" : "0",
                "1",
                "2010-04-01",
                form.get("StatusCallback"));
    }

    /** A message that a person sent to a number of the account. */
    static TwilioMessage received(String sid, String accountSid, Map<String, String> form, ZonedDateTime sentAt) {
        return new TwilioMessage(
                sid,
                accountSid,
                form.get("From"),
                form.get("To"),
                form.getOrDefault("Body", ""),
                RFC_2822.format(sentAt),
                RFC_2822.format(sentAt),
                "received",
                "inbound",
                "0",
                "1",
                "2010-04-01",
                null);
    }

    /** Whether it was sent at this time or later. */
    boolean isSince(ZonedDateTime time) {
        return dateSent == null || !ZonedDateTime.parse(dateSent, RFC_2822).isBefore(time);
    }

    /** Whether it was sent at this time or earlier. */
    boolean isUntil(ZonedDateTime time) {
        return dateSent == null || !ZonedDateTime.parse(dateSent, RFC_2822).isAfter(time);
    }
}
