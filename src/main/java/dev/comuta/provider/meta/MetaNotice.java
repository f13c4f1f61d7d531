package dev.comuta.provider.meta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comuta.channel.ChannelCondition;
import dev.comuta.message.ParkedMessages.Parked;
import dev.comuta.platform.http.StorableText;
import dev.comuta.platform.rest.PhoneNumber;
import java.util.Set;

/**
 * A change of a field that has no messages: about the account, the number, or the preferences of people.
 *
 * @param field Meta's name of the field
 * @param accountId Meta's id of the account (WABA); may be empty
 * @param phoneNumberId Meta's id of the number; empty when the change is about the account
 */
record MetaNotice(String field, String accountId, String phoneNumberId, JsonNode value) {

    /** Preferences of people about messages of a category. */
    static final String PREFERENCES = "user_preferences";

    /**
     * Fields that are not even kept: the address book of the telephone, whose people wrote to nobody here, and events of
     * advertisements, which arrive for every click.
     */
    private static final Set<String> IGNORED = Set.of("smb_app_state_sync", "tracking_events", "automatic_events");

    private static final int MAX_WORD = 60;
    private static final int MAX_ID = 255;

    private static final Set<String> ENDED = Set.of("ACCOUNT_DELETED", "PARTNER_REMOVED", "PARTNER_APP_UNINSTALLED");
    private static final Set<String> VIOLATIONS = Set.of("ACCOUNT_VIOLATION", "DISABLED_UPDATE");
    private static final Set<String> LOWERED = Set.of("DOWNGRADE", "FLAGGED");

    /**
     * What the notice means for its channels.
     *
     * @param condition the new condition of the channels; null when the notice does not change it
     * @param alerts whether a person has to look at it
     */
    record Effect(ChannelCondition condition, boolean alerts) {

        private static final Effect NONE = new Effect(null, false);
        private static final Effect ALERT = new Effect(null, true);

        private static Effect of(ChannelCondition condition) {
            return new Effect(condition, condition != ChannelCondition.NORMAL);
        }
    }

    /** Whether it is accepted and neither acted on nor kept. */
    boolean isIgnored() {
        return IGNORED.contains(field);
    }

    /** What the notice means for its channels. */
    Effect effect() {
        return switch (field) {
            case "account_update" -> ofAccount();
            case "phone_number_quality_update" -> ofQuality();
            case "account_review_update", "phone_number_name_update" ->
                "REJECTED".equals(word("decision")) ? Effect.ALERT : Effect.NONE;
            case "account_alerts" -> isMinor() ? Effect.NONE : Effect.ALERT;
            case "security", "messages" -> Effect.ALERT;
            default -> Effect.NONE;
        };
    }

    private Effect ofAccount() {
        String ban = word(value.path("ban_info").path("waba_ban_state"));
        if (!ban.isEmpty()) {
            return switch (ban) {
                case "REINSTATE" -> Effect.of(ChannelCondition.NORMAL);
                case "SCHEDULE_FOR_DISABLE" -> Effect.of(ChannelCondition.LIMITED);
                default -> Effect.of(ChannelCondition.BROKEN);
            };
        }
        if (ENDED.contains(word("event"))) {
            return Effect.of(ChannelCondition.BROKEN);
        }
        if (!value.path("restriction_info").isMissingNode() || "ACCOUNT_RESTRICTION".equals(word("event"))) {
            return Effect.of(ChannelCondition.LIMITED);
        }
        return VIOLATIONS.contains(word("event")) ? Effect.ALERT : Effect.NONE;
    }

    private Effect ofQuality() {
        return switch (word("event")) {
            case "FLAGGED" -> Effect.of(ChannelCondition.LIMITED);
            case "UNFLAGGED" -> Effect.of(ChannelCondition.NORMAL);
            default -> LOWERED.contains(word("event")) ? Effect.ALERT : Effect.NONE;
        };
    }

    private boolean isMinor() {
        String severity = word("alert_severity");
        return severity.isEmpty()
                ? "INFORMATIONAL".equals(word(value.path("alert_info").path("alert_severity")))
                : "INFORMATIONAL".equals(severity);
    }

    /** Meta's words for it, without personal data. */
    String summary() {
        String detail = MetaMessage.firstText(
                value.path("ban_info").path("waba_ban_state"),
                value.path("event"),
                value.path("decision"),
                value.path("alert_type"),
                value.path("alert_info").path("alert_type"),
                value.path("errors").path(0).path("code"));
        return detail == null ? field : field + " " + StorableText.cut(detail.replaceAll("[^\\w -]", ""), MAX_WORD);
    }

    /** The number that the notice is about; null when it names none. */
    PhoneNumber number() {
        return PhoneNumber.received(MetaMessage.firstText(
                value.path("display_phone_number"),
                value.path("phone_number"),
                value.path("metadata").path("display_phone_number")));
    }

    /** The same as a parked item, for people. */
    Parked toParked() {
        String raw = value.toString();
        String owner = phoneNumberId.isEmpty() ? accountId : phoneNumberId;
        return Parked.notice(
                MetaProvider.META,
                StorableText.cut(owner, MAX_ID),
                MetaBatch.fingerprint(field + accountId + raw),
                StorableText.cut(field, MAX_ID),
                raw);
    }

    private String word(String name) {
        return word(value.path(name));
    }

    private static String word(JsonNode node) {
        return node.asText("");
    }
}
