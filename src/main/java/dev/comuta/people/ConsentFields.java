package dev.comuta.people;

import dev.comuta.platform.rest.OneLine;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A decision of an end user about being contacted. */
@Schema(description = "A decision of an end user about being contacted.")
record ConsentFields(
        @OneLine
        @Schema(ref = "ChannelType", description = "Channel type that the decision is about; every type when left out")
        String channelType,

        @Pattern(
                regexp = "\\p{L}[\\p{L} -]{0,59}",
                message = "must begin with a letter and have only letters, spaces and -, at most 60")
        @Schema(
                description =
                        "Purpose that the decision is about, in your own words; every purpose when left out. 1 to 60 letters, spaces and hyphens, beginning with a letter.",
                examples = "Marketing")
        String purpose,

        @NotNull @Pattern(regexp = ConsentDecision.PATTERN) @Schema(description = "Decision of the end user")
        String status,

        @NotNull
        @Pattern(regexp = ConsentSource.PATTERN)
        @Schema(description = "Way in which the end user expressed the decision")
        String source) {}
