package dev.comuta.message.content;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.core.json.JsonObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The advertisement or post that led to a message. A field that the provider does not report is null. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "Referral",
        description =
                "The advertisement or post that led to the message. Fields that the provider does not report are absent.")
public record Referral(
        @Schema(description = "The provider's id of the advertisement or post", examples = "120212345678901234")
        String sourceId,

        @Schema(description = "Kind of source: `ad` or `post`", examples = "ad")
        String sourceType,

        @Schema(description = "Address of the advertisement or post", examples = "https://fb.me/3cr4Wqqkv")
        String sourceUrl,

        @Schema(description = "Headline of the advertisement", examples = "Apartamentos no Jardim Europa")
        String headline,

        @Schema(description = "Text of the advertisement") String body,

        @Schema(description = "Id of the click (`ctwa_clid`), for conversion reports to the provider")
        String clickId) {

    /** Nothing is known. */
    public static final Referral NONE = new Referral(null, null, null, null, null, null);

    static Referral read(JsonObject stored) {
        return new Referral(
                text(stored, "sourceId"),
                text(stored, "sourceType"),
                text(stored, "sourceUrl"),
                text(stored, "headline"),
                text(stored, "body"),
                text(stored, "clickId"));
    }

    private static String text(JsonObject fields, String name) {
        return fields.getValue(name) instanceof String text ? text : null;
    }

    /** Whether the end user came by a click on an advertisement, which opens a longer window for free texts. */
    public boolean isAd() {
        return clickId != null || "ad".equals(sourceType);
    }
}
