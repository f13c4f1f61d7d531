package dev.comuta.message.content;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a provider reported about the delivery of a message. A field that it did not report is null. */
@Schema(
        name = "Delivery",
        description =
                "What the provider reported about the delivery of a message. A field is null when it reported nothing.")
public record DeliveryReport(
        @Schema(
                nullable = true,
                description = "The provider's id of the conversation that it charges; null when not reported",
                examples = "6ceb9d929c9bdc4f90967a32f8639b4b")
        String conversationId,

        @Schema(
                nullable = true,
                description = "Category of the price, an open set; null when not reported",
                examples = "utility")
        String category,

        @Schema(
                nullable = true,
                description = "The provider's model of prices, an open set; null when not reported",
                examples = "PMP")
        String pricingModel,

        @Schema(nullable = true, description = "Whether the provider charges the message; null when not reported")
        Boolean billable,

        @Schema(
                nullable = true,
                description = "Price as the provider writes it; null when not reported",
                examples = "-0.0079")
        String price,

        @Schema(
                nullable = true,
                description = "Currency of the price (ISO 4217); null when not reported",
                examples = "USD")
        String currency,

        @Schema(
                nullable = true,
                description = "The provider's code of the error of a message that failed; null when not reported",
                examples = "131047")
        Integer errorCode,

        @Schema(
                nullable = true,
                description = "The provider's title of the error; null when not reported",
                examples = "Re-engagement message")
        String errorTitle,

        @Schema(
                nullable = true,
                description =
                        "The provider's explanation of the error, or the cause for which it refused the message; null when not known")
        String errorDetails,

        @Schema(
                nullable = true,
                description =
                        "What to do about the error: `retry`, `slowDown`, `template` (send a template), `channel` (the channel's access or account needs attention), `undeliverable` (this person cannot be reached) or `content` (the message itself is wrong); null when nothing failed",
                enumeration = {"retry", "slowDown", "template", "channel", "undeliverable", "content"})
        String remedy) {

    /** The remedy of an error that concerns the channel, not the message. */
    public static final String CHANNEL_BROKEN = "channel";

    private static final DeliveryReport NOTHING =
            new DeliveryReport(null, null, null, null, null, null, null, null, null, null);

    /** In the order in which reports are applied: a later one replaces what an earlier one says. */
    private static final List<String> ORDER = List.of("Enviada", "Falhou", "Entregue", "Lida");

    private static final String FAILED = "Falhou";

    /** A report of an error that has a code and nothing else. */
    public static DeliveryReport ofError(int code, String remedy) {
        return ofError(code, null, null, remedy);
    }

    /** A report of an error with the provider's words, each of which may be null. */
    public static DeliveryReport ofError(int code, String title, String details, String remedy) {
        return new DeliveryReport(null, null, null, null, null, null, code, title, details, remedy);
    }

    /** Whether the error concerns the channel, so that no other message of it can be sent either. */
    public boolean concernsChannel() {
        return CHANNEL_BROKEN.equals(remedy);
    }

    /** Itself; null when it says nothing. */
    public DeliveryReport orNull() {
        return equals(NOTHING) ? null : this;
    }

    /** The report as it is stored. */
    public JsonObject toJson() {
        return ContentColumns.fields(this);
    }

    /**
     * What all reports of a message say together. The error of a message that arrived nevertheless is left out.
     *
     * @param stored the reports by status; may be null
     * @param status the status of the message
     * @return null when no report says anything
     */
    public static DeliveryReport of(JsonObject stored, String status) {
        if (stored == null) {
            return null;
        }
        JsonObject all = new JsonObject();
        for (String reported : ORDER) {
            boolean applies = !reported.equals(FAILED) || reported.equals(status);
            if (applies && stored.getValue(reported) instanceof JsonObject report) {
                all.mergeIn(report);
            }
        }
        return new DeliveryReport(
                        ContentColumns.text(all, "conversationId"),
                        ContentColumns.text(all, "category"),
                        ContentColumns.text(all, "pricingModel"),
                        all.getValue("billable") instanceof Boolean billable ? billable : null,
                        ContentColumns.text(all, "price"),
                        ContentColumns.text(all, "currency"),
                        all.getValue("errorCode") instanceof Number code ? Integer.valueOf(code.intValue()) : null,
                        ContentColumns.text(all, "errorTitle"),
                        ContentColumns.text(all, "errorDetails"),
                        ContentColumns.text(all, "remedy"))
                .orNull();
    }
}
