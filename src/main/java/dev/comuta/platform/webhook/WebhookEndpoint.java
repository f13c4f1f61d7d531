package dev.comuta.platform.webhook;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Set;

/**
 * Port: one address to which a provider delivers. {@link WebhookIngress} reads a delivery within limits of size and
 * time, finds its {@link #owner}, checks that one of the owner's {@link #secrets} signed it, and only then calls
 * {@link #accept}. It responds within the time limit of the commit, if necessary with 503.
 *
 * @param <O> the owner of a delivery, with the parts of the delivery that were parsed to find it
 */
public interface WebhookEndpoint<O> {

    /** POST, or GET for the request with which a provider verifies the address. */
    default HttpMethod method() {
        return HttpMethod.POST;
    }

    /** The path of the address, for example {@code /webhooks/whatsapp}. */
    String path();

    /** {@return the accepted media types, in lower case, without parameters; empty when there is no body} */
    Set<String> mediaTypes();

    /** Whether there is no capacity. A delivery is then rejected with 503 before its body is read. */
    default boolean isBusy() {
        return false;
    }

    /**
     * Finds the owner that a delivery names. The delivery may be forged, so this method has no effect and parses no
     * more than it needs.
     *
     * @return never null, not even for an unknown owner; fails when the database does not respond
     */
    Uni<O> owner(WebhookRequest request);

    /** {@return the secrets with which this owner may sign; empty when the owner is unknown} */
    List<String> secrets(O owner);

    /** Whether this secret signed the request. The duration must not depend on the secret. */
    boolean isSigned(O owner, String secret, WebhookRequest request);

    /**
     * Parses and stores a signed delivery. A repeated delivery has no second effect.
     *
     * @return the response, after everything is committed; fails with the problem that the provider receives
     */
    Uni<Answer> accept(O owner, WebhookRequest request);

    /**
     * The problem for a delivery without a valid signature. It depends on the request alone, so that it does not
     * disclose whether the owner is known.
     */
    default Problem rejection(WebhookRequest request) {
        return unsigned("The webhook signature does not match");
    }

    /** The problem 401 with this detail. */
    static Problem unsigned(String detail) {
        return Problem.of(ProblemType.UNAUTHENTICATED, detail);
    }
}
