package dev.comuta.people;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.ActivationStatus;
import dev.comuta.platform.rest.EmailAddress;
import dev.comuta.platform.rest.OneLine;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The fields of an end user that a request may set. */
@Schema(description = "An end user: a person with whom the client talks.")
record EndUserFields(
        @Schema(
                description =
                        "Broker of the end user: an internal user of the same client. A broker's key sets its own user here.")
        Long userId,

        @OneLine
        @Size(max = 200)
        @Schema(
                description = "Name; at most 200 characters. One of `name`, `email` and `phoneNumber` must be given.",
                examples = "Maria Silva")
        String name,

        @OneLine @EmailAddress @Size(max = 320) @Schema(description = "E-mail address", examples = "maria@example.com")
        String email,

        @OneLine
        @Size(max = 40)
        @Schema(
                description =
                        "Phone number with its country code, with or without `+`; stored and returned with `+` and without separators. Two end users of a client cannot have the same number, in whichever of its forms, for example with and without the ninth digit of Brazil.",
                examples = "+5511998765432")
        String phoneNumber,

        @Schema(
                description = "Any other data of the client about the end user, for example preferences",
                examples = "{\"bairro\": \"Pinheiros\"}")
        Map<String, Object> additionalInfo,

        @Size(max = 20)
        @Schema(
                description =
                        "Tags in the client's own words; at most 20, each of at most 50 characters. Case makes no difference: a repeated tag is stored once, in its first spelling. Null removes all.",
                examples = "[\"comprador\", \"zona sul\"]")
        List<@NotBlank @OneLine @Size(max = MAX_TAG) String> tags,

        @Pattern(regexp = ActivationStatus.PATTERN)
        @Schema(description = "Status. `Ativo` by default; null restores the default.")
        String status) {

    private static final int MAX_TAG = 50;
    private static final java.util.regex.Pattern TAG = java.util.regex.Pattern.compile("[^\\p{Cc}\\p{Zl}\\p{Zp}]*");

    /** The same fields, with this broker when they have none. */
    EndUserFields ownedBy(Long broker) {
        return userId != null
                ? this
                : new EndUserFields(broker, name, email, phoneNumber, additionalInfo, tags, status);
    }

    /** The tags without spaces around them, each once and in its first spelling: case makes no difference. */
    List<String> differentTags() {
        Map<String, String> different = new LinkedHashMap<>();
        for (String tag : tags == null ? List.<String>of() : tags) {
            different.putIfAbsent(tag.strip().toLowerCase(Locale.ROOT), tag.strip());
        }
        return List.copyOf(different.values());
    }

    /**
     * The tag of a filter; null for null. Fails as invalid when it can be no tag.
     */
    static String requireTag(String tag) {
        if (tag == null) {
            return null;
        }
        if (tag.isBlank()
                || tag.strip().length() > MAX_TAG
                || !TAG.matcher(tag.strip()).matches()) {
            throw Problem.invalid("tag", "has 1 to " + MAX_TAG + " characters of one line");
        }
        return tag.strip();
    }
}
