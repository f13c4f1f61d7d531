package dev.comuta.call.outgoing;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.comuta.call.plan.CallingHours;
import dev.comuta.platform.problem.Problem;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Locale;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where and when a client may call. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "CallRules", description = "Where and when a client may call. An absent field has the server's value.")
record CallRules(
        @Size(min = 1, max = 250)
        @Schema(
                description =
                        "Countries that the client may call, as codes of ISO 3166-1; null for those of the configuration, by default Brazil only",
                examples = "[\"BR\", \"PT\"]")
        Set<@NotNull @Pattern(regexp = "[A-Z]{2}", message = "must be a code such as BR") String> countries,

        @Valid
        @Schema(
                description =
                        "The hours in which the client may call, unless the call plan of the channel has others; null for those of the configuration, by default 08:00 to 21:00")
        CallingHours callingHours) {

    /** Fails as invalid when a country does not exist, or the hours end before they begin. */
    void requireValid() {
        if (countries != null) {
            Set<String> known = Set.of(Locale.getISOCountries());
            countries.stream().filter(code -> !known.contains(code)).findFirst().ifPresent(code -> {
                throw Problem.invalid("countries", "has no country " + code);
            });
        }
        if (callingHours != null) {
            callingHours.requireValid("callingHours");
        }
    }
}
