package dev.comuta.quota;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** All limits of a client. */
@Schema(name = "Limits", description = "All limits of a client.")
record LimitsView(
        @Schema(description = "Every limit of the client") List<LimitView> limits) {

    /** One limit and its usage. */
    @Schema(name = "Limit", description = "One limit of a client and its usage.")
    record LimitView(
            @Schema(
                    implementation = Limit.class,
                    description = "Name of the limit; a problem with status 429 names it in `limit`")
            String name,

            @Schema(description = "Maximum that the client may have or use", examples = "12000")
            long limit,

            @Schema(description = "Amount that the client has or has used", examples = "7")
            long used,

            @Schema(
                    nullable = true,
                    description =
                            "Time at which the full limit is available; null when the full limit is available now, or when usage falls only by removing something")
            Instant resetAt) {}
}
