package dev.comuta.platform.db;

import dev.comuta.platform.security.Caller;
import dev.comuta.platform.security.Role;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * Whose rows the transactions of a request are kept to. It lies in the request's own Vert.x context, put there before the
 * operation begins and read by the one transaction door, so that no query can forget it. Work in the background has none.
 */
public final class RowScope {

    private static final String KEY = "comuta.caller";

    private RowScope() {}

    /** From now on every transaction of this request is the caller's. */
    public static void enter(Caller caller) {
        if (caller.ownRowsOf() != null || caller.role() == Role.READER) {
            Context context = Vertx.currentContext();
            if (context == null || !VertxContext.isDuplicatedContext(context)) {
                throw new IllegalStateException("a request has a context of its own");
            }
            context.putLocal(KEY, caller);
        }
    }

    /** What a transaction in a tenant's rows sets besides the tenant; empty in the background. */
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
