package dev.comuta.channel;

import dev.comuta.platform.openapi.ApiValueSets;
import dev.comuta.platform.problem.Problem;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A provider of channels. The vendor's room declares it as a CDI bean (a static producer field); no other code lists
 * the providers.
 *
 * @param stored the stored name, as in CommunicationChannels.Provider
 * @param channelTypes the types of channel that it carries
 * @param needed the names of the credentials that it needs
 * @param optional the names of further credentials
 * @param inUrls the names of the credentials that are part of the paths of its URLs
 * @param former the names of optional credentials that are former secrets: they are valid for an overlap
 * @param formats the form of credentials, by name
 * @param idFormat the form of its ids of numbers; null for any
 */
@Schema(
        name = "Provider",
        type = SchemaType.STRING,
        description =
                "Company or system that carries the messages of a channel. `Gateway` is your own system, addressed by signed JSON.",
        extensions = @Extension(name = ApiValueSets.GROWS, value = "true"))
public record Provider(
        String stored,
        Set<ChannelType> channelTypes,
        Set<String> needed,
        Set<String> optional,
        Set<String> inUrls,
        Set<String> former,
        Map<String, Format> formats,
        Format idFormat) {

    private static final int LONGEST_CREDENTIAL = 4_000;

    private static final Pattern CREDENTIAL = Pattern.compile("[\\x20-\\x7e]*");
    private static final Pattern IN_URL = Pattern.compile("[A-Za-z0-9_-]+");

    public Provider {
        channelTypes = Set.copyOf(channelTypes);
        needed = Set.copyOf(needed);
        optional = Set.copyOf(optional);
        inUrls = Set.copyOf(inUrls);
        former = Set.copyOf(former);
        formats = Map.copyOf(formats);
    }

    /**
     * The form of a value.
     *
     * @param regex matches the whole value
     * @param fault completes the sentence that begins with the name of the field
     */
    public record Format(String regex, String fault) {

        private void require(String field, Object value) {
            if (!String.valueOf(value).matches(regex)) {
                throw Problem.invalid(field, fault);
            }
        }
    }

    /** A provider that carries these types of channel. */
    public static Provider of(String stored, ChannelType... channelTypes) {
        return new Provider(stored, Set.of(channelTypes), Set.of(), Set.of(), Set.of(), Set.of(), Map.of(), null);
    }

    /** A copy with these credentials. */
    public Provider with(Set<String> neededCredentials, Set<String> optionalCredentials) {
        return new Provider(
                stored, channelTypes, neededCredentials, optionalCredentials, inUrls, former, formats, idFormat);
    }

    /** A copy that has these of its credentials in paths of URLs. */
    public Provider withInUrls(String... names) {
        return new Provider(stored, channelTypes, needed, optional, Set.of(names), former, formats, idFormat);
    }

    /** A copy that accepts these of its optional credentials until {@link FormerSecrets#UNTIL} only. */
    public Provider withFormer(String... names) {
        return new Provider(stored, channelTypes, needed, optional, inUrls, Set.of(names), formats, idFormat);
    }

    /** A copy with a form of one of its credentials. */
    public Provider withFormat(String name, String regex, String fault) {
        Map<String, Format> more = new HashMap<>(formats);
        more.put(name, new Format(regex, fault));
        return new Provider(stored, channelTypes, needed, optional, inUrls, former, more, idFormat);
    }

    /** A copy with a form of its ids of numbers. */
    public Provider withIdFormat(String regex, String fault) {
        return new Provider(stored, channelTypes, needed, optional, inUrls, former, formats, new Format(regex, fault));
    }

    /** Fails with a problem when the provider has no such ids of numbers. Null is accepted. */
    void requireId(String providerId) {
        if (idFormat != null && providerId != null) {
            idFormat.require("providerId", providerId);
        }
    }

    /**
     * Fails with a problem that names the first credential that is unknown, missing, no text, or of another form.
     *
     * @param credentials may be null: a channel can get its credentials later
     */
    void requireCredentials(Map<String, Object> credentials) {
        if (credentials == null || credentials.isEmpty()) {
            return;
        }
        for (String name : new TreeSet<>(credentials.keySet())) {
            if (!needed.contains(name) && !optional.contains(name) && !isEnd(name)) {
                throw Problem.invalid("credentials." + name, "is not a credential of " + stored);
            }
        }
        for (String name : new TreeSet<>(needed)) {
            requireText(name, credentials.get(name));
        }
        for (String name : new TreeSet<>(optional)) {
            if (credentials.get(name) != null) {
                requireText(name, credentials.get(name));
            }
        }
        for (String name : new TreeSet<>(formats.keySet())) {
            if (credentials.get(name) != null) {
                formats.get(name).require("credentials." + name, credentials.get(name));
            }
        }
    }

    private boolean isEnd(String name) {
        return !former.isEmpty() && FormerSecrets.UNTIL.equals(name);
    }

    private void requireText(String name, Object value) {
        if (!(value instanceof String text)
                || text.isBlank()
                || text.length() > LONGEST_CREDENTIAL
                || !CREDENTIAL.matcher(text).matches()) {
            throw Problem.invalid(
                    "credentials." + name, "must have 1 to " + LONGEST_CREDENTIAL + " characters, all printable ASCII");
        }
        if (inUrls.contains(name) && !IN_URL.matcher(text).matches()) {
            throw Problem.invalid("credentials." + name, "must have only letters, digits, _ and -");
        }
    }
}
