package dev.comuta.channel;

import dev.comuta.platform.openapi.ApiValueSets;
import dev.comuta.platform.problem.Problem;
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
 */
@Schema(
        name = "Provider",
        type = SchemaType.STRING,
        description =
                "Company or system that carries the messages of a channel. `Gateway` is your own system, addressed by signed JSON.",
        extensions = @Extension(name = ApiValueSets.GROWS, value = "true"))
public record Provider(
        String stored, Set<ChannelType> channelTypes, Set<String> needed, Set<String> optional, Set<String> inUrls) {

    private static final int LONGEST_CREDENTIAL = 4_000;

    private static final Pattern CREDENTIAL = Pattern.compile("[\\x20-\\x7e]*");
    private static final Pattern IN_URL = Pattern.compile("[A-Za-z0-9_-]+");

    public Provider {
        channelTypes = Set.copyOf(channelTypes);
        needed = Set.copyOf(needed);
        optional = Set.copyOf(optional);
        inUrls = Set.copyOf(inUrls);
    }

    /** A provider that carries these types of channel. */
    public static Provider of(String stored, ChannelType... channelTypes) {
        return new Provider(stored, Set.of(channelTypes), Set.of(), Set.of(), Set.of());
    }

    /** A copy with these credentials. */
    public Provider with(Set<String> neededCredentials, Set<String> optionalCredentials) {
        return new Provider(stored, channelTypes, neededCredentials, optionalCredentials, inUrls);
    }

    /** A copy that has these of its credentials in paths of URLs. */
    public Provider withInUrls(String... names) {
        return new Provider(stored, channelTypes, needed, optional, Set.of(names));
    }

    /**
     * Fails with a problem that names the first credential that is unknown, missing or no text.
     *
     * @param credentials may be null: a channel can get its credentials later
     */
    void requireCredentials(Map<String, Object> credentials) {
        if (credentials == null || credentials.isEmpty()) {
            return;
        }
        for (String name : new TreeSet<>(credentials.keySet())) {
            if (!needed.contains(name) && !optional.contains(name)) {
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
