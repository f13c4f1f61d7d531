package dev.comuta.platform.audit;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Values of AuditEntries.CallerKind: those of {@link dev.comuta.platform.security.Caller.Kind} and the server itself. */
@Schema(
        name = "AuditCallerKind",
        type = SchemaType.STRING,
        enumeration = {
            AuditCallerKind.PLATFORM,
            AuditCallerKind.KEY,
            AuditCallerKind.USER,
            AuditCallerKind.NOBODY,
            AuditCallerKind.SYSTEM
        },
        description =
                "Kind of caller: `plataforma` (the platform key of the configuration), `chave` (an API key that belongs to no user), `usuário` (an internal user), `ninguém` (a request without a key, such as sign-in) or `sistema` (the server itself)")
final class AuditCallerKind {
    static final String PLATFORM = "plataforma";
    static final String KEY = "chave";
    static final String USER = "usuário";
    static final String NOBODY = "ninguém";
    static final String SYSTEM = "sistema";

    private AuditCallerKind() {}
}
