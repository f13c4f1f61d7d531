package dev.comuta.platform.rest;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.secret.ConstantTime;
import dev.comuta.platform.security.Caller;
import dev.comuta.platform.security.KeyLookup;
import dev.comuta.platform.security.PlatformKeyConfig;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import org.jboss.logging.Logger;

/**
 * Authenticates {@code Authorization: Bearer <key>} (RFC 6750): the platform's key, or a client's.
 */
@ApplicationScoped
class BearerKeys implements HttpAuthenticationMechanism {

    private static final Logger LOG = Logger.getLogger(BearerKeys.class);
    private static final String SCHEME = "Bearer";
    private static final String PREFIX = SCHEME + " ";
    private static final String REJECTION = "comuta.rejection";
    private static final int MIN_PLATFORM_KEY = 32;

    private final KeyLookup keys;
    private final ProblemWriter writer;
    private final byte[] platformKey;

    BearerKeys(KeyLookup keys, ProblemWriter writer, PlatformKeyConfig config) {
        this.keys = keys;
        this.writer = writer;
        this.platformKey = config.platformKey()
                .map(key -> key.getBytes(StandardCharsets.UTF_8))
                .orElse(null);
        if (platformKey != null && platformKey.length < MIN_PLATFORM_KEY) {
            throw new IllegalArgumentException(
                    "comuta.platform-key must have " + MIN_PLATFORM_KEY + " characters or more");
        }
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            return Uni.createFrom().nullItem();
        }
        if (!header.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
            return Uni.createFrom().failure(new AuthenticationFailedException());
        }
        Context own = Vertx.currentContext();
        return identify(header.substring(PREFIX.length()).trim())
                .emitOn(rest -> backTo(own, rest))
                .onFailure(failure -> !(failure instanceof AuthenticationFailedException))
                .transform(failure -> lookUpFailed(context, failure));
    }

    /** Requests with the same key share one look-up; each continues in its own context, which holds its own data. */
    private static void backTo(Context own, Runnable rest) {
        if (own == null || own.equals(Vertx.currentContext())) {
            rest.run();
        } else {
            own.runOnContext(ignored -> rest.run());
        }
    }

    /** A key that could not be looked up is not an invalid key: the response is 503, not 401. */
    private static Throwable lookUpFailed(RoutingContext context, Throwable failure) {
        LOG.warnf("a key could not be looked up: %s", failure.getMessage());
        context.put(
                REJECTION,
                failure instanceof Problem problem
                        ? problem
                        : Problem.unavailable("the key could not be checked", failure));
        return new AuthenticationFailedException(failure);
    }

    private Uni<SecurityIdentity> identify(String key) {
        if (platformKey != null && ConstantTime.equal(platformKey, key.getBytes(StandardCharsets.UTF_8))) {
            return Uni.createFrom().item(identity(Caller.PLATFORM));
        }
        return keys.callerOf(key).map(caller -> identity(caller.orElseThrow(AuthenticationFailedException::new)));
    }

    private static SecurityIdentity identity(Caller caller) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(caller.name()))
                .addRole(caller.role().stored())
                .addAttribute(Caller.attribute(), caller)
                .build();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom()
                .item(new ChallengeData(ProblemType.UNAUTHENTICATED.status(), "WWW-Authenticate", SCHEME));
    }

    /** Responds with 401, or with 503 when the keys could not be looked up. */
    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        Problem rejection = context.get(REJECTION);
        if (rejection == null) {
            rejection = Problem.of(ProblemType.UNAUTHENTICATED, "send a valid key as Authorization: Bearer <key>");
        }
        writer.write(context, rejection);
        return Uni.createFrom().item(true);
    }
}
