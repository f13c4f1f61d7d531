package dev.comuta.provider.meta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comuta.message.MessageStatus;
import dev.comuta.message.content.DeliveryReport;
import dev.comuta.platform.http.StorableText;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;

/** What a status of Meta says about the delivery: conversation, price, and the error of a failed message. */
final class MetaDelivery {

    private static final int MAX_TEXT = 500;

    private static final Set<Integer> RETRY = Set.of(1, 2, 131000, 131016, 131057, 133004, 135000);
    private static final Set<Integer> SLOW_DOWN = Set.of(4, 80007, 130429, 131048, 131056);
    private static final Set<Integer> CHANNEL =
            Set.of(0, 3, 10, 190, 368, 131005, 131031, 131037, 131042, 131044, 131045, 131064);
    private static final Set<Integer> UNDELIVERABLE =
            Set.of(130472, 130497, 131021, 131026, 131030, 131049, 131050, 131062, 137000);

    private static final Map<Integer, String> OTHERS = Map.of(131047, "template");

    private MetaDelivery() {}

    /** {@return what the status says, or null for nothing} */
    static DeliveryReport of(JsonNode status, MessageStatus reached) {
        JsonNode pricing = status.path("pricing");
        JsonNode error = reached == MessageStatus.FAILED ? status.path("errors").path(0) : status.path("no error");
        int number = error.path("code").asInt(-1);
        Integer code = number < 0 ? null : Integer.valueOf(number);
        return new DeliveryReport(
                        text(status.path("conversation").path("id")),
                        text(pricing.path("category")),
                        text(pricing.path("pricing_model")),
                        pricing.path("billable").isBoolean()
                                ? pricing.path("billable").booleanValue()
                                : null,
                        null,
                        null,
                        code,
                        title(code, error.path("title")),
                        text(error.path("error_data").path("details")),
                        code == null ? null : remedy(code))
                .orNull();
    }

    /** The error of a message that Meta refused. The response has no title of its own. */
    static DeliveryReport ofRefusal(int code, JsonObject error) {
        return DeliveryReport.ofError(code, MetaTitles.of(code), details(error), remedy(code));
    }

    /** The explanation in the body of an error response; null when the body has none. */
    static String details(JsonObject error) {
        return error.getValue("error_data") instanceof JsonObject data
                        && data.getValue("details") instanceof String details
                        && !details.isBlank()
                ? StorableText.cut(StorableText.of(details), MAX_TEXT)
                : null;
    }

    /** What to do about an error of Meta. */
    static String remedy(int code) {
        if (RETRY.contains(code)) {
            return "retry";
        }
        if (SLOW_DOWN.contains(code)) {
            return "slowDown";
        }
        if (CHANNEL.contains(code) || MetaErrors.isPermission(code)) {
            return DeliveryReport.CHANNEL_BROKEN;
        }
        return UNDELIVERABLE.contains(code) ? "undeliverable" : OTHERS.getOrDefault(code, "content");
    }

    private static String title(Integer code, JsonNode title) {
        String given = text(title);
        return given == null && code != null ? MetaTitles.of(code) : given;
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? StorableText.cut(StorableText.of(value.textValue()), MAX_TEXT) : null;
    }
}
