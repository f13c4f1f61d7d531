package dev.comuta.platform.audit;

import dev.comuta.platform.security.Caller;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The current request, as the audit records it. A filter stores it in the request's context and {@link Audit} reads it
 * when a transaction is opened, so that no operation can omit it.
 *
 * @param clientId null when the path names no client
 * @param action the operation as openapi.yaml names it
 * @param target the path of the request
 * @param origin the caller's address
 * @param reads whether it is an audited read, which changes nothing
 */
record AuditedRequest(Long clientId, Caller caller, String action, String target, String origin, boolean reads) {

    private static final String KEY = "comuta.audited-request";

    /** {@return the request of the current context, or empty in the background} */
    static Optional<AuditedRequest> current() {
        return VertxContext.isOnDuplicatedContext() ? ContextLocals.get(KEY) : Optional.empty();
    }

    /** Opens a transaction as if there were no request. */
    static <T> T aside(Supplier<T> transaction) {
        Optional<AuditedRequest> request = current();
        request.ifPresent(hidden -> ContextLocals.remove(KEY));
        try {
            return transaction.get();
        } finally {
            request.ifPresent(AuditedRequest::begin);
        }
    }

    void begin() {
        ContextLocals.put(KEY, this);
    }
}
