package dev.comuta.platform.db;

import dev.comuta.platform.security.Caller;
import dev.comuta.platform.security.Role;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * The rows to which a request's transactions are limited. A filter stores the scope in the request's Vert.x context
 * before the operation begins and {@link Transactions} reads it, so that no query can omit it. Background work has no
 * scope.
 */
public final class RowScope {

    private static final String KEY = "comuta.caller";

    private RowScope() {}

    /** Limits every later transaction of this request to the caller's rows. */
    public static void enter(Caller caller) {
        if (caller.ownRowsOf() != null || caller.role() == Role.READER) {
            Context context = Vertx.currentContext();
            if (context == null || !VertxContext.isDuplicatedContext(context)) {
                throw new IllegalStateException("a request has a context of its own");
            }
            context.putLocal(KEY, caller);
        }
    }

    /** The settings of a tenant's transaction besides the tenant; empty in the background. */
    static String settings() {
        Context context = Vertx.currentContext();
        Caller caller = context != null && VertxContext.isDuplicatedContext(context) ? context.getLocal(KEY) : null;
        if (caller == null) {
            return "";
        }
        String readOnly = caller.role() == Role.READER ? "set transaction read only; " : "";
        return caller.ownRowsOf() == null
                ? readOnly
                : "select set_config('comuta.user', '" + caller.ownRowsOf() + "', true); ";
    }
}
