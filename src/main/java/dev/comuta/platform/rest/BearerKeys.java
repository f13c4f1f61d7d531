package dev.comuta.platform.rest;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
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
import java.security.MessageDigest;
import org.jboss.logging.Logger;

/**
 * Reads {@code Authorization: Bearer <key>} (RFC 6750): the platform's key, or a client's. Webhooks bring proofs of
 * their own, so their header is not looked at.
 */
@ApplicationScoped
class BearerKeys implements HttpAuthenticationMechanism {

    private static final Logger LOG = Logger.getLogger(BearerKeys.class);
    private static final String SCHEME = "Bearer";
    private static final String PREFIX = SCHEME + " ";
    private static final String REFUSAL = "comuta.refusal";
    private static final int SHORTEST_PLATFORM_KEY = 32;

    private final KeyLookup keys;
    private final ProblemWriter writer;
    private final byte[] platformKey;

    BearerKeys(KeyLookup keys, ProblemWriter writer, PlatformKeyConfig config) {
        this.keys = keys;
        this.writer = writer;
        this.platformKey = config.platformKey()
                .map(key -> key.getBytes(StandardCharsets.UTF_8))
                .orElse(null);
        if (platformKey != null && platformKey.length < SHORTEST_PLATFORM_KEY) {
            throw new IllegalArgumentException(
                    "comuta.platform-key must have " + SHORTEST_PLATFORM_KEY + " characters or more");
        }
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || context.normalizedPath().startsWith("/webhooks/")) {
            return Uni.createFrom().nullItem();
        }
        if (!header.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
            return Uni.createFrom().failure(new AuthenticationFailedException());
        }
        Context own = Vertx.currentContext();
        return identify(header.substring(PREFIX.length()).trim())
                .emitOn(rest -> backTo(own, rest))
                .onFailure(failure -> !(failure instanceof AuthenticationFailedException))
                .transform(failure -> unanswered(context, failure));
    }

    /** One look-up answers many requests of one key; each goes on in its own context, which keeps its own things. */
    private static void backTo(Context own, Runnable rest) {
        if (own == null || own.equals(Vertx.currentContext())) {
            rest.run();
        } else {
            own.runOnContext(ignored -> rest.run());
        }
    }

    /** The key could not be looked up: that is no reason to call it wrong. */
    private static Throwable unanswered(RoutingContext context, Throwable failure) {
        LOG.warnf("a key could not be looked up: %s", failure.getMessage());
        context.put(REFUSAL, failure instanceof Problem told ? told : Problem.unavailable("try again", failure));
        return new AuthenticationFailedException(failure);
    }

    private Uni<SecurityIdentity> identify(String key) {
        if (platformKey != null && MessageDigest.isEqual(platformKey, key.getBytes(StandardCharsets.UTF_8))) {
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

    /** Says what stood in the way: usually 401, 503 when the keys could not be looked up. */
    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        Problem refusal = context.get(REFUSAL);
        if (refusal == null) {
            refusal = Problem.of(ProblemType.UNAUTHENTICATED, "send a valid key as Authorization: Bearer <key>");
        }
        writer.write(context, refusal);
        return Uni.createFrom().item(true);
    }
}
