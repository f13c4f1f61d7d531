package dev.comuta.platform.audit;

import dev.comuta.platform.security.Caller;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import java.util.Optional;

/**
 * The request that is being answered, as the audit tells it. It is noted where requests come in and found again where
 * transactions are opened, so that no operation can forget it.
 *
 * @param clientId null when the path names no client
 * @param action the operation as openapi.yaml names it
 * @param target its path
 * @param origin the caller's address
 * @param reads whether it changes nothing and is told all the same
 */
record AuditedRequest(Long clientId, Caller caller, String action, String target, String origin, boolean reads) {

    private static final String KEY = "comuta.audited-request";

    /** Of the request in whose context this is asked; empty in the background. */
    static Optional<AuditedRequest> current() {
        return VertxContext.isOnDuplicatedContext() ? ContextLocals.get(KEY) : Optional.empty();
    }

    void begin() {
        ContextLocals.put(KEY, this);
    }
}
