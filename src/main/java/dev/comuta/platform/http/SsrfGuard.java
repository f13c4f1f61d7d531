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
 * Protects against server-side request forgery. A client's URL may reach public addresses by https, and private
 * addresses of the hosts on the client's allow-list. Every address of a name must be allowed, and the connection goes
 * to one of the checked addresses (RFC 1918, 4193, 6598, 6890; OWASP, "Server-Side Request Forgery Prevention").
 */
@ApplicationScoped
public class SsrfGuard {

    private static final String NOT_HTTPS = "must be an https URL";
    private static final String NOT_PUBLIC = "must lead to a public address";

    /** Names that are never public: RFC 6761, 6762, 7686, 8375, 9476, and the metadata names of clouds. */
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
     * Checks a client's URL before it is stored, without a DNS query. Its addresses are checked at every call.
     *
     * @param field the field of the URL, for the problem
     * @param url null is accepted
     * @return nothing; fails with a problem that names the field
     */
    public Uni<Void> require(long clientId, String field, String url) {
        if (url == null) {
            return Uni.createFrom().voidItem();
        }
        return allowed.of(clientId).map(hosts -> {
            try {
                check(HttpTarget.of(url), hosts);
                return null;
            } catch (IllegalArgumentException invalid) {
                throw Problem.invalid(field, invalid.getMessage());
            }
        });
    }

    /**
     * Checks a URL that the platform configures for any client: at least one client must be able to reach it. Null is
     * accepted. Fails with a problem that names the field.
     */
    public void requireForSome(String field, String url) {
        try {
            if (url != null) {
                HttpTarget target = HttpTarget.of(url);
                check(target, Set.of(target.host()));
                requireNotThisMachine(target);
            }
        } catch (IllegalArgumentException invalid) {
            throw Problem.invalid(field, invalid.getMessage());
        }
    }

    private void requireNotThisMachine(HttpTarget target) {
        if (!config.localNetworks()
                && LOCAL_NAME_OF_THIS_MACHINE.matcher(target.host()).matches()) {
            throw new IllegalArgumentException(NOT_PUBLIC);
        }
    }

    /**
     * Normalizes a host (name or address) for an allow-list. Fails with a problem that names the field when the host is
     * invalid, or never allowed.
     */
    public String requireHost(String field, String host) {
        String written = host.indexOf(':') < 0 ? host : "[" + host + "]";
        requireForSome(field, "https://" + written + "/");
        HttpTarget target = HttpTarget.of("https://" + written + "/");
        if (!target.resource().equals("/")
                || LOCAL_NAME_OF_THIS_MACHINE.matcher(target.host()).matches()) {
            throw Problem.invalid(field, "must be a host name or address only");
        }
        return target.host();
    }

    /** The target and the address to connect to. Fails with a {@link PermanentFailure} when it is not allowed. */
    Uni<Destination> admit(long clientId, String url) {
        return allowed.of(clientId).chain(hosts -> admit(target(url, hosts), hosts));
    }

    /**
     * A target and its address.
     *
     * @param address the checked address, to which the connection goes
     */
    record Destination(HttpTarget target, InetAddress address) {}

    /** The parts of a URL, without a check of its host. Fails with a {@link PermanentFailure} when it is not a URL. */
    static HttpTarget read(String url) {
        try {
            return HttpTarget.of(url);
        } catch (IllegalArgumentException invalid) {
            throw rejected(invalid.getMessage());
        }
    }

    private HttpTarget target(String url, Set<String> hosts) {
        HttpTarget target = read(url);
        try {
            check(target, hosts);
            return target;
        } catch (IllegalArgumentException invalid) {
            throw rejected(invalid.getMessage());
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
            throw rejected(NOT_PUBLIC);
        }
        return addresses.getFirst();
    }

    /** Checks the target without a DNS query. */
    private void check(HttpTarget target, Set<String> hosts) {
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

    private static PermanentFailure rejected(String fault) {
        return new PermanentFailure("the configured address " + fault);
    }
}
