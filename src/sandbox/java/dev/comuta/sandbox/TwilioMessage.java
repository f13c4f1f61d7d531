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
                "queued",
                "outbound-api",
                form.containsKey("MediaUrl") ? "1" : "0",
                "1",
                "2010-04-01",
                form.get("StatusCallback"));
    }
}
