package dev.comuta.platform.http;

import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.TransientFailure;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a client's URL may lead: by https to public addresses, and to private ones of the hosts that the platform listed
 * for the client. A name counts by its addresses, each of which must be allowed, and the connection goes to one of those
 * that were looked at (RFC 1918, 4193, 6598, 6890; OWASP, "Server-Side Request Forgery Prevention").
 */
@ApplicationScoped
public class SsrfGuard {

    private static final String NOT_HTTPS = "must be an https URL";
    private static final String NOT_PUBLIC = "must lead to a public address";

    /** Names that are never public: RFC 6761, 6762, 7686, 8375, 9476, and what clouds name their metadata by. */
    private static final Pattern LOCAL_NAME =
            Pattern.compile("(?:.*\\.)?(?:localhost|local|localdomain|internal|intranet|lan|home|arpa|onion|alt|corp)");

    private final HostResolver resolver;
    private final AllowedHosts allowed;
    private final OutboundConfig config;

    private static final Pattern LOCAL_NAME_OF_THIS_MACHINE = Pattern.compile("(?:.*\\.)?localhost");

    SsrfGuard(HostResolver resolver, AllowedHosts allowed, OutboundConfig config) {
        this.resolver = resolver;
        this.allowed = allowed;
        this.config = config;
    }

    /**
     * Looks at a URL that a client wants to have called later, without asking for its host's addresses: those are looked
     * at whenever it is called.
     *
     * @param field the field that holds it, for the problem
     * @param url null is accepted
     * @return nothing; fails with a problem that names the field
     */
    public Uni<Void> require(long clientId, String field, String url) {
        if (url == null) {
            return Uni.createFrom().voidItem();
        }
        return allowed.of(clientId).map(hosts -> {
            try {
                look(HttpTarget.of(url), hosts);
                return null;
            } catch (IllegalArgumentException wrong) {
                throw Problem.invalid(field, wrong.getMessage());
            }
        });
    }

    /**
     * Looks at a URL that the platform gives for the use of any client: it must be one that some client could reach. Null
     * is accepted; fails with a problem that names the field.
     */
    public void requireForSome(String field, String url) {
        try {
            if (url != null) {
                HttpTarget target = HttpTarget.of(url);
                look(target, Set.of(target.host()));
                requireNotThisMachine(target);
            }
        } catch (IllegalArgumentException wrong) {
            throw Problem.invalid(field, wrong.getMessage());
        }
    }

    private void requireNotThisMachine(HttpTarget target) {
        if (!config.localNetworks()
                && LOCAL_NAME_OF_THIS_MACHINE.matcher(target.host()).matches()) {
            throw new IllegalArgumentException(NOT_PUBLIC);
        }
    }

    /**
     * A host for an allow-list, in the spelling that is compared: a name, or an address. Fails with a problem that names
     * the field when it is none, or one that nobody may reach.
     */
    public String requireHost(String field, String host) {
        String written = host.indexOf(':') < 0 ? host : "[" + host + "]";
        requireForSome(field, "https://" + written + "/");
        HttpTarget target = HttpTarget.of("https://" + written + "/");
        if (!target.resource().equals("/")
                || LOCAL_NAME_OF_THIS_MACHINE.matcher(target.host()).matches()) {
            throw Problem.invalid(field, "must be a host and nothing else");
        }
        return target.host();
    }

    /** The target and the address to connect to; fails with a {@link PermanentFailure} when it may not be reached. */
    Uni<Destination> admit(long clientId, String url) {
        return allowed.of(clientId).chain(hosts -> admit(target(url, hosts), hosts));
    }

    /**
     * A target and its address.
     *
     * @param address the one that was looked at, and that the connection goes to
     */
    record Destination(HttpTarget target, InetAddress address) {}

    /** The parts of a URL, wherever it leads; fails with a {@link PermanentFailure} when it is none. */
    static HttpTarget read(String url) {
        try {
            return HttpTarget.of(url);
        } catch (IllegalArgumentException wrong) {
            throw refused(wrong.getMessage());
        }
    }

    private HttpTarget target(String url, Set<String> hosts) {
        HttpTarget target = read(url);
        try {
            look(target, hosts);
            return target;
        } catch (IllegalArgumentException wrong) {
            throw refused(wrong.getMessage());
        }
    }

    private Uni<Destination> admit(HttpTarget target, Set<String> hosts) {
        return addresses(target)
                .map(addresses -> new Destination(target, first(addresses, hosts.contains(target.host()))));
    }

    private Uni<List<InetAddress>> addresses(HttpTarget target) {
        return target.literal()
                .map(address -> Uni.createFrom().item(List.of(address)))
                .orElseGet(() -> resolver.resolve(target.host())
                        .ifNoItem()
                        .after(config.lookUpTimeLimit())
                        .fail()
                        .onFailure()
                        .transform(cause -> new TransientFailure("the other side's name was not found", cause)));
    }

    private InetAddress first(List<InetAddress> addresses, boolean listed) {
        if (!addresses.stream().allMatch(address -> mayReach(address, listed))) {
            throw refused(NOT_PUBLIC);
        }
        return addresses.getFirst();
    }

    /** What can be said without asking for addresses. */
    private void look(HttpTarget target, Set<String> hosts) {
        boolean listed = hosts.contains(target.host());
        if (!target.tls() && !config.localNetworks()) {
            throw new IllegalArgumentException(NOT_HTTPS);
        }
        boolean reachable = target.literal()
                .map(address -> mayReach(address, listed))
                .orElse(listed || config.localNetworks() || isPublicName(target.host()));
        if (!reachable) {
            throw new IllegalArgumentException(NOT_PUBLIC);
        }
    }

    private static boolean isPublicName(String host) {
        return host.indexOf('.') > 0 && !LOCAL_NAME.matcher(host).matches();
    }

    private boolean mayReach(InetAddress address, boolean listed) {
        return switch (AddressScope.of(address)) {
            case PUBLIC -> true;
            case PRIVATE -> listed || config.localNetworks();
            case NEVER -> config.localNetworks() && address.isLoopbackAddress();
        };
    }

    private static PermanentFailure refused(String why) {
        return new PermanentFailure("the configured address " + why);
    }
}
