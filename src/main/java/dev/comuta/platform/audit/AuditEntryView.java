package dev.comuta.platform.audit;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An entry of the audit: caller, operation, target, time and origin.
 *
 * @param clientId null for an entry of the platform
 * @param sequence position in the chain; null for a read, which is outside the chain
 * @param callerKind 'plataforma', 'chave', 'usuário' or 'sistema'
 * @param callerRole the caller's role at the time; null for 'sistema'
 * @param callerId id of the key or of the user; null for other kinds
 * @param action the operation's id in openapi.yaml
 * @param target the path of the request
 * @param origin the caller's address; null for 'sistema'
 * @param hash covers this entry and the previous one, in hexadecimal; null outside the chain
 */
@Schema(name = "AuditEntry")
record AuditEntryView(
        long auditId,
        Long clientId,
        Long sequence,
        Instant happenedAt,
        @Schema(examples = "chave") String callerKind,
        @Schema(examples = "Administrador") String callerRole,
        Long callerId,
        @Schema(examples = "createUser") String action,
        @Schema(examples = "/clients/1/users") String target,
        @Schema(examples = "192.0.2.7") String origin,

        @Schema(examples = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        String hash) {}
