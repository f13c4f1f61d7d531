package dev.comuta.message.content;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.vertx.core.json.JsonObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The advertisement or post that led to a message. A field that the provider does not report is null. */
@Schema(
        name = "Referral",
        description =
                "The advertisement or post that led to the message. A field is null when the provider does not report it.")
public record Referral(
        @Schema(
                nullable = true,
                description = "The provider's id of the advertisement or post; null when not reported",
                examples = "120212345678901234")
        String sourceId,

        @Schema(
                nullable = true,
                description = "Kind of source: `ad` or `post`; null when not reported",
                examples = "ad")
        String sourceType,

        @Schema(
                nullable = true,
                description = "Address of the advertisement or post; null when not reported",
                examples = "https://fb.me/3cr4Wqqkv")
        String sourceUrl,

        @Schema(
                nullable = true,
                description = "Headline of the advertisement; null when not reported",
                examples = "Apartamentos no Jardim Europa")
        String headline,

        @Schema(nullable = true, description = "Text of the advertisement; null when not reported")
        String body,

        @Schema(
                nullable = true,
                description =
                        "Id of the click (`ctwa_clid`), for conversion reports to the provider; null when not reported")
        String clickId) {

    /** Nothing is known. */
    public static final Referral NONE = new Referral(null, null, null, null, null, null);

    static Referral read(JsonObject stored) {
        return new Referral(
                ContentColumns.text(stored, "sourceId"),
                ContentColumns.text(stored, "sourceType"),
                ContentColumns.text(stored, "sourceUrl"),
                ContentColumns.text(stored, "headline"),
                ContentColumns.text(stored, "body"),
                ContentColumns.text(stored, "clickId"));
    }

    /** Whether the end user came by a click on an advertisement, which opens a longer window for free texts. */
    @JsonIgnore
    public boolean isAd() {
        return clickId != null || "ad".equals(sourceType);
    }
}
