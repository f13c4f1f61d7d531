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
 * @param urls the names of the credentials that are URLs of the client's own servers
 * @param account the name of the credential that identifies the client's account, by which its webhooks are found; null
 *     for none
 * @param formats the form of credentials, of {@code providerId} and of {@code sipTrunkId}, by name
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
        Set<String> urls,
        String account,
        Map<String, Format> formats) {

    private static final String CREDENTIALS = "credentials.";
    private static final String PROVIDER_ID = "providerId";
    private static final String SIP_TRUNK_ID = "sipTrunkId";
    private static final int LONGEST_CREDENTIAL = 4_000;

    private static final Pattern CREDENTIAL = Pattern.compile("[\\x20-\\x7e]*");
    private static final Pattern IN_URL = Pattern.compile("[A-Za-z0-9_-]+");

    public Provider {
        channelTypes = Set.copyOf(channelTypes);
        needed = Set.copyOf(needed);
        optional = Set.copyOf(optional);
        inUrls = Set.copyOf(inUrls);
        former = Set.copyOf(former);
        urls = Set.copyOf(urls);
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
        return new Provider(
                stored, Set.of(channelTypes), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), null, Map.of());
    }

    /** A copy with these credentials. */
    public Provider with(Set<String> neededCredentials, Set<String> optionalCredentials) {
        return new Provider(
                stored, channelTypes, neededCredentials, optionalCredentials, inUrls, former, urls, account, formats);
    }

    /** A copy that has these of its credentials in paths of URLs. */
    public Provider withInUrls(String... names) {
        return new Provider(stored, channelTypes, needed, optional, Set.of(names), former, urls, account, formats);
    }

    /** A copy that accepts these of its optional credentials until {@link FormerSecrets#UNTIL} only. */
    public Provider withFormer(String... names) {
        return new Provider(stored, channelTypes, needed, optional, inUrls, Set.of(names), urls, account, formats);
    }

    /** A copy that has these of its credentials as URLs. They must lead to addresses that the client may reach. */
    public Provider withUrls(String... names) {
        return new Provider(stored, channelTypes, needed, optional, inUrls, former, Set.of(names), account, formats);
    }

    /** A copy whose webhooks name the account by this credential. */
    public Provider withAccount(String name) {
        return new Provider(stored, channelTypes, needed, optional, inUrls, former, urls, name, formats);
    }

    /** A copy with a form of one of its credentials. */
    public Provider withFormat(String name, String regex, String fault) {
        return withFieldFormat(CREDENTIALS + name, regex, fault);
    }

    /** A copy with a form of its ids of numbers. */
    public Provider withIdFormat(String regex, String fault) {
        return withFieldFormat(PROVIDER_ID, regex, fault);
    }

    /** A copy with a form of the ids of its SIP trunks. */
    public Provider withTrunkFormat(String regex, String fault) {
        return withFieldFormat(SIP_TRUNK_ID, regex, fault);
    }

    private Provider withFieldFormat(String field, String regex, String fault) {
        Map<String, Format> more = new HashMap<>(formats);
        more.put(field, new Format(regex, fault));
        return new Provider(stored, channelTypes, needed, optional, inUrls, former, urls, account, more);
    }

    /** Fails with a problem when the provider has no such ids of numbers or of SIP trunks. Null is accepted. */
    void requireIds(String providerId, String sipTrunkId) {
        requireForm(PROVIDER_ID, providerId);
        requireForm(SIP_TRUNK_ID, sipTrunkId);
    }

    private void requireForm(String field, Object value) {
        Format format = formats.get(field);
        if (format != null && value != null) {
            format.require(field, value);
        }
    }

    /** {@return the account in credentials, or null when they have none or the provider's webhooks name none} */
    String accountIn(Map<String, Object> credentials) {
        return account != null && credentials != null && credentials.get(account) instanceof String text ? text : null;
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
                throw Problem.invalid(CREDENTIALS + name, "is not a credential of " + stored);
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
        for (String name : new TreeSet<>(credentials.keySet())) {
            requireForm(CREDENTIALS + name, credentials.get(name));
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
                    CREDENTIALS + name, "must have 1 to " + LONGEST_CREDENTIAL + " characters, all printable ASCII");
        }
        if (inUrls.contains(name) && !IN_URL.matcher(text).matches()) {
            throw Problem.invalid(CREDENTIALS + name, "must have only letters, digits, _ and -");
        }
    }
}
