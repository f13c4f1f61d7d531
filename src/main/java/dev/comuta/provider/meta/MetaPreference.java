package dev.comuta.provider.meta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comuta.channel.ChannelRoute;
import dev.comuta.message.InboundMessage.Contact;
import dev.comuta.people.consent.ReportedConsents.ReportedConsent;
import dev.comuta.platform.http.StorableText;
import dev.comuta.platform.rest.PhoneNumber;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The preferences of people in a change of the field {@code user_preferences}: they stop or resume a category. */
final class MetaPreference {

    private static final String MARKETING = "marketing_messages";
    private static final int MAX_PURPOSE = 100;
    private static final int MAX_ID = 255;
    private static final long MAX_SECONDS = 32_503_680_000L;

    private MetaPreference() {}

    /** The consents in a notice for a channel; without those that name no person, or no decision that we know. */
    static List<ReportedConsent> read(JsonNode value, ChannelRoute route) {
        List<ReportedConsent> consents = new ArrayList<>();
        for (JsonNode preference : value.path("user_preferences")) {
            Contact contact = contact(preference);
            Boolean granted = granted(preference.path("value").asText(""));
            if (contact != null && granted != null) {
                consents.add(new ReportedConsent(
                        contact.kind(),
                        contact.key(),
                        contact.phone(),
                        route.channelType(),
                        purpose(preference.path("category").asText("")),
                        granted,
                        time(preference)));
            }
        }
        return consents;
    }

    private static Boolean granted(String value) {
        return switch (value) {
            case "stop" -> Boolean.FALSE;
            case "resume" -> Boolean.TRUE;
            default -> null;
        };
    }

    /** Categories that Meta adds keep Meta's name. */
    private static String purpose(String category) {
        return MARKETING.equals(category) || category.isBlank()
                ? ReportedConsent.MARKETING
                : StorableText.cut(category, MAX_PURPOSE);
    }

    private static Contact contact(JsonNode preference) {
        PhoneNumber number = PhoneNumber.received(preference.path("wa_id").asText(""));
        String userId = preference.path("user_id").asText("");
        if (number != null) {
            return Contact.of(number, null);
        }
        return userId.isBlank() || userId.length() > MAX_ID ? null : Contact.ofUserId(userId, null);
    }

    private static Instant time(JsonNode preference) {
        long seconds = preference.path("timestamp").asLong();
        return seconds > 0 && seconds < MAX_SECONDS ? Instant.ofEpochSecond(seconds) : null;
    }
}
